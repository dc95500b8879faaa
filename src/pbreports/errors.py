"""What stops the program: one sentence saying where, what and how to mend it.

A school's mistake is never raised, it is a ``Finding`` value. A fault of this program keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence


class PbreportsError(Exception):
    """Something outside the program stops it; shown to staff as one sentence, exit code 2."""

    def __init__(self, where: str, what: str, remedy: str = "") -> None:
        super().__init__(where, what, remedy)
        self.where = where
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return sentence(self.where, self.what, self.remedy)


class SchemeError(PbreportsError):
    """The year's declaration holds mistakes; all of them are named, each with file and line."""

    def __init__(self, problems: Sequence[PbreportsError]) -> None:
        super().__init__("方案", f"有{len(problems)}处错误", "请逐条改正后重试")
        self.problems = tuple(problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems]
        return "\n".join([super().__str__(), *lines])


class WorkspaceError(PbreportsError):
    """A folder or file of the workspace is missing, locked or cannot be written."""


class WorkbookError(PbreportsError):
    """A workbook cannot be read at all (not a workbook, encrypted, too large, hostile)."""

    def __init__(self, where: str, what: str, remedy: str = "", *, code: str = "F-01") -> None:
        super().__init__(where, what, remedy)
        self.code = code


class TemplateError(PbreportsError):
    """A paper's template cannot be filled."""


class LedgerError(PbreportsError):
    """The ledger file cannot be opened or belongs to another program."""


def sentence(where: str, what: str, remedy: str = "") -> str:
    """Return where, what and remedy joined into one Chinese sentence."""
    text = f"{where}：{what}" if where else what
    if remedy:
        text += f"，{remedy}"
    return text if text.endswith(("。", "！", "？")) else text + "。"
