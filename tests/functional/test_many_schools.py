"""`siptrack schools` as a trust's analyst runs it: folders or one file, again next week, and with what goes wrong."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections import Counter, defaultdict
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial

import jsonschema
import openpyxl
import pytest
from running import siptrack_here

from many_schools import headings, moved, school_rows, upn, write_csv, write_schools
from shipped import shipped_schema
from siptrack.many import judging
from siptrack.many.found import find_schools
from siptrack.many.kept import table_of
from siptrack.many.run import judge_schools
from siptrack.rules.load import load
from siptrack.school.errors import OutputError

CHILDREN = 40
IN_BOTH, WHO_MOVED = 5, 9


def three_schools():
    """Three schools; a child of the first is in the second too in the same term, and another has moved there."""
    rows = {
        name: school_rows(first, CHILDREN, lift=lift)
        for name, first, lift in (("Ash", 0, 0.2), ("Elm", 100, 0.2), ("Oak", 200, -1))
    }
    rows["Elm"] += [next(row for row in rows["Ash"] if row[0] == upn(IN_BOTH)), moved(rows["Ash"], WHO_MOVED)]
    return rows


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The run over three schools, and where it wrote."""
    data, into = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("out") / "trust"
    write_schools(data, three_schools())
    return siptrack_here("schools", data, "-o", into, "--workers", 1), data, into


def document(into):
    return json.loads((into / "schools.json").read_text(encoding="utf-8"))


def digest(judged):
    """What was counted of each school, to be compared."""
    return [
        (
            one.name,
            one.exit_code,
            None
            if one.counts is None
            else [
                list(frame.in_rows(*frame.columns)) for frame in (one.counts.counted, one.counts.gaps, one.counts.marks)
            ],
        )
        for one in judged.schools
    ]


def test_each_child_is_counted_once_and_what_was_done_is_said(ran):
    run, _, into = ran
    lines = {line["school"]: line for line in document(into)["schools"]}

    assert run.code == 0
    assert {name: line["on_roll"] for name, line in lines.items()} == {
        "Ash": CHILDREN - 2,
        "Elm": CHILDREN + 1,
        "Oak": CHILDREN,
    }
    assert [lines[name]["in_two"] for name in ("Ash", "Elm", "Oak")] == [None, None, 0]
    assert [lines[name]["left"] for name in ("Ash", "Elm", "Oak")] == [None, 0, 0]
    assert [lines[name]["came"] for name in ("Ash", "Elm", "Oak")] == [0, None, 0]
    assert run.out.count("have a result of the same term in another school too") == 2


def test_no_name_and_no_upn_is_in_anything_that_is_written(ran):
    run, _, into = ran
    written = [path.read_bytes() for path in into.rglob("*") if path.is_file()]
    texts = [*written, run.out.encode(), run.err.encode()]

    assert len(written) >= 7
    assert not [
        name for name in (b"Zurname", b"Vorname", b"801000000", b"000000105") if any(name in text for text in texts)
    ]


def test_the_school_that_stands_out_is_asked_about(ran):
    _, _, into = ran
    standings = document(into)["standings"]
    low = {
        row["school"] for row in standings if row["position"] in {"far below", "below"} and row["measure"] == "at_are"
    }

    assert low == {"Oak"}


def test_its_json_is_what_its_schema_says(ran):
    _, _, into = ran

    jsonschema.validate(document(into), shipped_schema("schools"))


def test_the_workbook_holds_every_table(ran):
    _, _, into = ran

    assert openpyxl.load_workbook(into / "schools.xlsx").sheetnames == ["Schools", "Standings", "Across", "In schools"]


def test_a_second_run_counts_nothing_again_and_says_the_same(ran, monkeypatch):
    run, data, into = ran
    monkeypatch.setattr(judging, "open_session", None)
    again = siptrack_here("schools", data, "-o", into, "--workers", 1, "--force")

    assert again.out == run.out


