"""The letters of a paragraph in its file, each with the element that holds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from pbreports.word.filling.markup import SIGNS, XML_SPACE, P, R, T, is_own, w
from pbreports.word.format.paper import Paragraph

_DELETED = (w("del"), w("moveFrom"))
_FIELD = w("fldChar")
_BREAK = w("br")


@dataclass(slots=True)
class Letter:
    """One sign that is read: what holds it, the run around, and what is to stand there."""

    unit: etree._Element
    run: etree._Element
    sign: str


def letters_of(paragraph: etree._Element) -> list[Letter]:
    """Return the signs of a paragraph as they are read, without what is deleted and the codes of fields."""
    found: list[Letter] = []
    in_code: list[bool] = []
    for element in paragraph.iter(T, _FIELD, *SIGNS):
        run = element.getparent()
        if run is None or run.tag != R or not is_own(element, paragraph) or _is_deleted(run, paragraph):
            continue
        if element.tag == _FIELD:
            _follow(in_code, element.get(w("fldCharType"), ""))
        elif element.tag != T:
            is_page = element.tag == _BREAK and element.get(w("type")) == "page"
            found.extend([] if is_page else [Letter(element, run, SIGNS[str(element.tag)])])
        elif not any(in_code):
            found.extend(Letter(element, run, sign) for sign in element.text or "")
    return found


def _follow(in_code: list[bool], kind: str) -> None:
    """Follow the fields that are open: each is first its code, then what it shows."""
    if kind == "begin":
        in_code.append(True)
    elif kind == "separate" and in_code:
        in_code[-1] = False
    elif kind == "end" and in_code:
        in_code.pop()


def _is_deleted(run: etree._Element, paragraph: etree._Element) -> bool:
    for around in run.iterancestors():
        if around is paragraph:
            return False
        if around.tag in _DELETED:
            return True
    return False


def seen_letters(letters: list[Letter], one: Paragraph, label: int) -> list[Letter | None]:
    """Return those of a ``w:p``'s letters that were read as a paragraph, one for each sign of its text.

    The signs of an automatic number, ``label`` of them in the whole ``w:p``, stand nowhere. The list is empty where
    file and text are not the same, as with hidden text: then nothing can be told of single signs.
    """
    numbered = len(one.number) if not one.offset else 0
    start = max(0, one.offset - label)
    own = letters[start : start + len(one.text) - numbered]
    if "".join(letter.sign for letter in own) != one.text[numbered:]:
        return []
    return [*([None] * numbered), *own]


def rewrite(letters: list[Letter | None], start: int, end: int, instead: str) -> bool:
    """Put other text in the place of some letters; return whether that could be done."""
    chosen = letters[start:end]
    own = [letter for letter in chosen if letter is not None and letter.unit.tag == T]
    if not own or len(own) != len(chosen):
        return False
    for at, letter in enumerate(own):
        letter.sign = instead if at == 0 else ""
    return True


def write_back(letters: list[Letter]) -> None:
    """Write all letters of a ``w:p`` into the elements that hold them."""
    texts: dict[etree._Element, list[str]] = {}
    for letter in letters:
        if letter.unit.tag == T:
            texts.setdefault(letter.unit, []).append(letter.sign)
    for unit, signs in texts.items():
        unit.text = "".join(signs)
        unit.set(XML_SPACE, "preserve")


def paragraphs_of(root: etree._Element) -> list[etree._Element]:
    """Return the paragraphs of a part, as spots number them."""
    return list(root.iter(P))


def runs_of(letters: list[Letter | None]) -> Iterator[tuple[etree._Element, int]]:
    """Yield the runs that hold letters, each with the place of its first letter in the text."""
    seen: set[etree._Element] = set()
    for at, letter in enumerate(letters):
        if letter is not None and letter.run not in seen:
            seen.add(letter.run)
            yield letter.run, at
