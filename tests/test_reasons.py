"""Why the system refused a file is told in Chinese, whatever language the system speaks."""

import errno
import re
from pathlib import Path

import pytest

from pbreports.errors import WorkspaceError, reason_of
from pbreports.ooxml.files import write_atomically
from pbreports.scheme.load import load_scheme

SOURCE = Path(__file__).resolve().parents[1] / "src" / "pbreports"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EACCES, "权限不足"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.ENOENT, "不存在"),
        (errno.EISDIR, "这是文件夹"),
        (errno.EBUSY, "占用"),
        (errno.EROFS, "只读"),
    ],
)
def test_known_reasons(number: int, said: str) -> None:
    """The reasons that staff meet are named."""
    assert said in reason_of(OSError(number, "spoken by the system"))


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_no_reason_is_english(number: int) -> None:
    """Any number the system may give becomes words without a Latin letter."""
    assert not re.search("[A-Za-z]", reason_of(OSError(number, "spoken by the system")))


def test_a_reason_without_number() -> None:
    """An error that carries a text only is told without that text."""
    assert reason_of(OSError("some text")) == "原因不明"


def test_a_file_held_on_windows() -> None:
    """Windows reports a file open elsewhere as a lack of permission; its own number tells the two apart."""
    error = PermissionError(errno.EACCES, "spoken by the system")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    assert "占用" in reason_of(error)


def test_a_scheme_file_that_is_a_folder(tmp_path: Path) -> None:
    """What cannot be read is told with its reason in Chinese."""
    (tmp_path / "方案.yaml").mkdir()
    with pytest.raises(Exception, match="这是文件夹，不是文件"):
        load_scheme(tmp_path)


def test_a_write_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails for a rare reason names it in Chinese."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "spoken by the system")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(WorkspaceError, match="磁盘读写出错"):
        write_atomically(tmp_path / "甲.xlsx", b"")


def test_no_module_shows_the_systems_own_text() -> None:
    """The system's text is in its own language, so no message is made of it."""
    assert [path.name for path in SOURCE.rglob("*.py") if "strerror" in path.read_text(encoding="utf-8")] == []
