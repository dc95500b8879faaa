"""Faults of the package: torn, forged, doubled, locked, its parts missing or oddly named."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator

from corpus.case import Base, Case, Maker, cases_of
from corpus.raw import BOOK, BOOK_LINKS, STYLES, TYPES, Raw, packed
from excel.blanks import LIST

FAMILY = "包"
_LOCAL, _CENTRAL, _LAST = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_SHEET = "xl/worksheets/sheet4.xml"


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    yield from cases_of(FAMILY, base, _NOTHING | _TORN | _FORGED | _NAMES | _LACKING | _FULL)


_NOTHING: dict[str, Maker] = {
    "空文件": lambda base: b"",
    "全是零字节": lambda base: bytes(4096),
    "只有空白": lambda base: b" \r\n\t" * 100,
    "只有包头": lambda base: _LOCAL,
    "空的包": lambda base: packed([]),
    "只有零字节的包": lambda base: _LOCAL + bytes(400),
}

_TORN: dict[str, Maker] = {
    "截去一半": lambda base: _base(base)[: len(_base(base)) // 2],
    "截去最后一字节": lambda base: _base(base)[:-1],
    "没有目录": lambda base: _base(base)[: _base(base).index(_CENTRAL)],
    "目录指向错处": lambda base: _shifted_directory(_base(base)),
    "前面多出字节": lambda base: b"HTTP/1.1 200 OK\r\n\r\n" + _base(base),
    "后面多出字节": lambda base: _base(base) + b"\x00" * 300,
    "后面接着网页": lambda base: _base(base) + b"<html></html>",
    "两个包接在一起": lambda base: _base(base) + _base(base),
    "换行被改": lambda base: _base(base).replace(b"\n", b"\r\n"),
    "当文本传过": lambda base: _base(base).decode("utf-8", "replace").encode(),
    "部件内容改了一位": lambda base: _flipped(_base(base)),
}


def _base(base: Base) -> bytes:
    return base.raw.packed()


def _shifted_directory(data: bytes) -> bytes:
    last = data.rindex(_LAST)
    return data[: last + 16] + struct.pack("<I", 7) + data[last + 20 :]


def _flipped(data: bytes) -> bytes:
    """Return the package with one bit of the compressed sheet turned."""
    place = data.index(_SHEET.encode()) + len(_SHEET) + 2000
    return data[:place] + bytes([data[place] ^ 8]) + data[place + 1 :]


Change = Callable[[bytearray, int], None]


def forged(data: bytes, part: str, change: Change) -> bytes:
    """Return the package with a part's entry in the directory changed."""
    changed = bytearray(data)
    name = part.encode()
    start = -1
    while (start := changed.find(_CENTRAL, start + 1)) >= 0:
        length = int.from_bytes(changed[start + 28 : start + 30], "little")
        if changed[start + 46 : start + 46 + length] == name:
            change(changed, start)
            return bytes(changed)
    raise AssertionError(part)


def set_bytes(at: int, size: int, number: int) -> Change:
    """Return the change of an entry that sets some of its bytes to a number."""

    def change(data: bytearray, start: int) -> None:
        data[start + at : start + at + size] = number.to_bytes(size, "little")

    return change


