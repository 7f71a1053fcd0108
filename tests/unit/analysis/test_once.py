"""What several documents need of an analysis is worked out once, and again by other rules or of another analysis."""

from types import SimpleNamespace

from siptrack.analysis.once import once


def test_it_is_worked_out_once_of_an_analysis_and_its_rules():
    asked = []

    @once
    def named(analysis, rules):
        asked.append((analysis.name, rules))
        return f"{analysis.name} by {rules}"

    ours, theirs = SimpleNamespace(name="ours"), SimpleNamespace(name="theirs")
    found = [named(ours, "old"), named(ours, "old"), named(theirs, "old"), named(ours, "new")]

    assert found == ["ours by old", "ours by old", "theirs by old", "ours by new"]
    assert asked == [("ours", "old"), ("theirs", "old"), ("ours", "new")]


def test_what_was_found_to_be_nothing_is_not_looked_for_again():
    asked = []

    @once
    def nothing(analysis, rules):
        asked.append((analysis, rules))

    school = SimpleNamespace()
    assert (nothing(school, "rules"), nothing(school, "rules"), len(asked)) == (None, None, 1)
