"""Workbooks in formats older or rarer than .xlsx, read through libraries of the extra ``[legacy]``.

They become the values of our own reader, so that everything after goes on as with .xlsx. Some of these libraries can
abort the process that they run in: reading submissions happens in processes of its own (``pipeline/pool.py``).
"""

from __future__ import annotations

from pbreports.excel.legacy.missing import not_installed
from pbreports.excel.legacy.unlocking import unlocked
from pbreports.excel.legacy.xls import read_xls
from pbreports.excel.legacy.xlsb_ods import read_ods, read_xlsb

__all__ = ["not_installed", "read_ods", "read_xls", "read_xlsb", "unlocked"]
