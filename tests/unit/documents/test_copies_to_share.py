"""What is said on every copy that may leave the school."""

from hand_built import rules
from siptrack.analysis.shareable import Shared
from siptrack.documents.sharing import (
    audience_lines,
    copy_lines,
    few_lines,
    filters_warning,
    key_made,
    still_personal,
    symbols_line,
    too_few_line,
)
from siptrack.rendering.template import sentence
from siptrack.school.sharing import Status


def test_a_copy_says_for_whom_it_is_and_that_counts_are_rounded_where_they_are():
    modes = rules().sharing.modes.values()
    lines = [audience_lines(mode) for mode in modes]

    assert all(first.startswith("To share with ") and "fewer than" in first for first, *_ in lines)
    assert [len(said) for said in lines] == [2 if mode.round_to > 1 else 1 for mode in modes]
    assert {len(said) for said in lines} == {1, 2}


def test_the_symbols_in_a_table_are_explained_and_no_others():
    sharing = rules().sharing
    hidden, missing = sharing.symbols[Status.SUPPRESSED], sharing.symbols[Status.NOT_AVAILABLE]

    assert symbols_line([Status.SHOWN], sharing) == ""
    assert symbols_line([Status.SUPPRESSED], sharing) == f"{hidden.shown} {hidden.meaning}."
    assert set(symbols_line([Status.SUPPRESSED, Status.NOT_AVAILABLE], sharing)[:-1].split("; ")) == {
        f"{symbol.shown} {symbol.meaning}" for symbol in (hidden, missing)
    }


def shared(**more: object) -> Shared:
    known = {"mode": rules().sharing.modes["governors"], "filters": {}, "kept_back": False}
    return Shared(**{**known, "characteristics": rules().groups.all(), **more})


def test_a_copy_says_who_all_other_children_are_and_beside_which_others_it_may_stand():
    usual = copy_lines(shared(), rules())
    lines = copy_lines(shared(all_others=["sen", "eal"], of_some=True, since=["Autumn 2025", "Spring 2026"]), rules())

    assert usual == audience_lines(rules().sharing.modes["governors"])
    others, some, before = lines[len(usual) :]
    assert others.startswith("All other children: whoever is not recorded is among them")
    assert others.endswith("Special educational needs (SEN) | English as an additional language (EAL).")
    assert some.startswith("Of some children only.")
    assert before.startswith("Beside the tables shared before (Autumn 2025, Spring 2026): ")


def test_what_is_asked_of_first_and_not_listed_is_named_and_no_other_group_is():
    few = few_lines(shared(first=["sen", "gender"]), {"gender"})

    assert few[0] == "Not shown, since it would tell of a few children or of none: Special educational needs (SEN)."
    assert few[1:] == few_lines(shared(first=["gender"]), {"gender"})


def test_what_stands_beside_a_copy_names_its_mode_its_key_and_its_numbers():
    mode = rules().sharing.modes["public"]

    assert filters_warning(mode).startswith("To share with the public, and of some children or subjects only.")
    assert too_few_line(1, 5).startswith("1 comparison has fewer than 5 children")
    assert too_few_line(2, 5).startswith("2 comparisons have fewer than 5 children")
    assert key_made("school.key").startswith("Made a key: school.key.")
    assert still_personal(0).endswith("keep them as you keep the names.")
    assert " 2 reading or spelling ages and what follows are left out: " in still_personal(2)


def test_each_sheet_of_the_summary_has_a_tab_of_its_own_and_a_title():
    sheets = ("summary", "terms", "groups", "gaps")
    tabs = {sentence(f"{name}_tab", template="summary/words.jinja") for name in sheets}

    assert len(tabs) == len(sheets)
    assert all(sentence(f"{name}_title", template="summary/words.jinja") for name in sheets)
