"""The formulas by which a workbook computes its own control code, for Excel 2010, WPS and LibreOffice.

Only SUMPRODUCT sees a range cell by cell without being entered as an array formula, and with a comma between its
arguments it takes texts among the numbers for zero. All sums stay whole numbers below 2^53.
"""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter, quote_sheetname

from pbreports.excel.layout import Geometry
from pbreports.excel.seal.code import BITS, LIFT, MODULI, SCALE, SIGNS, TEXT_SCALE

PLACES_ACROSS, WEIGHTS_ACROSS = (2, 9), (3, 9)
PLACES_DOWN, WEIGHTS_DOWN = (2, 6), (2, 7)
"""Row and column of the first hidden cell that holds the number, or the weight, of a place of a text."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The cells of one field over a sheet's records, on the sheet of a title."""

    title: str
    geometry: Geometry
    place: int
    records: int

    @property
    def cells(self) -> str:
        """The range as a formula names it; at least two cells, since one alone would be no range."""
        last = max(self.records, 2) - 1
        return f"{quote_sheetname(self.title)}!{self.geometry.span(self.place, self.place, (0, last))}"

    @property
    def line(self) -> str:
        """The number of each line, counted from the header."""
        word = "COLUMN" if self.geometry.across else "ROW"
        header = f"{quote_sheetname(self.title)}!{self.geometry.address(self.geometry.header, self.place)}"
        return f"({word}({self.cells})-{word}({header}))"

    def places(self, count: int) -> str:
        """The hidden cells with the numbers of a text's places, across the direction of the lines."""
        return self._hidden(PLACES_DOWN if self.geometry.across else PLACES_ACROSS, count)

    def weights(self, count: int) -> str:
        """The hidden cells with the weights of a text's places, across the direction of the lines."""
        return self._hidden(WEIGHTS_DOWN if self.geometry.across else WEIGHTS_ACROSS, count)

    def _hidden(self, first: tuple[int, int], count: int) -> str:
        (row, column), more = first, count - 1
        last = (row + more, column) if self.geometry.across else (row, column + more)
        return f"${get_column_letter(column)}${row}:${get_column_letter(last[1])}${last[0]}"


def text_formula(stretch: Stretch, looked_at: int) -> str:
    """Return the formula of what the texts of a field count."""
    cells = stretch.cells
    text = f"{stretch.line}*ISTEXT({cells})"
    lengths = f"=SUMPRODUCT({text}*LEN({cells}))"
    if not looked_at:
        return lengths
    places = stretch.places(looked_at)
    sign = f"MID({cells},{places},1)"
    bits = "".join(f"+{1 << bit}*ISNUMBER(FIND({sign},{sign_cell(bit)}))" for bit in range(BITS))
    return f"{lengths}+SUMPRODUCT({text}*(LEN({cells})>={places})*{stretch.weights(looked_at)}*(1{bits}))"


def sum_formula(stretch: Stretch, texts: str, half: int) -> str:
    """Return the formula of what a field counts in one half, not yet cut to the modulus; ``texts`` is its texts'."""
    weight = stretch.line if half == 0 else f"(MOD({stretch.line}*53,89)+1)"
    return f"=INT(SUMPRODUCT({weight},{stretch.cells})*{SCALE}+{LIFT})+{TEXT_SCALE[half]}*{texts}"


def sign_cell(bit: int) -> str:
    """Return the address of the hidden cell that holds the characters with a bit."""
    return f"${get_column_letter(bit + 1)}$1"


def residue_formula(address: str, half: int) -> str:
    """Return the formula that cuts a sum to the modulus; MOD itself refuses large numbers in old programs."""
    return f"={address}-INT({address}/{MODULI[half]})*{MODULI[half]}"


def total_formula(letter: str, first: int, last: int, half: int) -> str:
    """Return the formula of one half of the code over the residues of all fields, each with its number."""
    area = f"{letter}{first}:{letter}{last}"
    return f"=MOD(SUMPRODUCT(ROW({area})-{first - 1},{area}),{MODULI[half]})"


def code_formula(totals: tuple[str, str]) -> str:
    """Return the formula of the code itself from the cells of its halves."""
    return f'={_signs(totals[0])}&"-"&{_signs(totals[1])}'


def _signs(total: str) -> str:
    return "&".join(f'MID("{SIGNS}",MOD(INT({total}/{1 << shift}),32)+1,1)' for shift in (15, 10, 5, 0))
