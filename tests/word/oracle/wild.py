"""Random templates whose tags stand anywhere: control tags across runs and paragraphs, loops over rows and cells.

They are well formed as docxtpl needs them, so that docxtpl itself says what must come out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from word.oracle.case import Case
from word.oracle.markup import box, note, note_mark, p, r, tbl, tc, tr

_LOOKS = ("", "<w:b/>", "<w:i/>")
_WIDE = '<w:gridSpan w:val="2"/>'


def wild_text(seed: int) -> Case:
    """Return a template of paragraphs, a table between them now and then, whose blocks begin and end anywhere."""
    chance = random.Random(seed)
    body, runs = "", []
    for token in ("头", *_tokens(chance, 2), "尾"):
        runs += _cut(chance, token)
        if chance.random() < 0.35:
            body += p(*runs)
            runs = []
            body += tbl(("格", "{{ n }}"), columns=2) if chance.random() < 0.15 else ""
    values = {"a": chance.randint(0, 1), "b": chance.randint(0, 1), "n": chance.choice((1, "文"))}
    return Case("随机", "tags anywhere", body + p(*runs), {**values, "表": list(range(chance.randint(0, 2)))})


def held(case: Case, holder: str) -> Case:
    """Return the case in a ``cell``, ``header``, ``footnote``, text ``box``, ``old box`` or content ``control``."""
    body, parts = case.body, {}
    if holder == "cell":
        body = tbl(tr(tc(body, "<w:p/>"), "邻"), columns=2)
    elif holder == "box":
        body = p("前", box(body), "后")
    elif holder == "old box":
        frame = f"<v:textbox><w:txbxContent>{body}</w:txbxContent></v:textbox>"
        body = p("前", r(inside=f'<w:pict><v:shape id="旧">{frame}</v:shape></w:pict>'), "后")
    elif holder == "control":
        body = f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>"
    elif holder == "header":
        body, parts = p("文"), {"header-default": body}
    else:
        body, parts = p("文", note_mark(1)), {"footnotes": note(1).replace(p(), body)}
    return Case(case.name, case.feature, body, case.values, parts)


def wild_table(seed: int) -> Case:
    """Return a template of one table: rows and cells in loops and choices, with grounds, widths and merges."""
    chance = random.Random(seed)
    body = tbl(tr("头"), *_rows(chance, 2, ("n",), in_loop=False), columns=chance.randint(1, 4))
    values = {"a": chance.randint(0, 1), "b": chance.randint(0, 1), "n": 1, "色": "ABCDEF", "宽": chance.randint(1, 3)}
    lists = {"表": list(range(chance.randint(0, 2))), "列": list("pqr")[: chance.randint(0, 3)]}
    return Case("随机", "rows and cells anywhere", body, {**values, **lists})


def _tokens(chance: random.Random, depth: int) -> Iterator[str]:
    for _ in range(chance.randint(1, 3)):
        kind = chance.random() if depth else 1
        if kind < 0.25:
            yield f"{{% if {chance.choice('ab')} %}}"
            yield from _tokens(chance, depth - 1)
            if chance.random() < 0.4:
                yield "{% else %}"
                yield from _tokens(chance, depth - 1)
            yield "{% endif %}"
        elif kind < 0.5:
            yield "{% for x in 表 %}"
            yield from _tokens(chance, depth - 1)
            yield "{% endfor %}"
        else:
            yield chance.choice(("{{ n }}", "{{ n ~ '；' }}", "甲", "乙", "丙 ", "丁&"))


def _cut(chance: random.Random, token: str) -> list[str]:
    """Return a token as one run or two, of any look."""
    place = chance.randint(1, len(token)) if chance.random() < 0.4 else len(token)
    return [r(piece, chance.choice(_LOOKS)) for piece in (token[:place], token[place:]) if piece]


def _rows(chance: random.Random, depth: int, names: tuple[str, ...], *, in_loop: bool) -> list[str]:
    found: list[str] = []
    for _ in range(chance.randint(1, 2)):
        kind = chance.random() if depth else 1
        if kind < 0.4:
            inner = _rows(chance, depth - 1, (*names, "x"), in_loop=True)
            found += [_tag_row(chance, "for x in 表"), *inner, _tag_row(chance, "endfor")]
        elif kind < 0.55:
            inner = _rows(chance, depth - 1, names, in_loop=in_loop)
            found += [_tag_row(chance, "if a"), *inner, _tag_row(chance, "endif")]
        else:
            gap = chance.choice(("", "", '<w:gridBefore w:val="1"/>'))
            found.append(tr(*_cells(chance, 2, names, in_loop=in_loop), props=gap))
    return found


def _tag_row(chance: random.Random, source: str) -> str:
    tag = f"{{%tr {source} %}}"
    return tr(*chance.choice(((tag,), (tag, ""), ("", tag))))


def _cells(
    chance: random.Random, depth: int, names: tuple[str, ...], *, in_loop: bool, side: bool = False
) -> list[str]:
    found: list[str] = []
    for _ in range(chance.randint(1, 2)):
        kind = chance.random() if depth else 1
        if kind < 0.25:
            inner = _cells(chance, depth - 1, (*names, "y"), in_loop=in_loop, side=True)
            found += [tc("{%tc for y in 列 %}"), *inner, tc("{%tc endfor %}")]
        elif kind < 0.4:
            inner = _cells(chance, depth - 1, names, in_loop=in_loop, side=side)
            found += [tc("{%tc if b %}"), *inner, tc("{%tc endif %}")]
        else:
            found.append(_cell(chance, names, in_loop=in_loop, side=side))
    return found


def _cell(chance: random.Random, names: tuple[str, ...], *, in_loop: bool, side: bool) -> str:
    """Return a cell of texts and values, perhaps with a ground, a width or a merge; ``side`` in a loop over cells."""
    parts = ("甲", "乙", f"{{{{ {chance.choice(names)} }}}}", "{% if a %}是{% endif %}")
    text = "".join(chance.choices(parts, k=2))
    marks = [(text, ""), (text, _WIDE), (f"{{% cellbg 色 %}}{text}", ""), (f"{{% colspan 宽 %}}{text}", _WIDE)]
    marks += [(f"{{% vm %}}{text}", "")] if in_loop else []
    marks += [(f"{{% hm %}}{text}", _WIDE)] if side else []
    told, props = chance.choice(marks)
    return tc(told, props=props)
