"""Archives in place of workbooks: packed badly, named badly, locked, nested, or meant to do harm."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterator

from corpus.case import Base, Case, Maker, cases_of
from corpus.packages import forged, set_bytes
from corpus.raw import Raw, packed
from excel.blanks import COVER

FAMILY = "压缩包"


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    yield from cases_of(FAMILY, base, _SOUND | _BROKEN | _BOMBS, extension=".zip")
    yield from cases_of(FAMILY, base, _OTHERS, extension=".rar")


def _own(base: Base, number: int) -> bytes:
    """Return the unit's workbook, its telephone number its own, so that no two archives hold the same."""
    return base.raw.typed(COVER, {"C7": f"0537-50000{number:02d}"}).packed()


def _again(base: Base, number: int) -> bytes:
    """Return the same once more in other bytes."""
    return Raw.of(_own(base, number)).with_part("customXml/item1.xml", "<later/>").packed()


def _inner(*parts: tuple[str, bytes]) -> bytes:
    return packed(list(parts))


def _in_gbk(name: str, data: bytes, *others: tuple[str, bytes]) -> bytes:
    """Return an archive with a name in GBK, and no word about that."""
    raw = name.encode("gbk")
    return packed([("x" * len(raw), data), *others]).replace(b"x" * len(raw), raw)


_SOUND: dict[str, Maker] = {
    "两个单位一个包": lambda base: _inner(("一馆.xlsx", _own(base, 1)), ("柳堤站.xlsx", base.other)),
    "包里的名字是GBK": lambda base: _in_gbk("第一图书馆报送簿.xlsx", _own(base, 2)),
    "包里套包": lambda base: _inner(("里面.zip", _inner(("一馆.xlsx", _own(base, 3))))),
    "包里是同一份两次": lambda base: _inner(("一馆.xlsx", _own(base, 4)), ("又一份.xlsx", _own(base, 4))),
    "包里有系统的小文件": lambda base: _inner(
        ("一馆.xlsx", _own(base, 5)), ("__MACOSX/._一馆.xlsx", b"1"), ("Thumbs.db", b"1"), ("~$一馆.xlsx", b"1")
    ),
    "包里路径往上": lambda base: _inner(("../../一馆.xlsx", _own(base, 6))),
    "包里是绝对路径": lambda base: _inner(("C:\\报送\\一馆.xlsx", _own(base, 7))),
    "包里名字重复": lambda base: _inner(("一馆.xlsx", _own(base, 8)), ("一馆.xlsx", _again(base, 8))),
    "包里名字是保留的": lambda base: _inner(("NUL.xlsx", _own(base, 10))),
    "包里名字有换行": lambda base: _inner(("一\n馆.xlsx", _own(base, 11))),
    "包里还有说明和照片": lambda base: _inner(
        ("一馆.xlsx", _own(base, 12)), ("说明.txt", "请查收".encode()), ("照片.jpg", b"\xff\xd8\xff" + bytes(50))
    ),
    "包里只有一个文件夹": lambda base: _inner(("报送/", b""), ("报送/一馆.xlsx", _own(base, 13))),
    "包里没有名字的文件": lambda base: _inner(("一馆.xlsx", _own(base, 14)), ("", b"1")),
    "包里有锁住的工作簿": lambda base: _inner(
        ("一馆.xlsx", _own(base, 15)), ("锁.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    ),
    "包里一份坏的不连累好的": lambda base: forged(
        _inner(("一馆.xlsx", _own(base, 16)), ("坏.xlsx", _own(base, 17))), "坏.xlsx", set_bytes(16, 4, 1)
    ),
    "自解压程序": lambda base: b"MZ" + bytes(200) + _inner(("一馆.xlsx", _own(base, 18))),
    "扩展名是工作簿的包": lambda base: _inner(("一馆.xlsx", _own(base, 19))),
}

_BROKEN: dict[str, Maker] = {
    "包截断": lambda base: _inner(("一馆.xlsx", _own(base, 30)))[:-40],
    "包设了密码": lambda base: forged(_inner(("一馆.xlsx", _own(base, 31))), "一馆.xlsx", set_bytes(8, 2, 0x801)),
    "空包": lambda base: _inner(),
    "包里只有空文件夹": lambda base: _inner(("报送/", b"")),
    "包里套了四层": lambda base: _inner(
        ("二.zip", _inner(("三.zip", _inner(("四.zip", _inner(("一馆.xlsx", b"1")))))))
    ),
    "包里套的包坏了": lambda base: _inner(("里面.zip", _inner(("一馆.xlsx", _own(base, 32)))[:-40])),
    "包里方法LZMA写坏": lambda base: _lzma_broken(_own(base, 33)),
    "包里方法不认识": lambda base: forged(_inner(("一馆.xlsx", _own(base, 34))), "一馆.xlsx", set_bytes(10, 2, 99)),
    "包是空字节填的": lambda base: b"PK\x03\x04" + bytes(2000),
}


def _lzma_broken(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(zipfile.ZipInfo("a.xlsx"), data, zipfile.ZIP_LZMA)
    whole = bytearray(stream.getvalue())
    whole[30 + 6 + 4 : 30 + 6 + 9] = b"\xff" * 5
    return bytes(whole)


_BOMBS: dict[str, Maker] = {
    "包里文件太多": lambda base: _inner(*((f"{n}.xlsx", b"1") for n in range(1001))),
    "包里套的包文件太多": lambda base: _inner(
        ("一馆.xlsx", _own(base, 40)), ("多.zip", _inner(*((f"{n}.xlsx", b"1") for n in range(1000))))
    ),
    "包解压后太大": lambda base: forged(_inner(("大.xlsx", b"1")), "大.xlsx", set_bytes(24, 4, 600 * 1024 * 1024)),
    "包里一份太大": lambda base: _inner(("一馆.xlsx", _own(base, 41)), ("大.xlsx", bytes(51 * 1024 * 1024))),
    "包里套着自己": lambda base: _quine(_own(base, 42)),
    "包里工作簿是炸弹": lambda base: _inner(("一馆.xlsx", _own(base, 43)), ("炸弹.xlsx", _bomb(base))),
}


def _quine(data: bytes) -> bytes:
    """Return an archive in which each of nine archives holds the same archive of nine."""
    low = _inner(*((f"{n}.zip", _inner(("一馆.xlsx", data))) for n in range(9)))
    return _inner(*((f"{n}.zip", low) for n in range(9)))


def _bomb(base: Base) -> bytes:
    part = base.raw.sheets[COVER]
    return base.raw.with_part(part, base.raw.text(part) + " " * (30 * 1024 * 1024)).packed()


_OTHERS: dict[str, Maker] = {
    "RAR": lambda base: b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "旧RAR": lambda base: b"Rar!\x1a\x07\x00" + bytes(100),
    "七压": lambda base: b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(100),
    "GZIP": lambda base: gzip.compress(_own(base, 50), mtime=0),
    "BZIP2": lambda base: b"BZh91AY&SY" + bytes(100),
    "XZ": lambda base: b"\xfd7zXZ\x00" + bytes(100),
    "TAR": lambda base: _tar(_own(base, 51)),
    "文本冒充": lambda base: "压缩包".encode() * 100,
}


def _tar(data: bytes) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        entry = tarfile.TarInfo("a.xlsx")
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
    return stream.getvalue()
