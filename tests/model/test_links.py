"""Links of the coupled system: what is said stays apart from what was measured."""

from faultline.measure.form import CHANCE
from faultline.model.links import asserted, assumed, loops_among, measured
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.finding import Finding
from faultline.record.links import Link, Said
from faultline.record.scenario import Range, Scenario, Step, StepForm
from faultline.record.system import Arrow, ArrowStatus, Level
from faultline.record.vocabulary import ArrowKind


def told(cause: str, effect: str, sign: int = 1, status: ArrowStatus = ArrowStatus.STATED) -> tuple[Arrow, Said]:
    arrow = Arrow(Level(cause), Level(effect, sign), status=status)
    return arrow, Said("somebody", "a text", "2020-01-01", status, sign, words=f"{cause} and {effect}")


def row(name: str, subject: str = "", low: float = 0.1, verdict: str = "") -> Measured:
    settings = "baseline=quarter; mean lag=4.0 days"
    found = Measured("feedback", 0.3, "events", Days(), low=low, high=0.5, name=name, subject=subject)
    return Measured(**{f: getattr(found, f) for f in found.__slots__} | {"settings": settings, "verdict": verdict})


def feedback(cross: str, low: float = 0.1) -> Finding:
    rows = (
        row("cross terms on held-out days", verdict=cross, low=0.01 if cross != CHANCE else -0.01),
        row("own memory over no memory on held-out days", low=0.02),
        row("branching", "a -> a"),
        row("branching", "a -> b", low),
    )
    return Finding("feedback", "?", "", rows, frame="table")


def test_one_link_gathers_every_sentence_of_one_sign() -> None:
    (link,) = asserted([told("a", "b"), told("a", "b")])
    assert link.kind is ArrowKind.ASSERTED and len(link.said) == 2 and link.disputed == ()


def test_denial_and_opposite_sign_dispute_a_link() -> None:
    plus, minus = asserted([told("a", "b"), told("a", "b", -1), told("a", "b", status=ArrowStatus.DENIED)])
    assert (plus.sign, minus.sign) == (1, -1)
    assert len(plus.disputed) == 2 and len(minus.disputed) == 2


def test_arrow_that_is_only_denied_stays_as_denied() -> None:
    (link,) = asserted([told("a", "b", status=ArrowStatus.DENIED)])
    assert link.status is ArrowStatus.DENIED and link.disputed == ()


def test_surest_sentence_gives_the_status() -> None:
    (link,) = asserted([told("a", "b", status=ArrowStatus.CONDITIONAL), told("a", "b")])
    assert link.status is ArrowStatus.STATED


def test_nothing_is_measured_without_a_systematic_frame() -> None:
    assert measured([feedback("a loop")], []) == ()


def test_cross_term_is_measured_only_where_the_verdict_admits_it() -> None:
    own, cross = measured([feedback("a loop")], ["table"])
    assert (own.cause, own.effect) == ("violence:a", "violence:a")
    assert cross.effect == "violence:b" and cross.size is not None and cross.size.lag == 4.0
    assert [link.effect for link in measured([feedback(CHANCE)], ["table"])] == ["violence:a"]


def test_entry_whose_interval_holds_zero_is_no_link() -> None:
    assert [link.effect for link in measured([feedback("a loop", low=0.0)], ["table"])] == ["violence:a"]


def test_departure_counts_only_where_no_placebo_day_does() -> None:
    def departures(placebo: str) -> Finding:
        rows = (row("gone", verdict="beyond other days"), row("gone: placebo", verdict=placebo))
        return Finding("backing", "?", "", rows, frame="table")

    (link,) = measured([departures(CHANCE)], ["table"])
    assert (link.cause, link.sign) == ("external_backing", 1)  # fewer events after it: less backing, less violence
    assert measured([departures("beyond other days")], ["table"]) == ()


def test_scenario_sets_arrows_with_the_sign_of_its_whole_range() -> None:
    step = Step(StepForm.BACKER_LEAVES, Days(), violence=Range(0.5, 2), changes_hands=Range(1, 6))
    to_violence, to_control = assumed(Scenario("if", ("so",), (step,)))
    assert {link.kind for link in (to_violence, to_control)} == {ArrowKind.ASSUMED}
    assert (to_violence.sign, to_control.sign) == (0, 1)
    (peace,) = assumed(Scenario("if", ("so",), (Step(StepForm.CEASEFIRE, Days(), violence=Range(0, 0.5)),)))
    assert (peace.cause, peace.effect, peace.sign) == ("talks", "violence", -1)
    assert assumed(Scenario("if", ("so",), (Step(StepForm.DYNAMICS_PERSIST, Days()),))) == ()


def test_loop_is_as_weak_as_its_weakest_arrow() -> None:
    links = [Link("a", "b", ArrowKind.MEASURED, 1), Link("b", "a", ArrowKind.ASSUMED, -1)]
    (loop,) = loops_among([*links, Link("a", "b", ArrowKind.ASSERTED, -1)])
    assert (loop.sign, loop.weakest) == (-1, ArrowKind.ASSUMED)
