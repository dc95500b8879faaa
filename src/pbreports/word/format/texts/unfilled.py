"""What is left to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pbreports.word.format.paper import Paper
from pbreports.word.format.texts.remarks import Remark, quoted

_TO_FILL = re.compile(r"【待[填补定][^】]*】|(?:×{3,}|[xX]{3,}|_{4,})")


def remarks_on_blanks(paper: Paper) -> Iterator[Remark]:
    """Yield each place that waits to be filled in."""
    for one in paper.paragraphs:
        for match in _TO_FILL.finditer(one.text):
            yield Remark("W-71", one, match.start(), match.end(), quoted(match.group()[:24]))
