"""When two spellings on a roster and a form say the same."""

from __future__ import annotations

import re
import unicodedata

from pbreports.cadre.career import Line
from pbreports.cadre.codes import codes
from pbreports.cadre.elements import Shape
from pbreports.values import YearMonth

_DOTS = re.compile("[·•‧∙・･‧●．᛫⋅]")
_MONTH = re.compile(r"(\d{4})\D{0,3}(\d{1,2})(?:\D{0,3}\d{1,2}日?)?月?")
_TO = re.compile("[—―─━–~〜∼-]+|至")


def plain(text: str) -> str:
    """Return a text without blanks, invisible characters and differences of width; 无 and the like are nothing."""
    shown = "".join(one for one in unicodedata.normalize("NFKC", _DOTS.sub("·", text)) if _is_seen(one))
    bare = _TO.sub("-", shown.strip("。.;；,，、"))
    return "" if bare.strip("()") in _nothing() else bare


def month_of(text: str) -> YearMonth | None:
    """Return the month that a text is, with a day or without, whatever parts it; ``None`` when it is none."""
    found = _MONTH.fullmatch(plain(text))
    if not found or not 1 <= int(found[2]) <= 12:
        return None
    return YearMonth(int(found[1]), int(found[2]))


def same_as(text: str, shape: Shape) -> str:
    """Return what a text of a shape says, the same for all its spellings."""
    bare = plain(text)
    if shape is Shape.MONTH:
        return _month(bare)
    if shape is Shape.PARTY:
        return ";".join(sorted(_month(part) for part in re.split("[;,、和]", bare) if part))
    if shape is Shape.NATION:
        return re.sub("族$", "", bare)
    if shape in {Shape.SCHOOLING, Shape.POLITICS, Shape.TITLE}:
        return word(shape.value, bare)
    return bare.upper() if shape is Shape.IDENTITY else bare


def word(kind: str, text: str) -> str:
    """Return the form's own word of a kind (称谓, 政治面貌, 学历, 考核等次) for one that means the same."""
    bare = plain(text)
    return codes().same[kind].get(bare, bare)


def line_same_as(line: Line) -> tuple[object, ...]:
    """Return what a line of a resume says: its months and its plain text."""
    return line.start, line.end, plain(line.written), line.within, plain(line.text)


_YEARS = re.compile(r"(?P<year>(?:19|20)\d{2})(?:年度?)?(?:-(?P<last>(?:19|20)\d{2}))?")


def grades_in(text: str) -> dict[int, str]:
    """Return the grade of each year in 年度考核结果, whether told year by year or for several years at once."""
    graded: dict[int, str] = {}
    waiting: list[int] = []
    for found in re.finditer(f"{_YEARS.pattern}|(?P<grade>{'|'.join(codes().grades)})", plain(text)):
        if found["grade"]:
            graded |= dict.fromkeys(waiting, word("考核等次", found["grade"]))
            waiting = []
        else:
            waiting += range(int(found["year"]), int(found["last"] or found["year"]) + 1)
    return graded


def _month(bare: str) -> str:
    return str(month_of(bare) or bare)


def _is_seen(one: str) -> bool:
    return not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc"}


def _nothing() -> frozenset[str]:
    return codes().nothing | {""}
