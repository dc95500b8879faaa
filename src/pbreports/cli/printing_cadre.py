"""What the commands about the inspection of cadres print: counts, codes and files, never what is said of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pbreports.cli import console
from pbreports.cli.printing import MARKS, MOST, masked
from pbreports.pipeline.cadre.forms import MODERN, OLD
from pbreports.pipeline.cadre.publishing import RefusedCopy, WrittenCopy, summary_of
from pbreports.pipeline.cadre.reports import missing_words, reached_words, terms_words
from pbreports.pipeline.proof import shown
from pbreports.values import Finding, Severity

if TYPE_CHECKING:
    from pbreports.pipeline.cadre.exporting import Exported
    from pbreports.pipeline.cadre.inspecting import Inspection
    from pbreports.pipeline.cadre.purging import Purged
    from pbreports.pipeline.cadre.running import (
        BuiltCadres,
        CheckedCadres,
        ComparedForms,
        HandedOver,
        StandingCadres,
    )
    from pbreports.workspace import Workspace


def print_checked(checked: CheckedCadres, workspace: Workspace) -> None:
    """Print how much was found, with rules and places; the words stand in the workbook."""
    _warn(checked.warnings)
    inspection = checked.inspection
    console.say(
        f"候选人{len(inspection.cases)}名，其中有任免表的{sum(one.form is not None for one in inspection.cases)}名。"
    )
    _print_findings(checked)
    console.say(f"内容见 {workspace.shown(checked.report)}（只许本人打开）。")


def _print_findings(checked: CheckedCadres) -> None:
    """Print where something is wrong and of which kind; the words name people, and stand in the workbook."""
    findings = checked.inspection.findings
    counts = Counter(one.severity for one in findings)
    console.say("，".join(f"{one.value}{counts[one]}个" for one in Severity) + "。")
    for severity in (Severity.ERROR, Severity.WARNING):
        some = [one for one in findings if one.severity is severity]
        for one in some[:MOST]:
            more = f"（共{one.count}处）" if one.count > 1 else ""
            place, title = _place(one, checked.inspection), checked.titles.get(one.code, "")
            console.say(masked(f"  {MARKS[severity]} {one.code} {place}：{title}{more}"))
        if len(some) > MOST:
            console.say(f"  …… 另有{len(some) - MOST}个{severity.value}")


def _place(one: Finding, inspection: Inspection) -> str:
    """Return where a finding stands; what a form's file or a page is called may be a person's name and is not said."""
    where = one.where
    if where.file.casefold().endswith((MODERN, OLD)):
        return "任免表文件（见核查结果）"
    known = not where.sheet or where.sheet in inspection.desk.records
    return str(where if known else replace(where, sheet="表名改过的表"))


def print_built(built: BuiltCadres, workspace: Workspace) -> None:
    """Print how many papers were written and refused, and what is left to do."""
    _warn(built.warnings)
    for name, (written, refused) in summary_of(built.made).items():
        console.say(f"{name}：生成{written}份" + (f"，未写出{refused}份" if refused else ""))
    _print_refused(built)
    written_copies = [one for one in built.made if isinstance(one, WrittenCopy)]
    if unfilled := sum(bool(one.unfilled) for one in written_copies):
        console.say(f"有{unfilled}份还有【待填】。")
    if misfits := sum(any(not cell.fits for cell in one.cells) for one in written_copies):
        console.say(f"有{misfits}份审批表有格子放不下，请精简文字。")
    if told := sum(bool(one.notices or one.findings) for one in written_copies):
        console.say(f"有{told}份另有提示。")
    if built.left_over:
        console.say(f"有{built.left_over}份以前写的文书，名单上已没有，没有删去；见清单。")
    console.say(f"文书在 {workspace.shown(workspace.private_outputs)}/，清单见 {workspace.shown(built.report)}。")


def _print_refused(built: BuiltCadres) -> None:
    """Print whose errors hold papers up, and what else does; a candidate that it names is called by the code."""
    refused = [one for one in built.made if isinstance(one, RefusedCopy)]
    faulty = built.inspection.faults()
    told = (one for one in refused if one.findings)
    if codes := dict.fromkeys(code for one in told for code in one.codes if len(one.codes) == 1 or code in faulty):
        console.say(f"有没改的错误，涉及候选人{_some(codes)}；改好后再生成，急需看样稿可加 --draft。")
    for reason in dict.fromkeys(one.reason for one in refused if one.reason):
        console.say(masked(f"  {_nameless(reason, built.inspection)}"))


def _nameless(text: str, inspection: Inspection) -> str:
    """Return a text in which candidates are called by their codes."""
    codes: dict[str, list[str]] = {}
    for one in inspection.cases:
        codes.setdefault(one.dossier.name, []).append(one.dossier.code)
    for name in sorted(filter(None, codes), key=len, reverse=True):
        text = text.replace(name, "、".join(codes[name]))
    return text


def print_standing(standing: StandingCadres, workspace: Workspace) -> None:
    """Print how far each candidacy has come, by its code."""
    _warn(standing.warnings)
    for case, progress in standing.found:
        console.say(f"{case.dossier.code}（{case.dossier.batch}）办到：{reached_words(progress)}")
        console.say(f"  {missing_words(progress)}")
        if terms := terms_words(progress):
            console.say(f"  {terms}")
    console.say(f"详见 {workspace.shown(standing.report)}。")


def print_compared(compared: ComparedForms, workspace: Workspace) -> None:
    """Print which fields of whom differ, without what stands in them."""
    _warn(compared.warnings)
    for code, some in compared.differences.items():
        if some:
            console.say(f"{code}：{len(some)}处不一致（{_some(dict.fromkeys(one.label for one in some))}）")
    same = sum(not some for some in compared.differences.values())
    console.say(f"比对{len(compared.differences)}份，一致{same}份。")
    if compared.lacking:
        console.say(f"没有任免表的：{_some(compared.lacking)}。")
    if compared.unused:
        codes = "、".join(dict.fromkeys(one.code for one in compared.unused))
        console.say(
            f"任免表读不出、对不上的有{len(compared.unused)}处（{codes}），没有比对，见“没有用上的任免表”一页。"
        )
    console.say(f"逐项见 {workspace.shown(compared.report)}。")


def print_exported(exported: Exported, workspace: Workspace) -> None:
    """Print how many forms were written."""
    _warn(exported.warnings)
    for notice in exported.notices:
        console.say(f"  {masked(notice)}")
    console.say(f"写出任免表{len(exported.files)}份，在 {workspace.shown(workspace.private_outputs)}/任免表/。")


def print_summary(handed: HandedOver, workspace: Workspace) -> None:
    """Print the counts, which name nobody."""
    _warn(handed.warnings)
    for one in handed.counts:
        console.say(f"  {one.name}：{shown(one.value, one.places or 0)}{one.unit}")
    if handed.doubtful:
        console.say("考察簿有没改的错误，这些数可能不准；请先运行 pbreports cadre check。")
    console.say(f"写在 {workspace.shown(handed.report)}，请把各行填进局端工作簿的“{handed.report.stem}”表。")


def print_purged(purged: Purged, *, dry_run: bool) -> None:
    """Print how many files of each kind were removed, what is kept, what could not be removed."""
    kinds = "，".join(f"{name}{count}个" for name, count in purged.kinds.items()) or "没有"
    console.say(f"{'要删去' if dry_run else '已删去'}：{kinds}；留下{len(purged.kept)}个。")
    for reason in purged.stuck:
        console.warn(masked(reason))


def _some(names: Iterable[str]) -> str:
    """Return names in a line, the first of many."""
    several = list(names)
    return "、".join(several[:MOST]) + (f"等{len(several)}名" if len(several) > MOST else "")


def _warn(warnings: Sequence[str]) -> None:
    for one in warnings:
        console.warn(one)
