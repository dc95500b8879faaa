"""Reads the paragraphs, sections and drawn rules of a Word document as they are seen on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from pbreports.errors import TemplateError, WorkbookError
from pbreports.faults import Spot
from pbreports.ooxml.markup import parse_xml
from pbreports.ooxml.package import Package, open_package, relationships_of, resolve
from pbreports.ooxml.sniff import DOCUMENT
from pbreports.word.filling.markup import BOX, MC, PPR, RPR, TBL, TC, TR, P, R, T, w
from pbreports.word.format.drawn import rules_in
from pbreports.word.format.effective import Styles, styles_of
from pbreports.word.format.numbering import Counter, lists_of
from pbreports.word.format.paper import Element, Paragraph, Rule, Run, RunLook, Section, Where
from pbreports.word.format.properties import NOTHING, OFF, VAL, number, twips, value_of
from pbreports.word.format.theme import theme_fonts

_STRICT = b"http://purl.oclc.org/ooxml/"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHOICE, _ALTERNATE = f"{{{MC}}}Choice", f"{{{MC}}}AlternateContent"
_INLINE = frozenset(
    {w("hyperlink"), w("ins"), w("smartTag"), w("sdt"), w("sdtContent"), w("moveTo"), w("dir"), w("bdo")}
    | {w("customXml"), _ALTERNATE, _CHOICE}
)
_BLOCKS = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), _ALTERNATE, _CHOICE})
_FIELD, _CODE, _SIMPLE = w("fldChar"), w("instrText"), w("fldSimple")
_BREAK, _SECTION, _FRAME = w("br"), w("sectPr"), w("framePr")
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-"}
_PAGE = "\f"
_MOST_NESTED = 40
"""How deep tables and boxes may lie in each other; Word itself refuses more."""


@dataclass(slots=True)
class Contents:
    """What a document holds, before anything in it is recognised."""

    body: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    rules: list[tuple[int, Rule]] = field(default_factory=list)
    running_rules: list[Rule] = field(default_factory=list)
    are_sides_different: bool = False


def contents_of(data: bytes, name: str = "") -> Contents:
    """Return what a Word document holds; ``name`` is what messages call it.

    Raises:
        TemplateError: when it is no Word document, is damaged, or locked.
    """
    where = name or "文档"
    try:
        return _Document(open_package(data, name=where, family=DOCUMENT), where).read()
    except WorkbookError as error:
        raise TemplateError(where, error.what, error.remedy) from error
    except RecursionError as error:
        raise TemplateError(where, "内部层次太深", "请在 Word 或 WPS 里打开后另存一份") from error


class _Document:
    """The parts of a document that its looks rest on, and the paragraphs read from them."""

    def __init__(self, package: Package, where: str) -> None:
        self._package = package
        self._where = where
        if "_rels/.rels" in package and _STRICT in package.read("_rels/.rels"):
            raise TemplateError(where, "这是“Strict Open XML”格式", "请另存为“Word 文档（*.docx）”")
        body = self._related("").get("officeDocument", "word/document.xml")
        self._links = self._related(body)
        self._root = self._parsed(body)
        if self._root.tag != w("document"):
            raise TemplateError(where, "里面没有正文", "请在 Word 或 WPS 里打开后另存一份")
        settings = self._part("settings")
        self._settings = parse_xml(settings, where) if settings else etree.Element(w("settings"))
        fonts = theme_fonts(self._part("theme"), self._language())
        self.styles = styles_of(self._part("styles"), tuple(fonts.items()))
        self.counter = Counter(lists_of(self._part("numbering")))
        self.contents = Contents(body)

    def _language(self) -> str:
        element = self._settings.find(w("themeFontLang"))
        return element.get(w("eastAsia"), "") if element is not None else ""

    def _parsed(self, part: str) -> etree._Element:
        return parse_xml(self._package.read(part), self._where)

    def _part(self, kind: str) -> bytes:
        name = self._links.get(kind, "")
        return self._package.read(name) if name in self._package else b""

    def _related(self, part: str) -> dict[str, str]:
        """Return the parts a part leads to by the end of their relationships' types; headers and the like by id besides."""
        name = relationships_of(part)
        found: dict[str, str] = {}
        if name not in self._package:
            return found
        for one in self._parsed(name):
            if one.get("TargetMode") != "External":
                target = resolve(part, one.get("Target", ""))
                found.setdefault(one.get("Type", "").rpartition("/")[2], target)
                found[f"#{one.get('Id', '')}"] = target
        return found

    def read(self) -> Contents:
        """Return the paragraphs and rules of the body and the sections with their headers and footers."""
        body = self._root.find(w("body"))
        if body is None:
            raise TemplateError(self._where, "里面没有正文", "请在 Word 或 WPS 里打开后另存一份")
        story = _Story(self, self.contents.body, "", Where.BODY, self._root)
        story.walk(body)
        if not story.sections or story.ends_open:
            story.sections.append(body.find(_SECTION))
        self.contents.paragraphs = story.paragraphs
        self.contents.rules = story.rules
        self.contents.are_sides_different = value_of_flag(self._settings, "evenAndOddHeaders")
        for properties in story.sections:
            self.contents.sections.append(self._section(properties))
        return self.contents

    def _section(self, properties: etree._Element | None) -> Section:
        given = properties if properties is not None else etree.Element(_SECTION)
        size, margins = _attributes(given, "pgSz"), _attributes(given, "pgMar")
        grid = _attributes(given, "docGrid")
        before = self.contents.sections[-1] if self.contents.sections else None
        return Section(
            width=twips(size.get("w", "11906")),
            height=twips(size.get("h", "16838")),
            top=abs(twips(margins.get("top", "1440"))),
            bottom=abs(twips(margins.get("bottom", "1440"))),
            left=twips(margins.get("left", "1800")),
            right=twips(margins.get("right", "1800")),
            gutter=twips(margins.get("gutter", "0")),
            footer=twips(margins.get("footer", "720")),
            grid=grid.get("type", "") if grid.get("type") in {"lines", "linesAndChars", "snapToChars"} else "",
            grid_pitch=twips(grid.get("linePitch")),
            grid_extra=number(grid.get("charSpace"), 0) / 4096,
            is_first_different=value_of_flag(given, "titlePg"),
            headers=self._running(given, "headerReference", Where.HEADER, before.headers if before else ()),
            footers=self._running(given, "footerReference", Where.FOOTER, before.footers if before else ()),
        )

    def _running(
        self,
        section: etree._Element,
        tag: str,
        where: Where,
        before: tuple[tuple[str, tuple[Paragraph, ...]], ...],
    ) -> tuple[tuple[str, tuple[Paragraph, ...]], ...]:
        """Return headers or footers by kind, those that are not named taken over from the section before."""
        found = dict(before)
        for one in section.iterfind(w(tag)):
            part = self._links.get(f"#{one.get(_REL, '')}", "")
            if part in self._package:
                root = self._parsed(part)
                story = _Story(self, part, where.value, where, root)
                story.walk(root)
                found[one.get(w("type"), "default")] = tuple(story.paragraphs)
                self.contents.running_rules.extend(rule for _, rule in story.rules)
        return tuple(found.items())


