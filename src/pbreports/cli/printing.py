"""What commands print: findings by unit, how units stand, figures, papers."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from pbreports.cli import console
from pbreports.pipeline.collecting import Collected
from pbreports.pipeline.printing_pdf import Printed
from pbreports.pipeline.proof import basis_of, shown
from pbreports.pipeline.publishing import Paper, Refusal
from pbreports.pipeline.quality import BLANK
from pbreports.pipeline.returning import Returned
from pbreports.pipeline.running import Built
from pbreports.pipeline.sealing import Seal
from pbreports.pipeline.standing import GroupLine, StatusLine, by_group, deadline_words, group_lines, status_lines
from pbreports.pipeline.summarising import Summary, change_of
from pbreports.scheme import Scheme
from pbreports.scheme.language.arithmetic import round_half_up
from pbreports.values import Correction, Figure, Finding, Severity
from pbreports.versions import State
from pbreports.workspace import Workspace

MOST = 12
"""How many units or findings are printed in full; the rest are counted, and stand in the workbook."""

LONGEST = 200
"""How many characters of a message are printed where the whole of it stands in a workbook."""

OF_A_PERSON = "涉及个人，内容见校验结果或校对单。"
"""What is printed in place of a message that names a person: the name stands in the workbook alone."""

_MOST_OF_A_UNIT = 3
"""How many errors of one unit are printed among those of all."""

MARKS = {Severity.ERROR: "错", Severity.WARNING: "警", Severity.NOTICE: "提"}


def print_findings(findings: Sequence[Finding], longest: int | None = None, most: int = MOST) -> None:
    """Print findings, the gravest first, so many of each gravity at most; messages no longer than asked."""
    for severity in Severity:
        some = [one for one in findings if one.severity is severity]
        for one in some[:most]:
            message = OF_A_PERSON if one.personal else shortened(one.message, longest)
            words = f"{one.where}：{message}{one.remedy}{_times(one)}{_exempt(one)}"
            console.say(masked(f"  {MARKS[severity]} {one.code} {words}"))
        if len(some) > most:
            console.say(f"  …… 另有{len(some) - most}个{severity.value}")


def _exempt(one: Finding) -> str:
    """Return why a finding is only a notice; what schools say stands in the workbook alone."""
    return f"（{one.explanation}）" if one.explanation and one.severity is Severity.NOTICE else ""


def shortened(text: str, longest: int | None) -> str:
    """Return a text cut to a length, the cut marked; the whole where no length is given."""
    return text if longest is None or len(text) <= longest else f"{masked(text)[:longest]}……（余下略）"


_NUMBER_OF_A_PERSON = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


def masked(text: str) -> str:
    """Return a text with identity and mobile numbers covered: they do not belong on a screen or in a log."""
    return _NUMBER_OF_A_PERSON.sub(
        lambda found: found.group()[:3] + "*" * (len(found.group()) - 5) + found.group()[-2:], text
    )


def _times(finding: Finding) -> str:
    return f"（共{finding.count}处）" if finding.count > 1 else ""


def print_collected(collected: Collected, files: Sequence[str]) -> None:
    """Print what has come in, who has to mend what, who has sent nothing."""
    lines = status_lines(collected)
    passed = sum(line.passed for line in lines)
    console.say(f"收件：{collected.files}份文件（新读{collected.read}份），应报{len(lines)}个单位，通过{passed}个。")
    if collected.bureau:
        console.say("局端工作簿：")
        print_findings(collected.bureau, LONGEST)
    if collected.stray:
        console.say("认不出单位的文件：")
        print_findings(collected.stray, LONGEST)
    _print_returned(collected, lines)
    _print_missing(lines)
    for line in [one for one in lines if one.code in collected.withdrawn][:MOST]:
        console.say(f"注意：{line.name} {line.note}，现按未交统计。")
    console.say(f"详见 {'、'.join(files)}")


def print_returned(returned: Returned, workspace: Workspace) -> None:
    """Print where the returns stand, and what could not be written."""
    for notice in returned.notices:
        console.say(f"注意：{notice}")
    if len(returned.files) == 1:
        console.say(f"退回件：{workspace.shown(returned.files[0])}")
    elif returned.files:
        folder = Path(os.path.commonpath([path.parent for path in returned.files]))
        console.say(f"退回件{len(returned.files)}份，在 {workspace.shown(folder)}/")


def _print_returned(collected: Collected, lines: Sequence[StatusLine]) -> None:
    returned = [line for line in lines if line.state == State.RETURNED.value]
    for line in returned[:MOST]:
        console.say(f"{line.name}（{line.note}）：{line.errors}个错误，{line.warnings}个警告")
        errors = [one for one in collected.findings[line.code] if one.severity is Severity.ERROR]
        print_findings(errors, LONGEST, _MOST_OF_A_UNIT)
    if len(returned) > MOST:
        console.say(f"…… 另有{len(returned) - MOST}个单位有错误")
    let_pass = [line for line in lines if line.state == State.WAIVED.value]
    if let_pass:
        console.say(f"有错误、局里已放行{len(let_pass)}个：{_names(let_pass)}")
    stale = [line for line in lines if line.seal == Seal.STALE.value]
    if stale:
        console.say(f"盖章后改数{len(stale)}个：{_names(stale)}，请重新盖章。")
    waiting = sum(line.unexplained > 0 and line not in let_pass for line in lines)
    if waiting:
        console.say(f"{waiting}个单位有警告待核对或说明。")


def _names(lines: Sequence[StatusLine]) -> str:
    return "、".join(line.name for line in lines[:MOST]) + ("等" if len(lines) > MOST else "")


def _print_missing(lines: Sequence[StatusLine]) -> None:
    missing = [line for line in lines if not line.versions]
    if missing:
        console.say(f"未交{len(missing)}个：{_names(missing)}")


def print_status(collected: Collected, file: str) -> None:
    """Print how each unit stands, by township: those with nothing left to do are counted, the others named.

    ``file`` is the workbook with all of it, empty when none was written.
    """
    lines = status_lines(collected)
    console.say(f"{deadline_words(collected)}。")
    *groups, total = group_lines(lines)
    members = by_group(lines)
    for group in groups:
        console.say(_group_words(group))
        for line in members[group.group]:
            if line.state != State.COUNTED.value:
                console.say(f"  {line.name}\t{line.state}\t{line.note}{_counts(line)}{_lateness(line)}")
    console.say(_group_words(total))
    if file:
        console.say(f"各单位详情见 {file}")


def _group_words(group: GroupLine) -> str:
    numbers = (("未交", group.absent), ("退回", group.returned), ("待说明", group.unexplained), ("逾期", group.late))
    told = "".join(f"，{name}{number}" for name, number in numbers if number)
    return f"{group.group}：应报{group.expected}，通过{group.passed}{told}"


def _counts(line: StatusLine) -> str:
    return f"\t{line.errors}错{line.warnings}警" if line.errors or line.warnings else ""


def _lateness(line: StatusLine) -> str:
    return f"\t逾期{line.late}天" if line.late else ""


def print_figures(scheme: Scheme, summary: Summary, name: str = "") -> None:
    """Print the figures, or one with where it comes from."""
    for rule in scheme.figures.values():
        if name and rule.name != name:
            continue
        figure = summary.figures[rule.name]
        change, _ = change_of(figure)
        last = (
            f"，上年{shown(figure.last_year, rule.places)}，增减{shown(change, rule.places)}"
            if change is not None
            else ""
        )
        console.say(
            f"{rule.name}\t{shown(figure.value, rule.places)}{rule.unit}\t{basis_of(rule, figure, scheme)}{last}"
        )
        if name:
            _print_trace(rule.places, figure, summary)


def _print_trace(places: int, figure: Figure, summary: Summary) -> None:
    """Print what fixed a figure, then the cells it was counted from, those that were corrected marked."""
    if figure.ruling:
        one = figure.ruling
        told = f"认定值{shown(one.value, places)}，计算值{shown(figure.computed, places)}：{one.reason}（{one.source}）"
        console.say(masked(f"  {told}"))
    corrected = {one.where: one for some in summary.corrections.values() for one in some}
    for source in figure.sources:
        correction = corrected.get(source)
        console.say(masked(f"  {source}{_corrected(correction) if correction else ''}"))


def _corrected(one: Correction) -> str:
    return f"（局端更正 {one.old or BLANK}→{one.new}：{one.reason}）"


def figures_as_json(scheme: Scheme, summary: Summary, name: str = "") -> dict[str, Any]:
    """Return the figures by name: value, unit, reported, expected, last year, change, sources, what was decided."""
    return {
        rule.name: _figure_as_json(rule.places, summary.figures[rule.name], summary)
        for rule in scheme.figures.values()
        if not name or rule.name == name
    }


def _figure_as_json(places: int, figure: Figure, summary: Summary) -> dict[str, Any]:
    change, _ = change_of(figure)
    named = set(figure.sources)
    corrected = [one for some in summary.corrections.values() for one in some if one.where in named]
    return {
        "value": _number(figure.value, places),
        "unit": figure.unit,
        "reported": figure.reported,
        "expected": figure.expected,
        "last_year": _number(figure.last_year, places),
        "change": _number(change, places),
        "missing": list(figure.missing),
        "sources": [str(source) for source in figure.sources],
        "corrections": [
            {"where": str(one.where), "old": one.old, "new": one.new, "reason": one.reason} for one in corrected
        ],
        "ruling": _ruling_as_json(places, figure),
    }


def _ruling_as_json(places: int, figure: Figure) -> dict[str, Any] | None:
    if figure.ruling is None:
        return None
    return {"computed": _number(figure.computed, places), "reason": figure.ruling.reason}


def _number(value: Decimal | Fraction | None, places: int) -> int | float | None:
    if value is None:
        return None
    rounded = round_half_up(value, places)
    return float(rounded) if places else int(rounded)


def print_papers(built: Built, workspace: Workspace) -> None:
    """Print what must be looked at before signing, then the papers, last of all where they stand."""
    if built.findings:
        console.say("全区核对：")
        print_findings(built.findings, LONGEST)
    for paper in built.made.papers:
        _print_remarks(paper)
    for refusal in built.made.refused:
        _print_refusal(refusal, workspace)
    if built.made.papers or not built.made.refused:
        console.say("已写出：" if built.made.papers else "方案里没有声明文书，没有写出任何文书。")
    for paper in built.made.papers:
        console.say(f"  {workspace.shown(paper.path)}")
        console.say(f"  {workspace.shown(paper.proof)}")
    if built.printed:
        _print_pdfs(built.printed, workspace)


def _print_pdfs(printed: Printed, workspace: Workspace) -> None:
    """Print the PDFs with their pages, then why some are missing and which fonts others stood in for."""
    for pdf in printed.pdfs.values():
        pages = f"（{printed.pages[pdf]}页）" if pdf in printed.pages else "（页数不明）"
        console.say(f"  {workspace.shown(pdf)}{pages}")
    for problem in printed.problems:
        console.warn(f"没有生成 PDF：{problem}")
    for remark in printed.remarks:
        console.warn(f"注意：{remark}")


def _print_remarks(paper: Paper) -> None:
    """Print what is to be looked at in a paper that is written, and what is left to be filled in by hand."""
    for notice in paper.notices:
        console.say(notice)
    if paper.findings:
        console.say(f"《{paper.title}》核对：")
        print_findings(paper.findings, LONGEST)
    if paper.unfilled:
        console.say(f"《{paper.title}》还有{len(paper.unfilled)}处要人工填写：")
        for one in paper.unfilled:
            console.say(f"  {one}")


def _print_refusal(refusal: Refusal, workspace: Workspace) -> None:
    """Print why a paper is not written, where all of it can be read, and that the older copies are old."""
    console.say(f"《{refusal.title}》没有写出：")
    print_findings(refusal.findings, LONGEST)
    for notice in refusal.notices:
        console.say(notice)
    for path in refusal.older:
        console.say(f"  {workspace.shown(path)} 是以前写出的旧稿，没有更新，请勿使用。")
    console.say(f"  改好后重新生成；全部原因见 {workspace.shown(refusal.proof)}；急需看样稿可加 --draft。")
