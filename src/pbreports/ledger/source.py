"""What is put into the ledger: one workbook as it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pbreports.values import Correction, Explanation, Finding, Record, SheetState


@dataclass(frozen=True, slots=True)
class Source:
    """One workbook as it was read: whose, of which period, with its sheets' states and its findings.

    ``key`` is the digest of everything that the reading rests on (file, scheme, reader, bureau workbooks).
    ``unit`` is empty for the bureau's own and for files whose unit could not be told. ``control`` is the control code
    of its data, ``telling`` the digests of the records by which a copied workbook is recognised.
    """

    key: str
    file: str
    unit: str
    period: str
    sha256: str
    states: Mapping[str, SheetState]
    records: Mapping[str, Sequence[Record]]
    findings: tuple[Finding, ...]
    explanations: tuple[Explanation, ...] = ()
    corrections: tuple[Correction, ...] = ()
    control: str = ""
    telling: tuple[str, ...] = ()
