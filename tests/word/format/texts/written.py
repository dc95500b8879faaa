"""Papers of bare texts for the rules on texts, made straight from lines as the cases give them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pbreports.faults import Spot
from pbreports.word.format.paper import Element, Kind, Look, Paper, Paragraph, Run, RunLook


def written(lines: Sequence[str]) -> Paper:
    """Return a paper of lines; ``要素|文字`` names the element, a bare text is body."""
    return Paper(Kind.GENERAL, "word/document.xml", tuple(_paragraphs(lines)), ())


def _paragraphs(lines: Sequence[str]) -> Iterator[Paragraph]:
    annex = 0
    for at, line in enumerate(lines):
        named, bar, text = line.partition("|")
        element = Element(named) if bar else Element.BODY
        text = text if bar else line
        annex += element is Element.ANNEX_LABEL
        yield Paragraph(
            element, text, (Run(text, RunLook()),), Look(), Spot("word/document.xml", at), f"第{at + 1}段", annex=annex
        )
