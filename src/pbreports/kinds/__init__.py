"""What a kind of finding is, and the kinds that the rating, the inspection of cadres, the form of papers and rendered pages give."""

from pbreports.kinds.cadre import OF_CADRES
from pbreports.kinds.format import OF_FORMAT
from pbreports.kinds.forms import OF_FORMS
from pbreports.kinds.kind import ERROR, NOTICE, WARNING, Kind
from pbreports.kinds.rating import OF_RATING
from pbreports.kinds.rendered import OF_PAGES
from pbreports.kinds.wording import OF_WORDING

__all__ = [
    "ERROR",
    "NOTICE",
    "OF_CADRES",
    "OF_FORMAT",
    "OF_FORMS",
    "OF_PAGES",
    "OF_RATING",
    "OF_WORDING",
    "WARNING",
    "Kind",
]
