"""A form belongs to whom its number says; in doubt it is nobody's, and everyone concerned is named."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cadre.forms import lrmx
from cadre.people import confirmed, dossier
from pbreports.cadre.dossier import Dossier
from pbreports.cadre.elements import PHOTO, Form
from pbreports.cadre.lrmx import read_lrmx
from pbreports.cadre.matching import Matched, match
from pbreports.values import Record

ONE, TWO = "110105197506120019", "110105198001010028"


def person(code: str, name: str, number: str = ONE, post: str = "某小学校长", **fields: str) -> Dossier:
    """Return a candidacy."""
    return dossier({"候选人编号": code, "姓名": name, "身份证号": number, "拟任职务": post, **fields})


def form(file: str, name: str = "张三", number: str = "", **elements: str) -> Form:
    """Return a form."""
    texts = {"XingMing": name, "ShenFenZheng": number, "NiRenZhiWu": "某小学校长", **elements}
    return read_lrmx(lrmx(texts).encode(), file)


def told(
    people: Sequence[Dossier], forms: Sequence[Form], rows: Sequence[Record] = ()
) -> tuple[dict[str, str], list[str]]:
    """Return whose file is whose, and the codes of what was found."""
    found = match(people, forms, rows)
    assert all(one.personal for one in found.findings)
    assert {one.file for one in found.unmatched} == {one.file for one in forms} - {
        one.file for one in found.forms.values()
    }
    return {code: one.file for code, one in found.forms.items()}, [one.code for one in found.findings]


def message(found: Matched) -> str:
    """Return the only finding in words."""
    (one,) = found.findings
    return str(one)


def test_the_number_decides() -> None:
    """Full width, blanks and a small x do not hinder; two of one name are told apart by it."""
    people = [person("K01", "张三"), person("K02", "张三", "11010519491231002x")]
    forms = [
        form("b.lrmx", number="１１０１０５１９４９１２３１００２Ｘ"),
        form("a.lrmx", number=" 110105 19750612 0019"),
    ]
    assert told(people, forms) == ({"K01": "a.lrmx", "K02": "b.lrmx"}, [])


def test_a_name_alone_is_not_enough() -> None:
    """Without a number nothing is matched, and the candidate of that name is named."""
    found = match([person("K01", "张三")], [form("考察/a.lrmx")], ())
    assert found.forms == {}
    assert "K-43" in message(found)
    assert "张三（K01，候选人 C4）" in message(found)


def test_two_of_one_name_are_both_named() -> None:
    """A form without a number that could be of two is nobody's."""
    found = match([person("K01", "张三"), person("K02", "张 三", TWO)], [form("a.lrmx")], ())
    assert found.forms == {}
    assert "K01" in message(found)
    assert "K02" in message(found)


def test_a_confirmed_file_is_matched_by_name() -> None:
    """The row names the file as Windows would, with its folders or without."""
    for name in ("a.lrmx", "A.Lrmx", "考察\\甲\\a.lrmx", "甲/a.lrmx", " a.lrmx "):
        rows = confirmed((name, "K01", "王五"))
        assert told([person("K01", "张三")], [form("考察/甲/a.lrmx")], rows) == ({"K01": "考察/甲/a.lrmx"}, [])


def test_a_confirmation_must_be_whole_and_clear() -> None:
    """Nobody who confirms, no such candidate, no such file, two files of the name, two rows for one file."""
    people = [person("K01", "张三"), person("K02", "张三", TWO)]
    forms = [form("甲/a.lrmx")]
    assert told(people, forms, confirmed(("a.lrmx", "K01", None)))[1] == ["K-46", "K-43"]
    assert told(people, forms, confirmed(("a.lrmx", "K09", "王五")))[1] == ["K-46", "K-43"]
    assert told(people, forms, confirmed(("b.lrmx", "K01", "王五")))[1] == ["K-46", "K-43"]
    twice = [form("甲/a.lrmx"), form("乙/a.lrmx")]
    assert told(people, twice, confirmed(("a.lrmx", "K01", "王五")))[1] == ["K-46", "K-43", "K-43"]
    contrary = confirmed(("a.lrmx", "K01", "王五"), ("甲/a.lrmx", "K02", "王五"))
    assert told(people, forms, contrary) == ({}, ["K-46", "K-46", "K-43"])
    same = confirmed(("a.lrmx", "K01", "王五"), ("甲/a.lrmx", "K01", "王五"))
    assert told(people, forms, same) == ({"K01": "甲/a.lrmx"}, [])


