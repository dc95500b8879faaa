"""The workbooks that tell the inspection's office what was found, written and compared; they stay in its folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path

from pbreports.cadre.comparing import Difference
from pbreports.cadre.outcome import ENDED, REASON
from pbreports.cadre.process import Progress
from pbreports.excel.reports import TableSheet, table_workbook
from pbreports.pipeline.cadre.inspecting import Case, Inspection
from pbreports.pipeline.cadre.office import Office
from pbreports.pipeline.cadre.publishing import Lock, Made, WrittenCopy
from pbreports.private import write_private
from pbreports.scheme.cadres import POST, REVIEWS
from pbreports.values import Finding, Severity

CHECKED, PUBLISHED, COMPARED, STANDING = "核查结果", "文书清单", "任免表比对", "办理进度"


def write_report(office: Office, title: str, pages: Sequence[TableSheet], lock: Lock | None = None) -> Path:
    """Return where a workbook of tables was written, in the inspection's folder and locked as the papers are.

    Raises:
        WorkspaceError: when it is open elsewhere or cannot be written.
    """
    data = table_workbook(title, pages, stamp=datetime.combine(office.as_of, time()))
    path = office.outputs / f"{title}.xlsx"
    write_private(path, lock(data) if lock else data)
    return path


def findings_page(inspection: Inspection) -> TableSheet:
    """Return the page of everything found, the gravest first, each with the candidacies that it concerns."""
    order = list(Severity)
    names = {one.dossier.code: one.dossier.name for one in inspection.cases}
    rows = []
    for one in sorted(inspection.findings, key=lambda one: order.index(one.severity)):
        codes = inspection.blame.of(one)
        whom = "全部" if len(codes) == len(inspection.cases) > 1 else "、".join(codes)
        who = "" if whom == "全部" else "、".join(dict.fromkeys(names[code] for code in codes if code in names))
        rows.append((one.severity.value, one.code, whom, who, str(one.where), one.message, one.remedy))
    headers = ("级别", "规则", "候选人编号", "姓名", "位置", "问题", "怎么改")
    return TableSheet(CHECKED, headers, rows, note=_INTERNAL)


_INTERNAL = "内部资料，含个人信息，不得外传。"


def papers_page(office: Office, made: Sequence[Made], left: Sequence[Path] = ()) -> TableSheet:
    """Return the page of the papers: written or not, about whom, what is left to fill in; then what is ``left`` over."""
    rows = [(one.paper, office.shown(one.path), "、".join(one.codes), *_outcome(one)) for one in made]
    rows += [(one.parent.name, office.shown(one), "", "以前写的旧稿", "", _LEFT) for one in left]
    return TableSheet("文书", ("文书", "文件", "候选人编号", "情况", "待填", "提示"), rows, note=_INTERNAL)


_LEFT = "名单上已没有，这次没有写；不用的请删去。"


def _outcome(one: Made) -> tuple[str, str, str]:
    if isinstance(one, WrittenCopy):
        told = (*one.notices, *(f"{found.code} {found.message}{found.remedy}" for found in one.findings))
        return "已生成", "；".join(one.unfilled), "；".join(told)
    why = one.reason or "有没改的错误：" + "、".join(dict.fromkeys(found.code for found in one.findings))
    return "未写出", "", why


def fitting_page(office: Office, made: Sequence[Made]) -> TableSheet:
    """Return the page of the cells whose characters were made smaller, or that hold more than they have room for."""
    rows = [
        (office.shown(one.path), cell.label, cell.own, cell.size, cell.lines, cell.room, "是" if cell.fits else "否")
        for one in made
        if isinstance(one, WrittenCopy)
        for cell in one.cells
        if cell.shrunk or not cell.fits
    ]
    headers = ("文件", "格子", "原字号（磅）", "用字号（磅）", "行数", "可容行数", "放得下")
    return TableSheet("排版", headers, [(*row[:2], *map(_shown, row[2:4]), *row[4:]) for row in rows])


def _shown(size: object) -> str:
    return f"{size:g}"


def differences_page(inspection: Inspection, found: Mapping[str, Sequence[Difference]]) -> TableSheet:
    """Return the page of where roster and form differ, field by field."""
    names = {one.dossier.code: one.dossier.name for one in inspection.cases}
    rows = [
        (code, names[code], one.field, one.side.value, one.roster, one.form, str(one.where), one.element)
        for code, some in found.items()
        for one in some
    ]
    headers = ("候选人编号", "姓名", "项目", "情形", "考察簿", "任免表", "考察簿位置", "任免表项")
    return TableSheet(COMPARED, headers, rows, note=_INTERNAL)


def unused_page(unused: Sequence[Finding]) -> TableSheet:
    """Return the page of the forms that were not compared, and why."""
    rows = [(str(one.where), one.code, one.message, one.remedy) for one in unused]
    return TableSheet("没有用上的任免表", ("位置", "规则", "问题", "怎么改"), rows, note=_INTERNAL)


def standing_page(found: Sequence[tuple[Case, Progress]]) -> TableSheet:
    """Return the page of how far each candidacy has come, what is missing and what is possible when."""
    headers = ("候选人编号", "姓名", "批次", "拟任职务", "办到", "还缺", "最早日期")
    return TableSheet(STANDING, headers, list(_standing(found)), note=_INTERNAL)


def _standing(found: Sequence[tuple[Case, Progress]]) -> Iterator[tuple[str, ...]]:
    for case, progress in found:
        one = case.dossier
        told = (reached_words(progress), missing_words(progress), terms_words(progress))
        yield one.code, one.name, one.batch, one.text(POST), *told


def reached_words(progress: Progress) -> str:
    """Return the step that a candidacy has reached, and which earlier ones are not done; of an ended one when and why."""
    reached = progress.reached
    if progress.end:
        why = "，".join(filter(None, (str(progress.end.day), progress.end.reason)))
        return f"已终止（{why}）"
    behind = "、".join(one.step.name for one in progress.behind)
    words = f"{reached.step.name}（{reached.finished}）" if reached else "尚未开始"
    return f"{words}；前面的还没办完：{behind}" if behind else words


def missing_words(progress: Progress) -> str:
    """Return the next steps with what they lack; of a candidacy that goes no further only that."""
    if progress.end:
        return "不再办下一步"
    if progress.voted_down:
        return f"讨论没有通过，不得公示、任职；请在“{REVIEWS}”登记“{ENDED}”“{REASON}”"
    steps = "、".join(one.step.name for one in progress.upcoming)
    lacking = "，".join(str(one) for one in progress.missing)
    return f"下一步：{steps}；{lacking}" if lacking else f"下一步：{steps}" if steps else "已全部办完"


def terms_words(progress: Progress) -> str:
    """Return the days that the rules set for what is still to be done."""
    return "；".join(f"{one.name}：{one.day or one.told}" for one in progress.terms if not one.settled)
