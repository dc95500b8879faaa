"""Tags that Word, WPS or a reviewer has cut into pieces, and what may stand within and around them."""

from __future__ import annotations

from word.oracle.case import Case, differs
from word.oracle.markup import bookmark, field, p, r, t, tbl, tc, tr

HINT = '<w:rFonts w:hint="eastAsia"/>'
FANG = '<w:rFonts w:ascii="仿宋" w:hAnsi="仿宋" w:eastAsia="仿宋"/><w:sz w:val="32"/>'
SPELLING = '<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="spellEnd"/>'
N = {"n": 38}


def tracked(kind: str, number: int, inside: str) -> str:
    """Return a tracked insertion or deletion."""
    return f'<w:{kind} w:id="{number}" w:author="甲" w:date="2020-12-01T00:00:00Z">{inside}</w:{kind}>'


def link(*content: str) -> str:
    """Return a hyperlink to the outside."""
    return f'<w:hyperlink r:id="rIdLink">{"".join(content)}</w:hyperlink>'


def control(*content: str) -> str:
    """Return a content control around runs or blocks."""
    return f'<w:sdt><w:sdtPr><w:alias w:val="内容"/></w:sdtPr><w:sdtContent>{"".join(content)}</w:sdtContent></w:sdt>'


CASES = (
    Case("逐字切开", "a tag with every sign in a run of its own", p(*"共{{ n }}个"), N),
    Case("括号中间切开", "braces parted between runs", p("共{", "{ n", " }", "}个"), N),
    Case(
        "控制标签切开",
        "control tags parted between runs",
        p("{", "% i", "f a", " %", "}有{", "{ n", "}}{%", " endif %}"),
        {"a": 1, **N},
    ),
    Case(
        "拼写标记", "marks of the spelling check within a tag", p("共{{ ", SPELLING[0], r("n"), SPELLING[1], " }}个"), N
    ),
    Case(
        "语法标记在括号间",
        "marks of the grammar check between two braces",
        p("共{", '<w:proofErr w:type="gramStart"/>', "{ n }", '<w:proofErr w:type="gramEnd"/>', "}个"),
        N,
    ),
    Case(
        "字体提示",
        "font hints that change within a tag",
        p(r("共{{ "), r("数", HINT), r(" }}"), r("个", HINT)),
        {"数": 38},
    ),
    Case(
        "修订标识",
        "rsid attributes on every run",
        p(
            r("共{{", attributes='w:rsidR="00A1"'),
            r(" n ", attributes='w:rsidRPr="00B2"'),
            r("}}个", attributes='w:rsidR="00C3"'),
            attributes='w:rsidR="00A1" w:rsidRDefault="00B2"',
        ),
        N,
    ),
    Case(
        "语言属性",
        "runs that differ in language alone",
        p(r("共{{ ", '<w:lang w:eastAsia="zh-CN"/>'), r("n", '<w:lang w:val="en-US"/>'), r(" }}个")),
        N,
    ),
    Case(
        "格式在标签中变",
        "a tag whose signs look different keeps the look of its beginning",
        p(r("共", FANG), r("{{", "<w:b/>"), r(" n ", "<w:i/>"), r("}}", FANG), r("个", FANG)),
        N,
        looks=True,
    ),
    Case(
        "保持格式",
        "a value in a run of its own look, others beside it",
        p(r("共", FANG), r("{{ n }}", "<w:b/>"), r("个", FANG)),
        N,
        looks=True,
    ),
    Case("书签在外", "a bookmark around a tag", p("共", bookmark("总数", 3, "{{ n }}"), "个"), N),
    Case("书签在内", "Word's own bookmark within a tag", p("共{{ ", bookmark("_GoBack", 0), r("n }}个")), N),
    Case(
        "书签跨标签",
        "a bookmark that begins within a tag and ends behind it",
        p("共{{ n", '<w:bookmarkStart w:id="1" w:name="a"/>', r(" }}个"), '<w:bookmarkEnd w:id="1"/>', "。"),
        N,
    ),
    Case(
        "最后位置分页",
        "a rendered page break within a tag",
        p(r("共{{ "), r(inside="<w:lastRenderedPageBreak/>" + t("n }}个"))),
        N,
    ),
    Case(
        "批注范围",
        "a comment's range around a tag's middle",
        p("共{", '<w:commentRangeStart w:id="9"/>', r("{ n }"), '<w:commentRangeEnd w:id="9"/>', "}个"),
        N,
    ),
    Case("超链接内", "a tag in the text of a hyperlink", p("见", link(r("{{ 名 }}网站")), "。"), {"名": "教育局"}),
    Case(
        "超链接内切开",
        "a tag in a hyperlink, cut into runs",
        p("见", link(r("{{"), r(" 名", HINT), r(" }}")), "。"),
        {"名": "教育局"},
    ),
    Case("插入的标签", "a tag in a tracked insertion", p("共", tracked("ins", 5, r("{{ n }}")), "个"), N),
    Case(
        "半插入的标签",
        "a tag of which a part is a tracked insertion",
        p("共{{ ", tracked("ins", 5, r("n }}")), "个"),
        N,
        differs=differs("docxtpl loses the text behind the tag", "共38个"),
    ),
    Case(
        "删除的文字",
        "plain text in a tracked deletion beside a tag",
        p("共", tracked("del", 6, r(inside="<w:delText>约</w:delText>")), "{{ n }}个"),
        N,
    ),
    Case(
        "删除的标签",
        "a tag in a tracked deletion",
        p("共", tracked("del", 6, r(inside="<w:delText>{{ 不存在 }}</w:delText>")), "{{ n }}个"),
        N,
        undefined="blank",
    ),
    Case(
        "智能标记",
        "a smart tag around a part of a tag",
        p("共{{", '<w:smartTag w:uri="urn:x" w:element="y">' + r(" n ") + "</w:smartTag>", "}}个"),
        N,
    ),
    Case("行内内容控件", "a content control within a paragraph", p("共", control(r("{{ n }}")), "个"), N),
    Case(
        "段落内容控件",
        "a content control around paragraphs with tags",
        control(p("{{ a }}"), p("{% if b %}乙{% endif %}")) + p("尾"),
        {"a": "甲", "b": 1},
    ),
    Case(
        "控件里的段落循环",
        "a loop over paragraphs in a content control",
        control(p("{%p for x in 表 %}"), p("{{ x }}"), p("{%p endfor %}")) + p("尾"),
        {"表": [1, 2]},
    ),
    Case(
        "单元格控件",
        "a content control around a cell",
        tbl(("甲", control(tc("{{ n }}"))), columns=2)
        .replace('<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:sdt>', "<w:sdt>")
        .replace("</w:sdt></w:tc>", "</w:sdt>"),
        N,
    ),
    Case("域的结果", "a tag in the result of a field", p("第", field(" PAGE ", "{{ n }}"), "页"), N),
    Case(
        "域代码里的标签",
        "tags in the instruction of a field",
        p(field(' HYPERLINK "https://example.org/{{ n }}" ', "第{{ n }}号")),
        N,
    ),
    Case(
        "域里的公式",
        "a field instruction in a loop",
        p("{%p for x in 表 %}") + p(field(" = {{ x }} * 2 ", "{{ x * 2 }}")) + p("{%p endfor %}"),
        {"表": [1, 2]},
    ),
    Case(
        "软连字符",
        "soft hyphens, hard hyphens and symbols beside a tag",
        p(r(inside=t("党") + "<w:noBreakHyphen/>" + t("{{ n }}") + "<w:softHyphen/>" + t("个"))),
        N,
    ),
    Case("一串里几个文本", "several text elements in one run", p(r(inside=t("共{") + t("{ n }") + t("}个"))), N),
    Case("制表符旁", "a tab between tags of one run", p(r(inside=t("{{ n }}") + "<w:tab/>" + t("{{ n }}"))), N),
    Case("隐藏文字里的标签", "a tag in hidden text", p("甲", r("{{ n }}", "<w:vanish/>"), "乙"), N, looks=True),
    Case(
        "run循环",
        "{%r in place of runs: a loop over a run's look",
        p("有", "{%r for x in 表 %}", r("{{ x }}", "<w:b/>"), "{%r endfor %}", "等"),
        {"表": ["甲", "乙"]},
        looks=True,
    ),
    Case(
        "run条件",
        "{%r in place of runs: a choice between looks",
        p("{%r if a %}", r("甲", "<w:b/>"), "{%r else %}", r("乙", "<w:i/>"), "{%r endif %}"),
        {"a": 0},
        looks=True,
    ),
    Case(
        "中文切分的控制标签",
        "a loop whose Chinese words WPS has put in runs of their own",
        p(
            r("{% for "),
            r("行", HINT),
            r(" in "),
            r("名单", HINT),
            r(" %}"),
            r("{{ "),
            r("行", HINT),
            r(".姓名 }}"),
            r("、", HINT),
            r("{% endfor %}"),
        ),
        {"名单": [{"姓名": "甲"}, {"姓名": "乙"}]},
    ),
    Case(
        "行标签切开",
        "a row tag cut into runs by hints and bookmarks",
        tbl(
            (tc(p(r("{%t"), bookmark("_GoBack", 0), r("r for x in "), r("表", HINT), r(" %}"))),),
            ("{{ x }}",),
            ("{%tr endfor %}",),
            columns=1,
        ),
        {"表": [1, 2]},
    ),
    Case(
        "替代内容里的文字",
        "a symbol that Word writes twice beside a tag",
        p(
            "甲",
            r(
                inside='<mc:AlternateContent><mc:Choice Requires="w14">'
                + t("☑")
                + "</mc:Choice><mc:Fallback>"
                + t("☑")
                + "</mc:Fallback></mc:AlternateContent>"
            ),
            "{{ n }}",
        ),
        N,
    ),
    Case(
        "拼音",
        "a tag beside text with a phonetic guide",
        p(
            r(
                inside="<w:ruby><w:rubyPr/><w:rt>"
                + r("dǎng")
                + "</w:rt><w:rubyBase>"
                + r("党")
                + "</w:rubyBase></w:ruby>"
            ),
            "{{ n }}",
        ),
        N,
    ),
    Case(
        "目录式制表",
        "tabs and a dash of the template between two values",
        p(r(inside=t("{{ n }}") + "<w:tab/>" + t("—") + "<w:tab/>" + t("{{ m }}"))),
        {"n": 1, "m": 2},
    ),
    Case(
        "标签中有删除",
        "a tracked deletion within a tag",
        p("共{{ n", tracked("del", 7, r(inside="<w:delText>umber</w:delText>")), " }}个"),
        N,
    ),
    Case(
        "条件从超链接里开始",
        "a choice that begins in a hyperlink and ends behind it",
        p("前", link(r("{% if a %}见")), "后{% endif %}尾"),
        {"a": 1},
    ),
    Case(
        "条件在超链接里结束",
        "a choice that begins before a hyperlink and ends in it, not taken",
        p("前{% if a %}见", link(r("网站{% endif %}")), "尾"),
        {"a": 0},
        differs=differs("docxtpl loses the text behind, its markup being broken", "前尾"),
    ),
    Case(
        "循环从控件里开始",
        "a loop that begins in a content control and ends behind it",
        p("前", control(r("{% for x in 表 %}{{ x }}")), "、{% endfor %}尾"),
        {"表": [1, 2]},
        differs=differs("docxtpl loses the text behind, its markup being broken", "前1、2、尾"),
    ),
    Case(
        "删除的行",
        "a table's row in a tracked deletion",
        tbl(("{{ n }}",), tr("{{ 无 }}", props=tracked("del", 8, "")), ("尾",), columns=1),
        N,
        undefined="blank",
        differs=differs("what a reviewer struck out is gone", "|38|", "|尾|"),
    ),
    Case(
        "插入的行",
        "a table's row in a tracked insertion",
        tbl(("甲",), tr("{{ n }}", props=tracked("ins", 8, "")), columns=1),
        N,
    ),
    Case(
        "删除的段落标记",
        "two paragraphs whose division a reviewer struck out",
        p("甲{{ n }}", props=f"<w:rPr>{tracked('del', 9, '')}</w:rPr>") + p("乙{{ n }}"),
        N,
        differs=differs("what a reviewer struck out is gone", "甲38乙38"),
    ),
)
