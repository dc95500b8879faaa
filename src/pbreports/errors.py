"""What stops the program: one sentence saying where, what and how to mend it.

A school's mistake is never raised, it is a ``Finding`` value. A fault of this program keeps its traceback.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence


class PbreportsError(Exception):
    """Something outside the program stops it; shown to staff as one sentence, exit code 2."""

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(where, what, remedy)
        self.where = where
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return sentence(self.where, self.what, self.remedy)


class SchemeError(PbreportsError):
    """The year's declaration holds mistakes; all of them are named, each with file and line."""

    def __init__(self, problems: Sequence[PbreportsError]) -> None:
        super().__init__("方案", f"有{len(problems)}处错误", "请逐条改正后重试")
        self.problems = tuple(problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        return "\n".join([super().__str__(), *lines])


class WorkspaceError(PbreportsError):
    """A folder or file of the workspace is missing, locked or cannot be written."""


class WorkbookError(PbreportsError):
    """A workbook cannot be read at all (not a workbook, encrypted, too large, hostile)."""

    def __init__(self, where: str, what: str, remedy: str = "", *, code: str = "F-01") -> None:
        super().__init__(where, what, remedy)
        self.code = code


class TemplateError(PbreportsError):
    """A paper's template cannot be filled."""


class LedgerError(PbreportsError):
    """The ledger file cannot be opened or belongs to another program."""


def sentence(where: str, what: str, remedy: str = "") -> str:
    """Return where, what and remedy joined into one Chinese sentence."""
    text = f"{where}：{what}" if where else what
    if remedy:
        text += f"，{remedy}"
    return text if text.endswith(("。", "！", "？")) else text + "。"


def reason_of(error: Exception) -> str:
    """Return in Chinese why the system or the database refused a file; the number of a system's reason not known here.

    The texts of ``OSError`` and SQLite are in the language of the system, mostly English, and never shown.
    """
    if getattr(error, "winerror", None) in _HELD_ON_WINDOWS:
        return _REASONS["EBUSY"]
    number = getattr(error, "errno", None) or 0
    name = getattr(error, "sqlite_errorname", "") or errno.errorcode.get(number, "")
    primary = "_".join(name.split("_")[:2])  # SQLITE_IOERR_WRITE is a kind of SQLITE_IOERR
    return _REASONS.get(primary) or (f"系统错误{number}" if number else "原因不明")


_HELD_ON_WINDOWS = frozenset({32, 33})
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, which Python numbers as if permission were lacking."""

_REASONS = {
    "EACCES": "权限不足",
    "EPERM": "权限不足",
    "EROFS": "磁盘或文件夹只读",
    "ENOSPC": "磁盘已满",
    "EDQUOT": "磁盘已满",
    "EFBIG": "文件太大",
    "ENOENT": "文件或文件夹不存在",
    "EISDIR": "这是文件夹，不是文件",
    "ENOTDIR": "路径中有一段是文件，不是文件夹",
    "EEXIST": "已有同名的文件",
    "ENOTEMPTY": "文件夹不是空的",
    "EBUSY": "文件正被其他程序占用",
    "ETXTBSY": "文件正被其他程序占用",
    "EAGAIN": "文件正被其他程序占用",
    "EDEADLK": "文件正被其他程序占用",
    "ENOLCK": "文件不能加锁",
    "ENAMETOOLONG": "文件名或路径太长",
    "EINVAL": "名称或路径系统不认",
    "ELOOP": "路径里的链接绕成了圈",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENOMEM": "内存不足",
    "EIO": "磁盘读写出错",
    "ENXIO": "磁盘或网络盘已断开",
    "ENODEV": "磁盘或网络盘已断开",
    "ESTALE": "磁盘或网络盘已断开",
    "ETIMEDOUT": "磁盘或网络盘已断开",
    "ENOTCONN": "磁盘或网络盘已断开",
    "EHOSTDOWN": "磁盘或网络盘已断开",
    "EHOSTUNREACH": "磁盘或网络盘已断开",
    "ENETUNREACH": "磁盘或网络盘已断开",
    "ENOTSUP": "这个磁盘不支持这样做",
    "EOPNOTSUPP": "这个磁盘不支持这样做",
    "SQLITE_BUSY": "文件正被其他程序占用",
    "SQLITE_CANTOPEN": "没有权限，或者这是文件夹",
    "SQLITE_CORRUPT": "文件已损坏",
    "SQLITE_FULL": "磁盘已满",
    "SQLITE_IOERR": "磁盘读写出错",
    "SQLITE_LOCKED": "文件正被其他程序占用",
    "SQLITE_NOTADB": "文件内容不是数据库",
    "SQLITE_PERM": "权限不足",
    "SQLITE_READONLY": "文件只读",
}
