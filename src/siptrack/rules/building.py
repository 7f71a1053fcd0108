"""Building the rules of a term: siptrack's own rule files, with what the school's siptrack.yaml says instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from siptrack.rules.actions import build_actions
from siptrack.rules.ages import build_ages
from siptrack.rules.bridges import build_bridges
from siptrack.rules.checks import build_checks
from siptrack.rules.columns import build_columns, build_years
from siptrack.rules.dated import in_force
from siptrack.rules.document import Entry, suggestion
from siptrack.rules.evidence import build_evidence
from siptrack.rules.exports import build_exports, build_heading
from siptrack.rules.findings import build_flags, build_problems
from siptrack.rules.groups import build_groups
from siptrack.rules.limits import build_forecasts, build_matching, build_pages, build_schools, build_trends
from siptrack.rules.meeting import build_meeting
from siptrack.rules.model import ColumnRules, HeadingRule, ProblemRule, Ruler, Rules, Subject
from siptrack.rules.national import Known, build_national
from siptrack.rules.plan import build_plan
from siptrack.rules.provision import build_provision
from siptrack.rules.questions import build_questions
from siptrack.rules.review import build_review
from siptrack.rules.scale_entries import scale_entries
from siptrack.rules.scales import build_scale
from siptrack.rules.section import RuleSection
from siptrack.rules.sharing import build_sharing
from siptrack.rules.teaching import build_teaching
from siptrack.rules.working_groups import build_working_groups
from siptrack.school.errors import RulesError
from siptrack.school.problem import Severity
from siptrack.school.scale import Scale
from siptrack.school.term import Term

PARTS = (
    *("actions", "ages", "bridges", "checks", "columns", "evidence", "exports", "flags", "forecasts"),
    *("groups", "matching", "meeting", "national", "pages", "plan", "problems", "provision", "questions"),
    *("review", "schools", "sharing", "teaching", "trends", "working_groups", "years"),
)
SCHOOLS_OWN = (
    "choices",
    "dismissed",
    "headings",
    "pupils",
    "use",
)  # sections of siptrack.yaml that change no file of ours
_FIELDS = {"questions": "enquiry"}  # of `Rules`, which are not named as their file is
_KNOWN = ("scales", "groups", "columns", "years")  # the parts that `Known` is of
Built = TypeVar("Built")


def scales_among(entries: Mapping[str, Entry]) -> Mapping[str, Entry]:
    """The scales among rule files, by name."""
    return {Path(name).stem: entry for name, entry in entries.items() if name.startswith("scales/")}


class Builder:
    """Builds the rules of a term from the files' entries and the school's, refusing what is left over.

    `shipped` are the rules without a school's settings, where these are built: a part of them stays as it is when the
    school says nothing of it, nor of the parts that it is built from.
    """

    def __init__(
        self, ours: Callable[[], Mapping[str, Entry]], school: Entry, term: Term | None, shipped: Rules | None = None
    ) -> None:
        self.ours = ours
        self.term = term
        self.shipped = shipped
        settings = RuleSection(school, school.mark.file).names
        own = {name: entry for name, entry in settings.items() if name in SCHOOLS_OWN}
        held = RuleSection(in_force(Entry(own, school.mark, school.keys), term), school.mark.file).names
        rest = {name: entry for name, entry in settings.items() if name not in SCHOOLS_OWN}
        self.school = RuleSection(Entry({**held, **rest}, school.mark, school.keys), school.mark.file)
        self.changed = set(self.school.names)

    def rules(self, ruler: Ruler) -> Rules:
        """The rules, as those of this ruler."""
        columns = self.part("columns", lambda part: build_columns(part, self.scale_names()), "scales")
        scales = self.scales(columns)
        own_bridges = self.names_in("bridges")
        problems = self.part("problems", build_problems)
        groups = self.part("groups", lambda part: build_groups(part, self.our_characteristics()))
        years = self.part("years", build_years)
        ages = self.part("ages", lambda part: build_ages(part, columns.subjects), "columns")
        known = Known(scales, groups, columns.subjects, columns.combined, years, ages.named)
        headings = self.headings(known)
        enquiry = self.part("questions", build_questions)
        rules = Rules(
            scales=scales,
            own_scales=self.own_scales(),
            bridges=self.part("bridges", lambda part: build_bridges(part, scales, own_bridges), "scales"),
            checks=self.part("checks", build_checks),
            working_groups=self.part("working_groups", build_working_groups),
            years=years,
            columns=columns,
            groups=groups,
            flags=self.part("flags", build_flags),
            evidence=self.part("evidence", lambda part: build_evidence(part, scales), "scales"),
            forecasts=self.part("forecasts", build_forecasts),
            matching=self.part("matching", build_matching),
            trends=self.part("trends", build_trends),
            meeting=self.part("meeting", lambda part: build_meeting(part, groups), "groups"),
            enquiry=enquiry,
            actions=self.part("actions", build_actions),
            national=self.part("national", lambda part: build_national(part, known), *_KNOWN),
            pages=self.part("pages", build_pages),
            plan=self.part("plan", build_plan),
            problems=problems,
            provision=self.part("provision", lambda part: build_provision(part, known), *_KNOWN),
            review=self.part("review", lambda part: build_review(part, enquiry), "questions"),
            schools=self.part("schools", build_schools),
            sharing=self.part("sharing", build_sharing),
            teaching=self.part("teaching", lambda part: build_teaching(part, columns.subjects), "columns"),
            exports=self.part("exports", lambda part: build_exports(part, known), *_KNOWN),
            ages=ages,
            headings=headings,
            pupils=self.texts("pupils"),
            dismissed=self.dismissed(problems),
            use={
                **self.use(scales, columns.subjects),
                **{rule.heading: rule.scale for rule in headings if rule.scale},
            },
            ruler=ruler,
        )
        self.school.done(quoted=False)
        return rules

    def part(self, name: str, build: Callable[[RuleSection], Built], *built_from: str) -> Built:
        """What `build` makes of a whole file, as the school changes it; `built_from` are the parts that it uses."""
        own = self.school.find(name, needed=False)
        if self.shipped is not None and self.changed.isdisjoint((name, *built_from)):
            as_shipped: Built = getattr(self.shipped, _FIELDS.get(name, name))
            return as_shipped
        self.changed.add(name)
        entry = self.ours()[f"{name}.yaml"]
        whole = in_force(entry.overlaid(own) if own is not None else entry, self.term)
        return _finished(RuleSection(whole, f"{name}.yaml"), build)

    def names_in(self, section: str) -> frozenset[str]:
        """The names in a section of the school's settings; none where there is no such section."""
        return frozenset(self.school.section(section).names) if section in self.school.names else frozenset()

    def our_characteristics(self) -> frozenset[str]:
        """The characteristics that groups.yaml has without the school's settings."""
        ours = RuleSection(self.ours()["groups.yaml"], "groups.yaml")
        parts = (ours.section(name).names for name in ("characteristics", "worked_out", "derived"))
        return frozenset(chain.from_iterable(parts))

    def scale_names(self) -> frozenset[str]:
        """The names of siptrack's scales and of the school's own."""
        return self.names_in("scales") | set(scales_among(self.ours()))

    def own_scales(self) -> frozenset[str]:
        """The scales that the school added."""
        own = self.names_in("scales")
        return own - set(scales_among(self.ours())) if own else own

    def scales(self, columns: ColumnRules) -> Mapping[str, Scale]:
        """Every scale, its choices made, with the reasons for no mark that hold on all."""
        own, chosen = self.school.find("scales", needed=False), self.school.find("choices", needed=False)
        untouched = self.changed.isdisjoint(("scales", "columns"))
        as_shipped = self.shipped.scales if self.shipped is not None and untouched else {}
        if as_shipped and chosen is None:
            return as_shipped
        self.changed.add("scales")
        entries = scale_entries(scales_among(self.ours()), own)
        made = self.choices(entries)
        built = {}
        for name, entry in entries.items():
            if name in as_shipped and name not in made:
                built[name] = as_shipped[name]
                continue
            whole, choices = entry.in_force(made.get(name, {}), self.term)
            section = RuleSection(whole, f"the scale '{name}'")
            built[name] = _finished(section, partial(build_scale, name, columns=columns, choices=choices))
        return built

    def choices(self, scales: Collection[str]) -> Mapping[str, Mapping[str, Entry]]:
        """What the school has chosen, by scale, of the settings on which schools disagree."""
        if self.school.find("choices", needed=False) is None:
            return {}
        part = self.school.section("choices")
        for scale, entry in part.names.items():
            if scale not in scales:
                mark = part.entry.keys.get(scale, entry.mark)
                raise RulesError(f"{mark}: a name in 'choices' is not a scale.{suggestion(scale, list(scales))}")
            for name in part.section(scale).names:
                part.section(scale).text(name)
        return {scale: part.section(scale).names for scale in part.names}

    def headings(self, known: Known) -> tuple[HeadingRule, ...]:
        """What the school says that its headings mean."""
        part = self.own("headings")
        return tuple(part.built(heading, partial(build_heading, known=known)) for heading in part.names)

    def use(self, scales: Mapping[str, Scale], subjects: Mapping[str, Subject]) -> Mapping[str, str]:
        """Which scale the school uses in which subject, or under which heading."""
        chosen = self.texts("use")
        for name, scale in chosen.items():
            mark = self.own("use").names[name].mark
            if name not in subjects and (near := suggestion(name, list(subjects))):
                raise RulesError(f"{mark}: a name in 'use' is not a subject.{near}")
            if scale not in scales:
                raise RulesError(f"{mark}: what 'use' names here is not a scale;{_listed(scale, scales)}")
        return chosen

    def dismissed(self, problems: Mapping[str, ProblemRule]) -> Mapping[str, str]:
        """Why the school lets each query stand, by its code and place; an empty reason is still to be written."""
        reasons = self.texts("dismissed")
        for name in reasons:
            code, _, place = name.partition(" at ")
            mark = self.own("dismissed").names[name].mark
            if code not in problems or not place:
                raise RulesError(
                    f"{mark}: a line of 'dismissed' is no query. Write it as siptrack check --save does: "
                    f"uncertain-match at Autumn.csv, row 7.{suggestion(code, list(problems))}"
                )
            if problems[code].severity is Severity.ERROR:
                raise RulesError(f"{mark}: '{code}' is an error, which cannot be dismissed; correct it in the data.")
        return reasons

    def own(self, name: str) -> RuleSection:
        """A section of the school's settings that may hold children's names; empty where there is none."""
        if self.school.find(name, needed=False) is None:
            return RuleSection(Entry({}, self.school.entry.mark), name)
        return self.school.section(name, private=True)

    def texts(self, name: str) -> Mapping[str, str]:
        """A section of the school's settings that gives each name a text; absent, none."""
        part = self.own(name)
        return {key: part.text(key) for key in part.names}


def _listed(name: str, scales: Collection[str]) -> str:
    return f" known are {', '.join(scales)}.{suggestion(name, list(scales))}"


def _finished(part: RuleSection, build: Callable[[RuleSection], Built]) -> Built:
    """What `build` makes of a whole file, with nothing left over."""
    part.text("checked", "")
    built = build(part)
    part.done(quoted=False)
    return built
