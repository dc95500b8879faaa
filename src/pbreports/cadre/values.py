"""What the templates of a candidate's papers see, by name; docs/cadre.md lists it for those who edit templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pbreports.cadre import phrases, tables
from pbreports.cadre.ballots import Tally
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.polled import polled
from pbreports.cadre.process import Progress, process_rows
from pbreports.cadre.tables import AT_MEETING, IN_TALKS, Row
from pbreports.scheme.cadres import (
    ASSESSMENTS,
    CANDIDATES,
    CAREER,
    POLLS,
    POSTS,
    RECOMMENDATIONS,
    RELATIVES,
    REVIEWS,
    TALKS,
    TEAMS,
    TEXTS,
)
from pbreports.strokes import Key, Supplements, stroke_order
from pbreports.tags.filters import padded_name
from pbreports.values import Record

POLLED, STEPS, CANDIDATE_LIST = "测评", "全程纪实", "候选人名单"
PUBLIC_LIST = "公示名单"
PUBLIC = ("姓名", "姓名排版", "性别", "民族", "出生年月", "学历学位", "政治身份", "现任职务", "拟任职务", "拟免职务")
"""What may be told of a candidate in public; a notice to the public has no other names to use in its list."""
WITHHELD = frozenset(
    {"身份证号", "出生地", "健康状况", "照片", "简历行", CAREER, RELATIVES, TEXTS, *tables.PARTS, STEPS}
)
"""What no paper about several candidates sees: it is printed in the papers of one person, or nowhere."""

_ONE_ROW = (POSTS, TEAMS, TALKS, REVIEWS, CANDIDATES)
"""The sheets with one row for each candidacy whose fields templates name; a later one's field is meant by a shared name."""
_OF_ALL = (POSTS, TEAMS, REVIEWS)
"""The sheets whose fields a paper about several candidates may name outside their list: where all agree."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What all papers of a run share: parameters by name, and the fields of each sheet in order.

    The fields make every name known to templates, also where a sheet has no row for a candidate.
    """

    names: Mapping[str, Any]
    fields: Mapping[str, Sequence[str]]

    def of(self, sheet: str) -> Sequence[str]:
        """Return the fields of a sheet."""
        return self.fields.get(sheet, ())


def person_values(
    dossier: Dossier,
    *,
    day: date,
    terms: Terms,
    tally: Tally | None = None,
    progress: Progress | None = None,
    photo: object = None,
) -> dict[str, object]:
    """Return what the papers of one candidate see: parameters, fields, what follows from them, lists.

    ``day`` is the one day that all ages and years are told for, ``photo`` a picture as the Word stage takes it.
    """
    voted = polled(dossier, tally)
    return {
        **terms.names,
        **_fields(dossier, terms),
        **_told(dossier, day),
        **_lists(dossier, day, terms),
        **tables.texts(dossier),
        POLLED: voted,
        "测评优秀率": voted["优秀率"] if voted else "",
        STEPS: tuple(process_rows(progress)) if progress else (),
        "照片": photo,
    }


def batch_values(people: Sequence[Mapping[str, object]], *, terms: Terms) -> dict[str, object]:
    """Return what a paper about several candidates sees: two lists of them, and by name what is the same for all.

    ``候选人名单`` has neither identity numbers nor relatives, ``公示名单`` only what may be public. ``people`` are the
    values of each in the order in which they are to stand (``paper_order``).
    """
    columns = {name: None for one in people for name in one if name not in terms.names and name not in WITHHELD}
    rows = tuple({name: one.get(name) for name in columns} for one in people)
    shared = {name: None for sheet in _OF_ALL for name in terms.of(sheet)} | {"计算年龄日期": None}
    agreed = {name: _agreed([row.get(name) for row in rows]) for name in shared}
    return {
        **terms.names,
        **agreed,
        "考察组成员名单": tables.members(agreed.get("考察组组长"), agreed.get("考察组成员")),
        "候选人数": len(rows),
        CANDIDATE_LIST: rows,
        PUBLIC_LIST: tuple({name: row.get(name) for name in PUBLIC} for row in rows),
    }


