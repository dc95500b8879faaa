"""Named figures and lists, each with the rows it rests on and how many units reported them."""

from pbreports.figures.basis import Basis, Coverage
from pbreports.figures.counting import compute_figures, count_rows, used_figures
from pbreports.figures.lists import compute_lists

__all__ = ["Basis", "Coverage", "compute_figures", "compute_lists", "count_rows", "used_figures"]
