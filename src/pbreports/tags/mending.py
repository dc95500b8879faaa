"""Mends what is safe to mend in the spelling of tags: full-width signs, typographic quotation marks, spaced braces."""

from __future__ import annotations

from collections.abc import Sequence

from pbreports.tags.tokens import Tag, tags

Change = tuple[int, int, str]


def mended(texts: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """Return the texts of consecutive runs with their tags in proper spelling, and how many tags were mended.

    Nothing that a tag says is changed. A tag that is spread over several runs then stands in the one where it begins, if it was mended; every other sign
    stays in its run.
    """
    changes = [
        (one.start, one.end, one.mended)
        for one in tags("".join(texts))
        if (one.is_misspelt if isinstance(one, Tag) else one.mended)
    ]
    done: list[str] = []
    place = 0
    for text in texts:
        done.append(_changed(text, place, changes))
        place += len(text)
    return tuple(done), len(changes)


def _changed(text: str, start: int, changes: Sequence[Change]) -> str:
    """Return a run's text, which begins at a place, with those changes that fall into it."""
    end = start + len(text)
    pieces: list[str] = []
    place = start
    for first, last, spelling in changes:
        if first >= end or last <= start:
            continue
        pieces.append(text[place - start : max(first, start) - start])
        if first >= start:
            pieces.append(spelling)
        place = min(last, end)
    return "".join([*pieces, text[place - start :]])
