"""The cadre office's own workspace from workbook and forms to all papers, and the commands on it."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook

from cadre.cabinet import FEW, Cabinet, changed, column, good, rows_of
from pbreports.excel.bureau import bureau_workbook

PERSON = ("考察材料", "干部任免审批表", "全程纪实表")
BATCH = ("考察人选一览表", "民主测评汇总", "任前公示")
RARE = {"字": "䶮", "笔画数": 20, "笔顺": "41431251121115154151"}


def with_strokes(cabinet: Cabinet) -> Cabinet:
    """Return the workspace with the strokes of the rare character written down, as in the sample's 配置.xlsx."""
    book = cabinet.scheme.bureau["配置"]
    data = bureau_workbook(cabinet.scheme, book, {"笔画补充": [RARE]})
    cabinet.workspace.bureau_workbook("配置").write_bytes(data)
    return cabinet


@pytest.fixture(scope="session")
def built(whole_cabinet: Cabinet, tmp_path_factory: pytest.TempPathFactory) -> Cabinet:
    """Return the workspace of all candidates with their papers written; only to be read."""
    root = tmp_path_factory.mktemp("成文") / "干部科"
    found = with_strokes(Cabinet(Path(shutil.copytree(whole_cabinet.root, root))))
    good(found.cadre("build"))
    return found


