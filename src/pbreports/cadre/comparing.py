"""Where the bureau's workbook and a candidate's form differ, field by field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from pbreports.cadre.career import Line, lines_of, text_of
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.elements import BY_NAME, ELEMENTS, FAMILY, Form, Relative, Shape
from pbreports.cadre.roster import (
    DUE,
    LIMIT_WORDS,
    MOST_ASSESSMENTS,
    career_of,
    grades_of,
    grades_text,
    relatives_of,
    revised_texts,
    told,
)
from pbreports.cadre.sameness import grades_in, line_same_as, month_of, plain, same_as, word
from pbreports.scheme.cadres import ASSESSMENTS, CAREER, CODE, RELATIVES
from pbreports.values import CellRef, Record


class Side(Enum):
    """How the two differ."""

    DIFFERENT = "不同"
    ROSTER_LACKS = "名册缺"
    FORM_LACKS = "任免表缺"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that roster and form do not say alike: what each says, as shown, and where.

    ``field`` is the roster's field, or for rows the sheet with the row (``简历 2001.08``). ``where`` is the roster's
    cell (the candidate's own row where the sheet has no such row), ``element`` the form's element.
    """

    field: str
    roster: str = attribute(repr=False)
    form: str = attribute(repr=False)
    where: CellRef
    element: str
    side: Side

    @property
    def label(self) -> str:
        """The element's words on the printed form."""
        return BY_NAME[self.element].label if self.element in BY_NAME else self.element


def compare(dossier: Dossier, form: Form, *, day: date | None = None) -> tuple[Difference, ...]:
    """Return where a candidacy's rows and its form differ, in the order of the form.

    Months are compared whatever their spelling, texts without blanks, invisible characters and differences of width,
    the resume line by line, relatives by 称谓 and 姓名, assessments year by year. ``day`` is compared with 计算年龄时间
    when it is given. What only the form knows (photo, 呈报单位, 填表人) is not compared.
    """
    found = [
        *_own(dossier, form),
        *_career(dossier, form),
        *_grades(dossier, form),
        *_relatives(dossier, form),
        *_computed(dossier, form, day),
    ]
    order = {one.name: place for place, one in enumerate(ELEMENTS)}
    return tuple(sorted(found, key=lambda one: order.get(one.element, len(order))))


def _own(dossier: Dossier, form: Form) -> Iterator[Difference]:
    known = [one for one in ELEMENTS if one.field and (one.shape is not Shape.IDENTITY or one.name in form.values)]
    pairs = [(one.name, one.field, one.shape, form.get(one.name)) for one in known]  # .lrm has no identity number
    if politics := form.others.get("ZhengZhiMianMao", ""):  # not of the form; some programs write it all the same
        pairs.append(("ZhengZhiMianMao", "政治面貌", Shape.POLITICS, politics))
    for element, name, shape, theirs in pairs:
        ours = told(dossier, name, shape)
        if same_as(ours, shape) != same_as(theirs, shape):
            yield _difference(name, shown(ours, shape), shown(theirs, shape), dossier.person.cell(name), element)


def _difference(name: str, ours: str, theirs: str, where: CellRef, element: str) -> Difference:
    side = Side.DIFFERENT
    if not plain(ours):
        side = Side.ROSTER_LACKS
    elif not plain(theirs):
        side = Side.FORM_LACKS
    return Difference(name, ours, theirs, where, element, side)


def shown(text: str, shape: Shape) -> str:
    """Return a text as people are shown it: months as 1975.06."""
    if shape not in {Shape.MONTH, Shape.PARTY}:
        return text
    first, *others = plain(text).split(";")
    month = month_of(first)
    return "；".join([f"{month.year}.{month.month:02d}", *others]) if month else text


# ---------------------------------------------------------------- rows

One = TypeVar("One")
Other = TypeVar("Other")
Key = Callable[[Any], object]


def _paired(
    ours: Sequence[One], theirs: Sequence[Other], keys: Iterable[tuple[Key, Key]]
) -> list[tuple[One | None, Other | None]]:
    """Return the rows of both sides that belong together by the first key that fits, then those left alone."""
    left, right = list(ours), list(theirs)
    pairs: list[tuple[One | None, Other | None]] = []
    for of_ours, of_theirs in keys:
        waiting = [(of_theirs(other), other) for other in right]
        for one in tuple(left):
            key = of_ours(one)
            place = next((place for place, (other, _) in enumerate(waiting) if other == key), None)
            if place is not None:
                left.remove(one)
                pairs.append((one, waiting.pop(place)[1]))
        right = [other for _, other in waiting]
    return [*pairs, *((one, None) for one in left), *((None, other) for other in right)]


def _on(key: Key) -> tuple[Key, Key]:
    """Return a key of both sides: of the roster's pair of row and value, and of the form's value."""
    return lambda one: key(one[1]), key


_SAME_LINE = (
    _on(line_same_as),
    _on(lambda line: (line.start, line.end, plain(line.written), line.within)),
    _on(lambda line: (line.start or plain(line.written), line.within)),
    _on(lambda line: plain(line.text)),
)


