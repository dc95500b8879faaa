"""Packages that we have just written, opened anew without packing again what stays as it is."""

from __future__ import annotations

import io
import struct
import zipfile

from pbreports.ooxml.sealed import Sealed, seal

_NAME_AND_EXTRA = struct.Struct("<26x2H")
_LOCAL_HEADER = 30


def reopened(data: bytes) -> dict[str, Sealed]:
    """Return the parts of a package of ours by name, plain and packed (APPNOTE.TXT 4.3.7).

    It is meant for what this run has written: nothing is looked at that ``open_package`` looks at.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: _part(data, archive, info) for info in archive.infolist() if not info.is_dir()}


def _part(data: bytes, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Sealed:
    plain = archive.read(info)
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return seal(plain)
    name, extra = _NAME_AND_EXTRA.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL_HEADER + name + extra
    return Sealed(plain, data[start : start + info.compress_size], info.CRC)
