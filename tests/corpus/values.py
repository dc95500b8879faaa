"""Values as people type them, and as programs change them behind their backs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from corpus.case import Base, Case, Maker, cases_of
from corpus.raw import Raw, inline
from excel.blanks import COVER, FORM, LIST, PRESET, UPRIGHT
from pbreports.excel.identity import META

FAMILY = "值"
_Typed = Mapping[str, str | int | float | None]

# In 一行一条 the columns are 编码 短文 长文 个数 差额 金额 均分 办理日期 出生年月 等次 去向 是否公示 合计数, records from row 5.
_TYPED: Mapping[str, tuple[str, _Typed]] = {
    # whole numbers
    "全角数字": (LIST, {"D5": "１２３４"}),
    "以文本存放的数字": (LIST, {"D5": "12", "D6": "7"}),
    "带千位逗号的数字": (LIST, {"D5": "1，234"}),
    "千位逗号错位": (LIST, {"D5": "12,34"}),
    "带圈数字": (LIST, {"D5": "⑫"}),
    "分数字符": (LIST, {"D5": "½"}),
    "阿拉伯文数字": (LIST, {"D5": "٣٤"}),
    "天城文数字": (LIST, {"D5": "३"}),
    "罗马数字字符": (LIST, {"D5": "Ⅻ"}),
    "上标数字": (LIST, {"D5": "5²"}),
    "数学黑体数字": (LIST, {"D5": "𝟏𝟐"}),
    "汉字数字": (LIST, {"D5": "一百零五"}),
    "大写汉字数字": (LIST, {"D5": "壹佰贰拾"}),
    "汉字口语数字": (LIST, {"D5": "一百五"}),
    "苏州码子": (LIST, {"D5": "〡〢〣"}),
    "数字带单位": (LIST, {"D5": "12 个"}),
    "数字带别的单位": (LIST, {"D5": "12人"}),
    "约数": (LIST, {"D5": "约12"}),
    "范围": (LIST, {"D5": "12-15"}),
    "算式": (LIST, {"D5": "10+2"}),
    "字母O冒充零": (LIST, {"D5": "1O"}),
    "字母l冒充一": (LIST, {"D5": "l2"}),
    "数字中间有空格": (LIST, {"D5": "1 2"}),
    "数字里的零宽空格": (LIST, {"D5": "1\u200b2"}),
    "数字里的不换行空格": (LIST, {"D5": "\u00a012\u00a0"}),
    "数字前的从右到左标记": (LIST, {"D5": "\u200f12\u202c"}),
    "数字里的字节序标记": (LIST, {"D5": "\ufeff12"}),
    "数字后有换行": (LIST, {"D5": "12\n"}),
    "撇号打头的数字": (LIST, {"D5": "'12"}),
    "无字": (LIST, {"D5": "无"}),
    "斜杠": (LIST, {"D5": "/"}),
    "只有空格": (LIST, {"D5": "  \u3000 "}),
    "句号": (LIST, {"D5": "12。"}),
    "会计括号负数": (LIST, {"E5": "（3）"}),
    "减号是U+2212": (LIST, {"E5": "\u22123"}),
    "减号是破折号": (LIST, {"E5": "——3"}),
    "减号是全角连字号": (LIST, {"E5": "－３"}),
    "负数填在不许负的栏": (LIST, {"D5": -1}),
    "整数栏里的小数": (LIST, {"D5": 3.5}),
    "整数栏里的浮点误差": (LIST, {"D5": 2.9999999999999996}),
    "超大的整数": (LIST, {"D5": 1e16}),
    "科学计数文本": (LIST, {"D5": "1.2E+5"}),
    "井号": (LIST, {"D5": "####"}),
    "十进制一千位": (LIST, {"D5": "9" * 1000}),
    "无穷大文本": (LIST, {"D5": "Infinity"}),
    "NaN文本": (LIST, {"D5": "NaN"}),
    "None文本": (LIST, {"D5": "None"}),
    "NA文本": (LIST, {"B5": "NA"}),
    # decimals
    "小数位太多": (LIST, {"F5": 3.333}),
    "以万元计": (LIST, {"F5": "1.2万元"}),
    "人民币符号": (LIST, {"F5": "￥1,200.50"}),
    "外币": (LIST, {"F5": "$1200"}),
    "句号作小数点": (LIST, {"F5": "12。5"}),
    "逗号作小数点": (LIST, {"F5": "12,5"}),
    "分数超过上限": (LIST, {"G5": 120.5}),
    "百分号填在分数栏": (LIST, {"G5": "85%"}),
    # dates
    "点分隔的日期": (LIST, {"H5": "2031.9.1"}),
    "汉字日期": (LIST, {"H5": "二〇三一年九月一日"}),
    "圆圈零的汉字日期": (LIST, {"H5": "二○三一年九月一日"}),
    "两位年份": (LIST, {"H5": "31.9.1"}),
    "没有年份": (LIST, {"H5": "9月1日"}),
    "只有年月的日期": (LIST, {"H5": "2031年9月"}),
    "年在后面的日期": (LIST, {"H5": "1/9/2031"}),
    "八位数字日期": (LIST, {"H5": 20310901}),
    "五位数字分不清": (LIST, {"H5": 20319}),
    "没有的日子": (LIST, {"H5": "2031-2-29"}),
    "农历日期": (LIST, {"H5": "农历九月初一"}),
    "日期范围": (LIST, {"H5": "2031年9月1日至3日"}),
    "星期不对的日期": (LIST, {"H5": "2031年9月1日星期日"}),
    "带时刻的日期": (LIST, {"H5": "2031-9-1 8:30"}),
    "英文日期": (LIST, {"H5": "Sep 1, 2031"}),
    "民国纪年": (LIST, {"H5": "民国120年9月1日"}),
    "干支纪年": (LIST, {"H5": "辛亥年九月"}),
    # months
    "年月1985.1": (LIST, {"I5": "1985.1"}),
    "年月写了日": (LIST, {"I5": "1985年3月12日"}),
    "年月汉字": (LIST, {"I5": "一九八五年三月"}),
    "年月两位年份": (LIST, {"I5": "85.3"}),
    "年月十三月": (LIST, {"I5": "1985-13"}),
    "年月成了数字": (LIST, {"I5": 1985.03}),
    "年月成了序列数": (LIST, {"I5": 31107}),
    # choices and yes/no
    "选项多了空格": (LIST, {"J5": " 优 秀"}),
    "选项不在表里": (LIST, {"J5": "良好"}),
    "选项相近": (LIST, {"J5": "优秀的"}),
    "打勾": (LIST, {"L5": "√"}),
    "打叉": (LIST, {"L5": "×"}),
    "填有": (LIST, {"L5": "有"}),
    "是否两可": (LIST, {"L5": "是/否"}),
    # texts
    "全角编码": (LIST, {"A5": "Ｌ１"}),
    "西里尔字母编码": (LIST, {"A5": "А1"}),
    "数字编码": (LIST, {"A5": 37081}),
    "十八位号码成了数字": (LIST, {"A5": 370811198503071234}),
    "十八位号码成了科学计数": (LIST, {"A5": "3.70811E+17"}),
    "十八位号码末尾全零": (LIST, {"A5": "370811198503071000"}),
    "超过字数": (LIST, {"B5": "长" * 21}),
    "四万字": (LIST, {"C5": "字" * 40_000}),
    "姓名中间的空格": (COVER, {"C6": "甲\u3000一"}),
    "生僻字": (COVER, {"C6": "甲玥"}),
    "康熙部首": (COVER, {"C6": "⾼⼀"}),
    "自造字": (COVER, {"C6": "甲\ue123"}),
    "扩展区汉字": (COVER, {"C6": "甲𬱖"}),
    "锟斤拷": (COVER, {"C6": "锟斤拷烫烫"}),
    "替换字符": (COVER, {"C6": "甲\ufffd"}),
    "表情": (COVER, {"C6": "甲😀"}),
    "组合重音": (LIST, {"B5": "e\u0301"}),
    "双向覆盖符": (COVER, {"C6": "\u202e甲一\u202c"}),
    "标签字符": (COVER, {"C6": "甲一\U000e0041\U000e007f"}),
    "等号开头的文字": (LIST, {"C5": "=1+1"}),
    "加号开头的文字": (LIST, {"C5": "+cmd|' /C calc'!A0"}),
    "网页脚本": (LIST, {"C5": "<script>alert(1)</script>&amp;"}),
    "模板语句": (LIST, {"C5": "{{ 7*7 }}{% for x in y %}"}),
    "花括号词": (COVER, {"C6": "{单位}{原}%s"}),
    "终端控制序列": (LIST, {"B5": "[31m红[0m"}),
    "缺必填": (UPRIGHT, {"C7": None}),
    "条件必填": (UPRIGHT, {"C7": 2}),
    "违反规则": (UPRIGHT, {"C7": 51}),
    "全部清空一条": (PRESET, {"C5": None}),
    "重复的编码": (LIST, {"A6": "L1"}),
    "改了预填的编码": (PRESET, {"A5": "A01-9"}),
    "预填的编码只差大小写": (PRESET, {"A5": "a01-1"}),
    "单页表填成文字": (FORM, {"C6": "若干"}),
    "识别信息里年度是数字": (META, {"B2": 2031}),
}


def cases(base: Base) -> Iterator[Case]:
    """Go through the cases of this family."""
    typed: dict[str, Maker] = {name: partial(_typed, sheet, cells) for name, (sheet, cells) in _TYPED.items()}
    yield from cases_of(FAMILY, base, typed | _STORED)


def _typed(sheet: str, cells: _Typed, base: Base) -> Raw:
    return base.raw.typed(sheet, cells)


def _1904(base: Base) -> Raw:
    """Return the workbook as a Macintosh keeps it: the same days, counted from 1904."""
    book = base.raw.changed("xl/workbook.xml", "<workbookPr/>", '<workbookPr date1904="1"/>')
    for title in (LIST, UPRIGHT, FORM):
        book = book.in_sheet(title, "<v>48092</v>", "<v>46630</v>", count=9)
    return book


_STORED: dict[str, Maker] = {
    "日期从1904年算起": _1904,
    "从1904年算起的常规数字": lambda base: _1904(base).styled(LIST, "H5", "<v>46630</v>", 0),
    "日期成了常规数字": lambda base: base.raw.styled(LIST, "H5", "<v>48092</v>", 0),
    "中文日期格式31": lambda base: base.raw.styled(LIST, "H5", "<v>48093</v>", 31),
    "中文日期格式57": lambda base: base.raw.styled(LIST, "I5", "<v>31107</v>", 57),
    "中文日期格式27": lambda base: base.raw.styled(LIST, "I5", "<v>31107</v>", 27),
    "中文日期格式36": lambda base: base.raw.styled(LIST, "H5", "<v>48094</v>", 36),
    "中文日期格式50": lambda base: base.raw.styled(LIST, "I5", "<v>31138</v>", 50),
    "中文日期格式58": lambda base: base.raw.styled(LIST, "H5", "<v>48095</v>", 58),
    "中文时刻格式55": lambda base: base.raw.styled(LIST, "H5", "<v>48093</v>", 55),
    "自定格式里有班字": lambda base: base.raw.styled(LIST, "D5", "<v>18</v>", '0"d班"'),
    "日期格式的小数字": lambda base: base.raw.styled(LIST, "D5", "<v>12</v>", 14),
    "序列数59": lambda base: base.raw.styled(LIST, "H5", "<v>59</v>", 14),
    "序列数60": lambda base: base.raw.styled(LIST, "H5", "<v>60</v>", 14),
    "序列数61": lambda base: base.raw.styled(LIST, "H5", "<v>61</v>", 14),
    "负的序列数": lambda base: base.raw.styled(LIST, "H5", "<v>-1</v>", 14),
    "公元一万年": lambda base: base.raw.styled(LIST, "H5", "<v>2958466</v>", 14),
    "日期格的半天": lambda base: base.raw.styled(LIST, "H5", "<v>48092.5</v>", 14),
    "时长": lambda base: base.raw.styled(LIST, "H5", "<v>1.25</v>", "[h]:mm"),
    "百分比格式": lambda base: base.raw.styled(LIST, "G5", "<v>0.85</v>", 9),
    "补零格式的编码": lambda base: base.raw.styled(LIST, "A5", "<v>7</v>", "000"),
    "编码被识别成日期": lambda base: base.raw.styled(LIST, "A5", "<v>48092</v>", 14),
    "单元格里的是": lambda base: base.raw.cell(LIST, "L5", "<v>1</v>", 't="b"'),
    "数字栏里的逻辑值": lambda base: base.raw.cell(LIST, "D5", "<v>1</v>", 't="b"'),
    "ISO日期格": lambda base: base.raw.cell(LIST, "H5", "<v>2031-09-02T00:00:00Z</v>", 't="d"'),
    "ISO日期格写坏": lambda base: base.raw.cell(LIST, "H5", "<v>2031-13-45</v>", 't="d"'),
    "一千位的数": lambda base: base.raw.cell(LIST, "D5", f"<v>{'9' * 1000}</v>"),
    "极大的指数": lambda base: base.raw.cell(LIST, "D5", "<v>1E+999999</v>"),
    "极小的数": lambda base: base.raw.cell(LIST, "F5", "<v>1E-320</v>"),
    "负零": lambda base: base.raw.cell(LIST, "D5", "<v>-0</v>"),
    "多余的有效位": lambda base: base.raw.cell(LIST, "F5", "<v>0.30000000000000004</v>"),
    "转义的回车": lambda base: base.raw.cell(LIST, "C5", inline("上_x000D_\n下"), 't="inlineStr"'),
    "转义的空字符": lambda base: base.raw.cell(LIST, "B5", inline("甲_x0000_乙_x0007_"), 't="inlineStr"'),
    "转义的下划线": lambda base: base.raw.cell(LIST, "B5", inline("_x005F_x000D_"), 't="inlineStr"'),
    "落单的代理项": lambda base: base.raw.cell(LIST, "B5", inline("甲_xD83D_"), 't="inlineStr"'),
    "转义的表情": lambda base: base.raw.cell(LIST, "B5", inline("甲_xD83D__xDE00_"), 't="inlineStr"'),
}
