"""Tests of opening packages that are something else, damaged or hostile."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from pbreports.errors import WorkbookError
from pbreports.ooxml.limits import LIMITS, Limits
from pbreports.ooxml.markup import parse_xml
from pbreports.ooxml.package import Flag, open_package, relationships_of, resolve
from pbreports.ooxml.sniff import DOCUMENT

TYPES = ("[Content_Types].xml", b"<Types/>")
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def entry(name: str) -> bytes:
    """Return what a compound file's directory holds for a stream of that name ([MS-CFB] 2.6.1)."""
    text = name.encode("utf-16-le")
    return text.ljust(64, b"\x00") + (len(text) + 2).to_bytes(2, "little") + bytes(62)


def archive(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as written:
        for name, data in parts:
            written.writestr(name, data)
    return stream.getvalue()


def locked(data: bytes) -> bytes:
    """Return the archive with the mark of encryption set on every entry of its directory."""
    changed = bytearray(data)
    start = 0
    while (start := changed.find(b"PK\x01\x02", start)) >= 0:
        changed[start + 8] |= 1
        start += 4
    return bytes(changed)


def bad_checksum() -> bytes:
    """Return an archive whose stored part was altered."""
    return archive(TYPES, ("a.xml", b"abcdef"), method=zipfile.ZIP_STORED).replace(b"abcdef", b"abcdeX")


def open_files() -> int:
    """Return how many files this process holds open, 0 where the system does not say."""
    folder = Path("/proc/self/fd")
    return sum(1 for _ in folder.iterdir()) if folder.exists() else 0


SOUND = archive(TYPES, ("xl/workbook.xml", b"<workbook/>"))


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (b"", "F-01", "空"),
        (bytes(100), "F-01", "空"),
        (OLE2, "F-02", "旧版格式"),
        (OLE2 + entry("Workbook"), "F-02", "旧版格式"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "F-02", "旧版格式"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "F-02", "旧版格式"),
        (OLE2 + entry("EncryptedPackage"), "F-03", "密码"),
        (OLE2 + entry("WordDocument"), "F-08", "Word 文档"),
        (OLE2 + entry("PowerPoint Document"), "F-08", "演示文稿"),
        (b"\xef\xbb\xbf  <HTML><table><tr>", "F-04", "网页"),
        (b"<?xml version='1.0'?><Workbook/>", "F-04", "网页"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", "F-04", "mht"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>', "F-04", "XML 表格"),
        ("学校,党员总数\n东门大街小学,31\n".encode("gb18030") * 300, "F-05", "文本"),
        ("学校\t党员总数\n东门大街小学\t31\n".encode() * 300, "F-05", "文本"),
        ("学校\t31".encode("utf-16"), "F-05", "文本"),
        (b"Rar!\x1a\x07\x01\x00rest", "F-06", "RAR 压缩包"),
        (b"7z\xbc\xaf\x27\x1crest", "F-06", "7z 压缩包"),
        (b"\x1f\x8b\x08rest", "F-06", "压缩包"),
        (archive(("东门大街小学.xlsx", b"")), "F-08", "压缩包"),
        (SOUND[: len(SOUND) // 2], "F-07", "损坏"),
        (b"PK\x05\x06" + bytes(18), "F-06", "空的压缩包"),
        (b"PK\x07\x08" + bytes(18), "F-07", "损坏"),
        (b"%PDF-1.7\n", "F-08", "PDF"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "F-08", "图片"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "F-08", "图片"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "F-08", "图片"),
        (b"BM\x0e\x00\x00\x00" + bytes(8), "F-08", "图片"),
        (b"{\\rtf1\\ansi", "F-08", "RTF"),
        (b"[InternetShortcut]\r\nURL=https://www.kdocs.cn/l/abc\r\n", "F-08", "快捷方式"),
        (b'{"name":"2020.xlsx","link":"https://www.kdocs.cn/l/abc"}', "F-08", "在线文档"),
        (b"\x4c\x00\x00\x00\x01\x14\x02\x00" + bytes(80), "F-08", "快捷方式"),
        (bytes(range(256)) * 4, "F-08", "不是工作簿"),
        (archive(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")), "F-08", "OpenDocument"),
        (locked(SOUND), "F-09", "密码"),
        (archive(TYPES, ("A.xml", b""), ("a.XML", b"")), "F-11", "重复"),
        (archive(TYPES, ("a.xml", b""), method=zipfile.ZIP_LZMA), "F-07", "损坏"),
    ],
)
def test_what_is_no_workbook_is_named(data: bytes, code: str, said: str) -> None:
    """Each kind of foreign or broken file has its own code and a sentence with a remedy."""
    with pytest.raises(WorkbookError, match=said) as caught:
        open_package(data, name="东门大街小学.xlsx")
    assert caught.value.code == code
    assert caught.value.remedy
    assert str(caught.value).startswith("东门大街小学.xlsx：")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (archive(("东门大街小学.xlsx", SOUND)), "这是压缩包，不是工作簿，请解压后直接报送里面的文件"),
        (b"Rar!\x1a\x07\x01\x00rest", "这是 RAR 压缩包，不是工作簿，请解压后直接报送里面的文件"),
        (
            archive(("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")),
            "这是 OpenDocument 格式（.ods、.odt 等），请用 WPS 表格或 Excel 打开后另存为 .xlsx 再报送",
        ),
        ("学校\t31\n".encode() * 9, "这是文本文件，不是工作簿，请用 WPS 表格或 Excel 打开后另存为 .xlsx 再报送"),
    ],
)
def test_the_remedy_fits_what_the_file_is(data: bytes, sentence: str) -> None:
    """An archive is to be unpacked, whatever packed it; only what a spreadsheet program opens is to be saved again."""
    with pytest.raises(WorkbookError) as caught:
        open_package(data, name="报送")
    assert f"{caught.value.what}，{caught.value.remedy}" == sentence


def test_the_sentence_speaks_of_documents_for_documents() -> None:
    """A paper that was saved in the old format is to be saved as .docx, not as .xlsx."""
    with pytest.raises(WorkbookError, match=r"\.doc、.*Word.*\.docx"):
        open_package(OLE2, name="总结.doc", family=DOCUMENT)


@pytest.mark.parametrize(
    "limits",
    [
        Limits(file_size=100),
        Limits(unpacked_size=90_000),
        Limits(ratio=20, ratio_from=50_000),
        Limits(parts=1),
    ],
)
def test_each_limit_refuses_alone(limits: Limits) -> None:
    """Size, unpacked size, ratio and number of parts are each a bound of their own."""
    data = archive(TYPES, ("xl/a.xml", bytes(100_000)))
    assert open_package(data, LIMITS).read("xl/a.xml") == bytes(100_000)
    with pytest.raises(WorkbookError) as caught:
        open_package(data, limits)
    assert caught.value.code == "F-10"


def test_small_parts_may_compress_extremely_well() -> None:
    """The ratio is judged only above its threshold: a few empty formatted rows are no attack."""
    data = archive(TYPES, ("xl/a.xml", bytes(100_000)))
    open_package(data, Limits(ratio=20, ratio_from=200_000))


def test_a_forged_size_is_damage() -> None:
    """A part that declares fewer bytes than it unpacks to is not unpacked beyond them."""
    data = bytearray(archive(TYPES, ("xl/a.xml", bytes(100_000))))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(WorkbookError) as caught:
        open_package(bytes(data)).read("xl/a.xml")
    assert caught.value.code == "F-07"


def test_a_wrong_checksum_is_damage() -> None:
    """A part whose bytes changed under way names itself."""
    with pytest.raises(WorkbookError, match=r"a\.xml") as caught:
        open_package(bad_checksum()).read("a.xml")
    assert caught.value.code == "F-07"


def test_part_names_ignore_case_and_slashes() -> None:
    """Parts are found whatever case and slashes the writing program used."""
    package = open_package(archive(TYPES, ("XL\\Workbook.xml", b"x")))
    assert "/xl/workbook.xml" in package
    assert package.read("xl/workbook.XML") == b"x"
    with pytest.raises(WorkbookError) as caught:
        package.read("xl/styles.xml")
    assert caught.value.code == "F-12"


@pytest.mark.parametrize(
    ("part", "flag"),
    [
        ("xl/vbaProject.bin", Flag.MACROS),
        ("xl/macrosheets/sheet1.xml", Flag.MACRO_SHEETS),
        ("xl/externalLinks/externalLink1.xml", Flag.EXTERNAL_LINKS),
        ("xl/embeddings/oleObject1.bin", Flag.EMBEDDINGS),
        ("xl/activeX/activeX1.xml", Flag.ACTIVE_X),
        ("xl/ctrlProps/ctrlProp1.xml", Flag.ACTIVE_X),
        ("xl/connections.xml", Flag.CONNECTIONS),
        ("xl/queryTables/queryTable1.xml", Flag.CONNECTIONS),
        ("xl/JDEData.bin", Flag.MACROS),
        ("customUI/customUI14.xml", Flag.RIBBON),
        ("xl/webextensions/taskpanes.xml", Flag.ADD_INS),
    ],
)
def test_what_a_package_carries_is_told_from_its_names(part: str, flag: Flag) -> None:
    """Each kind of active or foreign content sets exactly its own flag."""
    assert open_package(archive(TYPES, (part, b""))).flags == {flag}


def test_a_plain_package_carries_nothing() -> None:
    """Worksheets, styles, strings, and data of the program's own kept as XML set no flag."""
    assert open_package(archive(TYPES, ("customXml/item1.xml", b"<a/>"))).flags == frozenset()


def test_files_that_cannot_be_opened(tmp_path: Path, monkeypatch) -> None:
    """A missing file, a folder and a file without permission are sentences."""
    with pytest.raises(WorkbookError, match="不存在") as caught:
        open_package(tmp_path / "无.xlsx")
    assert caught.value.code == "F-16"
    with pytest.raises(WorkbookError):
        open_package(tmp_path)

    def refuse(*_args: object, **_options: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(WorkbookError, match="关闭"):
        open_package(tmp_path / "开.xlsx")


def test_a_read_file_is_not_held_open(tmp_path: Path) -> None:
    """The file can be renamed while its package is in use, as Windows demands of closed files only."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(SOUND)
    before = open_files()
    package = open_package(path)
    assert open_files() == before
    path.unlink()
    assert package.file == "a.xlsx"
    assert package.read("xl/workbook.xml") == b"<workbook/>"


@pytest.mark.parametrize(
    ("base", "target", "part"),
    [
        ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
        ("", "xl/workbook.xml", "xl/workbook.xml"),
        ("xl/workbook.xml", "worksheets\\%E8%A1%A8.xml", "xl/worksheets/表.xml"),
        ("", "../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_targets_of_relationships(base: str, target: str, part: str) -> None:
    """Absolute and relative targets, foreign slashes and escapes name the same part."""
    assert resolve(base, target) == part


def test_names_of_relationship_parts() -> None:
    """A part's relationships stand beside it, the package's at the top."""
    assert relationships_of("xl/workbook.xml") == "xl/_rels/workbook.xml.rels"
    assert relationships_of("") == "_rels/.rels"


def test_document_types_are_refused_in_trees() -> None:
    """A declaration that could define entities stops the parse; broken XML too."""
    for data, code in ((b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "F-13"), (b"<a>", "F-14")):
        with pytest.raises(WorkbookError) as caught:
            parse_xml(data, "a.xml")
        assert caught.value.code == code
