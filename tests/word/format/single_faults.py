"""Single faults, one parameter each: which paper is spoilt how, and which fault that is."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from word.format.right import FANG, HEI, KAI, RED, RULE, SONG, Para, Right, blank

Spoil = Callable[[Right], None]


@dataclass(frozen=True)
class Case:
    """A fault: its name, the kind of paper, how it is made, its code, what it is told of and what was found."""

    name: str
    kind: str
    spoil: Spoil
    code: str
    element: str
    found: str

    def __str__(self) -> str:
        return f"{self.kind}：{self.name}"


def put(key: str, **values: Any) -> Spoil:
    """Return what changes attributes of a paragraph."""

    def spoil(paper: Right) -> None:
        for name, value in values.items():
            setattr(paper[key], name, value)

    return spoil


def page(**values: Any) -> Spoil:
    """Return what changes attributes of the paper, its margins by their names."""

    def spoil(paper: Right) -> None:
        for name, value in values.items():
            if name in paper.margins:
                paper.margins[name] = value
            else:
                setattr(paper, name, value)

    return spoil


def leave_out(*keys: str) -> Spoil:
    """Return what takes paragraphs out."""
    return lambda paper: paper.without(*keys)


def insert(key: str, *more: Para) -> Spoil:
    """Return what puts paragraphs before another."""

    def spoil(paper: Right) -> None:
        paper.paragraphs[paper.at(key) : paper.at(key)] = list(more)

    return spoil


def every(*keys: str, **values: Any) -> Spoil:
    """Return what changes attributes of several paragraphs."""

    def spoil(paper: Right) -> None:
        for key in keys:
            put(key, **values)(paper)

    return spoil


def swap(one: str, other: str) -> Spoil:
    """Return what changes the places of two paragraphs."""

    def spoil(paper: Right) -> None:
        first, second = paper.at(one), paper.at(other)
        paper.paragraphs[first], paper.paragraphs[second] = paper.paragraphs[second], paper.paragraphs[first]

    return spoil


def border(**values: str) -> Spoil:
    """Return what changes the red rule below the number."""
    made = RULE
    for name, value in values.items():
        old = {"color": RED, "space": "11", "val": "single", "sz": "12"}[name]
        made = made.replace(f'w:{name}="{old}"', f'w:{name}="{value}"')
    return put("number", border=made)


def footers(**values: Any) -> Spoil:
    """Return what changes the page numbers' attributes in both footers, those of the field's run included."""

    def spoil(paper: Right) -> None:
        for one in paper.numbers.values():
            before = one._look(one.font)
            for name, value in values.items():
                setattr(one, name, value)
            one.extra = one.extra.replace(before, one._look(one.font))

    return spoil


def dashes(left: str, right: str) -> Spoil:
    """Return what writes other signs beside the page numbers."""

    def spoil(paper: Right) -> None:
        for one in paper.numbers.values():
            one.text = left
            one.extra = one.extra.replace(" —", right)

    return spoil


def imprint(**values: str) -> Spoil:
    """Return what changes the thickness of the imprint's rules."""

    def spoil(paper: Right) -> None:
        paper.rules = {**paper.rules, **values}

    return spoil


def _imprint_last(paper: Right) -> None:
    paper.tail = [Para("after", "附在版记后面的一段文字。", first=2)]


def _imprint_turned(paper: Right) -> None:
    paper.imprint.reverse()


def _lower(paper: Right) -> None:
    """Put the mark of a letter and its rule 10 mm lower."""
    for one in (paper["mark"], paper["rule"]):
        one.frame = re.sub(r'w:y="(\d+)"', lambda found: f'w:y="{int(found[1]) + 567}"', one.frame)


