"""Mutations of the bytes of the package, as broken discs, lines and mail gateways make them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from fuzz.bases import Base
from fuzz.book import Book, some

_SIGNATURES = (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06")
_HEADER = 46  # bytes of the fixed part of the longest header, APPNOTE.TXT 4.3.12


def _flip(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    data = bytearray(book.packed)
    places = [random.randrange(len(data)) for _ in range(random.choice([1, 1, 2, 8]))] if data else []
    for place in places:
        data[place] ^= 1 << random.randrange(8)
    book.packed = bytes(data)
    return f"at {places}"


def _cut(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    start, end = some(random, book.packed, longest=len(book.packed))
    book.packed = book.packed[:start] + book.packed[end:]
    return f"{start}:{end}"


def _truncate(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    end = random.randrange(len(book.packed) + 1)
    book.packed = book.packed[:end]
    return f"at {end}"


def _insert(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    place, junk = random.randrange(len(book.packed) + 1), random.randbytes(random.choice([1, 4, 100]))
    book.packed = book.packed[:place] + junk + book.packed[place:]
    return f"{len(junk)} at {place}"


def _wipe(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    start, end = some(random, book.packed, longest=5000)
    book.packed = book.packed[:start] + bytes(end - start) + book.packed[end:]
    return f"{start}:{end}"


def _repeat(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    start, end = some(random, book.packed, longest=5000)
    book.packed = book.packed[:end] + book.packed[start:end] + book.packed[end:]
    return f"{start}:{end}"


def _splice(random: Random, book: Book, _base: Base, bases: Sequence[Base]) -> str:
    """Put a stretch of another workbook in the same place."""
    other = random.choice(bases)
    start, end = some(random, book.packed, longest=5000)
    book.packed = book.packed[:start] + other.data[start:end] + book.packed[end:]
    return f"{start}:{end} of {other.name}"


def _append(random: Random, book: Book, base: Base, _bases: Sequence[Base]) -> str:
    """Put something before or behind, or the whole workbook once more."""
    added = random.choice([b"\0" * 512, b"\r\n", b"<html></html>", base.data])
    before = random.random() < 0.5
    book.packed = added + book.packed if before else book.packed + added
    return f"{len(added)} {'before' if before else 'behind'}"


def _header(random: Random, book: Book, _base: Base, _bases: Sequence[Base]) -> str:
    """Change a byte of one of the archive's headers: sizes, checksums, methods, flags, offsets."""
    sign = random.choice(_SIGNATURES)
    places = [found.start() for found in re.finditer(re.escape(sign), book.packed)]
    if not places:
        return "nothing"
    place = random.choice(places) + 4 + random.randrange(_HEADER - 4)
    if place >= len(book.packed):
        return "nothing"
    value = random.choice([0, 1, 0x7F, 0xFF, random.randrange(256)])
    book.packed = book.packed[:place] + bytes([value]) + book.packed[place + 1 :]
    return f"{value} at {place}"


MUTATORS: Mapping[str, Callable[[Random, Book, Base, Sequence[Base]], str]] = {
    "zip.flip": _flip,
    "zip.cut": _cut,
    "zip.truncate": _truncate,
    "zip.insert": _insert,
    "zip.wipe": _wipe,
    "zip.repeat": _repeat,
    "zip.splice": _splice,
    "zip.append": _append,
    "zip.header": _header,
}
