from __future__ import annotations

import inspect
import pickle
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from rule_texts import STARS, book_of, refusal_of

from siptrack.rules import building, built, load, ruler
from siptrack.rules.building import Builder
from siptrack.rules.built import once
from siptrack.rules.document import parse
from siptrack.school.errors import RulesError

USED = {
    "columns": {"columns"},
    "enquiry": {"questions"},
    "groups": {"groups"},
    "known": {"scales", "groups", "columns", "years"},
    "own_bridges": set(),
    "scales": {"scales"},
    "self": set(),
}  # by the names of the values in `Builder.rules`, the parts that they are of
CHOSEN = 'choices:\n  teacher-assessment:\n    basis: "end-of-year"\n'
SETTINGS = {
    "nothing": "# nothing\n",
    "a scale": STARS,
    "a choice": CHOSEN,
    "a choice and a scale": CHOSEN + STARS,
    "a year group": 'years:\n  spellings: {"12": ["top class"]}\n',
    "a flag": 'flags:\n  flags:\n    below: {active: "false"}\n',
    "a heading": 'headings:\n  "Our reading": {subject: reading}\n',
    "a child": 'pupils:\n  "Smith, Sam": "Smith, Samuel"\n',
    "from a term on": 'flags:\n  flags:\n    below: {from: "Autumn 2026", active: "false"}\n',
}


class Trap:
    """What makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def fail(*_):
    raise AssertionError("built again")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of siptrack's own rules, in which nothing is kept yet."""
    ours = tmp_path / "config"
    shutil.copytree(ruler.config_folder(), ours, ignore=shutil.ignore_patterns("*.pickle*"))
    for module in (ruler, built):
        monkeypatch.setattr(module, "config_folder", lambda: ours)
    return ours


def test_what_is_built_is_kept_and_not_built_again(folder):
    assert once("rules", "hash", lambda: ["built"]) == ["built"]
    assert once("rules", "hash", fail) == ["built"]
    assert [path.name for path in folder.glob("*.pickle*")] == ["rules.pickle"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("VERSION", "0.0.9"),
        ("_program", lambda: "other code"),
        ("sys", SimpleNamespace(implementation=SimpleNamespace(cache_tag="cpython-399"))),
    ],
)
def test_what_another_siptrack_or_python_kept_is_built_again(monkeypatch, name, other):
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(built, name, other)
        once("rules", "hash", lambda: ["of another"])

    assert once("rules", "hash", lambda: ["ours"]) == ["ours"]
    assert once("rules", "hash", fail) == ["ours"]


@pytest.mark.usefixtures("folder")
def test_what_was_built_of_other_rule_files_is_built_again():
    once("rules", "hash", lambda: ["of others"])

    assert once("rules", "another hash", lambda: ["of these"]) == ["of these"]


@pytest.mark.parametrize("first", ["", "no hash\n", "{maker}\n", "{maker} {other}\n", "{other} {its}\n"])
def test_nothing_is_unpickled_before_its_first_line_is_found_right(folder, tmp_path, first):
    sprung, trap = tmp_path / "sprung", pickle.dumps(Trap(tmp_path / "sprung"))
    maker = built._maker("rules", "hash")
    its = built._first_line(maker, trap).decode().split()[1]
    line = first.format(maker=maker, other="0" * 64, its=its)
    (folder / "rules.pickle").write_bytes(line.encode() + trap)

    assert once("rules", "hash", lambda: ["ours"]) == ["ours"]
    assert not sprung.exists()


def test_what_is_cut_short_is_built_again(folder):
    once("rules", "hash", lambda: ["before"])
    kept = (folder / "rules.pickle").read_bytes()
    (folder / "rules.pickle").write_bytes(kept[:-5])

    assert once("rules", "hash", lambda: ["again"]) == ["again"]


def test_where_nothing_can_be_kept_it_is_built_and_nothing_said(monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(built, "config_folder", lambda: tmp_path / "none")

    assert once("rules", "hash", lambda: ["built"]) == ["built"]
    assert (capfd.readouterr(), list(tmp_path.iterdir())) == (("", ""), [])


@pytest.mark.usefixtures("folder")
def test_a_file_of_the_same_name_in_the_schools_folder_is_not_read(tmp_path, monkeypatch):
    own = ruler.read_rule_files().own
    for name in ("rules", "entries"):
        trap = pickle.dumps(Trap(tmp_path / "sprung"))
        line = built._first_line(built._maker(name, own.sha256), trap)
        (tmp_path / f"{name}.pickle").write_bytes(line + b"\n" + trap)
    (tmp_path / "siptrack.yaml").write_text(CHOSEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    load.load(load.find_settings([tmp_path]))

    assert not (tmp_path / "sprung").exists()


@pytest.mark.usefixtures("folder")
def test_the_rules_kept_are_the_rules_built_and_need_no_yaml(monkeypatch):
    first = load.open_book()
    now = (first.newest, first.changes(), first.entries())
    monkeypatch.setattr(load, "parse", fail)
    then = load.open_book()

    assert (then.newest, then.changes(), then.entries()) == now
    assert Builder(lambda: first._ours, load._NO_SETTINGS, None).rules(first.files.ruler) == now[0]


def test_a_rule_file_that_was_changed_is_read(folder):
    before = load.load().flags.too_many
    path = folder / "flags.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(f"too_many: {{value: {before:g}", f"too_many: {{value: {before + 1:g}"), encoding="utf-8"
    )

    assert load.load().flags.too_many == before + 1


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_the_rules_with_a_schools_settings_are_those_of_building_them_all(settings):
    book = book_of(settings)
    whole = Builder(lambda: book._ours, parse(settings, "siptrack.yaml"), None).rules(book.files.ruler)

    assert book.newest == whole
    assert list(book.newest.scales) == list(whole.scales)
    assert [scale.choices for scale in book.newest.scales.values()] == [
        scale.choices for scale in whole.scales.values()
    ]


@pytest.mark.usefixtures("folder")
def test_only_what_a_school_changes_is_built_again(monkeypatch):
    load.load()
    monkeypatch.setattr(building, "_finished", fail)

    assert load.RuleBook(book_of(SETTINGS["a child"]).files).at().pupils == {"Smith, Sam": "Smith, Samuel"}


def test_each_part_tells_which_parts_it_is_built_from(monkeypatch):
    told, part = {}, Builder.part

    def seen(builder, name, build, *built_from):
        told[name] = (set(inspect.getclosurevars(build).nonlocals), set(built_from))
        return part(builder, name, build, *built_from)

    monkeypatch.setattr(Builder, "part", seen)
    book = book_of()
    Builder(lambda: book._ours, load._NO_SETTINGS, None).rules(book.files.ruler)
    used = {name: set().union(*(USED[value] for value in values)) for name, (values, _) in told.items()}

    assert used | {"columns": {"scales"}} == {name: built_from for name, (_, built_from) in told.items()}
    assert set(told) == set(building.PARTS)


def test_a_stray_name_is_told_with_all_that_there_are():
    stray = 'fligs: "x"\n'
    book = book_of(stray)
    whole = Builder(lambda: book._ours, parse(stray, "siptrack.yaml"), None)

    with pytest.raises(RulesError) as refused:
        whole.rules(book.files.ruler)

    assert refusal_of(stray) == str(refused.value)
    assert all(f" {part}" in str(refused.value) for part in (*building.PARTS, "scales", *building.SCHOOLS_OWN))
