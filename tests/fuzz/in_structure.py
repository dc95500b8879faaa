"""Mutations of how a workbook is built: rows, columns, merges, sheets and their names, styles, shared strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from fuzz.bases import Base
from fuzz.book import Book

_BOOK, _LINKS, _STYLES, _STRINGS = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
)
_ROW = re.compile(r'<row r="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_SHEET = re.compile(r"<sheet [^>]*?/>")
_NAMED = re.compile(r"<definedName [^>]*>[^<]*</definedName>")
_STYLE = re.compile(r"<xf [^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_ITEM = re.compile(r"<si>.*?</si>", re.DOTALL)
_LINK = re.compile(r"<Relationship [^>]*?/>")
_NUMBERS = "0 1 2 3 4 5 6 9 -1 99 1048576 1048577 甲 5.0".split()
_AREAS = "A5:B6 C4:C7 C4:D4 A1:XFD1048576 A5 A5:A5 B2:A1 甲 D5:D6 A4:M4 : A3:B3 A5:A1048576".split()
_TITLES = "01_一行一条 02_一列一条 04_小组季度 03_只填一份 _meta 目录 自检 Sheet1 甲 01一行一条 一行一条 _lists _check".split()
_FORMATS = "0 1 9 10 14 22 27 31 49 57 58 165 999 -1 甲".split()


def _replaced(text: str, found: re.Match[str], new: str) -> str:
    return text[: found.start()] + new + text[found.end() :]


def _on(part: str, pattern: re.Pattern[str], change: Callable[[Random, str, list[str]], str]) -> Callable[..., str]:
    """Return the mutation of one of a part's elements; of a random data sheet's when no part is named."""

    def mutate(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
        name = part or random.choice(list(base.parts.values()))
        text = book.text(name)
        found = list(pattern.finditer(text))
        if not found:
            return "nothing"
        one = random.choice(found)
        new = change(random, one.group(), [other.group() for other in found])
        book.write(name, _replaced(text, one, new))
        return f"{name}: {one.group()[:70]} to {new[:70]}"

    return mutate


def _drop_or_double(random: Random, one: str, others: list[str]) -> str:
    return random.choice(["", one + one, random.choice(others)])


def _attribute(element: str, name: str, value: str) -> str:
    """Return an element with an attribute set."""
    bare = re.sub(rf' {name}="[^"]*"', "", element, count=1)
    head = re.match(r"<[\w:]+", bare)
    return bare if head is None else f'{head.group()} {name}="{value}"{bare[head.end() :]}'


def _row(random: Random, one: str, _others: list[str]) -> str:
    ways = {"r": random.choice(_NUMBERS), "hidden": "1", "ht": "0", "collapsed": "1"}
    name = random.choice(list(ways))
    return _attribute(one, name, ways[name])


def _unnumbered(_random: Random, one: str, _others: list[str]) -> str:
    """Take away what a row and its cells say of where they are."""
    return re.sub(r'(<(?:row|c)) r="[^"]*"', r"\1", one)


def _sheet(random: Random, one: str, others: list[str]) -> str:
    other = re.search(r'r:id="([^"]*)"', random.choice(others))
    ways = {
        "name": random.choice(_TITLES),
        "state": random.choice(["hidden", "veryHidden", "visible", "x"]),
        "sheetId": random.choice(_NUMBERS),
        "r:id": other[1] if other else "rId1",
    }
    name = random.choice(list(ways))
    return _attribute(one, name, ways[name])


def _named(random: Random, one: str, others: list[str]) -> str:
    ways = [
        lambda: "",
        lambda: one + one,
        lambda: random.choice(others),
        lambda: re.sub(r">[^<]*<", ">#REF!<", one),
        lambda: re.sub(r"\$(\d+)", lambda found: f"${int(found[1]) + 1}", one),
        lambda: _attribute(one, "localSheetId", random.choice(_NUMBERS)),
    ]
    return random.choice(ways)()


def _style(random: Random, one: str, others: list[str]) -> str:
    return random.choice(["", one + one, random.choice(others), _attribute(one, "numFmtId", random.choice(_FORMATS))])


def _link(random: Random, one: str, others: list[str]) -> str:
    other = re.search(r'Target="([^"]*)"', random.choice(others))
    target = other[1] if other else "x"
    ways = [
        target,
        "worksheets/none.xml",
        "../../x",
        f"/{target.lstrip('/')}",
        "",
        "http://127.0.0.1:9/",
        target.upper(),
    ]
    return random.choice(["", one + one, _attribute(one, "Target", random.choice(ways)), _attribute(one, "Id", "rId1")])


def _before(marker: str, part: str, options: Callable[[Random], str]) -> Callable[..., str]:
    """Return the mutation that puts an element before another one."""

    def mutate(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
        name = part or random.choice(list(base.parts.values()))
        new = options(random)
        book.write(name, book.text(name).replace(marker, new + marker, 1))
        return f"{name}: {new}"

    return mutate


def _merge(random: Random) -> str:
    return f'<mergeCell ref="{random.choice(_AREAS)}"/>'


def _column(random: Random) -> str:
    first, last, hidden = random.choice(_NUMBERS), random.choice(_NUMBERS), random.choice("01")
    return f'<cols><col min="{first}" max="{last}" hidden="{hidden}"/></cols>'


def _row_before(random: Random) -> str:
    return (
        f'<row r="{random.choice(_NUMBERS)}"><c r="A{random.randrange(1, 20)}"><v>{random.randrange(9)}</v></c></row>'
    )


def _shift(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Insert or delete a row: all that stands below moves, as when people do it by hand."""
    name = random.choice(list(base.parts.values()))
    at, by = random.randrange(1, 9), random.choice([-1, 1, 1, 2])
    text = re.sub(
        r'(<(?:row|c) r=")([A-Z]*)(\d+)"',
        lambda found: f'{found[1]}{found[2]}{int(found[3]) + by if int(found[3]) >= at else found[3]}"',
        book.text(name),
    )
    book.write(name, text)
    return f"{name} from row {at} by {by}"


