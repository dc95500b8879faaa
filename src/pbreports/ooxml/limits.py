"""How large a received file may be before it is refused unread."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file, contents and sheet that are read; all sizes in bytes.

    The sum of the declared sizes is a sound bound: unpacking stops at a part's declared size and then misses its
    checksum. ``ratio`` (unpacked to packed) is judged only above ``ratio_from`` unpacked bytes, because small
    repetitive parts, such as a sheet of empty formatted rows, compress extremely well.
    ``formula_text`` bounds the characters into which the shared formulas of one sheet unfold.
    """

    file_size: int = 50 * MEGABYTE
    unpacked_size: int = 256 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 20 * MEGABYTE
    parts: int = 2_000
    cells_per_sheet: int = 200_000
    formula_text: int = 20_000_000


LIMITS = Limits()
