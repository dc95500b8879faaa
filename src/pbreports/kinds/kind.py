"""What a kind of finding is."""

from __future__ import annotations

from dataclasses import dataclass

from pbreports.values import Repair, Severity

ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of finding; the message's braces name the words it is filled with.

    ``repair`` is what became of a value that this is said of, ``personal`` tells that the message names a person.
    """

    code: str
    severity: Severity
    name: str
    message: str
    remedy: str = ""
    repair: Repair = Repair.NONE
    personal: bool = False
