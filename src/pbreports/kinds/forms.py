"""The kinds of findings that the candidates' appointment forms give: each names a person or a person's file."""

from __future__ import annotations

from pbreports.kinds.kind import ERROR, WARNING, Kind
from pbreports.values import Severity


def _of(code: str, severity: Severity, name: str, message: str, remedy: str) -> Kind:
    return Kind(code, severity, name, message, remedy, personal=True)


OF_FORMS = (
    _of("K-40", WARNING, "任免表读不出", "这份任免表没有读取：{原因}。", "{怎么改}。"),
    _of(
        "K-41",
        ERROR,
        "一人几份任免表",
        "{谁}有{n}份任免表，分不清各是哪一次的，都没有采用：{文件}。",
        "请删去不要的；都要留的，在“任免表确认”表里写明每份是哪个候选人编号的、由谁确认。",
    ),
    _of(
        "K-42",
        ERROR,
        "一号两人",
        "{谁}与{另一个}的身份证号相同，姓名不同，两人的任免表都没有采用。",
        "请对照身份证改正。",
    ),
    _of(
        "K-43",
        WARNING,
        "任免表只对上姓名",
        "这份任免表没有完整的身份证号，只与{谁}同名，没有采用。",
        "请在“任免表确认”表里写明这个文件是哪个候选人编号的、由谁确认。",
    ),
    _of(
        "K-44",
        WARNING,
        "任免表没有对上",
        "这份任免表（{姓名}）不是哪个候选人的，没有采用。",
        "请核对姓名和身份证号；不是这次考察的，请移出文件夹。",
    ),
    _of(
        "K-45",
        ERROR,
        "任免表与候选人不是一人",
        "任免表“{文件}”（{姓名}）与{谁}{什么}，没有采用。",
        "请核对姓名和身份证号后改正；{补救}。",
    ),
    _of("K-46", WARNING, "任免表确认没有用上", "对“{文件}”的确认没有用上：{什么}。", "请核对“任免表确认”表的这一行。"),
    _of(
        "K-47",
        WARNING,
        "任免表照片读不出",
        "这份任免表里的照片读不出来，按没有照片处理。",
        "请用任免表编辑器重新插入照片。",
    ),
)
"""The kinds of the appointment forms, by code in order."""
