"""Reading an office package (ECMA-376 part 2) that may be damaged or hostile."""

from __future__ import annotations

import errno
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote

from pbreports.errors import WorkbookError, reason_of
from pbreports.ooxml.limits import LIMITS, MEGABYTE, Limits
from pbreports.ooxml.sniff import UNPACK, WORKBOOK, Family, require_zip

_CONTENT_TYPES = "[content_types].xml"
_MIMETYPE = "mimetype"
_LONGEST_MIMETYPE = 200
APPLE_PART = ".iwa"
_OTHER_PACKAGES = (
    (APPLE_PART, "这是苹果电脑的文件（Numbers 等）", "请导出为 {f.extension} 再报送"),
    (f"/{_CONTENT_TYPES}", "这是拆散以后又打包的文件", "请报送原来的 {f.extension} 文件"),
)
"""What a package may be that declares no types, by the end of a part's name: what to say, and the remedy."""
_OPENDOCUMENT = "application/vnd.oasis.opendocument."
ENCRYPTED_ENTRY = 0x1
LOCAL_HEADER = 30
"""The bytes of a part's header before its name (APPNOTE.TXT 4.3.7)."""
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways of packing that are unpacked; those that the standard library knows besides set no bound to memory."""
DAMAGE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What unpacking raises on bytes that are not as they should be."""
_SHARING_VIOLATION = 32  # Windows: another program holds the file


class Flag(StrEnum):
    """What a workbook carries besides data; told from the names of its parts, which are never opened.

    Only DDE has no part of its own: it is told from formulas. Custom XML and printer settings are plain data and
    set no flag.
    """

    MACROS = "宏"
    MACRO_SHEETS = "宏表"
    EXTERNAL_LINKS = "外部链接"
    EMBEDDINGS = "嵌入对象"
    ACTIVE_X = "ActiveX 控件"
    CONNECTIONS = "数据连接"
    RIBBON = "自定义功能区"
    ADD_INS = "加载项"
    DDE = "DDE 链接"


_SIGNS: Mapping[Flag, tuple[str, ...]] = {
    # vbaProject: Excel; JDEData: the scripts of WPS; Basic, Scripts: OpenDocument.
    Flag.MACROS: ("vbaproject.bin", "vbadata.xml", "jdedata.bin", "basic/", "scripts/"),
    Flag.MACRO_SHEETS: ("/macrosheets/",),
    Flag.EXTERNAL_LINKS: ("/externallinks/",),
    Flag.EMBEDDINGS: ("/embeddings/",),
    Flag.ACTIVE_X: ("/activex/", "/ctrlprops/"),
    Flag.CONNECTIONS: ("/connections.xml", "/connections.bin", "/querytables/"),
    Flag.RIBBON: ("customui/", "attachedtoolbars.bin"),
    Flag.ADD_INS: ("/webextensions/",),
}


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package: the file's name, its parts and what they give away.

    It holds the bytes, not the file: nothing stays open or locked. Part names have no leading slash and are matched
    without regard to case (ECMA-376 part 2, 6.2.2.3).
    """

    file: str
    flags: frozenset[str]
    _archive: zipfile.ZipFile = field(repr=False)
    _members: Mapping[str, zipfile.ZipInfo] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all parts, in the order they stand in the archive."""
        return tuple(_part_name(member) for member in self._members.values())

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    @property
    def opendocument(self) -> str:
        """Return the media type of an OpenDocument file (ODF 1.2 part 3, 3.3), empty for all other packages."""
        mark = self._members.get(_MIMETYPE)
        if mark is None or mark.file_size > _LONGEST_MIMETYPE:
            return ""
        text = self.read(_MIMETYPE).decode("ascii", errors="replace").strip()
        return text if text.startswith(_OPENDOCUMENT) else ""

    def read(self, name: str) -> bytes:
        """Return the unpacked bytes of one part.

        Raises:
            WorkbookError: F-12 when there is no such part, F-07 when it is damaged.
        """
        member = self._members.get(_key(name))
        if member is None:
            raise WorkbookError(self.file, f"文件已损坏，缺少内部部件 {name}", "请打开后另存一份再报送", code="F-12")
        try:
            require_apart(self._archive, member)
            return self._archive.read(member)
        except DAMAGE as error:
            raise damaged(self.file, name) from error


