"""Whole papers as people write them, many features at once: an order, a roll, a record, a report in English."""

from __future__ import annotations

from word.oracle.case import Case
from word.oracle.markup import box, field, note, note_mark, numbered, p, ps, r, styled, tbl, tc, tr
from word.oracle.values import Listed, joined, rich

DISHES = [
    {"name": "Pizza", "ingredients": ["bread", "tomato", "ham"]},
    {"name": "Soup", "ingredients": []},
]
ORDER = {
    "customer_name": "Eric & Co",
    "items": [{"desc": "Pens", "qty": 2, "price": "FREE"}, {"desc": "Paper <A4>", "qty": 5403, "price": "1.00"}],
    "in_europe": True,
    "is_paid": False,
    "total_price": "100,000.00",
}
BRANCHES = [
    {"全称": "东门小学党支部", "星": 5, "书记": "张三", "党员": [{"名": "甲", "龄": 12}, {"名": "乙", "龄": 3}]},
    {"全称": "西门小学党支部", "星": 3, "书记": "李四", "党员": []},
]

CASES = (
    Case(
        "订单",
        "an order with rows, choices over paragraphs and inline choices",
        p("Dear {{ customer_name }},")
        + tbl(
            ("Item", "Qty", "Price"),
            ("{%tr for i in items %}", "", ""),
            ("{{ i.desc }}", "{{ i.qty }}", "{{ i.price }}"),
            ("{%tr endfor %}", "", ""),
            (tc("Total", span=2), "{{ total_price }}"),
            columns=3,
        )
        + ps(
            "{%p if in_europe %}",
            "VAT included.",
            "{%p endif %}",
            "{%p if is_paid %}",
            "Paid.",
            "{%p else %}",
            "Please pay.",
            "{%p endif %}",
        )
        + p("Signed{% if not is_paid %} (unpaid){% endif %}"),
        ORDER,
    ),
    Case(
        "菜单",
        "nested lists of paragraphs with levels",
        p("{%p for dish in dishes %}")
        + numbered("{{ dish.name }}{% if not dish.ingredients %} (nothing){% endif %}")
        + p("{%p for i in dish.ingredients %}")
        + numbered("{{ loop.index }}/{{ loop.length }} {{ i }}", 1)
        + ps("{%p endfor %}", "{%p endfor %}"),
        {"dishes": DISHES},
    ),
    Case(
        "支部名册",
        "a heading, a table of members or a sentence for each branch",
        p("{%p for 支部 in 表 %}")
        + styled("1", "{{ loop.index }}．{{ 支部.全称 }}（{{ '★' * 支部.星 }}）")
        + p("{%p if 支部.党员 %}")
        + tbl(
            tr("姓名", "党龄", props="<w:tblHeader/>"),
            ("{%tr for 人 in 支部.党员 %}", ""),
            ("{{ 人.名 }}", "{{ 人.龄 }}年{% if 人.龄 > 10 %}（老党员）{% endif %}"),
            ("{%tr endfor %}", ""),
            columns=2,
        )
        + ps("{%p else %}", "该支部没有党员信息。", "{%p endif %}", "书记：{{ 支部.书记 }}", "{%p endfor %}"),
        {"表": BRANCHES},
    ),
    Case(
        "考察材料",
        "a form with merged cells, listings, formatted texts, a header and page fields",
        styled("1", "关于{{ 姓名 }}同志的考察材料")
        + tbl(
            (tc("姓名"), "{{ 姓名 }}", tc("照片", props='<w:vMerge w:val="restart"/>')),
            (tc("职务"), "{{ 职务|default('—') }}", tc("", props="<w:vMerge/>")),
            (tc("{{ 简历 }}", span=3),),
            columns=3,
        )
        + p(r("主要表现：", "<w:b/>"), "{{r 表现 }}"),
        {
            "姓名": "王五",
            "职务": "副校长",
            "简历": Listed("2001.07—2010.08　教师\a2010.08—　　副校长"),
            "表现": joined(rich("政治坚定", bold=True), rich("，作风务实")),
        },
        {"header-default": p("{{ 姓名 }}"), "footer-default": p("— ", field(" PAGE ", "1"), " —")},
    ),
    Case(
        "请示",
        "assignments, macros and long expressions as an official paper has them",
        ps("{%p set 合计 = 表|sum(attribute='星') %}", "{%p macro 列名(项) %}", "{%p endmacro %}")
        + p("共有{{ 表|length }}个支部，星级合计{{ 合计 }}，平均{{ '%.1f'|format(合计 / 表|length) }}。")
        + p(
            "其中{% for 支部 in 表 if 支部.星 >= 3 %}{{ 支部.全称 }}{% if not loop.last %}、{% endif %}{% endfor %}等{{ 表|selectattr('星', 'ge', 3)|list|length }}个支部达标",
            note_mark(1),
            "。",
        ),
        {"表": BRANCHES},
        {"footnotes": note(1, "按{{ 表|map(attribute='书记')|join('、') }}所报。")},
    ),
    Case(
        "奖状",
        "a text box with a name, its frame in a loop, a page for each",
        p("{%p for 支部 in 表 %}")
        + p(box(p("{{ 支部.全称 }}"), p("被评为{{ 支部.星 }}星级")))
        + p("{%p if not loop.last %}")
        + p(r(inside='<w:br w:type="page"/>'))
        + ps("{%p endif %}", "{%p endfor %}"),
        {"表": BRANCHES},
    ),
    Case(
        "成绩表",
        "a table that grows both ways, with a merged head, grounds and totals",
        tbl(
            (tc("{% colspan 科|length + 1 %}{{ 题 }}"),),
            ("姓名", tc("{%tc for k in 科 %}"), "{{ k }}", tc("{%tc endfor %}")),
            ("{%tr for 人 in 表 %}",),
            (
                "{{ 人.名 }}",
                tc("{%tc for x in 人.分 %}"),
                tc("{% cellbg 'FFC7CE' if x < 60 else 'C6EFCE' %}{{ x }}"),
                tc("{%tc endfor %}"),
            ),
            ("{%tr endfor %}",),
            columns=4,
        ),
        {
            "题": "期末成绩",
            "科": ["语文", "数学", "英语"],
            "表": [{"名": "甲", "分": [91, 59, 77]}, {"名": "乙", "分": [60, 88, 43]}],
        },
    ),
    Case(
        "合并叙述",
        "a report joined from many lines, as docxtpl's users break them",
        ps(
            "全年共",
            "{%- if 数 > 0 -%}",
            "评出{{ 数 }}个五星级党组织，",
            "{%- for x in 表 -%}",
            "{{ x.全称 }}",
            "{%- if not loop.last -%}",
            "、",
            "{%- endif -%}",
            "{%- endfor -%}",
            "受到表扬",
            "{%- else -%}",
            "没有评出五星级党组织",
            "{%- endif -%}",
            "。",
        )
        + p("完。"),
        {"数": 2, "表": BRANCHES},
    ),
)