def test_what_was_kept_of_files_that_changed_is_deleted(tmp_path):
    schools = three_schools()
    data = write_schools(tmp_path / "data", schools)
    siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    first = {path.name for path in (tmp_path / "out" / "kept").glob("*.npz")}
    write_csv(data / "Oak" / "Tracker.csv", headings(), schools["Oak"][1:])
    siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--force")
    second = {path.name for path in (tmp_path / "out" / "kept").glob("*.npz")}

    assert len(first) == len(second) == 5  # two schools were judged again without a child of another
    assert len(first - second) == 1


def test_each_schools_own_report_is_written_where_it_is_asked_for_and_names_children_in_it_alone(tmp_path):
    schools = three_schools()
    data = write_schools(tmp_path / "data", {"Ash": schools["Ash"][:12], "Oak": schools["Oak"][:12]})
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--reports")
    named = [path for path in (tmp_path / "out").rglob("*.html") if b"Zurname" in path.read_bytes()]

    assert run.code == 0
    assert (tmp_path / "out" / "reports" / "Ash" / "shareable" / "summary.html").is_file()
    assert named
    assert all("named" in path.parts for path in named)


def test_a_table_alone_goes_down_a_pipe(ran, tmp_path):
    _, data, _ = ran
    run = siptrack_here(
        "schools", data, "-o", tmp_path / "out", "--workers", 1, "--table", "schools", "--sort", "on_roll"
    )

    assert run.out.splitlines()[0].startswith("school,exit_code,term")
    assert len(run.out.splitlines()) == 4


def test_one_file_with_a_column_for_the_school_says_the_same(ran, tmp_path):
    _, _, into = ran
    data = write_schools(tmp_path / "data", three_schools(), one_file=True)
    siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    one, folders = document(tmp_path / "out"), document(into)

    assert one["standings"] == folders["standings"]
    assert one["across"] == folders["across"]


def test_a_file_of_many_schools_that_changed_is_read_anew_by_a_process_that_has_read_it(tmp_path):
    schools = three_schools()
    data = write_schools(tmp_path / "data", schools, one_file=True)
    siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    write_schools(data, {**schools, "Oak": schools["Oak"][1:]}, one_file=True)
    siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--force")
    lines = {line["school"]: line["on_roll"] for line in document(tmp_path / "out")["schools"]}

    assert lines["Oak"] == CHILDREN - 1


def test_whoever_does_the_work_the_counts_are_the_same(ran, tmp_path):
    _, data, _ = ran
    schools = find_schools(data, load()).schools
    pool = partial(ProcessPoolExecutor, 2, mp_context=multiprocessing.get_context("spawn"))
    alone = judge_schools(schools, tmp_path / "a", config=None, term=None)
    (tmp_path / "b" / "kept").mkdir(parents=True)
    (tmp_path / "b" / "kept" / "secret").write_bytes((tmp_path / "a" / "kept" / "secret").read_bytes())
    several = judge_schools(schools, tmp_path / "b", config=None, term=None, executor=pool)

    assert digest(several) == digest(alone)


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_a_school_that_cannot_be_judged_is_a_line_and_the_others_go_on(tmp_path):
    schools = three_schools()
    data = write_schools(tmp_path / "data", {"Ash": schools["Ash"], "Oak": schools["Oak"]})
    write_csv(data / "Beech" / "Menu.csv", ["Day", "Meal"], [["Monday", "Soup"]])
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    lines = {line["school"]: line for line in document(tmp_path / "out")["schools"]}

    assert run.code == 3
    assert lines["Beech"]["exit_code"] == 3
    assert "Beech is left out: Menu.csv" in run.out
    assert lines["Ash"]["on_roll"] == CHILDREN


def test_two_folders_of_one_schools_name_are_counted_in_neither(tmp_path):
    schools = three_schools()
    data = write_schools(
        tmp_path / "data", {"St Marys": schools["Ash"], "St Mary's School": schools["Elm"], "Oak": schools["Oak"]}
    )
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    lines = {line["school"]: line["on_roll"] for line in document(tmp_path / "out")["schools"]}

    assert run.code == 3
    assert lines == {"St Marys": None, "St Mary's School": None, "Oak": CHILDREN}
    assert run.out.count("of a school of the same name") == 2


