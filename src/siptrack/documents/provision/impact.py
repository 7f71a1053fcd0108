"""What became of the children of each intervention, beside comparable ones, put on a page."""

from __future__ import annotations

from siptrack.cycle.provision_tables import COMPARED, IMPACT, Impact
from siptrack.documents import impact_words as wording
from siptrack.documents.impact_words import ImpactBeside
from siptrack.documents.labels import subject_label
from siptrack.documents.pupil_names import PupilNames
from siptrack.rendering import styles
from siptrack.rendering.page import Page
from siptrack.rules.model import Rules
from siptrack.school.cells import Cell, number, records, text
from siptrack.school.frame import Frame

_WHOLE = ("children", "measured", "compared", "comparable", "after_compared", "others")
_MEANS = (
    *("moved", "before", "peers_before", "during", "peers_during", "difference"),
    *("expected", "expected_alone", "expected_together", "peers_expected"),
    *("low", "high", "chance", "after", "peers_after", "others_moved"),
)


def put_impact(page: Page, impact: Frame, rules: Rules) -> None:
    """Each intervention that was compared, then those that cannot be, with the reason."""
    if impact.empty:
        return
    page.heading(wording.IMPACT)
    found = list_compared(impact, rules)
    told = [one for one in found if one.verdict != Impact.NO_COMPARISON.value]
    page.say(wording.how_compared(len(told), rules.groups.small))
    for one in told:
        answer, *rest = wording.compared_lines(one, rules.groups.small)
        page.gap()
        page.say(answer, style=styles.STRONG, hang=2)
        for line in rest:
            page.say(line, indent=2, hang=2)
    if len(told) < len(found):
        page.gap()
        page.say(wording.no_fair_comparison(), style=styles.STRONG)
        for one in found:
            if one.verdict == Impact.NO_COMPARISON.value:
                page.say(wording.not_compared(one, rules.provision), indent=2, hang=2)


def list_compared(impact: Frame, rules: Rules) -> list[ImpactBeside]:
    """Each intervention in each subject, ready for words."""
    return [_compared(row, rules) for row in records(impact, IMPACT.names)]


def _compared(row: dict[str, Cell], rules: Rules) -> ImpactBeside:
    subject, scale = text(row["subject"]), rules.scales.get(text(row["scale"]))
    whole: dict[str, int] = {name: int(number(row[name]) or 0) for name in _WHOLE}
    means: dict[str, float | None] = {name: number(row[name]) for name in _MEANS}
    return ImpactBeside(
        intervention=text(row["intervention"]),
        subject=subject_label(subject, rules) if subject else "",
        unit=scale.unit if scale else "",
        verdict=text(row["verdict"]),
        reason=text(row["reason"]),
        whole=whole,
        means=means,
    )


def put_compared(page: Page, compared: Frame, names: PupilNames, rules: Rules) -> None:
    """Each child of an intervention beside the comparable ones, and those beside nobody."""
    rows = records(compared, COMPARED.names)
    told = {(row["intervention"], row["subject"]) for row in rows if not row["reason"]}
    if told:
        page.heading(wording.COMPARED)
    for unit in dict.fromkeys((row["intervention"], row["subject"]) for row in rows):
        if unit in told:
            _put_unit(page, [row for row in rows if (row["intervention"], row["subject"]) == unit], names, rules)


def _put_unit(page: Page, rows: list[dict[str, Cell]], names: PupilNames, rules: Rules) -> None:
    page.gap()
    subject = subject_label(text(rows[0]["subject"]), rules)
    page.say(f"{text(rows[0]['intervention'])}, {subject[:1].lower()}{subject[1:]}", style=styles.STRONG, hang=2)
    alone: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: names.order(text(row["pupil"]))):
        name = names[text(row["pupil"])]
        if row["reason"]:
            alone.setdefault(text(row["reason"]), []).append(name)
            continue
        terms = f"{text(row['before_term'])} to {text(row['after_term'])}"
        moved, peers_moved = number(row["during"]) or 0, number(row["peers_during"]) or 0
        unit, beside = rules.scales[text(row["scale"])].unit, int(number(row["comparable"]) or 0)
        said = wording.child_sentence(name, moved, beside, peers_moved, terms, unit)
        page.say(said, indent=2, hang=2)
    for reason, left in alone.items():
        page.say(wording.alone_sentence(left, reason), indent=2, hang=2)
