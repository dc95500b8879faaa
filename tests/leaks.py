"""A search for what must not have got out: names and numbers of people in every file of a folder, however it is packed."""

from __future__ import annotations

import base64
import contextlib
import gzip
import io
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unicodedata
import urllib.parse
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_DEEPEST = 8
_GAP = r"[ \t\u00a0\u3000]?"
"""What may stand between the characters of a name: 张　三 is laid out so in papers."""
_BETWEEN = "-\u2010\u2013\u2014_./·, \t\u00a0\u3000"
_NUMBERS = re.compile(rf"[0-9](?:[{re.escape(_BETWEEN)}]{{0,2}}[0-9Xx]){{7,}}")
_PARAGRAPH_ENDS = re.compile(r"</(?:\w+:)?(?:p|c|si|row|tr|tc|sheet|definedName|comment)>|<br\s*/?>")
_TAGS = re.compile(r"<[^<>]*>")
_REFERENCE = re.compile(r"&#([xX]?)([0-9a-fA-F]{1,8});")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{8,}")
_SURE = 6
"""Bytes of a needle from which finding it among bytes that are no text is no accident."""


def leaks(folder: Path, secrets: Collection[str], exclude: Collection[Path] = ()) -> list[str]:
    """Return where a secret occurs below a folder: ``文书/甲.docx › word/document.xml：张三``, sorted, each once.

    Looked into are the files' names, packages and archives to any depth, databases row by row, PDF where pdftotext is
    installed, texts in UTF-8, GB 18030 and UTF-16 with their escapes, and Base64. ``exclude`` names folders and files
    left out. A secret is a name, a number or any other text; what is masked is none any more.
    """
    search = _Search.of(secrets)
    found: set[str] = set()
    for path in sorted(folder.rglob("*")):
        if any(path == one or one in path.parents for one in exclude):
            continue
        where = path.relative_to(folder).as_posix()
        found |= {f"{where}（名称）：{secret}" for secret in search.in_text(path.name)}
        if path.is_file():
            found |= {f"{place}：{secret}" for place, secret in _in_data(where, path.read_bytes(), search, 0)}
    return sorted(found)


@dataclass(frozen=True)
class _Search:
    """The secrets, made ready to be looked for.

    ``clean`` tells parts of archives in which there are none: hundreds of workbooks share most of theirs.
    """

    names: re.Pattern[str] | None
    numbers: frozenset[str]
    needles: tuple[tuple[bytes, str], ...]
    coded: tuple[tuple[bytes, str], ...]
    clean: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, secrets: Collection[str]) -> _Search:
        """Return the search for secrets; one of eight digits and more is looked for with separators in between."""
        meant = sorted({unicodedata.normalize("NFKC", one).strip() for one in secrets} - {""}, key=len, reverse=True)
        numbers = frozenset(one.upper() for one in meant if re.fullmatch(r"[0-9]{7,}[0-9Xx]", one))
        names = [one for one in meant if one.upper() not in numbers]
        spelt = "|".join(_GAP.join(map(re.escape, one.replace(" ", ""))) for one in names)
        needles = tuple((code, one) for one in meant for code in _codings(one) if len(code) >= _SURE)
        coded = tuple((part, one) for one in meant for part in _base64_of(one.encode()))
        return cls(re.compile(spelt) if spelt else None, numbers, needles, coded)

    def in_text(self, text: str) -> Iterator[str]:
        """Go through the secrets that occur in a text, as they are written there."""
        text = unicodedata.normalize("NFKC", text)
        if self.names:
            yield from (found[0] for found in self.names.finditer(text))
        for found in _NUMBERS.finditer(text) if self.numbers else ():
            compact = re.sub(rf"[{re.escape(_BETWEEN)}]", "", found[0]).upper()
            yield from (number for number in self.numbers if number in compact)

    def in_bytes(self, data: bytes) -> Iterator[str]:
        """Go through the secrets that occur among bytes that are no text."""
        yield from (secret for needle, secret in self.needles if needle in data)

    def in_base64(self, data: bytes) -> Iterator[str]:
        """Go through the secrets that occur in Base64, also where its lines are folded."""
        runs = set(_BASE64.findall(data.replace(b"\r", b"").replace(b"\n", b"")))
        plain = b" ".join(runs)
        if not plain:
            return
        yield from (f"{secret}（Base64）" for needle, secret in self.coded if needle in plain)


