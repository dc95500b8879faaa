"""What a file is by its bytes, whatever its name says, and the sentence for what it should not be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from pbreports.errors import WorkbookError

ZIP = b"PK\x03\x04"
UNPACK = "请解压后直接报送里面的文件"

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHELL_LINK = b"\x4c\x00\x00\x00\x01\x14\x02\x00"
_EMPTY_ZIP = b"PK\x05\x06"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TEXT_ENCODINGS = ("utf-8", "gb18030")
_LINK_SIZE = 64 * 1024
_ONLINE = re.compile(rb"(?i)https?://[^\s\"'<>]*(kdocs\.cn|wps\.cn|docs\.qq\.com|feishu\.cn|dingtalk\.com|shimo\.im)")


class Form(Enum):
    """What a file is by its contents."""

    ZIP = auto()
    OLD_WORKBOOK = auto()
    OLD_DOCUMENT = auto()
    OLD_SLIDES = auto()
    OLD_OTHER = auto()
    LOCKED = auto()
    EMPTY = auto()
    WEB_PAGE = auto()
    WEB_ARCHIVE = auto()
    XML_TABLE = auto()
    TEXT = auto()
    RICH_TEXT = auto()
    RAR = auto()
    SEVEN_ZIP = auto()
    PACKED = auto()
    EMPTY_ZIP = auto()
    TORN_ZIP = auto()
    PDF = auto()
    PICTURE = auto()
    LINK = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Family:
    """What kind of office file is expected, in the words for staff; ``old`` is its old binary form."""

    noun: str
    extension: str
    old_extension: str
    program: str
    old: Form

    @property
    def save_again(self) -> str:
        """Return the remedy that asks for a copy in the expected format."""
        return f"请用{self.program}打开后另存为 {self.extension} 再报送"


WORKBOOK = Family("工作簿", ".xlsx", ".xls", " WPS 表格或 Excel ", Form.OLD_WORKBOOK)
DOCUMENT = Family("文档", ".docx", ".doc", " WPS 文字或 Word ", Form.OLD_DOCUMENT)


def require_zip(name: str, data: bytes, family: Family = WORKBOOK) -> None:
    """Return nothing when the bytes begin like a ZIP archive, which every modern office file is.

    Raises:
        WorkbookError: F-01 empty, F-02 old binary format, F-03 encrypted, F-04 web page, F-05 plain text,
            F-06 another archive, F-07 a ZIP archive without contents, F-08 anything else.
    """
    form = form_of(data)
    if form is not Form.ZIP:
        code, what, remedy = _verdict(form, family)
        raise WorkbookError(name, what, remedy, code=code)


def form_of(data: bytes) -> Form:
    """Return what the bytes are."""
    if not data.strip(b"\x00 \t\r\n"):
        return Form.EMPTY
    if data.startswith(_OLE2):
        return _form_of_compound(data)
    signed = next((form for sign, form in _SIGNS if data.startswith(sign)), None)
    return signed or _form_of_media(data) or _form_of_text(data)


_SIGNS = (
    (ZIP, Form.ZIP),
    (_EMPTY_ZIP, Form.EMPTY_ZIP),
    (b"PK", Form.TORN_ZIP),
    (b"Rar!\x1a\x07", Form.RAR),
    (b"7z\xbc\xaf\x27\x1c", Form.SEVEN_ZIP),
    (b"\x1f\x8b", Form.PACKED),
    (b"BZh", Form.PACKED),
    (b"\xfd7zXZ\x00", Form.PACKED),
    (b"%PDF-", Form.PDF),
    (b"\x89PNG", Form.PICTURE),
    (b"\xff\xd8\xff", Form.PICTURE),
    (b"GIF8", Form.PICTURE),
    (b"II*\x00", Form.PICTURE),
    (b"MM\x00*", Form.PICTURE),
    (_SHELL_LINK, Form.LINK),
    # Excel 2 to 4 wrote its records (BOF: [MS-XLS] 2.4.21 and its forerunners) without a compound file around them.
    (b"\x09\x00\x04\x00", Form.OLD_WORKBOOK),
    (b"\x09\x02\x06\x00", Form.OLD_WORKBOOK),
    (b"\x09\x04\x06\x00", Form.OLD_WORKBOOK),
    (b"\x09\x08", Form.OLD_WORKBOOK),
)


def _form_of_media(data: bytes) -> Form | None:
    """Return the pictures that do not tell in their first bytes."""
    is_bitmap = data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data)
    is_webp = data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    is_heif = data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif")
    return Form.PICTURE if is_bitmap or is_webp or is_heif else None


# ---------------------------------------------------------------- compound files ([MS-CFB] 2.6.1)


_STREAMS = (
    ("EncryptedPackage", Form.LOCKED),
    ("Workbook", Form.OLD_WORKBOOK),
    ("Book", Form.OLD_WORKBOOK),
    ("WordDocument", Form.OLD_DOCUMENT),
    ("PowerPoint Document", Form.OLD_SLIDES),
)


def holds_stream(data: bytes, name: str) -> bool:
    """Return whether a compound file's directory has an entry of that name: 64 bytes of UTF-16, then its length.

    The directory is looked for, not walked, so that a damaged file still tells what it was.
    """
    text = name.encode("utf-16-le")
    return text.ljust(64, b"\x00") + (len(text) + 2).to_bytes(2, "little") in data


def _form_of_compound(data: bytes) -> Form:
    return next((form for name, form in _STREAMS if holds_stream(data, name)), Form.OLD_OTHER)


# ---------------------------------------------------------------- texts


_XML_TABLE = (b"urn:schemas-microsoft-com:office:spreadsheet", b'progid="excel.sheet"')
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<table", b"<meta", b"<?xml", b"<style", b"<script", b"<body")
_MIME = (b"mime-version:", b"from: <saved by", b"content-type: multipart/related")


def _form_of_text(data: bytes) -> Form:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if _is_link(data, start):
        return Form.LINK
    if start.startswith(_MARKUP):
        return Form.XML_TABLE if any(mark in start for mark in _XML_TABLE) else Form.WEB_PAGE
    if start.startswith(_MIME):
        return Form.WEB_ARCHIVE
    if start.startswith(b"{\\rtf"):
        return Form.RICH_TEXT
    return Form.TEXT if _is_text(data) else Form.OTHER


def _is_link(data: bytes, start: bytes) -> bool:
    """Return whether the file only points elsewhere: a shortcut, or what a cloud disk keeps in a document's place."""
    if start.startswith(b"[internetshortcut]") or b"<key>url</key>" in start:
        return True
    return len(data) < _LINK_SIZE and not start.startswith(_MARKUP) and _ONLINE.search(data) is not None


