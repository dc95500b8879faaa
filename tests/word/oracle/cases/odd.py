"""What templates hold besides: markup as hands and other programs write it, values of all kinds, tags in odd places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from word.oracle.case import Case, differs
from word.oracle.markup import box, field, p, ps, r, t, tbl, tc, tr
from word.oracle.values import rich

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
PEOPLE = [{"校": "一校", "名": "甲"}, {"校": "二校", "名": "乙"}, {"校": "一校", "名": "丙"}]
N = {"n": 38}
DOWN = '<w:vMerge w:val="restart"/>'


@dataclass(frozen=True)
class Person:
    """A value with attributes and methods."""

    name: str
    born: date

    @property
    def title(self) -> str:
        """The name with what one says."""
        return f"{self.name}同志"

    def age(self, year: int) -> int:
        """Return the age in a year."""
        return year - self.born.year


PERSON = Person("张三", date(1980, 5, 1))


def bare(text: str) -> str:
    """Return a run whose text does not ask to keep its blanks, as Word writes most."""
    return f"<w:r><w:t>{text}</w:t></w:r>"


CASES = (
    Case(
        "不保留空格的文本",
        "blanks between tags in a text that keeps blanks only within",
        p(bare("{{ a }} 和 {{ b }} 等 {% if a %} 共 {% endif %}")),
        {"a": 1, "b": 2},
    ),
    Case(
        "缩进的标记",
        "markup written with line breaks and indents",
        "\n  ".join(
            [
                "",
                p("共{{ n }}个").replace("<w:r>", "\n   <w:r>\n    "),
                tbl(("{{ n }}",), columns=1).replace("<w:tr>", "\n    <w:tr>\n   "),
                "",
            ]
        ),
        N,
    ),
    Case(
        "空段落元素",
        "empty paragraphs in their short form",
        "<w:p/>"
        + p("{%p if n %}")
        + "<w:p/>"
        + p("{%p endif %}")
        + p("尾")
        + tbl(("<w:tc><w:tcPr/><w:p/></w:tc>", "{{ n }}"), columns=2),
        N,
    ),
    Case("标签里的制表符", "a tab of the template within a tag", p(r(inside=t("{{ n") + "<w:tab/>" + t("+ 1 }}"))), N),
    Case(
        "不间断空格",
        "unbreakable and wide blanks within a tag",
        p("{{\u00a0n\u00a0}}{%\u00a0if n\u00a0%}甲{% endif %}{{\u3000n\u3000}}"),
        N,
    ),
    Case(
        "前缀后的不间断空格",
        "an unbreakable blank behind a paragraph tag",
        ps("{%p if n %}\u00a0", "甲", "{%p endif %}"),
        N,
    ),
    Case(
        "结尾没有空格",
        "tags without a blank before their closing braces",
        ps("{%p if n%}", "{{ n}}{%if n%}甲{%endif%}", "{%p endif%}") + p("{{r 文}}"),
        {**N, "文": rich("乙")},
    ),
    Case(
        "一个run两个富文本",
        "two formatted texts in one run",
        p("{{r a }}、{{r b }}"),
        {"a": rich("甲", bold=True), "b": rich("乙")},
    ),
    Case("一个run里的run标签", "run tags about a text of the same run", p("前{%r if n %}甲{%r endif %}后"), N),
    Case(
        "富文本不写r",
        "a formatted text whose tag lacks its prefix",
        p("前{{ 文 }}后"),
        {"文": rich("中", bold=True)},
        differs=differs("docxtpl writes runs into a text, where Word reads nothing", "前中后"),
    ),
    Case(
        "行标签在第二格",
        "a row tag in the second cell",
        tbl(("", "{%tr for x in 表 %}"), ("甲", "{{ x }}"), ("", "{%tr endfor %}"), columns=2),
        {"表": [1, 2]},
    ),
    Case(
        "行标签格里有空段落",
        "a row tag among empty paragraphs of its cell",
        tbl((tc("", "{%tr for x in 表 %}", ""), ""), ("甲", "{{ x }}"), (tc("{%tr endfor %}", ""), ""), columns=2),
        {"表": [1, 2]},
    ),
    Case(
        "行循环字典",
        "rows of a mapping's items",
        tbl(("{%tr for 键, 值 in 表.items() %}", ""), ("{{ 键 }}", "{{ 值 }}"), ("{%tr endfor %}", ""), columns=2),
        {"表": {"甲": 1, "乙": 2}},
    ),
    Case(
        "两个一行",
        "items of a list laid out by twos",
        tbl(
            ("{%tr for 对 in 表|batch(2, '') %}", ""), ("{{ 对[0] }}", "{{ 对[1] }}"), ("{%tr endfor %}", ""), columns=2
        ),
        {"表": ["甲", "乙", "丙"]},
    ),
    Case(
        "按校分组的行",
        "rows of groups that a filter makes",
        tbl(
            ("{%tr for 校, 人 in 表|groupby('校') %}", ""),
            ("{{ 校 }}", "{{ 人|map(attribute='名')|join('、') }}"),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": PEOPLE},
    ),
    Case(
        "末行才有",
        "a row that only the last round has",
        tbl(
            ("{%tr for x in 表 %}",),
            ("{{ x }}",),
            ("{%tr if loop.last %}",),
            ("共{{ loop.length }}",),
            ("{%tr endif %}",),
            ("{%tr endfor %}",),
            columns=1,
        ),
        {"表": [1, 2]},
    ),
    Case("跨列是文字", "a width given as a text", tbl((tc("{% colspan n %}合计"),), ("1", "2"), columns=2), {"n": "2"}),
    Case("跨一列", "a width of one", tbl((tc("{% colspan n %}合计"), "乙"), ("1", "2"), columns=2), {"n": 1}),
    Case(
        "带井号的底色",
        "a ground written with its hash sign",
        tbl((tc("{% cellbg c %}甲"),), columns=1),
        {"c": "#FF0000"},
    ),
    Case("无底色", "a ground that is automatic", tbl((tc("{% cellbg c %}甲"),), columns=1), {"c": "auto"}),
    Case(
        "没有网格的表",
        "a table without a grid",
        tbl(("{%tr for x in 表 %}",), ("{{ x }}",), ("{%tr endfor %}",), columns=1).replace(
            '<w:tblGrid><w:gridCol w:w="2000"/></w:tblGrid>', ""
        ),
        {"表": [1, 2]},
        differs=differs("docxtpl fails", "|1|", "|2|"),
    ),
    Case("注释跨段", "a remark over two paragraphs", ps("前{# 这里", "不印 #}后"), {}),
    Case(
        "注释跨段切开",
        "a remark whose signs and text are cut into runs",
        p("前{", "# 这里 ", r("不印", "<w:b/>"), " #", "}后"),
        {},
    ),
    Case(
        "标签跨段",
        "a tag whose words go on in the next paragraph",
        ps("前{% if a ", "and b %}甲{% endif %}后"),
        {"a": 1, "b": 1},
    ),
    Case("原样切开", "a raw block over runs", p("{% raw %}", r("{{ 名 }}", "<w:b/>"), "{% endraw %}后"), {}),
    Case(
        "循环含表格半段",
        "a loop that begins behind a text, holds a table and ends before a text",
        p("甲{% for x in 表 %}") + tbl(("{{ x }}",), columns=1) + p("{% endfor %}乙"),
        {"表": [1, 2]},
    ),
    Case(
        "对象的属性和方法",
        "attributes, properties and methods of a value",
        p("{{ 人.name }}、{{ 人.title }}、{{ 人.age(2020) }}岁"),
        {"人": PERSON},
    ),
    Case(
        "日期格式",
        "dates by their own methods",
        p("{{ 日.strftime('%Y-%m-%d') }}，{{ 日.year }}年"),
        {"日": date(2020, 12, 31)},
    ),
    Case(
        "日期",
        "a date",
        p("{{ 日 }}"),
        {"日": date(2020, 12, 31)},
        differs=differs("a paper writes dates in full", "2020年12月31日"),
    ),
    Case(
        "函数",
        "a function among the values",
        p("{{ 倍(3) }}{{ 表|map('string')|map('upper')|join }}"),
        {"倍": lambda n: n * 2, "表": ["a", 1]},
    ),
    Case(
        "元组与集合",
        "tuples, ranges and mappings of mappings as values",
        p("{{ 元[1] }}{% for i in 界 %}{{ i }}{% endfor %}{{ 表['甲']['乙'] }}{{ 元|length }}"),
        {"元": ("a", "b"), "界": range(3), "表": {"甲": {"乙": 5}}},
    ),
    Case(
        "长整数与浮点",
        "large and small numbers",
        p("{{ 大 }} {{ 小 }} {{ 科 }} {{ 大 / 3 }}"),
        {"大": 12345678901234567890, "小": 1e-07, "科": 0.1 + 0.2},
    ),
    Case(
        "浮点整除",
        "whole and true division, remainder, powers, negative numbers",
        p("{{ 7 // 2 }} {{ 7 / 2 }} {{ -7 % 3 }} {{ 2 ** 10 }} {{ -a }} {{ 1 + 2 * 3 }}"),
        {"a": 5},
    ),
    Case(
        "字符串函数链",
        "texts cut, joined, counted and compared",
        p(
            "{{ 文[::-1] }}{{ 文|length }}{{ 文.count('a') }}{{ 'a' in 文 }}".replace(
                "{{ 'a' in 文 }}", "{{ 1 if 'a' in 文 else 0 }}"
            )
        ),
        {"文": "banana"},
    ),
    Case(
        "公式里的标签",
        "a tag in a formula",
        p(f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>{{{{ n }}}}</m:t></m:r></m:oMath>', "后{{ n }}"),
        N,
    ),
    Case(
        "水印",
        "a tag in the word art of a watermark",
        p("正文"),
        {"密": "内部"},
        {
            "header-default": p(
                r(
                    inside='<w:pict><v:shape id="x" style="width:1pt"><v:textpath string="{{ 密 }}资料"/></v:shape></w:pict>'
                )
            )
        },
    ),
    Case(
        "旧式文本框",
        "a text box as old programs and WPS write it",
        p(
            "前",
            r(
                inside=f'<w:pict><v:shape id="x" style="width:72pt"><v:textbox><w:txbxContent>{ps("{%p for x in 表 %}", "框{{ x }}", "{%p endfor %}")}</w:txbxContent></v:textbox></v:shape></w:pict>'
            ),
            "后{{ n }}",
        ),
        {**N, "表": [1, 2]},
    ),
    Case(
        "文本框里的条件不成立",
        "a text box whose only paragraphs drop out",
        p("前", box(ps("{%p if a %}", "甲", "{%p endif %}")), "后"),
        {"a": 0},
    ),
    Case(
        "域结果里的循环",
        "a loop within the result of a field",
        p(field(" SEQ 表 ", "{% for x in 表 %}{{ x }}{% endfor %}")),
        {"表": [1, 2]},
    ),
    Case(
        "简单域",
        "a tag in a simple field and in its instruction",
        p('<w:fldSimple w:instr=" REF {{ 名 }} ">' + r("见{{ 名 }}") + "</w:fldSimple>"),
        {"名": "a1"},
    ),
    Case(
        "提示文字",
        "a tag in the tooltip of a link",
        p('<w:hyperlink r:id="rIdLink" w:tooltip="{{ 名 }}">' + r("{{ 名 }}") + "</w:hyperlink>"),
        {"名": "甲"},
    ),
    Case(
        "自定义标记",
        "runs and paragraphs in custom markup",
        '<w:customXml w:uri="urn:x" w:element="a">'
        + p('<w:customXml w:uri="urn:x" w:element="b">' + r("{{ n") + "</w:customXml>", " }}个")
        + "</w:customXml>",
        N,
    ),
    Case(
        "移动的文字",
        "a tag in a tracked move",
        p("前", '<w:moveTo w:id="3" w:author="a" w:date="2020-01-01T00:00:00Z">' + r("{{ n }}") + "</w:moveTo>", "后"),
        N,
    ),
    Case(
        "格式修订",
        "tracked changes of format on a tag's run and paragraph",
        p(
            r(
                "{{ n }}",
                '<w:b/><w:rPrChange w:id="4" w:author="a" w:date="2020-01-01T00:00:00Z"><w:rPr/></w:rPrChange>',
            ),
            "个",
        ),
        N,
    ),
    Case(
        "循环中的编号段落与表",
        "a numbered paragraph, a table and an empty paragraph in each round",
        p("{%p for x in 表 %}")
        + p("第{{ x }}项", props='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        + tbl(("{{ x }}", "{{ x * 2 }}"), columns=2)
        + "<w:p/>"
        + p("{%p endfor %}"),
        {"表": [1, 2]},
    ),
    Case(
        "回车换行的值",
        "a value with the line ends of Windows, text around it",
        p("前{{ 文 }}后"),
        {"文": "一\r\n二"},
        differs=differs("docxtpl keeps a carriage return beside the line break", "前一\n二后"),
    ),
    Case(
        "数字开头的键",
        "keys that are no names",
        p("{{ 表['2020年'] }}{{ 表['a-b'] }}{{ 表[3] }}"),
        {"表": {"2020年": 1, "a-b": 2, 3: "三"}},
    ),
    Case(
        "同名的方法",
        "keys that are also names of methods",
        p("{{ 行['items'] }}{{ 行.名 }}"),
        {"行": {"items": "物", "名": "甲"}},
    ),
    Case(
        "变量遮盖",
        "a loop's name that hides a value, which is back afterwards",
        p("{{ x }}{% for x in 表 %}{{ x }}{% endfor %}{{ x }}"),
        {"x": "外", "表": [1, 2]},
    ),
    Case(
        "循环内赋值不外泄",
        "an assignment in a loop that ends with its round",
        p("{% set a = 0 %}{% for x in 表 %}{% set a = x %}{{ a }}{% endfor %}{{ a }}"),
        {"表": [1, 2]},
    ),
    Case(
        "条件内赋值外泄", "an assignment in a choice that stays", p("{% if 1 %}{% set a = 5 %}{% endif %}{{ a }}"), {}
    ),
    Case(
        "段落宏带参数的循环",
        "a macro of paragraphs called in a loop",
        ps(
            "{%p macro 项(名, 级=1) %}",
            "{{ 级 }}.{{ 名 }}",
            "{%p endmacro %}",
            "{%p for x in 表 %}",
            "{{p 项(x, loop.index) }}",
            "{%p endfor %}",
        ),
        {"表": ["甲", "乙"]},
    ),
    Case(
        "行内宏多段落使用",
        "a macro with a choice, used in a heading and in cells",
        p("{% macro 或(x) %}{% if x %}{{ x }}{% else %}—{% endif %}{% endmacro %}题{{ 或(a) }}")
        + tbl(("{{ 或(b) }}", "{{ 或(a)|upper }}"), columns=2),
        {"a": "xy", "b": ""},
    ),
    Case(
        "调用块带参数",
        "a call block that takes an argument",
        p(
            "{% macro 列(表) %}{% for x in 表 %}{{ caller(x) }}{% endfor %}{% endmacro %}{% call(项) 列(表) %}《{{ 项 }}》{% endcall %}"
        ),
        {"表": ["甲", "乙"]},
    ),
    Case(
        "块赋值带过滤",
        "a piece of text named through a filter",
        p("{% set 大 | upper %}ab{{ c }}{% endset %}{{ 大 }}"),
        {"c": "cd"},
    ),
    Case(
        "递归行",
        "rows of a tree that calls itself",
        tbl(
            ("{%tr for 节 in 树 recursive %}",),
            ("{{ 节.名 }}{{ loop.depth }}",),
            ("{%tr if 节.下 %}",),
            ("{{tr loop(节.下) }}",),
            ("{%tr endif %}",),
            ("{%tr endfor %}",),
            columns=1,
        ),
        {"树": [{"名": "局", "下": [{"名": "科", "下": []}, {"名": "室", "下": [{"名": "组", "下": []}]}]}]},
    ),
    Case(
        "行属性里的重复",
        "a repeated head and a row that must not break, about a loop",
        tbl(
            tr("头", "头2", props="<w:cantSplit/><w:tblHeader/>"),
            ("{%tr for x in 表 %}", ""),
            tr("{{ x }}", "", props="<w:cantSplit/>"),
            ("{%tr endfor %}", ""),
            columns=2,
        ),
        {"表": [1]},
    ),
    Case(
        "长表达式",
        "an expression over several operators, filters and calls",
        p(
            "{{ ((表|sum(attribute='n')) / (表|length) * 100)|round(1)|string ~ '%' if 表|length > 0 and (表|map(attribute='n')|max) >= 2 else '—' }}"
        ),
        {"表": [{"n": 1}, {"n": 2}]},
    ),
    Case(
        "英文合同",
        "an English contract with defined terms and smart quotes",
        ps(
            "This Agreement is made on {{ date }} between {{ a.name }} (“{{ a.short|default(a.name) }}”) and {{ b.name }} (“{{ b.short }}”).",
            "{% if a.country != b.country %}Governing law: {{ a.country }}.{% endif %}",
            'Fee: {{ "{:,.2f}".format(fee) }} {{ currency|upper }}',
        ),
        {
            "date": "1 May 2020",
            "a": {"name": "Smith & Sons", "short": "S&S", "country": "UK"},
            "b": {"name": "Dupont", "short": "D", "country": "FR"},
            "fee": 12345.5,
            "currency": "eur",
        },
    ),
    Case(
        "表头合并的列循环",
        "column loops between cells merged downwards",
        tbl(
            (tc("甲", props=DOWN), tc("{%tc for x in 列 %}"), "题{{ x }}", tc("{%tc endfor %}"), tc("乙", props=DOWN)),
            (
                tc("", props="<w:vMerge/>"),
                tc("{%tc for x in 列 %}"),
                "数{{ x }}",
                tc("{%tc endfor %}"),
                tc("", props="<w:vMerge/>"),
            ),
            columns=5,
        ),
        {"列": [1, 2]},
    ),
    Case(
        "各格各自循环",
        "cells of one row with loops of their own over paragraphs",
        tbl(
            (
                tc("{%p for a in 甲 %}", "{{ a }}", "{%p endfor %}"),
                tc("{%p for a in 乙 %}", "{{ a }}", "{%p endfor %}"),
            ),
            columns=2,
        ),
        {"甲": [1, 2], "乙": ["a"]},
    ),
    Case(
        "单元格三选一",
        "cells of one of three branches",
        tbl(
            (
                tc("{%tc if n == 1 %}"),
                "一",
                tc("{%tc elif n == 2 %}"),
                "二",
                tc("{%tc else %}"),
                "三",
                tc("{%tc endif %}"),
            ),
            columns=7,
        ),
        {"n": 2},
    ),
    Case(
        "行三选一",
        "rows of one of three branches",
        tbl(
            ("{%tr if n == 1 %}",),
            ("一",),
            ("{%tr elif n == 2 %}",),
            ("二",),
            ("{%tr else %}",),
            ("三",),
            ("{%tr endif %}",),
            columns=1,
        ),
        {"n": 3},
    ),
    Case(
        "各种判断",
        "Jinja's tests by name",
        p(
            "{{ 1 if x is string }}{{ 2 if y is mapping }}{{ 3 if z is iterable and z is sequence }}{{ 4 if x is sameas x }}{{ 6 if x is lower }}{{ 7 if 'a' is eq 'a' }}{{ 8 if 2 is ge 1 }}{{ 9 if none is none }}{{ 12 if 1.5 is float and 1 is integer and true is boolean }}"
        ),
        {"x": "a", "y": {}, "z": [1]},
    ),
    Case("近似转义", "braces with signs between that are no escapes", p("{a_{甲 {f_{ }_ %_ {_ _}"), {}),
    Case(
        "各种引号是文字",
        "quotation marks of many kinds in text and value",
        p("“甲”‘乙’«丙»「丁」{{ n }}"),
        {"n": "“”‘’«»「」"},
    ),
    Case(
        "行循环每行列数不同",
        "rows with loops over lists of several lengths",
        tbl(
            ("{%tr for 行 in 表 %}",),
            (tc("{%tc for c in 行 %}"), "{{ c }}", tc("{%tc endfor %}")),
            ("{%tr endfor %}",),
            columns=3,
        ),
        {"表": [[1, 2], [3, 4, 5], []]},
    ),
)