_FORGED: dict[str, Maker] = {
    "校验和不对": lambda base: forged(_base(base), _SHEET, set_bytes(16, 4, 1)),
    "大小报小": lambda base: forged(_base(base), _SHEET, set_bytes(24, 4, 100)),
    "大小报大": lambda base: forged(_base(base), _SHEET, set_bytes(24, 4, 300 * 1024 * 1024)),
    "压缩后大小报大": lambda base: forged(_base(base), _SHEET, set_bytes(20, 4, 2**31)),
    "部件位置伪造": lambda base: forged(_base(base), _SHEET, set_bytes(42, 4, 0)),
    "加密标志": lambda base: forged(_base(base), _SHEET, set_bytes(8, 2, 1)),
    "压缩方法不认识": lambda base: forged(_base(base), _SHEET, set_bytes(10, 2, 77)),
    "压缩方法LZMA": lambda base: _packed_as(base.raw, zipfile.ZIP_LZMA),
    "压缩方法BZIP2": lambda base: _packed_as(base.raw, zipfile.ZIP_BZIP2),
    "没有压缩": lambda base: base.raw.packed(zipfile.ZIP_STORED),
    "大文件格式": lambda base: _zip64(base.raw),
    "包注释": lambda base: _commented(base.raw),
    "时间是1980年以前": lambda base: forged(_base(base), _SHEET, set_bytes(12, 4, 0)),
    "压缩比炸弹": lambda base: base.raw.with_part(_SHEET, base.raw.text(_SHEET) + " " * (60 * 1024 * 1024)),
    "两处部件重叠": lambda base: _overlapped(_base(base)),
}


