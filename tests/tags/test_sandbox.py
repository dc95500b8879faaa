"""A template from outside computes nothing but its text: known escapes, and what would eat time or memory."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import repeat

import pytest
from jinja2.exceptions import SecurityError

from pbreports.tags.bounds import LONGEST_LOOP, LONGEST_TEXT, measured
from pbreports.tags.display import PaperFigure
from pbreports.tags.program import Failed
from pbreports.values import Figure
from tags.programs import problems, run

VALUES = {
    "名": "甲",
    "数": PaperFigure(Figure("数", Decimal(3), "个", 1, 1)),
    "名单": ({"列": "甲"},),
    "日": date(2020, 12, 31),
    "列表": [1, 2],
    "字典": {"a": 1},
}

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ ()|attr('__class__')|attr('__base__')|attr('__subclasses__')() }}",
    "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ {}.__class__.__bases__[0] }}",
    "{{ (1).__class__ }}",
    "{{ 名.__class__.__init__.__globals__ }}",
    "{{ 数.__class__.__init__.__globals__['os'].popen('id').read() }}",
    "{{ 数.__init__.__globals__ }}",
    "{{ 数.figure.__class__ }}",
    "{{ 名单.__class__ }}",
    "{{ 日.__reduce__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os.popen('id').read() }}",
    "{{ namespace.__init__.__globals__.os.popen('id').read() }}",
    "{{ dict.__base__.__subclasses__() }}",
    "{{ dict.mro() }}",
    "{{ dict|attr('mro') }}",
    "{{ range.__class__ }}",
    "{{ range.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum() }}",
    "{{ config.items() }}",
    "{{ request.application.__globals__.__builtins__ }}",
    "{{ request|attr('application')|attr('\\x5f\\x5fglobals\\x5f\\x5f') }}",
    "{{ url_for.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os }}",
    "{{ self }}",
    "{{ __import__('os').system('id') }}",
    "{{ open('/etc/passwd').read() }}",
    "{{ eval('1') }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(数) }}",
    "{{ '{x.__class__}'.format(x=1) }}",
    "{{ '{0[__class__]}'.format('') }}",
    "{{ '{0.__class__}'.format_map({'0': 1}) }}",
    "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "{% set f = '{0.__class__.__mro__}'.format %}{{ f(1) }}",
    "{% set f = ''|attr('format') %}{{ f(1) }}{{ ''|attr('__class__') }}",
    "{{ ('{0.__class__}'|attr('format'))(1) }}",
    "{{ ['{0.__class__}']|map('format', 1)|list }}{{ ''.__class__ }}",
    "{{ '%s'|format(''.__class__) }}",
    "{{ 名单|map(attribute='__class__')|list }}",
    "{{ ['']|map(attribute='__class__.__mro__')|list }}",
    "{{ ['']|map('attr', '__class__')|list }}",
    "{{ ['']|groupby('__class__') }}",
    "{{ ['']|sort(attribute='__class__') }}",
    "{{ ['']|sum(attribute='__class__') }}",
    "{{ ['']|selectattr('__class__')|list }}",
    "{{ ['']|unique(attribute='__class__')|list }}",
    "{{ ['']|max(attribute='__class__') }}",
    "{{ ['']|join(attribute='__class__') }}",
    "{{ (name for name in [1]).gi_frame }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% for a in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for a in [1] %}{{ loop._recurse.__globals__ }}{% endfor %}",
    "{% set ns = namespace() %}{% set ns.__class__ = 1 %}{{ ns.__init__ }}",
    "{{ 列表.append(1) }}",
    "{{ 列表.clear() }}",
    "{{ 列表.pop() }}",
    "{{ 列表.sort() }}",
    "{{ 列表.insert(0, 1) }}",
    "{{ 列表|attr('append')(1) }}",
    "{{ 字典.update(a=2) }}",
    "{{ 字典.pop('a') }}",
    "{{ 字典.setdefault('b', 1) }}",
    "{{ 字典.clear() }}",
    "{{ dict.fromkeys([1]) }}",
    "{{ (1).to_bytes(1000000000, 'big') }}",
    "{{ (1).real }}",
    "{{ 名.encode('utf-16') }}",
    "{{ 名.translate({}) }}",
    "{{ 名.expandtabs(1000000000) }}",
    "{{ _write.__globals__ }}",
    "{{ _bounded.left }}",
    "{{ _concatenated(1) }}",
    "{% set _write = 1 %}",
    "{% set _write.a = 1 %}",
    "{% macro _bounded(a) %}{% endmacro %}",
    "{% call(_write) 名() %}{% endcall %}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% extends 'x' %}",
    "{% block x %}{% endblock %}",
    "{% autoescape false %}{% endautoescape %}",
    "{% do 1 %}",
    "{% debug %}",
    "{% print(1) %}",
    "{{ 名|tojson }}",
    "{{ 名|pprint }}",
    "{{ 名|xmlattr }}",
    "{{ 名|urlize }}",
    "{{ [1]|random }}",
]

BOMBS = [
    f"{{{{ range({LONGEST_LOOP + 1}) }}}}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) if false %}{% endfor %}{% endfor %}",
    "{% for a in range(9) recursive %}{{ loop(range(9)) }}{% endfor %}",
    "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    f"{{{{ '甲' * {LONGEST_TEXT + 1} }}}}",
    f"{{{{ {LONGEST_TEXT + 1} * '甲' }}}}",
    "{{ [1] * 99999999 }}",
    "{{ 'a' * 1000 * 1000 * 1000 }}",
    "{% set ns = namespace(a='甲') %}{% for i in range(60) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
    "{% set ns = namespace(a='甲') %}{% for i in range(60) %}{% set ns.a = ns.a + ns.a %}{% endfor %}",
    "{% set ns = namespace(a=[1]) %}{% for i in range(60) %}{% set ns.a = ns.a + ns.a %}{% endfor %}",
    "{% set ns = namespace(a=9) %}{% for i in range(60) %}{% set ns.a = ns.a * ns.a %}{% endfor %}",
    "{% set ns = namespace(a='甲') %}{% for i in range(60) %}{% set ns.a = ns.a|replace('甲', '甲甲甲') %}{% endfor %}",
    "{% set ns = namespace(a='甲') %}{% for i in range(60) %}{% set ns.a = ns.a.replace('甲', '甲甲甲') %}{% endfor %}",
    "{% set ns = namespace(a='甲') %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a]|join(ns.a) %}{% endfor %}",
    "{% set ns = namespace(a='甲') %}{% for i in range(60) %}{% set ns.a = ns.a.join([ns.a, ns.a]) %}{% endfor %}",
    "{{ 2 ** 99999999 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ '%999999999d'|format(1) }}",
    "{{ '%*d'|format(999999999, 1) }}",
    "{{ '%.999999999f'|format(1) }}",
    "{{ '%(a)999999999d'|format(a=1) }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '{:999999999}'.format(1) }}",
    "{{ '{:{}}'.format(1, 999999999) }}",
    "{{ '{:.999999999f}'.format(1.5) }}",
    "{{ '甲'.ljust(999999999) }}",
    "{{ '甲'.center(999999999) }}",
    "{{ '1'.zfill(999999999) }}",
    "{{ '甲'|center(999999999) }}",
    "{{ '甲'|indent(999999999) }}",
    "{{ [1]|batch(999999999, 0)|list }}",
    "{{ [1]|slice(999999999)|list }}",
    "{{ 1.5|round(999999999, 'ceil') }}",
    "{{ 日.strftime('%999999999d') }}",
    "{{ ('甲' * 1000000)|wordwrap(1, wrapstring='甲' * 1000000) }}",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_known_escapes_are_refused_with_their_place(text: str) -> None:
    """Each is told with the tag's place, when the template is read or when it is filled; nothing is computed."""
    before = repr(VALUES)
    found = problems(text)
    if not found:
        with pytest.raises(Failed) as failed:
            run(text, **VALUES)
        found = list(failed.value.problems)
    assert all(
        each.place.spot.startswith("第") and each.code in {"T-05", "T-07", "T-08", "T-10", "T-11"} for each in found
    )
    assert repr(VALUES) == before


