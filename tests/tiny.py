"""A tiny scheme of another year with other sheets: every kind of field in every lay-out, written as staff write it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from pbreports.scheme import Scheme, load_scheme
from pbreports.scheme.language import Facts
from pbreports.scheme.model import Period
from pbreports.scheme.roster import Unit, Units, units_of
from pbreports.values import Record, Scalar

ONE_OF_EACH = """
  - {名称: 短文, 类型: 文本, 长度: 20, 说明: 二十字以内}
  - {名称: 长文, 类型: 长文本, 长度: 300}
  - {名称: 个数, 类型: 整数, 单位: 个}
  - {名称: 差额, 类型: 整数, 最小: -5, 最大: 99}
  - {名称: 金额, 类型: 小数, 小数位: 2, 单位: 元}
  - {名称: 均分, 类型: 小数, 小数位: 1, 最小: 0, 最大: 120}
  - {名称: 办理日期, 类型: 日期}
  - {名称: 出生年月, 类型: 年月}
  - {名称: 等次, 类型: 选项, 选项: 等次}
  - {名称: 去向, 类型: 选项, 选项: 去向}
  - {名称: 是否公示, 类型: 是否}
  - {名称: 合计数, 类型: 计算, 公式: 个数 + 差额, 结果: 整数}
"""

SCHEME = f"""
方案:
  名称: 2031年度读书活动数据
  年度: 2031
  版本: "2031.1"
  期次:
  - {{名称: 上半年, 起始: 2031-01-01, 截止: 2031-06-30}}
  - {{名称: 下半年, 起始: 2031-07-01, 截止: 2031-12-31}}
  单位种类: [馆, 站]
  单位名册: {{表: 单位, 代码: 单位代码, 全称: 单位全称, 简称: 单位简称, 别名: 别名, 种类: 种类, 分组: 片区, 报送: 是否报送}}
  关联: [单位代码, 小组代码, 季度]
选项:
  等次: [优秀, 合格, 不合格]
  季度: [第一季度, 第二季度]
  去向: [{", ".join(f"第{n}阅览室及其附属的借阅处" for n in range(1, 31))}]
参数:
  达标次数: {{值: 3, 单位: 次}}
报表:
- 名称: 封面
  编号: "00"
  版式: 单页
  预设:
  - {{来自: 单位, 填入: {{单位代码: 单位代码, 单位全称: 单位全称}}}}
  字段:
  - {{名称: 单位代码, 类型: 文本, 长度: 20, 必填: true, 锁定: true}}
  - {{名称: 单位全称, 类型: 文本, 长度: 60, 必填: true, 锁定: true}}
  - {{名称: 填报人, 类型: 文本, 长度: 20, 必填: true, 别名: [填表人]}}
  - {{名称: 联系电话, 类型: 文本, 长度: 20}}
- 名称: 一行一条
  编号: "01"
  版式: 列表
  主键: [编码]
  空行: 12
  说明: 每项活动填一行。
  字段:
  - {{名称: 编码, 类型: 文本, 长度: 20, 必填: true}}
{ONE_OF_EACH}
- 名称: 一列一条
  编号: "02"
  版式: 竖排
  主键: [小组代码]
  预设:
  - 来自: 小组
    条件: 状态 != '撤销'
    填入: {{小组代码: 小组代码, 小组名称: 小组名称, 上期人数: 人数}}
  字段:
  - {{名称: 小组代码, 类型: 文本, 长度: 20, 必填: true, 锁定: true}}
  - {{名称: 小组名称, 类型: 文本, 长度: 30, 锁定: true}}
  - {{名称: 上期人数, 类型: 整数, 单位: 人}}
  - {{名称: 次数, 类型: 整数, 单位: 次, 必填: true}}
  - {{名称: 未达标原因, 类型: 文本, 长度: 50, 必填: 次数 < 达标次数}}
{ONE_OF_EACH}
- 名称: 只填一份
  编号: "03"
  版式: 单页
  填报: [馆]
  字段:
{ONE_OF_EACH}
- 名称: 小组季度
  编号: "04"
  版式: 列表
  主键: [小组代码, 季度]
  期次: [下半年]
  预设:
  - {{来自: 小组, 条件: 状态 != '撤销', 填入: {{小组代码: 小组代码}}}}
  - {{选项: 季度}}
  字段:
  - {{名称: 小组代码, 类型: 文本, 长度: 20, 必填: true, 锁定: true}}
  - {{名称: 季度, 类型: 选项, 选项: 季度, 必填: true, 锁定: true}}
  - {{名称: 读书会, 类型: 整数, 单位: 次, 必填: true}}
  - {{名称: 备注, 类型: 文本, 长度: 100}}
