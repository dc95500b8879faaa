"""Whose form is whose: by identity number, by name only where the bureau has confirmed it; when in doubt nobody's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pbreports.cadre.confirming import Confirmations, confirmations_of
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.elements import Form
from pbreports.cadre.identity import LENGTH, normal
from pbreports.cadre.sameness import plain
from pbreports.findings import finding
from pbreports.scheme.cadres import IDENTITY, NAME
from pbreports.values import CellRef, Finding, Record


@dataclass(frozen=True, slots=True)
class Matched:
    """The form of each candidacy by its code, the forms that are nobody's, and what was found about them."""

    forms: Mapping[str, Form]
    unmatched: tuple[Form, ...]
    findings: tuple[Finding, ...]


def match(dossiers: Sequence[Dossier], forms: Sequence[Form], confirmed: Sequence[Record]) -> Matched:
    """Return which form belongs to which candidacy; ``confirmed`` are the rows of 任免表确认.

    A form belongs to all candidacies with its identity number (a promotion and the end of its probation share one);
    several forms of one person are told apart by the posts they name. Without the number a form belongs to nobody
    until a row says whose it is; the same holds where name and number are not of the same candidate.
    """
    confirmations = confirmations_of(confirmed, forms, {one.code for one in dossiers})
    matching = _Matching(dossiers, confirmations)
    matching.take(forms)
    used = {form.file for form in matching.forms.values()}
    return Matched(
        matching.forms,
        tuple(one for one in forms if one.file not in used),
        (*confirmations.findings, *matching.findings, *_damaged(forms)),
    )


def _damaged(forms: Iterable[Form]) -> Iterator[Finding]:
    return (finding("K-47", CellRef(one.file)) for one in forms if one.damaged_photo)


class _Matching:
    """Goes through the forms: first whose person each is, then which candidacy of that person."""

    def __init__(self, dossiers: Sequence[Dossier], confirmations: Confirmations) -> None:
        self._confirmed = confirmations.codes
        self._by_code = {one.code: one for one in dossiers}
        self._by_number: dict[str, list[Dossier]] = defaultdict(list)
        self._by_name: dict[str, list[Dossier]] = defaultdict(list)
        for one in dossiers:
            self._by_number[_number(one)].append(one)
            self._by_name[plain(one.name)].append(one)
        self.forms: dict[str, Form] = {}
        self.findings: list[Finding] = []

    def take(self, forms: Sequence[Form]) -> None:
        """Give each form to a person, then to candidacies."""
        claims: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            if number := self._whose(form):
                claims[number].append(form)
        for number, some in claims.items():
            person = self._by_number[number]
            if not self._is_of_two(person):
                self._settle(person, some)

    def _is_of_two(self, people: Sequence[Dossier]) -> bool:
        """Tell whether a number that forms have is given to people of different names, which is told."""
        first = people[0]
        other = next((one for one in people if plain(one.name) != plain(first.name)), None)
        if other:
            where = other.person.cell(IDENTITY)
            self.findings.append(finding("K-42", where, 谁=_who([other]), 另一个=_who([first])))
        return other is not None

    def _whose(self, form: Form) -> str:
        """Return the number of the person that a form is of, nothing when it is nobody's, which is told."""
        number, name = normal(form.get("ShenFenZheng")), plain(form.get("XingMing"))
        by_number = self._by_number.get(number, [])
        code = self._confirmed.get(form.file)
        if code:
            return self._of_confirmed(form, self._by_code[code], by_number, name)
        if by_number:
            if name in (plain(one.name) for one in by_number):
                return number
            self._differ(form, by_number, "身份证号相同，姓名不同", may_confirm=True)
        elif namesakes := self._by_name.get(name) if name else None:
            if len(number) == LENGTH:
                self._differ(form, namesakes, "同名，身份证号不同", may_confirm=True)
            else:
                self.findings.append(finding("K-43", CellRef(form.file), 谁=_who(namesakes)))
        else:
            self.findings.append(finding("K-44", CellRef(form.file), 姓名=form.get("XingMing") or "没有姓名"))
        return ""

    def _of_confirmed(self, form: Form, one: Dossier, by_number: Sequence[Dossier], name: str) -> str:
        """Return the number of the candidate that the bureau confirms: name or number must say so too."""
        own = one in by_number
        if by_number and not own:
            self._differ(form, [one], f"不是一人：身份证号是{_who(by_number)}的", may_confirm=False)
            return ""
        if not own and plain(one.name) != name:
            self._differ(form, [one], "姓名、身份证号都不同", may_confirm=False)
            return ""
        return _number(one)

    def _differ(self, form: Form, people: Sequence[Dossier], what: str, *, may_confirm: bool) -> None:
        mend = "确是本人的，在“任免表确认”表里确认" if may_confirm else "“任免表确认”表里写错了的，也请改正"
        where, name = people[0].person.cell(NAME), form.get("XingMing")
        told = finding("K-45", where, 文件=form.file, 姓名=name, 谁=_who(people), 什么=what, 补救=mend)
        self.findings.append(told)

    def _settle(self, person: Sequence[Dossier], forms: Sequence[Form]) -> None:
        """Give a person's only form to all candidacies, each of several to the one it speaks of."""
        if len(forms) == 1:
            self.forms |= dict.fromkeys((one.code for one in person), forms[0])
            return
        codes = [self._confirmed.get(form.file) or _spoken_of(form, person) for form in forms]
        if all(codes) and len(set(codes)) == len(codes):
            self.forms |= zip(codes, forms, strict=True)
            return
        files = "、".join(one.file for one in forms)
        where = person[0].person.cell(NAME)
        self.findings.append(finding("K-41", where, 谁=_who(person), n=len(forms), 文件=files))


_TELLING = (
    ("NiRenZhiWu", "拟任职务"),
    ("XianRenZhiWu", "现任职务"),
    ("NiMianZhiWu", "拟免职务"),
    ("RenMianLiYou", "任免理由"),
)
"""What differs between two candidacies of one person, the most telling first."""


def _spoken_of(form: Form, person: Collection[Dossier]) -> str:
    """Return the only candidacy whose posts a form names, or else whose batch its folder; nothing when in doubt."""
    named = [one for one in person if one.batch and plain(one.batch) in plain(form.file)]
    left = [one for one in person if plain(one.text("拟任职务")) == plain(form.get("NiRenZhiWu"))] or named
    for element, name in _TELLING:
        closer = [one for one in left if plain(one.text(name)) == plain(form.get(element))]
        left = closer or left
    left = [one for one in left if one in named] or left
    return left[0].code if len(left) == 1 else ""


def _number(one: Dossier) -> str:
    """Return a candidate's number; who has none of the right length stands alone, under the own code."""
    number = normal(one.identity)
    return number if len(number) == LENGTH else f"编号 {one.code}"


def _who(people: Iterable[Dossier]) -> str:
    told = (f"{one.name}（{one.code}，{one.person.title} {one.person.cell(NAME).cell}）" for one in people)
    return "、".join(told)