def test_a_school_that_has_not_come_to_the_term_of_the_others_is_left_out_and_named(tmp_path):
    schools = three_schools()
    for row in schools["Oak"]:
        row[-1] = row[-4] = ""
    run = siptrack_here("schools", write_schools(tmp_path / "data", schools), "-o", tmp_path / "out", "--workers", 1)

    assert run.code == 3
    assert "Oak is left out: No result is left to judge in Summer 2025" in run.out


def test_a_school_all_of_whose_pupils_are_in_another_is_left_out_with_that_reason(tmp_path):
    schools = three_schools()
    data = write_schools(tmp_path / "data", {"Ash": schools["Ash"], "Twin": schools["Ash"][:5], "Oak": schools["Oak"]})
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)

    assert run.code == 3
    assert "Twin is left out: all of its pupils have results in another school's files too" in run.out


def test_files_beside_the_folders_are_named(tmp_path):
    data = write_schools(tmp_path / "data", three_schools())
    write_csv(data / "Loose.csv", headings(), school_rows(900, 3))
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)

    assert "Not read, as it lies beside the schools' folders and in none: Loose.csv" in run.out


def test_no_school_is_said_with_what_to_give_instead(tmp_path):
    write_csv(tmp_path / "data" / "Tracker.csv", headings(), school_rows(1, 8))
    run = siptrack_here("schools", tmp_path / "data", "-o", tmp_path / "out")

    assert run.code == 3
    assert "no school is named in it" in run.err


def test_an_order_that_is_none_is_refused_with_those_there_are_before_any_school_is_judged(ran, tmp_path):
    _, data, _ = ran
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--sort", "readign")

    assert run.code == 2
    assert "reading" in run.err
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_said_of_each_school_and_loses_none_that_was_kept(ran, tmp_path, monkeypatch):
    _, data, _ = ran
    write, full = judging.write_whole, iter([False, True, False])

    def sometimes(path, content, *, force):
        if next(full):
            raise OutputError(f"{path.name}: this file could not be written (No space left on device).")
        write(path, content, force=force)

    monkeypatch.setattr(judging, "write_whole", sometimes)
    judged = judge_schools(find_schools(data, load()).schools[::2], tmp_path, config=None, term=None)

    assert [one.exit_code for one in judged.schools] == [0, 5]
    assert judged.exit_code == 3


class Losing(Executor):
    """Does the work here, and loses every school of this name."""

    def __init__(self, name):
        self.name = name

    def submit(self, judge, task):
        future = Future()
        if task.files.name == self.name:
            future.set_exception(RuntimeError("the worker is gone"))
        else:
            future.set_result(judge(task))
        return future


def test_a_school_whose_worker_is_lost_twice_is_a_line_and_the_others_go_on(ran, tmp_path):
    _, data, _ = ran
    judged = judge_schools(
        find_schools(data, load()).schools, tmp_path, config=None, term=None, executor=lambda: Losing("Elm")
    )

    assert [one.exit_code for one in judged.schools] == [0, 3, 0]
    assert "twice" in judged.schools[1].messages[0]


def test_where_the_page_goes_is_no_school_and_may_not_be_the_schools_own_folder(tmp_path):
    data = write_schools(tmp_path / "data", three_schools())
    first, again = (siptrack_here("schools", data, "-o", data / "Trust", "--workers", 1, "--force") for _ in range(2))
    same = siptrack_here("schools", data, "-o", data)

    assert (first.code, again.code, again.out) == (0, 0, first.out)
    assert same.code == 3
    assert not (data / "kept").exists()


def test_folders_with_no_file_in_them_are_named(tmp_path):
    data = write_schools(tmp_path / "data", three_schools())
    (data / "Empty").mkdir()
    write_csv(data / "Deep" / "2025" / "Tracker.csv", headings(), school_rows(900, 3))
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    write_csv(tmp_path / "all" / "Deep" / "2025" / "Tracker.csv", headings(), school_rows(900, 3))
    deep = siptrack_here("schools", tmp_path / "all", "-o", tmp_path / "out2")

    assert "No school, as no file to read lies in these folders itself: Deep and Empty." in run.out
    assert deep.code == 3
    assert "no file to read lies in its folders themselves: Deep." in deep.err


