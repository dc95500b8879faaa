"""What goes wrong in a real year, planted into the district: each trouble in a unit of its own.

The table names the unit, what the trouble is about, and the codes of what the program should find (none where it
should just cope). Nothing here knows how the program finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from pbreports.excel import edit
from pbreports.excel.layout import geometry_of
from pbreports.sample.plan import YEAR
from pbreports.sample.reports import Desk, Report
from pbreports.scheme.model import Sheet
from pbreports.scheme.roster import Unit
from pbreports.values import Scalar

_HEADER = -2
"""The place of the header, counted like records from the first one on."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A unit's report as it would have come in well, and the desk it came to."""

    desk: Desk
    unit: Unit
    report: Report

    def sheet(self, name: str) -> Sheet:
        """Return the scheme's sheet of a name."""
        return self.desk.year.scheme.sheets[name]

    def cell(self, name: str, field: str, record: int = 0) -> str:
        """Return the address of a field in a record of a sheet, counted from 0."""
        sheet = self.sheet(name)
        geometry = geometry_of(sheet.layout)
        place = geometry.first + [one.name for one in sheet.shown].index(field)
        return geometry.address(geometry.record(record), place)

    def edited(self, *edits: edit.Edit) -> bytes:
        """Return the workbook's bytes after some edits."""
        return edit.edited(self.report.data, edits)

    def typed(self, name: str, values: Mapping[tuple[str, int], Scalar]) -> bytes:
        """Return the workbook's bytes with values typed into fields of records."""
        cells = {self.cell(name, field, record): value for (field, record), value in values.items()}
        return self.edited(edit.SetCells(self.sheet(name).title, cells))


Outcome = Sequence[Report]
Act = Callable[[Scene], Outcome]


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble: in whose report, what it is about, what should be found, and what became of the report."""

    unit: str
    about: str
    codes: tuple[str, ...]
    act: Act


def messy_reports(desk: Desk, reports: Sequence[Report]) -> list[Report]:
    """Return the reports with every trouble of the table planted."""
    units = {unit.short_name: unit for unit in desk.units}
    by_unit = {one.unit: one for one in reports}
    planted = {units[one.unit].code: one for one in TROUBLES}
    found: list[Report] = []
    for report in reports:
        trouble = planted.get(report.unit)
        if trouble is None:
            found.append(report)
        else:
            found += trouble.act(Scene(desk, units[trouble.unit], by_unit[report.unit]))
    return found


def _changed(change: Callable[[Scene], bytes]) -> Act:
    """Return the act of sending a changed workbook under the usual name."""
    return lambda scene: [replace(scene.report, data=change(scene))]


def _unknown(change: Callable[[Scene], bytes]) -> Act:
    """Return the act of sending something that tells nobody whose it is."""
    return lambda scene: [replace(scene.report, data=change(scene), known=False)]


def _typed(sheet: str, field: str, value: Scalar, record: int = 0) -> Act:
    return _changed(lambda scene: scene.typed(sheet, {(field, record): value}))


def _late(scene: Scene) -> Outcome:
    return [replace(scene.report, received=date(YEAR, 12, 28))]


def _missing(_: Scene) -> Outcome:
    return []


def _renamed(scene: Scene) -> bytes:
    return scene.edited(edit.RenameSheet(scene.sheet("党费与民主评议").title, "党费评议"))


def _column(scene: Scene) -> bytes:
    title = scene.sheet("活动台账").title
    return scene.edited(edit.InsertColumn(title, 4), edit.SetCells(title, {"D3": "承办科室", "D5": "德育处"}))


def _without_column(scene: Scene) -> bytes:
    return scene.edited(edit.DeleteColumn(scene.sheet("书记与班子").title, 7))


def _formula(scene: Scene) -> bytes:
    address = scene.cell("党员队伍情况", "期末党员总数")
    return scene.edited(edit.SetFormula(scene.sheet("党员队伍情况").title, address, "10+12"))


def _hidden(scene: Scene) -> bytes:
    return scene.edited(edit.HideRow(scene.sheet("组织生活").title, 6))


def _merged(scene: Scene) -> bytes:
    first, second = (scene.cell("组织生活", "党课", record) for record in (0, 1))
    return scene.edited(edit.MergeCells(scene.sheet("组织生活").title, f"{first}:{second}"))


def _wrong_sum(scene: Scene) -> bytes:
    return scene.typed("党员队伍情况", {("男党员", 0): Decimal(99)})


def _empty(scene: Scene) -> bytes:
    return scene.desk.blank(scene.unit)


def _meta(address: str, text: str) -> Callable[[Scene], bytes]:
    """Return the change of what the hidden sheet says about the workbook."""
    return lambda scene: scene.edited(edit.SetCells("_meta", {address: text}))


def _declared(scene: Scene) -> bytes:
    """Return a workbook that declares 无 for a sheet that holds records."""
    return scene.desk.filled(scene.unit, scene.desk.records(scene.unit), declared=("活动台账",))


def _unfounded(scene: Scene) -> bytes:
    """Return a workbook that claims an honour for the school's brand that the bureau knows nothing of."""
    claim: Mapping[tuple[str, int], Scalar] = {
        ("获评称号", 0): "一校一品党建文化品牌",
        ("获评级别", 0): "市级",
        ("获评日期", 0): date(YEAR, 9, 28),
        ("获评文号", 0): f"济教工委〔{YEAR}〕14号",
    }
    return scene.typed("党建品牌", claim)


def _unclaimed(scene: Scene) -> bytes:
    """Return a workbook that does not mention that the school was named a demonstration school."""
    return scene.desk.filled(scene.unit, {**scene.desk.records(scene.unit), "示范校创建": []})


