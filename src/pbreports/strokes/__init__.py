"""People's names in the order of official lists, by the strokes of the surname (姓氏笔画)."""

from pbreports.strokes.names import Key, stroke_order
from pbreports.strokes.supplement import Supplement, Supplements, read_supplements

__all__ = ["Key", "Supplement", "Supplements", "read_supplements", "stroke_order"]
