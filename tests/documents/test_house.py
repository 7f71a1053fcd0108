"""The house stands as it was drawn: imports point one way, and never in a circle.

commands -> documents -> rendering -> school, documents -> cycle -> analysis -> rules -> school, and commands ->
session, which opens, chooses and judges: session -> cycle, session -> scope -> analysis, session -> reading -> rules ->
school.
"""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((SOURCE / "siptrack").rglob("*.py"))
}
FRONT_DOOR = ("siptrack", "siptrack.__main__")  # the library's and the program's; they may open any room

_JUDGED = {"cycle", "analysis", "rules", "school"}
_SEEN = {"documents", "rendering", "version"}
MAY_IMPORT = {
    "commands": {"commands", "many", "session", "scope", "reading", *_SEEN, *_JUDGED},
    "session": {"scope", "reading", *_JUDGED},
    "many": {"many", "session", "scope", "reading", *_SEEN, *_JUDGED},
    "scope": {"analysis", "reading", "rules", "school"},
    "documents": {*_SEEN, *_JUDGED},
    "rendering": {"rendering", "rules", "school", "version"},
    "cycle": _JUDGED,
    "analysis": {"analysis", "rules", "school"},
    "reading": {"reading", "rules", "school"},
    "rules": {"rules", "school", "version"},
    "school": {"school"},
    "version": set(),
}
FOREIGN = {  # libraries that a folder must not know
    "analysis": {"click", "rich", "yaml", "openpyxl", "defusedxml"},
    "cycle": {"click", "rich", "yaml", "openpyxl", "defusedxml"},
    "school": {"click", "rich", "yaml", "openpyxl", "defusedxml"},
    "rules": {"click", "rich", "openpyxl", "pandas"},
    "reading": {"click", "rich", "yaml"},
    "documents": {"click", "yaml", "rich"},
    "rendering": {"click", "yaml"},
}
# Of rules these know the frozen model and not how it is loaded.
MODEL_ALONE = (
    "analysis",
    "cycle",
    "documents",
    "rendering",
)


def _imports(module: str) -> list[tuple[int, str]]:
    """The line and the full name of everything that a module imports, inside functions and for types too."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}, line {node.lineno}: write the import out in full"
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            found += [(node.lineno, name if name in MODULES else str(node.module)) for name in whole]
    return found


def _imports_when_run(module: str) -> set[str]:
    """The modules of siptrack that this one imports, when it is loaded or when a function of it runs; types apart."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for_types = {
        id(inside)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inside in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(name if name in MODULES else str(node.module) for name in whole)
    return {name for name in found if name in MODULES and name != module}