局端:
- 簿: 名册
  说明: 单位和小组的名册。
  表:
  - 名称: 单位
    主键: [单位代码]
    字段:
    - {{名称: 单位代码, 类型: 文本, 长度: 20, 必填: true}}
    - {{名称: 单位全称, 类型: 文本, 长度: 60, 必填: true}}
    - {{名称: 单位简称, 类型: 文本, 长度: 30}}
    - {{名称: 别名, 类型: 文本, 长度: 100}}
    - {{名称: 种类, 类型: 选项, 选项: [馆, 站], 必填: true}}
    - {{名称: 片区, 类型: 文本}}
    - {{名称: 是否报送, 类型: 是否}}
  - 名称: 小组
    主键: [小组代码]
    字段:
    - {{名称: 小组代码, 类型: 文本, 长度: 20, 必填: true}}
    - {{名称: 小组名称, 类型: 文本, 长度: 30}}
    - {{名称: 单位代码, 类型: 文本, 长度: 20, 必填: true}}
    - {{名称: 状态, 类型: 选项, 选项: [正常, 撤销], 必填: true}}
    - {{名称: 人数, 类型: 整数, 单位: 人}}
    - {{名称: 成立日期, 类型: 日期}}
规则:
- {{码: V-G08, 级别: 提示, 范围: 读取}}
"""

UNITS = (
    ("A01", "临河区第一图书馆", "一馆", "老一馆；河馆", "馆", "东片", True),
    ("B02", "临河区柳堤阅读站", "柳堤站", "", "站", "西片", True),
    ("C03", "临河区停办图书馆", "停办馆", "", "馆", "东片", False),
)
GROUPS = (
    ("A01-1", "晨读小组", "A01", "正常", 12, date(2020, 9, 1)),
    ("A01-2", "夜读小组", "A01", "正常", None, None),
    ("A01-3", "旧小组", "A01", "撤销", 3, date(2011, 3, 1)),
    ("B02-1", "柳堤小组", "B02", "正常", 7, date(2022, 1, 1)),
)


def write_scheme(folder: Path, text: str = SCHEME) -> Path:
    """Return the folder into which the scheme's text has been written."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "方案.yaml").write_text(text, encoding="utf-8")
    return folder


def tiny_scheme(folder: Path, text: str = SCHEME) -> Scheme:
    """Return the tiny scheme, loaded from a folder it is written to."""
    return load_scheme(write_scheme(folder, text))


def _record(sheet: str, names: tuple[str, ...], values: tuple[object, ...]) -> Record:
    found: dict[str, Scalar] = {}
    for name, value in zip(names, values, strict=True):
        whole = isinstance(value, int) and not isinstance(value, bool)
        found[name] = Decimal(str(value)) if whole else value  # type: ignore[assignment]
    return Record(sheet, "", found, {}, "名册.xlsx", sheet)


def tiny_records(scheme: Scheme) -> dict[str, tuple[Record, ...]]:
    """Return the tiny bureau's roster by sheet."""
    units, groups = tuple(scheme.sheets["单位"].by_name), tuple(scheme.sheets["小组"].by_name)
    return {
        "单位": tuple(_record("单位", units, row) for row in UNITS),
        "小组": tuple(_record("小组", groups, row) for row in GROUPS),
    }


def tiny_facts(scheme: Scheme) -> Facts:
    """Return the facts of the tiny bureau."""
    return Facts(tiny_records(scheme))


def tiny_units(scheme: Scheme) -> Units:
    """Return the units of the tiny roster."""
    return units_of(scheme, tiny_records(scheme)["单位"])


def library(scheme: Scheme) -> Unit:
    """Return the unit that fills every sheet."""
    return tiny_units(scheme).all[0]


def second_half(scheme: Scheme) -> Period:
    """Return the period in which every sheet is filled."""
    return scheme.period("下半年")
