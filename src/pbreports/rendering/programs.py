"""The programs that rendering needs: where they stand, how they are started, what to say when one is missing."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pbreports.errors import sentence

OFFICE = "soffice"
POPPLER = ("pdftotext", "pdftoppm", "pdffonts", "pdfinfo")
FONT_LIST = "fc-list"

_NO_OFFICE = "没有找到 LibreOffice，不能转换成 PDF，也不能量版面"
_NO_POPPLER = "没有找到 poppler 的程序（{}），不能量版面"
_HOW = "请安装后再运行（见 docs/rendering.md）"
_KEPT = ("PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "SYSTEMDRIVE", "PROGRAMFILES", "PROGRAMFILES(X86)", "TEMP", "TMP")
_KEPT_TOO = ("TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "APPDATA", "LOCALAPPDATA", "COMSPEC", "WINDIR", "LD_LIBRARY_PATH")
_ENDINGS = (".com", ".exe")  # soffice.com waits for the office, soffice.exe does not always


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs found, by name, the environment they are started with, and folders with further fonts."""

    found: Mapping[str, Path]
    environment: Mapping[str, str]
    font_folders: tuple[Path, ...] = ()

    @property
    def troubles(self) -> tuple[str, ...]:
        """What cannot be done because a program is missing, each as a sentence."""
        poppler = [name for name in POPPLER if name not in self.found]
        missing = [_NO_OFFICE] if OFFICE not in self.found else []
        missing += [_NO_POPPLER.format("、".join(poppler))] if poppler else []
        return tuple(sentence("", one, _HOW) for one in missing)

    @property
    def can_convert(self) -> bool:
        """Whether there is a LibreOffice."""
        return OFFICE in self.found

    @property
    def can_measure(self) -> bool:
        """Whether everything is there that measuring pages needs."""
        return not self.troubles

    def answer(
        self, name: str, *arguments: str, seconds: float = 60, changed: Mapping[str, str] | None = None
    ) -> bytes:
        """Return what a program prints; nothing when it is missing, fails or takes too long."""
        if name not in self.found:
            return b""
        command = [str(self.found[name]), *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - a program found by its whole path, and each argument is one
                command,
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=seconds,
                check=True,
                env={**self.environment, **(changed or {})},
                creationflags=_quiet(),
            )
        except (OSError, subprocess.SubprocessError):
            return b""
        return done.stdout

    @contextlib.contextmanager
    def started(self, name: str, arguments: Sequence[str], changed: Mapping[str, str]) -> Iterator[Running]:
        """Give a program that runs beside us; it and all it has started are ended at the latest when this is left.

        Raises:
            OSError: the program cannot be started.
        """
        process = subprocess.Popen(  # noqa: S603 - a program found by its whole path, and each argument is one
            [str(self.found[name]), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**self.environment, **changed},
            start_new_session=True,
            creationflags=_quiet(),
        )
        try:
            yield Running(process)
        finally:
            self._end(process)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """End a process that still runs, with those that it has started: its group on POSIX, its tree on Windows."""
        if process.poll() is not None:
            return
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            self._end_tree(process.pid)
        process.kill()
        process.wait()

    def _end_tree(self, number: int) -> None:
        """Have Windows end a process with all its children; by its whole path, as ``icacls.start`` explains."""
        folder = next((value for name, value in self.environment.items() if name.upper() == "SYSTEMROOT"), "")
        program = Path(folder) / "System32" / "taskkill.exe"
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(  # noqa: S603 - Windows' own program
                [str(program), "/T", "/F", "/PID", str(number)], capture_output=True, timeout=30, check=False
            )


@dataclass(frozen=True, slots=True)
class Running:
    """A program that has been started."""

    process: subprocess.Popen[bytes]

    def wait(self, seconds: float, progress: Callable[[], int]) -> int | None:
        """Return the exit code, ``None`` when nothing got on for so many seconds; ``progress`` counts what is done."""
        last, until = progress(), time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self.process.wait(min(0.5, max(0.01, until - time.monotonic())))
            if (now := progress()) != last:
                last, until = now, time.monotonic() + seconds
        return None


def _quiet() -> int:
    """Return the flag that keeps Windows from opening a black window for a program."""
    return getattr(subprocess, "CREATE_NO_WINDOW", 0)


def find_programs(environment: Mapping[str, str], font_folders: Sequence[Path] = ()) -> Programs:
    """Return the programs that stand in the search path or where they are usually installed.

    Of ``environment`` the programs get what they need to run and nothing else. Folders of the search path that are
    not whole paths are passed over: a program that somebody put beside the papers must not be started.
    """
    folders = tuple(_folders(environment))
    names = (OFFICE, *POPPLER, FONT_LIST)
    found = {name: path for name in names if (path := _program(name, folders)) is not None}
    kept = {name: value for name, value in environment.items() if name.upper() in {*_KEPT, *_KEPT_TOO}}
    fonts = tuple(folder for folder in font_folders if folder.is_dir())
    return Programs(found, kept, fonts)


def _folders(environment: Mapping[str, str]) -> Iterator[Path]:
    searched = next((value for name, value in environment.items() if name.upper() == "PATH"), "")
    yield from (path for one in searched.split(os.pathsep) if (path := Path(one.strip('"'))).is_absolute())
    for name in ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432", "PROGRAMFILES", "PROGRAMFILES(X86)"):
        if name in environment:
            yield from _installed_below(Path(environment[name]))
    for place in ("/usr/lib/libreoffice", "/usr/lib64/libreoffice"):
        yield Path(place) / "program"
    yield from sorted(Path("/opt").glob("libreoffice*/program"), reverse=True)
    yield Path("/snap/bin")
    yield Path("/Applications/LibreOffice.app/Contents/MacOS")


def _installed_below(folder: Path) -> Iterator[Path]:
    """Yield where programs for Windows are put by their installers."""
    yield folder / "LibreOffice" / "program"
    yield from sorted(folder.glob("LibreOffice*/program"), reverse=True)
    yield from sorted(folder.glob("poppler*/**/bin"), reverse=True)


def _program(name: str, folders: Sequence[Path]) -> Path | None:
    endings = _ENDINGS if os.name == "nt" else ("",)
    places = (folder / f"{name}{ending}" for folder in folders for ending in endings)
    return next((place for place in places if _can_be_started(place)), None)


def _can_be_started(place: Path) -> bool:
    try:
        return place.is_file() and os.access(place, os.X_OK)
    except OSError:
        return False