def _attributes(section: etree._Element, tag: str) -> Mapping[str, str]:
    element = section.find(w(tag))
    if element is None:
        return {}
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def value_of_flag(element: etree._Element, name: str) -> bool:
    """Return whether an element has a child of a name that says yes."""
    found = element.find(w(name))
    return found is not None and found.get(VAL, "1") not in OFF


@dataclass(slots=True)
class _Setting:
    """Where the walk is: flow, table and cell, the table's style, the box around."""

    where: Where
    cell: tuple[int, int, int] | None = None
    table: str = ""
    spot: str = ""
    frame: str = ""
    depth: int = 0


class _Story:
    """The paragraphs of one part in the order of reading."""

    def __init__(self, document: _Document, part: str, called: str, where: Where, root: etree._Element) -> None:
        self._document = document
        self._styles: Styles = document.styles
        self._part = part
        self._called = called
        self._numbers = {one: at for at, one in enumerate(root.iter(P))}
        self._tables = 0
        self._counted = 0
        self._heading = ""
        self._fields: list[list[str]] = []
        self._start = where
        self._breaks = False
        self.paragraphs: list[Paragraph] = []
        self.rules: list[tuple[int, Rule]] = []
        self.sections: list[etree._Element | None] = []
        self.ends_open = True

    def walk(self, container: etree._Element, setting: _Setting | None = None) -> None:
        """Read all paragraphs and tables below a container."""
        here = setting or _Setting(self._start)
        if here.depth > _MOST_NESTED:
            raise RecursionError
        deeper = replace(here, depth=here.depth + 1)
        for child in container:
            if child.tag == P:
                self._paragraph(child, here)
            elif child.tag == TBL:
                self._table(child, deeper)
            elif child.tag == _ALTERNATE:
                self._walk_first(child, deeper)
            elif child.tag in _BLOCKS:
                self.walk(child, deeper)

    def _walk_first(self, alternatives: etree._Element, setting: _Setting) -> None:
        for choice in alternatives:
            self.walk(choice, setting)
            return

    def _table(self, table: etree._Element, setting: _Setting) -> None:
        """Read a table's cells; a table inside another is told with the outer one's number."""
        if setting.cell is None:
            self._tables += 1
        style = value_of(table.find(w("tblPr")), w("tblStyle"))
        self._table_rules(table)
        rows = [row for row in _below(table, TR) if row.find(f"{w('trPr')}/{w('del')}") is None]
        for at, row in enumerate(rows):
            for column, cell in enumerate(_below(row, TC)):
                spot = setting.spot or f"第{self._tables}个表格第{at + 1}行第{column + 1}列"
                where = setting.where if setting.where is not Where.BODY else Where.TABLE
                place = setting.cell or (self._tables - 1, at, column)
                self.walk(cell, replace(setting, where=where, cell=place, table=style, spot=spot))

    def _table_rules(self, table: etree._Element) -> None:
        """Note the rules above, below and between the rows of a table, at the paragraph that comes next."""
        borders = table.find(f"{w('tblPr')}/{w('tblBorders')}")
        if borders is None:
            return
        grid = table.find(w("tblGrid"))
        width = sum(twips(one.get(w("w"))) for one in grid) if grid is not None else 0.0
        said = table.find(f"{w('tblPr')}/{w('tblW')}")
        if said is not None and said.get(w("type")) == "dxa":
            width = twips(said.get(w("w"))) or width
        for side in ("top", "insideH", "bottom"):
            line = borders.find(w(side))
            if line is not None and line.get(VAL, "none") not in {"none", "nil"}:
                color = line.get(w("color"), "auto")
                thickness = number(line.get(w("sz")), 4) / 8
                rule = Rule(
                    f"table-{side}",
                    line.get(VAL, ""),
                    thickness,
                    0.0,
                    width,
                    "000000" if color == "auto" else color.upper(),
                )
                self.rules.append((len(self.paragraphs), rule))

    def _paragraph(self, paragraph: etree._Element, setting: _Setting) -> None:
        properties = paragraph.find(PPR)
        boxes: list[etree._Element] = []
        pieces = list(self._pieces(paragraph, boxes))
        deleted = properties is not None and properties.find(f"{RPR}/{w('del')}") is not None
        if deleted and not any(text for text, _ in pieces):
            return
        for box in boxes:
            self._box(box, setting)
        self._add(paragraph, properties, pieces, setting)
        section = properties.find(_SECTION) if properties is not None else None
        if section is not None and setting.where is Where.BODY and setting.cell is None:
            self.sections.append(section)
            self._breaks = self._breaks or value_of(section, w("type")) != "continuous"

    def _box(self, box: etree._Element, setting: _Setting) -> None:
        """Read the text of a box and the rules that are drawn in the same drawing."""
        index = len(self.paragraphs)
        self.rules.extend((index, rule) for rule in rules_in(box))
        for content in box.iter(BOX):
            if next(content.iterancestors(BOX), None) is None or box.tag == BOX:
                place = replace(
                    setting, where=_boxed(setting.where), spot=setting.spot + "文本框", depth=setting.depth + 1
                )
                self.walk(content, replace(place, frame=_across(box)))

    def _add(
        self,
        paragraph: etree._Element,
        properties: etree._Element | None,
        pieces: list[tuple[str, etree._Element | None]],
        setting: _Setting,
    ) -> None:
        style = value_of(properties, w("pStyle")) or self._styles.default
        if style not in self._styles.elements:
            style = self._styles.default
        label, level = self._label(properties, style)
        look = self._styles.paragraph(properties, style, level, setting.table)
        runs = self._runs(pieces, style, setting.table)
        if label:
            mark = properties.find(RPR) if properties is not None else None
            runs.insert(0, Run(label, self._styles.run(mark, style, setting.table)))
        elif not runs:
            mark = properties.find(RPR) if properties is not None else None
            runs.append(Run("", self._styles.run(mark, style, setting.table)))
        text = "".join(run.text for run in runs)
        before, _, after = text.partition(_PAGE) if _PAGE in text else (text, "", "")
        begins = self._breaks or look.new_page or (_PAGE in text and not before.strip())
        self._breaks = (_PAGE in text and not after.strip() and bool(before.strip() or not after)) and not begins
        if _PAGE in text:
            runs = [replace(run, text=run.text.replace(_PAGE, "")) for run in runs]
            text = text.replace(_PAGE, "")
            self._breaks = self._breaks or (not text.strip())
        frame = properties.find(_FRAME) if properties is not None else None
        self.paragraphs.append(
            Paragraph(
                element=Element.OTHER,
                text=text,
                runs=tuple(runs),
                look=look,
                spot=Spot(self._part, self._numbers[paragraph]),
                position=self._position(setting),
                where=setting.where,
                section=len(self.sections),
                number=label,
                cell=setting.cell,
                new_page=begins,
                fields=tuple(self._codes),
                frame=setting.frame or (_framed(frame) if frame is not None else ""),
                frame_top=_top_of(frame),
                frame_width=twips(frame.get(w("w"))) if frame is not None else 0.0,
            )
        )

    def _position(self, setting: _Setting) -> str:
        if setting.where is Where.BODY:
            self._counted += 1
        return setting.spot or f"第{self._counted or 1}段"

    def _label(self, properties: etree._Element | None, style: str) -> tuple[str, Mapping[str, str]]:
        numbered = properties.find(w("numPr")) if properties is not None else None
        if numbered is not None:
            said = f"{value_of(numbered, w('numId'))}|{value_of(numbered, w('ilvl')) or '0'}"
        else:
            said = self._styles.chain(style)[0].get("numbering", "")
        return self._document.counter.label(said, style) if said else ("", NOTHING)

    def _runs(self, pieces: list[tuple[str, etree._Element | None]], style: str, table: str) -> list[Run]:
        """Return the runs that are seen, those of one look joined."""
        runs: list[Run] = []
        for text, properties in pieces:
            look: RunLook = self._styles.run(properties, style, table)
            if look.hidden or not text:
                continue
            if runs and runs[-1].look is look:
                runs[-1] = Run(runs[-1].text + text, look)
            else:
                runs.append(Run(text, look))
        return runs

    def _pieces(
        self, paragraph: etree._Element, boxes: list[etree._Element]
    ) -> Iterator[tuple[str, etree._Element | None]]:
        """Yield the texts of a paragraph with the properties of their runs; collect its drawings."""
        self._codes: list[str] = []
        yield from self._inline(paragraph, boxes, 0)

    def _inline(
        self, around: etree._Element, boxes: list[etree._Element], depth: int
    ) -> Iterator[tuple[str, etree._Element | None]]:
        if depth > _MOST_NESTED:
            raise RecursionError
        for child in around:
            if child.tag == R:
                yield from self._run(child, boxes)
            elif child.tag == _SIMPLE:
                self._codes.append(_name(child.get(w("instr"), "")))
                yield from self._inline(child, boxes, depth + 1)
            elif child.tag == _ALTERNATE:
                if len(child):
                    yield from self._inline(child[0], boxes, depth + 1)
            elif child.tag in _INLINE:
                yield from self._inline(child, boxes, depth + 1)

    def _run(self, run: etree._Element, boxes: list[etree._Element]) -> Iterator[tuple[str, etree._Element | None]]:
        properties = run.find(RPR)
        for child in run:
            tag = child.tag
            if tag == T:
                if not self._in_code():
                    yield child.text or "", properties
            elif tag == _FIELD:
                self._field(child.get(w("fldCharType"), ""))
            elif tag == _CODE and self._fields:
                self._fields[-1][1] += child.text or ""
            elif tag in _SIGNS:
                yield _SIGNS[str(tag)], properties
            elif tag == _BREAK:
                yield _PAGE if child.get(w("type")) == "page" else "\n", properties
            elif tag == w("sym"):
                yield _symbol(child), properties
            elif tag in {w("drawing"), w("pict"), w("object")}:
                boxes.append(child)
            elif tag == _ALTERNATE and len(child):
                boxes.append(child[0])

    def _in_code(self) -> bool:
        return any(state == "code" for state, _ in self._fields)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["code", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][0] = "shown"
            self._codes.append(_name(self._fields[-1][1]))
        elif kind == "end" and self._fields:
            state, code = self._fields.pop()
            if state == "code":
                self._codes.append(_name(code))


