"""A workbook taken apart, to be changed part by part and put together again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from random import Random

_FAST = 1  # packing is most of the work, and how well it is packed says nothing


@dataclass
class Book:
    """The parts of a workbook in order, in which a name may stand twice, and at last the bytes that they make."""

    parts: list[tuple[str, bytes]]
    packed: bytes = b""

    @classmethod
    def of(cls, data: bytes) -> Book:
        """Return a workbook's parts."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls([(info.filename, archive.read(info)) for info in archive.infolist()])

    def copy(self) -> Book:
        """Return the same parts, free to be changed."""
        return Book(list(self.parts), self.packed)

    def names(self) -> list[str]:
        """Return the names of the parts."""
        return [name for name, _ in self.parts]

    def place(self, name: str) -> int | None:
        """Return where a part stands, ``None`` when it is not there."""
        return next((place for place, (one, _) in enumerate(self.parts) if one == name), None)

    def text(self, name: str) -> str:
        """Return a part as text, nothing when it is not there; bytes that are no UTF-8 are kept as halves."""
        place = self.place(name)
        return "" if place is None else self.parts[place][1].decode("utf-8", "surrogateescape")

    def write(self, name: str, text: str | bytes) -> None:
        """Write a part anew, at the end when it is not there."""
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        place = self.place(name)
        if place is None:
            self.parts.append((name, data))
        else:
            self.parts[place] = (name, data)

    def pack(self, method: int = zipfile.ZIP_DEFLATED) -> bytes:
        """Return the bytes of the package; the same parts always give the same."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", method, compresslevel=_FAST) as archive:
            for name, data in self.parts:
                entry = zipfile.ZipInfo(name)
                entry.filename = name  # as given: the constructor ends a name at its first zero byte
                entry.compress_type = method
                archive.NameToInfo.pop(name, None)
                archive.writestr(entry, data, method, _FAST)
        return stream.getvalue()


def some(random: Random, text: str | bytes, longest: int = 40) -> tuple[int, int]:
    """Return the ends of some stretch of a text, most of them short."""
    start = random.randrange(len(text) + 1)
    length = random.choice([0, 1, 2, 4, 8, random.randrange(longest + 1)])
    return start, min(start + length, len(text))
