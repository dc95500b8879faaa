"""The tags of one part: each has a number, by which its node in the tree is known, and becomes a slot of the program."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from pbreports.tags.problems import LONGEST_SHOWN, Place, Problem
from pbreports.tags.program import Slot, Write
from pbreports.tags.tokens import Broken, Kind, Matter, Tag
from pbreports.word.filling.content import Node
from pbreports.word.filling.markup import PPR, RPR, mark, serialized

_MATTERS = {
    Matter.UNCLOSED: ("T-01", "标签没有写完", "请补上右边的括号 }} 或 %}"),
    Matter.SPACED: ("T-02", "括号中间有空格，不是标签的括号", "请改成 {{ }} 或 {% %}，两个括号连着写"),
    Matter.STRAY: ("T-03", "右括号前面没有标签，会原样印出来", "请删去它，或补上左边的括号"),
}
_SILENT = frozenset({"raw", "endraw"})
_AROUND = 12
"""How many signs before a tag a message shows."""


def excerpt(text: str, tag: Tag) -> str:
    """Return the part of a text in which a tag stands, so that a message shows the tag."""
    if len(text.strip()) <= LONGEST_SHOWN or text[tag.start : tag.end] != tag.text:
        return text
    start = max(0, tag.start - _AROUND)
    return f"{'…' if start else ''}{text[start : max(tag.end, start + LONGEST_SHOWN - 1)]}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A tag of the template with its place and the properties of its run and its paragraph, as markup."""

    tag: Tag
    place: Place
    run_properties: str = ""
    paragraph_properties: str = ""


@dataclass(slots=True)
class Registry:
    """What is known of the tags of a part while it is compiled."""

    tags: dict[int, Marked] = field(default_factory=dict)
    made: dict[int, Slot] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    misplaced: set[int] = field(default_factory=set)
    _last: int = -1

    def take(self, tag: Tag, place: Place, run: Node | None = None, paragraph: Node | None = None) -> int:
        """Return the number of a tag of the template, which begins in this run of this paragraph."""
        number = self._next()
        place = replace(place, text=excerpt(place.text, tag))
        properties = [
            serialized(one.find(name)) if one is not None else "" for one, name in ((run, RPR), (paragraph, PPR))
        ]
        self.tags[number] = Marked(tag, place, *properties)
        if tag.is_misspelt:
            self.tell("T-04", place, "标签的写法不规范（全角符号或多余的空格），已按原意读取", f"可以改成 {tag.mended}")
        return number

    def control(self, source: str, place: Place) -> etree._Element:
        """Return the node of a control statement that the compiler adds."""
        number = self._next()
        self.made[number] = Slot(place, source)
        return mark(number)

    def capture_around(self, element: Node, write: Write) -> None:
        """Have an element caught, and what a writer makes of it written in its place."""
        begin, name = self.capture()
        element.addprevious(begin)
        for node in (self.value(name, Place(), write), self.control("endset", Place())):
            element.addnext(node)

    def capture(self) -> tuple[Node, str]:
        """Return the node that begins to catch what follows, and the name under which that is caught."""
        number = self._next()
        name = f"_c{number}"
        self.made[number] = Slot(Place(), f"set {name}")
        return mark(number), name

    def value(self, source: str, place: Place, write: Write) -> etree._Element:
        """Return the node of an expression that the compiler adds."""
        return mark(self.inline(source, place, write))

    def inline(self, source: str, place: Place, write: Write) -> int:
        """Return the number of an expression that the compiler adds, to be written into an attribute or a text."""
        number = self._next()
        self.made[number] = Slot(place, source, write)
        return number

    def slot(self, number: int) -> Slot | None:
        """Return the slot of a tag: of what the compiler has made of it, else of its own words; a remark has none."""
        if number in self.made:
            return self.made[number]
        marked = self.tags[number]
        if marked.tag.kind is Kind.COMMENT or marked.tag.keyword in _SILENT:
            return None
        return Slot(marked.place, marked.tag.body)

    def is_control(self, number: int | None, scopes: tuple[str, ...] = ("", "p", "tr", "tc", "r")) -> bool:
        """Return whether a number is that of a control tag or a remark of the template, with one of these scopes."""
        marked = self.tags.get(number) if number is not None else None
        return (
            marked is not None
            and marked.tag.kind is not Kind.VALUE
            and marked.tag.scope in scopes
            and marked.tag.keyword not in {"cellbg", "colspan", "hm", "vm"}
        )

    def tell(self, code: str, place: Place, what: str, remedy: str = "") -> None:
        """Take note of a problem."""
        self.problems.append(Problem(code, place, what, remedy))

    def tell_broken(self, broken: Broken, place: Place) -> None:
        """Take note of signs that are meant as a tag and are none."""
        code, what, remedy = _MATTERS[broken.matter]
        self.tell(code, place, f"“{broken.text}”{what}", remedy)

    def _next(self) -> int:
        self._last += 1
        return self._last
