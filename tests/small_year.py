"""A year with other sheets than the shipped one, as a workspace: a scheme, a roster, a template, two periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from click.testing import CliRunner, Result

import tiny
from pbreports.cli import app
from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.fill import Filling
from pbreports.excel.issue import issue_workbook
from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.identity import Same
from pbreports.values import Scalar

MORE = """
局端:
- 簿: 决定
  表:
  - {名称: 放行, 字段: [{名称: 单位代码, 类型: 文本}, {名称: 版次, 类型: 文本}, {名称: 放行理由, 类型: 文本}, {名称: 放行期次, 类型: 文本}]}
规则:
- {码: R-1, 级别: 错误, 表: 一列一条, 条件: 次数 <= 50, 消息: "次数{次数}太多。", 怎么改: 请核对。}
- {码: R-2, 级别: 警告, 表: 一列一条, 条件: 次数 >= 1, 消息: 没有活动。, 怎么改: 请说明。}
- {码: R-3, 级别: 错误, 范围: 全区, 条件: 全区次数 <= 90, 消息: "全区{全区次数}次，太多。", 怎么改: 请核对各单位。}
数字:
- {名称: 全区次数, 编号: N1, 单位: 次, 算法: 合计, 表: 一列一条, 字段: 次数, 主要指标: true, 说明: 各小组相加}
- {名称: 报数小组数, 单位: 个, 算法: 去重计数, 表: 一列一条, 字段: 小组代码}
- {名称: 平均次数, 单位: 次, 算法: 式, 式: 全区次数 / 报数小组数, 小数位: 1}
- {名称: 名册小组数, 单位: 个, 算法: 计数, 表: 小组, 条件: 状态 == '正常'}
名单:
- {名称: 小组名单, 表: 小组, 条件: 状态 == '正常', 列: {小组: 小组名称}, 排序: [小组代码]}
文书:
- {名称: 小结, 模板: 小结.docx, 题名: "{年度}年读书小结"}
"""

WAIVERS = "  放行: {表: 放行, 单位: 单位代码, 版次: 版次, 理由: 放行理由, 期次: 放行期次}\n"

TEXT = (
    "全区共开展{{ 全区次数 }}次，平均{{ 平均次数 }}次。",
    "{{ 未报说明 }}",
    "{% for 组 in 小组名单 %}{{ 组.小组 }}；{% endfor %}",
)


@dataclass(frozen=True)
class SmallYear:
    """The workspace and the command line on it, which takes the latest year that is there."""

    root: Path
    year: int = 2031

    def run(self, *arguments: str, day: str = "2031-12-31") -> Result:
        """Return what a command said and its exit code; it reads in this process where it is not told otherwise."""
        return CliRunner().invoke(app, ["-C", str(self.root), "--as-of", day, "--jobs", "0", *arguments])

    @property
    def inputs(self) -> Path:
        """The year's inputs."""
        return self.root / f"inputs/{self.year}"

    @property
    def outputs(self) -> Path:
        """The year's outputs."""
        return self.root / f"outputs/{self.year}"

    def waive(self, *rows: Mapping[str, Scalar]) -> None:
        """Write the bureau's decisions to let versions pass."""
        scheme = load_scheme(self.inputs / "方案")
        (self.inputs / "决定.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["决定"], {"放行": rows}))

    def blank(self, unit: str, period: str = "下半年") -> Path:
        """Return the issued blank of a unit."""
        return next((self.outputs / "下发" / period).rglob(f"*_{unit}_*.xlsx"))

    def send(
        self,
        unit: str,
        records: Mapping[str, Sequence[Mapping[str, Scalar]]],
        period: str = "下半年",
        name: str = "",
        none: Sequence[str] = (),
    ) -> Path:
        """Return the file that a unit has sent: its blank, filled."""
        folder = self.inputs / "报送" / period
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / (name or self.blank(unit, period).name)
        path.write_bytes(filled(load_scheme(self.inputs / "方案"), unit, period, records, none))
        return path


_FILLED: dict[tuple[object, ...], bytes] = {}


def filled(
    scheme: Scheme,
    unit: str,
    period: str,
    records: Mapping[str, Sequence[Mapping[str, Scalar]]],
    none: Sequence[str] = (),
) -> bytes:
    """Return a unit's workbook of a period, filled in; what many tests send is made once."""
    key = (Same(scheme), unit, period, repr(records), frozenset(none))
    if key not in _FILLED:
        sender = tiny.tiny_units(scheme).get(unit)
        assert sender is not None
        filling = Filling(records, frozenset(none))
        _FILLED[key] = issue_workbook(scheme, sender, scheme.period(period), tiny.tiny_facts(scheme), filling)
    return _FILLED[key]


_MADE: dict[Path, bytes | None] = {}
"""The files of the small year as first made in this process, ``None`` for folders; they do not depend on where it stands."""


def make_small_year(root: Path) -> SmallYear:
    """Return a workspace of the small year, with its blanks issued for both periods; made once, and then copied."""
    if not _MADE:
        made = _small_year(root)
        paths = sorted(root.rglob("*"))
        _MADE.update({path.relative_to(root): path.read_bytes() if path.is_file() else None for path in paths})
        return made
    for path, contents in _MADE.items():
        if contents is None:
            (root / path).mkdir(parents=True, exist_ok=True)
        else:
            (root / path).write_bytes(contents)
    return SmallYear(root)


def _small_year(root: Path) -> SmallYear:
    tiny.write_scheme(root / "inputs/2031/方案")
    (root / "inputs/2031/方案/更多.yaml").write_text(MORE, encoding="utf-8")
    heading = root / "inputs/2031/方案/方案.yaml"
    text = heading.read_text(encoding="utf-8").replace("  关联:", f"{WAIVERS}  关联:", 1)
    heading.write_text(text, encoding="utf-8")
    scheme = load_scheme(root / "inputs/2031/方案")
    roster = {name: [record.values for record in rows] for name, rows in tiny.tiny_records(scheme).items()}
    (root / "inputs/2031/名册.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["名册"], roster))
    (root / "inputs/2031/决定.xlsx").write_bytes(bureau_workbook(scheme, scheme.bureau["决定"]))
    (root / "templates").mkdir()
    paper = docx.Document()
    for line in TEXT:
        paper.add_paragraph(line)
    paper.save(str(root / "templates/小结.docx"))
    year = SmallYear(root)
    for period in ("上半年", "下半年"):
        assert year.run("issue", "--period", period).exit_code == 0
    return year