def _packed_as(raw: Raw, method: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in raw.parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def _zip64(raw: Raw) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in raw.parts.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as part:
                part.write(data)
    return stream.getvalue()


def _commented(raw: Raw) -> bytes:
    stream = io.BytesIO(raw.packed())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"PK\x05\x06" + bytes(60_000)
    return stream.getvalue()


def _overlapped(data: bytes) -> bytes:
    """Return the package in which another part's entry leads to the sheet's bytes."""
    place = data.index(_SHEET.encode()) - 30
    return forged(data, "xl/worksheets/sheet5.xml", set_bytes(42, 4, place))


def _more(raw: Raw, *parts: tuple[str, bytes]) -> bytes:
    return packed([*raw.parts.items(), *parts])


def _renamed_parts(raw: Raw, rename: Callable[[str], str]) -> bytes:
    return packed([(rename(name), data) for name, data in raw.parts.items()])


_NAMES: dict[str, Maker] = {
    "部件重名": lambda base: _more(base.raw, (_SHEET, b"<worksheet/>")),
    "部件只差大小写": lambda base: _more(base.raw, (_SHEET.upper(), b"<worksheet/>")),
    "部件名反斜杠": lambda base: _renamed_parts(base.raw, lambda name: name.replace("/", "\\")),
    "部件名斜杠开头": lambda base: _renamed_parts(base.raw, lambda name: f"/{name}"),
    "部件名大写": lambda base: _renamed_parts(base.raw, str.upper),
    "部件名带上级目录": lambda base: _more(base.raw, ("../../../evil.txt", b"1")),
    "部件名是绝对路径": lambda base: _more(base.raw, ("C:\\Windows\\evil.dll", b"1"), ("/etc/evil", b"1")),
    "部件名是空的": lambda base: _more(base.raw, ("", b"1")),
    "部件名有零字节": lambda base: _more(base.raw, ("xl/a\x00b.xml", b"1")),
    "部件名是GBK": lambda base: _more(base.raw, ("GBKNAME.xml", b"1")).replace(
        b"GBKNAME", "附件".encode("gbk") + b"xyz"
    ),
    "套在一层文件夹里": lambda base: _renamed_parts(base.raw, lambda name: f"一馆/{name}"),
    "夹着文件夹": lambda base: _more(base.raw, ("xl/media/", b""), ("customXml/", b"")),
}

_LACKING: dict[str, Maker] = {
    "缺内容类型": lambda base: base.raw.without(TYPES),
    "缺总关系": lambda base: base.raw.without("_rels/.rels"),
    "缺工作簿关系": lambda base: base.raw.without(BOOK_LINKS),
    "缺工作簿部件": lambda base: base.raw.without(BOOK),
    "缺一张表的部件": lambda base: base.raw.without(_SHEET),
    "缺样式": lambda base: base.raw.without(STYLES),
    "缺样式和关系": lambda base: _unstyled(base.raw),
    "缺主题": lambda base: base.raw.without("xl/theme/theme1.xml"),
    "缺文档属性": lambda base: base.raw.without("docProps/app.xml", "docProps/core.xml"),
    "缺批注": lambda base: base.raw.without(*(name for name in base.raw.parts if "omments" in name)),
    "只剩内容类型": lambda base: packed([(TYPES, base.raw.parts[TYPES])]),
}


def _unstyled(raw: Raw) -> Raw:
    links = re.sub(r'<Relationship [^>]*/styles"[^>]*>', "", raw.text(BOOK_LINKS))
    return raw.without(STYLES).with_part(BOOK_LINKS, links)


_FULL: dict[str, Maker] = {
    "部件太多": lambda base: _more(base.raw, *((f"xl/media/{n}.png", b"") for n in range(2000))),
    "部件套着工作簿": lambda base: _more(base.raw, ("xl/里面.xlsx", base.other)),
    "多出别的数据": lambda base: _more(base.raw, ("xl/media/image1.png", bytes(500_000))),
    "单元格超过二十万": lambda base: base.raw.in_sheet(LIST, "</sheetData>", _rows(20, 10_020, 20) + "</sheetData>"),
    "只有对角两格": lambda base: base.raw.in_sheet(
        LIST, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    ),
    "一行一万六千列": lambda base: base.raw.in_sheet(LIST, "</sheetData>", _rows(20, 21, 16_384) + "</sheetData>"),
    "二万列": lambda base: base.raw.in_sheet(
        LIST, "</sheetData>", f'<row r="20">{"<c><v>1</v></c>" * 20_000}</row></sheetData>'
    ),
    "样式六万四千种": lambda base: base.raw.changed(
        STYLES, "</cellXfs>", '<xf numFmtId="14"/>' * 64_000 + "</cellXfs>"
    ),
    "数字格式一万种": lambda base: base.raw.changed(
        STYLES,
        "</numFmts>",
        "".join(f'<numFmt numFmtId="{n}" formatCode="0.{n}"/>' for n in range(400, 10_400)) + "</numFmts>",
    ),
    "定义名称两万个": lambda base: base.raw.changed(
        BOOK,
        "</definedNames>",
        "".join(f'<definedName name="n{n}">1</definedName>' for n in range(20_000)) + "</definedNames>",
    ),
    "下拉五万处": lambda base: base.raw.in_sheet(
        LIST, "<dataValidation ", '<dataValidation sqref="Z1"/>' * 50_000 + "<dataValidation "
    ),
    "条件格式一万处": lambda base: base.raw.in_sheet(
        LIST, "<conditionalFormatting", '<conditionalFormatting sqref="Z1"/>' * 10_000 + "<conditionalFormatting"
    ),
    "工作表九百张": lambda base: _many_sheets(base.raw),
    "文字里一千万字": lambda base: base.raw.cell(LIST, "C5", f"<is><t>{'字' * 10_000_000}</t></is>", 't="inlineStr"'),
}


def _rows(first: int, end: int, columns: int) -> str:
    line = "<c><v>1</v></c>" * columns
    return "".join(f'<row r="{row}">{line}</row>' for row in range(first, end))


def _many_sheets(raw: Raw) -> Raw:
    page = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    links, listed, parts = [], [], dict(raw.parts)
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for number in range(900):
        parts[f"xl/worksheets/more{number}.xml"] = page.encode()
        links.append(
            f'<Relationship Id="m{number}" Type="{space}/worksheet" Target="/xl/worksheets/more{number}.xml"/>'
        )
        listed.append(f'<sheet xmlns:r="{space}" name="多{number}" sheetId="{number + 100}" r:id="m{number}"/>')
    book = Raw(parts).changed(BOOK_LINKS, "</Relationships>", "".join(links) + "</Relationships>")
    return book.changed(BOOK, "</sheets>", "".join(listed) + "</sheets>")
