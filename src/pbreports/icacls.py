"""Windows permissions through its own program icacls: what it is told, and what its answers mean.

Nothing here rests on the language of the system: people and groups go by their SIDs, and permissions are read in the
language of security descriptors (SDDL, [MS-DTYP] 2.5.1), never from what icacls prints.

Folders are granted to the user's own SID. OWNER RIGHTS would look simpler, but what a program makes that was started as
administrator belongs to all administrators, and then the user himself could not enter.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

Run = Callable[[Sequence[str]], bytes | None]
"""Starts one of Windows' own programs and returns what it printed, ``None`` when it failed or took too long."""

_PATIENCE = 120.0
_TRUSTED = frozenset("SY BA LA OW CO S-1-5-18 S-1-5-32-544 S-1-3-4 S-1-3-0".split())
"""The system, administrators (they can take any file for themselves), whoever owns or makes the thing."""
_SHORT = {"-500": "LA", "-501": "LG"}
"""SDDL writes these two accounts of a machine by letters, whatever the rest of their SID."""
_GRANTING = frozenset({"A", "XA", "OA", "ZA"})


@dataclass(frozen=True, slots=True)
class Rights:
    """Who may do anything at all with a file or folder: their SIDs or SDDL's letters, ``None`` when everybody may.

    ``protected`` when nothing comes down from the folder above.
    """

    protected: bool
    holders: frozenset[str] | None

    def others_than(self, sid: str) -> bool:
        """Return whether anybody but this user and those who could help themselves anyway may do something."""
        return self.holders is None or bool(self.holders - _TRUSTED - _names_of(sid))

    def only_for(self, sid: str) -> bool:
        """Return whether this user is let in by name, nobody else is, and nothing comes down from above."""
        named = self.holders is not None and bool(self.holders & _names_of(sid))
        return self.protected and named and not self.others_than(sid)


def close_folder(folder: Path, run: Run, *, fresh: bool) -> str | None:
    """Let the current user alone into a folder and all below it; return in Chinese why that failed, else ``None``.

    A fresh folder is empty, so that nobody sees anything before it is closed.
    """
    sid = current_user(run)
    if sid is None:
        return "查不到当前用户的标识"
    found = () if fresh else rights_below(folder, run)
    if not found or not found[0].only_for(sid):
        if not fresh:
            run(told_to_reset(folder))
        run(told_to_close(folder, sid))
    if any(one.others_than(sid) for one in found[1:]):
        run(told_to_reset_below(folder))
    return _doubt(rights_below(folder, run), sid)


def open_to_others(path: Path, run: Run) -> str | None:
    """Return in Chinese that others may open a file, a folder or anything below it, ``None`` when they may not."""
    sid = current_user(run)
    found = rights_below(path, run)
    if sid is None or not found:
        return "查不出谁能打开"
    return "本机的其他用户也能打开" if any(one.others_than(sid) for one in found) else None


def current_user(run: Run) -> str | None:
    """Return the SID of whoever runs this program, ``None`` when Windows does not say."""
    return sid_in(run(("whoami.exe", "/user", "/fo", "csv", "/nh")) or b"")


def sid_in(answer: bytes) -> str | None:
    """Return the SID at the end of whoami's line; the name before it is in whatever code page the console has."""
    found = re.search(rb'"(S-1-[0-9-]+)"\s*\Z', answer)
    return found[1].decode() if found else None


def told_to_close(folder: Path, sid: str) -> tuple[str, ...]:
    """Return the command that takes away what comes from above and lets one user in, here and in all made below."""
    return ("icacls.exe", str(folder), "/inheritance:r", "/grant:r", f"*{sid}:(OI)(CI)F", "/Q")


def told_to_reset(folder: Path) -> tuple[str, ...]:
    """Return the command that takes away what was granted on a folder by name."""
    return ("icacls.exe", str(folder), "/reset", "/Q")


def told_to_reset_below(folder: Path) -> tuple[str, ...]:
    """Return the command that gives everything in a folder the folder's rights; it leaves alone where links lead."""
    return ("icacls.exe", str(folder / "*"), "/reset", "/T", "/C", "/L", "/Q")


def told_to_save(path: Path, answer: Path) -> tuple[str, ...]:
    """Return the command that writes into a file what the rights are of a path and everything below it."""
    return ("icacls.exe", str(path), "/save", str(answer), "/T", "/C", "/L", "/Q")


def rights_below(path: Path, run: Run) -> tuple[Rights, ...]:
    """Return the rights of a path and of everything below it, none when they cannot be found out.

    The answer, which names files, stands for an instant in the user's own folder for temporary files.
    """
    try:
        with TemporaryDirectory() as folder:
            answer = Path(folder) / "acl"
            run(told_to_save(path, answer))
            return rights_in(answer.read_bytes())
    except OSError:
        return ()


def rights_in(saved: bytes) -> tuple[Rights, ...]:
    """Return the rights in a file that icacls saved, of its first path at the beginning; none when it is not whole.

    The file is UTF-16, mostly without a mark: a line with the name, a line with its SDDL. No name holds a colon.
    """
    coding = "utf-16" if saved.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16-le"
    lines = [line for line in saved.decode(coding, "replace").split("\r\n") if line]
    told = [line for line in lines if line.startswith("D:")]
    return tuple(map(rights_of, told)) if 2 * len(told) == len(lines) else ()


def rights_of(sddl: str) -> Rights:
    """Return the rights that a list of access control entries gives: ``D:``, flags, entries in brackets.

    Who is refused something is not weighed against who is granted it: rather one holder too many.
    """
    flags = sddl.removeprefix("D:").partition("(")[0]
    if "NO_ACCESS_CONTROL" in flags:
        return Rights(protected=False, holders=None)
    entries = re.findall(r"\(([A-Z]+);[A-Z]*;[^;()]*;[^;()]*;[^;()]*;([^;()]+)", sddl)
    return Rights("P" in flags, frozenset(holder for kind, holder in entries if kind in _GRANTING))


def start(command: Sequence[str]) -> bytes | None:
    """Return what one of Windows' own programs printed, ``None`` when it failed, took too long or is not there.

    It is started by its whole path: a program of the same name in the current folder must not be.
    """
    line = [str(_system_folder() / command[0]), *command[1:]]
    quiet = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(  # noqa: S603 - Windows' own program, and each argument is one
            line, capture_output=True, stdin=subprocess.DEVNULL, timeout=_PATIENCE, check=True, creationflags=quiet
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout


def _system_folder() -> Path:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows alone has what is asked of it

        told = ctypes.create_unicode_buffer(260)
        ctypes.windll.kernel32.GetSystemDirectoryW(told, len(told))
        return Path(told.value)
    return Path("/")  # no Windows, no such program


def _names_of(sid: str) -> frozenset[str]:
    return frozenset({sid, _SHORT.get(sid[-4:], sid)})


def _doubt(found: tuple[Rights, ...], sid: str) -> str | None:
    """Return why a folder cannot be taken for closed, whatever the programs said."""
    if not found:
        return "权限查不出来"
    if not found[0].only_for(sid):
        return "这个磁盘不记权限，或者无权更改"
    return "里面有的文件改不了权限" if any(one.others_than(sid) for one in found[1:]) else None
