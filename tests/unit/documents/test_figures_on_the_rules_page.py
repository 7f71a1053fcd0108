"""The national figures on the rules page: every one of them, each source once."""

from registers import usual_rules
from siptrack.documents.rules.national import figure_rows, rules_blocks, sources_of
from siptrack.school.national import Figure

GIVEN = [("EES; SON26", "read"), ("SON26", "read"), ("SFR", "provisional"), ("a governor", "")]


def test_every_figure_is_in_the_list_of_the_rules_page_with_its_source():
    rules = usual_rules()

    for standard in rules.national.standards.values():
        listed = figure_rows(standard, rules)
        assert sum(percents.count(";") + 1 for _, _, percents, _ in listed) == len(standard.figures)
        assert all(source for *_, source in listed)
    assert (
        f"{sum(len(one.figures) for one in rules.national.standards.values())} figures" in rules_blocks(rules)[0].words
    )


def test_each_source_is_named_once_with_how_sure_its_figures_are():
    national = usual_rules().national
    told = [Figure(2025, "", "", "", 60, source, sure, "") for source, sure in GIVEN]

    assert sources_of(told, national) == (
        "EES; SON26 (read in the source named); SFR (provisional in the source named); a governor (not said how sure)"
    )
