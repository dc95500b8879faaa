"""Everything that is decided once for the whole district, so that each workbook tells its part of the same year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pbreports.sample.admissions import Applicant, invite
from pbreports.sample.cadre_people import notable
from pbreports.sample.district import District, Organisation, School, build_district
from pbreports.sample.honours import Honours, award
from pbreports.sample.leaders import SECRETARY, Leader, Term, appoint, set_terms, with_notable_names
from pbreports.sample.membership import Membership, count_members
from pbreports.sample.nominations import GOOD_MEMBER, PEOPLE, Nomination, Nominations, nominate
from pbreports.sample.people import People, Person
from pbreports.sample.plan import PLAN, YEAR
from pbreports.sample.rows import dice
from pbreports.sample.scores import Score, score


@dataclass(frozen=True)
class Story:
    """The district and what happened in it, by organisation code.

    ``clerks`` fill the workbooks in, ``heads`` lead the schools without a branch (both by unit code); ``cadres``
    were inspected for an appointment, ``chiefs`` lead the bureau.
    """

    district: District
    applicants: Mapping[str, tuple[Applicant, ...]]
    members: Mapping[str, Membership]
    terms: Mapping[str, Term]
    leaders: Mapping[str, tuple[Leader, ...]]
    scores: Mapping[str, Score]
    honours: Honours
    nominations: Nominations
    clerks: Mapping[str, Person]
    heads: Mapping[str, Person]
    cadres: tuple[Person, ...]
    chiefs: tuple[Person, ...]

    @property
    def seed(self) -> int:
        """What the random numbers start from."""
        return self.district.seed

    def secretary(self, school: School) -> Leader | None:
        """Return the secretary of a unit's first organisation, ``None`` when it has none."""
        for one in self.district.of(school):
            return next((leader for leader in self.leaders[one.code] if leader.post == SECRETARY), None)
        return None

    def nominee(self, one: Nomination) -> str:
        """Return the name of who is put forward: the branch, of the people the last on its committee."""
        return self.leaders[one.branch.code][-1].person.name if one.kind in PEOPLE else one.branch.name

    def approver(self, school: School) -> Person:
        """Return who approves a unit's report: the secretary, in schools without a branch the head."""
        for one in self.district.of(school):
            return self.leaders[one.code][0].person
        return self.heads[school.code]

    def full_below(self, one: Organisation) -> tuple[int, int]:
        """Return the full and probationary members of an organisation, or of the branches below it."""
        branches = (one,) if one.is_branch else self.district.below(one)
        counts = [self.members[branch.code] for branch in branches]
        return sum(count.full for count in counts), sum(count.probationary for count in counts)

    def serving(self, school: School) -> int:
        """Return the members in service that a unit's branches have."""
        return sum(self.members[one.code].serving for one in self.district.of(school) if one.is_branch)


def tell(seed: int) -> Story:
    """Return the year of a seed."""
    district = build_district(seed)
    people = People(dice(seed, "人名"))
    applicants = invite(district, people)
    members = count_members(district, applicants)
    terms = set_terms(district, members)
    honours = award(district)
    scores = score(district, honours)
    nominations = nominate(district, terms, scores, honours)
    put_forward = [one.branch.code for one in nominations.of_kind(GOOD_MEMBER)]
    return Story(
        district=district,
        applicants=applicants,
        members=members,
        terms=terms,
        leaders=with_notable_names(appoint(district, terms, people), put_forward),
        scores=scores,
        honours=honours,
        nominations=nominations,
        clerks={one.code: people.invent(YEAR - 45, YEAR - 27) for one in district.reporting},
        heads={one.code: people.invent(YEAR - 52, YEAR - 35) for one in district.reporting if not district.of(one)},
        cadres=notable(people.invent(YEAR - 50, YEAR - 33) for _ in range(PLAN.appointed + PLAN.not_appointed)),
        chiefs=tuple(people.invent(YEAR - 55, YEAR - 42) for _ in range(7)),
    )
