"""Where organ and date of a paper stand at the right: the arithmetic of GB/T 9704-2012, 7.3.5, in characters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pbreports.word.measuring.advances import advances

if TYPE_CHECKING:
    from pbreports.scheme.profile import Profile


@dataclass(frozen=True, slots=True)
class Signature:
    """How many characters stay free at the right of the organ's name and of the date."""

    organ: float
    date: float


def width_of(text: str) -> float:
    """Return the width of a text in characters: a hanzi is one, a digit half of one."""
    return sum(advances(sign)[0] for sign in text)


def sealed(organ: float, date: float, profile: Profile) -> Signature:
    """Return the place of a name and a date of so many characters, where a seal comes on them (7.3.5.1).

    The date stands four characters from the right, the name is centred on it; a name that would stand out is set flush
    right instead, and the date in its middle.
    """
    right = profile.chars("sealed_date_right")
    centred = right + (date - organ) / 2
    return Signature(centred, right) if centred >= 0 else Signature(0, (organ - date) / 2)


def unsealed(organ: float, date: float, profile: Profile) -> Signature:
    """Return the place of a name and a date of so many characters, where no seal comes on them (7.3.5.2).

    The name stands two characters from the right, the date begins two characters right of where the name does; where
    the date is longer, it is the date that stands two characters from the right.
    """
    shift = profile.chars("unsealed_date_shift")
    right = profile.chars("unsealed_organ_right")
    if organ >= date:
        return Signature(right, organ + right - shift - date)
    right = profile.chars("unsealed_date_right")
    return Signature(right + date - organ + shift, right)
