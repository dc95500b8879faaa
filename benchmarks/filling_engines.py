"""The engines that fill the same paper: ours and docxtpl here, those for Node.js each in a process of its own."""

from __future__ import annotations

import gc
import io
import json
import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import docxtpl
import jinja2
from dialects import BRACES, CARBONE, COMMANDS, JINJA, template
from inspection import Facts
from lxml import etree

from pbreports.ooxml.sealed import seal
from pbreports.word.template import compile_template

FOLDER = Path(__file__).with_name("engines")
STAMP = datetime(2020, 12, 31)  # noqa: DTZ001 - a day of the office, no moment
NODE_DIALECTS = {"docxtemplater": BRACES, "easy-template-x": BRACES, "carbone": CARBONE, "docx-templates": COMMANDS}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STORIES = ("word/header1.xml", "word/footer1.xml", "word/document.xml")


class Engine(Protocol):
    """Something that fills the paper."""

    name: str

    def fill(self, count: int) -> float:
        """Fill so many documents and return the processor time that it took, in seconds."""

    def made(self) -> Iterator[bytes]:
        """Yield what was filled last."""


@dataclass(slots=True)
class InProcess:
    """An engine for Python."""

    name: str
    render: Callable[[Facts], bytes]
    facts: Sequence[Facts]
    _made: list[bytes] = field(default_factory=list, repr=False)

    def fill(self, count: int) -> float:
        """Fill so many documents and return the processor time that it took, in seconds."""
        self._made = []
        gc.collect()
        before = time.process_time()
        for number in range(count):
            self._made.append(self.render(self.facts[number % len(self.facts)]))
        return time.process_time() - before

    def made(self) -> Iterator[bytes]:
        """Yield what was filled last."""
        yield from self._made


@dataclass(slots=True)
class OnNode:
    """An engine for Node.js: ``worker.js`` does as it is told, and times itself."""

    name: str
    folder: Path
    _process: subprocess.Popen[str]

    def fill(self, count: int) -> float:
        """Fill so many documents and return the processor time that it took, in seconds."""
        return float(self._told({"render": count})["seconds"])

    def made(self) -> Iterator[bytes]:
        """Yield what was filled last."""
        made = self.folder / "filled"
        made.mkdir()
        for number in range(self._told({"write": str(made)})["written"]):
            yield (made / f"{number}.docx").read_bytes()
        shutil.rmtree(made)

    def end(self) -> None:
        """End the process."""
        self._process.communicate()

    def _told(self, order: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def ours(facts: Sequence[Facts]) -> InProcess:
    """Return our engine, the template compiled."""
    compiled = compile_template(template(JINJA), name="考察材料.docx")
    return InProcess("pbreports", lambda given: compiled.render(given, stamp=STAMP), facts)


def ours_linked(facts: Sequence[Facts]) -> InProcess:
    """Return our engine as papers are published: each value between hidden bookmarks, the run told in the properties."""
    compiled, custom = compile_template(template(JINJA), name="考察材料.docx"), {"pbreports": "2020"}

    def render(given: Facts) -> bytes:
        return compiled.fill(given, stamp=STAMP, linked=given, custom=custom).data

    return InProcess("pbreports, linked", render, facts)


def by_docxtpl(facts: Sequence[Facts]) -> InProcess:
    """Return docxtpl, which compiles its template each time."""
    data = template(JINJA)

    def render(given: Facts) -> bytes:
        engine = docxtpl.DocxTemplate(io.BytesIO(data))
        engine.render(dict(given), autoescape=True)
        stream = io.BytesIO()
        engine.save(stream)
        return stream.getvalue()

    return InProcess("docxtpl", render, facts)


def the_limit(facts: Sequence[Facts]) -> InProcess:
    """Return what cannot be done without: Jinja filling the same text, and deflating the parts that change.

    The text is the one that docxtpl makes of the template. There is no document to look at in the end.
    """
    engine = docxtpl.DocxTemplate(io.BytesIO(template(JINJA)))
    engine.init_docx()
    sources = [engine.get_xml()]
    for kind in (engine.HEADER_URI, engine.FOOTER_URI):
        sources += [engine.get_part_xml(part) for _, part in engine.get_headers_footers(kind)]
    environment = jinja2.Environment(autoescape=True)
    texts = [environment.from_string(engine.patch_xml(source)) for source in sources]

    def render(given: Facts) -> bytes:
        return b"".join(seal(text.render(given).encode()).packed for text in texts)

    return InProcess("limit", render, facts)


def on_node(name: str, folder: Path, facts: Sequence[Facts]) -> OnNode:
    """Return an engine for Node.js, its process started; what it needs is written into ``folder``."""
    folder.mkdir()
    (folder / "paper.docx").write_bytes(template(NODE_DIALECTS[name]))
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    order = ["node", str(FOLDER / "worker.js"), name, str(folder / "paper.docx"), str(folder / "facts.json")]
    process = subprocess.Popen(order, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return OnNode(name, folder, process)


def install() -> None:
    """Install the engines for Node.js in the versions that ``package-lock.json`` tells, unless they are there."""
    installed, wanted = FOLDER / "node_modules/.package-lock.json", FOLDER / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < wanted.stat().st_mtime:
        npm = str(shutil.which("npm"))
        order = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(order, cwd=FOLDER, check=True)


def texts_in(data: bytes, stories: Sequence[str] = STORIES) -> tuple[str, ...]:
    """Return the texts of a document's paragraphs, header and footer first, but for empty ones.

    carbone leaves an empty paragraph where a condition took its text away.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = [etree.fromstring(archive.read(part)) for part in stories]
    paragraphs = (one for root in roots for one in root.iter(f"{_W}p"))
    texts = ("".join(text.text or "" for text in one.iter(f"{_W}t")) for one in paragraphs)
    return tuple(filter(None, texts))
