"""What the rules are once loaded: frozen, typed, and pure; the analysis sees these and never a YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from siptrack.school.actions import ActionRules
from siptrack.school.ages import AgeRules
from siptrack.school.codes import FlagCode
from siptrack.school.evidence import EvidenceRules
from siptrack.school.groups import GroupRules
from siptrack.school.meeting import MeetingRules
from siptrack.school.national import National
from siptrack.school.place import Mark
from siptrack.school.plan import PlanRules
from siptrack.school.problem import Severity
from siptrack.school.provision import ProvisionRules
from siptrack.school.questions import QuestionRules
from siptrack.school.review import ReviewRules
from siptrack.school.scale import Bridge, Citation, Scale, SpecialCode
from siptrack.school.sharing import Sharing
from siptrack.school.teaching import TeachingRules
from siptrack.school.term import Season
from siptrack.school.working_groups import WorkingGroups

_SHORT = 2  # a code of so many characters stands close behind its year group


class KeyStage(NamedTuple):
    """A run of year groups that ends in a national assessment."""

    name: str
    label: str
    years: range


class BirthdayRules(NamedTuple):
    """Which year group a birthday fits: that of the school year which began, in `month`, at `age` for Reception.

    A child may be up to `out_of_year` year groups from it and taught so; further is a slip. Where more than `share`
    percent of a sheet's children, and `least` of them, are equally far from it, the sheet is of another year.
    """

    month: int
    age: int
    out_of_year: int
    share: float
    least: int


class YearRules(NamedTuple):
    """The year groups of a primary school, how they are written, and the windows over which progress is measured.

    `spellings` may stand anywhere, `cells` only where nothing but a year group can be meant.
    A term is judged when more than `share` percent as many children have a result in it as in the year before it.
    `year_begins` is how many terms before the term judged the progress of this year begins.
    """

    lowest: int
    highest: int
    labels: Mapping[int, str]
    spellings: Mapping[str, int]
    cells: Mapping[str, int]
    prefixes: tuple[str, ...]
    key_stages: tuple[KeyStage, ...]
    shortest_window: int
    year_begins: Mapping[Season, int]
    share: float
    ages: range
    birthdays: BirthdayRules

    def label(self, year_group: float | None) -> str:
        """`Year 5`, `Reception`, or `year group not known`."""
        if year_group is None:
            return "Year group not known"
        return self.labels.get(int(year_group), f"Year {int(year_group)}")

    def fitting(self, born: str, academic_year: int) -> int | None:
        """The year group that fits a date of birth, as 2015-03-01, in a school year; None where there is no date."""
        if not born:
            return None
        year, month = map(int, born.split("-")[:2])
        return academic_year - (year - (month < self.birthdays.month)) - 1 - self.birthdays.age

    def named_grade(self, year_group: int, code: str) -> str:
        """A grade with the year group whose work it is of: `3At`, `3 On track`, `Reception At`."""
        if len(code) <= _SHORT and year_group > 0:
            return f"{year_group}{code}"
        return f"{self.labels.get(year_group, year_group)} {code}"

    def key_stage(self, year_group: int) -> KeyStage | None:
        """The key stage that a year group is in."""
        return next((stage for stage in self.key_stages if year_group in stage.years), None)


class Subject(NamedTuple):
    """A subject: its key in tables, and its label in print.

    Its results may be the baseline of those it `stands_for` that have none. `judged_by_test`: progress rests on tests
    before judgements. `holds`: the subjects that it is made of, so that `English Reading` is reading.
    """

    key: str
    label: str
    headings: tuple[str, ...]
    stands_for: tuple[str, ...] = ()
    judged_by_test: bool = False
    holds: tuple[str, ...] = ()


class AssessmentPoint(NamedTuple):
    """A national assessment which fixes the year group and season of its results."""

    key: str
    headings: tuple[str, ...]
    year_group: int
    season: Season


class Maker(NamedTuple):
    """Who made a test, and the subject of a test that has only one; empty for none."""

    headings: tuple[str, ...]
    subject: str = ""


class OtherWords(NamedTuple):
    """Words that make a column something other than a result, and what it `says`; `named`: it may hold results."""

    headings: tuple[str, ...]
    says: str
    named: bool = False


class HeadingWords(NamedTuple):
    """The words of a heading beside its subject and term.

    `settled` words mark the judgement that stands, of two that say the same; `states` leave them alike.
    """

    makers: Mapping[str, Maker]
    other: Mapping[str, OtherWords]
    raw: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    about_pupil: tuple[str, ...] = ()


class ProvisionHeadings(NamedTuple):
    """The headings of each column of a sheet of provision, and which of these columns tell such a sheet.

    `starts_in` is the season in which what starts in a month starts.
    """

    headings: Mapping[str, tuple[str, ...]]
    tells: frozenset[str]
    starts_in: Mapping[int, Season]


class NumberedTerms(NamedTuple):
    """The seasons of terms that are only counted; `counted` is how many a year has, 0 where the files tell.

    `words` stand before the number.
    """

    words: tuple[str, ...]
    counted: int
    three: tuple[Season, ...]
    six: tuple[Season, ...]


class LabelWords(NamedTuple):
    """The words of the labels of sums and of groups' rows.

    `telling` are in no child's name; `others` in some, `forenames` among them; `titles` stand before a teacher's name;
    one of `nameless` and a figure is a child whose name was taken out; `pivot` and `counted` are a spreadsheet's words
    in a pivot table.
    """

    telling: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    forenames: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    nameless: tuple[str, ...] = ()
    pivot: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


class DateForms(NamedTuple):
    """How a date is written, and the years of which a day may stand as the number that a spreadsheet gives it."""

    formats: tuple[str, ...]
    numbered_years: range = range(0)


class LimitWords(NamedTuple):
    """What stands before or after a score that is written as a limit only, such as the sign in <70.

    `way` is -1 where the child's score is at most that, 1 where at least; `beyond` is 1 where it is not that score
    itself, else 0; `sign` is how such a score is printed.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    sign: str
    way: int
    beyond: int


