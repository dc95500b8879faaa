"""What the texts of a paper's elements look like, however badly they are written."""

from __future__ import annotations

import re

BLANKS = " \t\n\u00a0\u3000"
_OPEN, _CLOSE = "〔\\[［【（(〈<{｛", "〕\\]］】）)〉>}｝"
_GAP = f"[{BLANKS}]*"
TO_FILL = re.compile("【待填[^】]*】")
NUMBER = re.compile(
    rf"[\u4e00-\u9fffA-Za-z·]{{1,24}}{_GAP}[{_OPEN}]?{_GAP}(?:\d{{4}}|\d{{2}}|[〇○零一二三四五六七八九]{{4}}){_GAP}年?[{_CLOSE}]?{_GAP}"
    rf"第?{_GAP}[0-9０-９ \u3000×xX一二三四五六七八九十百]*{_GAP}号"
)
"""A document's number, with any brackets, with 第 or without, the number itself still empty in a draft."""
ORDER_NUMBER = re.compile(
    rf"(?:第{_GAP}[0-9一二三四五六七八九十百]*{_GAP}[号期次]|[（(]{_GAP}第?{_GAP}[0-9一二三四五六七八九十百]+{_GAP}[号期次]{_GAP}[）)]|[{_OPEN}]\d{{4}}[{_CLOSE}]{_GAP}第?[0-9]+号)"
)
"""The number of an order or of minutes, which names no organ."""
ISSUER = re.compile(rf"签{_GAP}发{_GAP}人{_GAP}[：:]?")
COPY_NUMBER = re.compile(r"(?:№|No\.?|份号[：:]?)?\s*\d{1,8}")
SECRECY = re.compile(
    r"(?:绝{g}密|机{g}密|秘{g}密)(?:{g}[★☆*＊]?{g}[\d一二三四五六七八九十]+{g}[年月日天]|{g}[★☆*＊].*)?".replace(
        "{g}", _GAP
    )
)
URGENCY = re.compile("(?:特{g}急|加{g}急|特{g}提|平{g}急|急{g}件|紧{g}急)".replace("{g}", _GAP))
DATE = re.compile(
    rf"(?:[\d×Xx*]{{2,4}}|[〇○零一二三四五六七八九ОO0]{{4}})?{_GAP}[年./-]{_GAP}(?:[\d×Xx*]{{1,2}}|[一二三四五六七八九十]{{1,3}})?{_GAP}[月./-]{_GAP}"
    rf"(?:[\d×Xx*]{{1,2}}|[一二三四五六七八九十]{{1,3}})?{_GAP}日?"
)
"""A date as a line of its own: in digits or hanzi, with 年月日 or without; in a draft month and day are still empty."""
IN_BRACKETS = re.compile(r"[（(\[【].*[）)\]】]", re.DOTALL)
ANNEX_NOTE = re.compile(rf"附{_GAP}件{_GAP}(?:[0-9０-９一二三四五六七八九十]+)?{_GAP}[：:](?={_GAP}\S)")
ANNEX_LABEL = re.compile(rf"附{_GAP}件{_GAP}[-—－]?{_GAP}[0-9０-９一二三四五六七八九十]*{_GAP}[：:.．、]?")
COUNTED = re.compile(rf"{_GAP}[0-9０-９]+{_GAP}[.．、]")
COPIES = re.compile(rf"抄{_GAP}[送报发]{_GAP}[：:]?")
MAIN_COPIES = re.compile(rf"(?:主{_GAP}送|分{_GAP}送){_GAP}[：:]")
PRINTED = re.compile(
    rf"(?:\d{{4}}|[〇○零一二三四五六七八九]{{4}}){_GAP}年.*印{_GAP}[发刷制]|【待填[^】]*印发日期】印发"
)
PEOPLE = {
    "出席": re.compile(rf"出{_GAP}席(?:人员)?{_GAP}[：:]"),
    "请假": re.compile(rf"(?:请{_GAP}假|缺{_GAP}席)(?:人员)?{_GAP}[：:]"),
    "列席": re.compile(rf"列{_GAP}席(?:人员)?{_GAP}[：:]"),
}
_HANZI = "一二三四五六七八九十百"
HEADINGS = (
    re.compile(rf"[{_HANZI}]+{_GAP}[、，,.．:：]"),
    re.compile(rf"[（(][{_HANZI}]+[）)]"),
    re.compile(r"[0-9０-９]{1,2}[.．、](?![0-9０-９])"),
    re.compile(r"[（(][0-9０-９]{1,2}[）)]"),
)
"""What the four levels of headings begin with (7.3.3), other signs behind the number included."""
CAPTION = re.compile(r"[图表]\s*[0-9一二三四五六七八九十]+[ 　：:.、]?")
ENDS_SENTENCE = "。！？；，：、.!?;,:"


def heading_level(text: str) -> int:
    """Return the level of heading that a text begins like, 0 for none."""
    stripped = text.lstrip(BLANKS)
    return next((level for level, one in enumerate(HEADINGS, 1) if one.match(stripped)), 0)


def is_date(text: str) -> bool:
    """Return whether a text is nothing but a date, one that is still to be filled included."""
    stripped = text.strip(BLANKS)
    if TO_FILL.fullmatch(stripped):
        return "日期" in stripped
    return DATE.fullmatch(stripped) is not None and any(sign in stripped for sign in "年月./-")


def heading_length(text: str) -> int:
    """Return how many signs at the beginning of a heading's paragraph are the heading; 0 when all is text.

    What follows the first full stop runs on as text. A long sentence that merely begins with a number is no heading.
    """
    stop = re.search("[。：:]", text)
    if stop and stop.end() < len(text.rstrip(BLANKS)):
        return stop.end() if stop.end() <= LONGEST_HEADING else 0
    return len(text) if len(text.strip(BLANKS)) <= LONGEST_HEADING else 0


LONGEST_HEADING = 45
"""A heading longer than that many signs, more than a line and a half, is a paragraph that is merely counted."""
