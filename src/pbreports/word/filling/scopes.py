"""What a value's markup must be where its tag stands: runs in a paragraph, or a paragraph, a cell, a row."""

from __future__ import annotations

from pbreports.errors import TemplateError
from pbreports.word.filling.context import RunContext

_IN_PARAGRAPH = frozenset({"", "r"})


def of_runs(runs: str, where: RunContext) -> str:
    """Return runs as what the tag's scope stands in the place of; without any run a whole paragraph disappears."""
    if where.scope in _IN_PARAGRAPH:
        return runs
    if where.scope == "p" and not runs and not ends_section(where):
        return ""
    return _around(f"<w:p>{where.paragraph_properties}{runs}</w:p>", where.scope)


def of_paragraphs(paragraphs: str, where: RunContext) -> str:
    """Return paragraphs and tables as what the tag's scope stands in the place of.

    Raises:
        TemplateError: when the tag stands among other text, where no paragraph can be.
    """
    if where.scope in _IN_PARAGRAPH:
        raise TemplateError("", "这个值是整段的内容，不能放在一段文字里", "请让标签独占一段，写成 {{p … }}")
    if ends_section(where):
        paragraphs += f"<w:p>{where.paragraph_properties}</w:p>"
    return _around(paragraphs, where.scope)


def ends_section(where: RunContext) -> bool:
    """Return whether the tag's paragraph is the last of a section, and so says how the section's pages look."""
    return "<w:sectPr" in where.paragraph_properties


def _around(paragraphs: str, scope: str) -> str:
    if scope == "p":
        return paragraphs
    cell = f"<w:tc>{paragraphs}</w:tc>"
    return cell if scope == "tc" else f"<w:tr>{cell}</w:tr>"