def _wrong_name(other: str) -> Act:
    """Return the act of sending the workbook under another unit's file name."""

    def act(scene: Scene) -> Outcome:
        unit = next(one for one in scene.desk.units if one.short_name == other)
        return [replace(scene.report, file=scene.desk.file(unit))]

    return act


def _two_versions(*, good_first: bool) -> Act:
    """Return the act of sending two versions, one of them with a wrong sum."""

    def act(scene: Scene) -> Outcome:
        good, bad = scene.report.data, _wrong_sum(scene)
        second = str(PurePosixPath(scene.report.file)).replace("_v1.", "_v2.")
        first, then = (good, bad) if good_first else (bad, good)
        early, later = date(YEAR, 12, 15), date(YEAR, 12, 18)
        return [
            replace(scene.report, data=first, received=early),
            replace(scene.report, data=then, received=later, file=second),
        ]

    return act


def _twice(scene: Scene) -> Outcome:
    path = PurePosixPath(scene.report.file)
    return [scene.report, replace(scene.report, file=str(path.with_name(f"{path.stem} - 副本.xlsx")))]


def _second_school(other: str) -> Act:
    """Return the act of registering an activist whom another school has registered too."""

    def act(scene: Scene) -> Outcome:
        there = next(one for one in scene.desk.units if one.short_name == other)
        person = next(one for one in scene.desk.records(there)["发展党员"] if one["当前状态"] == "积极分子")
        records = scene.desk.records(scene.unit)
        branch = records["党员队伍情况"][0]["党组织代码"]
        records["发展党员"] = [*records["发展党员"], {**person, "党组织代码": branch}]
        return [replace(scene.report, data=scene.desk.filled(scene.unit, records))]

    return act


TROUBLES = (
    Trouble("安澜幼儿园", "截止日以后才报", (), _late),
    Trouble("望湖小学", "没有报", (), _missing),
    Trouble("石门中学", "没有报", (), _missing),
    Trouble("清河中学", "把04表改了名", ("V-G08",), _changed(_renamed)),
    Trouble("南泉中学", "03表的表头被粘贴盖掉", ("V-G03",), _typed("党员队伍情况", "女党员", "女（人）", _HEADER)),
    Trouble("柳营中学", "18表插了一列", ("V-G08",), _changed(_column)),
    Trouble("东湖中学", "05表删了一列", ("V-G03",), _changed(_without_column)),
    Trouble("双桥中学", "数字格里写了文字", ("V-G05",), _typed("党员队伍情况", "男党员", "约12人")),
    Trouble("白塔中学", "数字写成全角", ("V-G08",), _typed("学校基本情况", "党员活动室数", "１")),
    Trouble("崇文小学", "日期写成2020.12.3", ("V-G08",), _typed("党费与民主评议", "民主评议日期", "2020.12.3")),
    Trouble("凤凰小学", "公式没有计算结果", ("V-G08",), _changed(_formula)),
    Trouble("长虹小学", "公式当文字粘贴", ("V-G05",), _typed("党员队伍情况", "女党员", "=SUM(D5:D6)")),
    Trouble("翠湖小学", "隐藏了一行", ("V-G08",), _changed(_hidden)),
    Trouble("新城小学", "合并了单元格", ("V-G08",), _changed(_merged)),
    Trouble("光华小学", "男女相加不等于总数", ("V-M02",), _changed(_wrong_sum)),
    Trouble("北苑小学", "空白簿原样报回", ("V-G04",), _changed(_empty)),
    Trouble("梅园小学", "用了上一年的空白簿", ("F-21",), _unknown(_meta("B2", "2019"))),
    Trouble("滨河小学", "用了旧版空白簿", ("V-G02",), _changed(_meta("B4", "2019.3"))),
    Trouble("锦绣小学", "单位代码不在名册上", ("F-22",), _unknown(_meta("B5", "RC999"))),
    Trouble("书院街小学", "文件名写成了别的学校", ("V-G01",), _wrong_name("望湖小学")),
    Trouble("钟楼小学", "不是工作簿，只是改了后缀", ("F-05",), _unknown(lambda _: "党员总数：35人\n".encode("gbk"))),
    Trouble("向阳小学", "文件只传了一半", ("F-07",), _unknown(lambda scene: scene.report.data[:20000])),
    Trouble("西园小学", "第一版有错，第二版改好", (), _two_versions(good_first=False)),
    Trouble("东苑小学", "第一版通过，第二版又改错", ("V-M02",), _two_versions(good_first=True)),
    Trouble("柳岸小学", "同一份文件放了两次", (), _twice),
    Trouble("彩虹小学", "声明“无”却填了数据", ("V-G07",), _changed(_declared)),
    Trouble("红旗小学", "同一人在两校登记", ("V-D12",), _second_school("十三中")),
    Trouble("清河中心小学", "说明栏写了姓名", ("V-I04",), _typed("意识形态工作", "情况说明", "王老师负责的社团已整改")),
    Trouble("南泉中心小学", "必填的审核人空着", ("V-G04",), _typed("封面", "审核人", None)),
    Trouble("马庄小学", "自报的获评品牌命名库里没有", ("V-A08",), _changed(_unfounded)),
    Trouble("湖西小学", "本年命名的示范校没有报", ("V-A09",), _changed(_unclaimed)),
    Trouble("东湖中心小学", "日期晚于截止日", ("V-G06",), _typed("活动台账", "活动日期", date(YEAR + 1, 1, 6))),
)
"""Every trouble of the second flavour."""
