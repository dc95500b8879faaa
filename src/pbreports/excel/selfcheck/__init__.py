"""The workbook checks itself: the scheme's rules as cell formulas, compiled from the same expressions.

``translate`` with ``rows``, ``masks``, ``lists``, ``comparing`` and ``calls`` turns an expression into a formula,
``world`` and ``sheet`` hold the helper columns these stand in, ``verdicts`` and ``entries`` say what is asked of every
record, ``page`` and ``marking`` show it. Everything is Excel 2010: no array formulas, no macros, nothing volatile.
"""

from pbreports.excel.selfcheck.adding import add_selfcheck, coverage

__all__ = ["add_selfcheck", "coverage"]
