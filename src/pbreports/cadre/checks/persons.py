"""Checks of who a candidate is: identity number, month of birth, sex, age, and the same person elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from pbreports.cadre import identity
from pbreports.cadre.ages import age, month_of
from pbreports.cadre.checks.setting import Setting, tell, who
from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import IDENTITY, NAME
from pbreports.values import Finding, YearMonth


def check_person(one: Dossier, setting: Setting) -> Iterator[Finding]:
    """Yield what is wrong with a candidate's identity number, and where it differs from the row."""
    yield from _check_age(one, setting)
    if not one.identity:
        return
    where, shown = one.person.cell(IDENTITY), identity.masked(one.identity)
    wrong = identity.fault(one.identity)
    if wrong:
        yield tell("K-01", where, one, 号=shown, 什么=wrong)
        return
    if not identity.is_of_known_region(one.identity):
        yield tell("K-02", where, one, 号=shown)
    yield from _compare(one)


def _compare(one: Dossier) -> Iterator[Finding]:
    given, born = one.get("出生年月"), identity.born(one.identity)
    if born and isinstance(given, YearMonth) and given != month_of(born):
        yield tell("K-03", one.person.cell("出生年月"), one, 年月=given, 证上=month_of(born))
    sex, told = one.text("性别"), identity.sex(one.identity)
    if sex and sex != told:
        yield tell("K-04", one.person.cell("性别"), one, 性别=sex, 证上=told)


def _check_age(one: Dossier, setting: Setting) -> Iterator[Finding]:
    born, day = one.get("出生年月"), setting.day(one)
    if not isinstance(born, YearMonth):
        return
    least, most = setting.number("考察年龄下限"), setting.number("考察年龄上限")
    years = age(born, day)
    if not least <= years <= most:
        where = one.person.cell("出生年月")
        yield tell("K-05", where, one, 日期=day, 年龄=years, 下限=least, 上限=most)


def check_same_people(people: Sequence[Dossier]) -> Iterator[Finding]:
    """Yield where one number has two names, one name two numbers, and one person two rows in a batch."""
    for one, other in _following(people, lambda person: identity.normal(person.identity)):
        if _plain(one) != _plain(other):
            for this, that in ((other, one), (one, other)):
                where, shown = this.person.cell(IDENTITY), identity.masked(this.identity)
                yield tell("K-06", where, this, 号=shown, 另一人=who(that))
    for one, other in _following(people, lambda person: f"{person.batch}\n{identity.normal(person.identity)}"):
        if _plain(one) == _plain(other):
            yield tell("K-08", one.person.cell(IDENTITY), one, 另一人=who(other))
    for one, other in _following(people, _plain):
        if identity.normal(one.identity) != identity.normal(other.identity):
            yield tell("K-07", one.person.cell(NAME), one, 另一人=who(other))


def _following(people: Sequence[Dossier], key: Callable[[Dossier], str]) -> Iterator[tuple[Dossier, Dossier]]:
    """Go through those that share a key with one before them, each with the first of these; no identity, no part."""
    seen: dict[str, list[Dossier]] = defaultdict(list)
    for one in people:
        if one.identity:
            seen[key(one)].append(one)
    return ((one, same[0]) for same in seen.values() for one in same[1:])


def _plain(one: Dossier) -> str:
    return identity.normal(one.name)