def _name(code: str) -> str:
    return code.split(maxsplit=1)[0].upper() if code.split() else ""


def _symbol(element: etree._Element) -> str:
    try:
        return chr(int(element.get(w("char"), ""), 16))
    except (ValueError, OverflowError):
        return ""


def _boxed(where: Where) -> Where:
    return where if where in {Where.HEADER, Where.FOOTER} else Where.BOX


def _framed(frame: etree._Element) -> str:
    """Return how a frame is put across the page, ``inline`` where that is left open."""
    return frame.get(w("xAlign"), "") or "inline"


def _top_of(frame: etree._Element | None) -> float | None:
    """Return how far below the edge of the page a frame begins; ``None`` when that is not said."""
    if frame is None or frame.get(w("vAnchor")) != "page" or frame.get(w("yAlign")):
        return None
    return twips(frame.get(w("y"))) if frame.get(w("y")) else None


_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def _across(drawing: etree._Element) -> str:
    """Return how a drawing is put across the page (``outside``, ``right`` …), ``inline`` where that is left open."""
    for place in drawing.iter(f"{_WP}positionH"):
        align = place.find(f"{_WP}align")
        if align is not None and align.text:
            return align.text.strip()
    for shape in drawing.iter("{urn:schemas-microsoft-com:vml}shape", "{urn:schemas-microsoft-com:vml}rect"):
        style = dict(one.split(":", 1) for one in shape.get("style", "").split(";") if ":" in one)
        if "mso-position-horizontal" in style:
            return style["mso-position-horizontal"].strip()
    return "inline"


def _below(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those in content controls included."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _BLOCKS:
            yield from _below(child, tag)
