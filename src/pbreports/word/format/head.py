"""Finds the red head of a paper, and by it the kind of the paper (7.2, 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pbreports.word.format import signs
from pbreports.word.format.document import Contents
from pbreports.word.format.paper import Element, Kind, Paragraph, Rule, is_red

_MOST_LINES = 16
"""Within so many lines that are not blank a head has to stand."""
_SMALLEST_MARK = 20
"""A mark is set in larger letters than anything else; in points."""


@dataclass(frozen=True, slots=True)
class Head:
    """The kind of a paper and the elements of its head, by the numbers of their paragraphs."""

    kind: Kind
    elements: dict[int, Element]


def head_of(contents: Contents) -> Head:
    """Return the head of a paper; of one without a red head the markings above its title."""
    paragraphs = contents.paragraphs
    shown = [at for at, one in enumerate(paragraphs) if not one.is_blank][:_MOST_LINES]
    number = next((at for at in shown if _is_number(paragraphs[at]) and _is_upper(paragraphs[at])), None)
    reach = [at for at in shown if number is None or at <= number]
    marks = _marks(paragraphs, reach, number)
    reds = _red_rules(contents, shown)
    if not _is_head(paragraphs, marks, number, reds=bool(reds)):
        return Head(Kind.INTERNAL, _markings(paragraphs, shown[:3], {}))
    elements: dict[int, Element] = dict.fromkeys(marks, Element.MARK)
    if number is not None:
        elements[number] = Element.NUMBER
    last = max(elements)
    issuers = _issuers(paragraphs, [at for at in shown if at <= last + 4 and at not in elements])
    elements |= dict.fromkeys(issuers, Element.ISSUER)
    elements |= _markings(paragraphs, [at for at in shown if at <= max(elements) + 3], elements)
    return Head(_kind(paragraphs, marks, reds, issuers), elements)


def _is_upper(one: Paragraph) -> bool:
    """Whether a paragraph may be of a head: in no table, or in one that the head itself is laid out with."""
    return one.cell is None or (one.cell[0] == 0 and one.cell[1] <= 3 and one.cell[2] <= 1)


def _is_number(one: Paragraph) -> bool:
    text = one.text.strip(signs.BLANKS)
    found = signs.NUMBER.match(text) or signs.ORDER_NUMBER.match(text)
    return found is not None and found.end() == len(text) and len(text) < 40


def _marks(paragraphs: Sequence[Paragraph], reach: Sequence[int], number: int | None) -> list[int]:
    """Return the lines of the mark: the red and large ones, else the one above the number that is larger than all text."""
    large = [
        at for at in reach if at != number and _size(paragraphs[at]) >= _SMALLEST_MARK and not _is_text(paragraphs[at])
    ]
    red = [at for at in large if is_red(paragraphs[at].look_of_text.color)]
    if red:
        return red
    red = [at for at in reach if at != number and is_red(paragraphs[at].look_of_text.color) and _names(paragraphs[at])]
    if red:
        return red
    named = [at for at in reach if at != number and _names(paragraphs[at])]
    return named[-1:] or ([at for at in large if number is not None and at < number][-1:])


def _is_text(one: Paragraph) -> bool:
    return len(one.text) > 60 or one.text.strip().endswith(("。", "：", "，"))


def _names(one: Paragraph) -> bool:
    """Whether a line ends as marks do: 文件, 纪要, 命令, 令."""
    text = one.text.strip(signs.BLANKS)
    return text.replace(" ", "").replace("\u3000", "").endswith(("文件", "纪要", "命令", "令")) and len(text) < 40


def _color(one: Paragraph) -> str:
    return one.look_of_text.color


def _size(one: Paragraph) -> float:
    return one.look_of_text.size


def _red_rules(contents: Contents, shown: Sequence[int]) -> list[tuple[int, Rule]]:
    """Return the red rules in the upper part of a paper, each with the number of its paragraph."""
    last = shown[-1] if shown else 0
    of_paragraphs = [(at, rule) for at, one in enumerate(contents.paragraphs[: last + 1]) for rule in one.look.rules]
    return [(at, rule) for at, rule in (*of_paragraphs, *contents.rules) if at <= last and rule.is_red]


def _is_head(paragraphs: Sequence[Paragraph], marks: Sequence[int], number: int | None, *, reds: bool) -> bool:
    """Whether what was found is a red head: two of a mark, a number and a red rule, or a large red mark alone.

    A large line that is not red and does not end as marks do is none: papers without a head have numbers as well.
    """
    if any(is_red(_color(paragraphs[at])) and _size(paragraphs[at]) >= _SMALLEST_MARK for at in marks):
        return True
    named = any(_names(paragraphs[at]) for at in marks)
    return named + (number is not None) + reds >= 2


def _issuers(paragraphs: Sequence[Paragraph], candidates: Sequence[int]) -> list[int]:
    """Return the lines of those who sign: the one that says so and, right below, those of names alone."""
    found: list[int] = []
    for at in candidates:
        text = paragraphs[at].text.strip(signs.BLANKS)
        if signs.ISSUER.match(text) or (
            found and at <= found[-1] + 2 and "楷" in paragraphs[at].look_of_text.east and len(text) < 20
        ):
            found.append(at)
    return found


def _markings(
    paragraphs: Sequence[Paragraph], candidates: Sequence[int], known: dict[int, Element]
) -> dict[int, Element]:
    found: dict[int, Element] = {}
    for at in candidates:
        text = paragraphs[at].text.strip(signs.BLANKS)
        if at in known or not _is_upper(paragraphs[at]):
            continue
        if signs.COPY_NUMBER.fullmatch(text):
            found[at] = Element.COPY_NUMBER
        elif signs.SECRECY.fullmatch(text):
            found[at] = Element.SECRECY
        elif signs.URGENCY.fullmatch(text):
            found[at] = Element.URGENCY
    return found


def _kind(
    paragraphs: Sequence[Paragraph], marks: Sequence[int], reds: Sequence[tuple[int, Rule]], issuers: Sequence[int]
) -> Kind:
    text = "".join(paragraphs[at].text for at in marks).replace(" ", "").replace("\u3000", "").strip()
    if text.endswith("纪要"):
        return Kind.MINUTES
    if text.endswith(("命令", "令")):
        return Kind.ORDER
    if issuers:
        return Kind.UPWARD
    if marks and not text.endswith("文件") and _is_letter(paragraphs, marks, reds):
        return Kind.LETTER
    return Kind.GENERAL


def _is_letter(paragraphs: Sequence[Paragraph], marks: Sequence[int], reds: Sequence[tuple[int, Rule]]) -> bool:
    """Whether a head is a letter's (10.1): a double rule, or one above the number, or the number at the right."""
    last = max(marks)
    if any(rule.kind.lower() not in {"single", "thick", "sng"} for _, rule in reds):
        return True
    number = next((at for at, one in enumerate(paragraphs) if at > last and _is_number(one)), None)
    if number is None:
        return False
    is_above = any(last <= at < number and rule.side != "top" for at, rule in reds)
    return is_above or (paragraphs[number].look.align == "right" and not signs.ISSUER.search(paragraphs[number].text))
