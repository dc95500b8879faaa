"""Faults of the XML inside: what parsers stumble over, and what is odd but allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.case import Base, Case, Maker, cases_of
from corpus.raw import BOOK, BOOK_LINKS, LINKS, MAIN, TYPES, Raw, inline
from excel.blanks import COVER, LIST, PRESET

FAMILY = "标记"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_UNKNOWN = "http://schemas.example.org/table"
_STRINGS = "xl/sharedStrings.xml"
_DECLARATION = '<?xml version="1.0" encoding="{}"?>'
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    yield from cases_of(FAMILY, base, _DOCTYPES | _ENCODINGS | _BROKEN | _ADDRESSES | _ODD | _SHARED | _BOOKS)


def _sheet(base: Base, title: str = LIST) -> str:
    return base.raw.text(base.raw.sheets[title])


def _written(base: Base, text: str | bytes, title: str = LIST) -> Raw:
    return base.raw.with_part(base.raw.sheets[title], text)


def _doctyped(base: Base, doctype: str, inside: str = "1") -> Raw:
    book = base.raw.cell(LIST, "D5", f"<v>{inside}</v>")
    text = book.text(book.sheets[LIST])
    return _written(base, f"{_DECLARATION.format('UTF-8')}<!DOCTYPE worksheet [{doctype}]>{text}")


_DOCTYPES: dict[str, Maker] = {
    "实体膨胀": lambda base: _doctyped(base, f'<!ENTITY l0 "1">{_LAUGHS}', "&l9;"),
    "平方膨胀": lambda base: _doctyped(base, f'<!ENTITY big "{"1" * 100_000}">', "&big;" * 10_000),
    "外部实体": lambda base: _doctyped(base, '<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
    "参数实体": lambda base: _doctyped(base, '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'),
    "空的文档类型": lambda base: _doctyped(base, ""),
    "共享字符串里的文档类型": lambda base: _shared(base).changed(_STRINGS, "<sst", "<!DOCTYPE sst><sst"),
    "关系里的文档类型": lambda base: base.raw.changed(
        BOOK_LINKS, "<Relationships", "<!DOCTYPE Relationships><Relationships"
    ),
}

_ENCODINGS: dict[str, Maker] = {
    "UTF16小端": lambda base: _written(base, (_DECLARATION.format("UTF-16") + _sheet(base)).encode("utf-16")),
    "UTF16大端": lambda base: _written(
        base, b"\xfe\xff" + (_DECLARATION.format("UTF-16") + _sheet(base)).encode("utf-16-be")
    ),
    "UTF8带字节序标记": lambda base: _written(base, b"\xef\xbb\xbf" + _sheet(base).encode()),
    "声明为GBK": lambda base: _written(base, (_DECLARATION.format("GBK") + _unescaped(base)).encode("gb18030")),
    "声明UTF8实为GBK": lambda base: _written(base, (_DECLARATION.format("UTF-8") + _unescaped(base)).encode("gb18030")),
    "UTF32": lambda base: _written(base, (_DECLARATION.format("UTF-32") + _sheet(base)).encode("utf-32")),
    "UTF7": lambda base: _written(base, (_DECLARATION.format("UTF-7") + _sheet(base)).encode("utf-7")),
    "声明前有空行": lambda base: _written(base, f"\n{_DECLARATION.format('UTF-8')}{_sheet(base)}"),
}


def _unescaped(base: Base) -> str:
    """Return the sheet with its Chinese written out, so that the encoding matters."""
    return re.sub(r"&#(\d{4,});", lambda found: chr(int(found[1])), _sheet(base))


_BROKEN: dict[str, Maker] = {
    "标记没有闭合": lambda base: base.raw.in_sheet(LIST, "</sheetData>", ""),
    "标记写到一半": lambda base: _written(base, _sheet(base)[:-500]),
    "部件是空的": lambda base: _written(base, ""),
    "部件全是零字节": lambda base: _written(base, bytes(2000)),
    "部件是网页": lambda base: _written(base, "<html><body>404 Not Found</body></html>"),
    "根元素不是工作表": lambda base: _written(base, f'<chartsheet xmlns="{MAIN}"/>'),
    "没有命名空间": lambda base: base.raw.in_sheet(LIST, f' xmlns="{MAIN}"', ""),
    "不认识的命名空间": lambda base: base.raw.in_sheet(LIST, MAIN, _UNKNOWN),
    "前缀没有声明": lambda base: base.raw.cell(LIST, "D5", "<v>1</v>", 'x:note="1"'),
    "控制字符": lambda base: base.raw.cell(LIST, "B5", inline("甲\x01乙"), 't="inlineStr"'),
    "控制字符引用": lambda base: base.raw.cell(LIST, "B5", "<is><t>&#1;</t></is>", 't="inlineStr"'),
    "没有定义的实体": lambda base: base.raw.cell(LIST, "B5", "<is><t>&nbsp;</t></is>", 't="inlineStr"'),
    "属性写两遍": lambda base: base.raw.cell(LIST, "D5", "<v>1</v>", 't="n" t="s"'),
    "工作簿部件写坏": lambda base: base.raw.changed(BOOK, "</workbook>", ""),
    "关系部件写坏": lambda base: base.raw.changed(BOOK_LINKS, "</Relationships>", ""),
    "样式部件写坏": lambda base: base.raw.with_part("xl/styles.xml", "<styleSheet"),
    "不认识的单元格类型": lambda base: base.raw.cell(LIST, "D5", "<v>1</v>", 't="z"'),
}


def _swapped_rows(base: Base) -> Raw:
    text = _sheet(base)
    five, six = (re.search(rf'<row r="{number}".*?</row>', text) for number in (5, 6))
    assert five
    assert six
    return _written(base, text[: five.start()] + six[0] + five[0] + text[six.end() :])


_ADDRESSES: dict[str, Maker] = {
    "单元格没有地址": lambda base: _written(base, re.sub(r'(<c) r="\w+"', r"\1", _sheet(base, PRESET)), PRESET),
    "行没有行号": lambda base: _written(base, re.sub(r'(<row) r="\d+"', r"\1", _sheet(base)), LIST),
    "地址超过最后一列": lambda base: base.raw.in_sheet(LIST, 'r="M5"', 'r="XFE5"'),
    "地址超过最后一行": lambda base: base.raw.in_sheet(LIST, 'r="M5"', 'r="M1048577"'),
    "地址行号为零": lambda base: base.raw.in_sheet(LIST, 'r="M5"', 'r="M0"'),
    "地址是小写": lambda base: base.raw.in_sheet(LIST, 'r="D5"', 'r="d5"'),
    "地址带美元号": lambda base: base.raw.in_sheet(LIST, 'r="D5"', 'r="$D$5"'),
    "地址全角": lambda base: base.raw.in_sheet(LIST, 'r="D5"', 'r="Ｄ５"'),
    "行号过大": lambda base: base.raw.in_sheet(LIST, '<row r="6"', '<row r="4294967297"'),
    "行号为负": lambda base: base.raw.in_sheet(LIST, '<row r="6"', '<row r="-6"'),
    "行的次序颠倒": _swapped_rows,
    "同一格写两遍": lambda base: base.raw.in_sheet(LIST, '<c r="D5"', '<c r="D5"><v>77</v></c><c r="D5"'),
    "格不在自己的行里": lambda base: base.raw.typed(LIST, {"D6": None}).in_sheet(LIST, 'r="D5"', 'r="D6"'),
}


def _strict(base: Base) -> Raw:
    book = base.raw
    for name, data in base.raw.parts.items():
        if name.endswith((".xml", ".rels")):
            text = data.decode().replace(MAIN, _STRICT).replace(LINKS, _STRICT_LINKS)
            book = book.with_part(name, text)
    return book


def _prefixed(base: Base) -> Raw:
    text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", _sheet(base)).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
    return _written(base, text)


_ODD: dict[str, Maker] = {
    "范围说得太小": lambda base: _dimension(base, "A1:A1"),
    "范围说得太大": lambda base: _dimension(base, "A1:XFD1048576"),
    "范围写坏": lambda base: _dimension(base, "不知道"),
    "没有范围": lambda base: _written(base, re.sub(r"<dimension [^>]*/>", "", _sheet(base))),
    "行的跨度说谎": lambda base: base.raw.in_sheet(LIST, '<row r="5"', '<row r="5" spans="1:1"'),
    "严格格式": _strict,
    "带前缀的标记": _prefixed,
    "注释和处理指令夹在值里": lambda base: base.raw.cell(LIST, "D5", "<v>1<!-- 2 -->3<?x 4?>4</v>"),
    "字面数据段": lambda base: base.raw.cell(LIST, "B5", "<is><t><![CDATA[<&>]]></t></is>", 't="inlineStr"'),
    "值里有空白": lambda base: base.raw.cell(LIST, "D5", "<v>\n 12\t</v>"),
    "类型为数字的文字": lambda base: base.raw.cell(LIST, "D5", "<v>十二</v>", 't="n"'),
    "值和文字都有": lambda base: base.raw.cell(LIST, "B5", f"<v>9</v>{inline('甲')}", 't="inlineStr"'),
    "两个值": lambda base: base.raw.cell(LIST, "D5", "<v>1</v><v>2</v>"),
    "值里套标记": lambda base: base.raw.cell(LIST, "D5", "<v>1<x>2</x>3</v>"),
    "样式号不存在": lambda base: _style_of_number(base, "999999"),
    "样式号是文字": lambda base: _style_of_number(base, "甲"),
    "两段数据": lambda base: base.raw.in_sheet(
        LIST,
        "</sheetData>",
        '</sheetData><sheetData><row r="7"><c r="A7" t="inlineStr"><is><t>L3</t></is></c></row></sheetData>',
    ),
    "扩展里的公式": lambda base: base.raw.in_sheet(
        LIST,
        "</worksheet>",
        '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:sparklineGroups xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup>'
        "<x14:sparklines><x14:sparkline><xm:f>Sheet1!A1:A9</xm:f><xm:sqref>B1</xm:sqref></x14:sparkline>"
        "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>",
    ),
    "可替换内容": lambda base: base.raw.in_sheet(
        LIST,
        "<sheetData>",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="x"><v>9</v></mc:Choice><mc:Fallback/></mc:AlternateContent><sheetData>',
    ),
    "嵌套十万层": lambda base: base.raw.in_sheet(
        LIST, "</worksheet>", f"<extLst>{'<a>' * 100_000}{'</a>' * 100_000}</extLst></worksheet>"
    ),
    "超长的属性": lambda base: base.raw.in_sheet(LIST, "<worksheet ", f'<worksheet title="{"长" * 500_000}" '),
    "十万个命名空间": lambda base: base.raw.in_sheet(
        LIST, "<worksheet ", "<worksheet " + "".join(f'xmlns:n{n}="u{n}" ' for n in range(100_000))
    ),
}


def _dimension(base: Base, area: str) -> Raw:
    return _written(base, re.sub(r'<dimension ref="[^"]*"', f'<dimension ref="{area}"', _sheet(base)))


def _style_of_number(base: Base, style: str) -> Raw:
    return _written(base, re.sub(r'(<c r="D5") s="\d+"', rf'\1 s="{style}"', _sheet(base)))


def _shared(base: Base, items: str = "", cell: str = "0") -> Raw:
    """Return the workbook with shared strings, and 短文 of the first record taken from them."""
    items = items or "<si><t>甲乙</t></si>"
    book = base.raw.with_part(_STRINGS, f'<sst xmlns="{MAIN}" count="9" uniqueCount="1">{items}</sst>')
    book = book.linked(_STRINGS, "sharedStrings", "sharedStrings.xml")
    return book.cell(LIST, "B5", f"<v>{cell}</v>", 't="s"')


_SHARED: dict[str, Maker] = {
    "共享字符串": _shared,
    "富文本和拼音": lambda base: _shared(
        base, '<si><r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r><rPh sb="0" eb="1"><t>jiǎ</t></rPh></si>'
    ),
    "空的共享字符串": lambda base: _shared(base, "<si/>"),
    "共享字符串序号太大": lambda base: _shared(base, cell="7"),
    "共享字符串序号为负": lambda base: _shared(base, cell="-1"),
    "共享字符串序号是文字": lambda base: _shared(base, cell="甲"),
    "共享字符串写坏": lambda base: _shared(base, "<si><t>甲"),
    "没有共享字符串部件": lambda base: _shared(base).without(_STRINGS),
    "两个同样的共享字符串部件": lambda base: _shared(base).linked(_STRINGS, "sharedStrings", "sharedStrings.xml"),
}


_BOOKS: dict[str, Maker] = {
    "两张表指向同一部件": lambda base: base.raw.changed(
        BOOK_LINKS, "/xl/worksheets/sheet5.xml", "/xl/worksheets/sheet4.xml"
    ),
    "表的关系不存在": lambda base: base.raw.changed(BOOK_LINKS, 'Id="rId4"', 'Id="rId404"'),
    "关系编号重复": lambda base: base.raw.changed(BOOK_LINKS, 'Id="rId5"', 'Id="rId4"'),
    "表指向外面": lambda base: base.raw.changed(
        BOOK_LINKS, 'Target="/xl/worksheets/sheet4.xml"', 'Target="http://127.0.0.1:9/sheet4.xml" TargetMode="External"'
    ),
    "部件路径带上级目录": lambda base: base.raw.changed(
        BOOK_LINKS, 'Target="/xl/worksheets/sheet4.xml"', 'Target="../xl/./worksheets/x/../sheet4.xml"'
    ),
    "部件路径百分号转义": lambda base: base.raw.changed(
        BOOK_LINKS, "/xl/worksheets/sheet4.xml", "/xl/worksheets/%73heet4.xml"
    ),
    "部件路径反斜杠": lambda base: base.raw.changed(BOOK_LINKS, "/xl/worksheets/sheet4.xml", "worksheets\\sheet4.xml"),
    "部件路径大小写不同": lambda base: base.raw.changed(
        BOOK_LINKS, "/xl/worksheets/sheet4.xml", "/XL/Worksheets/Sheet4.XML"
    ),
    "两张表同名": lambda base: base.raw.with_part(
        BOOK, re.sub(r'name="[^"]*" sheetId="5"', 'name="01_一行一条" sheetId="5"', base.raw.text(BOOK))
    ),
    "没有表名": lambda base: base.raw.with_part(
        BOOK, re.sub(r'name="[^"]*" sheetId="4"', 'name="" sheetId="4"', base.raw.text(BOOK))
    ),
    "表的状态不认识": lambda base: base.raw.changed(BOOK, 'sheetId="4" state="visible"', 'sheetId="4" state="半隐"'),
    "定义名称的表号太大": lambda base: base.raw.changed(
        BOOK, "<definedNames>", '<definedNames><definedName name="甲" localSheetId="99">1</definedName>'
    ),
    "工作簿里没有表": lambda base: base.raw.with_part(BOOK, re.sub(r"<sheet .*?/>", "", base.raw.text(BOOK))),
    "主部件是文档": lambda base: base.raw.with_part(
        BOOK, '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    ),
    "内容类型写坏": lambda base: base.raw.with_part(TYPES, "不是标记"),
    "封面是图表页": lambda base: _other_kind(base, "chartsheet"),
    "封面是对话框页": lambda base: _other_kind(base, "dialogsheet"),
}


def _other_kind(base: Base, kind: str) -> Raw:
    """Return the workbook whose cover is a sheet of another kind."""
    part = base.raw.sheets[COVER]
    links = base.raw.text(BOOK_LINKS)
    link = re.search(rf'<Relationship [^>]*Target="/{part}"[^>]*>', links)
    assert link
    changed = links.replace(link[0], link[0].replace('/worksheet"', f'/{kind}"'))
    return base.raw.with_part(BOOK_LINKS, changed).with_part(part, f'<{kind} xmlns="{MAIN}"/>')
