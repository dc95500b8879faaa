"""The Python code that compiled templates become, shorter where it calls the program itself."""

from __future__ import annotations

from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

WRITE = "_write"
OWN = frozenset({WRITE, "_bounded", "_concatenated"})
"""Names that only the program writes into compiled templates; no tag that says one of them is accepted."""


class ProgramCode(CodeGenerator):
    """Calls the program's own names without asking the sandbox, and puts out what ``_write`` makes as it is.

    Both happen once for each value of a paper, and would take longer than making the value's markup.
    """

    def visit_Call(  # noqa: N802 - Jinja's name for it
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - Jinja's signature
    ) -> None:
        """Write a call."""
        if _called(node) not in OWN:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for given in node.args:
            self.visit(given, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _called(node) != WRITE:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _called(node) != WRITE:
            super()._output_child_post(node, frame, finalize)


def _called(node: nodes.Expr) -> str:
    """Return the name that a call calls; empty for all else."""
    return node.node.name if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) else ""
