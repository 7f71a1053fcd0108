"""What the school's sheet of provision holds for the children on the list, between two terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandas import DataFrame, Series

    from siptrack.school.term import Term

BETWEEN = "; "  # interventions in one cell


def interventions_of(listed: DataFrame, provision: DataFrame | None, then: Term, now: Term) -> Series[str]:
    """For each child and subject of `listed` the interventions not known to lie outside the two terms, by name.

    Those for the subject, and those that name none. Empty where there is none, or no sheet of provision.
    """
    rows = listed[["pupil", "subject"]].reset_index(names="at")
    if provision is None or rows.empty:
        return listed["subject"].where(listed["subject"].isna(), "")
    given = provision[["pupil", "subject", "intervention", "start_term", "end_term"]].rename(columns={"subject": "of"})
    if now.dated:
        outside = (given["end_term"] < then.number) | (given["start_term"] > now.number)
        given = given[~outside.astype(bool)]
    had = rows.merge(given, on="pupil")
    had = had[(had["of"] == had["subject"]) | (had["of"] == "")]
    named = had.groupby("at")["intervention"].agg(lambda names: BETWEEN.join(sorted(set(names))))
    found: Series[str] = named.reindex(rows["at"], fill_value="").set_axis(listed.index)
    return found
