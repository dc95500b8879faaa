"""Unlocking files that Excel opens without a question, because they are locked with its default password."""

from __future__ import annotations

import io

from pbreports.errors import WorkbookError

_DEFAULT = "VelvetSweatshop"  # [MS-OFFCRYPTO] 2.3.7.2: what Excel tries before it asks


def unlocked(data: bytes, name: str) -> bytes:
    """Return the bytes of the file inside an encrypted one, old or new.

    Raises:
        WorkbookError: F-03, when it has a password of its own, or msoffcrypto is not installed.
    """
    try:
        import msoffcrypto  # noqa: PLC0415 - the extra may be missing, and is seldom needed
    except ImportError:
        raise _locked(name) from None
    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=_DEFAULT)
        file.decrypt(opened)
    except MemoryError:
        raise
    except Exception as error:  # a wrong key shows as an error of its own, of the file's form, or of cryptography
        raise _locked(name) from error
    return opened.getvalue()


def _locked(name: str) -> WorkbookError:
    return WorkbookError(name, "文件设有打开密码", "请取消密码后再报送", code="F-03")
