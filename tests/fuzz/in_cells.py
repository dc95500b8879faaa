"""Mutations of single cells: what stands in them, as what, in which style, and where they say that they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from xml.sax.saxutils import escape

from fuzz.bases import Base
from fuzz.book import Book

_CELL = re.compile(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_TYPE = re.compile(r' t="[^"]*"')
_STYLE = re.compile(r' s="[^"]*"')
_LABELS = 3  # the first cells of a sheet are its title and explanation

_TEXTS = (
    *"二〇二〇年 2031年9月 20310901 2031.9.1 2031-9 31/9/1 2031-02-30 １２３ 三 十二 壹佰 1,234 ，1 -0 5人 50% 1.10E+17".split(),
    *"是 否 √ × Y 优 优秀 优良 无 / —— 同上 合计 小计 编码 短文 L1 A01-1 A01 B02 第一季度 110101199003071234".split(),
    *"#REF! #N/A =1+1 +5 @SUM(A1) =cmd|'/c'!A0 {=1} TRUE 0.1+0.2 1e5 NaN inf 0x1F ½ ⑫ ٣ −5 －5 5－6 3.0 3.5 1e999".split(),
    " ",
    "\u3000",
    "\u200b",
    "\u200b5",
    "5\u00a0",
    " 7 ",
    "甲\n乙",
    "甲\t乙",
    "_x0001_",
    "_x000D_",
    "_xD800_",
    "_x005F_x0041_",
    "\U00020bb7野",
    "e\u0301",
    "㐀",
    "\ue000",
    "\u202e54321",
    "很" * 400,
    "很" * 32768,
    "5" * 400,
    "<b>粗</b>",
    "]]>",
    "007",
    "甲乙",
)
_RAW = (
    *"0 1 -1 5 7 1e0 1E+17 1.5 0.30000000000000004 12345678901234567890 1e308 1e400 -0 NaN INF 45000 60 59 -5 0.99999".split(),
    *"2958465 2958466 3e6 1,5 １ ５ 1_0 0x5 甲 1904".split(),
    "",
    " ",
    " 5 ",
    "5\n",
    "9" * 400,
)
_ERRORS = "#REF! #DIV/0! #N/A #NAME? #NULL! #NUM! #VALUE! #SPILL! #CALC! #GETTING_DATA 5 甲".split()
_DAYS = "2031-09-01 2031-09-01T00:00:00 2031-13-01 20310901 2031-W36-1 12:00:00 9999-12-31 0000-00-00 甲 2031-09-01Z".split()
_FORMULAS = "1+1 A1 SUM(A1:A9) cmd|'/c'!A0 [1]表!A1 甲 #REF! '02_一列一条'!C4".split()
_TYPES = "n s b e str d inlineStr x N".split()
_ADDRESSES = "A1 A0 A5 C4 C7 D7 B5 E5 Z99 AA5 XFD1048576 XFE1 ZZZ1 A1048577 a5 $A$5 A A-5 5 R1C1 甲5 Ａ５".split()


def _inline(text: str) -> tuple[str, str]:
    return ' t="inlineStr"', f'<is><t xml:space="preserve">{escape(text)}</t></is>'


def _anything(random: Random) -> tuple[str, str]:
    """Return the type and the inside of a nasty cell."""
    raw = f"<v>{random.choice(_RAW)}</v>"
    formula = f"<f>{escape(random.choice(_FORMULAS))}</f>"
    return random.choice(
        [
            _inline(random.choice(_TEXTS)),
            _inline(random.choice(_TEXTS)),
            ("", raw),
            ("", raw),
            (' t="str"', f"<v>{escape(random.choice(_TEXTS))}</v>"),
            (' t="e"', f"<v>{random.choice(_ERRORS)}</v>"),
            (' t="d"', f"<v>{random.choice(_DAYS)}</v>"),
            (' t="b"', f"<v>{random.choice('0 1 2 true false 是'.split())}</v>"),
            (' t="s"', f"<v>{random.choice('0 1 -1 5 99999 1.0 甲 ١'.split())}</v>"),
            ("", formula),
            ("", f"{formula}<v/>"),
            ("", formula + raw),
            (' t="str"', f"{formula}<v>{escape(random.choice(_TEXTS))}</v>"),
            ("", f'<f t="shared" si="{random.randrange(3)}" ref="A1:Z99">A1</f>{raw}'),
            ("", f'<f t="shared" si="{random.randrange(3)}"/>{raw}'),
        ]
    )


def _cells(random: Random, book: Book, base: Base) -> tuple[str, str, list[re.Match[str]]]:
    """Return the name of a data sheet's part, its text, and its cells."""
    name = random.choice(list(base.parts.values()))
    text = book.text(name)
    return name, text, list(_CELL.finditer(text))[_LABELS:]


