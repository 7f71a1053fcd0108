"""The ruler: the rule files in force with their hash, read from siptrack and the school, or from a saved ruler."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from siptrack.rules.document import parse
from siptrack.rules.model import RuleFile, Ruler
from siptrack.rules.named import UnreadableError, read_named
from siptrack.rules.section import RuleSection
from siptrack.school.errors import ChoiceError, RulesError

SETTINGS_NAME = "siptrack.yaml"
_SAVED = "siptrack/ruler/1"
_PACKAGED = Path(__file__).parent.parent / "config"  # where the wheel puts it
_CHECKOUT = Path(__file__).parents[3] / "config"
_MOST_CHARACTERS = 4_000_000
_BREAKS_OF_YAML = re.compile("[\r\x85\u2028\u2029]")  # which are no line breaks to a reader of text


@dataclass(frozen=True)
class RuleFiles:
    """The texts of the rule files by name, the school's settings among them, and their hash.

    `own` is the ruler of `ours` alone, where these are siptrack's as it has them today. Of a saved ruler there is none,
    and `newest` are the same files as siptrack has them today, for the codes that came later.
    """

    ours: Mapping[str, str]
    school: str | None
    school_name: str
    ruler: Ruler
    newest: Mapping[str, str] = field(default_factory=dict, compare=False)
    own: Ruler | None = field(default=None, compare=False)


def config_folder() -> Path:
    """Where siptrack's own rule files are, installed or in a checkout."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def read_rule_files(settings: Path | None = None, saved: Path | None = None) -> RuleFiles:
    """Siptrack's rule files with the school's settings; or those of a saved ruler, whatever siptrack says today.

    A rule file that is newer than the saved ruler is siptrack's: its rules were nobody's then.

    Raises ChoiceError for both at once, RulesError for a file that cannot be read.
    """
    if settings is not None and saved is not None:
        raise ChoiceError("--config and --ruler cannot go together: a saved ruler holds the school's settings already.")
    folder = config_folder()
    ours = {path.relative_to(folder).as_posix(): _read(path) for path in sorted(folder.rglob("*.yaml"))}
    if saved is not None:
        frozen, digest = _thawed(_read(saved), saved.name)
        school = frozen.pop(SETTINGS_NAME, None)
        ruler = _ruler({**frozen, **({SETTINGS_NAME: school} if school is not None else {})})
        if ruler.sha256 != digest:
            raise RulesError(f"{saved.name}: this ruler was changed after it was saved; its hash no longer fits.")
        newer = {name: text for name, text in ours.items() if name not in frozen and not name.startswith("scales/")}
        return RuleFiles({**frozen, **newer}, school, SETTINGS_NAME, ruler, ours)
    own = _ruler(ours)
    if settings is None:
        return RuleFiles(ours, None, SETTINGS_NAME, own, own=own)
    school = _read(settings)
    return RuleFiles(ours, school, settings.name, _ruler({**ours, SETTINGS_NAME: school}), own=own)


def saved_ruler(files: RuleFiles, version: str) -> str:
    """The rule files as one text, to be kept beside the reports that were made with them."""
    texts = {**files.ours, **({SETTINGS_NAME: files.school} if files.school is not None else {})}
    lines = [
        "# A ruler saved by siptrack: every rule that was in force. Use it with --ruler; do not change it.",
        f'ruler: "{_SAVED}"',
        f'version: "{version}"',
        f'sha256: "{files.ruler.sha256}"',
        "files:",
    ]
    for name, text in sorted(texts.items()):
        if _BREAKS_OF_YAML.search(text):
            lines.append(f'  "{name}": {_quoted(text)}')
            continue
        lines.append(f'  "{name}": |2+' if text.endswith("\n") else f'  "{name}": |2-')
        lines += [f"    {line}" if line else "" for line in text.removesuffix("\n").split("\n")]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text in double quotes, with escapes for what YAML takes for the end of a line."""
    return _BREAKS_OF_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _thawed(text: str, name: str) -> tuple[dict[str, str], str]:
    """The texts in a saved ruler, and the hash that it gives."""
    part = RuleSection(parse(text, name, _MOST_CHARACTERS, _MOST_CHARACTERS), name)
    if part.names.get("ruler") is None or part.text("ruler") != _SAVED:
        raise RulesError(f"{name}: this is not a ruler saved by 'siptrack rules --save'.")
    part.text("version")
    files, digest = part.section("files"), part.text("sha256")
    texts = {file: files.text(file) for file in files.names}
    part.done()
    return texts, digest


def _read(path: Path) -> str:
    name = path.name or str(path)
    try:
        content = read_named(path, _MOST_CHARACTERS)
        text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig").read()
    except FileNotFoundError:
        raise RulesError(f"{name}: there is no such file; check the name given.") from None
    except UnreadableError as reason:
        raise RulesError(f"{name}: {reason}.") from None
    except UnicodeDecodeError:
        raise RulesError(f"{name}: this file cannot be read as UTF-8 text; save it again as UTF-8.") from None
    if len(content) > _MOST_CHARACTERS:
        raise RulesError(f"{name}: this is far too long for a file of rules; check the name given.")
    return text


def _ruler(texts: Mapping[str, str]) -> Ruler:
    files = tuple(RuleFile(name, hashlib.sha256(text.encode()).hexdigest()) for name, text in sorted(texts.items()))
    whole = "".join(f"{file.name} {file.sha256}\n" for file in files)
    return Ruler(hashlib.sha256(whole.encode()).hexdigest(), files)
