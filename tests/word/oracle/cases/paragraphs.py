"""Control tags that take the place of paragraphs, tags that join paragraphs, and lists."""

from __future__ import annotations

from word.oracle.case import Case, differs
from word.oracle.markup import numbered, p, ps, r, section, styled, t, tbl, tc

CASES = (
    Case(
        "段落条件",
        "a choice over paragraphs",
        ps("头", "{%p if a %}", "甲", "乙", "{%p else %}", "丙", "{%p endif %}", "尾"),
        {"a": 1},
    ),
    Case(
        "段落条件不成立",
        "a choice whose else is taken, with elif",
        ps("{%p if a == 1 %}", "甲", "{%p elif a == 2 %}", "乙", "{%p else %}", "丙", "{%p endif %}"),
        {"a": 2},
    ),
    Case(
        "段落循环",
        "a loop over paragraphs",
        ps("{%p for x in 表 %}", "第{{ loop.index }}：{{ x }}", "——", "{%p endfor %}"),
        {"表": ["甲", "乙"]},
    ),
    Case(
        "段落嵌套",
        "loops and choices over paragraphs within each other",
        ps(
            "{%p for 组 in 表 %}",
            "{{ 组.名 }}",
            "{%p for 人 in 组.人 %}",
            "{%p if 人 != '乙' %}",
            "·{{ 人 }}",
            "{%p endif %}",
            "{%p endfor %}",
            "{%p endfor %}",
        ),
        {"表": [{"名": "一组", "人": ["甲", "乙"]}, {"名": "二组", "人": []}]},
    ),
    Case("段落赋值", "an assignment in place of a paragraph", ps("{%p set 年 = 2020 %}", "{{ 年 }}年"), {}),
    Case("段落注释", "a remark in place of a paragraph", ps("头", "{#p 这一段不印 #}", "尾"), {}),
    Case(
        "段落注释里有标签",
        "a remark in place of a paragraph, with braces in it",
        ps("头", "{#p 不印 {{ x }} {% if %} #}", "尾"),
        {},
        differs=differs("docxtpl keeps an empty paragraph where the remark has braces", "头", "尾"),
    ),
    Case(
        "段落里没有空格的前缀",
        "a paragraph tag with blanks around it",
        ps("头", "  {%p if a %}  ", "甲", "{%p endif %}"),
        {"a": 1},
    ),
    Case(
        "条件含表格",
        "a choice around a whole table",
        p("{%p if a %}") + tbl(("甲", "{{ b }}"), columns=2) + ps("{%p endif %}", "尾"),
        {"a": 1, "b": 2},
    ),
    Case(
        "条件去掉表格",
        "a choice that drops a table and its title",
        ps("{%p if a %}", "表1") + tbl(("甲",), columns=1) + ps("{%p endif %}", "尾"),
        {"a": 0},
    ),
    Case(
        "循环含表格",
        "a table for each row of a list",
        p("{%p for x in 表 %}") + tbl(("{{ x }}", "{{ loop.index }}"), columns=2) + p("{%p endfor %}") + p("尾"),
        {"表": ["甲", "乙"]},
    ),
    Case(
        "接上文",
        "tags that join their paragraph with the text before and after",
        ps("住在", "{%- if 城 -%}", "城里", "{%- else -%}", "乡下", "{%- endif -%}", "很好"),
        {"城": 1},
    ),
    Case(
        "接上文否则",
        "joined paragraphs whose else is taken",
        ps("住在", "{%- if 城 -%}", "城里", "{%- else -%}", "乡下", "{%- endif -%}", "很好"),
        {"城": 0},
    ),
    Case(
        "接上文的空格",
        "blanks at the edges of joined lines stay",
        ps(
            "My house is located ",
            "{%- if town -%}",
            " in urban area",
            "{%- else -%}",
            " in countryside",
            "{%- endif -%}",
            " and I love it.",
        ),
        {"town": 1},
    ),
    Case(
        "接上文的不断空格",
        "unbreakable blanks at the edges of joined lines, as docxtpl's handbook has them",
        ps(
            "located",
            "{%- if town -%}",
            "\u00a0in urban area\u00a0",
            "{%- else -%}",
            "\u00a0in countryside",
            "{%- endif -%}",
            "and I love it.",
        ),
        {"town": 1},
    ),
    Case(
        "换行处接上文",
        "tags that join lines parted by line breaks",
        p(
            r(
                inside=t("住在")
                + "<w:br/>"
                + t("{%- if 城 -%}")
                + "<w:br/>"
                + t("城里")
                + "<w:br/>"
                + t("{%- endif -%}")
                + "<w:br/>"
                + t("很好")
            )
        ),
        {"城": 1},
    ),
    Case(
        "循环接上文",
        "a joined loop that makes one paragraph of many",
        ps("有：", "{%- for x in 表 -%}", "{{ x }}、", "{%- endfor -%}", "等"),
        {"表": ["甲", "乙"]},
    ),
    Case("只接前", "a tag that joins only with the text before", ps("前{% if a %}", "{%- endif %}后"), {"a": 1}),
    Case("只接后", "a tag that joins only with the text after", ps("前{% if a -%}", "后{% endif %}"), {"a": 1}),
    Case(
        "编号列表循环",
        "numbered paragraphs in a loop",
        p("{%p for x in 表 %}") + numbered("{{ x }}") + numbered("附", 1) + p("{%p endfor %}"),
        {"表": ["甲", "乙"]},
    ),
    Case(
        "列表项自循环",
        "a numbered paragraph with a whole loop in it",
        numbered("{% for x in 表 %}{{ x }}；{% endfor %}"),
        {"表": ["甲", "乙"]},
    ),
    Case(
        "分页",
        "page breaks in a loop, but not after the last",
        ps("{%p for x in 表 %}", "{{ x }}")
        + p("{%p if not loop.last %}")
        + p(r(inside='<w:br w:type="page"/>'))
        + ps("{%p endif %}", "{%p endfor %}"),
        {"表": ["甲", "乙", "丙"]},
    ),
    Case(
        "段前分页",
        "paragraph properties kept in a loop",
        p("{%p for x in 表 %}") + p("{{ x }}", props='<w:pageBreakBefore/><w:jc w:val="center"/>') + p("{%p endfor %}"),
        {"表": [1, 2]},
    ),
    Case(
        "标题循环",
        "headings and their texts in a loop",
        p("{%p for 节 in 表 %}") + styled("1", "{{ 节.题 }}") + p("{{ 节.文 }}") + p("{%p endfor %}"),
        {"表": [{"题": "一", "文": "甲"}, {"题": "二", "文": "乙"}]},
    ),
    Case(
        "分节",
        "a section break between conditional paragraphs",
        ps("{%p if a %}", "甲") + p("节尾", props=section()) + ps("{%p endif %}", "乙"),
        {"a": 1},
    ),
    Case(
        "循环分节",
        "a section for each row of a list",
        p("{%p for x in 表 %}") + p("{{ x }}", props=section()) + p("{%p endfor %}") + p("尾"),
        {"表": ["甲", "乙"]},
    ),
    Case("段落值", "a value in place of its paragraph", p("头") + p("{{p 段 }}") + p("尾"), {"段": ""}),
    Case(
        "表内段落循环",
        "a loop over paragraphs of one cell",
        tbl(("甲", tc("{%p for x in 表 %}", "{{ x }}", "{%p endfor %}")), columns=2),
        {"表": [1, 2]},
    ),
    Case(
        "表内段落全去掉",
        "a cell whose only paragraphs drop out keeps one",
        tbl((tc("{%p if a %}", "甲", "{%p endif %}"),), columns=1),
        {"a": 0},
    ),
    Case(
        "一段两个p标签",
        "two paragraph tags in one paragraph",
        ps("{%p if a %}{%p if b %}", "甲", "{%p endif %}{%p endif %}"),
        {"a": 1, "b": 1},
    ),
    Case(
        "p标签旁的文字",
        "text beside a paragraph tag",
        ps("重要{%p if a %}", "甲", "{%p endif %}尾"),
        {"a": 1},
        differs=differs("docxtpl drops the text beside the tag", "重要", "甲", "尾"),
    ),
    Case(
        "p标签里的百分号",
        "a percent sign and braces within a paragraph tag",
        ps("{%p if '%' in 文 and 文 != '}' %}", "甲", "{%p endif %}"),
        {"文": "5%"},
        differs=differs("docxtpl loses its way at the sign and refuses the tag", "甲"),
    ),
    Case(
        "p标签空格在前",
        "a blank between the braces and the prefix",
        ps("{% p if a %}", "甲", "{% p endif %}"),
        {"a": 1},
        differs=differs("docxtpl refuses the tag", "甲"),
    ),
)
