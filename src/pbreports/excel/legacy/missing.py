"""What is said when a file could be read, had the libraries for it been installed."""

from __future__ import annotations

from pbreports.errors import WorkbookError

INSTALL = 'pip install "pbreports[legacy]"'


def not_installed(name: str, form: str) -> WorkbookError:
    """Return the error for a file of a format whose library is missing here: F-02, with both ways out."""
    remedy = f"请用 WPS 表格或 Excel 打开后另存为 .xlsx 再报送；要直接读取，请在本机运行 {INSTALL}"
    return WorkbookError(name, f"这是旧版格式（{form}），本机没有安装读取它的组件", remedy, code="F-02")


def unreadable(name: str) -> WorkbookError:
    """Return the error for a file that the library for its format gives up on."""
    remedy = "请用 WPS 表格或 Excel 打开后另存为 .xlsx 再报送"
    return WorkbookError(name, "文件已损坏，读不出内容", remedy, code="F-07")
