"""The small year with the bureau's sheets of decisions, and schools that explain what was found."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from pbreports.excel.bureau import bureau_workbook
from pbreports.excel.layout import PROBLEMS
from pbreports.scheme import load_scheme
from pbreports.values import Scalar
from small_year import WAIVERS, SmallYear, make_small_year

SHEETS = """
报表:
- 名称: 借阅
  编号: "05"
  主键: [借阅号]
  字段:
  - {名称: 借阅号, 类型: 文本, 长度: 20, 必填: true}
  - {名称: 小组代码, 类型: 文本, 长度: 20, 必填: true}
  - {名称: 册数, 类型: 整数, 单位: 册, 必填: true}
局端:
- 簿: 局里决定
  表:
  - 名称: 豁免
    字段:
    - {名称: 单位代码, 类型: 文本}
    - {名称: 规则码, 类型: 文本}
    - {名称: 小组代码, 类型: 文本}
    - {名称: 豁免理由, 类型: 文本}
    - {名称: 有效期至, 类型: 日期}
  - 名称: 更正
    字段:
    - {名称: 单位代码, 类型: 文本}
    - {名称: 更正表, 类型: 文本}
    - {名称: 单元格, 类型: 文本}
    - {名称: 更正字段, 类型: 文本}
    - {名称: 原值, 类型: 文本}
    - {名称: 更正值, 类型: 文本}
    - {名称: 更正理由, 类型: 文本}
  - 名称: 数字认定
    字段: [{名称: 数字名称, 类型: 文本}, {名称: 认定值, 类型: 小数, 小数位: 2}, {名称: 认定理由, 类型: 文本}, {名称: 认定人, 类型: 文本}]
规则:
- {码: R-4, 级别: 警告, 表: 一列一条, 条件: 次数 != 4, 消息: "{小组代码}恰好4次。", 怎么改: 请核对。}
- {码: R-6, 级别: 错误, 表: 借阅, 条件: 册数 <= 10, 消息: "册数{册数}太多。", 怎么改: 请核对。}
- {码: R-5, 级别: 错误, 范围: 全区, 表: 一列一条, 条件: "not 存在(一列一条, 一列一条.次数 == 次数 and 一列一条.单位代码 != 单位代码)", 消息: "{小组代码}的次数与别的单位相同。", 怎么改: 请核对。}
"""

PLACES = """  豁免: {表: 豁免, 单位: 单位代码, 规则码: 规则码, 对象: 小组代码, 理由: 豁免理由, 有效期: 有效期至}
  更正: {表: 更正, 单位: 单位代码, 更正表: 更正表, 单元格: 单元格, 字段: 更正字段, 原值: 原值, 更正值: 更正值, 理由: 更正理由}
  认定: {表: 数字认定, 名称: 数字名称, 值: 认定值, 理由: 认定理由, 认定人: 认定人}
"""

NONE = ("一行一条", "小组季度", "借阅")
PERIOD = ("--period", "下半年")


def make_deciding_year(root: Path) -> SmallYear:
    """Return the small year whose scheme says where decisions stand, with blanks issued."""
    year = make_small_year(root)
    schemes = year.inputs / "方案"
    (schemes / "决定.yaml").write_text(SHEETS, encoding="utf-8")
    heading = schemes / "方案.yaml"
    heading.write_text(heading.read_text(encoding="utf-8").replace(WAIVERS, WAIVERS + PLACES, 1), encoding="utf-8")
    decide(year)
    assert year.run("issue", *PERIOD).exit_code == 0
    return year


def decide(year: SmallYear, **rows: Iterable[Mapping[str, Scalar]]) -> None:
    """Write the bureau's decisions, by sheet."""
    scheme = load_scheme(year.inputs / "方案")
    book = bureau_workbook(scheme, scheme.bureau["局里决定"], {name: list(some) for name, some in rows.items()})
    (year.inputs / "局里决定.xlsx").write_bytes(book)


def send(
    year: SmallYear, unit: str, *times: int | str, name: str = "", books: Sequence[Mapping[str, Scalar]] = ()
) -> Path:
    """Send a unit's workbook with these numbers of times of its groups; a text stands in the cell as it is."""
    numbers = [Decimal(one) if isinstance(one, int) else Decimal(5) for one in times]
    rows = [{"小组代码": f"{unit}-{index}", "次数": number} for index, number in enumerate(numbers, 1)]
    records: dict[str, list[Mapping[str, Scalar]]] = {"封面": [{"填报人": "甲"}], "一列一条": list(rows)}
    if unit == "A01":
        records["只填一份"] = [{"短文": "有"}]
    if books:
        records["借阅"] = list(books)
    path = year.send(unit, records, none=NONE[:-1] if books else NONE, name=name)
    for index, one in enumerate(times):
        if isinstance(one, str):
            type_in(path, FORM, cell_of(path, "次数", index), one)
    return path


FORM = "02_一列一条"


def cell_of(path: Path, field: str, index: int = 0) -> str:
    """Return the address of a field of a unit's group in its workbook, groups counted from 0."""
    return f"{get_column_letter(3 + index)}{_rows(path.read_bytes())[field]}"


@lru_cache(maxsize=64)
def _rows(data: bytes) -> dict[object, int]:
    """Return the row of each field in the form of groups of a workbook."""
    page = load_workbook(io.BytesIO(data))[FORM]
    return {page.cell(number, 1).value: number for number in range(page.max_row, 0, -1)}


def type_in(path: Path, sheet: str, cell: str, value: object) -> None:
    """Type into a cell of a workbook."""
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def explain(path: Path, code: str, text: str, *, sheet: str = "", subject: str = "") -> None:
    """Write an explanation into the list of problems of a workbook, such as a returned one holds."""
    book = load_workbook(path)
    if PROBLEMS in book.sheetnames:
        del book[PROBLEMS]
    page = book.create_sheet(PROBLEMS)
    page.append([PROBLEMS])
    page.append(["序号", "编码", "工作表", "对象", "说明"])
    page.append([1, code, sheet, subject, text])
    book.save(path)


def explain_on(page_title: str, path: Path, code: str, text: str) -> None:
    """Write an explanation beside the first line of a rule on a sheet that the program made."""
    book = load_workbook(path)
    page = book[page_title]
    rows = list(page.iter_rows())
    header = next(row for row in rows if {"编码", "说明"} <= {cell.value for cell in row})
    columns = {str(cell.value): index for index, cell in enumerate(header)}
    line = next(row for row in rows if row[columns["编码"]].value == code)
    line[columns["说明"]].value = text
    book.save(path)
