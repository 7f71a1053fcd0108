"""`siptrack init`: a siptrack.yaml to start from, with the school's word on what schools disagree about."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from siptrack.commands.messages import is_terminal, say
from siptrack.commands.options import PATH, examples
from siptrack.commands.output import say_unusable
from siptrack.commands.waiting import Waiting
from siptrack.school.errors import ChoiceError, ExitCode
from siptrack.school.near import instead

if TYPE_CHECKING:
    from siptrack.rules.model import Rules
    from siptrack.school.groups import MostlyBlank
    from siptrack.school.scale import Choice, Scale

Decided = dict[str, dict[str, str]]


@click.command(
    epilog=examples("siptrack init data", "siptrack init data --defaults"),
)
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--choose", multiple=True, metavar="SCALE.SETTING=OPTION", help="Decide a setting, such as steps.end-of-year=w."
)
@click.option("--defaults", is_flag=True, help="Ask nothing and take siptrack's defaults.")
@click.option("-o", "--output", type=PATH, help="Write here [default: siptrack.yaml beside the data].")
@click.option("--force", is_flag=True, help="Write over an existing file.")
def init(paths: tuple[Path, ...], choose: tuple[str, ...], defaults: bool, output: Path | None, force: bool) -> int:
    """Write a siptrack.yaml to start from, asking what schools disagree about.

    With PATHS, only what the scales in these files leave to the school is asked; without, what any scale does.
    """
    from siptrack.documents.settings import settings_file
    from siptrack.rendering.writing import refuse_early, write_whole
    from siptrack.rules.load import load, settings_beside

    target = output or settings_beside(paths)
    refuse_early(target, force=force)
    rules = load()
    scales, blanks, ended = _found(paths, rules)
    decided = _decided(choose, rules)
    ask = not defaults and is_terminal(sys.stdin)
    for scale in scales:
        for choice in scale.choices:
            if choice.name not in decided.get(scale.name, {}):
                decided.setdefault(scale.name, {})[choice.name] = _asked(scale, choice) if ask else choice.default
    write_whole(target, settings_file(decided, rules, blanks).encode("utf-8"), force=force)
    say(f"Written: {target}. Everything in it can be changed there.")
    return ended


def _found(paths: Sequence[Path], rules: Rules) -> tuple[list[Scale], Sequence[MostlyBlank], ExitCode]:
    """The scales found in the files, without files all; the characteristics whose blanks may mean no; how it ends."""
    if not paths:
        return list(rules.scales.values()), (), ExitCode.DONE
    from siptrack.commands.opening import read_paths
    from siptrack.reading.blanks import mostly_blank
    from siptrack.reading.read import understand

    known = understand(read_paths(paths, Waiting.watched(paths)), rules)
    say_unusable(known.findings)
    found = set(known.scales.scales.values())
    scales = [scale for name, scale in rules.scales.items() if name in found]
    ended = ExitCode.INPUT if known.findings.unusable else ExitCode.DONE
    return scales, mostly_blank(known.layouts, rules), ended


def _decided(choose: Sequence[str], rules: Rules) -> Decided:
    """What --choose says, each setting and option checked."""
    decided: Decided = {}
    for text in choose:
        name, _, option = text.partition("=")
        scale_name, _, setting = name.partition(".")
        settings = {choice.name: choice for choice in _choices(scale_name, rules)}
        if setting not in settings or option not in {choice.name for choice in settings[setting].options}:
            raise ChoiceError(f"--choose '{text}' is not known. {instead(text, _every(rules))}")
        decided.setdefault(scale_name, {})[setting] = option
    return decided


def _choices(scale: str, rules: Rules) -> tuple[Choice, ...]:
    known: Mapping[str, Scale] = rules.scales
    return known[scale].choices if scale in known else ()


def _every(rules: Rules) -> list[str]:
    return [
        f"{scale.name}.{choice.name}={'|'.join(option.name for option in choice.options)}"
        for scale in rules.scales.values()
        for choice in scale.choices
    ]


def _asked(scale: Scale, choice: Choice) -> str:
    """The option that the person at the keyboard names; return alone, or a screen that is shut, takes the default."""
    options = (f"  {option.name:<16} {option.says}" for option in choice.options)
    if not say("", f"{scale.label}: {choice.question}", *options):
        return choice.default
    names = [option.name for option in choice.options]
    answer: str = click.prompt("Which", type=click.Choice(names), default=choice.default, show_choices=False, err=True)
    return answer
