"""Respells texts that stand in several elements of a part, leaving everything else as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from lxml import etree

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Respell = Callable[[Sequence[str]], tuple[Sequence[str], int]]
"""Gives as many texts as it gets, and how many places in them it has changed."""


def respelt(groups: Iterable[Sequence[etree._Element]], respell: Respell) -> int:
    """Return how many places were respelt; a group are the elements over which one text is spread."""
    return sum(_respelt(group, respell) for group in groups)


def respelt_attributes(elements: Iterable[etree._Element], names: Sequence[str], respell: Respell) -> int:
    """Return how many places in these attributes were respelt."""
    count = 0
    for element in elements:
        for name in names:
            text = element.get(name)
            if text:
                (respelling,), places = respell([text])
                element.set(name, respelling)
                count += places
    return count


def _respelt(group: Sequence[etree._Element], respell: Respell) -> int:
    before = [element.text or "" for element in group]
    after, places = respell(before)
    for element, old, new in zip(group, before, after, strict=True):
        if new != old:
            element.text = new
            if new.strip() != new:
                element.set(_SPACE, "preserve")
    return places
