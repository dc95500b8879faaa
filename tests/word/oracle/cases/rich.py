"""Values that are more than text: formatted texts, listings, pictures, line and paragraph breaks."""

from __future__ import annotations

from word.oracle.case import Case, differs
from word.oracle.markup import p, ps, r, tbl, tc
from word.oracle.values import Listed, Photo, RichParagraphs, joined, rich

STYLES = joined(
    rich("粗", bold=True),
    rich("斜", italic=True),
    rich("线", underline=True),
    rich("双线", underline="double"),
    rich("删", strike=True),
    rich("红", color="#FF0000"),
    rich("蓝", color="0000FF"),
    rich("大", size=40),
    rich("上", superscript=True),
    rich("下", subscript=True),
    rich("亮", highlight="#ffff00"),
    rich("黑体", font="eastAsia:黑体"),
    rich("字体", font="Arial"),
    rich("样式", style="qiang"),
    rich("右", rtl=True, bold=True, italic=True),
    rich("语", lang="fr-FR"),
    rich("平"),
)
JIA = p(r("{{ 文 }}", "<w:b/>"))

CASES = (
    Case(
        "富文本各种格式",
        "a formatted text with every property there is",
        p("前", "{{r 文 }}", "后"),
        {"文": STYLES},
        looks=True,
    ),
    Case(
        "富文本相加",
        "formatted texts added to each other",
        p("{{r 文 }}"),
        {"文": joined(rich("甲", bold=True), rich("乙"), rich("丙", italic=True))},
        looks=True,
    ),
    Case(
        "富文本在中间",
        "a formatted text in the middle of a run",
        p(r("前{{r 文 }}后", "<w:i/>")),
        {"文": rich("中", bold=True)},
    ),
    Case("富文本特殊字符", "markup characters in a formatted text", p("{{r 文 }}"), {"文": rich('a < b & c > d "e"')}),
    Case(
        "富文本换行",
        "line breaks, tabs, paragraphs and page breaks in a formatted text",
        p("头") + p("{{r 文 }}") + p("尾"),
        {"文": rich("一\n二\t三\a四\f五", color="FF0000")},
    ),
    Case(
        "富文本链接",
        "hyperlinks in a formatted text",
        p("{{r 文 }}"),
        {"文": joined(rich("见"), rich("网站", url="https://example.org/?a=1&b=2", underline=True))},
    ),
    Case(
        "富文本循环",
        "formatted texts of the rows of a list",
        p("{%p for x in 表 %}") + p("{{r x }}") + p("{%p endfor %}"),
        {"表": [rich("甲", bold=True), rich("乙", italic=True)]},
        looks=True,
    ),
    Case(
        "富文本与条件",
        "a formatted text in a choice",
        p("{%r if 文 %}", "{{r 文 }}", "{%r endif %}", "后"),
        {"文": rich("甲", bold=True)},
    ),
    Case(
        "富文本在格里",
        "a formatted text in a table's cell",
        tbl(("{{r 文 }}", "乙"), columns=2),
        {"文": rich("甲", bold=True)},
    ),
    Case(
        "富文本空格",
        "blanks and tabs at the edges of a formatted text",
        p("前", "{{r 文 }}", "后"),
        {"文": rich("   \t ")},
    ),
    Case(
        "富文本段落",
        "formatted paragraphs in place of a paragraph",
        p("头") + p("{{p 文 }}") + p("尾"),
        {"文": RichParagraphs(((rich("甲", bold=True), "1"), (joined(rich("乙"), rich("丙", italic=True)), "")))},
        looks=True,
    ),
    Case(
        "富文本段落在格里",
        "formatted paragraphs in a cell",
        tbl((tc("前", "{{p 文 }}"),), columns=1),
        {"文": RichParagraphs(((rich("甲"), ""), (rich("乙"), "")))},
    ),
    Case("列举", "a listing with line breaks that keeps its look", JIA, {"文": Listed("一\n二 & <三>")}, looks=True),
    Case("列举分段", "a listing with paragraphs", p("头") + JIA + p("尾"), {"文": Listed("一\a二\a三")}, looks=True),
    Case("列举分页", "a listing with a page break", JIA, {"文": Listed("一\f二")}),
    Case("列举制表", "a listing with tabs between texts", p("前{{ 文 }}后"), {"文": Listed("一\t二\t三")}, looks=True),
    Case(
        "列举在格里",
        "a listing with paragraphs in a cell",
        tbl(("{{ 文 }}", "乙"), columns=2),
        {"文": Listed("一\a二\n三")},
    ),
    Case("值里分段", "paragraph marks in a plain value, text around it", p("前{{ 文 }}后"), {"文": "一\a二"}),
    Case("值里分页", "a page break in a plain value", p("{{ 文 }}"), {"文": "一\f二"}),
    Case(
        "值独占一段换行",
        "line breaks in a value that stands alone in its paragraph",
        p("{{ 文 }}", props='<w:ind w:firstLineChars="200"/>'),
        {"文": "一\n二"},
        differs=differs("lines of a value that stands alone become paragraphs of the same style", "一", "二"),
    ),
    Case(
        "列表段落换行",
        "line breaks in the numbered paragraph of a loop",
        p("{%p for x in 表 %}") + p("·{{ x }}") + p("{%p endfor %}"),
        {"表": ["一\n二", "三"]},
    ),
    Case("图片", "a picture of a given size", p("图：", "{{ 图 }}"), {"图": Photo(20, 10)}),
    Case("图片原大", "a picture of its own size, in a cell", tbl(("{{ 图 }}", "乙"), columns=2), {"图": Photo()}),
    Case("图片带链接", "a picture that is a link", p("{{ 图 }}"), {"图": Photo(width=20, link="https://example.org/")}),
    Case(
        "图片循环",
        "pictures of the rows of a list",
        ps("{%p for x in 表 %}", "{{ x.名 }}{{ x.图 }}", "{%p endfor %}"),
        {"表": [{"名": "甲", "图": Photo(10)}, {"名": "乙", "图": Photo(10)}]},
    ),
)