def _career(dossier: Dossier, form: Form) -> Iterator[Difference]:
    pairs = _paired(career_of(dossier), lines_of(form.get("JianLi")), _SAME_LINE)
    for one, theirs in sorted(pairs, key=_begun):
        row, ours = one or (dossier.person, None)
        if ours is None or theirs is None or line_same_as(ours) != line_same_as(theirs):
            line = ours or theirs
            begun = f"{line.start.year}.{line.start.month:02d}" if line and line.start else ""
            where = row.cell("起始年月")
            yield _difference(f"{CAREER} {begun}".strip(), _row(ours), _row(theirs), where, "JianLi")


def _begun(pair: tuple[tuple[Record, Line] | None, Line | None]) -> tuple[int, int]:
    line = pair[0][1] if pair[0] else pair[1]
    return line.start if line and line.start else (0, 0)


def _row(line: Line | None) -> str:
    return re.sub(r"\s{2,}", "  ", text_of([line]).strip()) if line else ""


def _grades(dossier: Dossier, form: Form) -> Iterator[Difference]:
    text = form.get("NianDuKaoHeJieGuo")
    rows = {year: (row, grade) for row, year, grade in grades_of(dossier)[-MOST_ASSESSMENTS:]}
    theirs = grades_in(text)
    if plain(text) and not theirs:
        where = rows[max(rows)][0].cell("考核等次") if rows else dossier.person.cell(CODE)
        yield _difference(ASSESSMENTS, grades_text(dossier), text, where, "NianDuKaoHeJieGuo")
        return
    first = min(rows, default=0)
    for year in sorted(rows.keys() | {year for year in theirs if year >= first}):
        row, ours = rows.get(year, (dossier.person, ""))
        if word("考核等次", ours) != theirs.get(year, ""):
            where = row.cell("考核等次")
            yield _difference(f"{ASSESSMENTS} {year}年", ours, theirs.get(year, ""), where, "NianDuKaoHeJieGuo")


# ---------------------------------------------------------------- relatives

_COLUMNS = (
    ("title", "称谓", Shape.TITLE),
    ("name", "成员姓名", Shape.NAME),
    ("born", "成员出生年月", Shape.MONTH),
    ("politics", "成员政治面貌", Shape.POLITICS),
    ("post", "成员单位及职务", Shape.TEXT),
)


def _relatives(dossier: Dossier, form: Form) -> Iterator[Difference]:
    ours, theirs = relatives_of(dossier), form.relatives
    titles = Counter(_title(row) for row in theirs)
    own = Counter(_title(row) for _, row in ours)
    keys = (
        _on(lambda row: (_title(row), plain(row.name))),
        _on(lambda row: plain(row.name) or row),
        (
            lambda one: _title(one[1]) if own[_title(one[1])] == 1 else one,
            lambda row: _title(row) if titles[_title(row)] == 1 else row,
        ),
    )
    for one, other in _paired(ours, theirs, keys):
        if one and other:
            yield from _relative(*one, other)
        elif one:
            whole = f"{RELATIVES} {one[1].title}{one[1].name}"
            yield _difference(whole, _told_row(one[1]), "", one[0].cell("成员姓名"), FAMILY)
        elif other:
            whole = f"{RELATIVES} {other.title}{other.name}"
            yield _difference(whole, "", _told_row(other), dossier.person.cell(CODE), FAMILY)


def _relative(row: Record, ours: Relative, theirs: Relative) -> Iterator[Difference]:
    for name, column, shape in _COLUMNS:
        one, other = getattr(ours, name), getattr(theirs, name)
        if same_as(one, shape) != same_as(other, shape):
            field = f"{RELATIVES} {ours.title}{ours.name} {column}"
            yield _difference(field, shown(one, shape), shown(other, shape), row.cell(column), FAMILY)


def _title(row: Relative) -> str:
    return word("称谓", row.title)


def _told_row(row: Relative) -> str:
    texts = (shown(getattr(row, name), shape) for name, _, shape in _COLUMNS)
    return "，".join(text for text in texts if text)


# ---------------------------------------------------------------- what is computed


def _computed(dossier: Dossier, form: Form, day: date | None) -> Iterator[Difference]:
    where = dossier.person.cell("出生年月")
    for element, shape in ((DUE, Shape.MONTH), (LIMIT_WORDS, Shape.TEXT)):
        ours, theirs = revised_texts(dossier)[element], form.get(element)
        if ours and form.revised and same_as(ours, shape) != same_as(theirs, shape):
            yield _difference(BY_NAME[element].label, shown(ours, shape), shown(theirs, shape), where, element)
    computed = form.get("JiSuanNianLingShiJian")
    if day and not _is_day(computed, day):
        ours = f"{day:%Y.%m.%d}"
        yield _difference("计算年龄日期", ours, computed, dossier.person.cell(CODE), "JiSuanNianLingShiJian")


def _is_day(text: str, day: date) -> bool:
    """Tell whether a text is a day, as far as it tells: a month alone may be any day of it."""
    found = re.fullmatch(r"(\d{4})\D?(\d{1,2})(?:\D?(\d{1,2}))?日?", re.sub("[年月]", ".", plain(text)).strip("."))
    if not found:
        return False
    year, month, number = (int(part or 0) for part in found.groups())
    return (year, month) == (day.year, day.month) and number in {0, day.day}
