"""Windows permissions: what icacls is told, what its answers mean, and that a folder ends up closed or is said not to be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pbreports import icacls
from pbreports.icacls import Rights, close_folder, current_user, open_to_others, rights_in, rights_of, sid_in

ME = "S-1-5-21-1004336348-1177238915-682003330-1001"
COLLEAGUE = "S-1-5-21-1004336348-1177238915-682003330-1002"
ORDINARY = ("BU", "AU", "SY", "BA")
"""Who has rights on a folder below the root of a Windows disk, as a rule."""


@dataclass
class Windows:
    """What whoami and icacls do on a disk: a stand-in for the two programs, told by their command lines alone."""

    sid: str = ME
    keeps: bool = True
    """Whether the disk keeps permissions; FAT does not."""
    granted: dict[str, set[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, command: Sequence[str]) -> bytes | None:
        """Do what a command line says."""
        self.asked.append(tuple(command))
        if command[0] == "whoami.exe":
            return f'"桌面\\\\张三","{self.sid}"\r\n'.encode("gbk")
        if "/save" in command:
            Path(command[3]).write_bytes(self._saved(Path(command[1])).encode("utf-16-le"))
        elif not self.keeps:
            return None
        elif "/reset" in command:
            for path in self._meant(Path(command[1])):
                self.granted.pop(str(path), None)
                self.closed.discard(str(path))
        else:
            self.closed.add(command[1])
            self.granted.setdefault(command[1], set()).add(re.findall(r"\*(\S+):\(OI\)\(CI\)F", command[4])[0])
        return b""

    def _meant(self, path: Path) -> list[Path]:
        return sorted(path.parent.rglob("*")) if path.name == "*" else [path]

    def _saved(self, path: Path) -> str:
        return "".join(f"{one.name}\r\n{self._sddl(one)}\r\n" for one in [path, *sorted(path.rglob("*"))])

    def _sddl(self, path: Path) -> str:
        if not self.keeps:
            return "D:NO_ACCESS_CONTROL"
        entries = "".join(f"(A;;FA;;;{sid})" for sid in sorted(self._holders(path)))
        return f"D:{'P' if str(path) in self.closed else ''}AI{entries}"

    def _holders(self, path: Path) -> set[str]:
        own = self.granted.get(str(path), set())
        if str(path) in self.closed:
            return own
        return own | (self._holders(path.parent) if path != path.parent else set(ORDINARY))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder whose path has Chinese characters and blanks."""
    made = tmp_path / "党建 工作" / "考察"
    made.mkdir(parents=True)
    return made


def test_a_fresh_folder_is_closed_without_being_opened_first(folder: Path) -> None:
    """One command closes it for all but the user; afterwards that is read back. Each path is one argument."""
    windows = Windows()
    assert close_folder(folder, windows.run, fresh=True) is None
    orders = [one for one in windows.asked if one[0] == "icacls.exe" and "/save" not in one]
    assert orders == [("icacls.exe", str(folder), "/inheritance:r", "/grant:r", f"*{ME}:(OI)(CI)F", "/Q")]
    assert any("/save" in one for one in windows.asked)


def test_a_closed_folder_is_only_looked_at(folder: Path) -> None:
    """What is closed already is not touched again, files that inherit its rights included."""
    windows = Windows(granted={str(folder): {ME}}, closed={str(folder)})
    (folder / "甲.docx").touch()
    assert close_folder(folder, windows.run, fresh=False) is None
    assert all(one[0] == "whoami.exe" or "/save" in one for one in windows.asked)


def test_what_colleagues_were_granted_is_taken_away(folder: Path) -> None:
    """On the folder and on a file below it, whoever was let in by name has no rights any more."""
    paper = folder / "下 级" / "甲.docx"
    paper.parent.mkdir()
    paper.touch()
    windows = Windows(granted={str(folder): {COLLEAGUE, "WD"}, str(paper): {COLLEAGUE}})
    assert close_folder(folder, windows.run, fresh=False) is None
    assert windows._holders(folder) == windows._holders(paper) == {ME}


def test_a_file_moved_into_a_closed_folder_loses_the_rights_it_brought(folder: Path) -> None:
    """Moving keeps a file's own rights; they are found though the folder itself is closed."""
    paper = folder / "甲.docx"
    paper.touch()
    windows = Windows(granted={str(folder): {ME}, str(paper): {"BU"}}, closed={str(folder)})
    assert close_folder(folder, windows.run, fresh=False) is None
    assert windows._holders(paper) == {ME}
    assert not any("/inheritance:r" in one for one in windows.asked)


def test_a_disk_without_permissions_is_said(folder: Path) -> None:
    """FAT lets everybody in and refuses the command: the reason is returned, not success."""
    reason = close_folder(folder, Windows(keeps=False).run, fresh=True)
    assert reason is not None
    assert "不记权限" in reason


def test_success_is_not_believed_but_checked(folder: Path) -> None:
    """A program that says it went well and did nothing does not close a folder."""
    windows = Windows()

    def idle(command: Sequence[str]) -> bytes | None:
        return b"" if "/grant:r" in command else windows.run(command)

    assert close_folder(folder, idle, fresh=True) is not None


def test_programs_that_do_not_start_are_said(folder: Path) -> None:
    """Without an answer it is neither closed nor known who may enter; here, where there is no Windows, nothing starts."""
    assert icacls.start(("whoami.exe", "/user")) is None
    assert close_folder(folder, icacls.start, fresh=True) == "查不到当前用户的标识"
    assert open_to_others(folder, icacls.start) == "查不出谁能打开"
    assert close_folder(folder, lambda one: Windows().run(one) if "whoami" in one[0] else None, fresh=True) is not None


