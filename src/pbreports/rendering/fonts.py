"""The fonts that papers ask for, what stands in for them where they are not installed, and which were really used.

The faces of official papers may not be given away, and few machines but the bureau's own have them. Without a stand-in
LibreOffice sets all of them in one face. The stand-ins are lent to its process alone, by a file of fontconfig.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from pbreports.rendering.programs import FONT_LIST, Programs

TITLE_FACE, FANG_SONG, KAI, HEI, SONG = "小标宋", "仿宋", "楷体", "黑体", "宋体"
CLASSES = (TITLE_FACE, FANG_SONG, KAI, HEI, SONG)
"""The classes of faces that the standard names; it names no products."""

_NAMED = {
    TITLE_FACE: re.compile(r"标宋|biaosong|xbs|serif.*(cjk|hans|sc(?![a-z])).*(bold|black|heavy)", re.IGNORECASE),
    FANG_SONG: re.compile(r"仿宋|fang", re.IGNORECASE),
    KAI: re.compile(r"楷|kai", re.IGNORECASE),
    HEI: re.compile(r"黑|hei|(sans|gothic).*(cjk|hans|sc(?![a-z]))", re.IGNORECASE),
    SONG: re.compile(r"宋|song|simsun|sun-?ext|(serif|ming).*(cjk|hans|sc(?![a-z]))", re.IGNORECASE),
}

_STAND_INS = {
    TITLE_FACE: ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "Noto Serif SC"),
    FANG_SONG: ("FandolFang", "FangSong", "仿宋", "STFangsong", "Zhuque Fangsong (technical preview)"),
    KAI: ("FandolKai", "AR PL UKai CN", "AR PL KaitiM GB", "LXGW WenKai", "KaiTi", "楷体", "STKaiti"),
    HEI: ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "SimHei", "黑体"),
    SONG: ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "SimSun", "宋体", "FandolSong"),
}
_FOR_RARE_CHARACTERS = {
    FANG_SONG: ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "SimSun", "宋体"),
    KAI: ("AR PL UKai CN", "LXGW WenKai", "Noto Serif CJK SC", "SimSun", "宋体"),
    SONG: ("Noto Serif CJK SC", "SimSun", "宋体"),
}
"""Behind a stand-in that lacks many characters: else a rare character of a name would come out in 黑体."""

_USUAL = (
    *("方正小标宋简体", "方正小标宋_GBK", "仿宋_GB2312", "仿宋", "FangSong", "楷体_GB2312", "楷体", "KaiTi"),
    *("黑体", "SimHei", "宋体", "SimSun"),
)
_FONTS_OF_PARTS = re.compile(rb"w:(?:ascii|hAnsi|eastAsia|cs)\s*=\s*[\"']([^\"'<>]{1,64})[\"']")
_STYLES_OF_SHEETS = "xl/styles.xml"
_FONTS_OF_SHEETS = re.compile(rb"<(?:\w+:)?name\s+val\s*=\s*[\"']([^\"'<>]{1,64})[\"']")
_LARGEST_PART = 64 << 20
_SUBSET = re.compile(r"^[A-Z]{6}\+")


@dataclass(frozen=True, slots=True)
class Face:
    """A font in a PDF: its name without the mark of a subset, and whether it is embedded."""

    name: str
    is_embedded: bool

    @property
    def kind(self) -> str:
        """Return its class, empty for a face without hanzi or of no class that the standard names."""
        return class_of(self.name)


@dataclass(frozen=True, slots=True)
class Lent:
    """What was lent: the stand-in of each font that is not installed, the classes for which there is none.

    ``config`` is the text for fontconfig, empty where there is no fontconfig (Windows) or nothing to lend.
    ``rare`` are the classes in which characters may come out that a stand-in lacks.
    """

    config: str
    stand_ins: Mapping[str, str]
    missing: tuple[str, ...]
    rare: frozenset[str] = frozenset()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to tell where pages were measured: which fonts were replaced, for which there is nothing."""
        told = (
            [f"本机没有装的字体，量版面时用别的字体代替：{self._replaced}；文件里写的字体不变。"]
            if self.stand_ins
            else []
        )
        told += [f"本机没有{one}，也没有可以代替的字体，{one}没有核对。" for one in self.missing]
        return tuple(told)

    @property
    def remarks_on_pdf(self) -> tuple[str, ...]:
        """What to tell where PDFs were made: the faces on their pages are not all those that the papers ask for."""
        told = [f"本机没有装的字体，PDF 里用别的字体代替：{self._replaced}；"] if self.stand_ins else []
        told += [f"本机没有{'、'.join(self.missing)}，也没有可以代替的字体；"] if self.missing else []
        return tuple(f"{one}正式印发的 PDF 请在装有这些字体的电脑上生成。" for one in told)

    @property
    def _replaced(self) -> str:
        return "、".join(f"{font}→{stand_in}" for font, stand_in in self.stand_ins.items())