def test_one_name_with_another_number_stops_until_confirmed() -> None:
    """The numbers differ: perhaps another person of that name, perhaps a slip; only the bureau knows."""
    people, forms = [person("K01", "张三")], [form("a.lrmx", number=TWO)]
    found = match(people, forms, ())
    assert found.forms == {}
    assert "K-45" in message(found)
    assert "a.lrmx" in message(found)
    assert told(people, forms, confirmed(("a.lrmx", "K01", "王五"))) == ({"K01": "a.lrmx"}, [])


def test_one_number_with_another_name_stops_until_confirmed() -> None:
    """A form made from a colleague's that kept the colleague's number must not pass as the colleague's."""
    people, forms = [person("K01", "张三")], [form("a.lrmx", "李四", ONE)]
    assert told(people, forms) == ({}, ["K-45"])
    assert told(people, forms, confirmed(("a.lrmx", "K01", "王五"))) == ({"K01": "a.lrmx"}, [])


def test_a_confirmation_cannot_join_strangers() -> None:
    """Neither name nor number fit, or the number is that of another candidate."""
    people = [person("K01", "张三"), person("K02", "李四", TWO)]
    assert told(people, [form("a.lrmx", "王二")], confirmed(("a.lrmx", "K01", "王五"))) == ({}, ["K-45"])
    assert told(people, [form("a.lrmx", "张三", TWO)], confirmed(("a.lrmx", "K01", "王五"))) == ({}, ["K-45"])


def test_what_is_no_whole_number_ties_nobody() -> None:
    """The same five digits, or nothing at all, on both sides are no identity."""
    assert told([person("K01", "张三", "12345")], [form("a.lrmx", number="12345")]) == ({}, ["K-43"])
    assert told([person("K01", "张三", ""), person("K02", "李四", "")], []) == ({}, [])


def test_a_form_of_nobody_is_told() -> None:
    """It stops nothing else."""
    forms = [form("z.lrmx", "赵六", "110105196001010014"), form("a.lrmx", number=ONE)]
    assert told([person("K01", "张三")], forms) == ({"K01": "a.lrmx"}, ["K-44"])


def test_a_form_without_name_and_number_is_of_nobody() -> None:
    """A blank form that was left in the folder ties to no one."""
    assert told([person("K01", "张三", "")], [form("a.lrmx", "")]) == ({}, ["K-44"])


def test_two_forms_of_one_person_are_both_named() -> None:
    """Neither is taken."""
    found = match([person("K01", "张三")], [form("a.lrmx", number=ONE), form("b.lrmx", number=ONE)], ())
    assert found.forms == {}
    assert "K-41" in message(found)
    assert "a.lrmx、b.lrmx" in message(found)
    assert "候选人 → C4" in message(found)


def test_a_confirmed_form_and_one_by_number_are_two_of_one_person() -> None:
    """It does not matter how each was tied to the person."""
    forms = [form("a.lrmx", number=ONE), form("b.lrmx")]
    assert told([person("K01", "张三")], forms, confirmed(("b.lrmx", "K01", "王五"))) == ({}, ["K-41"])


def test_several_candidacies_share_one_form() -> None:
    """Promotion and the end of its probation are of one person."""
    people = [person("K01", "张三"), person("K02", "张三", 任用类型="试用期满")]
    assert told(people, [form("a.lrmx", number=ONE)]) == ({"K01": "a.lrmx", "K02": "a.lrmx"}, [])


