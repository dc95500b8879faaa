"""Invented values for the appointment form: resumes of any length, relatives, photographs."""

from __future__ import annotations

import struct
import zlib
from datetime import date

DAY = date(2020, 12, 31)
_LONG = "某某区教育局党建工作办公室副主任（主持工作，2009.03任一级科员），兼任区直属机关第三党总支组织委员"
_STUDY = {"起止": "1999.03--2001.07", "内容": "华南师范大学教育管理专业在职研究生班学习", "是否其间": True}


def resume(lines: int, long: int = 0) -> list[dict[str, object]]:
    """Return a resume of so many lines, so many of them too long for one line; the second tells of studies meanwhile."""
    told = [
        {
            "起止": f"{1990 + at}.09--{1991 + at}.08" if at < lines - 2 else f"{1990 + at}.09--",
            "内容": _LONG if 0 < at <= long else f"某某区第{at + 1}中学教师、年级组长",
            "是否其间": False,
        }
        for at in range(lines - 1)
    ]
    return [told[0], _STUDY, *told[1:]]


def relatives(count: int) -> list[dict[str, object]]:
    """Return so many relatives, the third of them dead."""
    kinds = ("妻子", "儿子", "父亲", "母亲", "岳父", "岳母", "长兄", "二兄", "弟弟", "妹妹", "姐姐", "姐夫")
    return [
        {
            "称谓": kind,
            "成员姓名": f"亲属{at}",
            "年龄": "" if at == 2 else str(40 + at),
            "成员政治面貌": "中共党员" if at % 2 else "群众",
            "成员单位及职务": "某某镇退休干部（已去世）"
            if at == 2
            else f"某某区第{at + 1}小学教师、工会主席，兼任区少先队总辅导员",
        }
        for at, kind in enumerate(kinds[:count])
    ]


def photo(width: int = 376, height: int = 460) -> bytes:
    """Return a photograph of nobody: a grey PNG of so many pixels."""
    lines = (b"\x00" + b"\x90" * width) * height
    head = struct.pack(">2L5B", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data)) for kind, data in chunks
    )


def form_values(**changed: object) -> dict[str, object]:
    """Return the values of one invented candidate's form, with others in their place where told."""
    values: dict[str, object] = {
        "姓名": "欧阳明远",
        "性别": "男",
        "出生年月格": "1978.05\n（42岁）",
        "民族": "汉族",
        "籍贯": "广东佛山",
        "出生地": "广东广州",
        "入党时间": "2001.07",
        "参加工作时间": "1996.09",
        "健康状况": "健康",
        "专业技术职务": "高级教师（中学）",
        "熟悉专业特长": "中学语文教学、教育管理",
        "全日制学历": "大学",
        "全日制学位": "文学学士",
        "全日制学历院校专业": "华南师范大学中文系汉语言文学专业",
        "全日制学位院校专业": "",
        "在职学历": "研究生",
        "在职学位": "",
        "在职学历院校专业": "中山大学教育学院教育经济与管理专业",
        "在职学位院校专业": "",
        "现任职务": "某某区第三中学党总支书记、校长",
        "拟任职务": "某某区教育局党委委员、副局长",
        "拟免职务": "某某区第三中学党总支书记、校长",
        "简历行": resume(12, 3),
        "奖惩情况": "2018年09月，经某某市人民政府批准，授予“优秀教师”称号。",
        "年度考核结果": "2017年年度考核优秀；2018年年度考核合格；2019年年度考核优秀",
        "任免理由": "工作需要",
        "家庭成员": relatives(7),
        "呈报单位": "中共某某区委教育工作委员会",
        "填表人": "李强",
        "照片": None,
        "计算年龄日期": DAY,
    }
    return {**values, **changed}
