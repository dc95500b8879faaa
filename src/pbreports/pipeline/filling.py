"""Compiles and fills the template of a paper, whichever office program it is for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pbreports.errors import TemplateError
from pbreports.excel.linked import with_links
from pbreports.excel.template import WorkbookTemplate, compile_workbook_template
from pbreports.word.read import read_paper
from pbreports.word.template import WordTemplate, compile_template

RUN = "pbreports"
"""The custom document property that says from what a paper was made; the journal knows the same text."""


@dataclass(frozen=True, slots=True)
class FilledPaper:
    """A paper filled: its bytes, what is still to be written by hand, notices, and what the journal keeps.

    ``template`` is the digest of the template, ``run`` one of template and values; ``links`` are the expressions written between hidden bookmarks, by the
    name that these carry. ``uses`` are the names from outside that the template uses; ``characters`` counts those of a
    Word paper's body, without blanks.
    """

    data: bytes = field(repr=False)
    unfilled: tuple[str, ...]
    notices: tuple[str, ...]
    template: str
    run: str
    links: Mapping[str, str] = field(default_factory=dict)
    uses: frozenset[str] = frozenset()
    characters: int = 0


def is_word(template: Path) -> bool:
    """Return whether a file's name is that of a Word document or template."""
    return template.suffix.casefold() in {".docx", ".docm", ".dotx"}


def compiled(template: Path, figures: Collection[str] = ()) -> WordTemplate | WorkbookTemplate:
    """Return a template compiled, whichever office program it is for.

    The cells of a workbook in which nothing but one of ``figures`` is to stand get hidden names, so that it can be read
    back what stands in them.

    Raises:
        TemplateError: when it is neither a Word document nor a workbook, or cannot be read.
    """
    if is_word(template):
        return compile_template(template)
    if template.suffix.casefold() in {".xlsx", ".xlsm", ".xltx"}:
        source = with_links(template.read_bytes(), figures) if figures else template
        return compile_workbook_template(source, template.name)
    raise TemplateError(f"模板 {template.name}", "不是 .docx 或 .xlsx", "请在 Word、Excel 或 WPS 里另存为这两种格式")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A template compiled once, to be filled as often as wanted.

    ``digest`` is that of its file, ``uses`` are the names from outside that it uses.
    """

    ready: WordTemplate | WorkbookTemplate
    digest: str
    uses: frozenset[str]

    def fill(self, values: Mapping[str, object], stamp: datetime, linked: Collection[str] = ()) -> FilledPaper:
        """Return the template filled with values; what rests on the names ``linked`` is linked to them.

        Raises:
            TemplateError: when the template cannot be filled; all its mistakes are named.
        """
        told = (self.digest, *(f"{name}={_plain(value)}" for name, value in sorted(values.items())))
        run = _digest("\n".join(told).encode())[:16]
        custom = {RUN: run}
        if isinstance(self.ready, WorkbookTemplate):
            book = self.ready.fill(values, stamp=stamp, custom=custom)
            return FilledPaper(book.data, (), book.notices, self.digest, run, uses=self.uses)
        made = self.ready.fill(values, stamp=stamp, linked=linked, custom=custom)
        links = {link.name: link.expression for link in made.links}
        text = read_paper(made.data)
        return FilledPaper(made.data, text.unfilled, made.notices, self.digest, run, links, self.uses, text.characters)


def prepared(template: Path, linked: Collection[str] = ()) -> Prepared:
    """Return a template ready to be filled; what is ``linked`` as in ``compiled``.

    Raises:
        TemplateError: when it is neither a Word document nor a workbook, or cannot be read.
    """
    ready = compiled(template, linked)
    return Prepared(ready, _digest(template.read_bytes()), frozenset(use.name for _, use in ready.names()))


def filled(template: Path, values: Mapping[str, object], linked: Collection[str], stamp: datetime) -> FilledPaper:
    """Return a template filled with values; what rests on the names ``linked`` is linked to them.

    Raises:
        TemplateError: when the template cannot be filled; all its mistakes are named.
    """
    return prepared(template, linked).fill(values, stamp, linked)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _plain(value: object) -> str:
    """Return a value as a text of which equal values have the same."""
    return str(getattr(getattr(value, "figure", None), "value", value))