def _is_text(data: bytes) -> bool:
    sample = data[:4096]
    if sample.startswith(_MARKS):
        return True
    if b"\x00" in sample:
        return False
    return any(_decodes(sample, encoding) for encoding in _TEXT_ENCODINGS)


def _decodes(sample: bytes, encoding: str) -> bool:
    """Return whether the sample is text of the encoding; its last character may be cut off."""
    try:
        sample[:-3].decode(encoding, errors="strict")
    except UnicodeDecodeError as error:
        return error.end >= len(sample) - 6
    return True


# ---------------------------------------------------------------- sentences


_SEND = "请报送 {f.extension} 文件"
_COPY_INTO_FORM = "请把数据填到下发的 {f.extension} 里再报送"

_VERDICTS = {
    Form.LOCKED: ("F-03", "文件设有打开密码", "请取消密码后再报送"),
    Form.EMPTY: ("F-01", "文件是空的", "请重新发送原文件"),
    Form.WEB_PAGE: ("F-04", "这是网页改名的文件，不是{f.noun}", "{f.save_again}"),
    Form.WEB_ARCHIVE: ("F-04", "这是单个文件网页（.mht）改名的文件，不是{f.noun}", "{f.save_again}"),
    Form.XML_TABLE: ("F-04", "这是 XML 表格（网页一类的旧格式），不是{f.noun}", "{f.save_again}"),
    Form.TEXT: ("F-05", "这是文本文件，不是{f.noun}", "{f.save_again}"),
    Form.RICH_TEXT: ("F-08", "这是 RTF 文档，不是{f.noun}", _COPY_INTO_FORM),
    Form.RAR: ("F-06", "这是 RAR 压缩包，不是{f.noun}", UNPACK),
    Form.SEVEN_ZIP: ("F-06", "这是 7z 压缩包，不是{f.noun}", UNPACK),
    Form.PACKED: ("F-06", "这是压缩包，不是{f.noun}", UNPACK),
    Form.EMPTY_ZIP: ("F-06", "这是空的压缩包，里面没有文件", "请重新打包或直接报送 {f.extension} 文件"),
    Form.TORN_ZIP: ("F-07", "文件已损坏，内容不完整", "请重新发送原文件"),
    Form.PDF: ("F-08", "这是 PDF 文件，不是{f.noun}", _SEND),
    Form.PICTURE: ("F-08", "这是图片，不是{f.noun}", _SEND),
    Form.LINK: (
        "F-08",
        "这是快捷方式或在线文档的链接，里面没有数据",
        "请打开原文档，另存为 {f.extension} 后报送存好的文件",
    ),
    Form.OTHER: ("F-08", "这不是{f.noun}", _SEND),
}
_FOREIGN = {
    Form.OLD_WORKBOOK: ("F-08", "这是 Excel 工作簿，不是{f.noun}", _SEND),
    Form.OLD_DOCUMENT: ("F-08", "这是 Word 文档，不是{f.noun}", _COPY_INTO_FORM),
    Form.OLD_SLIDES: ("F-08", "这是演示文稿，不是{f.noun}", _COPY_INTO_FORM),
}


def _verdict(form: Form, family: Family) -> tuple[str, str, str]:
    """Return the code, what the file is and what to do."""
    if form in (family.old, Form.OLD_OTHER):
        return "F-02", f"这是旧版格式（{family.old_extension}、.et 等）", family.save_again
    code, what, remedy = _VERDICTS.get(form) or _FOREIGN[form]
    return code, what.format(f=family), remedy.format(f=family)
