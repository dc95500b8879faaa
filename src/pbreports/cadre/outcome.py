"""What came of a candidacy: decided, voted down, or ended before an appointment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pbreports.cadre.dossier import Dossier
from pbreports.scheme.cadres import REVIEWS
from pbreports.scheme.language.wording import as_text

DECIDED, ENDED, REASON = "讨论决定日期", "程序终止日期", "程序终止原因"


@dataclass(frozen=True, slots=True)
class End:
    """When and why a candidacy goes no further."""

    day: date
    reason: str


def end_of(dossier: Dossier) -> End | None:
    """Return when and why a candidacy was ended, ``None`` while it goes on."""
    day = dossier.told(REVIEWS, ENDED)
    return End(day, as_text(dossier.told(REVIEWS, REASON))) if isinstance(day, date) else None


def is_voted_down(dossier: Dossier) -> bool:
    """Whether a meeting decided without the majority of those who should have come (干部任用条例, 讨论决定一章)."""
    approved, members = dossier.told(REVIEWS, "讨论同意票数"), dossier.told(REVIEWS, "讨论应到人数")
    if dossier.told(REVIEWS, DECIDED) is None or not isinstance(approved, Decimal) or not isinstance(members, Decimal):
        return False
    return approved * 2 <= members


def is_chosen(dossier: Dossier) -> bool:
    """Whether a meeting has decided for a candidate, and the candidacy was not ended since."""
    decided = dossier.told(REVIEWS, DECIDED) is not None
    return decided and not is_voted_down(dossier) and end_of(dossier) is None
