"""What every submission is held against: the units of the roster and the facts of the bureau's workbooks."""

from __future__ import annotations

from dataclasses import dataclass

from pbreports.scheme.language import Facts
from pbreports.scheme.roster import Units


@dataclass(frozen=True, slots=True)
class Background:
    """The bureau's side of reading a submission, free of the ledger, so that it can be sent to another process.

    ``facts`` answers for every sheet of the bureau's workbooks and for the constant tables of the scheme.
    """

    units: Units
    facts: Facts