def _columns(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Insert or delete a column, or exchange two: everything in it moves, as when people do it by hand."""
    name = random.choice(list(base.parts.values()))
    letters = [chr(ord("A") + place) for place in range(14)]
    one, other = sorted(random.sample(letters, 2))
    moves = random.choice(
        [
            {one: other, other: one},
            {letter: chr(ord(letter) + 1) for letter in letters if letter >= one},
            {letter: chr(ord(letter) - 1) for letter in letters if letter > one} | {one: ""},
        ]
    )
    text = book.text(name)
    for old in [letter for letter, new in moves.items() if not new]:
        text = re.sub(rf'<c r="{old}\d+"[^>]*?(?:/>|>.*?</c>)', "", text, flags=re.DOTALL)
    moved = re.sub(r'(<c r=")([A-Z])(\d)', lambda found: f"{found[1]}{moves.get(found[2], found[2])}{found[3]}", text)
    book.write(name, moved)
    return f"{name} {one} {other} {moves}"


def _copied_row(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Put what stands in one row into another too, or exchange two rows."""
    name = random.choice(list(base.parts.values()))
    text = book.text(name)
    rows = list(_ROW.finditer(text))
    if len(rows) < 2:
        return "nothing"
    one, other = sorted(random.sample(rows, 2), key=lambda row: row.start())
    here = _numbered(one.group(), other[1]) if random.random() < 0.5 else other.group()
    there = _numbered(other.group(), one[1])
    book.write(name, text[: one.start()] + there + text[one.end() : other.start()] + here + text[other.end() :])
    return f"{name} {one[1]} and {other[1]}"


def _numbered(row: str, number: str) -> str:
    """Return a row and its cells with another number."""
    return re.sub(r'(<row r="|<c r="[A-Z]+)\d+"', rf'\g<1>{number}"', row)


def _setting(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    """Change what the workbook says of itself as a whole."""
    text = book.text(_BOOK)
    ways = [
        (r"<workbookPr[^>]*/>", '<workbookPr date1904="1"/>'),
        (r"<workbookPr[^>]*/>", ""),
        (r"<calcPr[^>]*/>", '<calcPr calcMode="manual"/>'),
        (r"<calcPr[^>]*/>", ""),
        (r"<sheets>", "<sheets><sheets>"),
        (r"<definedNames>.*</definedNames>", ""),
    ]
    old, new = random.choice(ways)
    book.write(_BOOK, re.sub(old, lambda _: new, text, count=1, flags=re.DOTALL))
    return f"{old} to {new}"


def _dimension(random: Random, one: str, _others: list[str]) -> str:
    return random.choice(["", one + one, f'<dimension ref="{random.choice(_AREAS)}"/>'])


MUTATORS: Mapping[str, Callable[[Random, Book, Base, Sequence[Base]], str]] = {
    "row": _on("", _ROW, _row),
    "row.lines": _on("", _ROW, _drop_or_double),
    "row.unnumbered": _on("", _ROW, _unnumbered),
    "row.before": _before("</sheetData>", "", _row_before),
    "row.shift": _shift,
    "row.copy": _copied_row,
    "columns": _columns,
    "column": _before("<sheetData>", "", _column),
    "merge": _before("</mergeCells>", "", _merge),
    "dimension": _on("", re.compile(r"<dimension [^>]*/>"), _dimension),
    "sheet": _on(_BOOK, _SHEET, _sheet),
    "sheet.lines": _on(_BOOK, _SHEET, _drop_or_double),
    "name": _on(_BOOK, _NAMED, _named),
    "setting": _setting,
    "style": _on(_STYLES, _STYLE, _style),
    "string": _on(_STRINGS, _ITEM, _drop_or_double),
    "link": _on(_LINKS, _LINK, _link),
}