def class_of(name: str) -> str:
    """Return the class of a font by its name, Chinese or as PDF and fontconfig have it; empty when it is of none."""
    return next((kind for kind in CLASSES if _NAMED[kind].search(name)), "")


def asked_fonts(data: bytes) -> frozenset[str]:
    """Return the names of all fonts that a Word or Excel file mentions; none for what is no package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [one for one in archive.infolist() if _tells_fonts(one)]
            found = {name for one in parts for name in _fonts_of(one.filename, archive.read(one))}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return frozenset()
    return frozenset(name.decode("utf-8", "replace") for name in found)


def _tells_fonts(part: zipfile.ZipInfo) -> bool:
    is_text = part.filename.startswith("word/") and part.filename.endswith(".xml")
    is_telling = is_text and part.filename != "word/fontTable.xml"
    return (is_telling or part.filename == _STYLES_OF_SHEETS) and part.file_size <= _LARGEST_PART


def _fonts_of(part: str, data: bytes) -> list[bytes]:
    return (_FONTS_OF_SHEETS if part == _STYLES_OF_SHEETS else _FONTS_OF_PARTS).findall(data)


def lend(programs: Programs, asked: Iterable[str], folder: Path) -> Lent:
    """Return what to lend to LibreOffice for the fonts that papers ask for; ``folder`` is for files of a moment."""
    wanted = {name: kind for name in (*_USUAL, *sorted(asked)) if (kind := class_of(name))}
    if FONT_LIST not in programs.found:
        return Lent("", {}, ())
    installed = _installed(programs, folder)
    absent = {name: kind for name, kind in wanted.items() if name not in installed}
    present = {kind: _first(_STAND_INS[kind], installed) for kind in CLASSES}
    named = frozenset(asked)
    missing = tuple(kind for kind in CLASSES if not present[kind] and any(absent.get(one) == kind for one in named))
    aliases = "".join(_alias(name, kind, present[kind], installed) for name, kind in absent.items())
    shown = {name: present[kind] for name, kind in absent.items() if name in named and present[kind]}
    rare = frozenset(class_of(one) for kind in CLASSES for one in _behind(kind, installed)) if shown else frozenset()
    return Lent(_config(programs, aliases), shown, missing, rare)


def _installed(programs: Programs, folder: Path) -> frozenset[str]:
    """Return the names of the families that are installed or stand in the further folders."""
    config = folder / "installed.conf"
    config.write_text(_config(programs, ""), encoding="utf-8")
    told = programs.answer(FONT_LIST, ":", "family", changed={"FONTCONFIG_FILE": str(config)})
    lines = told.decode("utf-8", "replace").replace("\\-", "-").splitlines()
    return frozenset(name.strip() for line in lines for name in line.split(","))


def _first(names: Iterable[str], installed: frozenset[str]) -> str:
    return next((name for name in names if name in installed), "")


def _behind(kind: str, installed: frozenset[str]) -> Iterator[str]:
    yield from (name for name in _FOR_RARE_CHARACTERS.get(kind, ()) if name in installed)


def _alias(name: str, kind: str, stand_in: str, installed: frozenset[str]) -> str:
    """Return the rule that text asking for a font is set in its stand-in, and its rare characters in the next."""
    asked = f"<family>{escape(name)}</family>"
    if kind == TITLE_FACE and stand_in:
        # There is no free 小标宋; the bold 宋体 breaks lines alike and can be told from 宋体 in the PDF.
        test = f'<test name="family"><string>{escape(name)}</string></test>'
        face = f'<edit name="family" mode="assign" binding="strong"><string>{escape(stand_in)}</string></edit>'
        bold = '<edit name="weight" mode="assign" binding="strong"><const>bold</const></edit>'
        return f'  <match target="pattern">{test}{face}{bold}</match>\n'
    faces = dict.fromkeys((*([stand_in] if stand_in else []), *_behind(kind, installed)))
    accepted = "".join(f"<family>{escape(one)}</family>" for one in faces)
    return f'  <alias binding="strong">{asked}<accept>{accepted}</accept></alias>\n' if faces else ""


def _config(programs: Programs, aliases: str) -> str:
    folders = "".join(f"  <dir>{escape(str(one))}</dir>\n" for one in programs.font_folders)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        '  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n'
        f"{folders}{aliases}</fontconfig>\n"
    )


def faces_of(programs: Programs, pdf: Path) -> tuple[Face, ...]:
    """Return the fonts in a PDF, each name once, as pdffonts tells them."""
    lines = programs.answer("pdffonts", str(pdf)).decode("utf-8", "replace").splitlines()
    found: dict[str, Face] = {}
    for line in lines[2:]:
        name, *_, embedded, _, _, _, _ = line.split() if len(line.split()) > 7 else ("", "no", "", "", "", "")
        if name:
            face = Face(_SUBSET.sub("", name), embedded == "yes")
            found.setdefault(face.name, face)
    return tuple(found.values())