def known_values(terms: Terms) -> tuple[dict[str, object], dict[str, object]]:
    """Return what templates may name, before there is a candidate: in the papers of one, and in those about several."""
    rows = {name: (Record(name, "", dict.fromkeys(columns), {}, "", name),) for name, columns in terms.fields.items()}
    person = person_values(Dossier(rows[CANDIDATES][0], rows), day=date.max, terms=terms)
    return person, batch_values([person], terms=terms)


def _agreed(values: Sequence[object]) -> object:
    return values[0] if values and all(value == values[0] for value in values) else None


def paper_order(
    dossiers: Sequence[Dossier], posts: Sequence[Record], supplements: Supplements, where: str
) -> tuple[Dossier, ...]:
    """Return candidacies by their posts in the order of 岗位方案, within a post by the strokes of the surname.

    A post that is not among them stands last; namesakes stay in the order in which they came.

    Raises:
        PbreportsError: at ``where``, when the place of a character is not known.
    """
    places = {(row.get("批次"), row.get("拟任职务")): place for place, row in reversed([*enumerate(posts)])}
    strokes = stroke_order([one.name for one in dossiers], supplements, where)

    def key(one: Dossier) -> tuple[int, bool, tuple[Key, ...]]:
        place = places.get((one.get("批次"), one.get("拟任职务")), len(places))
        known = strokes.get(one.name)
        return place, known is None, (known,) if known else ()

    return tuple(sorted(dossiers, key=key))


# ---------------------------------------------------------------- one candidate


def _fields(dossier: Dossier, terms: Terms) -> Row:
    """Return the fields of the sheets that have one row for each candidacy, by name."""
    found: Row = {}
    for sheet in _ONE_ROW:
        record = dossier.person if sheet == CANDIDATES else dossier.one(sheet)
        found |= {name: record.get(name) if record else None for name in terms.of(sheet)}
    return found


def _told(dossier: Dossier, day: date) -> Row:
    """Return the texts that follow from a candidate's fields."""
    get, name = dossier.get, "".join(dossier.name.split())
    started = get("参加工作年月")
    return {
        "姓名": name,
        "姓名排版": padded_name(name),
        "称呼": f"{name}同志" if name else "",
        "计算年龄日期": day,
        "年龄": phrases.years_old(get("出生年月"), day),
        "出生年月格": phrases.born_and_age(get("出生年月"), day),
        "入党时间": phrases.joined_party(get("入党年月"), get("政治面貌")),
        "政治身份": phrases.standing(get("政治面貌")),
        "参加工作时间": phrases.dotted(started),
        "任现职时间": phrases.dotted(get("任现职年月")),
        "任现职年限": phrases.time_in_post(get("任现职年月"), day),
        "学历学位": phrases.education(dossier.person),
        "现职称": phrases.title_held(dossier.person),
        "年度考核结果": _assessed(dossier, "{year}年年度考核{grade}", "；"),
        "近三年考核": _assessed(dossier, "{year}年{grade}", "，"),
        "填表人": "",
    }


def _assessed(dossier: Dossier, each: str, between: str) -> str:
    return phrases.assessed(dossier.of(ASSESSMENTS), dossier.get("参加工作年月"), each, between)


def _lists(dossier: Dossier, day: date, terms: Terms) -> Row:
    """Return the lists of a candidate, and the two recommendations by their form."""
    votes = tables.recommendations(dossier, terms.of(RECOMMENDATIONS))
    plain = (ASSESSMENTS, CAREER, TEXTS)
    return {
        **{sheet: tables.rows_of(dossier.of(sheet), terms.of(sheet)) for sheet in plain},
        "简历行": tables.resume(dossier),
        RELATIVES: tables.relatives(dossier, terms.of(RELATIVES), day),
        RECOMMENDATIONS: votes,
        f"{AT_MEETING}得票率": (tables.only(votes, "推荐形式", AT_MEETING) or {}).get("得票率", ""),
        AT_MEETING: tables.only(votes, "推荐形式", AT_MEETING),
        IN_TALKS: tables.only(votes, "推荐形式", IN_TALKS),
        POLLS: tables.polls(dossier, terms.of(POLLS)),
        "审核情况": tables.reviews(dossier),
        "考察组成员名单": tables.members(dossier.told(TEAMS, "考察组组长"), dossier.told(TEAMS, "考察组成员")),
    }
