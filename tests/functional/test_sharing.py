"""`siptrack analyse --share` and `--pseudonyms`: what may leave the school holds no name, in any form."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from functools import cache

import jsonschema
import pytest
from asking import every_form, to_share, with_everything
from canaries import leaked, texts_in
from running import SAMPLES, SCHOOLS, Run, analysed
from running import siptrack as in_its_own_process
from running import siptrack_here as siptrack

from shipped import shipped_schema
from siptrack.rules.load import load

TODAY, LEVELS = SAMPLES / "today", SAMPLES / "levels"
MODES = ("governors", "public")
FORMS = ("table", "json", "ndjson", "markdown")
MARKS = ("table", "share", "ruler")
SHARED = ("summary", "groups", "gaps")
NOT_BY_PSEUDONYM = ("problems", "ledger", "set_aside")


@cache
def shared(school: str, mode: str, form: str, table: str = "") -> Run:
    only = ["--table", table] if table else []
    return siptrack("analyse", SAMPLES / school, "--share", mode, "--format", form, *only)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def shared_rows(school: str, mode: str, table: str) -> list[dict[str, str]]:
    return rows_of(shared(school, mode, "csv", table).out)


def test_the_search_for_names_finds_them_where_they_are():
    assert len(leaked("today", siptrack("analyse", TODAY, "--format", "csv", "--table", "pupils").out)) > 400


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("school", SCHOOLS)
def test_nothing_shared_names_a_child_or_a_file(school, mode):
    runs = [shared(school, mode, form) for form in FORMS]
    runs += [shared(school, mode, "csv", table) for table in SHARED]

    assert {run.code for run in runs} == {0}
    assert {run.err for run in runs} == {""}
    assert leaked(school, *(run.out for run in runs)) == []


@pytest.mark.parametrize("mode", MODES)
def test_each_form_says_the_same(mode):
    document = json.loads(shared("today", mode, "json").out)
    every = [json.loads(line) for line in shared("today", mode, "ndjson").out.splitlines()]
    for table in SHARED:
        rows = shared_rows("today", mode, table)
        marked = [row for row in every if row["table"] == table]

        assert [{key: row[key] for key in row if key not in MARKS} for row in marked] == document[table]
        assert [row["share"] for row in rows] == [mode] * len(rows)
        for row, told in zip(rows, document[table], strict=True):
            assert (row["percent"] in ("c", "x", "z", "u", "low")) == (told["percent"] is None)
            assert (told["status"] == "shown") == (told["percent"] is not None)


SCHEMA = shipped_schema("shared")


@pytest.mark.parametrize("mode", MODES)
def test_the_shared_json_is_what_its_shipped_schema_says_whole_and_a_table_alone(mode):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for table in ("", *SHARED):
        document = json.loads(shared("today", mode, "json", table).out)

        jsonschema.validate(document, SCHEMA)
        assert [name for name in SHARED if name in document] == ([table] if table else list(SHARED))


def test_letters_stand_in_brackets_where_people_read_and_are_explained():
    page = shared("levels", "governors", "table").out
    table = siptrack("analyse", LEVELS, "--share", "governors", "--table", "summary").out

    assert "[c] hidden to protect children." in page
    assert "[z] does not apply" in table
    assert "fewer than 6 children" in page
    assert shared_rows("levels", "governors", "summary")[-1]["n"] == "z"


def test_public_counts_are_rounded_and_hold_no_pairs():
    rows = shared_rows("today", "public", "groups")
    shown = [row for row in rows if row["n"].isdigit()]

    assert {int(row[name]) % 5 for row in shown for name in ("n", "count")} == {0}
    assert min(int(row["count"]) for row in shown) >= 10
    assert not {row["characteristic"] for row in rows} & set(load().groups.pairs)
    assert {row["characteristic"] for row in shared_rows("today", "governors", "groups")} & set(load().groups.pairs)


OPEN = {key for key, one in load().groups.all().items() if one.open} - {"year_group"}  # whose names the rules give


@pytest.mark.parametrize("mode", MODES)
def test_groups_that_only_the_data_name_are_not_shared(mode):
    assert {"language", "class"} <= OPEN
    for school in SCHOOLS:
        for table in ("groups", "gaps"):
            assert not OPEN & {row["characteristic"] for row in shared_rows(school, mode, table)}


def test_a_school_may_share_them_all_the_same(tmp_path):
    settings = tmp_path / "ours.yaml"
    settings.write_text("sharing: {modes: {governors: {names_from_data: true}}}\n", encoding="utf-8")
    only = ["--share", "governors", "--format", "csv", "--table", "groups", "--config", settings]

    assert "class" in {row["characteristic"] for row in rows_of(siptrack("analyse", TODAY, *only).out)}


def test_the_few_not_recorded_are_among_all_other_children_and_hide_nothing_that_governors_ask_first():
    page = shared("today", "governors", "table").out

    (said,) = (line for line in page.splitlines() if line.startswith("All other children: whoever is not recorded"))
    assert "Free school meals (FSM)" in said
    assert "Gender" not in said
    groups = {row["characteristic"] for row in shared_rows("today", "governors", "groups") if row["n"]}
    assert {"gender", "disadvantaged", "fsm", "sen", "eal"} <= groups


def test_the_rules_list_the_limits_of_sharing_with_their_sources_and_those_over_time():
    said = siptrack("rules").out

    for mode in load().sharing.modes.values():
        assert f"fewer than {mode.hide_below} children are hidden" in said
        assert all(source in said for source in mode.sources.values())
    assert "a gap is followed on the same children over     3 years at most" in said


def test_gaps_are_told_of_shown_sides_only_and_from_what_is_shown():
    groups = {
        tuple(row[name] for name in ("subject", "characteristic", "group", "measure")): row
        for row in shared_rows("today", "public", "groups")
    }
    gaps = shared_rows("today", "public", "gaps")

    assert gaps
    for gap in gaps:
        row = groups.get(tuple(gap[name] for name in ("subject", "characteristic", "group", "measure")))
        assert row is None or (row["n"], row["count"]) == (gap["n"], gap["count"])
        if gap["verdict"] != "too few":
            share, other = (100 * int(gap[f"{side}count"]) / int(gap[f"{side}n"]) for side in ("", "peers_"))
            assert float(gap["gap"]) == pytest.approx(share - other, abs=0.5)


def test_the_same_bytes_every_time():
    again = in_its_own_process("analyse", TODAY, "--share", "governors", "--format", "json", hash_seed="7")

    assert again.out == shared("today", "governors", "json").out


def test_filters_are_warned_of():
    run = siptrack("analyse", TODAY, "--share", "governors", "--year", "5")

    assert run.code == 0
    assert "subtracting it from the other" in run.err
    assert "Only year 5." in run.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--share", "nobody"], "Known: governors, public."),
        *(
            (["--share", "public", "--table", table], "summary, groups, gaps")
            for table in ("pupils", "flags", "ledger")
        ),
        (["--share", "public", "--format", "csv"], "summary, groups, gaps"),
        (["--share", "public", "--detail"], "--detail"),
        (["--share", "public", "--pseudonyms", "key"], "cannot go together"),
        (["--pseudonyms", "key"], "--table"),
        *((["--pseudonyms", "key", "--table", table], "pupils, progress, flags") for table in NOT_BY_PSEUDONYM),
    ],
)
def test_what_does_not_go_together_is_refused_with_what_does(arguments, said, tmp_path):
    run = siptrack("analyse", TODAY, *[tmp_path / "key" if one == "key" else one for one in arguments])

    assert (run.code, run.out) == (2, "")
    assert said in run.err
    assert not (tmp_path / "key").exists()


# --- the lines of enquiry ---------------------------------------------------------------------------------------------


def test_the_lines_of_enquiry_with_names_would_be_found_out():
    texts = [text for content in every_form(with_everything("today")) for text in texts_in(content)]

    assert len(leaked("today", *texts)) > 100


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("school", SCHOOLS)
def test_a_copy_of_the_lines_of_enquiry_names_no_child_and_no_file_in_any_form(school, mode):
    texts = [text for content in every_form(to_share(school, mode)) for text in texts_in(content)]

    assert len(texts) > 20
    assert leaked(school, *texts) == []


def test_the_command_writes_that_copy_and_says_what_is_left_out_of_it(tmp_path):
    run = siptrack("questions", TODAY, "--share", "governors", "--year", "5", "-o", tmp_path / "copy.html")
    content = (tmp_path / "copy.html").read_bytes()

    assert run.code == 0
    assert "subtracting it from the other" in run.err
    assert leaked("today", *texts_in(content)) == []
    for said in (
        "Made to be shared: no child is named in it.",
        "What names children, speaks of single classes and of staff, is in the school",
        "own words or counts a few children is left out of this copy",
        "fewer than 6 children",
    ):
        assert said in content.decode()
    assert "English leader" not in content.decode()  # of its records of teaching and CPD


def test_the_figures_of_that_copy_are_the_shared_ones():
    rows = [
        row
        for row in shared_rows("today", "governors", "summary")
        if (row["year_group"], row["measure"], row["subject"]) == ("all", "at_are", "rwm")
    ]
    told = " ".join(to_share("today", "governors").evidence["progress"].lines)
    together = to_share("today", "governors").evidence["combined"].says

    assert f"{rows[0]['count']} of {rows[0]['n']} children" in together
    assert "[c] hidden to protect children" in told


# --- pseudonyms -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("school", SCHOOLS)
def test_no_table_by_pseudonym_names_a_child_or_a_file(school, tmp_path):
    key = tmp_path / "key"
    runs = [siptrack("analyse", SAMPLES / school, "--pseudonyms", key, "--format", form) for form in FORMS[1:]]
    runs += [
        siptrack("analyse", SAMPLES / school, "--pseudonyms", key, "--format", "csv", "--table", table)
        for table in ("pupils", "flags")
    ]

    assert {run.code for run in runs} == {0}
    assert leaked(school, *(run.out + run.err.replace(str(key), "") for run in runs)) == []


def test_a_key_is_made_once_for_its_owner_only_and_gives_the_same_pseudonyms(tmp_path):
    key = tmp_path / "key"
    first, again = (siptrack("analyse", TODAY, "--pseudonyms", key, "--table", "pupils") for _ in range(2))
    other = siptrack("analyse", TODAY, "--pseudonyms", tmp_path / "other", "--table", "pupils")

    assert first.out == again.out != other.out
    assert "Made a key" in first.err
    assert "Made a key" not in again.err
    assert "personal data" in again.err
    assert len(key.read_bytes()) == 32
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_pseudonyms_join_the_tables_and_say_nothing_by_their_order(tmp_path):
    key = tmp_path / "key"
    runs = [
        siptrack("analyse", TODAY, "--pseudonyms", key, "--format", "csv", "--table", table)
        for table in ("pupils", "flags")
    ]
    pupils, flags = (rows_of(run.out) for run in runs)
    of_ages = [row for row in analysed("today")["flags"] if row["code"] == "behind-own-age"]
    known = [row["pupil"] for row in pupils]

    assert known == sorted(set(known))
    assert len(known) == len(analysed("today")["pupils"])
    assert {row["pupil"] for row in flags} <= set(known)
    assert len(flags) == len(analysed("today")["flags"]) - len(of_ages) < len(analysed("today")["flags"])
    assert f"{len(analysed('today')['ages'])} reading or spelling ages" in runs[1].err
    assert not {"upn", "surname", "forename", "place", "from_place", "file", "cell"} & {*pupils[0], *flags[0]}


def test_a_file_that_is_no_key_is_refused_and_left_alone(tmp_path):
    wrong = tmp_path / "short.txt"
    wrong.write_bytes(b"secret")

    run = siptrack("analyse", TODAY, "--pseudonyms", wrong, "--table", "pupils")

    assert (run.code, run.out) == (3, "")
    assert "6 bytes; expected 32 to 1024" in run.err
    assert wrong.read_bytes() == b"secret"
