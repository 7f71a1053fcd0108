"""What may be a child's name in a school's settings stands in no message about them, whatever the slip."""

from __future__ import annotations

from functools import cache

import pytest
from rule_texts import book_of, rules_of

from siptrack.rules.building import PARTS, Builder
from siptrack.rules.document import LONGEST_TEXT, MOST_ENTRIES, parse
from siptrack.rules.national import Known
from siptrack.rules.scale_entries import scale_entries
from siptrack.school.errors import RulesError

NAMES = ("Quillon", "Zebedee", "quixote", "A823432000099", "17/03/2016", "Null")
CHILD, OTHER = "Quillon, Zebedee", "quixote A823432000099 17/03/2016"
SECTIONS = ("pupils", "dismissed", "headings", "use", "choices")

# Slips that YAML itself, or its strict reading, stumbles over: {c} and {o} are children, {s} is the section.
SLIPS_OF_YAML = {
    "one twice": '{s}:\n  "{c}": "x"\n  "{c}": "y"\n',
    "one twice in braces": '{s}: {{"{c}": "x", "{c}": "y"}}\n',
    "nothing behind the colon": '{s}:\n  "{c}":\n',
    "a surname that is a word of YAML": '{s}:\n  Null: "{o}"\n',
    "a value that is a word of YAML": '{s}:\n  "{c}": Null\n',
    "an anchor": '{s}:\n  "{c}": &Quillon "{o}"\n',
    "an alias": '{s}:\n  "{c}": *Zebedee\n',
    "a tag": '{s}:\n  "{c}": !Quillon "{o}"\n',
    "a tag of nowhere": '{s}:\n  "{c}": !Quillon!Zebedee "{o}"\n',
    "a tag that runs a program": '{s}:\n  "{c}": !!python/object/apply:Quillon ["{o}"]\n',
    "an open quotation mark": '{s}:\n  "{c}": "{o}\n',
    "an open single quotation mark": "{s}:\n  '{c}: '{o}'\n",
    "an open bracket": '{s}:\n  "{c}": ["{o}"\n',
    "an open brace": '{s}: {{"{c}": "{o}"\n',
    "the wrong bracket": '{s}: {{"{c}": "{o}"]\n',
    "two colons": "{s}:\n  {c}: {o}: Quillon\n",
    "no quotation marks": '{s}:\n  {c}: "{o}" Quillon\n',
    "a tab": '{s}:\n\t"{c}": "{o}"\n',
    "too far in": '{s}:\n  "{c}": "{o}"\n    "{o}": "{c}"\n',
    "too far out": '{s}:\n    "{c}": "{o}"\n  "{o}": "{c}"\n',
    "a hyphen among names": '{s}:\n  "{c}": "{o}"\n  - Quillon\n',
    "a list for a name": '{s}:\n  ? ["{c}"]\n  : "{o}"\n',
    "an unknown escape": '{s}:\n  "{c}": "\\Quillon"\n',
    "a sign before a text": "{s}:\n  @Quillon: Zebedee\n",
    "a directive": "%Quillon Zebedee\n{s}: {{}}\n",
    "a block of text": "{s}: |Quillon\n  {c}\n",
    "a control character": '{s}:\n  "{c}": "{o}\x01"\n',
    "a second document": '{s}: {{}}\n---\n"{c}": "{o}"\n',
    "nested too deep": "{s}: " + "{{Quillon: " * 25 + '"{c}"' + "}}" * 25,
    "a text that goes on and on": "{s}:\n  x: " + "Quillon " * LONGEST_TEXT,
    "names that go on and on": "{s}:\n" + "".join(f"  Quillon{n}: x\n" for n in range(MOST_ENTRIES)),
}
# Slips that the sections themselves stumble over.
SLIPS = {
    "a list": '{s}: ["{c}", "{o}"]\n',
    "a text": '{s}: "{c}"\n',
    "a text behind each name": '{s}:\n  "{c}": "{o}"\n',
    "a list behind a name": '{s}:\n  "{c}": ["{o}"]\n',
    "a list of lists": '{s}:\n  "{c}": [["{o}"]]\n',
    "names behind a name": '{s}:\n  "{c}":\n    "{o}": "{c}"\n',
    "names behind names": '{s}:\n  "{c}": {{"{o}": {{"{c}": "{o}"}}}}\n',
    "a date that is none": '{s}:\n  "{c}": [{{value: "x"}}, {{from: "{o}", value: "{c}"}}]\n',
    "dates out of order": '{s}:\n  "{c}": [{{from: "Autumn 2026", a: "{o}"}}, {{from: "Autumn 2025", a: "{c}"}}]\n',
    "a date for the whole": '{s}:\n  - {{from: "Autumn 2026", "{c}": "{o}"}}\n',
    "a scale behind a name": '{s}:\n  "{c}": nc-levelz\n',
    "a subject behind a name": '{s}:\n  "{c}": {{subject: "{o}"}}\n',
    "a role behind a name": '{s}:\n  "{c}": {{role: "{o}"}}\n',
    "a characteristic behind a name": '{s}:\n  "{c}": {{characteristic: "{o}"}}\n',
    "a group behind a name": '{s}:\n  "{c}": {{group: "{o}"}}\n',
    "a scale behind a heading": '{s}:\n  "{c}": {{subject: reading, scale: "{o}"}}\n',
    "a reason that is a list": '{s}:\n  "{c}": {{ignored: ["{o}"]}}\n',
    "two meanings": '{s}:\n  "{c}": {{ignored: "{o}", subject: reading}}\n',
    "a meaning and more": '{s}:\n  "{c}": {{ignored: "{o}", "{o}": "{c}"}}\n',
    "a query that is none": '{s}:\n  "uncertain-mach at {c}": "{o}"\n',
    "a query without a place": '{s}:\n  "uncertain-match {c}": "{o}"\n',
    "an error": '{s}:\n  "unknown-grade at {c}": "{o}"\n',
    "the head of the section lost": 'trends: {{}}\n"{c}": "{o}"\n',
}
# The head of a section lost, so that its lines belong to the section before them.
STRAYS = {
    "a text": '{s}:\n  "{c}": "{o}"\n',
    "a text further in": '{s}:\n    "{c}": "{o}"\n',
    "names": '{s}:\n  "{c}": {{ignored: "{o}"}}\n',
    "a list": '{s}:\n  "{c}": ["{o}"]\n',
}


