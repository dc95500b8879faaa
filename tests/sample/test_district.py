"""The clean sample district through the whole program: its figures are the published ones, and nothing is wrong."""

import json
import shutil
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from pbreports.cli import app
from pbreports.pipeline.running import collect_year, figures_of_year
from pbreports.pipeline.summarising import Summary
from pbreports.pipeline.year import open_year
from pbreports.values import Severity
from pbreports.workspace import open_workspace

DAY = date(2020, 12, 31)

GOLDEN = {
    "市级示范校命名数": (11, "所"),
    "区级示范校命名数": (5, "所"),
    "三年市级示范校数": (32, "所"),
    "三年区级示范校数": (16, "所"),
    "新成立党总支数": (1, "个"),
    "新成立党支部数": (7, "个"),
    "换届涉农镇街党总支数": (7, "个"),
    "换届党支部数": (67, "个"),
    "参评支部数": (151, "个"),
    "第一轮参评支部数": (151, "个"),
    "第二轮参评支部数": (151, "个"),
    "星级评定轮次数": (2, "轮次"),
    "五星级党组织数": (38, "个"),
    "五星级占比": (Fraction(3800, 151), "%"),
    "区级观摩点数": (10, "个"),
    "观摩学校数": (3, "所"),
    "典型发言书记数": (3, "名"),
    "发展党员数": (52, "名"),
    "选拔任用交流干部数": (14, "人"),
    "市级品牌数": (5, "个"),
    "省级先进基层党组织数": (1, "个"),
    "区级创新案例数": (1, "个"),
}


@pytest.fixture(scope="module")
def workspace(collected_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the clean sample, collected."""
    return Path(shutil.copytree(collected_district, tmp_path_factory.mktemp("clean") / "sample"))


@pytest.fixture(scope="module")
def summary(workspace: Path) -> Summary:
    """The figures of the clean sample."""
    return figures_of_year(open_year(open_workspace(workspace, 2020)), DAY)


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_figures(summary: Summary, name: str) -> None:
    """Each published number comes out of the records, on a whole basis."""
    figure = summary.figures[name]
    assert (figure.value, figure.unit) == GOLDEN[name]
    assert figure.reported == figure.expected


def test_no_unit_has_an_error_and_few_a_warning(workspace: Path) -> None:
    """All 110 units pass every rule; the handful of warnings are those a bureau would really get."""
    collected, _ = collect_year(open_year(open_workspace(workspace, 2020)), "", DAY)
    found = Counter(one.severity for one in collected.all_findings())
    assert [str(one) for one in collected.all_findings() if one.severity is Severity.ERROR] == []
    assert 1 <= found[Severity.WARNING] <= 8
    assert len(collected.versions) == 110
    assert not collected.missing


def test_rules_over_the_district_find_nothing(summary: Summary) -> None:
    """Duplicates, totals against the roster, changes against last year and the rating give no findings.

    The program does tell of the one matter for which two bonuses were granted, and that the character which the bureau
    has put into 笔画补充 is a rare one.
    """
    told = sorted((one.code, one.severity) for one in (*summary.findings, *summary.bureau))
    assert told == [("P-10", Severity.NOTICE), ("V-G14", Severity.NOTICE)]


@pytest.mark.parametrize("day", [DAY, date(2021, 6, 1)])
def test_punctuality_rests_on_the_receipts(workspace: Path, day: date) -> None:
    """Who was late does not depend on the day the program is run."""
    figures = figures_of_year(open_year(open_workspace(workspace, 2020)), day).figures
    assert figures["迟报单位数"].value == 4
    assert figures["报送准时率"].value == Fraction(10600, 110)


def test_run_has_nothing_to_mend(workspace: Path) -> None:
    """``run`` on the sample ends with 0 and leaves the summary; ``figures --json`` states the numbers."""
    options = ["-C", str(workspace), "--year", "2020", "--as-of", DAY.isoformat()]
    result = CliRunner().invoke(app, [*options, "run"])
    assert result.exit_code == 0, result.output
    assert list((workspace / "outputs" / "2020" / "文书").glob("*总结*.docx"))
    result = CliRunner().invoke(app, [*options, "figures", "--json"])
    stated = json.loads(result.output)
    shown = {name: value for name, (value, _) in GOLDEN.items()} | {"五星级占比": 25.2}
    assert {name: stated[name]["value"] for name in GOLDEN} == shown