@pytest.mark.parametrize("text", BOMBS)
def test_what_would_never_end_is_refused_with_its_place(text: str) -> None:
    """Loops, macros, operators, filters and methods make no more than papers need."""
    with pytest.raises(Failed) as failed:
        run(text, **VALUES)
    (found,) = failed.value.problems
    assert found.place.spot.startswith("第")
    assert found.code in {"T-11", "T-12"}


@pytest.mark.parametrize("text", ["{{ ''|attr('__class__') }}", "{{ ''.__class__ }}", "{{ 未知.__class__.x }}"])
def test_blank_mode_opens_nothing(text: str) -> None:
    """What is forbidden is forbidden there, too."""
    with pytest.raises(Failed):
        run(text, blank=True, **VALUES)


def test_no_value_becomes_markup() -> None:
    """Neither ``safe`` nor a filter lets a value's own angle brackets out."""
    assert run(
        "{{ x|safe }}{{ x|forceescape }}{{ (x|safe) ~ '<' }}{{ [x|safe]|join('<') }}", x="<b>"
    ) == "&lt;b>" * 2 + ("&lt;b>&lt;" + "&lt;b>")


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("甲{{ 名 }}{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "第2处"),
        ("{{ " + "not " * 5000 + "1 }}", "第1处"),
        ("{{ 1" + "+1" * 5000 + " }}", "第1处"),
        ("{{ a" + "|list" * 3000 + " }}", "第1处"),
        ("{{ 9" + "9" * 5000 + " }}", "第1处"),
        ("{% for a in [1] %}" * 25 + "{{ a }}" + "{% endfor %}" * 25, "第26处"),
        ("{% if 1 %}" + "{% elif 1 %}" * 3000 + "{% endif %}", "第2处"),
    ],
)
def test_what_is_nested_too_deeply_is_refused_with_its_place(text: str, spot: str) -> None:
    """No source is too much for the reader itself."""
    assert [(each.code, each.place.spot) for each in problems(text)] == [("T-12", spot)]


def test_an_output_without_end_is_refused() -> None:
    """Long literal text in many rounds is stopped before it fills the memory."""
    with pytest.raises(SecurityError, match="文字太长"):
        for _ in measured(repeat("甲" * LONGEST_TEXT)):
            pass


def test_empty_pieces_end_no_output() -> None:
    """However many values are empty, what stands behind them is printed."""
    assert run("{% for a in range(2000) %}{{ '' }}{% endfor %}甲") == "甲"


def test_what_papers_need_is_not_refused() -> None:
    """Ten thousand rows of twenty columns are far from any bound."""
    text = "{% for a in range(10000) %}{% for b in range(20) %}{% endfor %}{% endfor %}{{ '甲' * 1000 }}{{ 2 ** 20 }}"
    assert run(text) == "甲" * 1000 + "1048576"
