"""The tables of what siptrack says of 100 children with such marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import targets
from by_child import NAMED, Noise, by_noise, listed, named, on_the_list
from calibration import SURE, TENTHS, apart, sure, tenths
from detection import SINCE, found
from samples import (
    AS_STATED,
    CHILDREN,
    FOR_TARGETS,
    IN_A_SCHOOL,
    RELIABILITIES,
    SCALES,
    SCHOOLS,
    SIX,
    TERMS,
    TRUTHS,
    USUAL,
    Samples,
)
from sections import Section
from tables import markdown

IN_SCHOOLS = f"{SCHOOLS} schools of {IN_A_SCHOOL} children, three subjects, {AS_STATED}; ± is a standard error."
TOLD = (
    f"{CHILDREN:,} children in three subjects, {FOR_TARGETS:,} at {USUAL} and six terms; siptrack is told the true\n"
    "reliability. With three terms it gives no number; these are what it would say."
)


def sections(samples: Samples) -> Iterator[Section]:
    """Every table, each made when it is asked for."""
    yield Section("targets", "What is to be so, at six terms and 0.9", targets.table(samples))
    yield Section("in-short", "In short", _in_short(samples))
    yield Section("by-child", "Named by the rule, in a subject and in any of three", _by_child(samples), IN_SCHOOLS)
    by_noise = _by_noise(samples)
    yield Section("by-noise", "Named by noise: what is said, and what is so", _noise_table(by_noise))
    yield Section("noise-apart", "Named by noise, in short", _noise_apart(by_noise))
    yield Section("found", "Found, where 5 of 100 who keep up stand over the line", _found(samples), TOLD)
    yield Section("found-first", "The same of those who fall since the first result", _found_first(samples), TOLD)
    yield Section("list", "Fallen, of each part of the list", _list(samples), IN_SCHOOLS)
    yield Section("said", f"Said → true as a school meets it, {AS_STATED}", _in_schools(samples, (AS_STATED,)))
    yield Section("outside", "The same, further from true than it may be", _outside(samples))
    yield Section("said-told", "Said → true, the reliability being told", _told(samples), TOLD)
    yield Section("said-schools", "Said → true as a school meets it", _in_schools(samples, tuple(TRUTHS)))
    yield Section("sure", f"Where {SURE} and more is said, how many have fallen", _sure(samples))
    yield Section("own", "How far said is from true: with the school's own figures, and without", _own(samples))


def _by_child(samples: Samples) -> str:
    rows = [[scale, *(one.shown for one in named(samples.schools[AS_STATED, scale][0]))] for scale in SCALES]
    return markdown(["scale", *NAMED], rows)


def _in_short(samples: Samples) -> str:
    """The sentence of the README."""
    usual = [samples.schools[AS_STATED, scale][0] for scale in SCALES]
    alarms = [named(table)[0].value for table in usual]
    true = [sure(table).true for table in usual]
    return (
        f"of 100 simulated children who keep up in a subject it names {min(alarms):.0f} to {max(alarms):.0f}; "
        f"where it says {SURE} in 100 and more, {min(true):.0f} to {max(true):.0f} have truly fallen"
    )


def _by_noise(samples: Samples) -> dict[float, dict[str, Noise]]:
    """By reliability and scale."""
    return {
        at: {
            scale: by_noise(table)
            for scale, table in ({one: samples.told[one, at, SIX] for one in SCALES} | samples.other_scales(at)).items()
        }
        for at in (RELIABILITIES[0], USUAL)
    }


def _noise_table(found: Mapping[float, Mapping[str, Noise]]) -> str:
    headings = ["scale", *(f"{at}: {one}" for at in found for one in ("said", "named", "too many"))]
    scales = next(iter(found.values()))
    rows = [[scale, *(cell for of in found.values() for cell in of[scale].shown)] for scale in scales]
    return markdown(headings, rows)


def _noise_apart(found: Mapping[float, Mapping[str, Noise]]) -> str:
    most, scale, at = max((abs(noise.over.value), scale, at) for at, of in found.items() for scale, noise in of.items())
    return f"at most {most:.1f} of 100 apart, on {scale} at {at}, ± {found[at][scale].over.error:.1f}"


def _found(samples: Samples) -> str:
    """A row a scale and number of terms."""
    headings = ["scale, terms", *(f"{at}: {since}" for at in RELIABILITIES for since in SINCE)]
    return markdown(
        headings,
        [
            [
                f"{scale}, {terms}",
                *(one.shown for at in RELIABILITIES for one in found(samples.told[scale, at, terms])),
            ]
            for scale in SCALES
            for terms in TERMS
        ],
    )


def _found_first(samples: Samples) -> str:
    """A row a scale: of children who fall since the first result."""
    cases = [(at, terms) for terms in TERMS for at in RELIABILITIES]
    rows = [[scale, *(found(samples.told[scale, at, terms])[0].shown for at, terms in cases)] for scale in SCALES]
    return markdown(["scale", *(f"{terms} terms, {at}" for at, terms in cases)], rows)


def _list(samples: Samples) -> str:
    limits = samples.rules.evidence.listed
    rows = [
        [scale, *(f"{one.shown} ({one.count})" for one in on_the_list(samples.schools[AS_STATED, scale][0], limits))]
        for scale in SCALES
    ]
    return markdown(["scale", *listed(limits)], rows)


def _told(samples: Samples) -> str:
    rows = [
        [f"{scale}, {at}, {terms} terms", *(one.shown for one in tenths(table))]
        for (scale, at, terms), table in samples.told.items()
    ]
    return markdown(["scale", *TENTHS], rows)


def _in_schools(samples: Samples, truths: tuple[str, ...]) -> str:
    rows = [
        [
            scale if len(truths) == 1 else f"{scale}, {truth}",
            *(one.shown for one in tenths(samples.schools[truth, scale][0])),
        ]
        for scale in SCALES
        for truth in truths
    ]
    return markdown(["scale", *TENTHS], rows)


def _outside(samples: Samples) -> str:
    """The tenths that lie further out as a school meets it than targets.py allows where siptrack is told."""
    outside = {scale: targets.outside(samples.schools[AS_STATED, scale][0]) for scale in SCALES}
    return "; ".join(f"{scale} {', '.join(of)}" for scale, of in outside.items() if of) or "none"


def _sure(samples: Samples) -> str:
    rows = [[truth, *(sure(samples.schools[truth, scale][0]).shown for scale in SCALES)] for truth in TRUTHS]
    return markdown(["true", *SCALES], rows)


def _own(samples: Samples) -> str:
    rows = [
        [truth, *(" / ".join(f"{apart(table):.1f}" for table in samples.schools[truth, scale]) for scale in SCALES)]
        for truth in TRUTHS
    ]
    return markdown(["true", *SCALES], rows)
