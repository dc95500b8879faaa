"""Values in running text: names, expressions, filters, tests."""

from __future__ import annotations

from decimal import Decimal

from word.oracle.case import Case, differs
from word.oracle.markup import p, ps, r, t

PEOPLE = [{"姓名": "张三", "分": 91}, {"姓名": "李四", "分": 78}, {"姓名": "王五", "分": 85}]

CASES = (
    Case("一个名字", "a plain name between texts", p("共{{ n }}个"), {"n": 38}),
    Case("没有空格", "a tag without blanks inside its braces", p("共{{n}}个"), {"n": 38}),
    Case("中文名字", "a Chinese name", p("{{ 单位名称 }}党委"), {"单位名称": "教育局"}),
    Case("一段几个", "several values in one run", p("{{ a }}、{{ b }}和{{ c }}"), {"a": "甲", "b": "乙", "c": "丙"}),
    Case("属性", "an item of a mapping by a dot", p("{{ 人.姓名 }}同志"), {"人": {"姓名": "张三"}}),
    Case(
        "下标",
        "an item by its key and a row by its number",
        p('{{ 人["姓名"] }}{{ 表[1] }}'),
        {"人": {"姓名": "张三"}, "表": ["a", "b"]},
    ),
    Case("变量作下标", "an item by a key that is itself a value", p("{{ 表[键] }}"), {"表": {"甲": 1}, "键": "甲"}),
    Case("多层", "items of items of items", p("{{ a.b.c[0].d }}"), {"a": {"b": {"c": [{"d": "深"}]}}}),
    Case(
        "切片",
        "a slice of a text and of a list",
        p("{{ 日期[:4] }}年，{{ 名[1:]|join('、') }}"),
        {"日期": "20201231", "名": ["甲", "乙", "丙"]},
    ),
    Case(
        "四则运算",
        "arithmetic with precedence",
        p("{{ (a + b) * 2 - c // 3 }}，{{ a ** 2 % 5 }}"),
        {"a": 7, "b": 5, "c": 10},
    ),
    Case("拼接", "texts joined by a tilde", p("{{ 区 ~ '教育局' ~ 年 }}"), {"区": "河东", "年": 2020}),
    Case(
        "比较",
        "comparisons, and / or / not, membership",
        p("{{ '达标' if a >= 60 and not b or a in [59] else '不达标' }}"),
        {"a": 60, "b": 0},
    ),
    Case("内联条件", "a choice within a value tag", p("{{ '有' if 名单 else '无' }}名单"), {"名单": []}),
    Case(
        "无否则的内联条件",
        "a choice without an else, which prints nothing",
        p("前{{ '甲' if 假 }}后"),
        {"假": 0},
        undefined="blank",
    ),
    Case(
        "列表字面量",
        "lists, tuples and mappings written in a tag",
        p("{{ [1, 2, 3]|sum }}{{ ('甲', '乙')|last }}{{ {'a': 5}.a }}"),
        {},
    ),
    Case(
        "右花括号",
        "a mapping's braces and quoted braces inside a value tag",
        p("{{ {'甲': {'乙': '}'}}['甲']['乙'] }}"),
        {},
    ),
    Case("过滤器", "a filter and a chain of filters", p("{{ 名|upper|replace('B', '-')|center(7) }}。"), {"名": "abc"}),
    Case(
        "过滤器参数",
        "a filter with named and positional arguments",
        p("{{ 名单|join('、') }}；{{ 长|truncate(5, true, '…', 0) }}"),
        {"名单": ["甲", "乙"], "长": "abcdefghi"},
    ),
    Case(
        "缺省值",
        "the default filter for a missing name",
        p("{{ 没有|default('—') }}{{ 空|d('无', true) }}"),
        {"空": ""},
        undefined="blank",
    ),
    Case(
        "排序去重",
        "sort, unique, reverse and first of a list",
        p("{{ 数|sort|unique|join(',') }};{{ 数|sort(reverse=true)|first }};{{ 数|max }}{{ 数|min }}"),
        {"数": [3, 1, 2, 3]},
    ),
    Case(
        "按列",
        "map, select and sum over the rows of a list",
        p(
            "{{ 人|map(attribute='姓名')|join('、') }}共{{ 人|sum('分') }}分，{{ 人|selectattr('分', 'gt', 80)|list|length }}人"
        ),
        {"人": PEOPLE},
    ),
    Case(
        "剔除",
        "reject, rejectattr and a filter without its column",
        p(
            "{{ [1, 2, 3, 4]|reject('odd')|join(',') }}{{ 人|rejectattr('分', 'lt', 80)|map(attribute='姓名')|list|join }}"
        ),
        {"人": PEOPLE},
    ),
    Case(
        "分批",
        "rows of a list taken by threes",
        p("{% for 批 in 数|batch(3, '缺') %}[{{ 批|join(' ') }}]{% endfor %}"),
        {"数": [1, 2, 3, 4]},
    ),
    Case("四舍五入", "a number rounded", p("{{ 数|round(1) }}%，{{ 数|int }}，{{ '3.7'|float }}"), {"数": 25.16}),
    Case(
        "格式化过滤器",
        "numbers printed by the format filter",
        p("{{ '%.2f'|format(数) }}；{{ '%03d'|format(7) }}"),
        {"数": 3.14159},
    ),
    Case("百分号格式化", "numbers printed by the operator %", p("{{ '%.1f%%' % 数 }}"), {"数": 25.25}),
    Case(
        "format方法",
        "texts made by their own method format",
        p("{{ '{:.2f}万元，{}人'.format(钱, 人) }}"),
        {"钱": 12.5, "人": 3},
    ),
    Case(
        "文字方法",
        "methods of texts",
        p("{{ ' 甲 '.strip() }}{{ 名.split('，')[1] }}{{ 号.zfill(3) }}{{ 名.startswith('甲') and '是' }}"),
        {"名": "甲，乙", "号": "7"},
    ),
    Case(
        "判断式",
        "tests: defined, none, number, even, divisibleby, in",
        p(
            "{% if a is defined and b is not defined and a is even and a is divisibleby 3 and a is number and a in [6] %}都对{% endif %}"
        ),
        {"a": 6},
        undefined="blank",
    ),
    Case(
        "数值类型",
        "whole and broken numbers print as they are",
        p("{{ 整 }} {{ 小数 }} {{ 负 }}"),
        {"整": 1234567, "小数": 0.5, "负": -3},
    ),
    Case(
        "精确小数",
        "exact decimals",
        p("{{ 钱 }}元"),
        {"钱": Decimal("12.50")},
        differs=differs("a paper prints no empty decimals", "12.5元"),
    ),
    Case(
        "是与否",
        "truth values",
        p("{{ 甲 }}{{ 乙 }}"),
        {"甲": True, "乙": False},
        differs=differs("a paper says 是 and 否", "是否"),
    ),
    Case(
        "空值",
        "a value that is none",
        p("前{{ 空 }}后"),
        {"空": None},
        differs=differs("nothing is printed as nothing", "前后"),
    ),
    Case("缺的名字", "an unknown name where blanks are wanted", p("前{{ 没有 }}后"), {}, undefined="blank"),
    Case(
        "缺的列",
        "an unknown column where blanks are wanted",
        p("前{{ 人.没有 }}后{% if 没有 %}不{% endif %}"),
        {"人": {"姓名": "甲"}},
        undefined="blank",
    ),
    Case(
        "特殊字符的值", "markup characters in a value", p("{{ 名 }}后"), {"名": "Smith & Co <b> \"引\" 'x' ]]> &amp;"}
    ),
    Case("控制字符", "signs in a value that no XML file can hold", p("前{{ 名 }}后"), {"名": "a\x01b\x08c"}),
    Case(
        "特殊字符的模板",
        "markup characters in the template's own text",
        p(r('R&D <{{ 名 }}> "x" &amp; ©')),
        {"名": "甲"},
    ),
    Case(
        "标签里的小于号",
        "signs in a tag that XML writes as references",
        p("{% if 1 < a and a > 2 and a <= 5 %}在内{% endif %}"),
        {"a": 3},
    ),
    Case(
        "与号在引号里",
        "an ampersand in a quoted text of a tag",
        p("{{ 名|replace('甲', 'A&B') }}{{ 'x&y' }}"),
        {"名": "甲"},
        differs=differs("docxtpl prints the reference instead of the sign", "A&Bx&y"),
    ),
    Case("转义过滤器", "the filter that docxtpl's users write for signs", p("{{ 名|e }}"), {"名": "<甲&乙>"}),
    Case(
        "弯引号",
        "typographic quotation marks as Word types them",
        p("{{ 名单|join(“、”) }}{% if 名单[0] == ‘甲’ %}对{% endif %}"),
        {"名单": ["甲", "乙"]},
    ),
    Case("值里的花括号", "braces in a value stay what they are", p("{{ 名 }}"), {"名": "{{ 7*7 }}{% if %}"}),
    Case("转义花括号", "escaped braces that are to be printed", p("写作{_{ 名 }_}或{_% if %_}"), {}),
    Case("注释", "a remark in running text", p("前{# 这里 {{ 名 }} 不算 #}后"), {}),
    Case("原样", "a raw block prints its tags", p("{% raw %}{{ 名 }}{% endraw %}后"), {}),
    Case("只有空格的段落", "blanks at both edges of texts and values", p("  前 {{ 名 }} 后  "), {"名": " 甲 "}),
    Case("单个花括号", "single braces, percent and hash signs are text", p("{a} 50% # }{ {{ n }}%"), {"n": 1}),
    Case(
        "制表与换行元素",
        "tabs and line breaks of the template beside tags",
        p(r(inside=t("左") + "<w:tab/>" + t("{{ a }}") + "<w:br/>" + t("{{ b }}"))),
        {"a": 1, "b": 2},
    ),
    Case(
        "值中换行", "line breaks and tabs in a plain value beside other text", p("前{{ 文 }}后"), {"文": "一\n二\t三"}
    ),
    Case(
        "长文",
        "many paragraphs, each with its value",
        ps(*(f"第{i}段{{{{ 表[{i}] }}}}" for i in range(30))),
        {"表": list(range(30))},
    ),
    Case(
        "代码里有换行",
        "a tag over a line break of the template",
        p(r(inside=t("{{ 名") + "<w:br/>" + t("|upper }}"))),
        {"名": "abc"},
    ),
    Case(
        "字典方法",
        "items, keys and values of a mapping",
        p("{% for 键, 值 in 表.items() %}{{ 键 }}={{ 值 }};{% endfor %}{{ 表.keys()|join }}{{ 表.values()|sum }}"),
        {"表": {"甲": 1, "乙": 2}},
    ),
    Case(
        "字典排序",
        "a mapping sorted by key and by value",
        p("{% for 键, 值 in 表|dictsort(by='value') %}{{ 键 }}{% endfor %}"),
        {"表": {"甲": 2, "乙": 1}},
    ),
    Case("空段落", "paragraphs without text, and tags that print nothing", p() + p("{{ 空 }}") + p("尾"), {"空": ""}),
    Case(
        "分组",
        "rows grouped by a column",
        p("{% for 组 in 人|groupby('级') %}{{ 组.grouper }}:{{ 组.list|map(attribute='名')|join('、') }};{% endfor %}"),
        {"人": [{"级": "二", "名": "乙"}, {"级": "一", "名": "甲"}, {"级": "二", "名": "丙"}]},
    ),
    Case(
        "罕用过滤器",
        "capitalize, title, wordcount, indent, striptags, abs, attr, wordwrap",
        p(
            "{{ 'ab cd'|capitalize }}{{ 'ab cd'|title }}{{ 'ab cd'|wordcount }}{{ '<b>x</b>'|striptags }}{{ -3|abs }}{{ 'x'|indent }}{{ ' y '|trim }}"
        ),
        {},
    ),
    Case(
        "文件大小等",
        "filters for sizes and addresses",
        p("{{ 2048|filesizeformat }} {{ '甲 乙'|urlencode }}"),
        {},
    ),
    Case(
        "全局函数",
        "range, dict, cycler and joiner",
        p(
            "{% set 号 = cycler('甲', '乙') %}{% set 间 = joiner('、') %}{% for i in range(3) %}{{ 间() }}{{ 号.next() }}{{ i }}{% endfor %}{{ dict(a=1).a }}"
        ),
        {},
    ),
    Case(
        "全角符号",
        "full-width signs of a Chinese input method",
        p("{{ 名单｜join（“、”）}}"),
        {"名单": ["甲", "乙"]},
        differs=differs("docxtpl refuses signs that are not half-width", "甲、乙"),
    ),
    Case(
        "全角花括号",
        "full-width braces",
        p("共｛｛ n ｝｝个"),
        {"n": 38},
        differs=differs("docxtpl leaves full-width braces as text", "共38个"),
    ),
)
