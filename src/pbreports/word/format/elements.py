"""Tells which element of an official paper each paragraph is: by its place, its text and its look together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pbreports.word.format import signs
from pbreports.word.format.document import Contents, contents_of
from pbreports.word.format.head import Head, head_of
from pbreports.word.format.paper import HEADINGS, Element, Kind, Paper, Paragraph, Where
from pbreports.word.format.pieces import LONGEST_NAME, pieces_of

_TEXT = frozenset({Where.BODY, Where.BOX})
_PARTS = frozenset({*HEADINGS, Element.ANNEX_TITLE})
"""What other paragraphs stand under."""
_LONGEST_COPIES = 400
_IMPRINT = re.compile("[抄送印]")
_FORM = 0.6
"""What part of a document's text stands in tables when it is a form to be filled in."""


def paper_of(data: bytes, name: str = "") -> Paper:
    """Return a Word document with its elements recognised; ``name`` is what messages call it.

    Raises:
        TemplateError: when it is no Word document, is damaged, or locked.
    """
    contents = contents_of(data, name)
    contents.paragraphs = [piece for one in contents.paragraphs for piece in pieces_of(one)]
    return recognised(contents)


def recognised(contents: Contents) -> Paper:
    """Return the paper that a document's contents make."""
    head = head_of(contents)
    told = _Recognition(contents.paragraphs, head)
    return Paper(
        kind=Kind.FORM if head.kind is Kind.INTERNAL and _is_form(contents.paragraphs) else head.kind,
        body=contents.body,
        paragraphs=told.paragraphs(),
        sections=tuple(contents.sections),
        rules=tuple(contents.rules),
        running_rules=tuple(rule for rule in contents.running_rules if rule.is_red),
        are_sides_different=contents.are_sides_different,
    )


