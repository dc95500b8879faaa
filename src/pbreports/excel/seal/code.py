"""The control code of a workbook's data: eight signs that change when anything changes that the school has entered.

The workbook computes it by formula for the sealed page, and we compute it from the file: both by the definition here.
Each field of each sheet gives two sums over its cells, one for each half of the code. A number (a date is one)
counts with the weight of its line. A text counts by its length and by some bits of the code points of its first
characters, as far as a spreadsheet can tell them by looking them up. So the change of a number is always noticed, that
of a text of the same length mostly. Lines are counted from the header, fields by the scheme: a save by another program
or a column inserted between two others change nothing, a row inserted between two others does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import floor

from pbreports.excel.grid import Grid, Headers
from pbreports.excel.reader.values import Calculation, Cell, Kind
from pbreports.scheme.model import Field, FieldKind, Layout, Sheet

MODULI = (1_048_573, 1_048_571)
"""The two largest primes below 2^20, which is four signs of the code."""

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""The signs of the code: no 0, O, 1, I, which are misread on paper."""

SCALE, LIFT = 1000, Decimal("0.463")
"""Numbers count to the thousandth. The lift before cutting is no half, so that no usual number stands on the edge."""

TEXT_SCALE = (9_973, 9_967)
"""By how much texts weigh against numbers in each half."""

LOOKED_AT = {Layout.FORM: 40}
FEWEST_LOOKED_AT = 10
"""So many characters of a text are looked at one by one: on a form more, since it holds each field once."""

FOLD, BITS = 95, 5
"""A character counts by the low bits of the rest of its code point: chosen so that digits, letters, numerals and the
words of the usual choices differ from one another."""


def looked_at(sheet: Sheet, field: Field) -> int:
    """Return how many characters of a field are looked at one by one; of what should be a number or date, none."""
    if field.holds in (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.DATE):
        return 0
    return LOOKED_AT.get(sheet.layout, FEWEST_LOOKED_AT)


def second_weight(line: int) -> int:
    """Return the weight of a line's numbers in the second half; in the first it is the line itself."""
    return line * 53 % 89 + 1


@lru_cache(maxsize=1)
def sign_weights() -> tuple[int, ...]:
    """Return the weight of each place of a text: so far apart that no two changes cancel out by chance."""
    return tuple(pow(17, place, 9_973) for place in range(1, max(*LOOKED_AT.values(), FEWEST_LOOKED_AT) + 1))


@lru_cache(maxsize=1)
def known_signs() -> frozenset[str]:
    """Return the characters whose bits are looked at: printable ASCII and the 3,755 of GB 2312's first level."""
    ascii_signs = {chr(number) for number in range(0x21, 0x7F)}
    cells = {(0xA0 + row, 0xA0 + cell) for row in range(16, 56) for cell in range(1, 95)}
    level_one = {bytes(pair).decode("gb2312", "ignore") for pair in cells} - {""}
    return frozenset(ascii_signs | level_one)


@lru_cache(maxsize=BITS)
def signs_with(bit: int) -> str:
    """Return the known characters that count with a bit, as one text to look a character up in."""
    return "".join(sorted(one for one in known_signs() if bits_of(one) >> bit & 1))


def bits_of(sign: str) -> int:
    """Return by what a character counts, 0 for one that is not known."""
    return ord(sign) % FOLD % (1 << BITS) if sign in known_signs() else 0


Residues = tuple[int, int]
"""What a field counts in each half of the code."""


class UnsealableError(Exception):
    """Raised when a cell shows an error or was never calculated: then the workbook has no control code either."""


@dataclass(slots=True)
class Sums:
    """The sums of one field so far: of numbers for each half of the code, and of texts."""

    looked_at: int
    first: Decimal = Decimal(0)
    second: Decimal = Decimal(0)
    texts: int = 0

    def add(self, line: int, cell: Cell) -> None:
        """Count a cell on a line, which is counted from the header."""
        if cell.kind is Kind.ERROR or cell.calculation is Calculation.NEVER:
            raise UnsealableError
        if cell.kind is Kind.TEXT:
            self.texts += line * text_mark(str(cell.value), self.looked_at)
        elif cell.kind in (Kind.NUMBER, Kind.DATE, Kind.TIME):
            number = _number(cell.raw)
            self.first += line * number
            self.second += second_weight(line) * number

    def residues(self) -> Residues:
        """Return what the field counts in each half."""
        first, second = (
            (floor(number * SCALE + LIFT) + self.texts * scale) % modulus
            for number, scale, modulus in zip((self.first, self.second), TEXT_SCALE, MODULI, strict=True)
        )
        return first, second


def _number(raw: str) -> Decimal:
    """Return a stored number as the spreadsheet holds it."""
    try:
        number = Decimal(repr(float(raw)))
    except ValueError:
        raise UnsealableError from None
    if not number.is_finite():
        raise UnsealableError
    return number


@lru_cache(maxsize=20_000)
def text_mark(text: str, looked_at: int) -> int:
    """Return what a text counts: its length, and its first characters by their bits and their place."""
    signs = zip(sign_weights(), text[:looked_at], strict=False)
    return length_of(text) + sum(weight * (1 + bits_of(sign)) for weight, sign in signs)


def length_of(text: str) -> int:
    """Return the length of a text as Excel counts it, in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def sealed_fields(sheet: Sheet) -> tuple[Field, ...]:
    """Return the fields of a sheet that the code covers: all that are entered."""
    return tuple(field for field in sheet.shown if not field.computed)


def residues_of(sheet: Sheet, grid: Grid, headers: Headers) -> tuple[Residues, ...] | None:
    """Return what each field of a received sheet counts, in the scheme's order; ``None`` when it cannot be told."""
    fields = sealed_fields(sheet)
    sums = {field.name: Sums(looked_at(sheet, field)) for field in fields}
    if not sums.keys() <= headers.places.keys():
        return None
    places = {headers.places[name]: one for name, one in sums.items()}
    try:
        for number, line in grid.lines.items():
            if number >= headers.first:
                _add_line(line, number - headers.line, places)
    except UnsealableError:
        return None
    return tuple(sums[field.name].residues() for field in fields)


def _add_line(line: Mapping[int, Cell], number: int, places: Mapping[int, Sums]) -> None:
    for place, cell in line.items():
        sums = places.get(place)
        if sums is not None:
            sums.add(number, cell)


def control_code(sheets: Iterable[Sequence[Residues] | None]) -> str:
    """Return the control code of a workbook by what its sheets' fields count, such as ``A3F9-22KQ``.

    It is empty when one of the sheets could not be read as it was issued.
    """
    fields: list[Residues] = []
    for residues in sheets:
        if residues is None:
            return ""
        fields += residues
    halves = [sum(number * pair[half] for number, pair in enumerate(fields, 1)) for half in (0, 1)]
    return "-".join(_signs(total % modulus) for total, modulus in zip(halves, MODULI, strict=True))


def _signs(total: int) -> str:
    return "".join(SIGNS[total >> shift & 31] for shift in (15, 10, 5, 0))
