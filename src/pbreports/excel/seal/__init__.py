"""The page that a school prints, signs and seals, and the control code that ties it to the data."""

from pbreports.excel.layout import SEAL_DATA
from pbreports.excel.seal.code import SIGNS, control_code, residues_of
from pbreports.excel.seal.page import draw_seal

__all__ = ["SEAL_DATA", "SIGNS", "control_code", "draw_seal", "residues_of"]
