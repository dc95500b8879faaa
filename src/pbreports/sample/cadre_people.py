"""Who was inspected for an appointment: what each had studied, where each had worked, and their families."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pbreports.sample.people import MEN, SURNAMES, WOMEN, Person
from pbreports.sample.plan import YEAR
from pbreports.sample.rows import dice
from pbreports.values import YearMonth

MOVING, LEAGUE, OFFICIAL, LONGEST, COLLEGE, LONG, CONFIRMED = 0, 3, 5, 6, 9, 13, 18
"""The numbers of those who are unlike the rest: appointed twice; a civil servant; of a democratic party, with the
shortest resume; with the longest; without a photo; with three years of college; with a long resume; whose probation
ended."""

_NOTABLE = {
    2: Person("刘海燕", "女", "汉族", YearMonth(1984, 11)),
    LEAGUE: Person("孔令哲", "男", "汉族", YearMonth(1985, 7)),
    4: Person("周䶮", "男", "汉族", YearMonth(1972, 8)),
    LONGEST: Person("郭长河", "男", "汉族", YearMonth(1970, 3)),
    7: Person("刘海燕", "女", "汉族", YearMonth(1976, 3)),
    11: Person("古丽娜尔·吐尔逊", "女", "维吾尔族", YearMonth(1982, 12)),
    12: Person("谢喆", "女", "汉族", YearMonth(1979, 4)),
    LONG: Person("萧桂芳", "女", "汉族", YearMonth(1971, 9)),
}
"""Two of one name, a name with a point in the middle, characters that GB 2312 lacks (one of them the stroke table too);
none of these names can be among those that are invented."""

_CONFIRMED = Person("范知行", "男", "汉族", YearMonth(1981, 5))


def notable(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return those inspected, some of them as the lists and forms find it hard, and one whose probation ended."""
    return (*(_NOTABLE.get(number, one) for number, one in enumerate(people)), _CONFIRMED)


# ---------------------------------------------------------------- schooling

_SUBJECTS = (
    ("汉语言文学", "文学", "语文教学"),
    ("数学与应用数学", "理学", "数学教学"),
    ("教育学", "教育学", "学校管理"),
    ("英语", "文学", "英语教学"),
    ("思想政治教育", "法学", "思政教学"),
)
_UNIVERSITIES = ("曲阜师范大学", "山东师范大学")


@dataclass(frozen=True, slots=True)
class Degree:
    """One level of schooling: the form's word for it, the degree (may be empty), the school and subject."""

    word: str
    degree: str
    place: str


@dataclass(frozen=True, slots=True)
class Span:
    """One line of a resume; ``end`` is ``None`` for the post that is held now, ``within`` tells a line of 其间."""

    start: YearMonth
    end: YearMonth | None
    text: str
    within: bool = False

    def holds(self, other: Span) -> bool:
        """Whether another span lies within this one, which has ended."""
        return self.start <= other.start and other.end is not None and self.end is not None and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Schooling:
    """What somebody studied full-time and beside the work, and the lines of the resume that the former makes."""

    full: Degree
    beside: Degree | None
    strength: str
    spans: tuple[Span, ...]

    @property
    def highest(self) -> Degree:
        """The highest level."""
        return self.beside or self.full

    @property
    def ended(self) -> YearMonth:
        """The month in which work began."""
        return self.spans[-1].end or self.spans[-1].start


