"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from dataclasses import dataclass

from pbreports.errors import WorkbookError

ZIP = b"PK\x03\x04"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
UNPACK = "请解压后直接报送里面的文件"
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_PICTURES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<table", b"<meta", b"<?xml", b"<style", b"<script", b"<body")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TEXT_ENCODINGS = ("utf-8", "gb18030")


@dataclass(frozen=True, slots=True)
class Family:
    """What kind of office file is expected, in the words for staff."""

    noun: str
    extension: str
    old_extension: str
    program: str

    @property
    def save_again(self) -> str:
        """Return the remedy that asks for a copy in the expected format."""
        return f"请用{self.program}打开后另存为 {self.extension} 再报送"


WORKBOOK = Family("工作簿", ".xlsx", ".xls", " WPS 表格或 Excel ")
DOCUMENT = Family("文档", ".docx", ".doc", " WPS 文字或 Word ")


def require_zip(name: str, data: bytes, family: Family = WORKBOOK) -> None:
    """Return nothing when the bytes begin like a ZIP archive, which every modern office file is.

    Raises:
        WorkbookError: F-01 empty, F-02 old binary format, F-03 encrypted, F-04 web page, F-05 plain text,
            F-06 another archive, F-07 a ZIP archive without contents, F-08 anything else.
    """
    if data.startswith(ZIP):
        return
    code, what, remedy = _verdict(data, family)
    raise WorkbookError(name, what, remedy, code=code)


def _verdict(data: bytes, family: Family) -> tuple[str, str, str]:
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if not data.strip(b"\x00 \t\r\n"):
        return "F-01", "文件是空的", "请重新发送原文件"
    if data.startswith(_OLE2):
        return _verdict_on_ole2(data, family)
    if start.startswith(_MARKUP):
        return "F-04", f"这是网页改名的文件，不是{family.noun}", family.save_again
    if data.startswith(_ARCHIVES):
        return "F-06", f"这是压缩包，不是{family.noun}", UNPACK
    if data.startswith(b"PK"):
        return "F-07", "文件已损坏，内容不完整", "请重新发送原文件"
    if not data.startswith(_PICTURES) and _is_text(data):
        return "F-05", f"这是文本文件，不是{family.noun}", family.save_again
    return "F-08", f"这不是{family.noun}", f"请报送 {family.extension} 文件"


def _verdict_on_ole2(data: bytes, family: Family) -> tuple[str, str, str]:
    if _ENCRYPTED in data:
        return "F-03", "文件设有打开密码", "请取消密码后再报送"
    return "F-02", f"这是旧版格式（{family.old_extension}、.et 等）", family.save_again


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
