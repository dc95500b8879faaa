"""How the inspection of cadres is declared: its workbook, the steps of the process, the papers of a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pbreports.scheme.declare import NOWHERE, Expression, Place, key


class Each(Enum):
    """What one copy of a paper is about: a candidate, a batch of appointments, a notice of appointment."""

    PERSON = "人"
    BATCH = "批次"
    NOTICE = "任职文号"


@dataclass(frozen=True)
class CadrePaper:
    """One of the papers about candidates; ``condition`` is asked of each candidate's row: whom it is about."""

    name: str = key("名称")
    template: str = key("模板")
    title: Expression = key("题名", doc="用候选人表的字段；一批一份的，用的是这一批第一人的行")
    each: Each = key("逐", doc="一人、一批还是一个任职文号一份")
    condition: Expression | None = key("条件", default=None, doc="在候选人的行上求值：谁列入这份文书")
    counted: bool = key("计字数", default=False, doc="成文的字数要在参数定的范围里")
    fitted: bool = key("缩排", default=False, doc="行高固定的格子里放不下的，字号自动缩小到放得下")
    note: str = key("说明", default="")
    place: Place = NOWHERE


@dataclass(frozen=True)
class CadreStep:
    """One step of the process: the field (``表.字段``) that says when, what must be there besides, whom it is for.

    Steps of a lower ``stage`` are not later than those of a higher one; those of the same stage go in any order.
    """

    name: str = key("名称")
    stage: int = key("阶段", doc="前一阶段的日期不晚于后一阶段的；同一阶段的不分先后")
    day: str = key("日期", doc="表.字段")
    document: str = key("文号", default="", doc="表.字段，全程纪实表印出")
    needs: tuple[str, ...] = key("还要", default=(), doc="表.字段，填齐才算办完")
    applies: Expression | None = key("适用", default=None, doc="在候选人的行上求值：哪些人要办这一步")
    duty: str = key("责任", default="", doc="由谁办，全程纪实表印出")
    place: Place = NOWHERE


@dataclass(frozen=True)
class HandedOver:
    """The bureau sheet that takes the counts where the inspection's own workbook is kept elsewhere."""

    sheet: str = key("表")
    name: str = key("名称", default="数字名称")
    value: str = key("值", default="数值")
    place: Place = NOWHERE


@dataclass(frozen=True)
class CadreRule:
    """How cadres are inspected; ``regulation`` is what papers call the rule they rest on."""

    workbook: str = key("簿")
    regulation: str = key("规定名称", doc="文书里写的依据，使用前核对")
    as_of: Expression = key("计算年龄日期", doc="在候选人的行上求值；所有年龄、年限都按它算，文书上印出")
    steps: tuple[CadreStep, ...] = key("步骤")
    papers: tuple[CadrePaper, ...] = key("文书")
    handed_over: HandedOver | None = key("交数", default=None)
    place: Place = NOWHERE