def _on_cell(change: Callable[[Random, re.Match[str]], str]) -> Callable[..., str]:
    """Return the mutation that puts something else in the place of a cell, by preference of one that holds something."""

    def mutate(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
        name, text, cells = _cells(random, book, base)
        held = [one for one in cells if one[3]]
        if not cells:
            return "nothing"
        cell = random.choice(held if held and random.random() < 0.8 else cells)
        new = change(random, cell)
        book.write(name, text[: cell.start()] + new + text[cell.end() :])
        return f"{name} {cell[1]}: {cell.group()[:80]} to {new[:80]}"

    return mutate


def _untyped(cell: re.Match[str]) -> str:
    return _TYPE.sub("", cell[2])


def _fill(random: Random, cell: re.Match[str]) -> str:
    kind, inside = _anything(random)
    return f'<c r="{cell[1]}"{_untyped(cell)}{kind}>{inside}</c>'


def _clear(random: Random, cell: re.Match[str]) -> str:
    return random.choice(["", f'<c r="{cell[1]}"{_untyped(cell)}/>', f'<c r="{cell[1]}"{cell[2]}><v/></c>'])


def _retype(random: Random, cell: re.Match[str]) -> str:
    return f'<c r="{cell[1]}"{_untyped(cell)} t="{random.choice(_TYPES)}">{cell[3] or ""}</c>'


def _restyle(random: Random, cell: re.Match[str]) -> str:
    style = random.choice([*map(str, range(30)), "-1", "99999", "甲", "", "1.5"])
    return f'<c r="{cell[1]}"{_STYLE.sub("", cell[2])} s="{style}">{cell[3] or ""}</c>'


def _readdress(random: Random, cell: re.Match[str]) -> str:
    address = random.choice([*(f' r="{one}"' for one in _ADDRESSES), ""])
    return f"<c{address}{cell[2]}>{cell[3] or ''}</c>"


def _double(random: Random, cell: re.Match[str]) -> str:
    """Write a cell twice, the second time holding something else."""
    pair = [cell.group(), _fill(random, cell)]
    random.shuffle(pair)
    return "".join(pair)


def _crowd(random: Random, cell: re.Match[str]) -> str:
    """Put two values, or a value and a text, into one cell."""
    _, one = _anything(random)
    return f'<c r="{cell[1]}"{cell[2]}>{cell[3] or ""}{one}</c>'


def _digit(random: Random, cell: re.Match[str]) -> str:
    """Change one digit of a number: a school that corrected a figure."""
    inside = cell[3] or ""
    digits = [at for at, mark in enumerate(inside) if mark.isdigit()] if inside.startswith("<v>") else []
    if not digits:
        return cell.group()
    at = random.choice(digits)
    return f'<c r="{cell[1]}"{cell[2]}>{inside[:at]}{random.randrange(1, 10)}{inside[at + 1 :]}</c>'


def _exchange(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Exchange what two cells of a sheet hold."""
    name, text, cells = _cells(random, book, base)
    if len(cells) < 2:
        return "nothing"
    one, other = sorted(random.sample(cells, 2), key=lambda cell: cell.start())
    here = f'<c r="{one[1]}"{other[2]}>{other[3] or ""}</c>'
    there = f'<c r="{other[1]}"{one[2]}>{one[3] or ""}</c>'
    book.write(name, text[: one.start()] + here + text[one.end() : other.start()] + there + text[other.end() :])
    return f"{name} {one[1]} and {other[1]}"


def _copy(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Write what one cell holds into another too, of any data sheet."""
    _, _, sources = _cells(random, book, base)
    name, text, targets = _cells(random, book, base)
    held = [one for one in sources if one[3]]
    if not held or not targets:
        return "nothing"
    source, target = random.choice(held), random.choice(targets)
    book.write(name, f'{text[: target.start()]}<c r="{target[1]}"{source[2]}>{source[3]}</c>{text[target.end() :]}')
    return f"{name} {target[1]}: {target.group()[:80]} to {source.group()[:80]}"


def _label(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Write something over one of the first cells of a sheet: titles, explanations, headers, marks."""
    name = random.choice([*base.parts.values(), "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"])
    text = book.text(name)
    cells = list(_CELL.finditer(text))[:25]
    if not cells:
        return "nothing"
    cell = random.choice(cells)
    new = random.choice([_fill, _clear, _double])(random, cell)
    book.write(name, text[: cell.start()] + new + text[cell.end() :])
    return f"{name} {cell[1]}: {cell.group()[:80]} to {new[:80]}"


MUTATORS: Mapping[str, Callable[[Random, Book, Base, Sequence[Base]], str]] = {
    "cell.fill": _on_cell(_fill),
    "cell.fill again": _on_cell(_fill),
    "cell.clear": _on_cell(_clear),
    "cell.retype": _on_cell(_retype),
    "cell.restyle": _on_cell(_restyle),
    "cell.readdress": _on_cell(_readdress),
    "cell.double": _on_cell(_double),
    "cell.crowd": _on_cell(_crowd),
    "cell.digit": _on_cell(_digit),
    "cell.exchange": _exchange,
    "cell.copy": _copy,
    "cell.label": _label,
}
