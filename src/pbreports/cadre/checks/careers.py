"""Checks of the resume: spans in order, without gaps and overlaps, up to the present post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pbreports.cadre.ages import month_of, months_between
from pbreports.cadre.career import lines_of
from pbreports.cadre.checks.setting import Setting, tell
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.roster import career_of
from pbreports.scheme.cadres import CAREER
from pbreports.scheme.language.wording import normal
from pbreports.values import Finding, Record, YearMonth

_START, _END, _TEXT = "起始年月", "结束年月", "单位及职务"
_NOT_WORK = re.compile(
    r"(?:学习|学生|就读|读书|求学|专业|本科|专科|研究生|大专|中专)(?:（[^）]*）)?[。；，]?$|待业|无业|待分配|求职"
)


@dataclass(frozen=True, slots=True)
class _Span:
    row: Record
    start: YearMonth
    end: YearMonth | None
    text: str
    within: bool

    @property
    def reversed(self) -> bool:
        return self.end is not None and self.end < self.start


def check_career(one: Dossier, setting: Setting) -> Iterator[Finding]:
    """Yield what is wrong with a candidate's resume; rows without a start are left to the reading.

    Of a resume in the wrong order only that is told: what follows what is not known then.
    """
    dated = [row for row in one.of(CAREER) if _is_dated(row)]
    if dated:
        yield from (tell("K-09", row.cell(_TEXT), one, 文字=row.get(_TEXT)) for row in dated)
        return
    lines = career_of(one)
    spans = [_Span(row, line.start, line.end, line.text, line.within) for row, line in lines if line.start]
    main = [span for span in spans if not span.within]
    yield from _check_each(one, spans, setting)
    yield from _check_within(one, spans)
    if len(spans) == len(lines) and main:
        yield from _check_course(one, main, setting)


def _check_course(one: Dossier, main: Sequence[_Span], setting: Setting) -> Iterator[Finding]:
    """Yield where the spans do not follow each other from the first work to the present post."""
    turned = next(((before, span) for before, span in pairwise(main) if span.start < before.start), None)
    if turned:
        before, span = turned
        yield tell("K-13", span.row.cell(_START), one, 起=span.start, 前=before.start)
        return
    for pair in pairwise(main):
        yield from _check_pair(one, *pair, setting)
    yield from _check_last(one, main, setting)
    yield from _check_first_work(one, main, setting)


def _is_dated(row: Record) -> bool:
    """Whether a row's text has dates of its own, other than （其间：…） in the grammar: then no dates can be trusted."""
    lines = lines_of(str(row.get(_TEXT) or ""))
    told_within = row.get("是否其间") is not True
    return any(line.written or (line.start and not (line.within and told_within)) for line in lines)


def _check_each(one: Dossier, spans: Sequence[_Span], setting: Setting) -> Iterator[Finding]:
    day = setting.day(one)
    for span in spans:
        if span.reversed:
            yield tell("K-10", span.row.cell(_START), one, 起=span.start, 止=span.end)
            continue
        latest = max(span.start, span.end or span.start)
        if latest > month_of(day):
            yield tell("K-17", span.row.cell(_END if span.end == latest else _START), one, 年月=latest, 日期=day)


def _check_pair(one: Dossier, before: _Span, span: _Span, setting: Setting) -> Iterator[Finding]:
    where = span.row.cell(_START)
    if before.end is None:
        yield tell("K-14", before.row.cell(_END), one, 起=before.start)
    elif before.reversed:
        return
    elif span.start < before.end:
        yield tell("K-12", where, one, 止=before.end, 起=span.start)
    elif (months := months_between(before.end, span.start)) > setting.number("简历最大间隔月数"):
        yield tell("K-11", where, one, 止=before.end, 起=span.start, 月数=months)


def _check_within(one: Dossier, spans: Sequence[_Span]) -> Iterator[Finding]:
    parent: _Span | None = None
    for span in spans:
        if not span.within:
            parent = span
        elif not span.reversed and (wrong := _outside(span, parent)):
            yield tell("K-18", span.row.cell(_START), one, 段=_dates(span), 什么=wrong)


def _outside(span: _Span, parent: _Span | None) -> str:
    if parent is None:
        return "前面没有所属的一段"
    too_early = span.start < parent.start
    too_late = parent.end is not None and (span.end is None or span.end > parent.end)
    return f"超出了上一段（{_dates(parent)}）" if too_early or too_late else ""


def _dates(span: _Span) -> str:
    return f"{span.start}至{span.end or '今'}"


def _check_last(one: Dossier, main: Sequence[_Span], setting: Setting) -> Iterator[Finding]:
    """Yield where the resume's last span is not the present post, or the present post not since the month given."""
    last, post = main[-1], one.text("现任职务")
    if last.end and not last.reversed and last.end < month_of(setting.day(one)):
        yield tell("K-15", last.row.cell(_END), one, 止=last.end)
        return
    if not post:
        return
    if not _agree(last.text, post):
        yield tell("K-19", last.row.cell(_TEXT), one, 文字=last.text, 现任=post)
        return
    since, starts = one.get("任现职年月"), [span.start for span in _in_post(main, post)]
    if isinstance(since, YearMonth) and since not in starts:
        yield tell("K-20", one.person.cell("任现职年月"), one, 年月=since, 起=starts[-1])


def _in_post(main: Sequence[_Span], post: str) -> Iterator[_Span]:
    """Go back through the last spans that are the present post: it may be written as several, by grade."""
    for span in reversed(main):
        if not _agree(span.text, post):
            return
        yield span


def _agree(text: str, post: str) -> bool:
    """Whether a resume's text tells of a post: each office of it, or the other way round, possibly with more beside."""
    return all(_is_within(part, text) for part in _offices(post)) or all(
        _is_within(part, post) for part in _offices(text)
    )


def _offices(text: str) -> list[str]:
    return [part for part in re.split("[、，,；;]", text) if normal(part)]


def _is_within(part: str, text: str) -> bool:
    """Whether the characters of one text stand in another in this order."""
    characters = iter(normal(text))
    return all(one in characters for one in normal(part))


def _check_first_work(one: Dossier, main: Sequence[_Span], setting: Setting) -> Iterator[Finding]:
    since = one.get("参加工作年月")
    first = next((span for span in main if not _NOT_WORK.search(span.text)), None)
    if first is None or not isinstance(since, YearMonth):
        return
    if abs(months_between(since, first.start)) > setting.number("简历最大间隔月数"):
        yield tell("K-16", one.person.cell("参加工作年月"), one, 年月=since, 起=first.start)
