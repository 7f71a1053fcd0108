"""The colours of the screen can be told apart by people who do not see red and green as others do."""

from __future__ import annotations

import ast
from itertools import combinations
from pathlib import Path

import pytest

from siptrack.rendering import styles

SOURCE = Path(styles.__file__).parents[1]
COLOURS = {"red", "green", "yellow", "blue", "magenta", "cyan"}
TERMINAL = {"red": (205, 0, 0), "yellow": (205, 205, 0), "cyan": (0, 205, 205)}  # xterm's own
# How a colour looks to somebody without red or green cones: Machado, Oliveira and Fernandes 2009, severity 1.0.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
TOLD_APART = 25  # CIELAB; 2.3 is the least that anybody sees side by side, 25 is another colour at a glance


def colour_of(style: str) -> str:
    return next((word for word in style.split() if word in COLOURS), "")


def in_force() -> dict[str, str]:
    return {name: value for name, value in vars(styles).items() if name.isupper()}


def linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def lab(colour: str, eye: str) -> tuple[float, float, float]:
    red, green, blue = (linear(part / 255) for part in TERMINAL[colour])
    seen = [min(1.0, max(0.0, a * red + b * green + c * blue)) for a, b, c in EYES[eye]]
    x = (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505
    y = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]
    z = (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, eye: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one, eye), lab(other, eye), strict=True)) ** 0.5


@pytest.mark.parametrize("eye", EYES)
def test_every_two_colours_are_told_apart_at_a_glance_by(eye):
    colours = sorted({colour_of(style) for style in in_force().values()} - {""})

    assert len(colours) > 2
    assert [pair for pair in combinations(colours, 2) if apart(*pair, eye) < TOLD_APART] == []


def test_the_measure_would_refuse_a_pair_that_is_not_told_apart(monkeypatch):
    monkeypatch.setitem(TERMINAL, "brown", (150, 75, 0))
    monkeypatch.setitem(TERMINAL, "green", (60, 100, 0))

    assert apart("brown", "green", "usual") > TOLD_APART
    assert apart("brown", "green", "deuteranopia") < TOLD_APART


def test_no_colour_is_named_anywhere_else():
    named = [
        f"{path.relative_to(SOURCE)}, line {node.lineno}: {node.value}"
        for path in sorted(SOURCE.rglob("*.py"))
        if path.name != "styles.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and colour_of(node.value)
        and set(node.value.split()) <= COLOURS | {"bold", "dim", "italic", "underline"}
    ]

    assert named == []
