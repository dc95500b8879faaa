"""How large a received file may be before it is refused unread."""

from __future__ import annotations

from dataclasses import dataclass, replace

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file, contents and sheet that are read; all sizes in bytes.

    The sum of the declared sizes is a sound bound: unpacking stops at a part's declared size and then misses its
    checksum. ``ratio`` (unpacked to packed) is judged only above ``ratio_from`` unpacked bytes, because small
    repetitive parts, such as a sheet of empty formatted rows, compress extremely well.
    ``formula_text`` bounds the characters into which the shared formulas of one sheet unfold. An archive of files is
    read with whatever archives lie in it, ``archive_depth`` deep, and all that is in it counts together.
    ``seconds`` (and ``seconds_per_megabyte`` on top) is how long one file may take to read, ``memory`` how much more
    than when it started the process that reads may hold.
    """

    file_size: int = 50 * MEGABYTE
    unpacked_size: int = 256 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 20 * MEGABYTE
    parts: int = 2_000
    cells_per_sheet: int = 200_000
    formula_text: int = 4_000_000
    archive_size: int = 200 * MEGABYTE
    archive_unpacked: int = 500 * MEGABYTE
    archive_files: int = 1_000
    archive_depth: int = 2
    seconds: float = 10
    seconds_per_megabyte: float = 0.5
    memory: int = 300 * MEGABYTE

    def seconds_for(self, size: int) -> float:
        """Return how long a file of a size in bytes may take to read."""
        return self.seconds + self.seconds_per_megabyte * size / MEGABYTE


LIMITS = Limits()

LIMITS_OF_BALLOTS = replace(LIMITS, cells_per_sheet=5_000_000, ratio=1_000)
"""Those of the inspection's own workbook, in which every ballot is a row and most are alike."""
