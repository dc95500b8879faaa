"""Checks the form of any Word document against the format profile."""

from pbreports.word.format.checking import check_format, check_paper
from pbreports.word.format.elements import paper_of
from pbreports.word.format.paper import Element, Kind, Paper, Paragraph

__all__ = ["Element", "Kind", "Paper", "Paragraph", "check_format", "check_paper", "paper_of"]