def open_package(
    source: Path | bytes, limits: Limits = LIMITS, *, name: str = "", family: Family = WORKBOOK
) -> Package:
    """Return the package in a file or in bytes, once its outside has been found sound and within the limits.

    ``name`` is what messages call the file; the file's own name by default.

    Raises:
        WorkbookError: F-01 … F-08 it is no such file at all (see ``require_zip``), F-09 a part is locked by a
            password, F-10 it is too large, F-11 part names occur twice, F-16 the file cannot be opened.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    package = open_any_package(contents_of(source, name, limits), limits, name=name, family=family)
    require_office(package, family)
    return package


def require_office(package: Package, family: Family = WORKBOOK) -> None:
    """Return nothing when the package declares its parts' types, as every package of ECMA-376 does.

    Raises:
        WorkbookError: F-08, when it is an OpenDocument file or merely an archive.
    """
    if _CONTENT_TYPES in package:
        return
    if package.opendocument:
        what = "这是 OpenDocument 格式（.ods、.odt 等）"
        raise WorkbookError(package.file, what, family.save_again, code="F-08")
    for end, what, remedy in _OTHER_PACKAGES:
        if any(name.casefold().endswith(end) for name in package.names):
            raise WorkbookError(package.file, what, remedy.format(f=family), code="F-08")
    raise WorkbookError(package.file, f"这是压缩包，不是{family.noun}", UNPACK, code="F-08")


def open_any_package(data: bytes, limits: Limits, *, name: str, family: Family = WORKBOOK) -> Package:
    """Return a package that may follow another standard than ECMA-376; raises as ``open_package``."""
    require_size(name, data, limits)
    require_zip(name, data, family)
    archive = opened_zip(name, io.BytesIO(data))
    infos = [info for info in archive.infolist() if not is_folder(info)]
    _require_limits(name, infos, len(data), limits)
    members = _members(name, infos)
    return Package(name, _flags(members), archive, members)


def resolve(base: str, target: str) -> str:
    """Return the part name that a relationship target means, seen from the part ``base``."""
    target = unquote(target.replace("\\", "/"))
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target)).lstrip("/")


def relationships_of(part: str) -> str:
    """Return the name of the part that holds the relationships of a part, of the package itself for ``""``."""
    folder, file = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def contents_of(source: Path | bytes, name: str, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of a file, no more than one beyond what is read at all; bytes as they are.

    Raises:
        WorkbookError: F-16, when the file cannot be opened.
    """
    if isinstance(source, bytes):
        return source
    try:
        with source.open("rb") as stream:
            return stream.read(limits.file_size + 1)
    except OSError as error:
        raise unopened(name, error) from error


def unopened(name: str, error: OSError) -> WorkbookError:
    """Return the error for a file that the system does not let us read: F-16."""
    what, remedy = _why_unopened(error)
    return WorkbookError(name, what, remedy, code="F-16")


def _why_unopened(error: OSError) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        return "文件不存在", "请核对路径"
    if isinstance(error, IsADirectoryError):
        return "这是文件夹，不是文件", "请核对路径"
    if getattr(error, "winerror", None) == _SHARING_VIOLATION or error.errno == errno.EBUSY:
        return "文件正被其他程序占用", "请在 Excel 或 WPS 中关闭后重试"
    if isinstance(error, PermissionError):
        return "没有读取权限，或文件正被其他程序占用", "请关闭打开它的程序并检查权限后重试"
    return f"文件读取失败（{reason_of(error)}）", "请把它复制到本机后重试"


def opened_zip(name: str, stream: BinaryIO) -> zipfile.ZipFile:
    """Return the ZIP archive in a stream; raises a WorkbookError, F-07, when it has no sound directory."""
    try:
        return zipfile.ZipFile(stream)
    except DAMAGE as error:
        raise damaged(name) from error


def require_apart(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    """Return nothing when an entry ends before the next one begins; raises ``zipfile.BadZipFile`` otherwise.

    The standard library looks at this only since Python 3.11.8, and takes what it can unpack before that.
    """
    later = (other.header_offset for other in archive.infolist() if other.header_offset > info.header_offset)
    if info.header_offset + LOCAL_HEADER + info.compress_size > min(later, default=archive.start_dir):
        raise zipfile.BadZipFile(info.filename)


def is_folder(info: zipfile.ZipInfo) -> bool:
    """Return whether an entry is a folder; ``ZipInfo.is_dir`` stumbles over an entry without a name."""
    return info.filename.endswith("/")


def require_size(name: str, data: bytes, limits: Limits = LIMITS) -> None:
    """Return nothing when a file is no larger than what is read; raises a WorkbookError, F-10, otherwise."""
    if len(data) > limits.file_size:
        what = f"文件超过 {limits.file_size // MEGABYTE} MB"
        raise WorkbookError(name, what, "请删去图片等无关内容后再报送", code="F-10")


def _require_limits(name: str, infos: Iterable[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    sizes = [info.file_size for info in infos]
    unpacked = sum(sizes)
    if len(sizes) > limits.parts:
        raise WorkbookError(name, f"内部部件超过 {limits.parts} 个", "请重新填写下发的原表", code="F-10")
    inflated = unpacked > limits.ratio_from and unpacked > limits.ratio * packed
    if unpacked > limits.unpacked_size or inflated:
        what = f"解压后有 {unpacked // MEGABYTE} MB，超出允许范围"
        raise WorkbookError(name, what, "请删去多余的空白行列和格式后再报送", code="F-10")


def _members(name: str, infos: Iterable[zipfile.ZipInfo]) -> Mapping[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        key = _key(_part_name(info))
        if key in members:
            raise WorkbookError(name, f"内部部件 {_part_name(info)} 重复", "请打开后另存一份再报送", code="F-11")
        if info.flag_bits & ENCRYPTED_ENTRY:
            raise WorkbookError(name, "压缩内容设有密码", "请取消密码后再报送", code="F-09")
        if info.compress_type not in METHODS:
            raise damaged(name, _part_name(info))
        members[key] = info
    return members


def _flags(names: Iterable[str]) -> frozenset[str]:
    return frozenset(flag for flag, signs in _SIGNS.items() for name in names if any(sign in name for sign in signs))


def _part_name(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/").lstrip("/")


def _key(name: str) -> str:
    return name.lstrip("/").casefold()


def damaged(file: str, part: str = "") -> WorkbookError:
    """Return the error for a package that cannot be unpacked, or one part of it: F-07."""
    what = f"文件已损坏，内部部件 {part} 无法解压" if part else "文件已损坏，内容不完整"
    return WorkbookError(file, what, "请打开后另存一份，或重新发送原文件", code="F-07")
