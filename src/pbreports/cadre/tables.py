"""The lists in papers about a candidate: resume, relatives, votes, conclusions, what the inspection group wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pbreports.cadre.ages import age_of_relative
from pbreports.cadre.career import Line
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.phrases import dotted, share, text
from pbreports.cadre.roster import career_of
from pbreports.scheme.cadres import POLLS, RECOMMENDATIONS, RELATIVES, REVIEWS, TEXTS
from pbreports.values import Record

Row = dict[str, object]

PARTS = ("德", "能勤绩", "廉", "主要特点", "不足", "其他")
"""The parts of the inspection group's text, each a list of its own in templates."""
AT_MEETING, IN_TALKS = "会议推荐", "谈话推荐"

_SPOUSE = re.compile(r"丈夫|妻子|配偶|爱人|前夫|前妻")
_CHILD = re.compile(r"儿子|女儿|[长大二次三四五六七八九小幺独生养继]+[子女]")
_PARENT = re.compile(r"[养继]?[父母]亲|[养继][父母]")
_ENDS = "。；;，,：: 　"

_REVIEWED = (
    ("干部档案审核", "档案审核日期", "档案审核结论", ""),
    ("个人有关事项报告核查", "个人事项核查日期", "个人事项核查结论", ""),
    ("听取纪检监察机关意见", "纪检意见日期", "纪检意见结论", "纪检意见文号"),
    ("信访举报核查", "信访核查日期", "信访核查结论", "信访核查文号"),
)
"""凡提四必: what is looked into, and the fields of 审核记录 for its day, conclusion and document."""


def rows_of(records: Iterable[Record], fields: Sequence[str]) -> tuple[Row, ...]:
    """Return rows with every field of their sheet, blank ones too."""
    return tuple({name: record.get(name) for name in fields} for record in records)


def resume(dossier: Dossier) -> tuple[Row, ...]:
    """Return the resume's lines: 起止 as ``1998.07--2003.08`` (open: nothing behind the dashes), 内容, 是否其间."""
    return tuple({"起止": _dates(line), "内容": line.text, "是否其间": line.within} for _, line in career_of(dossier))


def _dates(line: Line) -> str:
    if line.written or line.start is None:
        return line.written
    running = "至今" if line.within else ""
    return f"{dotted(line.start)}--{dotted(line.end) or running}"


def relatives(dossier: Dossier, fields: Sequence[str], day: date) -> tuple[Row, ...]:
    """Return the relatives: spouse, children, parents, then others, in the workbook's order otherwise.

    年龄 is text, empty when the person has died or the month of birth is blank.
    """
    found = sorted(dossier.of(RELATIVES), key=_nearness)
    ages = (age_of_relative(one, day) for one in found)
    return tuple(
        {**row, "年龄": "" if age is None or age < 0 else str(age)}
        for row, age in zip(rows_of(found, fields), ages, strict=True)
    )


def _nearness(relative: Record) -> int:
    word = re.sub(r"[（(].*", "", text(relative.get("称谓"))).strip()
    kinds = (_SPOUSE, _CHILD, _PARENT)
    return next((place for place, kind in enumerate(kinds) if kind.fullmatch(word)), len(kinds))


def recommendations(dossier: Dossier, fields: Sequence[str]) -> tuple[Row, ...]:
    """Return the recommendations, each with 得票率: of the valid ballots at a meeting, of those asked in talks."""
    return tuple(
        {**row, "得票率": share(record.get("推荐得票数"), _asked(record))}
        for record, row in zip(dossier.of(RECOMMENDATIONS), rows_of(dossier.of(RECOMMENDATIONS), fields), strict=True)
    )


def _asked(record: Record) -> Decimal | None:
    talks = text(record.get("推荐形式")) == IN_TALKS
    whole = record.get("推荐实到人数" if talks else "推荐有效票数")
    return whole if isinstance(whole, Decimal) else None


def polls(dossier: Dossier, fields: Sequence[str]) -> tuple[Row, ...]:
    """Return how the ballots of each kind were issued and came back, with the valid ones."""
    return tuple(
        {**row, "测评有效票数": _valid(record)}
        for record, row in zip(dossier.of(POLLS), rows_of(dossier.of(POLLS), fields), strict=True)
    )


def _valid(record: Record) -> Decimal | None:
    back, void = record.get("测评收票数"), record.get("测评无效票数")
    return back - void if isinstance(back, Decimal) and isinstance(void, Decimal) else None


def reviews(dossier: Dossier) -> tuple[Row, ...]:
    """Return the four things that must be looked into (凡提四必): 项目, 日期, 结论, 文号, blank where not yet known."""
    return tuple(
        {
            "项目": item,
            "日期": dossier.told(REVIEWS, day),
            "结论": dossier.told(REVIEWS, conclusion),
            "文号": dossier.told(REVIEWS, number) if number else None,
        }
        for item, day, conclusion, number in _REVIEWED
    )


def texts(dossier: Dossier) -> dict[str, tuple[Row, ...]]:
    """Return the inspection group's text by its parts; a line break in a cell begins a paragraph without 小标题."""
    written = sorted(dossier.of(TEXTS), key=lambda record: _place(record.get("评语序号")))
    return {part: tuple(_paragraphs(one for one in written if text(one.get("评语段落")) == part)) for part in PARTS}


def _place(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal("Infinity")


def _paragraphs(records: Iterable[Record]) -> Iterator[Row]:
    for record in records:
        head = text(record.get("小标题")).rstrip(_ENDS)
        for line in filter(None, map(str.strip, text(record.get("正文")).splitlines())):
            yield {"小标题": head, "正文": line}
            head = ""


def members(leader: object, names: object) -> tuple[Row, ...]:
    """Return the inspection group's members that a cell names, 是否组长 of each; a leader it does not name comes first."""
    head = "".join(text(leader if isinstance(leader, str) else None).split())
    parts = re.split(r"[、，,；;/\n]+", names if isinstance(names, str) else "")
    found = [name for part in parts if (name := "".join(part.split()))]
    everybody = found if not head or head in found else [head, *found]
    return tuple({"姓名": name, "是否组长": name == head} for name in everybody)


def only(rows: Iterable[Mapping[str, object]], name: str, value: str) -> Mapping[str, object] | None:
    """Return the first row whose field has a value, ``None`` when there is none."""
    return next((row for row in rows if row.get(name) == value), None)