class ColumnRules(NamedTuple):
    """How headings and the plain words of a sheet are understood.

    `crosses` are ticks that mean no beside one of the `tick_signs`. `order_marks` says of a mark behind a grade which
    way it orders within the band, -1 lower and 1 higher; `grade_marks` are the marks that say nothing of that;
    `no_mark` the reasons for no mark that hold on every scale; `standing` what says that an earlier judgement stands.
    """

    roles: Mapping[str, tuple[str, ...]]
    passed_over: tuple[str, ...]
    subjects: Mapping[str, Subject]
    combined: Mapping[str, tuple[str, ...]]
    seasons: Mapping[Season, tuple[str, ...]]
    season_codes: Mapping[Season, tuple[str, ...]]
    months: Mapping[int, tuple[str, ...]]
    numbered_terms: NumberedTerms
    season_months: Mapping[int, Season]
    date_formats: DateForms
    whole_year: Season
    assessment_points: tuple[AssessmentPoint, ...]
    result_words: tuple[str, ...]
    target_words: tuple[str, ...]
    heading_words: HeadingWords
    test_words: tuple[str, ...]
    judgement_words: tuple[str, ...]
    scale_order: tuple[str, ...]
    ticked: tuple[str, ...]
    unticked: tuple[str, ...]
    crosses: tuple[str, ...]
    tick_signs: tuple[str, ...]
    grade_marks: tuple[str, ...]
    order_marks: Mapping[str, int]
    limits: tuple[LimitWords, ...]
    no_mark: tuple[SpecialCode, ...]
    standing: SpecialCode | None
    no_upn: tuple[str, ...]
    blank: tuple[str, ...]
    broken: tuple[str, ...]
    totals: tuple[str, ...]
    left: tuple[str, ...]
    school_words: tuple[str, ...]
    day_formats: tuple[str, ...]
    provision: ProvisionHeadings
    labels: LabelWords


class HeadingRule(NamedTuple):
    """What a heading means, stated outright: by a known export, or by the school in siptrack.yaml.

    `kind` is role, characteristic, subject, target or ignored; `name` which one, or why it is ignored.
    """

    heading: str
    kind: str
    name: str
    term: str = ""
    scale: str = ""


class KnownExport(NamedTuple):
    """A layout that a system writes, recognised when all its `headings` are there, and one that fits its `pattern`."""

    key: str
    label: str
    headings: tuple[str, ...]
    meanings: tuple[HeadingRule, ...]
    pattern: str = ""


class FlagRule(NamedTuple):
    """One flag: what it means, what to do, whether it counts towards 'too many flagged', and where its rule stands.

    A flag that is not `active` is not looked for. `terms_cited` is where its number of terms comes from, if it has one;
    `months` is how many months behind a child may be.
    """

    code: str
    meaning: str
    remedy: str
    counts: bool
    active: bool
    terms: int
    source: str
    place: Mark
    terms_cited: Citation | None = None
    months: int = 0
    months_cited: Citation | None = None


