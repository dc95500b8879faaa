"""The house rules that no linter holds: who reads the clock, who prints, how long a module may grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "pbreports"
MODULES = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 350

# What tells the time or where we are; a parameter of the command line below cli/.
SURROUNDINGS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os.environ",
    "os.environb",
    "os.getcwd",
    "os.getcwdb",
    "os.getenv",
    "pathlib.Path.cwd",
    "pathlib.Path.home",
    "time.asctime",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.strftime",
    "time.time",
    "time.time_ns",
}

# Figures of the sample's scheme. A year with other figures needs no Python, so none may be known here by name.
FIGURES = [
    "市级示范校命名数",
    "区级示范校命名数",
    "三年市级示范校数",
    "三年区级示范校数",
    "新成立党总支数",
    "新成立党支部数",
    "换届涉农镇街党总支数",
    "换届党支部数",
    "参评支部数",
    "星级评定轮次数",
    "五星级党组织数",
    "五星级占比",
    "区级观摩点数",
    "观摩学校数",
    "典型发言书记数",
    "发展党员数",
    "选拔任用交流干部数",
    "市级品牌数",
    "省级先进基层党组织数",
    "区级创新案例数",
]


def name_of(module: Path) -> str:
    """Return a module's path below the package, for the test's name."""
    return module.relative_to(SOURCE).as_posix()


def outside(module: Path, *rooms: str) -> bool:
    """Tell whether a module stands in none of the named rooms."""
    return module.relative_to(SOURCE).parts[0].removesuffix(".py") not in rooms


def each(modules: list[Path]) -> pytest.MarkDecorator:
    """Run a test for every one of the modules."""
    return pytest.mark.parametrize("module", modules, ids=name_of)


def tree_of(module: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(module.read_text(encoding="utf-8"))


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name of a module stands for, dotted in full."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {
                a.asname or a.name.partition(".")[0]: a.name if a.asname else a.name.partition(".")[0]
                for a in node.names
            }
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    return names


def dotted(node: ast.expr, names: dict[str, str]) -> str:
    """Return the full dotted name an expression stands for, empty when it is none."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and (front := dotted(node.value, names)):
        return f"{front}.{node.attr}"
    return ""


def surroundings_read(tree: ast.Module) -> list[str]:
    """Return the places of a module that read the clock, the environment or the current folder."""
    names = imported_names(tree)
    uses = [node for node in ast.walk(tree) if isinstance(node, ast.Name | ast.Attribute)]
    return [f"line {node.lineno}: {dotted(node, names)}" for node in uses if dotted(node, names) in SURROUNDINGS]


def documentable(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Yield the public functions and classes of a body, and the public methods of its classes."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from documentable(node.body)


def is_variant(node: ast.AST) -> bool:
    """Tell whether a function repeats one that is documented elsewhere (an overload, an override, a setter)."""
    decorators = {ast.unparse(decorator).rpartition(".")[2] for decorator in getattr(node, "decorator_list", [])}
    return bool(decorators & {"overload", "override", "setter"})


def texts(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the text constants of a module, without its docstrings."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node


@pytest.mark.parametrize(
    "text",
    [
        "import datetime\ndatetime.date.today()",
        "import datetime as dt\nnow = dt.datetime.now",
        "from datetime import date as day\nday.today()",
        "from datetime import datetime\ndatetime.now(tz=None)",
        "import time\ntime.time()",
        "from time import time\ntime()",
        "import os\nos.environ['X']",
        "from os import environ\nenviron.get('X')",
        "import os.path\nos.getcwd()",
        "from pathlib import Path\nPath.cwd()",
    ],
)
def test_reading_the_surroundings_is_recognised(text: str) -> None:
    """The guard sees through aliases, so that it can fail at all."""
    assert surroundings_read(ast.parse(text))


@each([module for module in MODULES if outside(module, "cli")])
def test_no_module_below_the_command_line_reads_its_surroundings(module: Path) -> None:
    """The day and the folders are parameters below cli/: the same inputs give the same papers on any day."""
    assert surroundings_read(tree_of(module)) == []


@each([module for module in MODULES if outside(module, "cli")])
def test_no_module_below_the_command_line_prints(module: Path) -> None:
    """What staff see is written in cli/ alone, where a GBK console is minded."""
    calls = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]
    assert [node.lineno for node in calls if isinstance(node.func, ast.Name) and node.func.id == "print"] == []


@each(MODULES)
def test_every_public_thing_says_what_it_is(module: Path) -> None:
    """Every public function, class and method carries a docstring."""
    silent = [
        f"line {node.lineno}: {node.name}"
        for node in documentable(tree_of(module).body)
        if ast.get_docstring(node) is None and not is_variant(node)
    ]
    assert silent == []


@each(MODULES)
def test_no_module_outgrows_a_reading(module: Path) -> None:
    """A module longer than this holds a second room; find it."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@each([module for module in MODULES if outside(module, "sample")])
def test_no_figure_is_known_by_name(module: Path) -> None:
    """Figures are declared in the scheme; outside the sample district no text names one."""
    known = [f"line {text.lineno}: {name}" for text in texts(tree_of(module)) for name in FIGURES if name in text.value]
    assert known == []
