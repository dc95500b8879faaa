"""Checks of what the inspection's team wrote: all parts there, saying something, nobody else's, nothing left to fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pbreports.cadre import identity
from pbreports.cadre.checks.setting import Setting, is_written, say, tell, who
from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import CODE, NAME, POSTS, TALKS, TEAMS, TEXTS
from pbreports.scheme.language.wording import length, normal
from pbreports.values import CellRef, Finding, Record

_PART, _TEXT, _SHORTCOMINGS = "评语段落", "正文", "不足"
_OF_TALKS = ("主要评价要点", "主要不足要点")
_TO_FILL = re.compile(r"[【\[〔]\s*(?:待|请)[^】\]〕]{0,20}[】\]〕]")
_NOTHING = re.compile(
    r"(?:该同志)?(?:目前|现在)?(?:暂时?|尚|基本上?|均)?(?:未|没有?|无|不|缺乏?)(?:发现|见到?|存在|有)?(?:任何|什么|明显|突出|重大|原则性)*的?"
    r"(?:主要)?(?:缺点|不足|问题)?(?:和|与|及|或)?(?:缺点|不足|问题)?(?:之处)?|略|同上|见上|详见谈话记录"
)


@dataclass(frozen=True, slots=True)
class Written:
    """One text about a candidate: how its place is called, its cell, itself."""

    label: str
    where: CellRef
    text: str


def texts_of(one: Dossier) -> Iterator[Written]:
    """Go through the texts about a candidate: the team's paragraphs with their headings, and what the talks came to."""
    for row in one.of(TEXTS):
        label = str(row.get(_PART) or _TEXT)
        for name in ("小标题", _TEXT):
            yield from _written(row, name, label)
    for row in one.of(TALKS):
        for name in _OF_TALKS:
            yield from _written(row, name, name)


def _written(row: Record, name: str, label: str) -> Iterator[Written]:
    text = row.get(name)
    if isinstance(text, str) and text.strip():
        yield Written(label, row.cell(name), text)


def check_texts(one: Dossier, setting: Setting) -> Iterator[Finding]:
    """Yield the paragraphs that are missing or say nothing, and what is still to be filled in."""
    yield from _check_parts(one, setting)
    yield from _check_shortcomings(one, setting)
    yield from _check_to_fill(one)


def _check_parts(one: Dossier, setting: Setting) -> Iterator[Finding]:
    there = {row.get(_PART) for row in one.of(TEXTS)}
    lacking = [part for part in setting.parts if part not in there]
    if lacking and is_written(one):
        yield tell("K-33", _place_of_texts(one, _PART), one, 段落="”“".join(lacking))


def _place_of_texts(one: Dossier, name: str) -> CellRef:
    first = one.one(TEXTS)
    return first.cell(name) if first else one.person.cell(NAME)


def _check_shortcomings(one: Dossier, setting: Setting) -> Iterator[Finding]:
    rows = [row for row in one.of(TEXTS) if row.get(_PART) == _SHORTCOMINGS and row.get(_TEXT) is not None]
    if not rows:
        return
    text, where = "".join(str(row.get(_TEXT)) for row in rows), rows[0].cell(_TEXT)
    if _NOTHING.fullmatch(normal(text)):
        yield tell("K-34", where, one, 什么=f"写的是“{text.strip()}”，没有写出不足")
    elif length(text) < setting.number("不足最少字数"):
        yield tell("K-34", where, one, 什么=f"只有{length(text)}字，说不清具体表现")


def _check_to_fill(one: Dossier) -> Iterator[Finding]:
    own = (one.person, *(row for sheet, rows in one.rows.items() if sheet not in (POSTS, TEAMS) for row in rows))
    for row, name, text in _to_fill(own):
        yield tell("K-36", row.cell(name), one, 列=name, 文字=text)


def check_shared_to_fill(setting: Setting) -> Iterator[Finding]:
    """Yield what is still to be filled in on the sheets of whole batches."""
    for sheet in (POSTS, TEAMS):
        for row, name, text in _to_fill(setting.sheets.get(sheet, ())):
            yield say("K-36", row.cell(name), 谁=str(row.get("批次") or ""), 列=name, 文字=text)


def _to_fill(rows: Sequence[Record]) -> Iterator[tuple[Record, str, str]]:
    for row in rows:
        for name, value in row.values.items():
            if isinstance(value, str) and (found := _TO_FILL.search(value)):
                yield row, name, found.group()


def check_copies(people: Sequence[Dossier], setting: Setting) -> Iterator[Finding]:
    """Yield the texts that are the same for two people, their names apart; those of two people together."""
    least, seen = setting.number("照搬最少字数"), dict[str, tuple[Dossier, Written]]()
    pairs: dict[tuple[str, str], tuple[Dossier, Dossier, list[tuple[Written, Written]]]] = {}
    for one in people:
        for written in texts_of(one):
            bare = _bare(one, written.text)
            if len(bare) < least:
                continue
            other, theirs = seen.setdefault(bare, (one, written))
            if other is not one and not _same_person(one, other):
                pairs.setdefault((one.code, other.code), (one, other, []))[2].append((written, theirs))
    for one, other, same in pairs.values():
        parts, others = ("”“".join(dict.fromkeys(text.label for text in side)) for side in zip(*same, strict=True))
        yield tell("K-35", same[0][0].where, one, 段落=parts, 另一人=who(other), 另段=others)


def _bare(one: Dossier, text: str) -> str:
    """Return a text for comparing: marks and spaces apart, and by whatever name the candidate goes in it."""
    bare = normal(text).replace(normal(one.name) or "\0", "")
    return bare.replace("该同志", "").replace("同志", "")


def _same_person(one: Dossier, other: Dossier) -> bool:
    return bool(one.identity) and identity.normal(one.identity) == identity.normal(other.identity)


def length_findings(one: Dossier, characters: int, names: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Return what is wrong with the length of a candidate's paper: ``characters`` as counted in the paper made.

    The bounds are the parameters 考察材料最少字数 and 考察材料最多字数.
    """
    least, most = int(names["考察材料最少字数"]), int(names["考察材料最多字数"])
    if least <= characters <= most:
        return ()
    what, bound = ("少于", least) if characters < least else ("多于", most)
    where = _place_of_texts(one, _TEXT) if one.of(TEXTS) else one.person.cell(CODE)
    return (tell("K-39", where, one, 字数=characters, 什么=what, 界限=bound),)
