"""Papers made into PDF by LibreOffice: one process for a whole batch, with a profile and fonts of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from pbreports.errors import WorkspaceError, reason_of, sentence
from pbreports.ooxml.files import write_atomically
from pbreports.rendering.fonts import Lent, asked_fonts, lend
from pbreports.rendering.programs import OFFICE, Programs

PATIENCE = 120.0
"""How many seconds one paper may take, the start of LibreOffice included."""

# Papers come from anywhere: nothing in them is run, and nothing that they only point to is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Common/Security/Scripting">
    <prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
    <prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
  </item>
  <item oor:path="/org.openoffice.Office.Writer/Content/Update">
    <prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""

_LOCKED = "转换不了，文件可能已损坏或设了打开密码"
_OPEN_IT = "请用 Word 或 WPS 打开看一看，去掉密码，另存后再试"
_STUCK = "转换用了{}秒还没有完，已放弃"
_SPLIT = "请用 Word 或 WPS 打开另存，或把它分成几份"


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of a batch: the PDF of each file, why there is none of others, which fonts were lent.

    ``problems`` holds for each file that failed one sentence, and under its own key nothing else; ``general`` what
    stopped the whole batch.
    """

    pdfs: Mapping[Path, Path]
    problems: Mapping[Path, str]
    general: tuple[str, ...] = ()
    lent: Lent = field(default_factory=lambda: Lent("", {}, ()))


def convert(files: Sequence[Path], folder: Path, programs: Programs, seconds: float = PATIENCE) -> Converted:
    """Return the PDFs of papers, written to ``folder`` under the papers' names.

    One that LibreOffice cannot read, or that takes longer than ``seconds``, costs only itself. A PDF that is open
    elsewhere stays as it is, which is a problem of its paper.
    """
    if not programs.can_convert:
        return Converted({}, {}, programs.troubles[:1])
    problems: dict[Path, str] = {}
    with TemporaryDirectory(prefix="pbreports-", ignore_cleanup_errors=True) as work:
        place = Path(work)
        staged = _staged(dict.fromkeys(files), place, problems)
        lent = lend(programs, _asked_in(staged.values()), place)
        batch = _Batch(place, programs, _lent_to(lent, place), seconds)
        made = batch.made_of(staged, problems)
        written = _written(made, folder, problems)
    return Converted(written, problems, (), lent)


def _staged(files: Iterable[Path], folder: Path, problems: dict[Path, str]) -> dict[Path, Path]:
    """Return copies of the papers, which go by numbers: no name is in the way, and the papers are never touched."""
    staged = {}
    for at, file in enumerate(files):
        copy = folder / f"{at:05}{file.suffix.lower()}"
        try:
            shutil.copyfile(file, copy)
        except OSError as error:
            problems[file] = sentence(
                file.name, f"读不了（{reason_of(error)}）", "请核对文件在不在；正开着的，关闭后重试"
            )
        else:
            staged[file] = copy
    return staged


def _asked_in(copies: Iterable[Path]) -> frozenset[str]:
    return frozenset(name for copy in copies for name in asked_fonts(copy.read_bytes()))


def _lent_to(lent: Lent, folder: Path) -> dict[str, str]:
    """Return what LibreOffice's environment has besides: the file that lends it fonts, where there is something to lend."""
    if not lent.config:
        return {}
    config = folder / "fonts.conf"
    config.write_text(lent.config, encoding="utf-8")
    return {"FONTCONFIG_FILE": str(config)}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Where a batch is converted, with what, and how long one paper may take."""

    folder: Path
    programs: Programs
    changed: Mapping[str, str]
    seconds: float

    def made_of(self, staged: Mapping[Path, Path], problems: dict[Path, str]) -> dict[Path, Path]:
        """Return the PDF of each paper; where LibreOffice falls or gets stuck it is started anew behind that paper."""
        made: dict[Path, Path] = {}
        left, rounds = dict(staged), 0
        while left:
            rounds += 1
            code = self._run(list(left.values()), rounds)
            made |= {paper: pdf for paper, copy in left.items() if _is_whole(pdf := self._pdf(copy))}
            left = {paper: copy for paper, copy in left.items() if paper not in made}
            if code == 0:
                problems |= {paper: sentence(paper.name, _LOCKED, _OPEN_IT) for paper in left}
                break
            for culprit in list(left)[:1]:
                problems[culprit] = self._words(culprit, stuck=code is None)
                del left[culprit]
        return made

    def _run(self, copies: Sequence[Path], number: int) -> int | None:
        """Return the exit code of LibreOffice over some papers, ``None`` when it got stuck."""
        profile = self.folder / f"profile{number}"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        self._pdfs.mkdir(exist_ok=True)
        options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        order = [*options, "--convert-to", "pdf", "--outdir", str(self._pdfs), *map(str, copies)]
        try:
            with self.programs.started(OFFICE, order, self.changed) as running:
                return running.wait(self.seconds, lambda: sum(1 for _ in self._pdfs.iterdir()))
        except OSError:
            return 1

    @property
    def _pdfs(self) -> Path:
        return self.folder / "pdf"

    def _pdf(self, copy: Path) -> Path:
        return self._pdfs / f"{copy.stem}.pdf"

    def _words(self, paper: Path, *, stuck: bool) -> str:
        if stuck:
            return sentence(paper.name, _STUCK.format(f"{self.seconds:g}"), _SPLIT)
        return sentence(paper.name, _LOCKED, _OPEN_IT)


def _is_whole(pdf: Path) -> bool:
    """Whether a PDF is there to its end: one that LibreOffice was writing when it was ended is not."""
    try:
        data = pdf.read_bytes()
    except OSError:
        return False
    return data.startswith(b"%PDF-") and b"%%EOF" in data[-64:]


def _written(made: Mapping[Path, Path], folder: Path, problems: dict[Path, str]) -> dict[Path, Path]:
    """Return where the PDFs stand in their folder; of papers of one name the later ones get a number."""
    written: dict[Path, Path] = {}
    for paper, pdf in made.items():
        target = _free_name(paper, folder, set(written.values()))
        try:
            write_atomically(target, pdf.read_bytes())
        except WorkspaceError as error:
            problems[paper] = str(error)
        else:
            written[paper] = target
    return written


def _free_name(paper: Path, folder: Path, taken: set[Path]) -> Path:
    names = (f"{paper.stem}.pdf", *(f"{paper.stem}（{number}）.pdf" for number in range(2, len(taken) + 3)))
    return next(path for name in names if (path := folder / name) not in taken)
