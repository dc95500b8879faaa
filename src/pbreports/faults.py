"""What is wrong with the form of a paper: which parameter, where, what was found, what is asked and how binding that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pbreports.kinds import ERROR, NOTICE, WARNING
from pbreports.values import Severity

STANDARD = "GB/T 9704-2012"
"""The standard whose clauses stand bare in profiles and faults; those of other standards carry their number."""


class Strength(Enum):
    """How binding a parameter is, in the words of the standard; ``PRACTICE`` is not in the standard at all."""

    MUST = "规定"
    NORMALLY = "一般"
    RECOMMENDED = "推荐"
    MAY = "可以"
    PRACTICE = "惯例"

    @property
    def severity(self) -> Severity:
        """Return how grave it is not to keep to it: only what the standard lays down is an error."""
        return _GRAVITY[self]


_GRAVITY = {
    Strength.MUST: ERROR,
    Strength.NORMALLY: WARNING,
    Strength.RECOMMENDED: WARNING,
    Strength.MAY: NOTICE,
    Strength.PRACTICE: NOTICE,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a Word file: the name of its part in the package, and its number among the part's ``w:p``, from 0."""

    part: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the form of a paper, told once however often it occurs.

    ``code`` is one of the W codes, ``element`` the element of the paper (发文字号), ``parameter`` what of it (写法),
    ``place`` the first place in words, ``spots`` all paragraphs it concerns, ``count`` how many places those are.
    ``clause`` is bare for GB/T 9704-2012 (``7.2.5``), holds the number of any other standard, and is empty for
    practice. ``own`` tells that the bureau has laid down the value itself, which is then nothing of the standard's.
    ``mendable`` tells that it can be put right without touching what the paper says.
    """

    code: str
    element: str
    place: str
    parameter: str
    found: str
    expected: str
    clause: str
    strength: Strength
    remedy: str = ""
    mendable: bool = False
    own: bool = False
    count: int = 1
    spots: tuple[Spot, ...] = ()

    @property
    def severity(self) -> Severity:
        """Return how grave it is, by the strength of what was not kept."""
        return self.strength.severity

    @property
    def basis(self) -> str:
        """Return what asks for it, in words: 依据 GB/T 9704-2012 第7.2.5条（规定）."""
        return basis(self.clause, self.strength, own=self.own)

    @property
    def message(self) -> str:
        """Return element, parameter, found, expected and basis as one sentence."""
        found = self.found if self.found.startswith(("有", "没有")) else f"是{self.found}"
        should = "应当" if self.expected.startswith(("有", "没有", "不")) else "应为"
        expected = f"，{should}{self.expected}" if self.expected else ""
        named = self.parameter if self.parameter.startswith(self.element) else f"{self.element}的{self.parameter}"
        return f"{named}{found}{expected}（{self.basis}）。"

    def __str__(self) -> str:
        place = f"{self.place}：" if self.place else ""
        tail = f"（共{self.count}处）" if self.count > 1 else ""
        return f"{place}[{self.code} {self.severity.value}] {self.message}{self.remedy}{tail}"


def basis(clause: str, strength: Strength, *, own: bool = False) -> str:
    """Return in words what asks for a value: a clause and its strength, the bureau itself, or mere practice."""
    if own:
        return "本单位的规定，不是国家标准"
    if strength is Strength.PRACTICE:
        return "通行做法，国家标准没有规定"
    named = clause if not clause[:1].isdigit() else f"{STANDARD} 第{clause}条"
    return f"{named}，{strength.value}"
