"""Stories beside the body: headers, footers, notes, text boxes, properties, alternative texts."""

from __future__ import annotations

from word.oracle.case import Case, differs
from word.oracle.markup import box, field, note, note_mark, p, picture, ps, r, reference, section, tbl, tc
from word.oracle.values import Photo, joined, rich

N = {"n": 38, "名": "教育局"}

CASES = (
    Case("页眉", "a value in a header", p("正文"), N, {"header-default": p("{{ 名 }}文件")}),
    Case(
        "页脚",
        "a page field and a value in a footer",
        p("正文"),
        N,
        {"footer-default": p("{{ 名 }} 第", field(" PAGE ", "1"), "页")},
    ),
    Case(
        "首页与偶数页",
        "headers and footers of the first and of even pages",
        p("正文{{ n }}"),
        N,
        {
            "header-default": p("默认{{ n }}"),
            "header-first": p("首页{{ n }}"),
            "header-even": p("偶数{{ n }}"),
            "footer-first": p("首页脚{{ 名 }}"),
            "footer-even": p("偶数脚{{ 名 }}"),
        },
    ),
    Case(
        "页眉里的表格",
        "a loop over rows in a header",
        p("正文"),
        {"表": ["甲", "乙"]},
        {"header-default": tbl(("{%tr for x in 表 %}",), ("{{ x }}",), ("{%tr endfor %}",), columns=1) + p()},
    ),
    Case(
        "页脚里的条件",
        "a choice over a footer's paragraphs, cut into runs",
        p("正文"),
        {"a": 0},
        {"footer-default": p("{%p ", "if a %}") + p("甲") + p("{%p el", "se %}") + p("乙") + p("{%p endif %}")},
    ),
    Case(
        "页眉特殊字符",
        "markup characters in a header's value",
        p("正文"),
        {"名": "R&D <局>"},
        {"header-default": p("A&B {{ 名 }}")},
    ),
    Case(
        "页眉全去掉",
        "a header whose only paragraphs drop out keeps one",
        p("正文"),
        {"a": 0},
        {"header-default": ps("{%p if a %}", "甲", "{%p endif %}")},
    ),
    Case(
        "各节页眉",
        "headers of several sections",
        p("一", props=section(reference("header-default"))) + p("二") + section(reference("header-first")),
        N,
        {"header-default": p("甲{{ n }}"), "header-first": p("乙{{ n }}")},
    ),
    Case("脚注", "a value in a footnote", p("正文", note_mark(1)), N, {"footnotes": note(1, "据{{ 名 }}统计")}),
    Case(
        "脚注切开",
        "a footnote's tag cut into runs, its choice, its signs",
        p("正文", note_mark(1)) + p("另", note_mark(2)),
        {**N, "a": 1, "文": "R&D"},
        {"footnotes": note(1, "据{{ ", r("名", "<w:b/>"), " }}") + note(2, "{% if a %}{{ 文 }}{% endif %}")},
    ),
    Case(
        "尾注",
        "a value in an endnote",
        p("正文", note_mark(1, "endnote")),
        N,
        {"endnotes": note(1, "据{{ 名 }}统计")},
        differs=differs("docxtpl does not fill endnotes", endnotes=("", "据教育局统计")),
    ),
    Case(
        "循环里的脚注引用",
        "a footnote's mark in a choice",
        p("甲{% if a %}", note_mark(1), "{% endif %}乙"),
        {"a": 1},
        {"footnotes": note(1, "注")},
    ),
    Case("文本框", "a value in a text box", p("前", box(p("框中{{ n }}")), "后"), N),
    Case("文本框切开", "a tag cut into runs in a text box", p(box(p("框中{", "{ n", " }}"))), N),
    Case(
        "文本框循环",
        "a loop over paragraphs in a text box",
        p("前", box(ps("{%p for x in 表 %}", "·{{ x }}", "{%p endfor %}")), "后"),
        {"表": [1, 2]},
    ),
    Case(
        "文本框里的行内循环",
        "a loop within one paragraph of a text box",
        p(box(p("{% for x in 表 %}{{ x }}、{% endfor %}"))),
        {"表": [1, 2]},
    ),
    Case(
        "文本框里的表格",
        "a table's rows in a text box",
        p(box(tbl(("{%tr for x in 表 %}",), ("{{ x }}",), ("{%tr endfor %}",), columns=1) + p())),
        {"表": [1, 2]},
    ),
    Case(
        "循环里的文本框",
        "text boxes in a loop of paragraphs",
        p("{%p for x in 表 %}") + p(box(p("第{{ x }}号"))) + p("{%p endfor %}"),
        {"表": [1, 2]},
    ),
    Case(
        "文本框旁的标签",
        "tags in the paragraph that holds a text box",
        p("{{ n }}", box(p("框中{{ 名 }}")), "后{{ n }}"),
        N,
    ),
    Case(
        "两个文本框",
        "two text boxes in one paragraph",
        p(box(p("甲{{ n }}"), number=1), "间", box(p("乙{{ 名 }}"), number=2)),
        N,
    ),
    Case(
        "格里的文本框",
        "a text box in a cell of a loop's row",
        tbl(("{%tr for x in 表 %}",), (tc(p("{{ x }}", box(p("框{{ x }}")))),), ("{%tr endfor %}",), columns=1),
        {"表": [1, 2]},
    ),
    Case("替代文字", "a value in the alternative text of a picture", p("图", picture("{{ 名 }}照片")), N),
    Case(
        "循环里的图",
        "the template's picture in a loop",
        p("{%p for x in 表 %}") + p("{{ x }}", picture("第{{ x }}张")) + p("{%p endfor %}"),
        {"表": [1, 2]},
    ),
    Case("条件里的图", "a picture in a choice", p("甲{% if a %}", picture("照片"), "{% endif %}乙"), {"a": 0}),
    Case(
        "核心属性",
        "values in the title, subject and remarks of the file",
        p("正文"),
        N,
        {
            "core": "<dc:title>{{ 名 }}总结</dc:title><dc:subject>{{ n }}个</dc:subject><dc:description>{% if n %}有{% endif %}</dc:description>"
        },
    ),
    Case(
        "属性特殊字符",
        "markup characters in the title",
        p("正文"),
        {"名": "R&D"},
        {"core": "<dc:title>{{ 名 }}</dc:title>"},
        differs=differs("docxtpl escapes the sign twice", core=("title: R&D",)),
    ),
    Case(
        "关键词属性",
        "values in the keywords and the category",
        p("正文"),
        N,
        {"core": "<cp:keywords>{{ 名 }}</cp:keywords><cp:category>{{ n }}</cp:category>"},
        differs=differs("docxtpl does not fill these", core=("keywords: 教育局", "category: 38")),
    ),
    Case("页眉文本框", "a text box in a header", p("正文"), N, {"header-default": p(box(p("框中{{ 名 }}")))}),
    Case(
        "全部故事",
        "one name in every story at once",
        p("{{ n }}", note_mark(1)) + tbl(("{{ n }}",), columns=1),
        N,
        {
            "header-default": p("{{ n }}"),
            "footer-default": p("{{ n }}"),
            "footnotes": note(1, "{{ n }}"),
            "core": "<dc:title>{{ n }}</dc:title>",
        },
    ),
    Case(
        "页眉里的富文本",
        "a formatted text in a header",
        p("正文"),
        {"文": joined(rich("甲", bold=True), rich("乙"))},
        {"header-default": p("前", "{{r 文 }}", "后")},
    ),
    Case(
        "页眉里的图片",
        "a picture in a header",
        p("正文"),
        {"图": Photo(20, 10)},
        {"header-default": p("徽", "{{ 图 }}")},
    ),
    Case(
        "页脚分段",
        "paragraph marks in a footer's value",
        p("正文"),
        {"文": "一\a二"},
        {"footer-default": p("{{ 文 }}后")},
    ),
    Case(
        "脚注富文本",
        "a formatted text in a footnote",
        p("正文", note_mark(1)),
        {"文": rich("甲", bold=True)},
        {"footnotes": note(1, "据", "{{r 文 }}")},
    ),
    Case(
        "脚注分段循环",
        "a loop over a footnote's paragraphs",
        p("正文", note_mark(1)),
        {"表": [1, 2]},
        {
            "footnotes": note(1, "{%p for x in 表 %}").replace(
                "</w:NOTE>", ps("第{{ x }}条", "{%p endfor %}") + "</w:NOTE>"
            )
        },
    ),
    Case(
        "页眉条件不同",
        "a loop variable of the body is unknown in the header",
        p("{% for x in 表 %}{{ x }}{% endfor %}"),
        {"表": [1]},
        {"header-default": p("{{ x|default('无') }}")},
        undefined="blank",
    ),
    Case(
        "目录域",
        "a table of contents whose entries hold values",
        p(field(' TOC \\o "1-1" ', "一、{{ 名 }}")) + p("{{ 名 }}", props='<w:pStyle w:val="1"/>'),
        N,
    ),
)