def text_of(data: bytes) -> str:
    """Return the text of a paper, its tables included."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


# ---------------------------------------------------------------- the whole sample


def test_everybody_has_the_papers_declared(built: Cabinet) -> None:
    """Twenty candidacies: three papers each; of each batch a table, a tally and a notice; the notices of appointment."""
    rows = rows_of()
    batches = list(dict.fromkeys(row["批次"] for row in rows["岗位方案"]))
    assert len(rows["候选人"]) == 20
    for kind in PERSON:
        names = built.papers(kind)
        assert len(names) == 20
        for row in rows["候选人"]:
            stem = f"{kind}_{row['批次']}_{row['姓名']}"
            mine = [name for name in names if name in (f"{stem}.docx", f"{stem}_{row['候选人编号']}.docx")]
            assert len(mine) == 1, stem
    for kind in BATCH:
        assert [Path(name).stem for name in built.papers(kind)] == [f"{kind}_{batch}" for batch in batches]
    appointed = {row["候选人编号"] for row in rows["候选人"] if row["任用类型"] != "试用期满"}
    reviewed = {**rows, "审核记录": [row for row in rows["审核记录"] if row["候选人编号"] in appointed]}
    numbers = set(column(reviewed, "审核记录", "任职文号"))
    assert len(numbers) == 2
    assert {Path(name).stem.partition("_")[2] for name in built.papers("任职通知")} == numbers


def test_namesakes_have_a_paper_each(built: Cabinet) -> None:
    """Two of one name in one batch: their codes tell the files apart, and each says what is so of its own."""
    codes = ("KC202003", "KC202008")
    posts = {str(row["候选人编号"]): str(row["现任职务"]) for row in rows_of()["候选人"]}
    assert posts[codes[0]] != posts[codes[1]]
    for code in codes:
        path = built.outputs / "全程纪实表" / f"全程纪实表_2020年第一批_刘海燕_{code}.docx"
        text = text_of(path.read_bytes())
        assert posts[code] in text
        assert posts[next(one for one in codes if one != code)] not in text


def test_no_paper_of_the_clean_sample_has_gaps(built: Cabinet) -> None:
    """Nothing is left to fill in but what nobody can know before, and no mark of a template is left."""
    for name, data in built.files().items():
        if name.endswith(".docx"):
            text = text_of(data)
            assert "{{" not in text, name
            assert "{%" not in text, name
            assert "【待填" not in text, name


def test_forms_are_written_for_everybody(built: Cabinet, tmp_path: Path) -> None:
    """One each, on the ground of those that are there: what is written agrees with the workbook in every field."""
    ours = Cabinet(Path(shutil.copytree(built.root, tmp_path / "干部科")))
    assert "写出任免表20份" in good(ours.cadre("export")).output
    forms = sorted((ours.outputs / "任免表").iterdir())
    assert len(forms) == 20
    shutil.rmtree(ours.workspace.private_inputs / "任免表")
    (ours.workspace.private_inputs / "写出的").mkdir()
    for path in forms:
        shutil.copy(path, ours.workspace.private_inputs / "写出的")
    result = good(ours.cadre("compare"))
    assert "比对20份，一致20份。" in result.output


# ---------------------------------------------------------------- nothing else is needed


COMMANDS = (
    (("check",), 0),
    (("build",), 0),
    (("status",), 0),
    (("compare",), 0),
    (("export",), 0),
    (("export", "--revised"), 0),
    (("summary",), 0),
    (("purge", "--before", "2020-06-01"), 0),
)


def test_every_command_works_without_anything_else(cabinet: Cabinet) -> None:
    """No roster, no reports, no templates of its own: the declaration, the workbook and the forms are enough."""
    cabinet.put(changed(rows_of(FEW), "候选人", "KC202005", 姓名="周文"))
    shutil.rmtree(cabinet.workspace.private_inputs / "任免表")
    assert sorted(path.name for path in cabinet.workspace.inputs.iterdir()) == ["方案", "考察"]
    for arguments, code in COMMANDS:
        result = cabinet.cadre(*arguments)
        assert result.exit_code == code, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
    assert [path.name for path in cabinet.workspace.outputs.iterdir()] == ["考察"]
    assert sorted(path.name for path in cabinet.workspace.inputs.iterdir()) == ["方案", "考察"]


def test_a_character_of_unknown_strokes_holds_up_its_batch_alone(cabinet: Cabinet) -> None:
    """The order of names cannot be guessed: papers of one person and of the other batch are written, and it is said."""
    result = cabinet.cadre("build")
    assert result.exit_code == 1
    assert "KC202005的“䶮”不在字序表里" in result.output
    assert "笔画补充" in result.output
    assert "--draft" not in result.output
    assert len(cabinet.papers("考察材料")) == 5
    assert cabinet.papers("考察人选一览表") == ["考察人选一览表_2020年第二批.docx"]
    assert good(with_strokes(cabinet).cadre("build")).exit_code == 0
    assert len(cabinet.papers("考察人选一览表")) == 2


def test_the_same_bytes_on_a_second_run(cabinet: Cabinet) -> None:
    """Papers, forms and reports are the same again, and there are no more of them."""
    commands = [("build",), ("check",), ("status",), ("compare",), ("export",), ("summary",)]
    for one in commands:
        cabinet.cadre(*one)
    before = {name: data for name, data in cabinet.files().items() if not name.startswith(("运行记录", "台账"))}
    for one in commands:
        cabinet.cadre(*one)
    after = {name: data for name, data in cabinet.files().items() if not name.startswith(("运行记录", "台账"))}
    assert after.keys() == before.keys()
    assert [name for name in after if after[name] != before[name]] == []


def test_inputs_are_never_changed(cabinet: Cabinet) -> None:
    """No command writes where staff put their own."""

    def standing() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in cabinet.workspace.inputs.rglob("*") if path.is_file()}

    before = standing()
    for arguments, _ in COMMANDS:
        cabinet.cadre(*arguments)
    cabinet.cadre("purge", "--before", "2030-01-01")
    assert standing() == before


# ---------------------------------------------------------------- errors of one candidate


WRONG = changed(rows_of(FEW), "候选人", "KC202012", 身份证号="379999198212010121")


def test_an_error_holds_up_the_papers_of_its_candidate(cabinet: Cabinet) -> None:
    """And the papers of the batch that name the candidate; the others are written, and the list tells why."""
    with_strokes(cabinet).put(WRONG)
    result = cabinet.cadre("build")
    assert result.exit_code == 1
    assert "有没改的错误，涉及候选人KC202012；改好后再生成" in result.output
    for kind in PERSON:
        assert len(cabinet.papers(kind)) == 4
        assert not any("古丽娜尔" in name for name in cabinet.papers(kind))
    for kind in BATCH:
        assert cabinet.papers(kind)[0].startswith(f"{kind}_2020年第一批")
        assert len(cabinet.papers(kind)) == 1
    rows = list(load_workbook(cabinet.outputs / "文书清单.xlsx")["文书"].iter_rows(values_only=True))
    refused = [row for row in rows if row[3] == "未写出"]
    assert len(refused) == 7
    assert all("K-" in str(row[5]) for row in refused)


def test_a_draft_is_written_of_everybody_and_says_so(cabinet: Cabinet) -> None:
    """Whatever is wrong; its name tells that it is one."""
    with_strokes(cabinet).put(WRONG)
    result = cabinet.cadre("build", "--draft")
    assert result.exit_code == 1
    assert "未写出" not in result.output
    names = cabinet.papers()
    assert len(names) == 23
    assert all(name.rpartition(".")[0].endswith("_草稿") for name in names)


# ---------------------------------------------------------------- some of them


@pytest.mark.parametrize("named", ["KC202012", "古丽娜尔·吐尔逊"])
def test_one_candidate_by_code_or_name(cabinet: Cabinet, named: str) -> None:
    """The papers about that candidate alone, and those of the batch."""
    good(cabinet.cadre("build", "--candidate", named))
    assert cabinet.papers("考察材料") == ["考察材料_2020年第二批_古丽娜尔·吐尔逊.docx"]
    assert cabinet.papers("考察人选一览表") == ["考察人选一览表_2020年第二批.docx"]
    good(cabinet.cadre("export", "--candidate", named))
    assert [path.name for path in (cabinet.outputs / "任免表").iterdir()] == ["古丽娜尔·吐尔逊.lrmx"]


def test_a_name_of_two_is_not_guessed(cabinet: Cabinet) -> None:
    """The sentence names the codes to choose from, not the name."""
    result = cabinet.cadre("build", "--candidate", "刘海燕")
    assert result.exit_code == 2
    assert "不止一人" in result.output
    assert "KC202003、KC202008" in result.output
    assert cabinet.papers() == []
    good(cabinet.cadre("build", "考察材料", "--candidate", "KC202008"))
    assert cabinet.papers() == ["考察材料_2020年第一批_刘海燕_KC202008.docx"]


def test_namesakes_do_not_write_over_each_other(cabinet: Cabinet) -> None:
    """Each form and paper is called the same whether one is asked for or all."""
    for code in ("KC202003", "KC202008"):
        good(cabinet.cadre("export", "--candidate", code))
        good(cabinet.cadre("build", "干部任免审批表", "--candidate", code))
    names = sorted(path.stem for path in (cabinet.outputs / "任免表").iterdir())
    assert names == ["刘海燕_KC202003", "刘海燕_KC202008"]
    assert len(cabinet.papers()) == 2
    good(cabinet.cadre("export"))
    assert len(list((cabinet.outputs / "任免表").iterdir())) == 5


BAD_CALLS = {
    "unknown candidate": (("build", "--candidate", "KC999"), "没有这个姓名或候选人编号"),
    "unknown paper": (("build", "考查材料"), "方案里没有叫“考查材料”的考察文书"),
    "no day": (("purge",), "--before"),
    "wrong day": (("purge", "--before", "昨天"), "昨天"),
    "unknown option": (("check", "--encript"), "没有选项 --encript"),
    "unknown command": (("chek",), "没有命令"),
}


@pytest.mark.parametrize(("arguments", "words"), BAD_CALLS.values(), ids=BAD_CALLS.keys())
def test_bad_calls_get_a_sentence(cabinet: Cabinet, arguments: tuple[str, ...], words: str) -> None:
    """A call that cannot be carried out ends with exit code 2 and one Chinese sentence."""
    result = cabinet.cadre(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Error" not in result.output


@pytest.mark.parametrize("command", ["", "check", "build", "status", "compare", "export", "summary", "purge"])
def test_help_is_chinese(few: Cabinet, command: str) -> None:
    """Every command explains itself and its options in Chinese."""
    text = few.cadre(*command.split(), "--help").output
    assert "用法：" in text
    assert "Usage" not in text
    assert "Options" not in text


# ---------------------------------------------------------------- purging


def age(cabinet: Cabinet, day: str, *names: str) -> None:
    """Let a build have been on another day, for candidates named."""
    arguments = [part for name in names for part in ("--candidate", name)]
    good(cabinet.run("--as-of", day, "cadre", "build", "考察材料", *arguments))


def test_purge_removes_what_is_older_and_says_what(cabinet: Cabinet) -> None:
    """A rehearsal removes nothing; a newer paper stays, with ledger and journal."""
    age(cabinet, "2020-03-01", "KC202012")
    age(cabinet, "2020-09-01", "KC202003")
    before = cabinet.files()
    rehearsed = good(cabinet.cadre("purge", "--before", "2020-06-01", "--dry-run"))
    assert "要删去：Word 文书1个；" in rehearsed.output
    assert cabinet.files() == before
    said = good(cabinet.cadre("purge", "--before", "2020-06-01"))
    assert "已删去：Word 文书1个；" in said.output
    assert cabinet.papers() == ["考察材料_2020年第一批_刘海燕_KC202003.docx"]
    assert {"台账.db", "运行记录/文书.jsonl"} <= cabinet.files().keys()
    assert "古丽娜尔" not in cabinet.files()["运行记录/文书.jsonl"].decode()


def test_purge_of_everything_leaves_nothing_that_tells(cabinet: Cabinet) -> None:
    """Ledger and journal go with the last paper."""
    age(cabinet, "2020-03-01", "KC202012")
    good(cabinet.cadre("purge", "--before", "2090-01-01"))
    assert cabinet.files() == {}
    assert "已删去：没有；留下0个。" in good(cabinet.cadre("purge", "--before", "2090-01-01")).output


def test_purge_without_anything_written(cabinet: Cabinet) -> None:
    """There is nothing to remove, and nothing is made by asking."""
    assert "已删去：没有；留下0个。" in good(cabinet.cadre("purge", "--before", "2020-06-01")).output
    assert not cabinet.workspace.outputs.exists()


def test_what_is_removed_can_be_written_anew(cabinet: Cabinet) -> None:
    """After purging, the papers come out as before."""
    age(cabinet, "2020-03-01", "KC202012")
    paper = cabinet.outputs / "考察材料" / "考察材料_2020年第二批_古丽娜尔·吐尔逊.docx"
    first = paper.read_bytes()
    good(cabinet.cadre("purge", "--before", "2020-06-01"))
    age(cabinet, "2020-03-01", "KC202012")
    assert paper.read_bytes() == first
    assert docx.Document(str(paper)).paragraphs
