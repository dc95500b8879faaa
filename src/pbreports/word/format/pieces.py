"""Parts a paragraph where a line break or blanks stand between two elements: organ and date, number and who signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pbreports.word.format import signs
from pbreports.word.format.paper import Paragraph, Run

LONGEST_NAME = 60
"""The most signs of a line of the signature or a subtitle."""


def pieces_of(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Yield a paragraph, or its lines where a line break or blanks part elements that stand in one."""
    text = paragraph.text
    lines = text.split("\n")
    named = [line for line in lines if line.strip()]
    if len(named) > 1 and len(text) < 3 * LONGEST_NAME and signs.is_date(named[-1]):
        yield from _cut(paragraph, [len(line) + 1 for line in lines])
        return
    number = signs.NUMBER.match(text.lstrip(signs.BLANKS))
    issuer = signs.ISSUER.search(text) if number else None
    tab = text.find("\t", number.end()) if number and not issuer and len(text) < LONGEST_NAME else -1
    cut = issuer.start() if issuer else tab
    yield from _cut(paragraph, [cut]) if cut > 0 and text[cut:].strip() else (paragraph,)


def _cut(paragraph: Paragraph, lengths: Sequence[int]) -> Iterator[Paragraph]:
    """Yield the pieces of these lengths, and what is left behind them; the first keeps the whole one's new page."""
    start = 0
    ends = [sum(lengths[: at + 1]) for at in range(len(lengths))]
    for at, end in enumerate(dict.fromkeys([*ends, len(paragraph.text)])):
        runs = tuple(_between(paragraph.runs, start, end))
        text = "".join(run.text for run in runs)
        if runs:
            new = replace(paragraph, text=text.rstrip("\n"), runs=runs, offset=start)
            yield new if not at else replace(new, new_page=False, number="")
        start = end


def _between(runs: Sequence[Run], start: int, end: int) -> Iterator[Run]:
    at = 0
    for run in runs:
        part = run.text[max(0, start - at) : max(0, end - at)]
        at += len(run.text)
        if part:
            yield Run(part, run.look)