class FlagRules(NamedTuple):
    """All flags in order of importance, and the percent of a year group above which the rule may be wrong."""

    flags: Mapping[str, FlagRule]
    too_many: float

    @property
    def behind_own_age(self) -> FlagRule:
        """The rule of a reading or spelling age behind the child's own."""
        return self.flags[FlagCode.BEHIND_OWN_AGE]

    @property
    def counting(self) -> frozenset[str]:
        """The codes of the flags that say insufficient progress, by which a child is on the list."""
        return frozenset(code for code, rule in self.flags.items() if rule.counts)


class CheckRule(NamedTuple):
    """One question that `siptrack check` may ask of judgements; `share` is the percent of children that raises it."""

    code: str
    meaning: str
    question: str
    active: bool
    share: float
    source: str
    place: str


class PageRules(NamedTuple):
    """How many sentences, causes of gaps and so on a page names before the rest are counted.

    `behind` are children under a question about judgements.
    """

    in_short: int
    causes: int
    changes: int
    classes: int
    behind: int


class ForecastRules(NamedTuple):
    """When children are comparable, from how many on a forecast is made, and the percent of them its run holds.

    `similar` is how many of the scale's steps apart two starts may lie; `drawn` of how many children the school's mean
    chance counts for, beside those who tell a chance.
    """

    comparable: int
    similar: float
    holds: float
    drawn: float


class MatchingRules(NamedTuple):
    """When rows of several files are one child's; shares lie between 0 and 1.

    `shared`: of the smaller of two sources, the names that the other has too, from which a name in a year group tells
    a child; `least`: how many names in common that takes; `most`: a majority of a class, or of numbers compared;
    `alike`: two names to ask about; `taken`: two names taken for one child between sources that share the others;
    `found`: of one source's children in another, below which a first line says so; `turnover`: of children in one of
    two terms' files alone, above which one does; `strangers`: names in common up to which two files of one subject and
    term are of other children; `several`: rows of one number without names in one sheet, from which it is of several.
    """

    shared: float
    least: int
    most: float
    alike: float
    taken: float
    found: float
    turnover: float
    strangers: float
    several: int


class SchoolsRules(NamedTuple):
    """Between which `limits`, inner and outer, schools that differ by chance alone lie, in percent of cases.

    `together_from` is of how many schools on each is set beside the others.
    """

    limits: tuple[float, float]
    together_from: int


class TrendRules(NamedTuple):
    """How many years back a gap is followed, and of how many years a year group's cohorts are pooled at most."""

    years_followed: int
    years_pooled: int


class ProblemRule(NamedTuple):
    """One kind of oddity: its severity, meaning, usual causes and remedy.

    `alarm`: it may make the whole report wrong and stands in its first lines, in these words where there are several.
    """

    code: str
    severity: Severity
    meaning: str
    causes: str
    remedy: str
    alarm: str = ""


class RuleFile(NamedTuple):
    """A rule file that was in force, by name and hash."""

    name: str
    sha256: str


class Ruler(NamedTuple):
    """The rules in force, so that a result can be cited with the rules that it was judged by."""

    sha256: str
    files: tuple[RuleFile, ...]


class Change(NamedTuple):
    """One rule that is not what it was: its file, the names that lead to it, and what it said before and says now.

    `before` or `now` is None where there was or is no such rule; of a list of `words` they are those gone and come.
    """

    file: str
    path: tuple[str, ...]
    before: str | None
    now: str | None
    words: bool = False


class Rules(NamedTuple):
    """Everything that is a rule and not a program; `own_scales` are those that the school added."""

    scales: Mapping[str, Scale]
    own_scales: frozenset[str]
    bridges: tuple[Bridge, ...]
    checks: Mapping[str, CheckRule]
    evidence: EvidenceRules
    forecasts: ForecastRules
    matching: MatchingRules
    trends: TrendRules
    meeting: MeetingRules
    enquiry: QuestionRules
    actions: ActionRules
    working_groups: WorkingGroups
    years: YearRules
    columns: ColumnRules
    groups: GroupRules
    flags: FlagRules
    national: National
    pages: PageRules
    plan: PlanRules
    problems: Mapping[str, ProblemRule]
    provision: ProvisionRules
    review: ReviewRules
    schools: SchoolsRules
    sharing: Sharing
    teaching: TeachingRules
    exports: Mapping[str, KnownExport]
    ages: AgeRules
    headings: tuple[HeadingRule, ...]
    pupils: Mapping[str, str]
    dismissed: Mapping[str, str]
    use: Mapping[str, str]
    ruler: Ruler

    @property
    def special_codes(self) -> frozenset[tuple[str, str]]:
        """Every scale with each of the codes that are written on it instead of a grade."""
        return frozenset((name, code.code) for name, scale in self.scales.items() for code in scale.codes)
