"""Where nodes, lines and marks stand."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from faultline.publish.figure.curves import MARK, curves_of
from faultline.publish.figure.labels import Box, box_of, width_of
from faultline.publish.figure.layout import Layout, layout_of
from faultline.publish.figure.plan import Plan, plan_of
from tests.publish.figure.sample import OTHERS, RING, system_of

_NODES = st.sampled_from(["a", "b", "north", "a very long name of a level that needs lines", "x" * 40, "é"])
_ARROWS = st.lists(st.tuples(_NODES, _NODES, st.sampled_from("+-?")).filter(lambda a: a[0] != a[1]), max_size=14)


def placed(plan: Plan) -> tuple[Layout, dict[str, Box]]:
    boxes = {node: box_of(node) for node in plan.nodes}
    return layout_of(plan, boxes), boxes


def overlap(layout: Layout, boxes: dict[str, Box]) -> list[tuple[str, str]]:
    found = []
    nodes = sorted(layout.places)
    for n, a in enumerate(nodes):
        for b in nodes[n + 1 :]:
            (ax, ay), (bx, by) = layout.places[a], layout.places[b]
            wide = boxes[a].half_width + boxes[b].half_width
            high = boxes[a].half_height + boxes[b].half_height
            if abs(ax - bx) < wide and abs(ay - by) < high:
                found.append((a, b))
    return found


@settings(max_examples=15)
@given(_ARROWS)
def test_no_two_labels_overlap_in_any_map(arrows: list[tuple[str, str, str]]) -> None:
    plan = plan_of(system_of([f"+{a} > {sign}{b}" for a, b, sign in arrows]))
    assert overlap(*placed(plan)) == []


def test_label_fits_its_box() -> None:
    for name in ("control", "capacity of the security forces to respond", "w" * 60):
        box = box_of(name)
        assert all(width_of(line) <= 2 * box.half_width for line in box.lines)


def test_loop_stated_as_one_stands_in_the_centre() -> None:
    plan = plan_of(system_of(OTHERS, RING))
    layout, _ = placed(plan)
    assert set(plan.ring) == set("abcd")
    furthest = max(math.dist((0, 0), layout.places[node]) for node in plan.ring)
    assert all(math.dist((0, 0), layout.places[node]) > 0.8 * furthest for node in plan.outer)


def test_layout_is_the_same_every_time() -> None:
    plan = plan_of(system_of(OTHERS, RING))
    assert placed(plan) == placed(plan)


def test_opposite_arrows_of_one_sign_share_a_line_with_two_heads() -> None:
    lines = plan_of(system_of(OTHERS, RING)).lines
    assert sorted(n for line in lines for n in line.numbers) == list(range(len(RING) + len(OTHERS)))
    assert sum(line.both for line in lines) == 7  # six pairs of the ring, and a with north


def test_opposite_arrows_of_other_sign_or_status_keep_apart() -> None:
    lines = plan_of(system_of(["+a > +b", "+b > -a", "+c > +d", "+d > +c (intended)"])).lines
    assert len(lines) == 4 and not any(line.both for line in lines)


def test_no_mark_lies_on_a_box_or_on_another_mark() -> None:
    plan = plan_of(system_of(OTHERS, RING))
    layout, boxes = placed(plan)
    curves = curves_of(plan, layout, boxes)
    for curve in curves:
        for node, (x, y) in layout.places.items():
            inside_x = abs(curve.mark[0] - x) < boxes[node].half_width
            assert not (inside_x and abs(curve.mark[1] - y) < boxes[node].half_height)
    marks = [curve.mark for curve in curves]
    assert all(math.dist(a, b) > MARK for n, a in enumerate(marks) for b in marks[n + 1 :])
