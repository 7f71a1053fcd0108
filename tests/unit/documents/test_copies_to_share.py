"""What is said on every copy that may leave the school."""

from hand_built import rules
from siptrack.documents.sharing import audience_lines, symbols_line
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