def test_rows_of_no_school_are_counted_in_none_and_are_said(tmp_path):
    rows = [[name, *row] for name, of in three_schools().items() for row in of]
    rows += [["", *row] for row in school_rows(900, 7)] + [["", "", *row[1:]] for row in school_rows(950, 4)]
    write_csv(tmp_path / "data" / "All.csv", headings("School"), rows)
    run = siptrack_here("schools", tmp_path / "data", "-o", tmp_path / "out", "--workers", 1)

    assert "11 rows of pupils in no school" in run.out
    assert [line["on_roll"] for line in document(tmp_path / "out")["schools"]] == [CHILDREN - 2, CHILDREN + 1, CHILDREN]


def test_children_without_a_upn_are_counted_as_such(tmp_path):
    schools = three_schools()
    schools["Oak"] = [["", *row[1:]] if at < 7 else row for at, row in enumerate(schools["Oak"])]
    run = siptrack_here("schools", write_schools(tmp_path / "data", schools), "-o", tmp_path / "out", "--workers", 1)

    assert "7 children without a UPN" in run.out
    assert [line["without_upn"] for line in document(tmp_path / "out")["schools"]] == [0, 0, 7]


def test_a_term_that_no_school_has_come_to_is_said_of_each(ran, tmp_path):
    _, data, _ = ran
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--term", "Spring 2035")

    assert (run.code, run.out.count("is left out: No result is left to judge")) == (3, 3)


def test_what_another_run_took_away_is_said(tmp_path):
    with pytest.raises(OutputError, match="another run"):
        table_of(tmp_path / "gone.npz", "cells")


def test_ctrl_c_starts_no_further_school(ran, tmp_path):
    _, data, _ = ran
    waiting = Waiting("Elm")

    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judge_schools(
            find_schools(data, load()).schools, tmp_path, config=None, term=None,
            executor=lambda: waiting, on_school=interrupted,
        )  # fmt: skip

    assert [future.cancelled() for future in waiting.futures] == [False, True, True]


class Waiting(Losing):
    """Does the first, and has the others wait."""

    def __init__(self, name):
        super().__init__(name)
        self.futures = []

    def submit(self, judge, task):
        future = Future() if self.futures else super().submit(judge, task)
        self.futures.append(future)
        return future


def many_movers(children=16):
    """Ash, where some children were, and Elm, to which they have moved; Oak is beside them."""
    rows = {name: school_rows(first, CHILDREN, lift=0.2) for name, first in (("Ash", 0), ("Elm", 100), ("Oak", 200))}
    rows["Elm"] += [moved(rows["Ash"], number) for number in range(children)]
    return rows


def test_children_who_moved_are_followed_over_both_schools(tmp_path):
    schools = many_movers(30)
    for row in schools["Elm"][CHILDREN::2]:
        row[-1] = row[-4] = "WTS"
    data = write_schools(tmp_path / "data", schools)
    siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    followed = {row["subject"]: row for row in document(tmp_path / "out")["moved"]}
    rows = school_rows(0, 30, lift=0.2)
    for row in rows[::2]:
        row[-1] = row[-4] = "WTS"
    write_csv(tmp_path / "whole" / "Ash" / "Tracker.csv", headings(), rows)
    one = siptrack_here("analyse", tmp_path / "whole" / "Ash", "--format", "json")
    slow, told = Counter(), Counter()
    verdicts = defaultdict(set)
    for row in json.loads(one.out)["progress"]:
        verdicts[row["pupil"], row["subject"]].add(row["verdict"])
    for (_, subject), found in verdicts.items():
        told[subject] += found != {"cannot tell"}
        slow[subject] += "insufficient" in found

    assert followed
    for subject, row in followed.items():
        assert row["judged"] in {None, told[subject]}
        assert row["insufficient"] in {None, slow[subject]}
    assert any(row["insufficient"] for row in followed.values())


def test_a_second_run_follows_those_who_moved_from_what_is_kept(tmp_path, monkeypatch):
    data = write_schools(tmp_path / "data", many_movers())
    first = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    monkeypatch.setattr(judging, "open_session", None)

    assert siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--force").out == first.out


