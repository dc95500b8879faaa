"""Checks the texts of a paper: numbers, dates, headings, marks, attachments, repeats and figures."""

from pbreports.word.format.texts.checking import check_texts, remarks_on

__all__ = ["check_texts", "remarks_on"]
