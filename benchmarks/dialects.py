"""The tags of each engine, and the paper written in them as a Word template."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from inspection import FIELD, FOOTER, HEADER, PAPER, Block, Condition, Paragraph, Table

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine's tags are written.

    ``value`` takes a name and the list that it is a column of, if any; ``sign`` a column, its list, and what stands
    there when it is true; ``rows`` a list and the texts of the row to be repeated; ``only`` a fact and a paragraph's text.
    """

    value: Callable[[str, str], str]
    sign: Callable[[str, str, str], str]
    rows: Callable[[str, Row], tuple[Row, ...]]
    only: Callable[[str, str], tuple[str, ...]]

    def text(self, text: str, items: str = "") -> str:
        """Return a text of the paper with its fields as tags; ``items`` is the list whose row is repeated."""

        def tag(found: re.Match[str]) -> str:
            return (
                self.sign(found[2], items, found[3]) if found[3] else self.value(found[2], items and found[1] and items)
            )

        return FIELD.sub(tag, text)


def _jinja_row(items: str, row: Row) -> tuple[Row, ...]:
    return (f"{{%tr for row in {items} %}}",), row, ("{%tr endfor %}",)


JINJA = Dialect(
    value=lambda name, items: f"{{{{ row.{name} }}}}" if items else f"{{{{ {name} }}}}",
    sign=lambda name, _, sign: f"{{% if row.{name} %}}{sign}{{% endif %}}",
    rows=_jinja_row,
    only=lambda fact, text: (f"{{%p if {fact} %}}", text, "{%p endif %}"),
)
"""docxtpl's tags, which are ours too."""


def _in_ends(items: str, row: Row) -> tuple[Row, ...]:
    return ((f"{{#{items}}}{row[0]}", *row[1:-1], f"{row[-1]}{{/{items}}}"),)


BRACES = Dialect(
    value=lambda name, _: f"{{{name}}}",
    sign=lambda name, _, sign: f"{{#{name}}}{sign}{{/{name}}}",
    rows=_in_ends,
    only=lambda fact, text: (f"{{#{fact}}}", text, f"{{/{fact}}}"),
)
"""docxtemplater's tags, which are easy-template-x's too."""


def _next_row(items: str, row: Row) -> tuple[Row, ...]:
    return row, (f"{{d.{items}[i+1].number}}",)


CARBONE = Dialect(
    value=lambda name, items: f"{{d.{items}[i].{name}}}" if items else f"{{d.{name}}}",
    sign=lambda name, items, sign: f"{{d.{items}[i].{name}:ifEQ(true):show('{sign}'):elseShow('')}}",
    rows=_next_row,
    only=lambda fact, text: (f"{{d.{fact}:ifEQ(true):showBegin}}{text}{{d.{fact}:showEnd}}",),
)


def _command_rows(items: str, row: Row) -> tuple[Row, ...]:
    return (f"+++FOR row IN {items}+++",), row, ("+++END-FOR row+++",)


COMMANDS = Dialect(
    value=lambda name, items: f"+++=$row.{name}+++" if items else f"+++={name}+++",
    sign=lambda name, _, sign: f"+++IF $row.{name}+++{sign}+++END-IF+++",
    rows=_command_rows,
    only=lambda fact, text: (f"+++IF {fact}+++", text, "+++END-IF+++"),
)
"""The commands of docx-templates."""


def template(dialect: Dialect) -> bytes:
    """Return the paper as a Word template with an engine's tags."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = dialect.text(HEADER)
    section.footer.paragraphs[0].text = dialect.text(FOOTER)
    for block in PAPER:
        for element in _elements(block, dialect):
            document.element.body.insert(len(document.element.body) - 1, element)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _elements(block: Block, dialect: Dialect) -> Iterator[Any]:
    match block:
        case Paragraph(text, heading):
            yield _paragraph(dialect.text(text), heading=heading)
        case Condition(fact, Paragraph(text)):
            yield from (_paragraph(one) for one in dialect.only(fact, dialect.text(text)))
        case Table():
            yield table(block, dialect)


def table(block: Table, dialect: Dialect) -> Any:
    """Return the element of a table with an engine's tags."""
    rows = [tuple(map(dialect.text, row)) for row in block.rows]
    columns = len(rows[0])
    if block.items:
        rows += dialect.rows(block.items, tuple(dialect.text(cell, block.items) for cell in block.repeated))
    width = 9000 // columns
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    look = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="9000" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    content = "".join(_row(row + ("",) * (columns - len(row)), width) for row in rows)
    return parse_xml(f"<w:tbl {nsdecls('w')}><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{content}</w:tbl>")


_FONTS = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{}"/>'


def _paragraph(text: str, *, heading: bool = False) -> Any:
    font = _FONTS.format("黑体" if heading else "仿宋_GB2312")
    indent = '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>'
    run = _run(text, f'{font}{"<w:b/>" if heading else ""}<w:sz w:val="32"/><w:szCs w:val="32"/>')
    return parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{indent}</w:pPr>{run}</w:p>")


def _run(text: str, properties: str) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _row(row: Row, width: int) -> str:
    return f'<w:tr><w:trPr><w:trHeight w:val="454"/></w:trPr>{"".join(_cell(cell, width) for cell in row)}</w:tr>'


def _cell(text: str, width: int) -> str:
    run = _run(text, f'{_FONTS.format("仿宋_GB2312")}<w:sz w:val="24"/>') if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run}</w:p></w:tc>'
    )
