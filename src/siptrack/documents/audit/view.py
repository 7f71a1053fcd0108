"""The facts of the page that opens a school year, its year groups and the children to follow among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from siptrack.analysis.ahead_tables import Target
from siptrack.analysis.vocabulary import Course
from siptrack.cycle.audit import Audit
from siptrack.cycle.audit_tables import CarriedOver, Lacking, Lacks, OfCourse, StartOfYear, YearEnd, YearStanding
from siptrack.cycle.missing import without_birthday
from siptrack.documents.child.ahead import grade_at
from siptrack.documents.children import Child, SchoolClass, by_class, by_class_and_marks, class_sizes, hardly
from siptrack.documents.comparisons import Cause, list_causes
from siptrack.documents.findings import Finding, list_findings
from siptrack.documents.gaps import cause_sentence, causes_words
from siptrack.documents.labels import subject_label
from siptrack.documents.people import Person, in_register_order, names_in_print
from siptrack.documents.plan.came import came_in_short
from siptrack.documents.read import Read
from siptrack.documents.written import Written, head_of, term_object
from siptrack.rendering.model import Document
from siptrack.rendering.numbers import plain_number
from siptrack.rendering.ruler import ruler_line
from siptrack.rendering.template import document
from siptrack.rules.model import Rules
from siptrack.school.cells import whole, whole_number
from siptrack.school.tables import rows_of
from siptrack.school.term import Term

_NAMED = 6  # children of a year group who lack something; of more only the number stands there


class ToFollow(NamedTuple):
    """A subject of a child to follow: so many terms on the list, and the targets that are out of reach."""

    label: str
    grade: str
    terms: int
    now: str
    behind: float | None
    targets: Sequence[str]


class ChildToFollow(NamedTuple):
    """A child to follow, whether the record holds an action for it, and its subjects."""

    name: str
    action: bool
    subjects: Sequence[ToFollow]


class ClassToFollow(NamedTuple):
    """Whom to follow of a class of a year group: on the list, some of them early or hardly, or for a target alone."""

    year: str
    name: str
    size: int
    listed: Sequence[ChildToFollow]
    early: Sequence[ChildToFollow]
    hardly: Sequence[ChildToFollow]
    alone: Sequence[ChildToFollow]


class OfYear(NamedTuple):
    """A line of a table: a year group, what is noted beside it, and a cell a subject, None where there is nothing."""

    label: str
    note: str
    cells: Sequence[object]


class ByYear(NamedTuple):
    """A table with a line a year group under the names of the subjects."""

    heads: Sequence[str]
    lines: Sequence[OfYear]


@dataclass(frozen=True)
class YearPage:
    """An audit in the order of its page; with `every`, every subject."""

    audit: Audit
    rules: Rules
    every: bool

    # --- who ----------------------------------------------------------------------------------------------------------

    @cached_property
    def people(self) -> list[Person]:
        """The children of the year."""
        return rows_of(Person, self.audit.frame("on_roll"))

    @property
    def new(self) -> int:
        """How many have no result from before the year."""
        return int((self.audit.frame("on_roll")["new"] == 1).sum())

    @cached_property
    def names(self) -> Mapping[tuple[str, str], str]:
        """The children's names by key and class."""
        return names_in_print(self.people)

    def label(self, subject: str) -> str:
        """A subject in print."""
        return subject_label(subject, self.rules)

    def year(self, year_group: float | None) -> str:
        """A year group in print."""
        return self.rules.years.label(year_group)

    # --- how they stand -----------------------------------------------------------------------------------------------

    @cached_property
    def standing(self) -> list[YearStanding]:
        """How each year group stood, term by term."""
        return rows_of(YearStanding, self.audit.frame("standing"))

    @property
    def terms(self) -> list[Term]:
        """The terms of which that is known, the newest last; one always is."""
        labels = {row.term for row in self.standing}
        both = self.audit.year.before, self.audit.year.now
        return [term for term in both if term is not None and term.label in labels]

    @cached_property
    def subjects(self) -> list[str]:
        """Those side by side: where some make up a combined one these and that one, unless every one is asked for."""
        present = list(dict.fromkeys(row.subject for row in self.standing))
        combined = self.rules.columns.combined
        core = [subject for subject in present if subject in combined or any(subject in of for of in combined.values())]
        return present if self.every else core or present

    @property
    def others(self) -> list[str]:
        """The subjects that stand in no table, in print."""
        left = dict.fromkeys(row.subject for row in self.standing if row.subject not in self.subjects)
        return [self.label(subject) for subject in left]

    def whole_school(self, term: Term) -> list[tuple[str, int, int]]:
        """Each subject with how many are at expectations, of those assessed."""
        at, of = Counter[str](), Counter[str]()
        for row in self.standing:
            if row.term == term.label and row.subject in self.subjects:
                at[row.subject] += row.at_are
                of[row.subject] += row.assessed
        return [(self.label(subject), at[subject], n) for subject, n in of.items() if n]

    def at_are(self, term: Term) -> ByYear:
        """How many are on roll, of each prior attainment, and at expectations."""
        cells: dict[tuple[float | None, str, str], object] = {}
        for year, starts in groupby(rows_of(StartOfYear, self.audit.frame("prior")), lambda start: start.year_group):
            cells[year, "", ""] = [start.children for start in starts]
        for row in self.standing:
            if row.term == term.label and row.assessed:
                cells[row.year_group, "", row.subject] = row
        parts = {key: f"All {len(of)}" for key, of in self.rules.columns.combined.items()}
        heads = [parts.get(subject) or self.label(subject) for subject in self.subjects]
        on_roll = Counter(self.year(person.year_group) for person in self.people)
        lines = self._by_year(["", *self.subjects], cells).lines
        return ByYear(heads, [line._replace(note=str(on_roll[line.label])) for line in lines])

    @property
    def placed(self) -> ByYear:
        """How many are in each working group, those not known last."""
        kinds = [group.attainment.name.lower() for group in self.rules.working_groups.groups.values()]
        rows = [row for row in self.standing if row.term == self.terms[-1].label and row.not_known is not None]
        counts = {
            (row.year_group, "", row.subject): [*(getattr(row, kind) or 0 for kind in kinds), row.not_known]
            for row in rows
        }
        return self._by_year(list(dict.fromkeys(row.subject for row in rows)), counts)

    def _by_year(self, subjects: Sequence[str], cells: Mapping[tuple[float | None, str, str], object]) -> ByYear:
        """The cells by year group, what is noted beside it, and subject."""
        years = dict.fromkeys((year, note) for year, note, _ in cells)
        lines = [
            OfYear(self.year(year), note, [cells.get((year, note, subject)) for subject in subjects])
            for year, note in years
        ]
        return ByYear([self.label(subject) for subject in subjects], lines)

    # --- gaps and targets ---------------------------------------------------------------------------------------------

    @cached_property
    def gaps(self) -> list[Cause]:
        """The clear gaps at the end of the year before, by what they come from."""
        return list_causes(self.audit.end, self.rules) if self.audit.end else []

    @property
    def gaps_in_words(self) -> str:
        """Who was behind whom, and in what."""
        return causes_words([(cause.gaps, cause.behind) for cause in self.gaps])

    @property
    def gap_sentences(self) -> list[str]:
        """The figures of each."""
        small = self.rules.groups.small
        return [cause_sentence(cause.gaps, cause.within, small, cause.same) for cause in self.gaps]

    @property
    def other_gaps(self) -> int:
        """How many comparisons of that term are not among the clear ones."""
        return len(self.audit.end.frame("gaps")) - len(self.audit.frame("gaps")) if self.audit.end else 0

    @cached_property
    def targets(self) -> list[Target]:
        """Every target."""
        return rows_of(Target, self.audit.frame("targets"))

    @cached_property
    def courses(self) -> ByYear:
        """How many are on course for their targets, by year group and the term of the targets."""
        rows = rows_of(OfCourse, self.audit.frame("courses"))
        subjects = list(dict.fromkeys(row.subject for row in rows))
        return self._by_year(subjects, {(row.year_group, row.target_term, row.subject): row for row in rows})

    @cached_property
    def _lines(self) -> list[YearEnd]:
        have = set(self.audit.frame("courses").in_rows("year_group", "subject"))
        rows = rows_of(YearEnd, self.audit.frame("lines"))
        return [row for row in rows if (row.year_group, row.subject) not in have]

    @property
    def lines(self) -> ByYear:
        """Where expectations lie for those without a target, and how many are there already."""
        subjects = list(dict.fromkeys(row.subject for row in self._lines))
        return self._by_year(subjects, {(row.year_group, self._least(row), row.subject): row for row in self._lines})

    @property
    def by_term(self) -> str:
        """The last term of the year."""
        return self._lines[0].by_term

    def _least(self, row: YearEnd) -> str:
        grade = grade_at(self.rules.scales[row.scale], row.line, whole(row.year_group), self.rules)
        return grade or plain_number(row.line)

    @property
    def without_target(self) -> dict[tuple[str, ...], list[str]]:
        """The year groups without a target, by the subjects in which they have none."""
        of_year: dict[str, dict[str, None]] = {}
        for row in self._lines:
            of_year.setdefault(self.year(row.year_group), {})[self.label(row.subject)] = None
        found: dict[tuple[str, ...], list[str]] = {}
        for year, subjects in of_year.items():
            found.setdefault(tuple(subjects), []).append(year)
        return found

    # --- the children -------------------------------------------------------------------------------------------------

    @cached_property
    def carried(self) -> dict[str, list[CarriedOver]]:
        """The children on the list at the end of the year before, each with the subjects."""
        found: dict[str, list[CarriedOver]] = {}
        for row in rows_of(CarriedOver, self.audit.frame("carried_over")):
            found.setdefault(row.pupil, []).append(row)
        return found

    @cached_property
    def behind(self) -> dict[str, dict[str, list[Target]]]:
        """By child and subject the targets that are out of reach at the present rate, or were not met by their term."""
        found: dict[str, dict[str, list[Target]]] = {}
        for row in sorted(self.targets, key=lambda target: target.terms):
            if row.course in (Course.NOT_ON_COURSE, Course.NOT_MET):
                found.setdefault(row.pupil, {}).setdefault(row.subject, []).append(row)
        return found

    @cached_property
    def _findings(self) -> dict[str, tuple[Finding, ...]]:
        """What names each child at the end of the year before."""
        end = self.audit.end
        every, counting = list_findings(end, self.rules) if end else (), self.rules.flags.counting
        found = (finding for finding in every if finding.code in counting)
        return {pupil: tuple(of_child) for pupil, of_child in groupby(found, lambda finding: finding.pupil)}

    @property
    def numbers(self) -> bool:
        """Whether any child on the list has a number."""
        return any(finding.behind is not None for pupil in self.carried for finding in self._findings[pupil])

    @cached_property
    def classes(self) -> list[ClassToFollow]:
        """The children to follow by class, the strongest marks first."""
        children = [
            Child(pupil, self.names[pupil, of_class], whole_number(year), of_class, self._findings.get(pupil, ()))
            for pupil, _, _, year, of_class in self.people
        ]
        children.sort(key=lambda child: in_register_order(child.year_group, child.class_name, child.name))
        chosen = [child for child in children if child.pupil in self.carried or child.pupil in self.behind]
        ranked = sorted(chosen, key=lambda child: by_class_and_marks(child, self.rules))
        return [self._to_follow(of_class) for of_class in by_class(ranked, class_sizes(children))]

    def _to_follow(self, of_class: SchoolClass) -> ClassToFollow:
        on = [child for child in of_class.children if child.pupil in self.carried]
        early = [child for child in on if self.numbers and all(finding.early for finding in child.findings)]
        weakly = [child for child in on if hardly(child, self.rules)]
        return ClassToFollow(
            self.year(of_class.year_group),
            of_class.name,
            of_class.size,
            *(
                [self._follow(child) for child in children]
                for children in (
                    [child for child in on if child not in early and child not in weakly],
                    *(early, weakly, [child for child in of_class.children if child not in on]),
                )
            ),
        )

    def _follow(self, child: Child) -> ChildToFollow:
        """The subjects of a child: those on the list, the strongest marks first, then those with a target alone."""
        targets = dict(self.behind.get(child.pupil, {}))
        found = {finding.subject: finding for finding in child.findings}
        rows = self.carried.get(child.pupil, [])
        listed = []
        for row in rows:
            marks, aims = found[row.subject], [target.target_grade for target in targets.pop(row.subject, ())]
            listed.append(ToFollow(marks.label, row.grade, row.terms, row.now, marks.behind, aims))
        listed.sort(key=lambda subject: -(subject.behind or 0))
        alone = (
            ToFollow(self.label(subject), of[0].grade, 0, "", None, [target.target_grade for target in of])
            for subject, of in targets.items()
        )
        return ChildToFollow(child.name, any(row.actions for row in rows), [*listed, *alone])

    # --- what is missing ----------------------------------------------------------------------------------------------

    @cached_property
    def missing(self) -> list[Lacking]:
        """What the data does not hold, that a year starts without prior attainment apart."""
        return [row for row in rows_of(Lacking, self.audit.frame("missing")) if row.what != Lacks.PRIOR]

    @property
    def no_results(self) -> dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]]:
        """The terms by the year groups that have no result at all in them, each with its subjects."""
        of_term: dict[str, dict[str, list[str]]] = {}
        for row in self.missing:
            if row.what == Lacks.RESULTS and row.children == row.of:
                subjects = of_term.setdefault(row.term, {}).setdefault(self.year(row.year_group), [])
                subjects.append(self.label(row.subject))
        found: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
        for term, years in of_term.items():
            found.setdefault(tuple((year, tuple(subjects)) for year, subjects in years.items()), []).append(term)
        return found

    @property
    def some_results(self) -> dict[str, list[Lacking]]:
        """By term where only some children have none."""
        found: dict[str, list[Lacking]] = {}
        for row in self.missing:
            if row.what == Lacks.RESULTS and row.children != row.of:
                found.setdefault(row.term, []).append(row)
        return found

    @property
    def lacking(self) -> dict[str, list[tuple[Lacking, list[str]]]]:
        """What some children lack, by year group, with their names where they are few."""
        on_roll = self.audit.frame("on_roll")
        lack = {
            Lacks.UPN: on_roll["upn"].filled("") == "",
            Lacks.BIRTH: without_birthday(self.audit.year, on_roll),
        }
        found: dict[str, list[tuple[Lacking, list[str]]]] = {}
        for row in self.missing:
            if row.what in (Lacks.UPN, Lacks.BIRTH):
                flags = zip(self.people, lack[Lacks(row.what)].tolist(), strict=True)
                those = [person for person, lacks in flags if lacks and person.year_group == row.year_group]
                few = those if len(those) <= _NAMED else []
                names = [self.names[person.pupil, person.class_] for person in few]
                found.setdefault(row.what, []).append((row, names))
        return found

    def unrecorded(self, *, everybody: bool) -> list[tuple[str, int]]:
        """The characteristics that are not recorded of some children, or of everybody, and of how many."""
        every = self.rules.groups.characteristics
        return [
            (every[row.characteristic].label, row.children)
            for row in self.missing
            if row.what == Lacks.CHARACTERISTIC and (row.children == row.of) == everybody
        ]


def audit_document(audit: Audit, rules: Rules, *, every: bool) -> Document:
    """The page; `every` asks for every subject, the figures of gaps and targets, and every place of a problem."""
    page = YearPage(audit, rules, every)
    return document(
        "audit/page.jinja",
        ruler_line(rules.ruler),
        page=page,
        year=audit.year,
        came=came_in_short(audit.plan, rules),
        read=Read(audit.register, audit.year.begun, len(page.people), None, audit.filters),
        rules=rules,
        every=every,
    )


def of_an_audit(audit: Audit, rules: Rules) -> Written:
    """What opens a school year."""
    terms = {"term": audit.term, "before": audit.year.before, "now": audit.year.now}
    head = {name: None if term is None else term_object(term) for name, term in terms.items()}
    besides = {"told": audit.with_progress, "leaving": audit.year.leaving}
    return Written("audit", rules, audit, audit.frame, {**head, **head_of(audit)}, besides)
