"""What the evidence adds to an asserted arrow."""

from faultline.examine.links import measures_of_nodes, state_of, weighed
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.finding import Finding, Told
from faultline.record.links import Link
from faultline.record.vocabulary import ArrowKind

REFUSED = Finding("feedback", "?", "not a sample: chosen by hand.", (Measured("feedback", None, "", Days()),))
BACKING = Finding("backing", "?", "two ties.", (), (Told("x", claims=("clm_1",)),))


def link(cause: str, effect: str, kind: ArrowKind = ArrowKind.ASSERTED) -> Link:
    return Link(cause, effect, kind, 1)


def test_arrow_without_a_measure_names_its_reason_and_what_would_show_it() -> None:
    (found,) = weighed([link("external_backing", "army_strength")], [REFUSED, BACKING])
    assert "no measure speaks of {army_strength}" in found.evidence and "numbers of troops" in found.wanted


def test_both_ends_described_are_no_test_of_the_arrow() -> None:
    (found,) = weighed([link("external_backing", "information_pressure")], [REFUSED, BACKING])
    assert found.evidence.startswith("not measured: not a sample: chosen by hand")
    assert "which is no test of it: {external_backing}: backing described 1 times, no rate" in found.evidence
    assert found.wanted


def test_each_arrow_names_the_series_of_its_own_two_ends() -> None:
    one, other = weighed([link("talks", "violence"), link("violence", "legitimacy")], [REFUSED])
    assert "{talks}: all meetings" in one.wanted and "{violence}: daily counts" in one.wanted
    assert "surveys" in other.wanted and "meetings" not in other.wanted


def test_assumed_and_measured_arrows_are_left_as_they_are() -> None:
    links = (link("a", "b", ArrowKind.MEASURED), link("a", "b", ArrowKind.ASSUMED))
    assert weighed(links, [REFUSED]) == links


def test_asserted_arrow_points_at_the_measured_one_beside_it() -> None:
    links = (link("a", "b", ArrowKind.MEASURED), link("a", "b"))
    assert "measured arrow stands beside it" in weighed(links, [REFUSED])[1].evidence


def test_state_of_a_node_names_its_measure() -> None:
    assert state_of("external_backing", {"backing": BACKING}) == "backing: two ties"
    assert state_of("architecture", {"backing": BACKING}) == ""
    assert measures_of_nodes(["talks"]) == ("cycles", "backing", "feedback")