class _Recognition:
    """Goes through a paper from top to bottom and gives each paragraph its element."""

    def __init__(self, paragraphs: Sequence[Paragraph], head: Head) -> None:
        self._all = paragraphs
        self._kind = head.kind
        self._found: dict[int, Element] = dict(head.elements)
        self._annex: dict[int, int] = {}
        self._lead: dict[int, int] = {}
        self._flow = [
            at for at, one in enumerate(paragraphs) if at not in self._found and not one.is_blank and one.where in _TEXT
        ]

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the paragraphs with their elements."""
        self._imprint()
        if self._kind is not Kind.INTERNAL or not _is_form(self._all):
            rest = self._title([at for at in self._flow if at not in self._found])
            rest = self._addressees(rest)
            rest = self._people(rest)
            self._annex_labels(rest)
            self._signature(rest)
            self._annex_note(rest)
            for at in rest:
                if at not in self._found:
                    self._text(at)
        return tuple(self._made())

    def _made(self) -> Iterator[Paragraph]:
        """Yield the paragraphs with their elements, each with the heading that it stands under."""
        under = ""
        for at, one in enumerate(self._all):
            element, length = self._element(at, one), self._lead.get(at, 0)
            yield one.recognised(element, self._annex.get(at, 0), length, under)
            if element in _PARTS:
                under = one.text[:length] if length else one.text

    def _element(self, at: int, one: Paragraph) -> Element:
        if at in self._found:
            return self._found[at]
        if one.is_blank and one.where in _TEXT:
            return Element.BLANK
        return Element.TABLE if one.cell is not None else Element.OTHER

    def _imprint(self) -> None:
        """Find the copies and the printing (7.4), in paragraphs, boxes or the cells of a table."""
        rows: set[tuple[int, int]] = set()
        for at, one in enumerate(self._all):
            element = self._of_imprint(at, one)
            if element is not None and at not in self._found:
                self._found[at] = element
                if one.cell is not None:
                    rows.add(one.cell[:2])
        for at, one in enumerate(self._all):
            if at not in self._found and one.cell is not None and one.cell[:2] in rows and not one.is_blank:
                self._found[at] = Element.PRINT

    def _of_imprint(self, at: int, one: Paragraph) -> Element | None:
        text = one.text.strip(signs.BLANKS)
        if one.where is Where.HEADER or len(text) > _LONGEST_COPIES or not _IMPRINT.search(text):
            return None
        if signs.COPIES.match(text) or (signs.MAIN_COPIES.match(text) and self._leads_to_copies(at)):
            return Element.COPIES
        is_print = signs.PRINTED.search(text) and text.endswith(("印发", "印刷", "印制")) and len(text) < 90
        return Element.PRINT if is_print else None

    def _leads_to_copies(self, at: int) -> bool:
        following = (one for one in self._all[at + 1 :] if not one.is_blank)
        after = next(following, None)
        return after is not None and signs.COPIES.match(after.text.strip(signs.BLANKS)) is not None

    def _title(self, rest: list[int]) -> list[int]:
        """Give the title its element, and the lines in brackets below it theirs; return what follows."""
        at = 0
        while at < len(rest) and _is_label(self._all[rest[at]]):
            at += 1
        if at == len(rest) or not self._is_title(rest, at):
            return rest
        first = self._all[rest[at]]
        before = rest[at]
        while at < len(rest) and (rest[at] == before or self._continues(rest[at], before, first)):
            self._found[rest[at]] = Element.TITLE
            before = rest[at]
            at += 1
        while at < len(rest) and self._is_subtitle(self._all[rest[at]]):
            self._found[rest[at]] = Element.SUBTITLE
            at += 1
        return rest[at:]

    def _is_title(self, rest: list[int], at: int) -> bool:
        one = self._all[rest[at]]
        text = one.text.strip(signs.BLANKS)
        if text.endswith(tuple("。；，：:")) or len(text) > 120 or signs.heading_level(text):
            return False
        if self._kind is not Kind.INTERNAL:
            return True
        looks = one.look.align == "center" or one.look_of_text.size >= 18 or one.look.style.lower() == "title"
        return looks or (len(text) < 45 and len(rest) > at + 1)

    def _continues(self, at: int, before: int, first: Paragraph) -> bool:
        """Whether a title runs on in another paragraph: right below it, and of the same look."""
        one = self._all[at]
        same = one.look_of_text.size == first.look_of_text.size and one.look.align == first.look.align
        distinct = first.look.align == "center" or first.look_of_text.size >= 18
        return at == before + 1 and same and distinct and not one.text.strip().endswith(tuple("：:。"))

    @staticmethod
    def _is_subtitle(one: Paragraph) -> bool:
        text = one.text.strip(signs.BLANKS)
        centred = one.look.align == "center" and len(text) < LONGEST_NAME and not text.endswith(tuple("。：:"))
        bracketed = signs.IN_BRACKETS.fullmatch(text) is not None and len(text) < LONGEST_NAME
        return (centred or bracketed) and not signs.heading_level(text)

    def _addressees(self, rest: list[int]) -> list[int]:
        """Give the organs addressed their element: the line below the title that ends with a colon."""
        if not rest or not any(one is Element.TITLE for one in self._found.values()):
            return rest
        one = self._all[rest[0]]
        text = one.text.strip(signs.BLANKS)
        starts = not signs.heading_level(text) and len(text) < 300 and len(rest) > 1 and "。" not in text
        colon = text.endswith(tuple("：:")) and not any(word in text for word in ("如下", "以下", "下列"))
        flush = _indent(one) < 1 and self._kind is not Kind.INTERNAL and _indent(self._all[rest[1]]) > 1
        if starts and (colon or (flush and len(text) < 90 and not text.endswith(tuple("；，")))):
            self._found[rest[0]] = Element.ADDRESSEES
            return rest[1:]
        return rest

    def _people(self, rest: list[int]) -> list[int]:
        """Give who attended, was excused or sat in their elements in minutes (10.3)."""
        if self._kind is not Kind.MINUTES:
            return rest
        elements = (Element.PRESENT, Element.ABSENT, Element.ATTENDING)
        for at in rest:
            text = self._all[at].text.strip(signs.BLANKS)
            for element, sign in zip(elements, signs.PEOPLE.values(), strict=True):
                if sign.match(text):
                    self._found[at] = element
        return [at for at in rest if at not in self._found]

    def _annex_labels(self, rest: list[int]) -> None:
        """Find where attachments begin: 附件 alone on its line (7.3.7), and the title that follows."""
        number = 0
        starts = [place for place, at in enumerate(rest) if self._is_annex_label(rest, place)]
        for count, place in enumerate(starts, 1):
            end = starts[count] if count < len(starts) else len(rest)
            number = count
            self._found[rest[place]] = Element.ANNEX_LABEL
            for at in rest[place:end]:
                self._annex[at] = number
            self._annex_title(rest[place + 1 : end])
        if starts:
            first = rest[starts[0]]
            for at, one in enumerate(self._all[first:], first):
                if one.cell is not None and at not in self._found:
                    self._annex[at] = sum(rest[place] <= at for place in starts)

    def _is_annex_label(self, rest: list[int], place: int) -> bool:
        one = self._all[rest[place]]
        text = one.text.strip(signs.BLANKS)
        if signs.ANNEX_LABEL.fullmatch(text):
            following = rest[place + 1 : place + 2]
            counts = following and signs.COUNTED.match(self._all[following[0]].text) and not one.new_page
            return place > 0 and not counts
        if not one.new_page or not signs.ANNEX_NOTE.match(text):
            return False
        return any(signs.is_date(self._all[at].text) for at in rest[:place])

    def _annex_title(self, following: list[int]) -> None:
        before = None
        for at in following:
            one = self._all[at]
            text = one.text.strip(signs.BLANKS)
            first = before is None
            same = before is not None and at == before + 1 and _alike(one, self._all[before])
            titled = one.look.align == "center" or one.look_of_text.size >= 18 or len(text) < 45
            ends = text.endswith(tuple("。；：:")) or (signs.heading_level(text) and one.look.align != "center")
            if not (first or same) or ends or not titled:
                break
            self._found[at] = Element.ANNEX_TITLE
            before = at
        rest = following[sum(at in self._found for at in following) :]
        if before is not None and rest and self._is_subtitle(self._all[rest[0]]):
            self._found[rest[0]] = Element.SUBTITLE

    def _signature(self, rest: list[int]) -> None:
        """Find the date below the text, the organs above it and the note below it (7.3.5, 7.3.6)."""
        main = [at for at in rest if at not in self._annex]
        dates = [place for place, at in enumerate(main) if place and signs.is_date(self._all[at].text)]
        if not dates:
            return
        last = dates[-1]
        self._found[main[last]] = Element.DATE
        place = last - 1
        while place > 0 and self._is_organ(main[place]) and self._is_near(main[place], main[place + 1]):
            self._found[main[place]] = Element.ORGAN
            place -= 1
        note = main[last + 1 : last + 2]
        if note and signs.IN_BRACKETS.fullmatch(self._all[note[0]].text.strip(signs.BLANKS)):
            self._found[note[0]] = Element.NOTE

    def _is_near(self, above: int, below: int) -> bool:
        """Whether a line stands right above another; above the date one blank line may stand between."""
        gap = 1 if self._found.get(below) is Element.DATE else 0
        return sum(self._all[at].where in _TEXT for at in range(above + 1, below)) <= gap

    def _is_organ(self, at: int) -> bool:
        one = self._all[at]
        text = one.text.strip(signs.BLANKS)
        short = len(text) <= LONGEST_NAME and not text.endswith(tuple(signs.ENDS_SENTENCE)) and "：" not in text
        return short and not signs.heading_level(text) and not signs.ANNEX_NOTE.match(text) and _is_apart(one)

    def _annex_note(self, rest: list[int]) -> None:
        """Find the note of attachments below the text (7.3.4) and its further lines."""
        main = [at for at in rest if at not in self._annex and at not in self._found]
        for place, at in enumerate(main):
            text = self._all[at].text.strip(signs.BLANKS)
            listed = signs.ANNEX_LABEL.fullmatch(text) and self._counts_on(main, place)
            if place and (signs.ANNEX_NOTE.match(text) or listed):
                self._found[at] = Element.ANNEX_NOTE
                for following in main[place + 1 :]:
                    if not signs.COUNTED.match(self._all[following].text):
                        break
                    self._found[following] = Element.ANNEX_NOTE
                return

    def _counts_on(self, main: list[int], place: int) -> bool:
        return place + 1 < len(main) and signs.COUNTED.match(self._all[main[place + 1]].text) is not None

    def _text(self, at: int) -> None:
        """Give a paragraph of the text its element: a heading, a caption, or text."""
        one = self._all[at]
        text = one.text.strip(signs.BLANKS)
        level = signs.heading_level(one.text)
        length = signs.heading_length(one.text) if level else 0
        if level and length:
            self._found[at], self._lead[at] = HEADINGS[level - 1], length
        elif _is_caption(one, text):
            self._found[at] = Element.CAPTION
        elif not level and (styled := _styled_level(one)):
            self._found[at], self._lead[at] = HEADINGS[styled - 1], len(one.text)
        else:
            self._found[at] = Element.BODY


def _alike(one: Paragraph, other: Paragraph) -> bool:
    return one.look_of_text.size == other.look_of_text.size and one.look.align == other.look.align


def _indent(one: Paragraph) -> float:
    """Return about how many characters the first line is indented, blanks at its beginning included."""
    blanks = len(one.text) - len(one.text.lstrip("\u3000"))
    chars = (one.look.first_chars or 0) + (one.look.left_chars or 0)
    return blanks + (chars or (one.look.first + one.look.left) / max(one.look_of_text.size, 1))


def _is_label(one: Paragraph) -> bool:
    """Whether a line above a title tells whom the paper is for, such as 内部资料."""
    text = one.text.strip(signs.BLANKS)
    return len(text) <= 12 and one.look.align != "center" and text.startswith(("内部", "送审", "讨论稿", "征求意见稿"))


def _is_apart(one: Paragraph) -> bool:
    """Whether a line stands away from the left edge, as those of a signature do."""
    blanks = len(one.text) - len(one.text.lstrip(signs.BLANKS))
    return one.look.align in {"right", "center"} or _indent(one) >= 6 or blanks >= 6 or len(one.text.strip()) <= 25


def _styled_level(one: Paragraph) -> int:
    """Return the level of a heading without a number, told by its style, or by 黑体 and 楷体 of a short line."""
    text = one.text.strip(signs.BLANKS)
    if not text or len(text) > 30 or text.endswith(tuple(signs.ENDS_SENTENCE)):
        return 0
    style = one.look.style.lower()
    if style.startswith(("heading ", "标题 ")) and style[-1:] in "1234":
        return int(style[-1])
    east = one.look_of_text.east
    return 1 if "黑" in east or "Hei" in east else 2 if "楷" in east or "Kai" in east else 0


def _is_caption(one: Paragraph, text: str) -> bool:
    beside = one.look.align in {"center", "right"} and len(text) < LONGEST_NAME
    small = one.look_of_text.size < 15
    return beside and (small or signs.CAPTION.match(text) is not None or text.startswith(("单位：", "制表", "填报")))


def _is_form(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a document is a form: its first text stands in a table, and so does most of it."""
    shown = [one for one in paragraphs if not one.is_blank]
    inside = sum(len(one.text) for one in shown if one.cell is not None)
    total = sum(len(one.text) for one in shown)
    return bool(shown) and inside > _FORM * total and all(one.cell is not None for one in shown[3:6])
