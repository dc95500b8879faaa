"""Loops and choices over rows and columns; merged, ragged and nested tables; grounds and widths of cells."""

from __future__ import annotations

from word.oracle.case import Case, differs
from word.oracle.markup import p, ps, r, tbl, tc, tr

PEOPLE = [{"名": "甲", "龄": 31}, {"名": "乙", "龄": 42}]
GROUPS = [{"名": "一校", "人": ["甲", "乙"]}, {"名": "二校", "人": ["丙"]}]
WIDE = '<w:gridSpan w:val="2"/>'


def column_loop(head: str, each: str, rows: str) -> str:
    """Return a table whose columns and rows are loops."""
    top = tr("", tc("{%tc for c in 列 %}"), tc(head), tc("{%tc endfor %}"))
    body = tr("{{ 行.名 }}", tc("{%tc for c in 行.值 %}"), tc(each), tc("{%tc endfor %}"))
    return tbl(top, (rows,), body, ("{%tr endfor %}",), columns=2)


CASES = (
    Case(
        "行循环",
        "a loop over rows between two tag rows",
        tbl(
            ("姓名", "年龄"),
            ("{%tr for 人 in 表 %}", ""),
            ("{{ 人.名 }}", "{{ 人.龄 }}"),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": PEOPLE},
    ),
    Case(
        "行循环无数据",
        "a loop over no rows leaves the head",
        tbl(
            ("姓名", "年龄"),
            ("{%tr for 人 in 表 %}", ""),
            ("{{ 人.名 }}", "{{ 人.龄 }}"),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": []},
    ),
    Case(
        "行循环否则",
        "a row for when there are none",
        tbl(
            ("{%tr for 人 in 表 %}", ""),
            ("{{ 人.名 }}", "{{ 人.龄 }}"),
            ("{%tr else %}", ""),
            ("无", "—"),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": []},
    ),
    Case(
        "多行一组",
        "two rows for each item",
        tbl(("{%tr for 人 in 表 %}",), ("{{ 人.名 }}",), ("{{ 人.龄 }}岁",), ("{%tr endfor %}",), columns=1),
        {"表": PEOPLE},
    ),
    Case(
        "行条件",
        "a row that stands only on a condition",
        tbl(("甲", "1"), ("{%tr if a %}", ""), ("乙", "2"), ("{%tr endif %}", ""), ("丙", "3"), columns=2),
        {"a": 0},
    ),
    Case(
        "行条件否则",
        "rows of either branch",
        tbl(("{%tr if a %}",), ("是",), ("{%tr else %}",), ("否",), ("{%tr endif %}",), columns=1),
        {"a": 1},
    ),
    Case(
        "行嵌套循环",
        "rows of groups and of their items",
        tbl(
            ("{%tr for 组 in 表 %}", ""),
            ("{{ 组.名 }}", "{{ 组.人|length }}人"),
            ("{%tr for 人 in 组.人 %}", ""),
            ("", "{{ 人 }}"),
            ("{%tr endfor %}", ""),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": GROUPS},
    ),
    Case(
        "循环里行条件",
        "rows of a loop that depend on the item",
        tbl(
            ("{%tr for 人 in 表 %}",),
            ("{%tr if 人.龄 > 35 %}",),
            ("{{ 人.名 }}",),
            ("{%tr endif %}",),
            ("{%tr endfor %}",),
            columns=1,
        ),
        {"表": PEOPLE},
    ),
    Case("行注释", "a remark in place of a row", tbl(("甲",), ("{#tr 此行不印 #}",), ("乙",), columns=1)),
    Case(
        "行赋值",
        "an assignment in place of a row",
        tbl(("{%tr set 和 = a + b %}",), ("{{ 和 }}",), columns=1),
        {"a": 1, "b": 2},
    ),
    Case(
        "列循环",
        "a loop over the cells of a row",
        tbl((tc("{%tc for c in 列 %}"), "{{ c }}", tc("{%tc endfor %}")), columns=3),
        {"列": ["甲", "乙", "丙"]},
    ),
    Case(
        "行列循环",
        "a table that grows both ways",
        column_loop("{{ c }}", "{{ c }}", "{%tr for 行 in 表 %}"),
        {"列": ["一", "二", "三"], "表": [{"名": "甲", "值": [1, 2, 3]}, {"名": "乙", "值": [4, 5, 6]}]},
    ),
    Case(
        "列条件",
        "a cell that stands only on a condition",
        tbl(("甲", "{%tc if a %}", "乙", "{%tc endif %}", "丙"), columns=5),
        {"a": 0},
    ),
    Case("列注释", "a remark in place of a cell", tbl(("甲", "{#tc 不要 #}", "乙"), columns=3)),
    Case(
        "列变少",
        "a column loop that gives fewer cells than the grid has",
        tbl(("头", "二", "三", "四"), ("甲", "{%tc for c in 列 %}", "{{ c }}", "{%tc endfor %}"), columns=4),
        {"列": []},
    ),
    Case(
        "单格内循环",
        "a loop within one cell",
        tbl(("名单", "{% for x in 表 %}{{ x }}、{% endfor %}"), columns=2),
        {"表": ["甲", "乙"]},
    ),
    Case(
        "格内多段",
        "several paragraphs of one cell, each with tags",
        tbl((tc("{{ a }}", "{% if b %}有{% endif %}", "尾"),), columns=1),
        {"a": 1, "b": 1},
    ),
    Case(
        "表格嵌套",
        "a table within a cell of a loop's row",
        tbl(
            ("{%tr for 组 in 表 %}", ""),
            ("{{ 组.名 }}", tc(tbl(("{%tr for 人 in 组.人 %}",), ("{{ 人 }}",), ("{%tr endfor %}",), columns=1), "")),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": GROUPS},
    ),
    Case(
        "嵌套表的值",
        "values in a nested table and beside it",
        tbl((tc("{{ a }}", tbl(("{{ b }}", "{{ c }}"), columns=2), "{{ d }}"),), columns=1),
        {"a": 1, "b": 2, "c": 3, "d": 4},
    ),
    Case(
        "合并格的行循环",
        "a loop over rows that have merged cells",
        tbl(
            ("{%tr for 人 in 表 %}", "", ""),
            tr(tc("{{ 人.名 }}", props=WIDE), "{{ 人.龄 }}"),
            ("{%tr endfor %}", "", ""),
            columns=3,
        ),
        {"表": PEOPLE},
    ),
    Case(
        "纵向合并的表",
        "cells merged downwards that no loop touches",
        tbl(
            tr(tc("{{ a }}", props='<w:vMerge w:val="restart"/>'), "1"),
            tr(tc("", props="<w:vMerge/>"), "{{ b }}"),
            columns=2,
        ),
        {"a": "甲", "b": 2},
    ),
    Case(
        "错落的行",
        "rows with columns left out before and after",
        tbl(
            ("{{ a }}", "二", "三"),
            tr("{{ b }}", "中", props='<w:gridBefore w:val="1"/><w:wBefore w:w="2000" w:type="dxa"/>'),
            tr("尾", props='<w:gridAfter w:val="2"/><w:wAfter w:w="4000" w:type="dxa"/>'),
            columns=3,
        ),
        {"a": 1, "b": 2},
    ),
    Case(
        "表头重复行",
        "row properties kept: repeated head, fixed height",
        tbl(
            tr("名", props="<w:tblHeader/>"),
            ("{%tr for 人 in 表 %}",),
            tr("{{ 人.名 }}", props='<w:cantSplit/><w:trHeight w:val="567" w:hRule="exact"/>'),
            ("{%tr endfor %}",),
            columns=1,
        ),
        {"表": PEOPLE},
    ),
    Case(
        "底色",
        "the ground of a cell",
        tbl((tc("{% cellbg 色 %}{{ a }}"), "乙"), columns=2),
        {"色": "FF0000", "a": "甲"},
    ),
    Case(
        "循环底色",
        "a ground for each row, over one that is there",
        tbl(
            ("{%tr for 人 in 表 %}",),
            tr(tc("{% cellbg 人.色 %}{{ 人.名 }}", props='<w:shd w:val="clear" w:color="auto" w:fill="00FF00"/>')),
            ("{%tr endfor %}",),
            columns=1,
        ),
        {"表": [{"名": "甲", "色": "FFFF00"}, {"名": "乙", "色": "C0C0C0"}]},
    ),
    Case(
        "条件底色",
        "a ground that is an expression",
        tbl((tc("{% cellbg 'FF0000' if 未报 else '00FF00' %}甲"),), columns=1),
        {"未报": 1},
    ),
    Case(
        "底色在无属性的格",
        "a ground in a cell that has no properties yet",
        tbl(tr(f"<w:tc>{p('{% cellbg 色 %}甲')}</w:tc>"), columns=1),
        {"色": "FF0000"},
        differs=differs("docxtpl drops the ground", "|#FF0000 甲|"),
    ),
    Case(
        "底色在空属性的格",
        "a ground in a cell whose properties are one empty element",
        tbl(tr(f"<w:tc><w:tcPr/>{p('{% cellbg 色 %}甲')}</w:tc>"), columns=1),
        {"色": "FF0000"},
        differs=differs("docxtpl puts the ground where Word ignores it", "|#FF0000 甲|"),
    ),
    Case(
        "列循环里的底色",
        "a ground for each cell of a column loop",
        tbl((tc("{%tc for c in 列 %}"), tc("{% cellbg c.色 %}{{ c.名 }}"), tc("{%tc endfor %}")), columns=2),
        {"列": [{"色": "FF0000", "名": "甲"}, {"色": "00FF00", "名": "乙"}]},
    ),
    Case(
        "跨列在循环行",
        "a width for each row of a loop",
        tbl(
            ("{%tr for 行 in 表 %}",),
            (tc("{% colspan 行.宽 %}{{ 行.名 }}"), "尾"),
            ("{%tr endfor %}",),
            ("1", "2", "3"),
            columns=3,
        ),
        {"表": [{"宽": 2, "名": "甲"}, {"宽": 1, "名": "乙"}]},
    ),
    Case(
        "跨列盖过原有",
        "a width over one that is there",
        tbl((tc("{% colspan 3 %}甲", props="").replace("</w:tcPr>", WIDE + "</w:tcPr>"),), ("1", "2", "3"), columns=3),
        {},
    ),
    Case(
        "跨列",
        "a cell over as many columns as a value says",
        tbl((tc("{% colspan n %}合计"), "乙"), ("1", "2", "3"), columns=3),
        {"n": 2},
    ),
    Case(
        "跨列表达式",
        "a width that is an expression",
        tbl(
            (tc("{% colspan 列|length %}{{ 题 }}"),),
            (tc("{%tc for c in 列 %}"), "{{ c }}", tc("{%tc endfor %}")),
            columns=3,
        ),
        {"列": ["a", "b", "c"], "题": "表题"},
    ),
    Case(
        "跨列加底色",
        "width and ground of one cell",
        tbl((tc("{% colspan 2 %}{% cellbg 'EEEEEE' %}{{ a }}"),), ("1", "2"), columns=2),
        {"a": "甲"},
    ),
    Case(
        "横向合并",
        "hm: the cells of a column loop become one",
        tbl(
            (tc("{%tc for c in 列 %}"), tc("{% hm %}{{ 题 }}"), tc("{%tc endfor %}")),
            (tc("{%tc for c in 列 %}"), "{{ c }}", tc("{%tc endfor %}")),
            columns=3,
        ),
        {"列": ["a", "b", "c"], "题": "题"},
    ),
    Case(
        "横向合并宽格",
        "hm on a cell that is two columns wide already",
        tbl(
            (tc("{%tc for c in 列 %}"), tc("{% hm %}题", props=WIDE), tc("{%tc endfor %}")),
            (tc("{%tc for c in 列 %}"), "{{ c }}", "{{ c }}", tc("{%tc endfor %}")),
            columns=4,
        ),
        {"列": ["a", "b"]},
    ),
    Case(
        "纵向合并",
        "vm: the cells of a row loop become one",
        tbl(("{%tr for 人 in 表 %}", ""), (tc("{% vm %}组"), "{{ 人.名 }}"), ("{%tr endfor %}", ""), columns=2),
        {"表": PEOPLE},
    ),
    Case(
        "纵向合并带值",
        "vm with a value, in a group's inner loop",
        tbl(
            ("{%tr for 组 in 表 %}", ""),
            ("{%tr for 人 in 组.人 %}", ""),
            (tc("{% vm %}{{ 组.名 }}"), "{{ 人 }}"),
            ("{%tr endfor %}", ""),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": GROUPS},
    ),
    Case(
        "纵向合并有前后文",
        "vm with text around it and a look of its own",
        tbl(
            ("{%tr for 人 in 表 %}", ""),
            (tc(p(r("前{% vm %}后", "<w:b/>"))), "{{ 人.名 }}"),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": PEOPLE},
    ),
    Case(
        "纵向合并标签自成一串",
        "vm in a run of its own, the text in the next",
        tbl(("{%tr for 人 in 表 %}", ""), (tc(p("{% vm %}", "组")), "{{ 人.名 }}"), ("{%tr endfor %}", ""), columns=2),
        {"表": PEOPLE},
        differs=differs(
            "docxtpl leaves the text, unseen, in the cells that are merged into the first", "|↧ 组|甲|", "|↓ |乙|"
        ),
    ),
    Case(
        "行循环余数",
        "a percent sign within a row tag",
        tbl(("{%tr for x in 表 if x % 2 %}",), ("{{ x }}",), ("{%tr endfor %}",), columns=1),
        {"表": [1, 2, 3]},
        differs=differs("docxtpl loses its way at the sign and refuses the tag", "|1|", "|3|"),
    ),
    Case(
        "行赋值字典",
        "a mapping's braces within a row tag",
        tbl(("{%tr set 表 = {'甲': 1} %}",), ("{{ 表.甲 }}",), columns=1),
        {},
        differs=differs("docxtpl loses its way at the brace and refuses the tag", "|1|"),
    ),
    Case(
        "行标签空格在前",
        "a blank between the braces and a row tag's prefix",
        tbl(("{% tr for x in 表 %}",), ("{{ x }}",), ("{% tr endfor %}",), columns=1),
        {"表": [1, 2]},
        differs=differs("docxtpl refuses the tag", "|1|", "|2|"),
    ),
    Case(
        "两张表各循环",
        "two tables, each with a loop and a paragraph between",
        tbl(("{%tr for x in 甲 %}",), ("{{ x }}",), ("{%tr endfor %}",), columns=1)
        + p("间")
        + tbl(("{%tr for x in 乙 %}",), ("{{ x }}",), ("{%tr endfor %}",), columns=1),
        {"甲": [1], "乙": [2, 3]},
    ),
    Case(
        "合计行",
        "a row of totals behind a loop",
        tbl(
            ("{%tr for 人 in 表 %}", ""),
            ("{{ 人.名 }}", "{{ 人.龄 }}"),
            ("{%tr endfor %}", ""),
            ("合计", "{{ 表|sum(attribute='龄') }}"),
            columns=2,
        ),
        {"表": PEOPLE},
    ),
    Case(
        "循环行里纵向合并格",
        "cells merged downwards over a loop's two rows",
        tbl(
            ("{%tr for 人 in 表 %}", ""),
            tr(tc("{{ 人.名 }}", props='<w:vMerge w:val="restart"/>'), "上"),
            tr(tc("", props="<w:vMerge/>"), "{{ 人.龄 }}"),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": PEOPLE},
    ),
    Case(
        "嵌套表自循环",
        "a loop in a nested table that stands in no loop itself",
        tbl(("甲", tc(tbl(("{%tr for x in 表 %}",), ("{{ x }}",), ("{%tr endfor %}",), columns=1), "")), columns=2),
        {"表": [1, 2]},
    ),
    Case(
        "列循环嵌套",
        "a column loop within a column loop",
        tbl(
            (
                tc("{%tc for a in 外 %}"),
                tc("{%tc for b in a %}"),
                "{{ b }}",
                tc("{%tc endfor %}"),
                tc("{%tc endfor %}"),
            ),
            columns=4,
        ),
        {"外": [["甲", "乙"], ["丙"]]},
    ),
    Case(
        "列循环中的条件",
        "a cell of a column loop that stands only on a condition",
        tbl(
            (tc("{%tc for c in 列 %}"), tc("{%tc if c > 1 %}"), "{{ c }}", tc("{%tc endif %}"), tc("{%tc endfor %}")),
            columns=2,
        ),
        {"列": [1, 2, 3]},
    ),
    Case(
        "一行两个标签",
        "two row tags in one row",
        tbl(
            ("{%tr for 组 in 表 %}{%tr for 人 in 组.人 %}",),
            ("{{ 人 }}",),
            ("{%tr endfor %}{%tr endfor %}",),
            columns=1,
        ),
        {"表": GROUPS},
        differs=differs("docxtpl reads one such tag a row and refuses the other", "|甲|", "|乙|", "|丙|"),
    ),
    Case(
        "首末格循环",
        "a row that opens its loop in the first cell and closes it in the last",
        tbl(("{% for 人 in 表 %}{{ 人.名 }}", "{{ 人.龄 }}{% endfor %}"), columns=2),
        {"表": PEOPLE},
        differs=differs("such a row repeats; docxtpl puts the cells of all rounds into one row", "|甲|31|", "|乙|42|"),
    ),
    Case(
        "无前缀的标签行",
        "tag rows without a prefix",
        tbl(("{% for 人 in 表 %}", ""), ("{{ 人.名 }}", "{{ 人.龄 }}"), ("{% endfor %}", ""), columns=2),
        {"表": PEOPLE},
        differs=differs(
            "rows that hold only control tags disappear; docxtpl repeats their remains", "|甲|31|", "|乙|42|"
        ),
    ),
    Case(
        "标签行里的文字",
        "text in another cell of a tag row",
        tbl(("{%tr if a %}", "备注"), ("甲", "1"), ("{%tr endif %}", ""), columns=2),
        {"a": 1},
        differs=differs("docxtpl drops the text beside the tag", "||备注|", "|甲|1|"),
    ),
    Case(
        "列标签的空格",
        "a cell that a column loop leaves empty",
        tbl((tc("{%tc for c in 列 %}"), tc("{{ c }}"), tc("{%tc endfor %}"), "尾"), columns=4),
        {"列": ["", "乙"]},
    ),
    Case(
        "按列转置",
        "rows made of the items of an outer loop's rows",
        tbl(
            ("{%tr for i in range(2) %}", ""),
            ("{{ 题[i] }}", "{% for 行 in 表 %}{{ 行[i] }} {% endfor %}"),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"题": ["甲", "乙"], "表": [[1, 2], [3, 4]]},
    ),
    Case(
        "续行编号",
        "rows numbered over two loops",
        tbl(
            ("{%tr set 计 = namespace(号=0) %}",),
            ("{%tr for 组 in 表 %}",),
            ("{%tr for 人 in 组.人 %}",),
            ("{%tr set 计.号 = 计.号 + 1 %}",),
            ("{{ 计.号 }}{{ 人 }}",),
            ("{%tr endfor %}",),
            ("{%tr endfor %}",),
            columns=1,
        ),
        {"表": GROUPS},
    ),
    Case(
        "宏在格里",
        "a macro used in cells",
        p("{% macro 数(x) %}{{ '—' if x == 0 else x }}{% endmacro %}头")
        + tbl(("{{ 数(a) }}", "{{ 数(b) }}"), columns=2),
        {"a": 0, "b": 5},
    ),
    Case(
        "标签行有格式",
        "tag rows whose tags carry a look",
        tbl(
            (tc(p(r("{%tr for x in 表 %}", "<w:b/>"))),),
            (tc(p(r("{{ x }}", "<w:b/>"))),),
            (tc(p(r("{%tr endfor %}", '<w:color w:val="FF0000"/>'))),),
            columns=1,
        ),
        {"表": [1, 2]},
    ),
    Case(
        "大表",
        "two hundred rows",
        tbl(("{%tr for x in 表 %}", ""), ("{{ loop.index }}", "{{ x }}"), ("{%tr endfor %}", ""), columns=2),
        {"表": [f"第{i}项" for i in range(200)]},
    ),
    Case(
        "表后紧跟段落",
        "conditions before, in and after a table",
        ps("{%p if a %}", "前", "{%p endif %}")
        + tbl(("{{ a }}",), columns=1)
        + ps("{%p if not a %}", "后", "{%p endif %}", "尾"),
        {"a": 1},
    ),
)
