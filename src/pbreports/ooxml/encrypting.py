"""Locking a Word or Excel file with a password, so that it opens only in a program that is told it."""

from __future__ import annotations

import io
from typing import Any

from pbreports.errors import PbreportsError

INSTALL = 'pip install "pbreports[encrypt]"'
SHORTEST = 8
"""A password of fewer characters is tried through in no time by anyone who holds the file."""
_LONGEST = 255  # [MS-OFFCRYPTO] 2.3.4.11: the password is at most 255 characters of Unicode


def encrypted(data: bytes, password: str) -> bytes:
    """Return a .docx or .xlsx locked with a password: agile encryption, AES-256 and SHA-512 ([MS-OFFCRYPTO] 2.3.4.10).

    The same file comes out otherwise every time, for its salts are random: whoever wants to know whether a paper has
    changed compares what is inside. What comes out has been opened once with the password.

    Raises:
        PbreportsError: the password cannot be used, the library is missing here, or the bytes are no such file.
    """
    _check(password)
    library = _library()
    try:
        locked = _locked(library, data, password)
        whole = _opened(library, locked, password) == data
    except MemoryError:
        raise
    except Exception as error:  # its own errors, of the file's form, or of cryptography
        raise _unlockable() from error
    if not whole:
        raise _unlockable()
    return locked


def decrypted(data: bytes, password: str) -> bytes:
    """Return the file inside one that is locked with this password, after its seal has been checked.

    Raises:
        PbreportsError: the password is another one, the file was damaged or is not locked, or the library is missing.
    """
    _check(password)
    library = _library()
    try:
        return _opened(library, data, password)
    except MemoryError:
        raise
    except Exception as error:  # a wrong key shows as an error of its own, of the file's form, or of cryptography
        raise PbreportsError("解密", "用这个密码打不开文件", "请核对密码，并确认文件是加密后的原样") from error


def weakness(password: str) -> str | None:
    """Return in Chinese what is wrong with a password that can still be used, ``None`` when nothing is."""
    if password != password.strip():
        return "密码的开头或末尾有空格，请确认这是有意的，否则以后会打不开"
    if len(password) < SHORTEST:
        return f"密码只有{len(password)}个字符，容易被试出来，请用{SHORTEST}个以上"
    return None


def _locked(library: Any, data: bytes, password: str) -> bytes:
    locked = io.BytesIO()
    library.OOXMLFile(io.BytesIO(data)).encrypt(password, locked)
    return locked.getvalue()


def _opened(library: Any, data: bytes, password: str) -> bytes:
    """Return what is inside; where there is a seal it does not fit a wrong password, which need not be tried before."""
    opened = io.BytesIO()
    file = library.OOXMLFile(io.BytesIO(data))
    sealed = file.type == "agile"
    file.load_key(password=password, verify_password=not sealed)
    file.decrypt(opened, verify_integrity=sealed)
    return opened.getvalue()


def _unlockable() -> PbreportsError:
    """Return the error for a file that is no package, is locked already or, below 4 KB, is none of Word's or Excel's."""
    return PbreportsError("加密", "这份文件加不了密码", "请确认它是完好的 .docx 或 .xlsx，而且还没有加密")


def _check(password: str) -> None:
    """Refuse a password that Word, Excel or WPS would not take."""
    if not password.strip():
        raise PbreportsError("加密", "密码是空的", "请给出密码")
    if len(password) > _LONGEST:
        raise PbreportsError("加密", f"密码超过{_LONGEST}个字符", "请改用短一些的密码")
    if not password.isprintable():
        raise PbreportsError("加密", "密码里有看不见的字符", "请重新输入，不要粘贴换行等符号")


def _library() -> Any:
    try:
        from msoffcrypto.format import ooxml  # noqa: PLC0415 - the extra may be missing, and is seldom needed
    except ImportError:
        remedy = f"请在本机运行 {INSTALL}；不能上网的，先在能上网的电脑上用 pip download 下载安装包，再拷贝过来安装"
        raise PbreportsError("加密", "本机没有安装加密文件的组件", remedy) from None
    return ooxml