def _codings(secret: str) -> Iterator[bytes]:
    for coding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        yield secret.encode(coding)


def _base64_of(code: bytes) -> Iterator[bytes]:
    """Go through what of a text is always the same in Base64, for the three places it can begin at."""
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + code)
        first = (0, 2, 3)[shift]
        last = len(whole) - (0, 3, 2)[(shift + len(code)) % 3]
        if last - first >= _SURE:
            yield whole[first:last]


def _in_data(where: str, data: bytes, search: _Search, depth: int) -> Iterator[tuple[str, str]]:
    """Go through the places and secrets in the bytes of a file, a part or a cell."""
    if depth < _DEEPEST and data.startswith(b"PK"):
        with contextlib.suppress(zipfile.BadZipFile):
            yield from _in_archive(where, data, search, depth)
            return
    if depth < _DEEPEST and data.startswith(b"\x1f\x8b"):
        with contextlib.suppress(OSError, EOFError):
            yield from _in_data(f"{where} › gzip", gzip.decompress(data), search, depth + 1)
            return
    if data.startswith(b"SQLite format 3\0"):
        yield from _in_database(where, data, search, depth)
    if data.startswith(b"%PDF") and (text := _text_of_pdf(data)):
        yield from ((f"{where} › pdf", one) for one in search.in_text(text))
    yield from ((where, one) for one in search.in_base64(data))
    text = _text_in(data)
    yield from ((where, one) for one in (search.in_bytes(data) if text is None else _in_forms(text, search)))


def _in_archive(where: str, data: bytes, search: _Search, depth: int) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from ((f"{where}（备注）", one) for one in search.in_text(archive.comment.decode("utf-8", "replace")))
        for entry in archive.infolist():
            place = f"{where} › {entry.filename}"
            yield from ((f"{place}（名称）", one) for one in search.in_text(entry.filename))
            same = (entry.CRC, entry.file_size)
            if not entry.flag_bits & 1 and same not in search.clean:
                told = list(_in_data(place, archive.read(entry), search, depth + 1))
                yield from told
                search.clean.update(() if told else (same,))


def _in_database(where: str, data: bytes, search: _Search, depth: int) -> Iterator[tuple[str, str]]:
    """Go through every cell of every table; pages that are free again are bytes of the file."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        copy.write_bytes(data)
        with contextlib.closing(sqlite3.connect(copy)) as database, contextlib.suppress(sqlite3.DatabaseError):
            database.text_factory = bytes
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                name = table.decode()
                quoted = name.replace('"', '""')
                rows = database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608 - the name is quoted
                columns = [column[0] for column in rows.description]
                cells = {(column, value) for row in rows for column, value in zip(columns, row, strict=True)}
                for column, value in cells:
                    cell = value if isinstance(value, bytes) else str(value).encode()
                    yield from _in_data(f"{where} › {name}.{column}", cell, search, depth + 1)


def _text_of_pdf(data: bytes) -> str:
    if shutil.which("pdftotext") is None:
        return ""
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, timeout=120, check=False)
    return done.stdout.decode("utf-8", "replace")


def _text_in(data: bytes) -> str | None:
    """Return bytes as the text they are, ``None`` when they are none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    codings = ("utf-16-le", "utf-16-be") if b"\0" in data else ("utf-8", "gb18030")
    for coding in codings:
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(coding)
            if all(one.isprintable() or one in "\r\n\t\f\u3000\u00a0\ufeff" for one in text[:2000]):
                return text
    return None


def _in_forms(text: str, search: _Search) -> Iterator[str]:
    """Go through the secrets in a text as it stands, without its markup, and with its escapes read."""
    if "&#" in text:
        text = _REFERENCE.sub(_meant, text)
    yield from search.in_text(text)
    if "<" in text:
        yield from search.in_text(_TAGS.sub("", _PARAGRAPH_ENDS.sub("\n", text)))
    if "\\u" in text:
        yield from search.in_text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    if "%" in text:
        yield from search.in_text(urllib.parse.unquote(text))


def _meant(reference: re.Match[str]) -> str:
    """Return the character of a numeric reference; those by name are no letters or digits of a secret."""
    code = int(reference[2], 16 if reference[1] else 10)
    return chr(code) if 0 < code < 0x110000 else ""
