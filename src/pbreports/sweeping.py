"""Python's search for cyclic garbage, held back where nothing is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_sweeps() -> Iterator[None]:
    """Keep Python from looking for cyclic garbage while many cells or rows are made or gone through.

    They are all in use. Looking at them again and again takes a quarter of the time that a workbook takes to be made,
    and lets ten times as many branches cost fourteen times as much to be rated.
    """
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()
