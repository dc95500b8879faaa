"""How workbooks for the file look: the fonts of official papers, thin black lines, grey where nothing was reported."""

from __future__ import annotations

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

from pbreports.excel.drafting.draft import Kind

TITLE_FONT, HEAD_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋"
"""As GB/T 9704-2012 (7.3.1, 7.3.3) has them for titles, heads and text."""

_LINE = Side(style="thin", color="FF000000")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

TITLE = Font(name=TITLE_FONT, size=20)
NOTE = Font(name=BODY_FONT, size=11)
SUBTITLE = Font(name=HEAD_FONT, size=14)
HEAD = Font(name=HEAD_FONT, size=11)
BODY = Font(name=BODY_FONT, size=11)
TOTAL = Font(name=HEAD_FONT, size=11)

HEAD_FILL = PatternFill("solid", fgColor="FFE7EBF1")
TOTAL_FILL = PatternFill("solid", fgColor="FFF7F3E3")

MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
ONE_LINE = Alignment(horizontal="center", vertical="center")
RIGHT = Alignment(horizontal="right", vertical="center")

ALIGNMENTS = {Kind.TEXT: LEFT, Kind.WORD: MIDDLE, Kind.DATE: ONE_LINE}
"""How columns stand; numbers stand at the right."""

FORMATS = {
    Kind.NUMBER: "0",
    Kind.MARK: "0;-0;;@",
    Kind.MONEY: "#,##0.00",
    Kind.HOURS: "0.0",
    Kind.POINTS: "0.0#",
    Kind.DATE: "yyyy-mm-dd",
    Kind.SHARE: "0.0%",
}


def _marked(fill: str, ink: str) -> DifferentialStyle:
    return DifferentialStyle(font=Font(color=ink), fill=PatternFill("solid", bgColor=fill, fgColor=fill))


GREY = _marked("FFD9D9D9", "FF404040")
PALE = _marked("FFEDEDED", "FF404040")
COLORS = {
    "红": _marked("FFFBD5D5", "FF9C0006"),
    "黄": _marked("FFFFF2CC", "FF7F6000"),
    "绿": _marked("FFE2F0D9", "FF375623"),
}
