"""Where the elements of a small XML document stand, so that one can be rewritten and every other byte kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from pbreports.cadre.elements import FormError
from pbreports.ooxml.limits import MEGABYTE

MOST_BYTES = 20 * MEGABYTE
"""A form with a photo straight from a camera has about 10; what is larger is refused unread."""
MOST_ELEMENTS, MOST_LEVELS, MOST_TEXT = 2_000, 8, 40_000
"""A form has about 120 elements on 4 levels; its longest text but the photo's is the resume, some 3,000 characters."""

_TAG = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_LATE = re.compile(rb"\A\s+<\?xml\s[^>]*\?>")
_DECLARED = re.compile(r"\A\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_READ_AS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
}
_WRITTEN_AS = {"us-ascii": "ascii", "ascii": "ascii", "gb2312": "gbk", "gbk": "gbk", "cp936": "gbk", "big5": "big5"}
"""Windows writes GBK where it says gb2312, and reads it so; what that lacks is written as a character reference."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as text: its UTF-8 bytes without the mark, and what its file is encoded in and begins with."""

    text: bytes = field(repr=False)
    encoding: str
    mark: bytes

    def file(self, text: bytes) -> bytes:
        """Return the bytes of a file with other text, encoded as this one."""
        return self.mark + text.decode("utf-8").encode(self.encoding, "xmlcharrefreplace")


@dataclass(frozen=True, slots=True)
class Span:
    """One element: its local name, its text, its children, and the bytes at which its parts begin.

    ``start`` is its start tag, ``inner`` what follows that, ``close`` its end tag (equal to ``inner`` in ``<X/>``),
    ``end`` what follows it. ``text`` is its own, without that of its children.
    """

    name: str
    prefix: str
    start: int
    inner: int
    close: int
    end: int
    text: str
    children: tuple[Span, ...]


def decoded(data: bytes, file: str) -> Document:
    """Return a file's text, by its byte order mark or the encoding that it declares, UTF-8 when it tells neither.

    Raises:
        FormError: it is too large, declares an encoding that is not known, or is not in the one that it declares.
    """
    if len(data) > MOST_BYTES:
        raise FormError(file, f"文件超过{MOST_BYTES // MEGABYTE}兆，不像任免审批表", "请核对文件，照片过大的先缩小")
    mark, by_mark = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    found = _DECLARED.match(data[len(mark) :][:200].decode("latin-1"))
    declared = found[1].lower() if found else "utf-8"
    reading = by_mark or _READ_AS.get(declared)
    if not reading:
        raise FormError(file, f"文字编码“{declared}”不能读取", "请用任免表编辑器打开后另存一份")
    try:
        text = data[len(mark) :].decode(reading).encode("utf-8")
    except UnicodeError:
        raise FormError(file, f"内容不是所声明的文字编码（{declared}）", "请用任免表编辑器打开后另存一份") from None
    return Document(text, by_mark or _WRITTEN_AS.get(declared, reading), mark)


def spans_of(text: bytes, file: str) -> Span:
    """Return the root of a document with all that is in it.

    Raises:
        FormError: it is not well-formed, carries a document type (with which entities could be declared), or has more
            elements, levels or text than a form can have.
    """
    scan = _Scan(text, file)
    parser = scan.parser()
    try:
        parser.Parse(_LATE.sub(_blanked, text), True)  # noqa: FBT003 - expat takes no keywords; this says that nothing follows
    except expat.ExpatError:
        raise FormError(file, "文件已损坏，内容不合 XML 格式", "请用任免表编辑器打开后另存一份") from None
    return scan.root()


def clean(text: str) -> str:
    """Return an element's text with its lines parted by line feeds, without blanks at its ends."""
    return re.sub(r"\r\n?", "\n", text).strip()


def _blanked(found: re.Match[bytes]) -> bytes:
    """Return as many blanks: a declaration behind blank lines, as templates leave them, says nothing that is needed."""
    return b" " * len(found.group())


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    name: str
    start: int
    inner: int
    own: list[str] = field(default_factory=list)
    children: list[Span] = field(default_factory=list)


class _Scan:
    """Builds the spans while expat goes through the text; the outermost is the document itself."""

    def __init__(self, text: bytes, file: str) -> None:
        self._text, self._file = text, file
        self._open = [_Open("", 0, 0)]
        self._count = 0

    def parser(self) -> expat.XMLParserType:
        """Return a parser that reports to this scan; the text is UTF-8 whatever it declares."""
        parser = expat.ParserCreate(encoding="utf-8")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = lambda name, _attributes: self._begin(name, parser.CurrentByteIndex)
        parser.EndElementHandler = lambda _name: self._finish(parser.CurrentByteIndex)
        parser.CharacterDataHandler = self._hear
        return parser

    def root(self) -> Span:
        """Return the document's only element."""
        return self._open[0].children[0]

    def _refuse(self, *_declared: object) -> None:
        raise FormError(self._file, "内部含有文档类型声明，可能有害", "请用任免表编辑器重新生成这份表")

    def _begin(self, name: str, start: int) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS or len(self._open) > MOST_LEVELS:
            raise FormError(self._file, "内部的元素太多或层次太深，不是任免审批表", "请核对文件")
        tag = _TAG.match(self._text, start)
        assert tag, "expat has seen this tag"
        self._open.append(_Open(name, start, tag.end()))

    def _hear(self, text: str) -> None:
        self._open[-1].own.append(text)

    def _finish(self, at: int) -> None:
        one = self._open.pop()
        if self._text[one.inner - 2 : one.inner] == b"/>":
            close = end = one.inner
        else:
            close, end = at, self._text.index(b">", at) + 1
        prefix, _, local = one.name.rpartition(":")
        text = "".join(one.own)
        self._open[-1].children.append(Span(local, prefix, one.start, one.inner, close, end, text, tuple(one.children)))