def schooling(number: int, person: Person) -> Schooling:
    """Return what somebody studied: university, some a master's degree as well, some college and the rest beside."""
    subject, field, strength = _SUBJECTS[number % len(_SUBJECTS)]
    university = _UNIVERSITIES[number % 2]
    entered = YearMonth(person.born.year + 18 + (person.born.month > 8), 9)
    bachelor = Degree("大学", f"{field}学士", f"{university}{subject}专业")
    if number in (MOVING, 12):
        master = Degree("研究生", "教育学硕士", f"{university}课程与教学论专业")
        studied = Span(entered, later(entered, 48), f"{bachelor.place}学习")
        return Schooling(master, None, strength, (studied, Span(later(entered, 48), later(entered, 82), _read(master))))
    if number % 3 == 1 or number == COLLEGE:
        ended = later(entered, 34)
        college = Degree("大专", "", f"{'济宁学院' if ended.year > 2007 else '济宁师范专科学校'}{subject}专业")
        beside = None if number == COLLEGE else replace(bachelor, degree=bachelor.degree if number % 2 else "")
        return Schooling(college, beside, strength, (Span(entered, ended, _read(college)),))
    return Schooling(bachelor, None, strength, (Span(entered, later(entered, 46), _read(bachelor)),))


def _read(level: Degree) -> str:
    return f"{level.place}{'研究生' if level.word == '研究生' else ''}学习"


