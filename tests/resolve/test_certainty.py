from dataclasses import replace

import pytest

from faultline.resolve.certainty import hangs_by, joins, nearness
from faultline.resolve.world import World, resolve
from tests.resolve.hand import Say, hand_case, report
from tests.resolve.standin import LIKE, standin

NEAR = {
    "a": {"b": 0.9, "c": 0.8},
    "b": {"a": 0.9, "c": 0.6, "x": 0.7},
    "c": {"a": 0.8, "b": 0.6},
    "x": {"b": 0.7},
}


def test_a_telling_joins_the_earlier_one_that_it_is_likest_to() -> None:
    assert [(j.one, j.to, j.probability) for j in joins("abc", NEAR)] == [("b", "a", 0.9), ("c", "a", 0.8)]


def test_what_could_as_well_stand_elsewhere_is_less_sure() -> None:
    b, c = joins("abc", NEAR)
    assert abs(b.margin - (0.75 - 0.7)) < 1e-9
    assert abs(c.margin - 0.7) < 1e-9


def test_order_decides_who_joins_whom_and_not_how_sure_a_pair_is() -> None:
    (one,), (other,) = joins("ac", NEAR), joins("ca", NEAR)
    assert (one.margin, one.probability) == (other.margin, other.probability)


def test_one_telling_joins_nothing() -> None:
    assert list(joins(["a"], NEAR)) == []


def test_a_copy_is_as_near_to_others_as_what_it_copies() -> None:
    near = nearness({("a", "b"): 0.9, ("b", "c"): 0.4, ("a", "z"): 0.99}, {"z": "a"}, frozenset({("b", "c")}))
    assert near == {"a": {"b": 0.9, "z": 0.99}, "b": {"a": 0.9, "z": 0.9}, "z": {"b": 0.9, "a": 0.99}}


def told_twice(*more: str, sure: float) -> World:
    said = Say("Gunmen attacked Tarn", days="2020-05-12", places=("tarn",))
    texts = ["Gunmen attacked Tarn.", "Gunmen attacked Tarn on Tuesday.", *more]
    return resolve(
        hand_case(),
        [report(text, f"2020-05-{13 + n}", said, source=f"s{n}") for n, text in enumerate(texts)],
        (),
        lambda *given: replace(standin(*given), sure=sure),
    )


@pytest.mark.parametrize(("sure", "shown"), [(LIKE, 1), (LIKE + 0.01, 0), (2.0, 0)])
def test_a_merge_is_shown_as_certain_from_the_margin_of_the_model_on(sure: float, shown: int) -> None:
    world = told_twice(sure=sure)
    (incident,) = world.incidents
    assert incident.provisional
    assert len(world.certain) == shown and world.certain <= {merge.id for merge in world.merges}


def test_an_incident_is_as_sure_as_the_weakest_link_that_it_needs() -> None:
    def link(one: str, other: str) -> float:
        return NEAR.get(one, {}).get(other, 0.0)

    assert hangs_by(["c", "x", "a", "b"], link) == 0.7  # c meets b through a
    assert hangs_by(["a", "x"], link) == 0.0
    assert hangs_by(["a"], link) == 1.0
