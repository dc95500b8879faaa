"""Archives of files, as schools pack them: what lies in a ZIP, and in the ZIPs inside it. Nothing is ever extracted."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pbreports.errors import WorkbookError
from pbreports.ooxml.limits import LIMITS, MEGABYTE, Limits
from pbreports.ooxml.package import (
    APPLE_PART,
    DAMAGE,
    ENCRYPTED_ENTRY,
    LOCAL_HEADER,
    METHODS,
    damaged,
    is_folder,
    opened_zip,
    require_apart,
)
from pbreports.ooxml.sniff import UNPACK, ZIP

_UTF8_NAME = 0x800  # APPNOTE.TXT 4.4.4, bit 11
_OFFICE_PARTS = frozenset({"[content_types].xml", "mimetype"})
_FIRST_PARTS = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/app.xml", b"docProps/core.xml", b"mimetype")
_PACK_AGAIN = "请用普通的 ZIP 重新打包，或直接报送里面的文件"


@dataclass(frozen=True, slots=True)
class Packed:
    """One file in an archive: the places that lead to it, its names on the way, and its bytes or why there are none.

    The names are as people see them, and as untrusted as they came.
    """

    places: tuple[int, ...]
    names: tuple[str, ...]
    data: bytes = field(repr=False)
    fault: WorkbookError | None = None


def is_archive(data: bytes) -> bool:
    """Return whether the bytes are a ZIP of files; an office file, which is one too, is told by what it holds."""
    if not data.startswith(ZIP) or data[LOCAL_HEADER : LOCAL_HEADER + 24].startswith(_FIRST_PARTS):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except DAMAGE:
        return False
    return not _are_parts([name.replace("\\", "/").lstrip("/").casefold() for name in names])


def _are_parts(names: Sequence[str]) -> bool:
    """Return whether these are the parts of one file: as an office file has them, or packed again in their folder."""
    tops = {name.partition("/")[0] for name in names}
    folder = f"{tops.pop()}/" if len(tops) == 1 else ""
    known = {*_OFFICE_PARTS, *(f"{folder}{part}" for part in _OFFICE_PARTS)}
    return any(name in known or name.endswith(APPLE_PART) for name in names)


def unpacked(data: bytes, name: str, limits: Limits = LIMITS) -> Iterator[Packed]:
    """Go through the files of an archive and of those inside it; what cannot be had is there with its fault.

    An archive that is refused as a whole (F-07 damaged, F-09 locked, F-10 too large) is one file with that fault.
    ``name`` is what messages call it.
    """
    return _Unpacking(name, limits).files(data, (), ())


def packed_bytes(source: Path, places: Sequence[int], name: str, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of one file in an archive, found by ``unpacked``.

    Raises:
        WorkbookError: F-07, when the archive has changed since or is damaged there.
        OSError: when the archive cannot be opened.
    """
    with contextlib.ExitStack() as opened:
        stream: BinaryIO = opened.enter_context(source.open("rb"))
        data = b""
        for place in places:
            archive = opened.enter_context(opened_zip(name, stream))
            infos = archive.infolist()
            if place >= len(infos):
                raise damaged(name)
            data = _bytes_of(archive, infos[place], name, limits)
            stream = io.BytesIO(data)
        return data


def decoded_name(raw: bytes) -> str:
    """Return a file name from its bytes, which are UTF-8 or else GBK, as Chinese Windows programs write them.

    GBK of Chinese is no sound UTF-8 but by the rarest chance, so UTF-8 is asked first.
    """
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return raw.decode(encoding)
    return raw.decode("gb18030", errors="replace")


class _Unpacking:
    """Goes through one archive with what it may still hold."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._files, self._bytes = limits.archive_files, limits.archive_unpacked
        self._is_too_deep = False

    def files(self, data: bytes, places: tuple[int, ...], names: tuple[str, ...]) -> Iterator[Packed]:
        """Go through the files of an archive that the places lead to."""
        try:
            archive = opened_zip(self._name, io.BytesIO(data))
            self._admit(archive.infolist())
            self._require_any(archive.infolist())
        except WorkbookError as error:
            yield Packed(places, names, data, error)
            return
        for place, info in enumerate(archive.infolist()):
            if not is_folder(info):
                yield from self._file(archive, info, (*places, place), (*names, _name_of(info)))

    def _file(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, places: tuple[int, ...], names: tuple[str, ...]
    ) -> Iterator[Packed]:
        try:
            data = _bytes_of(archive, info, self._name, self._limits)
        except WorkbookError as error:
            yield Packed(places, names, b"", error)
            return
        if not is_archive(data):
            yield Packed(places, names, data)
        elif len(places) < self._limits.archive_depth:
            yield from self.files(data, places, names)
        elif not self._is_too_deep:  # said once, however many there are
            self._is_too_deep = True
            what = "压缩包里套了太多层压缩包，最里面的没有读取"
            yield Packed(places, names, data, WorkbookError(self._name, what, UNPACK, code="F-06"))

    def _require_any(self, infos: Sequence[zipfile.ZipInfo]) -> None:
        if all(is_folder(info) for info in infos):
            raise WorkbookError(self._name, "压缩包里没有文件", "请重新打包，或直接报送里面的文件", code="F-06")

    def _admit(self, infos: Sequence[zipfile.ZipInfo]) -> None:
        """Count the files of an archive against what may still come; raise when it is too much, or is locked."""
        files = [info for info in infos if not is_folder(info)]
        if any(info.flag_bits & ENCRYPTED_ENTRY for info in files):
            raise WorkbookError(self._name, "压缩包设有密码", "请取消密码重新打包，或直接报送里面的文件", code="F-09")
        self._files -= len(files)
        self._bytes -= sum(info.file_size for info in files)
        if self._files < 0:
            what = f"压缩包里的文件超过 {self._limits.archive_files} 个"
            raise WorkbookError(self._name, what, "请分成几个压缩包，或直接放进文件夹", code="F-10")
        if self._bytes < 0:
            what = f"压缩包解压后超过 {self._limits.archive_unpacked // MEGABYTE} MB"
            raise WorkbookError(self._name, what, "请只打包报送的工作簿", code="F-10")


def _bytes_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    """Return one entry's bytes, no more than one beyond what is read at all."""
    if info.compress_type not in METHODS:
        raise WorkbookError(name, f"压缩包里的 {_name_of(info)} 用了少见的压缩方法", _PACK_AGAIN, code="F-07")
    try:
        require_apart(archive, info)
        with archive.open(info) as stream:
            return stream.read(limits.file_size + 1)
    except DAMAGE as error:
        raise damaged(name, _name_of(info)) from error


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return an entry's name; where it is not marked as UTF-8, ``zipfile`` has taken it for code page 437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return decoded_name(info.filename.encode("cp437"))
    except UnicodeEncodeError:
        return info.filename