def written(slip: str, section: str) -> str:
    return slip.format(s=section, c=CHILD, o=OTHER)


def quoted(said: str) -> list[str]:
    return [name for name in NAMES if name.casefold() in said.replace("~ or null without", "").casefold()]


@cache
def _known() -> Known:
    rules = rules_of()
    return Known(rules.scales, rules.groups, rules.columns.subjects, rules.columns.combined, rules.years)


def refusal_of_own(settings: str) -> str:
    """What the sections of the school's own are refused with; the rest of the rules is built once."""
    rules, book = rules_of(), book_of()
    builder = Builder(lambda: book._ours, parse(settings, "siptrack.yaml"), None)
    builder.school.taken += [*PARTS, "scales"]
    builder.choices(scale_entries(_scales(), None))
    builder.headings(_known())
    builder.texts("pupils")
    builder.dismissed(rules.problems)
    builder.use(rules.scales, rules.columns.subjects)
    builder.school.done(quoted=False)
    return ""


@cache
def _scales():
    return {
        name.removeprefix("scales/").removesuffix(".yaml"): one for name, one in book_of()._ours.items() if "/" in name
    }


@pytest.mark.parametrize("slip", SLIPS_OF_YAML.values(), ids=SLIPS_OF_YAML)
def test_a_slip_of_yaml_is_refused_with_its_line_and_no_name(slip):
    for section in (*SECTIONS, "flags"):
        with pytest.raises(RulesError) as refused:
            parse(written(slip, section), "siptrack.yaml")

        assert quoted(str(refused.value)) == []
        assert str(refused.value).startswith("siptrack.yaml")


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS)
def test_a_slip_in_a_section_of_names_is_refused_without_a_name_or_is_none(slip, section):
    try:
        said = refusal_of_own(written(slip, section))
    except RulesError as refused:
        said = str(refused)

    assert quoted(said) == []
    assert not said or ", line " in said


def test_the_slips_are_slips():
    refused = dict.fromkeys(SECTIONS, 0)
    for section in SECTIONS:
        for slip in SLIPS.values():
            try:
                refusal_of_own(written(slip, section))
            except RulesError:
                refused[section] += 1

    assert min(refused.values()) > 7, refused


@pytest.mark.parametrize("section", [*PARTS, "scales", "choices"])
def test_a_childs_line_that_strayed_into_a_section_of_rules_is_refused_without_a_name(section, monkeypatch):
    """The slip of a head that is lost, as `pupils:` behind a # that stands there no more."""
    rules, book = rules_of(), book_of()
    if section not in ("scales", "choices"):  # which take most of the time
        monkeypatch.setattr(
            Builder, "scales", lambda builder, _: builder.school.taken.append("choices") or rules.scales
        )
    for kind, slip in STRAYS.items():
        if kind == "names" and section in ("bridges", "scales"):
            continue  # there it is a bridge or scale of the school's own, and called by its name
        builder = Builder(lambda: book._ours, parse(written(slip, section), "siptrack.yaml"), None)
        with pytest.raises(RulesError) as refused:
            builder.rules(book.files)

        assert quoted(str(refused.value)) == []
        assert str(refused.value).startswith("siptrack.yaml, line ")