G, U, L, M, I = "公文", "上行文", "信函", "纪要", "内部材料"  # noqa: E741 - as short as the table is wide
CASES = (
    Case("纸宽", G, page(width=216, height=279), "W-01", "纸张", "216×279毫米"),
    Case("上边距", G, page(top=25.4), "W-02", "页面", "25.4毫米"),
    Case("左边距", G, page(left=31.8), "W-02", "页面", "31.8毫米"),
    Case("右边距", G, page(right=31.8), "W-02", "页面", "31.8毫米"),
    Case("下边距", G, page(bottom=25.4), "W-02", "页面", "25.4毫米"),
    Case("正文字体", G, put("text", font=SONG, latin=FANG), "W-05", "正文", SONG),
    Case("正文楷体", G, put("text3", font=KAI, latin=FANG), "W-05", "正文", KAI),
    Case("主送字体", G, put("addressees", font=HEI, latin=FANG), "W-05", "主送机关", HEI),
    Case("标题字体", G, put("title", font=HEI), "W-05", "标题", HEI),
    Case("标题宋体", G, put("title", font=SONG), "W-05", "标题", SONG),
    Case("一级标题字体", G, put("h1", font=FANG), "W-05", "一级标题", FANG),
    Case("二级标题字体", G, put("h2", font=HEI), "W-05", "二级标题", HEI),
    Case("三级标题字体", G, put("h3", font=HEI, latin=FANG), "W-05", "三级标题", HEI),
    Case("四级标题字体", G, put("h4", font=KAI, latin=FANG), "W-05", "四级标题", KAI),
    Case("接排的二级标题字体", G, put("run_in", lead=(10, HEI)), "W-05", "二级标题", HEI),
    Case("密级字体", G, put("secrecy", font=FANG), "W-05", "密级和保密期限", FANG),
    Case("紧急程度字体", G, put("urgency", font=FANG), "W-05", "紧急程度", FANG),
    Case("标志字体", G, put("mark", font=SONG), "W-05", "发文机关标志", SONG),
    Case("发文字号字体", G, put("number", font=KAI, latin=FANG), "W-05", "发文字号", KAI),
    Case("附件编号字体", G, put("label1", font=FANG), "W-05", "附件编号", FANG),
    Case("署名字体", G, put("organ", font=KAI), "W-05", "发文机关署名", KAI),
    Case("抄送字体", G, put("copies", font=SONG), "W-05", "抄送机关", SONG),
    Case("出席标注字体", M, put("present", lead=(2, FANG)), "W-05", "出席人员", FANG),
    Case("出席姓名字体", M, put("present", font=KAI), "W-05", "出席人员", KAI),
    Case("数字字体", G, put("text3", latin="Calibri"), "W-06", "正文", "Calibri"),
    Case("引号字体", G, put("text2", latin="Times New Roman", hint=False), "W-07", "正文", "西文字体Times New Roman"),
    Case("正文字号", G, put("text", size=14, spacing=-0.25, first=2), "W-08", "正文", "4号（14磅）"),
    Case("正文小三号", G, put("text3", size=15, first=2), "W-08", "正文", "小3号（15磅）"),
    Case("标题字号", G, put("title", size=18), "W-08", "标题", "小2号（18磅）"),
    Case("一级标题字号", G, put("h1", size=18, spacing=0), "W-08", "一级标题", "小2号（18磅）"),
    Case("份号字号", G, put("copy_number", size=14), "W-08", "份号", "4号（14磅）"),
    Case("附件编号字号", G, put("label2", size=14), "W-08", "附件编号", "4号（14磅）"),
    Case("附注字号", G, put("note", size=14), "W-08", "附注", "4号（14磅）"),
    Case("抄送字号", G, put("copies", size=16, left=3.6, first=-2.6), "W-08", "抄送机关", "3号（16磅）"),
    Case("印发字号", G, put("day_printed", size=12), "W-08", "印发机关和印发日期", "小4号（12磅）"),
    Case("标志颜色", G, put("mark", color="000000"), "W-09", "发文机关标志", "黑色"),
    Case("标志黑色（信函）", L, put("mark", color="000000"), "W-09", "发文机关标志", "黑色"),
    Case("正文颜色", G, put("text2", color="0000FF"), "W-09", "正文", "#0000FF"),
    Case("标题红色", G, put("title", color=RED), "W-09", "标题", "红色"),
    Case("附件标题颜色", G, put("annex_title1", color="1F4E79"), "W-09", "附件标题", "#1F4E79"),
    Case("加粗", G, put("h3", bold=True), "W-10", "三级标题", "加粗"),
    Case("倾斜", G, put("text", italic=True), "W-10", "正文", "倾斜"),
    Case("下划线", G, put("text3", underlined=True), "W-10", "正文", "有下划线"),
    Case("行距28磅", G, put("text", line=28), "W-11", "正文", "固定值28磅（每面23行）"),
    Case("行距31磅", G, put("text2", line=31), "W-11", "正文", "固定值31磅（每面21行）"),
    Case("单倍行距", G, put("text", line=1, rule="auto"), "W-11", "正文", "单倍行距"),
    Case("1.5倍行距", G, put("text3", line=1.5, rule="auto"), "W-11", "正文", "1.5倍行距"),
    Case("字距", G, put("text", spacing=0), "W-12", "正文", "每行27字（字距标准）"),
    Case("字距加宽", G, put("text2", spacing=1), "W-12", "正文", "每行26字（字距加宽1磅）"),
    Case("段后", G, put("text", after=10), "W-13", "正文", "段后10磅"),
    Case("段前", G, put("text2", before=12), "W-13", "正文", "段前12磅"),
    Case("首行不缩进", G, put("text2", first=0), "W-14", "正文", "首行左空0字"),
    Case("首行缩进一字", G, put("text3", first=1), "W-14", "正文", "首行左空1字"),
    Case("整段缩进", G, put("text", left=2, first=0), "W-14", "正文", "回行左空2字"),
    Case("右缩进", G, put("text3", right=2), "W-14", "正文", "右空2字"),
    Case("一级标题居中", G, put("h1", align="center", first=0), "W-14", "一级标题", "居中"),
    Case("二级标题顶格", G, put("h2", first=0), "W-14", "二级标题", "首行左空0字"),
    Case("份号位数", G, put("copy_number", text="0001"), "W-15", "份号", "“0001”"),
    Case("密级写法", G, put("secrecy", text="机密1年"), "W-15", "密级和保密期限", "“机密1年”"),
    Case("紧急程度写法", G, put("urgency", text="急件"), "W-15", "紧急程度", "“急件”"),
    Case("份号居右", G, put("copy_number", align="right"), "W-16", "份号", "右对齐"),
    Case("紧急程度缩进", G, put("urgency", left=2), "W-16", "紧急程度", "左空2字"),
    Case("密级和紧急程度颠倒", G, swap("secrecy", "urgency"), "W-16", "版头", "份号、紧急程度、密级和保密期限"),
    Case("标志不居中", G, put("mark", align="left"), "W-17", "发文机关标志", "左空0字"),
    Case("标志太高", G, put("mark", before=0), "W-17", "发文机关标志", "约32毫米"),
    Case("标志太低", G, put("mark", before=60), "W-17", "发文机关标志", "约53毫米"),
    Case("发文字号居左", G, put("number", align="left"), "W-18", "发文字号", "左空0字"),
    Case("上行文发文字号顶格", U, put("number", text="某教〔2020〕5号"), "W-18", "发文字号", "左空0字"),
    Case("信函发文字号居中", L, put("number", align="center"), "W-18", "发文字号", "居中"),
    Case("标志下空一行", G, leave_out("below_mark"), "W-19", "发文字号", "1行"),
    Case("标题上空一行", G, leave_out("above_title"), "W-19", "标题", "1行"),
    Case("标题上空三行", G, insert("title", blank()), "W-19", "标题", "3行"),
    Case("主送上不空行", G, leave_out("below_title"), "W-19", "主送机关", "0行"),
    Case("附件说明上不空行", G, leave_out("above_note"), "W-19", "附件说明", "0行"),
    Case("信函标题上空一行", L, leave_out("above_title"), "W-19", "标题", "1行"),
    Case("出席上不空行", M, leave_out("above_people"), "W-19", "出席人员", "0行"),
    Case("红线黑色", G, border(color="000000"), "W-21", "红色分隔线", "#000000"),
    Case("红线太近", G, border(space="1"), "W-21", "红色分隔线", "0.4毫米"),
    Case("红线太远", G, border(space="24"), "W-21", "红色分隔线", "8.5毫米"),
    Case("没有红线", G, put("number", border=""), "W-21", "版头", "没有"),
    Case("红线太短", G, put("number", left=2, right=2), "W-21", "红色分隔线", "134毫米"),
    Case("标题居左", G, put("title", align="left"), "W-22", "标题", "左对齐"),
    Case("主送缩进", G, put("addressees", first=2), "W-23", "主送机关", "左空2字"),
    Case("主送半角冒号", G, put("addressees", text="各中小学校、幼儿园:"), "W-23", "主送机关", "“:”"),
    Case("附件说明顶格", G, put("annex_note", left=4.5), "W-24", "附件说明", "左空0字"),
    Case("附件说明第二行不对齐", G, put("annex_note2", left=2, first=0), "W-24", "附件说明", "左空2字"),
    Case("附注顶格", G, put("note", left=0), "W-33", "附注", "左空0字"),
    Case("附注半角括号", G, put("note", text="(此件公开发布)"), "W-33", "附注", "“(……)”"),
    Case("附件接排", G, put("label1", new_page=False), "W-26", "附件编号", "接排"),
    Case("附件编号居中", G, put("label1", align="center"), "W-26", "附件编号", "居中"),
    Case("附件编号冒号", G, put("label2", text="附件2："), "W-26", "附件编号", "“附件2：”"),
    Case("附件标题在第二行", G, leave_out("below_label1"), "W-26", "附件标题", "与“附件”之间空0行"),
    Case("附件标题居左", G, put("annex_title2", align="left"), "W-26", "附件标题", "左对齐"),
    Case("成文日期右空二字", G, put("date", right=2), "W-27", "成文日期", "2字"),
    Case("署名不对齐日期", G, put("organ", right=7), "W-27", "发文机关署名", "7字"),
    Case("不盖章署名右空", I, put("organ", right=5), "W-27", "发文机关署名", "5字"),
    Case("不盖章日期右空", I, put("date", right=2), "W-27", "成文日期", "2字"),
    Case("抄送没有句号", G, put("copies", text="抄送：某某市教育局，某某区委办公室"), "W-28", "抄送机关", "“室”"),
    Case("抄送半角冒号", G, put("copies", text="抄送:某某市教育局。"), "W-28", "抄送机关", "“抄送:某”"),
    Case("抄送顶格", G, put("copies", left=3), "W-28", "抄送机关", "0字"),
    Case("印发日期右空", G, put("day_printed", right=3), "W-28", "印发机关和印发日期", "3字"),
    Case("版记后面有文字", G, _imprint_last, "W-28", "版记", "后面还有“附在版记后面的一段文”"),
    Case("版记次序颠倒", G, _imprint_turned, "W-28", "版记", "次序颠倒"),
    Case("版记首线太粗", G, imprint(top="24", bottom="24"), "W-29", "版记分隔线", "1.06毫米"),
    Case("版记中线太粗", G, imprint(insideH="12"), "W-29", "版记分隔线", "0.53毫米"),
    Case("版记线太短", G, page(imprint_width=140), "W-29", "版记分隔线", "140毫米"),
    Case("没有页码", G, page(numbers={}), "W-25", "页码", "没有"),
    Case("页码字体", G, footers(font=FANG), "W-25", "页码", FANG),
    Case("页码字号", G, footers(size=10.5), "W-25", "页码", "5号（10.5磅）"),
    Case("页码没有一字线", G, dashes("", ""), "W-25", "页码", "没有一字线"),
    Case("页码短线", G, dashes("- ", " -"), "W-25", "页码", "“- 1 -”"),
    Case("页码居中", G, put("odd", align="center", right=0), "W-25", "页码", "居中"),
    Case("单页页码不空一字", G, put("odd", right=0), "W-25", "页码", "居右空0字"),
    Case("双页页码居右", G, put("even", align="right", left=0), "W-25", "页码", "居右"),
    Case("奇偶页相同", G, page(odd_and_even=False), "W-25", "页码", "双页与单页相同"),
    Case("首页没有页码", G, page(own_first=True), "W-25", "页码", "没有页码"),
    Case("页脚太低", G, page(footer=15), "W-25", "页码", "约17毫米（页脚距纸边15.0毫米）"),
    Case("缺成文日期", L, leave_out("organ", "date"), "W-30", "主体", "没有"),
    Case("缺印发机关", G, page(imprint=[]), "W-30", "版记", "没有"),
    Case("缺发文字号", L, leave_out("number"), "W-30", "版头", "没有"),
    Case("信函标志太低", L, _lower, "W-17", "发文机关标志", "约40毫米"),
    Case(
        "信函双线太短",
        L,
        lambda paper: setattr(paper["rule"], "frame", paper["rule"].frame.replace("9638", "8844")),
        "W-31",
        "信函双线",
        "156毫米",
    ),
    Case(
        "信函单线",
        L,
        lambda paper: setattr(paper["rule"], "border", paper["rule"].border.replace("thickThinSmallGap", "single")),
        "W-31",
        "信函双线",
        "单线",
    ),
    Case("信函首页有页码", L, page(own_first=False), "W-31", "页码", "有页码"),
    Case("信函没有下方双线", L, page(foot_rule=False), "W-31", "信函双线", "没有"),
    Case("出席左空", M, put("present", left=3, first=-3), "W-32", "出席人员", "0字"),
    Case("出席列席颠倒", M, swap("present", "attending"), "W-32", "纪要", ""),
    Case(
        "签发人字体",
        U,
        lambda paper: setattr(paper["number"], "extra", paper["number"].extra.replace(KAI, FANG)),
        "W-05",
        "签发人",
        FANG,
    ),
)