def test_several_forms_go_to_the_candidacies_whose_posts_they_name() -> None:
    """By 拟任职务, then by what else differs; when they are not clearly of different candidacies, none is taken."""
    people = [person("K01", "张三", 任免理由="工作需要"), person("K02", "张三", 任免理由="试用期满")]
    forms = [form("b.lrmx", number=ONE, RenMianLiYou="试用期满"), form("a.lrmx", number=ONE, RenMianLiYou="工作需要")]
    assert told(people, forms) == ({"K01": "a.lrmx", "K02": "b.lrmx"}, [])
    posts = [person("K01", "张三", post="甲校校长"), person("K02", "张三", post="乙校校长")]
    forms = [form("b.lrmx", number=ONE, NiRenZhiWu="乙校校长"), form("a.lrmx", number=ONE, NiRenZhiWu="甲校校长")]
    assert told(posts, forms) == ({"K01": "a.lrmx", "K02": "b.lrmx"}, [])
    assert told(posts, [*forms, form("c.lrmx", number=ONE, NiRenZhiWu="丙校校长")]) == ({}, ["K-41"])
    batches = [
        person("K01", "张三", post="甲校校长", 批次="第一批"),
        person("K02", "张三", post="甲校校长", 批次="第二批"),
    ]
    forms = [form("第二批/a.lrmx", number=ONE, NiRenZhiWu="甲校校长")]
    forms += [form("第一批/a.lrmx", number=ONE, NiRenZhiWu="某校校长")]
    assert told(batches, forms) == ({"K01": "第一批/a.lrmx", "K02": "第二批/a.lrmx"}, [])
    doubtful = [form("a.lrmx", number=ONE, RenMianLiYou="其他"), form("b.lrmx", number=ONE, RenMianLiYou="试用期满")]
    assert told(people, doubtful) == ({}, ["K-41"])
    unclear = [form("a.lrmx", number=ONE), form("b.lrmx", number=ONE)]
    assert told(posts, unclear) == ({}, ["K-41"])
    rows = confirmed(("a.lrmx", "K01", "王五"), ("b.lrmx", "K02", "王五"))
    assert told(posts, unclear, rows) == ({"K01": "a.lrmx", "K02": "b.lrmx"}, [])


def test_one_number_of_two_names_stops_both() -> None:
    """Whose form it is cannot be known."""
    people = [person("K01", "张三"), person("K02", "李四")]
    found = match(people, [form("a.lrmx", number=ONE)], ())
    assert told(people, []) == ({}, [])
    assert told(people, [form("a.lrmx", "李四", ONE)]) == ({}, ["K-42"])
    assert found.forms == {}
    assert "K-42" in message(found)
    assert "张三（K01" in message(found)
    assert "李四（K02" in message(found)


def test_a_damaged_photo_is_told() -> None:
    """The form is taken all the same."""
    damaged = form("a.lrmx", number=ONE, **{PHOTO: "照片"})
    assert told([person("K01", "张三")], [damaged]) == ({"K01": "a.lrmx"}, ["K-47"])


def test_no_finding_quotes_a_number() -> None:
    """Identity numbers stand in the cells, not in what is said of them."""
    people = [person("K01", "张三"), person("K02", "李四"), person("K03", "王二", TWO)]
    forms = [form("a.lrmx", "李四", TWO), form("b.lrmx", "王二", "110105196001010014"), form("c.lrmx", "王二")]
    assert not any(number in str(one) for one in match(people, forms, ()).findings for number in (ONE, TWO, "19600101"))


_PEOPLE = st.builds(
    person, st.sampled_from(["K01", "K02", "K03"]), st.sampled_from("甲乙"), st.sampled_from([ONE, TWO, ""])
)
_FORMS = st.builds(
    form, st.sampled_from(["a.lrmx", "b.lrmx", "c.lrmx"]), st.sampled_from("甲乙丙"), st.sampled_from([ONE, TWO, ""])
)


@given(
    st.lists(_PEOPLE, unique_by=lambda one: one.code, max_size=3),
    st.lists(_FORMS, unique_by=lambda one: one.file, max_size=3),
)
def test_nothing_unconfirmed_is_matched_but_by_name_and_number(people: list[Dossier], forms: list[Form]) -> None:
    """Who has a form agrees with it in both, every form left over is told, and no person has two."""
    found = match(people, forms, ())
    for one in people:
        if own := found.forms.get(one.code):
            assert (own.get("XingMing"), own.get("ShenFenZheng")) == (one.name, one.identity)
    assert bool(found.unmatched) <= bool(found.findings)
