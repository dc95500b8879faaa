"""A workspace in which candidates are inspected: the sample's workbook and forms, whole or of a few, and the commands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from click.testing import CliRunner, Result

from pbreports.cli import app
from pbreports.excel.bureau import bureau_workbook
from pbreports.sample.bureau_cadres import cadre_workbook
from pbreports.sample.cadre_forms import form_files
from pbreports.sample.rows import Sheets
from pbreports.sample.story import tell
from pbreports.scheme import Scheme, load_scheme
from pbreports.workspace import Workspace

YEAR = 2020
DAY = "2020-12-31"
STORY = tell(YEAR)
BOOK = "干部考察"
FEW = ("KC202003", "KC202008", "KC202005", "KC202012", "KC202015")
"""Two of one name, a rare character, a point in the name, one who was not appointed; the first three are one batch."""


def rows_of(codes: Sequence[str] = ()) -> Sheets:
    """Return the sample's rows, those of some candidacies where codes are given; what belongs to a batch stays."""
    sheets = cadre_workbook(STORY)
    if not codes:
        return sheets
    return {name: [row for row in rows if row.get("候选人编号") in (None, *codes)] for name, rows in sheets.items()}


def changed(sheets: Sheets, sheet: str, code: str, **fields: object) -> Sheets:
    """Return the rows with the first of a candidacy's in a sheet changed."""
    rows = list(sheets[sheet])
    place = next(place for place, row in enumerate(rows) if row["候选人编号"] == code)
    rows[place] = {**rows[place], **fields}  # type: ignore[dict-item]
    return {**sheets, sheet: rows}


def column(sheets: Sheets, sheet: str, field: str) -> list[str]:
    """Return what stands in a column, blanks left out."""
    return [str(row[field]) for row in sheets[sheet] if row.get(field) is not None]


@dataclass(frozen=True)
class Cabinet:
    """The workspace and the command line on it; everything is read in this process."""

    root: Path

    @property
    def workspace(self) -> Workspace:
        """Where things stand."""
        return Workspace(self.root, YEAR)

    @property
    def book(self) -> Path:
        """The inspection's workbook."""
        return self.workspace.private_workbook(BOOK)

    @property
    def outputs(self) -> Path:
        """What is written about candidates."""
        return self.workspace.private_outputs

    @cached_property
    def scheme(self) -> Scheme:
        """The year's declaration as it stands."""
        return load_scheme(self.workspace.scheme)

    def put(self, sheets: Sheets) -> None:
        """Write the inspection's workbook."""
        self.book.write_bytes(bureau_workbook(self.scheme, self.scheme.bureau[BOOK], sheets))

    def put_forms(self, sheets: Sheets) -> None:
        """Write the forms of the candidates in some rows, as bureaus have them."""
        for name, data in form_files(STORY, sheets).items():
            path = self.workspace.inputs / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def run(self, *arguments: str, env: Mapping[str, str] | None = None, typed: str | None = None) -> Result:
        """Return what a command said and its exit code."""
        shared = ["-C", str(self.root), "--year", str(YEAR), "--as-of", DAY, "--jobs", "0"]
        return CliRunner().invoke(app, [*shared, *arguments], env=env, input=typed)

    def cadre(self, *arguments: str, env: Mapping[str, str] | None = None, typed: str | None = None) -> Result:
        """Return what a command about candidates said and its exit code."""
        return self.run("cadre", *arguments, env=env, typed=typed)

    def keep(self, name: str, result: Result) -> None:
        """Keep what a command said as a file of the workspace, so that it can be searched."""
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        (self.root / "屏幕").mkdir(exist_ok=True)
        (self.root / "屏幕" / f"{name}.txt").write_text(result.output, encoding="utf-8")

    def papers(self, kind: str = "") -> list[str]:
        """Return the names of the papers, those of one kind where it is named."""
        found = (path for path in self.outputs.glob(f"{kind or '*'}/*") if path.suffix in (".docx", ".xlsx"))
        return sorted(path.name for path in found)

    def files(self) -> dict[str, bytes]:
        """Return every file below the inspection's outputs but the lock, with what it holds."""
        found = (path for path in self.outputs.rglob("*") if path.is_file() and path.suffix != ".lock")
        return {path.relative_to(self.outputs).as_posix(): path.read_bytes() for path in found}


def good(result: Result) -> Result:
    """Return a result that ended well, else fail with what was said."""
    assert result.exit_code == 0, f"{result.output}{result.exception!r}"
    return result
