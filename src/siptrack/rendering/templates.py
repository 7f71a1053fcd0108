"""Templates that are strict: what they are not given is a fault, and every value passes through one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from siptrack.rendering import numbers
from siptrack.rendering.compiled import compiled_beside
from siptrack.school.rounding import half_up

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.compiler import Frame
    from jinja2.nodes import Expr


def environment(folders: Sequence[Path], finish: Callable[[object], object]) -> Environment:
    """What renders the templates of these folders. What `finish` makes of a value is written as it is.

    What a macro made comes to `finish` as `Markup`, which is finished already.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from jinja2.compiler import CodeGenerator

    class Finished(CodeGenerator):
        """Writes no further escaping around a value that is finished: to look at each twice takes half of the time."""

        def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:  # noqa: ARG002  # as jinja2 calls it
            self.write(f"str({finalize.src}")

    class Strict(Environment):
        code_generator_class = Finished

    made = Strict(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finish,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled_beside(folders[0]),
    )
    made.filters.update(_FILTERS)
    return made


_FILTERS: Mapping[str, object] = {
    "n": numbers.quantity,
    "plural": numbers.plural,
    "thousands": numbers.thousands,
    "listed": numbers.listed,
    "few": numbers.few,
    "inside": numbers.inside,
    "in_sentence": numbers.in_sentence,
    "signed": numbers.signed,
    "signed_plain": numbers.signed_plain,
    "percentage_points": numbers.percentage_points,
    "percent_after": numbers.percent_after,
    "percent": numbers.whole_percent,
    "percentage": numbers.percentage,
    "percents": numbers.whole_percents,
    "share": numbers.share,
    "points": numbers.whole_points,
    "whole": half_up,
    "day": numbers.day,
    "by": numbers.by,
    "stopped": numbers.stopped,
    "plain": numbers.plain_number,
    "without": str.removeprefix,
    "each": lambda these, say: [say(item) for item in these],
}