def test_a_scale_that_one_school_has_made_its_own_tells_nothing_over_both(tmp_path):
    data = write_schools(tmp_path / "data", many_movers())
    (data / "Ash" / "siptrack.yaml").write_text(
        "scales:\n  teacher-assessment:\n    thresholds: {tolerance: {value: 3, source: ours}}\n", encoding="utf-8"
    )
    siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    found = document(tmp_path / "out")

    assert [line["own_rules"] for line in found["schools"]] == [True, False, False]
    assert {(row["judged"], row["cannot_tell"]) for row in found["moved"]} == {(None, 16)}


def test_a_school_of_another_term_has_its_report_written_once_and_of_the_term_of_all(tmp_path, monkeypatch):
    schools = {"Ash": school_rows(0, 14), "Elm": school_rows(100, 14), "Oak": school_rows(200, 14)}
    later = [*headings(), "Reading Autumn 2025"]
    data = write_schools(tmp_path / "data", schools)
    write_csv(data / "Oak" / "Tracker.csv", later, [[*row, "EXS"] for row in schools["Oak"]])
    written, write = [], judging.write_folder

    def noted(folder, made, *, force):
        written.append(folder.name)
        write(folder, made, force=force)

    monkeypatch.setattr(judging, "write_folder", noted)
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--reports")

    assert run.code == 0
    assert written == ["Ash", "Elm", "Oak"]
    assert "Summer 2025" in (tmp_path / "out" / "reports" / "Oak" / "shareable" / "summary.html").read_text()


def test_a_report_that_cannot_be_written_is_said_of_its_school_which_is_counted_all_the_same(tmp_path, monkeypatch):
    data = write_schools(tmp_path / "data", {"Ash": school_rows(0, 14), "Oak": school_rows(200, 14)})

    def full(folder, *_, **__):
        raise OutputError(f"{folder.name}: this folder could not be written (No space left on device).")

    monkeypatch.setattr(judging, "write_folder", full)
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--reports")

    assert run.code == 5
    assert [line["on_roll"] for line in document(tmp_path / "out")["schools"]] == [14, 14]
    assert "No space left" in run.out


def test_an_old_report_of_a_school_that_has_left_is_named_and_stays(tmp_path):
    schools = {"Ash": school_rows(0, 14), "Oak": school_rows(200, 14)}
    data = write_schools(tmp_path / "data", schools)
    siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--reports")
    shutil.rmtree(data / "Oak")
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1, "--force")

    assert "perhaps an old report with names: Oak." in run.err
    assert (tmp_path / "out" / "reports" / "Oak" / "named").is_dir()


@pytest.mark.parametrize("one_file", [False, True])
def test_a_school_called_all_is_left_out_with_what_to_do(tmp_path, one_file):
    schools = {"Ash": school_rows(0, 14), "All": school_rows(200, 14), "Oak": school_rows(400, 14)}
    data = write_schools(tmp_path / "data", schools, one_file=one_file)
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)
    lines = {line["school"]: line["on_roll"] for line in document(tmp_path / "out")["schools"]}

    assert run.code == 3
    assert lines == {"All": None, "Ash": 14, "Oak": 14}
    assert "All is left out: a school of this name cannot be told from all schools together" in run.out


def test_schools_that_are_numbered_are_all_read_and_the_first_of_them_too(tmp_path):
    schools = {"1": school_rows(0, 14), "2": school_rows(200, 14), "3": school_rows(400, 14)}
    data = write_schools(tmp_path / "data", schools, one_file=True)
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)

    assert {line["school"]: line["on_roll"] for line in document(tmp_path / "out")["schools"]} == {
        "1": 14, "2": 14, "3": 14,
    }  # fmt: skip
    assert "in no school" not in run.out


def test_small_numbers_of_children_are_hidden_with_another_that_would_give_them_away(tmp_path):
    schools = {"Ash": school_rows(0, 14), "Elm": school_rows(200, 20), "Tiny": school_rows(400, 3)}
    data = write_schools(tmp_path / "data", schools)
    run = siptrack_here("schools", data, "-o", tmp_path / "out", "--workers", 1)

    assert [line["on_roll"] for line in document(tmp_path / "out")["schools"]] == [None, 20, None]
    assert "3 of 3 schools judged, 37 children on roll." in run.out
