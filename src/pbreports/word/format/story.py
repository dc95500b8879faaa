"""Goes through one part of a Word document and gives its paragraphs as they are seen on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from pbreports.faults import Spot
from pbreports.word.filling.markup import BOX, MC, PPR, RPR, TBL, TC, TR, P, R, T, w
from pbreports.word.format.drawn import place_of, rules_in
from pbreports.word.format.effective import Styles
from pbreports.word.format.numbering import Counter
from pbreports.word.format.paper import Element, Paragraph, Rule, Run, RunLook, Where
from pbreports.word.format.properties import NOTHING, VAL, number, twips, value_of

_CHOICE, _ALTERNATE = f"{{{MC}}}Choice", f"{{{MC}}}AlternateContent"
_INLINE = frozenset(
    {w("hyperlink"), w("ins"), w("smartTag"), w("sdt"), w("sdtContent"), w("moveTo"), w("dir"), w("bdo")}
    | {w("customXml"), _ALTERNATE, _CHOICE}
)
_BLOCKS = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), _ALTERNATE, _CHOICE})
_FIELD, _CODE, _SIMPLE = w("fldChar"), w("instrText"), w("fldSimple")
_BREAK, _SECTION, _FRAME = w("br"), w("sectPr"), w("framePr")
_DRAWINGS = frozenset({w("drawing"), w("pict"), w("object")})
_PAGE = "\f"
_MOST_NESTED = 40
"""How deep tables and boxes may lie in each other; Word itself refuses more."""


@dataclass(slots=True)
class Setting:
    """Where the walk is: flow, table and cell, the table's style, the box around."""

    where: Where
    cell: tuple[int, int, int] | None = None
    table: str = ""
    spot: str = ""
    frame: str = ""
    frame_top: float | None = None
    frame_width: float = 0.0
    depth: int = 0


class Story:
    """The paragraphs of one part in the order of reading."""

    def __init__(self, styles: Styles, counter: Counter, part: str, where: Where, root: etree._Element) -> None:
        self._styles = styles
        self._counter = counter
        self._part = part
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

    def walk(self, container: etree._Element, setting: Setting | None = None) -> None:
        """Read all paragraphs and tables below a container."""
        here = setting or Setting(self._start)
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

    def _walk_first(self, alternatives: etree._Element, setting: Setting) -> None:
        for choice in alternatives:
            self.walk(choice, setting)
            return

    def _table(self, table: etree._Element, setting: Setting) -> None:
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

    def _paragraph(self, paragraph: etree._Element, setting: Setting) -> None:
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

    def _box(self, box: etree._Element, setting: Setting) -> None:
        """Read the text of a box and the rules that are drawn in the same drawing."""
        index = len(self.paragraphs)
        self.rules.extend((index, rule) for rule in rules_in(box))
        for content in box.iter(BOX):
            if next(content.iterancestors(BOX), None) is None or box.tag == BOX:
                place = replace(
                    setting, where=_boxed(setting.where), spot=setting.spot + "文本框", depth=setting.depth + 1
                )
                top, width = place_of(box)
                self.walk(content, replace(place, frame=_across(box), frame_top=top, frame_width=width))

    def _add(
        self,
        paragraph: etree._Element,
        properties: etree._Element | None,
        pieces: list[tuple[str, etree._Element | None]],
        setting: Setting,
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
                frame_top=_top_of(frame) if frame is not None else setting.frame_top,
                frame_width=twips(frame.get(w("w"))) if frame is not None else setting.frame_width,
            )
        )

    def _position(self, setting: Setting) -> str:
        if setting.where is Where.BODY:
            self._counted += 1
        return setting.spot or f"第{self._counted or 1}段"

    def _label(self, properties: etree._Element | None, style: str) -> tuple[str, Mapping[str, str]]:
        numbered = properties.find(w("numPr")) if properties is not None else None
        if numbered is not None:
            said = f"{value_of(numbered, w('numId'))}|{value_of(numbered, w('ilvl')) or '0'}"
        else:
            said = self._styles.chain(style)[0].get("numbering", "")
        return self._counter.label(said, style) if said else ("", NOTHING)

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
            elif tag in _SIGNS:
                yield _SIGNS[str(tag)](child), properties
            elif tag in _DRAWINGS:
                boxes.append(child)
            elif tag == _ALTERNATE and len(child):
                boxes.append(child[0])
            else:
                self._field(child)

    def _in_code(self) -> bool:
        return bool(self._fields) and any(state == "code" for state, _ in self._fields)

    def _field(self, element: etree._Element) -> None:
        """Note what a part of a field says: its marks, its code."""
        kind = element.get(w("fldCharType"), "") if element.tag == _FIELD else ""
        if element.tag == _CODE and self._fields:
            self._fields[-1][1] += element.text or ""
        elif kind == "begin":
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


_SIGNS: Mapping[str, Callable[[etree._Element], str]] = {
    w("tab"): lambda _: "\t",
    w("ptab"): lambda _: "\t",
    w("cr"): lambda _: "\n",
    w("noBreakHyphen"): lambda _: "-",
    w("br"): lambda one: _PAGE if one.get(w("type")) == "page" else "\n",
    w("sym"): _symbol,
}
"""Elements of a run that stand for a sign, and for which."""


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
