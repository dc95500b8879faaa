"""By when a period's reports are due, from the bureau's own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pbreports.pipeline.bureau import Bureau
from pbreports.scheme.language.wording import as_text
from pbreports.scheme.model import Period


@dataclass(frozen=True, slots=True)
class Deadline:
    """The days of a period: reports due, returned ones mended, the last call; the latter two may not be set."""

    due: date
    mended: date | None = None
    last: date | None = None

    def for_sending(self) -> date:
        """Return the day up to which nothing is late."""
        return self.due

    def for_mending(self) -> date:
        """Return the day up to which a returned report is to be sent again."""
        return self.mended or self.last or self.due

    def left_for_mending(self, day: date) -> date | None:
        """Return the next of the days for mending that has not passed on some day, ``None`` when all have."""
        days = [one for one in (self.mended, self.last) if one] or [self.due]
        return min((one for one in days if one >= day), default=None)


def deadline_of(bureau: Bureau, period: Period) -> Deadline | None:
    """Return a period's deadline, ``None`` where the scheme names no calendar or the calendar no such period."""
    place = bureau.year.scheme.heading.deadlines
    if place is None:
        return None
    row = next((one for one in bureau.as_read(place.sheet) if as_text(one.get(place.period)) == period.name), None)
    due = row.get(place.due) if row else None
    if row is None or not isinstance(due, date):
        return None
    mended, last = (row.get(name) if name else None for name in (place.mended, place.last))
    return Deadline(due, mended if isinstance(mended, date) else None, last if isinstance(last, date) else None)
