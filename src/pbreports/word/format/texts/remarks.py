"""What a rule on texts remarks, and on what authority."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pbreports.faults import Fault, Strength
from pbreports.kinds.wording import OF_WORDING
from pbreports.scheme.profile import Profile
from pbreports.word.format.paper import Paragraph

_HANDLING = "《党政机关公文处理工作条例》第二十条"
_PUNCTUATION = "GB/T 15834-2011"
_NUMERALS = "GB/T 15835-2011"
_KINDS = {kind.code: kind for kind in OF_WORDING}
_PARAMETERS = {"W-50": "number_pattern", "W-56": "annex_note_end", "W-57": "date_pattern"}
"""The parameters of the profile that rules rest on: a bureau may lay these down itself."""
_BASES = {
    "W-50": ("7.2.5", Strength.MUST),
    "W-52": ("7.3.3", Strength.MAY),
    "W-53": (_PUNCTUATION, Strength.NORMALLY),
    "W-54": ("", Strength.PRACTICE),
    "W-55": ("7.3.7", Strength.MUST),
    "W-56": ("7.3.4", Strength.MUST),
    "W-57": ("7.3.5.4", Strength.MUST),
    "W-58": (_NUMERALS, Strength.NORMALLY),
    **dict.fromkeys(("W-60", "W-61", "W-62", "W-63"), (_PUNCTUATION, Strength.NORMALLY)),
}
_OTHERS = (_HANDLING, Strength.NORMALLY)
"""Texts, numbers and marks are to be right before a paper is signed (第二十条第四项); that is no matter of layout."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a rule remarks on a text: the code, the paragraph, the signs ``start`` to ``end`` of its text.

    ``found`` and ``expected`` say it in words. ``instead`` is what may safely stand there instead, ``None`` when
    that is for people to settle.
    """

    code: str
    paragraph: Paragraph
    start: int
    end: int
    found: str
    expected: str = ""
    instead: str | None = None

    def fault(self, profile: Profile) -> Fault:
        """Return the remark as a fault of the paper."""
        clause, strength = _BASES.get(self.code, _OTHERS)
        own = False
        if key := _PARAMETERS.get(self.code):
            parameter = profile.parameters[key]
            clause, strength, own = parameter.clause, parameter.strength, parameter.own
        kind = _KINDS[self.code]
        return Fault(
            code=self.code,
            element=self.paragraph.element.value,
            place=self.paragraph.place,
            parameter=kind.name,
            found=self.found,
            expected=self.expected,
            clause=clause,
            strength=strength,
            remedy=kind.remedy,
            mendable=self.instead is not None,
            own=own,
            spots=(self.paragraph.spot,),
        )


def faults_of(remarks: Iterable[Remark], profile: Profile) -> tuple[Fault, ...]:
    """Return remarks as faults, those of the same code and words told once with the number of places."""
    told: dict[tuple[str, str, str], Fault] = {}
    for one in remarks:
        cause = (one.code, one.found, one.expected)
        before = told.get(cause)
        if before is None:
            told[cause] = one.fault(profile)
            continue
        spots = before.spots if one.paragraph.spot in before.spots else (*before.spots, one.paragraph.spot)
        told[cause] = replace(before, count=before.count + 1, spots=spots)
    return tuple(told.values())


def quoted(text: str) -> str:
    """Return a text as messages show it."""
    return f"“{text.strip()}”"
