"""Control tags within a paragraph: choices, loops, macros, assignments and what else Jinja has."""

from __future__ import annotations

from word.oracle.case import Case, differs
from word.oracle.markup import p, ps, r

TREE = [{"名": "局", "下": [{"名": "科", "下": []}, {"名": "室", "下": [{"名": "组", "下": []}]}]}]

CASES = (
    Case("如果", "a choice in running text", p("共{% if n %}有{{ n }}个{% endif %}。"), {"n": 2}),
    Case("否则", "elif and else", *[p("{% if n > 9 %}多{% elif n > 1 %}中{% else %}少{% endif %}等")], {"n": 5}),
    Case(
        "嵌套条件",
        "choices within choices",
        p("{% if a %}甲{% if b %}乙{% else %}非乙{% endif %}尾{% endif %}"),
        {"a": 1, "b": 0},
    ),
    Case("循环", "a loop in running text", p("{% for x in 表 %}{{ x }}、{% endfor %}等"), {"表": ["甲", "乙"]}),
    Case(
        "循环变量",
        "all that a loop knows of itself",
        p(
            "{% for x in 表 %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.length }}{% if loop.first %}首{% endif %}{% if loop.last %}末{% endif %};{% endfor %}"
        ),
        {"表": "abc"},
    ),
    Case(
        "前后项",
        "the rows before and after in a loop",
        p(
            "{% for x in 表 %}{{ loop.previtem|default('-') }}<{{ x }}>{{ loop.nextitem|default('-') }}{% endfor %}".replace(
                "<", "《"
            ).replace(">", "》")
        ),
        {"表": [1, 2, 3]},
    ),
    Case(
        "变化时",
        "loop.changed and loop.cycle",
        p("{% for x in 表 %}{% if loop.changed(x) %}{{ x }}{{ loop.cycle('奇', '偶') }}{% endif %}{% endfor %}"),
        {"表": [1, 1, 2]},
    ),
    Case(
        "循环否则",
        "the else of a loop over nothing",
        p("{% for x in 表 %}{{ x }}{% else %}暂无{% endfor %}"),
        {"表": []},
    ),
    Case(
        "循环过滤",
        "a loop with a condition",
        p("{% for x in 表 if x > 1 %}{{ loop.index }}:{{ x }};{% endfor %}"),
        {"表": [1, 2, 3]},
    ),
    Case(
        "解包",
        "a loop over pairs",
        p("{% for a, b in 表 %}{{ a }}{{ b }};{% endfor %}"),
        {"表": [("甲", 1), ("乙", 2)]},
    ),
    Case(
        "嵌套循环",
        "a loop in a loop, with the outer loop's number",
        p(
            "{% for 行 in 表 %}{% set 外 = loop.index %}{% for x in 行 %}{{ 外 }}{{ loop.index }}{{ x }};{% endfor %}{% endfor %}"
        ),
        {"表": [["a", "b"], ["c"]]},
    ),
    Case(
        "递归循环",
        "a loop that calls itself",
        p(
            "{% for 节 in 树 recursive %}{{ 节.名 }}({{ loop.depth }}{% if 节.下 %}{{ loop(节.下) }}{% endif %}){% endfor %}"
        ),
        {"树": TREE},
    ),
    Case(
        "赋值",
        "a value named in the template",
        p("{% set 和 = a + b %}和为{{ 和 }}，倍为{{ 和 * 2 }}"),
        {"a": 1, "b": 2},
    ),
    Case("多重赋值", "two names set at once", p("{% set 甲, 乙 = 对 %}{{ 乙 }}{{ 甲 }}"), {"对": ("x", "y")}),
    Case(
        "块赋值",
        "a piece of text named in the template",
        p("{% set 句 %}共{{ n }}个{% endset %}{{ 句 }}。{{ 句 }}"),
        {"n": 3},
    ),
    Case(
        "命名空间",
        "a counter that outlives its loop",
        p(
            "{% set 计 = namespace(数=0) %}{% for x in 表 %}{% if x > 1 %}{% set 计.数 = 计.数 + x %}{% endif %}{% endfor %}{{ 计.数 }}"
        ),
        {"表": [1, 2, 3]},
    ),
    Case(
        "宏",
        "a macro with a default",
        p("{% macro 称(名, 衔='同志') %}{{ 名 }}{{ 衔 }}{% endmacro %}{{ 称('张三') }}、{{ 称('李四', '书记') }}"),
        {},
    ),
    Case(
        "宏中循环",
        "a macro that loops and chooses",
        p(
            "{% macro 列(表) %}{% for x in 表 %}{{ x }}{% if not loop.last %}、{% endif %}{% endfor %}{% endmacro %}有{{ 列(甲) }}和{{ 列(乙) }}"
        ),
        {"甲": ["a", "b"], "乙": ["c"]},
    ),
    Case(
        "宏中符号",
        "markup characters through a macro",
        p("{% macro 引(名) %}“{{ 名 }}”{% endmacro %}{{ 引('A&B') }}{{ 引(名) }}"),
        {"名": "<甲>"},
        differs=differs("docxtpl prints the reference of a quoted sign", "“A&B”“<甲>”"),
    ),
    Case(
        "宏的结果拼接",
        "a macro's result joined with texts",
        p('头{% macro m(q) %}{{ q }}丑{% endmacro %}{{ m(1) ~ "尾" }}{{ "前" ~ m(2) }}{{ "前" + m(3) }}尾'),
        {},
    ),
    Case(
        "宏的结果连接",
        "macros' results joined by a filter",
        p('头{% macro m(q) %}{{ q }}丑{% endmacro %}{{ [m(1), m(2)]|join("、") }}尾'),
        {},
    ),
    Case(
        "宏的结果过滤",
        "a macro's result filtered, cut and measured",
        p(
            '头{% macro m(q) %}{{ q }}丑{% endmacro %}{{ m(1)|replace("丑", "子") }}{{ m(1)|upper }}{{ m(1)[:1] }}{{ m(1)|length }}{{ m(1)|e }}尾'
        ),
        {},
    ),
    Case(
        "宏的结果比较",
        "a macro's result compared",
        p(
            '头{% macro m(q) %}{{ q }}丑{% endmacro %}{{ "甲" if m(1) == "1丑" else "乙" }}{{ "甲" if "丑" in m(1) else "乙" }}尾'
        ),
        {},
    ),
    Case(
        "宏的结果格式化",
        "a macro's result put into a text",
        p('头{% macro m(q) %}{{ q }}丑{% endmacro %}{{ "%s!" % m(1) }}{{ "{}!".format(m(2)) }}尾'),
        {},
    ),
    Case(
        "块赋值的运算",
        "a named piece of text joined, filtered and compared",
        p(
            '头{% macro m(q) %}{{ q }}丑{% endmacro %}{% set s %}甲{{ m(1) }}{% endset %}{{ s ~ "尾" }}{{ s|upper }}{{ s|length }}{% if s == "甲1丑" %}同{% endif %}尾'
        ),
        {},
    ),
    Case(
        "跨段的宏",
        "a macro of one paragraph used in another",
        p("{% macro 加(a, b) %}{{ a + b }}{% endmacro %}定义") + p("得{{ 加(1, 2) }}"),
        {},
    ),
    Case(
        "调用块",
        "a call block with its caller",
        p("{% macro 框(名) %}【{{ 名 }}：{{ caller() }}】{% endmacro %}{% call 框('注') %}共{{ n }}个{% endcall %}"),
        {"n": 3},
    ),
    Case("过滤块", "a filter block", p("{% filter upper %}abc{{ 名 }}{% endfilter %}后"), {"名": "def"}),
    Case("局部变量", "a with block", p("{% with a = 5, b = 2 %}{{ a - b }}{% endwith %}{{ a }}"), {"a": 1}),
    Case(
        "条件里有格式",
        "a choice over runs of different looks",
        p(r("前{% if a %}", "<w:b/>"), r("粗", "<w:i/>"), r("{% endif %}后", "<w:b/>")),
        {"a": 1},
        looks=True,
    ),
    Case(
        "条件不成立去掉格式段",
        "a choice that drops runs of another look",
        p("前{% if a %}", r("粗", "<w:b/>"), "{% endif %}后"),
        {"a": 0},
    ),
    Case(
        "循环含格式",
        "a loop over runs of several looks",
        p("{% for x in 表 %}", r("{{ x }}", "<w:b/>"), r("号", "<w:i/>"), "{% endfor %}"),
        {"表": [1, 2]},
        looks=True,
    ),
    Case(
        "条件跨段",
        "a choice that begins in one paragraph and ends in another",
        p("甲{% if a %}乙") + p("丙{% endif %}丁"),
        {"a": 1},
    ),
    Case(
        "条件跨段不成立",
        "a choice over the end of one paragraph and the beginning of the next, not taken",
        p("甲{% if a %}乙") + p("丙{% endif %}丁"),
        {"a": 0},
    ),
    Case(
        "否则跨段",
        "a choice whose branches end in different paragraphs",
        p("甲{% if a %}乙") + p("丙{% else %}丁{% endif %}戊"),
        {"a": 1},
    ),
    Case(
        "循环首尾跨段",
        "a loop that begins with one paragraph's text and ends before the next one's",
        p("{% for x in 表 %}{{ x }}") + p("{% endfor %}尾"),
        {"表": [1, 2]},
    ),
    Case(
        "循环半段",
        "a loop from the middle of one paragraph to the middle of another",
        p("头{% for x in 表 %}甲{{ x }}") + p("乙{% endfor %}尾"),
        {"表": [1, 2]},
    ),
    Case(
        "循环跨三段",
        "a loop that begins in one paragraph's text and ends in the third's",
        p("{% for x in 表 %}甲{{ x }}") + p("中") + p("乙{% endfor %}"),
        {"表": [1, 2]},
    ),
    Case(
        "循环跨段",
        "a loop over whole paragraphs, its tags without a prefix",
        p("头") + p("{% for x in 表 %}") + p("第{{ x }}段") + p("{% endfor %}") + p("尾"),
        {"表": [1, 2]},
        differs=differs("paragraphs that hold only control tags disappear", "头", "第1段", "第2段", "尾"),
    ),
    Case(
        "逐段条件",
        "each branch a paragraph, tags without a prefix",
        ps("{% if a %}", "甲", "{% else %}", "乙", "{% endif %}"),
        {"a": 0},
        differs=differs("paragraphs that hold only control tags disappear", "乙"),
    ),
    Case(
        "独立赋值段",
        "a paragraph with an assignment alone",
        ps("头", "{% set a = 3 %}", "{{ a }}"),
        {},
        differs=differs("paragraphs that hold only control tags disappear", "头", "3"),
    ),
    Case(
        "宏定义成段",
        "a macro defined over paragraphs of its own",
        ps("{%p macro 行(x) %}", "第{{ x }}行", "{%p endmacro %}", "头", "{{p 行(1) }}", "{{p 行(2) }}"),
        {},
    ),
    Case(
        "空循环不留段",
        "a loop over nothing between paragraphs",
        ps("头", "{%p for x in 表 %}", "{{ x }}", "{%p endfor %}", "尾"),
        {"表": []},
    ),
    Case(
        "循环内条件",
        "a choice within a loop, by row",
        p("{% for x in 表 %}{% if x.好 %}{{ x.名 }}{% else %}（{{ x.名 }}）{% endif %}{% endfor %}"),
        {"表": [{"名": "甲", "好": 1}, {"名": "乙", "好": 0}]},
    ),
    Case("正负号修空白", "tags that trim blanks around them", p("前 {%- if a -%} 中 {%- endif -%} 后"), {"a": 1}),
    Case("值标签修空白", "value tags that trim blanks around them", p("前 {{- a -}} 后"), {"a": 1}),
    Case("加号", "tags that say that blanks stay", p("前 {%+ if a +%} 中 {%+ endif +%} 后"), {"a": 1}),
    Case(
        "循环数字",
        "a loop over range",
        p("{% for i in range(1, 6, 2) %}{{ i }}{% endfor %}{% for i in range(n) %}*{% endfor %}"),
        {"n": 3},
    ),
    Case("字符循环", "a loop over the signs of a text", p("{% for 字 in 名 %}{{ 字 }} {% endfor %}"), {"名": "考察组"}),
    Case(
        "条件链中的取反",
        "not, is not, not in",
        p("{% if not a %}甲{% endif %}{% if a is not none %}乙{% endif %}{% if 5 not in 表 %}丙{% endif %}"),
        {"a": 0, "表": [1]},
    ),
)
