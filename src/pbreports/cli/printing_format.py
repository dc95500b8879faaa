"""What the command for the form of papers prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pbreports.cli import console
from pbreports.cli.printing import MARKS
from pbreports.faults import Fault
from pbreports.pipeline.formatting import Checked
from pbreports.values import Severity


def print_checked(checked: Sequence[Checked]) -> None:
    """Print each paper with its faults, the grave ones first, and a line for all."""
    for one in checked:
        print_paper(one)
    if len(checked) > 1:
        right = sum(not one.faults and not one.trouble for one in checked)
        console.say(f"共{len(checked)}份，{right}份没有问题")


def print_paper(one: Checked) -> None:
    """Print one paper: its kind, how many faults of each gravity, each fault."""
    if one.trouble:
        console.warn(one.trouble)
        return
    counted = Counter(fault.severity for fault in one.faults)
    told = "，".join(f"{counted[severity]}个{severity.value}" for severity in Severity if counted[severity])
    pages = f"，共{one.pages}页" if one.pages else ""
    console.say(f"{one.file}（按{one.kind}查{pages}）：{told or '没有问题'}")
    if one.unmeasured:
        console.warn(f"没有量版面：{one.unmeasured}")
    for fault in sorted(one.faults, key=lambda fault: list(Severity).index(fault.severity)):
        console.say(f"  {MARKS[fault.severity]} {fault.code} {fault_line(fault)}")


def fault_line(fault: Fault) -> str:
    """Return a fault as a line: place, what is wrong, how to mend it, how often."""
    place = f"{fault.place}：" if fault.place else ""
    tail = f"（同类共{fault.count}处）" if fault.count > 1 else ""
    return f"{place}{fault.message}{fault.remedy}{tail}"