def test_whether_others_may_open_a_folder(folder: Path) -> None:
    """An ordinary folder of the disk is open to users; one for oneself, the system and administrators is not."""
    assert open_to_others(folder, Windows().run) == "本机的其他用户也能打开"
    own = Windows(granted={str(folder): {ME, "SY", "BA"}}, closed={str(folder)})
    assert open_to_others(folder, own.run) is None
    (folder / "甲.lrmx").touch()
    own.granted[str(folder / "甲.lrmx")] = {"AU"}
    assert open_to_others(folder, own.run) is not None


@pytest.mark.parametrize(
    ("answer", "sid"),
    [
        (f'"desktop\\zhang","{ME}"\r\n'.encode(), ME),
        (f'"桌面\\张三","{ME}"\r\n'.encode("gbk"), ME),
        (f'"d\\S-1-5-18","{ME}"\r\n'.encode(), ME),
        (b'"nt authority\\system","S-1-5-18"\n', "S-1-5-18"),
        (b"", None),
        ("错误: 拒绝访问。".encode("gbk"), None),
    ],
)
def test_the_user_is_told_by_the_sid(answer: bytes, sid: str | None) -> None:
    """It is found whatever the code page, also where somebody is called like a SID."""
    assert sid_in(answer) == sid
    assert current_user(lambda _command: answer) == sid
    assert current_user(lambda _command: None) is None


@pytest.mark.parametrize(
    ("sddl", "rights"),
    [
        (f"D:P(A;OICI;FA;;;{ME})", Rights(protected=True, holders=frozenset({ME}))),
        (f"D:PAI(A;OICI;FA;;;{ME})(A;;FA;;;SY)", Rights(protected=True, holders=frozenset({ME, "SY"}))),
        (
            f"D:AI(A;OICIID;FA;;;BA)(A;OICIID;0x1200a9;;;BU)(A;ID;FA;;;{ME})",
            Rights(protected=False, holders=frozenset({"BA", "BU", ME})),
        ),
        (f"D:P(D;;FA;;;WD)(A;;FA;;;{ME})", Rights(protected=True, holders=frozenset({ME}))),
        (
            '(XA;;FX;;;S-1-1-0;(@User.Title=="PM" && (@User.Division=="Finance" || @User.Division=="Sales")))',
            Rights(protected=False, holders=frozenset({"S-1-1-0"})),
        ),
        ("D:P", Rights(protected=True, holders=frozenset())),
        ("D:NO_ACCESS_CONTROL", Rights(protected=False, holders=None)),
        ("D:PNO_ACCESS_CONTROL", Rights(protected=False, holders=None)),
    ],
)
def test_who_has_rights_is_read_from_the_descriptor(sddl: str, rights: Rights) -> None:
    """Granting entries give holders, also with conditions; refusing ones do not; no list at all means everybody."""
    assert rights_of(sddl) == rights


@pytest.mark.parametrize(
    ("sid", "sddl", "closed"),
    [
        (ME, f"D:P(A;;FA;;;{ME})", True),
        (ME, f"D:PAI(A;;FA;;;{ME})(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;OW)(A;OICIIO;FA;;;CO)", True),
        (ME, f"D:AI(A;ID;FA;;;{ME})", False),
        (ME, "D:P(A;;FA;;;BA)(A;;FA;;;OW)", False),
        (ME, f"D:P(A;;FA;;;{ME})(A;;FR;;;BU)", False),
        (ME, f"D:P(A;;FA;;;{ME})(A;;FR;;;S-1-1-0)", False),
        (ME, f"D:P(A;;FA;;;{ME})(A;;FR;;;{COLLEAGUE})", False),
        (ME, "D:P", False),
        (ME, "D:NO_ACCESS_CONTROL", False),
        ("S-1-5-21-1-2-3-500", "D:P(A;OICI;FA;;;LA)", True),
        ("S-1-5-21-1-2-3-501", "D:P(A;OICI;FA;;;LG)", True),
        (ME, f"D:P(A;;FA;;;{ME})(A;;FA;;;LG)", False),
    ],
)
def test_when_a_folder_counts_as_closed(sid: str, sddl: str, closed: bool) -> None:  # noqa: FBT001 - a column of the table
    """The user is let in by name, nothing comes from above, and nobody but the system and administrators is beside."""
    assert rights_of(sddl).only_for(sid) is closed


def test_what_icacls_saved_is_read_in_its_coding() -> None:
    """UTF-16 with or without a mark; names in Chinese; a file that is not whole tells nothing."""
    text = f"考察\r\nD:PAI(A;OICI;FA;;;{ME})\r\n考察\\甲 某.docx\r\nD:AI(A;ID;FA;;;{ME})\r\n"
    both = (Rights(protected=True, holders=frozenset({ME})), Rights(protected=False, holders=frozenset({ME})))
    assert rights_in(text.encode("utf-16-le")) == both
    assert rights_in(text.encode("utf-16")) == both
    assert rights_in(b"\xfe\xff" + text.encode("utf-16-be")) == both
    assert rights_in((text + "考察\\乙.docx\r\n").encode("utf-16-le")) == ()
    assert rights_in(b"") == ()
    assert rights_in(b"\x00") == ()


def test_where_links_lead_is_left_alone() -> None:
    """Whatever works on all below a folder is told to stay with the links themselves."""
    for command in (icacls.told_to_reset_below(Path("考察")), icacls.told_to_save(Path("考察"), Path("acl"))):
        assert {"/T", "/L"} <= set(command)