def later(start: YearMonth, months: int) -> YearMonth:
    """Return the month so many months later."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return YearMonth(year, month + 1)


# ---------------------------------------------------------------- resume

_LADDER = (
    *("教师", "教师、班主任", "教师、少先队辅导员", "教研组长", "年级组长", "教导处干事", "团支部书记"),
    *("教研组长、班主任", "办公室干事", "年级副主任", "年级主任", "总务处副主任", "教科室副主任", "政教处副主任"),
    *("教导处副主任", "教科室主任", "总务处主任", "政教处主任", "办公室主任", "教导处主任", "校长助理"),
)
_BELOW_HEADS = 15
"""How many of these posts stand below the head of a department."""

_OFFICE = ("任城区教育局办公室科员", "任城区教育局基础教育科副科长")
_TRAINED = (
    "在任城区教师进修学校教导主任岗位培训班学习",
    "在任城区教育局基础教育科跟班学习",
)


def career(number: int, learnt: Schooling, schools: Sequence[str], present: str, since: YearMonth) -> tuple[Span, ...]:
    """Return the resume without a gap, from the first full-time study to the post held now.

    ``schools`` are the names of the schools that somebody worked at, the last that of now.
    """
    worked = tuple(_worked(_posts(number, schools, present), learnt.ended, since))
    lines = [*learnt.spans, *worked, Span(since, None, present)]
    for one in _meanwhile(number, learnt, worked):
        around = next(at for at, line in enumerate(lines) if line.holds(one))
        lines.insert(around + 1, one)
    return tuple(lines)


def _posts(number: int, schools: Sequence[str], present: str) -> list[str]:
    if number == OFFICIAL:
        return [f"{schools[0]}教师", *_OFFICE]
    ladder = _LADDER[:_BELOW_HEADS] if present.endswith("处主任") else _LADDER
    count = {LONGEST: len(_LADDER), LONG: 9, LEAGUE: 3}.get(number, 3 + number % 2)
    places = (schools[place * len(schools) // count] for place in range(count))
    return [f"{school}{ladder[place * len(ladder) // count]}" for place, school in enumerate(places)]


def _worked(posts: Sequence[str], begun: YearMonth, since: YearMonth) -> Iterator[Span]:
    """Go through the posts held before, changed at the beginning of a term, about equally long."""
    term = YearMonth(begun.year, 8)
    terms = ((since.year - term.year) * 12 + since.month - term.month) // 6
    starts = [begun, *(later(term, 6 * (place * terms // len(posts))) for place in range(1, len(posts)))]
    for start, end, post in zip(starts, [*starts[1:], since], posts, strict=True):
        yield Span(start, end, post)


def _meanwhile(number: int, learnt: Schooling, worked: Sequence[Span]) -> Iterator[Span]:
    """Go through what was studied beside the work: a degree in the longest span, courses in the long resume."""
    if learnt.beside:
        longest = max(worked, key=_months)
        end = later(longest.start, min(29, _months(longest) - 1))
        yield Span(later(longest.start, 1), end, f"在{learnt.beside.place}函授学习", within=True)
    if number == LONGEST:
        for place, text in zip((9, 14), _TRAINED, strict=True):
            yield Span(later(worked[place].start, 1), later(worked[place].start, 4), text, within=True)


def _months(span: Span) -> int:
    end = span.end or span.start
    return (end.year - span.start.year) * 12 + end.month - span.start.month


# ---------------------------------------------------------------- family

_OLD, _OWN, _YOUNG = "长茂桂凤金银树连喜广", "俊晓冬红彦新", "子梓一泽雨昊佳诗"
"""First characters of given names that nobody else in the district has, so that nobody's relative bears a name of
somebody who stands in a paper."""

_LATE = {4: ("父亲",), LONG: ("父亲", "母亲")}
"""By number the relatives who have died."""


@dataclass(frozen=True, slots=True)
class Relative:
    """One relative: 称谓, name, month of birth, 政治面貌, unit and post."""

    title: str
    name: str
    born: YearMonth
    politics: str
    post: str


_UYGHUR = (
    Relative("丈夫", "艾尼瓦尔·玉素甫", YearMonth(1980, 5), "中共党员", "任城区民族实验中学教师"),
    Relative("女儿", "迪丽拜尔·艾尼瓦尔", YearMonth(2010, 4), "群众", "小学学生"),
    Relative("父亲", "吐尔逊·买买提", YearMonth(1955, 5), "群众", "新疆疏附县退休职工"),
    Relative("母亲", "阿米娜·吾守尔", YearMonth(1957, 11), "群众", "在家务农"),
)
"""The family of one whose people have no surnames."""


def relatives(number: int, person: Person, seed: int) -> Iterator[Relative]:
    """Go through somebody's family: husband or wife, children, parents."""
    if "·" in person.name:
        yield from _UYGHUR
        return
    chance = dice(seed, "亲属", number)
    man, family = person.sex == "男", person.name[0]
    other = chance.choice(SURNAMES.replace(family, ""))

    def called(surname: str, firsts: str, *, male: bool) -> str:
        return surname + chance.choice(firsts) + chance.choice(MEN if male else WOMEN)

    def born(years: int) -> YearMonth:
        return YearMonth(person.born.year + years, chance.randint(1, 12))

    post = chance.choice(("任城区供水服务中心职员", "任城区农业技术推广站职员", "任城区人民医院护师", "个体经营"))
    politics = chance.choice(("中共党员", "群众"))
    spouse = called(other, _OWN, male=not man)
    yield Relative("妻子" if man else "丈夫", spouse, born(chance.randint(-1, 2)), politics, post)
    for place in range(1 + number % 2):
        son = chance.random() < 0.5
        child = born(26 + 5 * place + chance.randint(0, 2))
        name = called(family if man else other, _YOUNG, male=son)
        yield Relative("儿子" if son else "女儿", name, child, _young_politics(child), _young_post(child))
    for title, surname, years in (("父亲", family, -27), ("母亲", chance.choice(SURNAMES), -25)):
        died = "（已去世）" if title in _LATE.get(number, ()) else ""
        name = called(surname, _OLD, male=title == "父亲")
        post = chance.choice(("任城区退休教师", "任城区退休职工", "在家务农"))
        politics = "中共党员" if post.endswith("教师") else "群众"
        yield Relative(title, name, born(years), politics, f"{post}{died}")


def _young_politics(born: YearMonth) -> str:
    return "共青团员" if 15 <= YEAR - born.year <= 27 else "群众"


def _young_post(born: YearMonth) -> str:
    age = YEAR - 1 - born.year
    stages = ((6, "学龄前儿童"), (12, "小学学生"), (15, "初中学生"), (18, "高中学生"), (22, "曲阜师范大学学生"))
    return next((post for oldest, post in stages if age < oldest), "任城区某公司职员")
