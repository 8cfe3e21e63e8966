"""What was read of a report before is read no more, and the world is the one that a first reading gives."""

from dataclasses import replace
from datetime import UTC, datetime

from faultline.record.decision import Decision
from faultline.record.vocabulary import DecisionKind
from faultline.resolve import reading
from faultline.resolve.deciding import Reviewer, dated, on_claim, on_pair
from faultline.resolve.linker import Remembering
from faultline.resolve.reading import Readings
from faultline.resolve.report import Report
from faultline.resolve.world import World, resolve
from tests.resolve.hand import Say, hand_case, report, toll, world_of

DAY = "2020-05-12"


def town(place: str, dead: int, source: str = "courier") -> Report:
    text = f"The Front attacked {place} on 12 May. {dead} people died there. Later soldiers came to {place}."
    attack = Say(f"The Front attacked {place}", days=DAY, places=(place,), actors=("front",))
    arrival = Say(f"soldiers came to {place}", subtype="arrival", days=DAY, places=(place,), actors=("army",))
    return report(text, "2020-05-13", attack, toll(f"{dead} people died", dead), arrival, source=source)


def at(hour: int, made: Decision) -> Decision:
    return dated(made, datetime(2020, 6, 1, hour, tzinfo=UTC))


def differing(one: World, other: World) -> list[str]:
    names = ("reports", "claims", "incidents", "members", "views", "links", "merges", "parts", "lost")
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def test_world_with_a_memory_is_the_world_without() -> None:
    reports = [town("tarn", 4), town("tarn", 5, "radio"), town("belk", 3), town("sull", 2, "herald")]
    first = world_of(*reports)
    attack, died = reports[0].claims[0].id, reports[0].claims[1].id
    decisions = (
        at(1, on_pair(first, DecisionKind.NOT_SAME, (attack, died), Reviewer("Ana"))),
        at(2, on_pair(first, DecisionKind.SAME_AS, (attack, reports[2].claims[0].id), Reviewer("Ana"))),
        at(3, on_claim(first, DecisionKind.REJECT, reports[1].claims[1].id, Reviewer("Ana"))),
        at(4, on_pair(first, DecisionKind.SAME_AS, (attack, died), Reviewer("Ana"))),
    )
    readings, linker, case = Readings(), Remembering(), hand_case()
    for there, decided in [(2, 0), (4, 0), (4, 1), (4, 2), (3, 3), (4, 4), (4, 0), (1, 0)]:
        seen = reports[:there][:: -1 if decided % 2 else 1], decisions[:decided]
        remembered = resolve(case, *seen, linker, readings)
        assert differing(remembered, resolve(case, *seen, Remembering())) == []


def test_report_is_read_again_only_when_something_about_it_changed() -> None:
    calls: list[str] = []
    read = reading._read

    def counting(case: object, context: object, one: Report, bonds: object) -> object:
        calls.append(one.document)
        return read(case, context, one, bonds)  # type: ignore[arg-type]

    readings, case, reports = Readings(), hand_case(), [town("tarn", 4), town("belk", 3)]
    reading._read = counting  # type: ignore[assignment]
    try:
        resolve(case, reports, (), Remembering(), readings)
        resolve(case, [*reports, town("sull", 2)], (), Remembering(), readings)
        assert len(calls) == 3
        renamed = replace(reports[0], filing=replace(reports[0].filing, title="Another title"))
        resolve(case, [renamed, reports[1]], (), Remembering(), readings)
        assert calls[3:] == [reports[0].document]
        resolve(replace(case, capital="belk"), [renamed, reports[1]], (), Remembering(), readings)
        assert len(calls) == 6
    finally:
        reading._read = read
