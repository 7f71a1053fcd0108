"""The rules in force: siptrack's own, with what the school's siptrack.yaml says instead."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from siptrack.rules.columns import build_columns, build_years
from siptrack.rules.document import Entry, Mark, parse, suggestion
from siptrack.rules.exports import build_exports, build_heading
from siptrack.rules.findings import build_flags, build_problems
from siptrack.rules.groups import build_groups
from siptrack.rules.model import HeadingRule, RuleFile, Ruler, Rules, Subject
from siptrack.rules.scales import build_scale
from siptrack.rules.section import Section
from siptrack.school.errors import RulesError
from siptrack.school.scale import Scale

SETTINGS_NAME = "siptrack.yaml"
_PACKAGED = Path(__file__).parent.parent / "config"  # where the wheel puts it
_CHECKOUT = Path(__file__).parents[3] / "config"
_PARTS = ("columns", "exports", "flags", "groups", "problems", "years")
Built = TypeVar("Built")


def config_folder() -> Path:
    """Where siptrack's own rule files are, installed or in a checkout."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def find_settings(paths: list[Path]) -> Path | None:
    """The school's siptrack.yaml beside the data: in a folder given, or beside a file given.

    Raises RulesError when there are two, since either would change what the other's children are judged by.
    """
    folders = dict.fromkeys((path if path.is_dir() else path.parent).resolve() for path in paths)
    found = [folder / SETTINGS_NAME for folder in folders if (folder / SETTINGS_NAME).is_file()]
    if len(found) > 1:
        names = " and ".join(str(path) for path in found)
        raise RulesError(f"Two settings files lie beside the data: {names}. Choose one with --config.")
    return found[0] if found else None


def load(settings: Path | None = None) -> Rules:
    """Every rule in force, checked.

    Raises RulesError with file and line for the first thing that is wrong.
    """
    folder = config_folder()
    sources = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.yaml"))}
    texts = {name: _read(path, name) for name, path in sources.items()}
    entries = {name: parse(text, name) for name, text in texts.items()}
    school = Section(Entry({}, Mark(SETTINGS_NAME, 1)), SETTINGS_NAME)
    if settings is not None:
        said = _read(settings, settings.name)
        school = Section(parse(said, settings.name), settings.name)
        return _build(entries, school, _ruler([*texts.items(), (settings.name, said)]))
    return _build(entries, school, _ruler(list(texts.items())))


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise RulesError(f"{name}: there is no such file; check the name given with --config.") from None
    except (OSError, UnicodeDecodeError):
        raise RulesError(f"{name}: this file cannot be read as UTF-8 text; save it again as UTF-8.") from None


def _ruler(texts: Sequence[tuple[str, str]]) -> Ruler:
    files = tuple(RuleFile(name, hashlib.sha256(text.encode()).hexdigest()) for name, text in sorted(texts))
    whole = "".join(f"{file.name} {file.sha256}\n" for file in files)
    return Ruler(hashlib.sha256(whole.encode()).hexdigest(), files)


def _build(entries: Mapping[str, Entry], school: Section, ruler: Ruler) -> Rules:
    parts = {name: _overlaid(entries[f"{name}.yaml"], school.find(name, needed=False)) for name in _PARTS}
    scale_sections = _scale_sections(entries, school)
    scales = {name: _finished(section, partial(build_scale, name)) for name, section in scale_sections.items()}
    headings = _headings(school, scales)
    columns = _finished(_section("columns", parts), build_columns)
    rules = Rules(
        scales=scales,
        years=_finished(_section("years", parts), build_years),
        columns=columns,
        groups=_finished(_section("groups", parts), build_groups),
        flags=_finished(_section("flags", parts), build_flags),
        problems=_finished(_section("problems", parts), build_problems),
        exports=_finished(_section("exports", parts), build_exports),
        headings=headings,
        pupils=_texts(school, "pupils"),
        use={**_use(school, scales, columns.subjects), **{rule.heading: rule.scale for rule in headings if rule.scale}},
        ruler=ruler,
    )
    school.done()
    return rules


def _overlaid(entry: Entry, other: Entry | None) -> Entry:
    return entry.overlaid(other) if other is not None else entry


def _section(name: str, parts: Mapping[str, Entry]) -> Section:
    return Section(parts[name], f"{name}.yaml")


def _scale_sections(entries: Mapping[str, Entry], school: Section) -> Mapping[str, Section]:
    """Each scale by name: siptrack's files, changed or joined by the school's."""
    whole = Entry(
        {Path(name).stem: entry for name, entry in entries.items() if name.startswith("scales/")},
        Mark("scales", 1),
    )
    merged = Section(_overlaid(whole, school.find("scales", needed=False)), "scales")
    return {name: Section(entry, f"the scale '{name}'") for name, entry in merged.names.items()}


def _finished(part: Section, build: Callable[[Section], Built]) -> Built:
    """What `build` makes of a whole file, with nothing left over."""
    part.text("checked", "")
    built = build(part)
    part.done()
    return built


def _headings(school: Section, scales: Mapping[str, Scale]) -> tuple[HeadingRule, ...]:
    """What the school says that its headings mean."""
    rules = tuple(school.each("headings", build_heading, needed=False).values())
    for rule in rules:
        if rule.scale and rule.scale not in scales:
            mark = school.section("headings").names[rule.heading].mark
            raise RulesError(f"{mark}: '{rule.scale}' is not a scale; known are {', '.join(scales)}.")
    return rules


def _use(school: Section, scales: Mapping[str, Scale], subjects: Mapping[str, Subject]) -> Mapping[str, str]:
    """Which scale the school uses in which subject, or under which heading."""
    chosen = _texts(school, "use")
    for name, scale in chosen.items():
        if name not in subjects and (near := suggestion(name, list(subjects))):
            raise RulesError(f"{school.section('use').names[name].mark}: '{name}' in 'use' is not a subject.{near}")
        if scale not in scales:
            part = school.section("use")
            mark = part.names[name].mark
            raise RulesError(f"{mark}: '{scale}' in {part.where} is not a scale; known are {', '.join(scales)}.")
    return chosen


def _texts(school: Section, name: str) -> Mapping[str, str]:
    """A section of the school's settings that gives each name a text; absent, none."""
    if school.find(name, needed=False) is None:
        return {}
    part = school.section(name)
    return {key: part.text(key) for key in part.names}
