"""Formulas: broken, stale, never calculated, pointing elsewhere, typed over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from corpus.case import Base, Case, Maker, cases_of
from corpus.raw import BOOK, Raw, inline
from excel.blanks import LIST, UPRIGHT

FAMILY = "公式"

_ERRORS = {
    "除以零": "#DIV/0!",
    "引用失效": "#REF!",
    "名称不认识": "#NAME?",
    "没有值": "#N/A",
    "空交集": "#NULL!",
    "数字不对": "#NUM!",
    "类型不对": "#VALUE!",
    "溢出": "#SPILL!",
    "计算错误": "#CALC!",
    "字段错误": "#FIELD!",
    "被阻止": "#BLOCKED!",
    "正在取数": "#GETTING_DATA",
    "连接错误": "#CONNECT!",
    "忙": "#BUSY!",
    "未知": "#UNKNOWN!",
    "外部错误": "#EXTERNAL!",
    "蟒蛇错误": "#PYTHON!",
    "不是错误的错误": "出错啦",
}


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    errors: dict[str, Maker] = {f"错误值{name}": partial(_error, literal) for name, literal in _ERRORS.items()}
    yield from cases_of(FAMILY, base, errors | _STATES | _KINDS | _ELSEWHERE | _COMPUTED)


def _error(literal: str, base: Base) -> Raw:
    return base.raw.cell(LIST, "D5", f"<v>{literal}</v>", 't="e"')


def _formula(formula: str, value: str = "<v>7</v>", attributes: str = "", address: str = "D5") -> Maker:
    return lambda base: base.raw.cell(LIST, address, f"<f>{formula}</f>{value}", attributes)


def _manual(base: Base, formula: str = "") -> Raw:
    book = base.raw.with_part(BOOK, base.raw.text(BOOK).replace('fullCalcOnLoad="1"', 'calcMode="manual"'))
    assert 'calcMode="manual"' in book.text(BOOK)
    return book.cell(LIST, "D5", f"<f>{formula}</f><v>7</v>") if formula else book


def _library_zeros(base: Base) -> Raw:
    """Return the workbook as a library writes it that puts 0 beside every formula."""
    book = base.raw
    for address in ("M5", "M6"):
        book = book.cell(LIST, address, f"<f>D{address[1]}+E{address[1]}</f><v>0</v>")
    return book


_STATES: dict[str, Maker] = {
    "没有算过": _formula("1+2", ""),
    "没有算过且有空的值": _formula("1+2", "<v></v>"),
    "算出来是空文字": _formula('IF(A6="","",A6)', "<v></v>", 't="str"', "B5"),
    "数字栏算出来是空文字": _formula('IF(1=1,"",1)', "<v></v>", 't="str"'),
    "算出来是数字": _formula("3+4"),
    "算出来是文字数字": _formula('"1"&amp;"2"', "<v>12</v>", 't="str"'),
    "算出来是逻辑值": _formula("1=1", "<v>1</v>", 't="b"', "L5"),
    "算出来是错误": _formula("1/0", "<v>#DIV/0!</v>", 't="e"'),
    "算出来是日期": _formula("DATE(2031,9,2)", "<v>48093</v>", "", "H5"),
    "手动计算": lambda base: _manual(base, "3+4"),
    "手动计算但没有公式": _manual,
    "库写的零": _library_zeros,
    "两格没有算过": lambda base: base.raw.cell(UPRIGHT, "C7", "<f>1+2</f>").cell(UPRIGHT, "D7", "<f>1+2</f>"),
    "关键字没有算过": _formula('"L"&amp;1', "", 't="str"', "A5"),
}


def _shared_bomb(base: Base) -> Raw:
    head = "A1+" * 2000 + "1"
    rows = "".join(
        f'<row r="{row}"><c r="Z{row}"><f t="shared" si="5"/><v>1</v></c></row>' for row in range(22, 10_022)
    )
    first = f'<row r="21"><c r="Z21"><f t="shared" si="5" ref="Z21:Z10021">{head}</f><v>1</v></c></row>'
    return base.raw.in_sheet(LIST, "</sheetData>", f"{first}{rows}</sheetData>")


_KINDS: dict[str, Maker] = {
    "数组公式": lambda base: base.raw.cell(LIST, "D5", '<f t="array" ref="D5:D6">{1;2}</f><v>1</v>'),
    "动态数组": lambda base: base.raw.cell(
        LIST, "D5", '<f t="array" ref="D5" cm="1">SUM(_xlfn.SEQUENCE(3))</f><v>6</v>', 'cm="1"'
    ),
    "共享公式": lambda base: base.raw.cell(LIST, "D5", '<f t="shared" si="0" ref="D5:D6">E5+3</f><v>0</v>').cell(
        LIST, "D6", '<f t="shared" si="0"/><v>5</v>'
    ),
    "共享公式没有头": lambda base: base.raw.cell(LIST, "D5", '<f t="shared" si="9"/><v>3</v>'),
    "共享公式炸弹": _shared_bomb,
    "模拟运算表": lambda base: base.raw.cell(LIST, "D5", '<f t="dataTable" ref="D5" r1="E5" dt2D="0"/><v>3</v>'),
    "公式类型不认识": lambda base: base.raw.cell(LIST, "D5", '<f t="甲">1</f><v>3</v>'),
    "八千字的公式": _formula("+".join(["1"] * 4000)),
    "括号套三千层": _formula(f"{'(' * 3000}1{')' * 3000}"),
    "一百万字的公式": _formula("1+" * 500_000 + "1"),
    "表头是公式": lambda base: base.raw.cell(LIST, "D3", '<f>"个"&amp;"数"</f><v>个数</v>', 't="str"'),
    "嵌入图片公式": _formula('_xlfn.DISPIMG("ID_8A1F",1)', "<v>=DISPIMG(&quot;ID_8A1F&quot;,1)</v>", 't="str"', "C5"),
    "改成了大写金额": lambda base: base.raw.styled(LIST, "F5", "<f>1+1</f><v>1234.5</v>", '[DBNum2][$-804]General"元"'),
}


_ELSEWHERE: dict[str, Maker] = {
    "引用别的文件": _formula("[1]Sheet1!A1"),
    "引用网络上的文件": _formula("'http://127.0.0.1:9/[x.xlsx]Sheet1'!A1"),
    "引用共享文件夹": _formula("'\\\\127.0.0.1\\x\\[x.xlsx]Sheet1'!A1"),
    "动态数据交换": _formula("cmd|' /C calc'!A0"),
    "取网页": _formula('_xlfn.WEBSERVICE("http://127.0.0.1:9/")', "<v>x</v>", 't="str"', "B5"),
    "超链接公式": _formula('HYPERLINK("http://127.0.0.1:9/","点这里")', "<v>点这里</v>", 't="str"', "B5"),
    "实时数据": _formula('RTD("x",,"y")'),
    "调用动态库": _formula('CALL("kernel32","WinExec","JCJ","calc",0)'),
    "定义名称里的动态数据交换": lambda base: base.raw.changed(
        BOOK, "<definedNames>", "<definedNames><definedName name=\"甲\">cmd|' /C calc'!A0</definedName>"
    ),
    "自动打开的名称": lambda base: base.raw.changed(
        BOOK, "<definedNames>", '<definedNames><definedName name="_xlnm.Auto_Open">Sheet1!A1</definedName>'
    ),
    "条件格式里的动态数据交换": lambda base: base.raw.in_sheet(
        LIST,
        "<dataValidations",
        '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="99"><formula>cmd|\' /C calc\'!A0'
        "</formula></cfRule></conditionalFormatting><dataValidations",
    ),
}

_COMPUTED: dict[str, Maker] = {
    "计算格手填对了": lambda base: base.raw.cell(LIST, "M5", "<v>-3</v>"),
    "计算格手填错了": lambda base: base.raw.cell(LIST, "M5", "<v>999</v>"),
    "计算格填了文字": lambda base: base.raw.cell(LIST, "M5", inline("自己算"), 't="inlineStr"'),
    "计算格清空了": lambda base: base.raw.cell(LIST, "M5", ""),
    "计算格是别的公式": lambda base: base.raw.cell(LIST, "M5", "<f>D5*2</f><v>8</v>").cell(
        LIST, "M6", '<f>IF(_check!$T$2="","",_check!$T$2)</f><v>5</v>'
    ),
    "计算格全是错误值": lambda base: base.raw.cell(LIST, "M5", "<f>#REF!</f><v>#REF!</v>", 't="e"'),
}
