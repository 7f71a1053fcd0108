"""The pictures of the pages: where each thing stands, and that no label covers another."""

from itertools import pairwise

import pytest

from hand_built import analysis, frame, progress, pupil, rules
from siptrack.analysis.tables import PROGRESS
from siptrack.documents.at_a_glance import at_a_glance
from siptrack.documents.children import every_child
from siptrack.documents.report.heat import heat, shade_step
from siptrack.documents.report.matrix import matrices
from siptrack.documents.report.overlap import Overlap, overlaps
from siptrack.rendering.html.axes import Axis, named_terms, pushed_apart

THREE = ("reading", "writing", "maths")


def children_of(made):
    return {child.pupil: child for child in every_child(made, [])}


def school(*attainments):
    """A child for each row of attainments in reading, writing and maths, all of one class."""
    rows = [
        progress(f"P{at}", subject, attainment=where, start_attainment=start, window="key_stage")
        for at, (start, *places) in enumerate(attainments)
        for subject, where in zip(THREE, places, strict=True)
    ]
    pupils = [pupil(f"P{at}", f"Child{at}, Jo") for at in range(len(attainments))]
    return analysis(pupils=pupils, flags=[], progress=frame(PROGRESS, rows), subjects=THREE)


@pytest.mark.parametrize(("percent", "step"), [(0, 0), (19.9, 0), (20, 1), (60, 3), (99, 4), (100, 4)])
def test_the_shades_go_from_nobody_to_everybody_in_fifths(percent, step):
    assert shade_step(percent) == step


def test_a_shade_has_no_percentage_where_too_few_are_assessed():
    (cell,) = heat(at_a_glance(analysis(), rules())).rows[0].cells

    assert cell == (0, 1, None)


def test_each_child_stands_once_in_the_table_of_start_and_now():
    made = school(("at", "at", "below", "above"), ("below", "at", "well below", "not known"))
    tables = {(table.year, table.subject): table for table in matrices(made, rules(), children_of(made))}
    writing = tables["Year 5", "Writing"]
    cells = {
        (row, at): [child.name for child in cell.children]
        for row, (_, across) in enumerate(writing.rows)
        for at, cell in enumerate(across)
        if cell.children
    }

    assert cells == {(2, 1): ["Child0, Jo"], (1, 0): ["Child1, Jo"]}
    assert writing.rows[2][1][1].steps == -1
    assert tables["Year 5", "Maths"].children == 1


def test_each_child_assessed_in_all_three_is_in_one_region():
    made = school(("at", "at", "above", "at"), ("at", "at", "below", "below"), ("at", "below", "below", "not known"))
    (picture,) = overlaps(made, rules(), children_of(made))
    found = {tuple(region.subjects): region.children for region in picture.regions if region.children}

    assert {subjects: [child.name for child in children] for subjects, children in found.items()} == {
        ("Reading", "Writing", "Maths"): ["Child0, Jo"],
        ("Reading",): ["Child1, Jo"],
    }
    assert len(picture.regions) == 8


def test_the_count_of_a_region_stands_inside_its_circles_and_outside_the_others():
    made = school(("at", "at", "at", "at"))
    (picture,) = overlaps(made, rules(), children_of(made))
    inside = {
        tuple(region.subjects): {
            circle.label
            for circle in picture.circles
            if (circle.x - region.x) ** 2 + (circle.y - region.y + 5) ** 2 < Overlap.radius**2
        }
        for region in picture.regions
    }

    assert {subjects: set(subjects) for subjects in inside} == inside
    assert len(inside) == 8
    assert all(0 < circle.label_y < Overlap.height for circle in picture.circles)


def test_labels_pushed_apart_keep_their_order_and_their_room():
    moved = pushed_apart([100, 102, 101, 20], 16, 120)

    assert sorted(range(4), key=lambda at: moved[at]) == [3, 0, 2, 1]
    assert all(below - above >= 16 for above, below in pairwise(sorted(moved)))
    assert max(moved) <= 120
    assert pushed_apart([], 16, 120) == []


def test_the_last_term_is_always_named_and_names_have_room():
    many = [(order, f"Summer {order}") for order in range(2000, 2020)]
    named = named_terms(Axis(0, 500, 2000, 2019), many)

    assert named[-1].year == "2019"
    assert 3 <= len(named) < 12
    assert all(later.x - earlier.x > 50 for earlier, later in pairwise(named))


def test_one_term_alone_stands_in_the_middle():
    assert named_terms(Axis(0, 100, 7, 7), [(7, "Summer, this year")])[0].x == 50
