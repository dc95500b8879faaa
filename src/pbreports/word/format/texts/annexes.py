"""What the text says of its attachments, and what they are called (GB/T 9704-2012, 7.3.4 and 7.3.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pbreports.word.format.paper import Element, Paper, Paragraph
from pbreports.word.format.texts.remarks import Remark, quoted

_BLANKS = re.compile(r"[\s\u3000]+")
_HEAD = re.compile(r"\s*附[\s\u3000]*件[\s\u3000]*[：:]")
_NUMBER = re.compile(r"[\s\u3000]*(?P<number>\d{1,2})[\s\u3000]*[.．、]")
_LABEL = re.compile(r"附件[-—－]?(?P<number>\d*)")
_END = re.compile("[。；，、;,.]+$")


@dataclass(frozen=True, slots=True)
class _Named:
    """An attachment as the note names it; ``number`` is 0 where it has none."""

    paragraph: Paragraph
    start: int
    number: int
    name: str


def remarks_on_annexes(paper: Paper) -> Iterator[Remark]:
    """Yield where the note on attachments and the attachments do not agree, and marks behind names."""
    named = _named(paper.of(Element.ANNEX_NOTE))
    yield from _ends(named)
    yield from _numbers(named)
    labels = paper.of(Element.ANNEX_LABEL)
    if named and labels:
        yield from _agreeing(named, labels, paper)
    elif labels and not named:
        yield _remark(labels[0], f"{quoted(labels[0].text)}没有在附件说明里写出", "正文下写明“附件：”和名称")


def _named(notes: Sequence[Paragraph]) -> list[_Named]:
    """Return the attachments of a note; a line without a number runs on the name above when that has one."""
    found: list[_Named] = []
    for one in notes:
        head = _HEAD.match(one.text)
        start = head.end() if head else 0
        number = _NUMBER.match(one.text, start)
        if number:
            found.append(_Named(one, number.end(), int(number["number"]), one.text[number.end() :]))
        elif head or not found:
            found.append(_Named(one, start, 0, one.text[start:]))
        else:
            last = found[-1]
            found[-1] = _Named(one, 0, last.number, last.name + one.text)
    return found


def _ends(named: Sequence[_Named]) -> Iterator[Remark]:
    for one in named:
        text = one.paragraph.text.rstrip()
        if match := _END.search(text):
            yield Remark("W-56", one.paragraph, match.start(), match.end(), quoted(match.group()), "没有标点", "")


def _numbers(named: Sequence[_Named]) -> Iterator[Remark]:
    if len(named) < 2:
        return
    for wanted, one in enumerate(named, 1):
        if one.number != wanted:
            said = f"序号{one.number}" if one.number else "没有序号"
            yield _remark(one.paragraph, said, f"序号{wanted}")


def _agreeing(named: Sequence[_Named], labels: Sequence[Paragraph], paper: Paper) -> Iterator[Remark]:
    if len(named) != len(labels):
        yield _remark(named[0].paragraph, f"附件说明里{len(named)}个，附件{len(labels)}个", "同样多")
        return
    for at, (one, label) in enumerate(zip(named, labels, strict=True), 1):
        match = _LABEL.match(_BLANKS.sub("", label.text))
        number = int(match["number"] or 0) if match else 0
        if number != (at if len(named) > 1 else 0) and not (len(named) == 1 and one.number == number):
            yield _remark(label, quoted(label.text), quoted(f"附件{at if len(named) > 1 else ''}"))
        title = _title_of(paper, label)
        if title and _bare(title[1]) != _bare(one.name):
            yield _remark(title[0], quoted(_BLANKS.sub("", title[1])), quoted(_BLANKS.sub("", one.name)))


def _title_of(paper: Paper, label: Paragraph) -> tuple[Paragraph, str] | None:
    titles = [one for one in paper.of(Element.ANNEX_TITLE) if one.annex == label.annex]
    return (titles[0], "".join(one.text for one in titles)) if titles else None


def _bare(text: str) -> str:
    return _END.sub("", _BLANKS.sub("", text))


def _remark(one: Paragraph, found: str, expected: str) -> Remark:
    return Remark("W-55", one, 0, len(one.text), found, expected)