def _folder(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def _inside() -> list[str]:
    return [module for module in MODULES if module not in FRONT_DOOR]


def _said(offences: list[str]) -> str:
    return "imports that point the wrong way:\n" + "\n".join(offences)


def test_the_rooms_are_the_ones_that_were_drawn():
    assert {_folder(module) for module in _inside()} == set(MAY_IMPORT)
    assert len(MODULES) > 30


def test_imports_point_one_way():
    offences = [
        f"{module}, line {line}: {_folder(module)} must not import {name}"
        for module in _inside()
        for line, name in _imports(module)
        if name.startswith("siptrack.") and _folder(name) not in MAY_IMPORT[_folder(module)]
    ]

    assert not offences, _said(offences)


def test_nothing_inside_uses_the_front_door():
    offences = [
        f"{module}, line {line}: from siptrack"
        for module in _inside()
        for line, name in _imports(module)
        if name == "siptrack"
    ]

    assert not offences, _said(offences)


def test_the_front_door_of_the_library_opens_no_command():
    assert [name for _, name in _imports("siptrack") if name.startswith("siptrack.commands")] == []


def test_the_middle_knows_no_terminal_no_yaml_and_no_workbook():
    offences = [
        f"{module}, line {line}: {_folder(module)} must not import {name}"
        for module in _inside()
        for line, name in _imports(module)
        if name.split(".")[0] in FOREIGN.get(_folder(module), set())
    ]

    assert not offences, _said(offences)


def test_analysis_and_documents_know_the_rules_as_a_model_and_not_how_they_are_loaded():
    offences = [
        f"{module}, line {line}: {name}; only siptrack.rules.model may be imported there"
        for module in _inside()
        if _folder(module) in MODEL_ALONE
        for line, name in _imports(module)
        if name.startswith("siptrack.rules") and name != "siptrack.rules.model"
    ]

    assert not offences, _said(offences)


def test_the_middle_opens_no_file_reads_no_clock_and_prints_nothing():
    forbidden = {"open", "print", "input"}
    modules = {"os", "sys", "time", "pathlib", "io", "logging", "random", "subprocess", "socket"}
    offences = []
    for module in _inside():
        if _folder(module) not in ("analysis", "cycle", "school"):
            continue
        tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
        offences += [f"{module}, line {call.lineno}: {call.func.id}()" for call in calls if call.func.id in forbidden]
        offences += [f"{module}, line {line}: {name}" for line, name in _imports(module) if name in modules]

    assert not offences, _said(offences)


def _circle_from(module: str, path: tuple[str, ...], done: set[str]) -> tuple[str, ...]:
    """The first import circle met from this module on, as the modules in it; empty when there is none."""
    if module in path:
        return (*path[path.index(module) :], module)
    if module in done:
        return ()
    for other in sorted(_imports_when_run(module)):
        if circle := _circle_from(other, (*path, module), done):
            return circle
    done.add(module)
    return ()


def test_no_import_goes_in_a_circle():
    done: set[str] = set()
    circles = [" -> ".join(circle) for module in MODULES if (circle := _circle_from(module, (), done))]

    assert not circles, f"import circles: {circles[:1]}"


def test_no_module_is_a_drawer_for_odds_and_ends():
    drawers = {"utils", "util", "helpers", "common", "misc"}

    assert [module for module in MODULES if module.rsplit(".", 1)[-1] in drawers] == []


SAYS = "siptrack.commands.messages"  # which makes every line harmless, and fails on none
SHOWS = ("siptrack.commands.output", "siptrack.commands")  # which make what is shown harmless, and see it arrive
ANSWERS = "siptrack.reading.formats.child"  # a process of its own, whose standard output is a pipe to siptrack
SPEAKS = {"print", "input", "breakpoint"}
SPEAKS_FOR_OTHERS = {"echo", "secho", "echo_via_pager", "confirm", "show", "progressbar", "print_exc", "warn"}
IN_MEMORY = {
    "siptrack.commands": "click.UsageError('', getattr(error, 'ctx', None)).show(shown)"
}  # and said line by line


def _spoken(module: str) -> list[str]:
    """Where a module writes to a stream of the program, or has a library write there."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    calls = [
        node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node) != IN_MEMORY.get(module)
    ]
    found = [one for one in calls if isinstance(one.func, ast.Name) and one.func.id in SPEAKS]
    found += [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr in SPEAKS_FOR_OTHERS]
    found += [
        one for one in calls if any(word.arg == "stderr" and "True" in ast.unparse(word) for word in one.keywords)
    ]
    streams = [node.value for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    told = [f"{one.lineno}: {ast.unparse(one)}" for one in found]
    for stream, speakers in (("sys.stderr", (SAYS,)), ("sys.stdout", (SAYS, *SHOWS, ANSWERS))):
        told += [f"{one.lineno}: {stream}" for one in streams if ast.unparse(one) == stream and module not in speakers]
    return [f"{module}, line {one}" for one in told]


def test_whatever_is_said_goes_through_one_voice_and_what_is_shown_through_one_door():
    offences = [offence for module in MODULES for offence in _spoken(module)]

    assert not offences, "say it with siptrack.commands.messages, show it with deliver:\n" + "\n".join(offences)


IN_THE_CHILDS_JSON = {"Membership", "Written"}  # named in the schema of a child's page, version 1


def test_no_two_classes_have_one_name():
    places: dict[str, list[str]] = {}
    for module in _inside():
        for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(module)

    assert {name: where for name, where in places.items() if len(where) > 1 and name not in IN_THE_CHILDS_JSON} == {}


def test_no_two_modules_of_tests_have_one_name():
    names = [path.name for path in Path(__file__).parents[1].rglob("test_*.py")]

    assert sorted({name for name in names if names.count(name) > 1}) == []
