"""What schools wrote beside findings: whether it says anything, which finding it answers, what is carried along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pbreports import findings
from pbreports.excel.layout import PROBLEMS, SELF_CHECK
from pbreports.findings import Kind
from pbreports.scheme.language.wording import addressed
from pbreports.values import CellRef, Explanation, Finding, Severity, Submission

SHORTEST = 4
"""How many letters or characters an explanation has at least: “无” and “属实” tell nobody why."""

CARRIED = "上一版的说明："
"""Stands before an explanation that came with an earlier version of the workbook."""

_NAMED = Kind(
    "V-G11",
    Severity.NOTICE,
    "说明里的姓名",
    "{编码}的说明里写了“{称呼}”。",
    "请改为组织或岗位，如“一名教师”。",
    personal=True,
)

Answered = tuple[str, str, str]
"""What an explanation answers: rule code, sheet title, record; the last two empty for all of the rule's findings."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a school has said by what it answers: with this version, and with those before it."""

    own: Mapping[Answered, str]
    earlier: Mapping[Answered, str]

    @classmethod
    def of(cls, explanations: Iterable[Explanation], earlier: Mapping[Answered, str]) -> Said:
        """Return what came with a version; what was said twice about one thing is one text."""
        own: dict[Answered, list[str]] = {}
        for one in explanations:
            texts = own.setdefault((one.code, _plain(one.sheet), _plain(one.subject)), [])
            text = one.text.removeprefix(CARRIED)  # a returned workbook offers again what was said before
            if text not in texts:
                texts.append(text)
        return cls({answered: "；".join(texts) for answered, texts in own.items()}, earlier)

    def kept(self) -> dict[Answered, str]:
        """Return what is carried into the next version: the last that said anything about each."""
        return {**self.earlier, **{answered: text for answered, text in self.own.items() if is_telling(text)}}

    def now(self, finding: Finding) -> str:
        """Return what this version says about a finding, empty for nothing."""
        return _about(finding, self.own)

    def before(self, finding: Finding) -> str:
        """Return what the versions before it said about a finding, empty for nothing."""
        return _about(finding, self.earlier)


NOTHING_SAID = Said({}, {})


def told_in(found: Iterable[Finding]) -> dict[Answered, str]:
    """Return how a version's findings were explained, without the word that it was carried along."""
    return {
        _exactly(one): one.explanation.removeprefix(CARRIED)
        for one in found
        if one.explanation and one.severity is not Severity.NOTICE
    }


def recalled(finding: Finding, told: Mapping[Answered, str]) -> str:
    """Return how the same thing was explained before, empty when it was not."""
    return told.get(_exactly(finding), "")


def _exactly(finding: Finding) -> Answered:
    return finding.code, _plain(finding.where.sheet), _plain(finding.subject)


def _about(finding: Finding, said: Mapping[Answered, str]) -> str:
    return said.get(_exactly(finding)) or said.get((finding.code, "", ""), "")


def _plain(text: str) -> str:
    return " ".join(text.split())


def is_telling(text: str) -> bool:
    """Whether a text can be an explanation: some characters, not marks or digits alone, not one over and over."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= SHORTEST and len(set(letters)) > 1


def named_in(submission: Submission) -> tuple[Finding, ...]:
    """Return a notice for each explanation that names a person as 某某老师: explanations are printed and passed on."""
    return tuple(
        _named(one, name, submission) for one in submission.explanations if (name := addressed(one.text)) is not None
    )


def _named(one: Explanation, name: str, submission: Submission) -> Finding:
    where = CellRef(submission.file, PROBLEMS if one.sheet or one.subject else SELF_CHECK)
    return findings.finding(_NAMED.code, where, submission.unit, kind=_NAMED, 编码=one.code, 称呼=name)
