"""Number formats: which of them show a number as a date, a time of day or a duration."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from pbreports.excel.reader.parts import MAIN, Attributes, parse, qualified
from pbreports.ooxml.package import Package


class Shown(Enum):
    """As what a format shows a number."""

    NUMBER = "number"
    DATE = "date"
    MOMENT = "date and time"
    TIME = "time of day"
    DURATION = "duration"


class NumberFormat(NamedTuple):
    """A format code and as what it shows a number."""

    code: str
    shown: Shown


# ECMA-376 part 1, 18.8.30; 27–36 and 50–58 as a Chinese (zh-CN) Excel means them, which writes no code for them.
_YEAR_MONTH = 'yyyy"年"m"月"'
_MONTH_DAY = 'm"月"d"日"'
_CLOCK = '上午/下午h"时"mm"分"'
_FIRST = (
    "General|0|0.00|#,##0|#,##0.00|||||0%|0.00%|0.00E+00|# ?/?|# ??/??|"
    "yyyy/m/d|d-mmm-yy|d-mmm|mmm-yy|h:mm AM/PM|h:mm:ss AM/PM|h:mm|h:mm:ss|yyyy/m/d h:mm"
)
_BUILT_IN = dict(enumerate(_FIRST.split("|")))
_BUILT_IN |= dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH)
_BUILT_IN |= dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY)
_BUILT_IN |= {30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"'}
_BUILT_IN |= dict.fromkeys((34, 55), _CLOCK) | dict.fromkeys((35, 56), f'{_CLOCK}ss"秒"')
_BUILT_IN |= {
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
}
_BUILT_IN |= {45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"}

_GENERAL_NAMES = ("general", "g/通用格式")  # the second as a Chinese WPS writes it
_LONGEST = 255  # characters that Excel allows in a code
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].', re.DOTALL)
_FRACTION = re.compile(r"(s+\]?)[.,]0+")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")
_BRACKETS = re.compile(r"\[[^\]]*\]?")


@lru_cache(maxsize=4096)
def format_of(code: str) -> NumberFormat:
    """Return the format of a code; quoted, escaped and bracketed letters are no date fields.

    >>> format_of('0"d班"').shown, format_of("[h]:mm").shown, format_of('yyyy"年"m"月"').shown
    (<Shown.NUMBER: 'number'>, <Shown.DURATION: 'duration'>, <Shown.DATE: 'date'>)
    """
    first = _LITERAL.sub("", code[:_LONGEST]).lower().partition(";")[0]
    fields = _FRACTION.sub(r"\1", first)
    if _ELAPSED.search(fields):
        return NumberFormat(code, Shown.DURATION)
    fields = _BRACKETS.sub("", fields)
    if any(name in fields for name in _GENERAL_NAMES) or any(placeholder in fields for placeholder in "0#?@"):
        return NumberFormat(code, Shown.NUMBER)
    return NumberFormat(code, _shown(fields))


def _shown(fields: str) -> Shown:
    clock = any(field in fields for field in ("h", "s", "am/pm", "a/p", "上午/下午"))
    calendar = any(field in fields for field in "ydeg") or "aaa" in fields or ("m" in fields and not clock)
    if calendar:
        return Shown.MOMENT if clock else Shown.DATE
    return Shown.TIME if clock else Shown.NUMBER


GENERAL = format_of("General")


def built_in_format(number: int) -> NumberFormat | None:
    """Return the format that a program knows by number without a code in the file, None when it is not one of them."""
    code = _BUILT_IN.get(number)
    return format_of(code) if code else None


def cell_formats(package: Package, part: str) -> dict[str, NumberFormat]:
    """Return the format of each cell style, by the style's index as it is written in the cell.

    Raises:
        WorkbookError: F-12 … F-14, see ``parse``.
    """
    scan = _StyleScan()
    parse(package, part, scan.install)
    return {str(index): scan.format(number) for index, number in enumerate(scan.styles)}


class _StyleScan:
    """Gathers the custom codes, and the format numbers of ``cellXfs`` (not those of the named styles)."""

    def __init__(self) -> None:
        self.styles: list[str] = []
        self._codes = {str(number): code for number, code in _BUILT_IN.items()}
        self._in_cell_styles = False

    def format(self, number: str) -> NumberFormat:
        return format_of(self._codes.get(number, "General"))

    def install(self, parser: expat.XMLParserType) -> None:
        self._custom, self._lists, self._entries = (
            frozenset(qualified(namespace, local) for namespace in MAIN) for local in ("numFmt", "cellXfs", "xf")
        )
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        if name in self._entries and self._in_cell_styles:
            self.styles.append(attributes.get("numFmtId", "0"))
        elif name in self._lists:
            self._in_cell_styles = True
        elif name in self._custom:
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "General")

    def _end(self, name: str) -> None:
        if name in self._lists:
            self._in_cell_styles = False
