"""What is no .xlsx whatever it is called: older and other formats of tables, and things that are no tables."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from unittest import mock

import msoffcrypto
import olefile

from corpus.case import Base, Case, Maker, cases_of
from corpus.raw import Raw, packed
from corpus.writers import compound, old_workbook, opendocument, tables_of
from excel.binary import poison, xlsb_of
from excel.blanks import LIST
from pbreports.excel.reader import read_workbook
from pbreports.excel.reader.values import Cell, Kind, Sheet, Workbook

FAMILY = "格式"
_TABLE = "学校,党员总数\r\n第一图书馆,31\r\n柳堤阅读站,7\r\n"
_HTML = (
    "<html><head><meta charset='{}'></head><body><table><tr><td>第一图书馆</td><td>31</td></tr></table></body></html>"
)
_XML_TABLE = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook '
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table/></Worksheet></Workbook>'
)
_TO_DOCUMENT = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    b'Target="word/document.xml"/></Relationships>'
)
_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    yield from cases_of(FAMILY, base, _READ | _OLD | _OPEN)
    yield from cases_of(FAMILY, base, _TEXTS | _OTHERS, extension=".xls")


def _book(base: Base, title: str = "", cells: dict[tuple[int, int], Cell] | None = None) -> Workbook:
    """Return the workbook as read, some cells of a sheet replaced."""
    book = read_workbook(base.workbook)
    sheets = (
        Sheet(one.title, one.state, {**one.cells, **(cells or {})} if one.title == title else one.cells)
        for one in book.sheets
    )
    return Workbook(book.file, tuple(sheets))


def _binary(book: Workbook) -> bytes:
    return Raw.of(xlsb_of(book)).packed()


def _text(value: str) -> Cell:
    return Cell(value, Kind.TEXT, value)


def _locked(data: bytes, password: str) -> bytes:
    """Return a workbook locked with a password as Excel locks it, its salt and its time always the same."""
    stream = io.BytesIO()
    with mock.patch("secrets.token_bytes", bytes):
        msoffcrypto.OfficeFile(io.BytesIO(data)).encrypt(password, stream)
    with olefile.OleFileIO(stream) as made:
        about, package = (made.openstream(name).read() for name in ("EncryptionInfo", "EncryptedPackage"))
    return compound({"EncryptionInfo": about.ljust(4096), "EncryptedPackage": package})


_READ: dict[str, Maker] = {
    "旧工作簿": lambda base: compound({"Workbook": old_workbook(_book(base))}),
    "旧工作簿没有外壳": lambda base: old_workbook(_book(base)),
    "旧工作簿里有全角数字": lambda base: compound(
        {"Workbook": old_workbook(_book(base, LIST, {(5, 4): _text("１２")})), "其他": b"1"}
    ),
    "默认密码锁着": lambda base: _locked(base.workbook, "VelvetSweatshop"),
    "二进制工作簿": lambda base: _binary(_book(base)),
    "二进制工作簿里有文本日期": lambda base: _binary(_book(base, LIST, {(5, 8): _text("2031.9.1")})),
    "开放文档": lambda base: opendocument(tables_of(_book(base))),
    "开放文档里有错字": lambda base: opendocument(tables_of(_book(base, LIST, {(5, 10): _text("优良")}))),
}

_OLD: dict[str, Maker] = {
    "旧工作簿截断": lambda base: compound({"Workbook": old_workbook(_book(base))})[:3000],
    "旧工作簿内容全零": lambda base: compound({"Workbook": bytes(5000)}),
    "旧工作簿带宏": lambda base: compound({"Workbook": old_workbook(_book(base)), "_VBA_PROJECT_CUR": b"1"}),
    "旧工作簿链表成环": lambda base: _looped(compound({"Workbook": old_workbook(_book(base))})),
    "旧工作簿表名对不上": lambda base: old_workbook(_book(base))[:600],
    "二进制工作簿只有两角": lambda base: Raw.of(poison()).packed(),
    "二进制工作簿截断": lambda base: _binary(_book(base))[:-200],
    "开放文档内容写坏": lambda base: opendocument("<table:table>"),
    "开放文档没有内容": lambda base: packed([("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
    "开放文字文档": lambda base: packed(
        [("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")]
    ),
    "开放文档重复行列炸弹": lambda base: opendocument(_repeated(1_048_576, 16_384)),
    "设了密码": lambda base: compound({"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": bytes(9000)}),
    "有密码锁着": lambda base: _locked(base.workbook, "另有密码"),
    "权限管理": lambda base: compound({"EncryptedPackage": bytes(5000), "\x06DataSpaces": b"1"}),
    "旧文档": lambda base: compound({"WordDocument": bytes(5000), "1Table": bytes(5000)}),
    "旧演示": lambda base: compound({"PowerPoint Document": bytes(5000)}),
    "邮件": lambda base: compound({"__properties_version1.0": bytes(5000)}),
    "缩略图库": lambda base: compound({"Catalog": bytes(5000)}),
    "空的复合文件": lambda base: compound({}),
    "很早的工作簿": lambda base: b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\x0a\x00\x00\x00",
    "新文档": lambda base: (
        base.raw.with_part("_rels/.rels", base.raw.text("_rels/.rels").replace("xl/workbook.xml", "word/document.xml"))
        .renamed("xl/workbook.xml", "word/document.xml")
        .without("xl/_rels/workbook.xml.rels")
    ),
}


def _looped(data: bytes) -> bytes:
    """Return a compound file whose table of sectors leads in a circle."""
    changed = bytearray(data)
    changed[512 + 8 * 4 : 512 + 9 * 4] = (5).to_bytes(4, "little")
    return bytes(changed)


def _repeated(rows: int, columns: int) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="float" office:value="1"/>'
    return f'<table:table table:name="甲"><table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row></table:table>'


_OPEN: dict[str, Maker] = {
    "苹果表格": lambda base: packed(
        [("Index/Document.iwa", b"1"), ("Metadata/Properties.plist", b"1"), ("preview.jpg", b"\xff\xd8\xff")]
    ),
    "电子书": lambda base: packed([("mimetype", b"application/epub+zip"), ("OEBPS/a.xhtml", b"<html/>")]),
    "安卓程序": lambda base: packed([("AndroidManifest.xml", b"\x03\x00"), ("classes.dex", b"dex\n035")]),
    "文档改名": lambda base: packed(
        [
            ("[Content_Types].xml", b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
            (
                "_rels/.rels",
                _TO_DOCUMENT,
            ),
            (
                "word/document.xml",
                b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
            ),
        ]
    ),
}

_TEXTS: dict[str, Maker] = {
    "逗号文本": lambda base: _TABLE.encode(),
    "逗号文本带字节序标记": lambda base: b"\xef\xbb\xbf" + _TABLE.encode(),
    "逗号文本国标编码": lambda base: (_TABLE * 50).encode("gb18030"),
    "制表符文本": lambda base: _TABLE.replace(",", "\t").encode("utf-16"),
    "网页": lambda base: _HTML.format("utf-8").encode(),
    "网页国标编码": lambda base: _HTML.format("gb2312").encode("gbk"),
    "网页前面有空行": lambda base: b"\r\n\r\n   <TABLE><tr><td>1</td></tr></TABLE>",
    "单个文件网页": lambda base: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x",
    "另一种单个文件网页": lambda base: b"From: <Saved by Blink>\r\nSubject: x\r\n\r\n",
    "XML表格": lambda base: _XML_TABLE.encode(),
    "XML表格国标编码": lambda base: _XML_TABLE.replace("?>", ' encoding="GB2312"?>', 1).encode("gbk"),
    "别的XML": lambda base: b'<?xml version="1.0"?><fp:UOF xmlns:fp="http://schemas.uof.org/cn/2003/uof"/>',
    "符号链接格式": lambda base: b'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"a"\r\nE\r\n',
    "富文本": lambda base: b"{\\rtf1\\ansi\\ansicpg936 x}",
    "网址快捷方式": lambda base: b"[InternetShortcut]\r\nURL=https://docs.qq.com/sheet/x\r\n",
    "在线文档的链接": lambda base: b'{"link":"https://www.kdocs.cn/l/abc","name":"a.xlsx"}',
    "只有一个网址": lambda base: b"https://docs.qq.com/sheet/DUm",
    "桌面快捷方式": lambda base: b"\x4c\x00\x00\x00\x01\x14\x02\x00" + bytes(80),
    "下载出错的说明": lambda base: b'{"errcode":40001,"errmsg":"invalid credential"}',
    "不可读的文字": lambda base: bytes(range(128, 256)) * 20,
}

_OTHERS: dict[str, Maker] = {
    "便携文档": lambda base: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\n%%EOF",
    "照片": lambda base: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(200) + b"\xff\xd9",
    "截图": lambda base: _PNG,
    "手机照片": lambda base: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100),
    "动图": lambda base: b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
    "可执行文件": lambda base: b"MZ\x90\x00\x03" + bytes(200),
    "数据库": lambda base: b"SQLite format 3\x00" + bytes(200),
    "录音": lambda base: b"ID3\x03\x00\x00\x00" + bytes(200),
    "随机字节": lambda base: bytes((n * 7919 + 13) % 251 for n in range(4000)),
}
