"""Values as keys by what they are, not by what they say: for what is too large to be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Same(Generic[T]):
    """A key that equals only the key of the very same value; it keeps the value alive."""

    value: T

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)
