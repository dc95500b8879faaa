"""What the checker sees of a paper: its pages, its paragraphs with the element each is, and how they really look."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum

from pbreports.faults import Spot
from pbreports.tags.problems import Place


class Kind(StrEnum):
    """The kinds of paper the standard knows (7, 10), and papers without a red head and forms, for which part of it is meant."""

    GENERAL = "公文"
    UPWARD = "上行文"
    LETTER = "信函"
    ORDER = "命令（令）"
    MINUTES = "纪要"
    INTERNAL = "内部材料"
    FORM = "表格"


class Element(StrEnum):
    """What a paragraph is, in the words of the standard."""

    COPY_NUMBER = "份号"
    SECRECY = "密级和保密期限"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    ISSUER = "签发人"
    RULE = "分隔线"
    TITLE = "标题"
    SUBTITLE = "题注"
    ADDRESSEES = "主送机关"
    BODY = "正文"
    HEADING_1 = "一级标题"
    HEADING_2 = "二级标题"
    HEADING_3 = "三级标题"
    HEADING_4 = "四级标题"
    ANNEX_NOTE = "附件说明"
    ORGAN = "发文机关署名"
    DATE = "成文日期"
    NOTE = "附注"
    ANNEX_LABEL = "附件编号"
    ANNEX_TITLE = "附件标题"
    PRESENT = "出席人员"
    ABSENT = "请假人员"
    ATTENDING = "列席人员"
    COPIES = "抄送机关"
    PRINT = "印发机关和印发日期"
    PAGE_NUMBER = "页码"
    TABLE = "表格"
    CAPTION = "图表说明"
    BLANK = "空行"
    OTHER = "其他"


HEADINGS = (Element.HEADING_1, Element.HEADING_2, Element.HEADING_3, Element.HEADING_4)


class Where(Enum):
    """Which flow of text a paragraph belongs to."""

    BODY = "正文"
    TABLE = "表格"
    BOX = "文本框"
    HEADER = "页眉"
    FOOTER = "页脚"


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run of text really looks; sizes in points, ``color`` as six hexadecimal digits, ``auto`` counting as black.

    ``east`` is the font of hanzi and full-width signs, ``latin`` that of ASCII, ``other`` that of what may be either
    (“”—……) unless ``hint`` says that it is East Asian. ``spacing`` is put behind each character, ``scale`` is its
    width in per cent.
    """

    east: str = ""
    latin: str = ""
    other: str = ""
    hint: bool = False
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    hidden: bool = False
    color: str = "000000"
    spacing: float = 0.0
    scale: float = 100.0


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; ``shown`` is empty text for nothing seen, tabs and line breaks are signs."""

    text: str
    look: RunLook


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: side of the paragraph or table it is drawn at, or ``free``; thickness, distance and width in points.

    ``kind`` is as Word names it (``single``, ``thickThinSmallGap`` …); ``width`` is 0 when it cannot be told.
    """

    side: str
    kind: str
    thickness: float
    distance: float
    width: float
    color: str

    @property
    def is_red(self) -> bool:
        """Whether it is of any red."""
        return is_red(self.color)


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph really looks; lengths in points.

    ``first`` is what the first line is indented beyond the others, less than nothing where it hangs out. Indents
    given in characters are in ``left_chars``, ``right_chars`` and ``first_chars`` besides, else these are ``None``.
    ``line`` is the pitch for the rules ``exact`` and ``atLeast``, a multiple of one line for ``auto``.
    """

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    left_chars: float | None = None
    right_chars: float | None = None
    first_chars: float | None = None
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    rule: str = "auto"
    snaps: bool = True
    new_page: bool = False
    style: str = ""
    tabs: tuple[float, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a line of one where a line break parts two elements, with the element that it is.

    ``text`` is what is read on paper: with its automatic number (``number``), without deleted and hidden text.
    ``spot`` and ``offset`` tell where it begins in the file: the ``w:p``, and the sign of that one's visible text.
    ``position`` says it in words, ``under`` is the heading above it. ``heading`` tells how many signs at its beginning are a heading that the text runs on
    from. ``annex`` is the attachment it belongs to, 0 for the paper itself. ``cell`` is table, row and column, from 0.
    ``new_page`` tells that a page begins with it, ``fields`` what its fields compute (``PAGE``), ``frame`` where the
    frame or box that it stands in is put across (``outside``, ``right`` …), ``frame_top`` how far below the edge of
    the page its frame begins where that is said, ``frame_width`` how wide it is.
    """

    element: Element
    text: str
    runs: tuple[Run, ...]
    look: Look
    spot: Spot
    position: str
    where: Where = Where.BODY
    section: int = 0
    offset: int = 0
    number: str = ""
    heading: int = 0
    annex: int = 0
    cell: tuple[int, int, int] | None = None
    new_page: bool = False
    fields: tuple[str, ...] = ()
    frame: str = ""
    frame_top: float | None = None
    frame_width: float = 0.0
    under: str = ""

    @property
    def place(self) -> str:
        """Return in words where it stands, as staff look for it: part, heading, number or cell, how it begins."""
        part = "" if self.where in {Where.BODY, Where.TABLE, Where.BOX} else self.where.value
        return str(Place(part, self.under, self.position, self.text))

    @property
    def look_of_text(self) -> RunLook:
        """Return the look of most of its text."""
        if len(self.runs) == 1:
            return self.runs[0].look
        longest = max(self.runs, key=lambda run: len(run.text.strip()))
        return longest.look

    def recognised(self, element: Element, annex: int, heading: int, under: str) -> Paragraph:
        """Return the paragraph with its element and its place in the paper; written out, as ``replace`` takes its time."""
        return Paragraph(
            element,
            self.text,
            self.runs,
            self.look,
            self.spot,
            self.position,
            self.where,
            self.section,
            self.offset,
            self.number,
            heading,
            annex,
            self.cell,
            self.new_page,
            self.fields,
            self.frame,
            self.frame_top,
            self.frame_width,
            under,
        )

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be read in it."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Section:
    """A section's page in points, its grid, and which kinds of header and footer it has.

    ``grid`` is empty, ``lines`` or ``linesAndChars``; ``grid_pitch`` the pitch of its lines, ``grid_extra`` what it
    adds to the width of a character. ``footers`` and ``headers`` are the paragraphs by kind: ``default``, ``even``,
    ``first``; those a section leaves out are the ones of the section before.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    gutter: float
    footer: float
    grid: str
    grid_pitch: float
    grid_extra: float
    is_first_different: bool
    headers: tuple[tuple[str, tuple[Paragraph, ...]], ...]
    footers: tuple[tuple[str, tuple[Paragraph, ...]], ...]

    @property
    def is_landscape(self) -> bool:
        """Whether the page lies across."""
        return self.width > self.height

    @property
    def text_width(self) -> float:
        """Return the width of the lines."""
        return self.width - self.left - self.right - self.gutter

    @property
    def text_height(self) -> float:
        """Return the height that lines of text fill."""
        return self.height - self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as it would be read: its kind, its paragraphs in the order of reading, its sections.

    ``body`` is the name of the part that holds the text, ``rules`` the rules that are drawn and not part of a
    paragraph, each with the number of the paragraph of ``paragraphs`` it hangs on,
    ``running_rules`` those drawn in headers and footers; ``are_sides_different`` tells that even pages have their own.
    """

    kind: Kind
    body: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    rules: tuple[tuple[int, Rule], ...] = ()
    running_rules: tuple[Rule, ...] = ()
    are_sides_different: bool = False

    def of(self, *elements: Element) -> tuple[Paragraph, ...]:
        """Return the paragraphs that are one of the elements, in order."""
        return tuple(one for one in self.paragraphs if one.element in elements)

    def first(self, *elements: Element) -> Paragraph | None:
        """Return the first paragraph that is one of the elements."""
        return next((one for one in self.paragraphs if one.element in elements), None)


def is_red(color: str) -> bool:
    """Return whether a colour of six hexadecimal digits is a red: much more of red than of the others."""
    try:
        red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return red >= 0xA0 and green <= 0x60 and blue <= 0x60
