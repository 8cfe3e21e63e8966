"""What parties claim, who confirms it, and whether threats come true."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import pytest
from tests.measure.claims import claim, sight_with
from tests.measure.worlds import case_in
from tests.resolve.standin import standin

from faultline.case import Case
from faultline.measure.information import INFORMATION, heard_of
from faultline.measure.sight import Sight
from faultline.record.actor import Actor
from faultline.record.claim import Claim, Speaker
from faultline.record.days import Days
from faultline.record.declared import Coalition, Declared
from faultline.record.text import Source
from faultline.record.vocabulary import Action, ActorKind, SourceKind
from faultline.resolve.lineage import Lineages, trace
from faultline.resolve.report import Report
from faultline.resolve.world import World, resolve

DECLARED = Declared((Coalition("reds", "Reds", ("red",)), Coalition("state", "State", ("army",))), "state", draws=199)
DAY = date(2024, 3, 1)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = case_in(tmp_path / "case")
    actors = (Actor("red", "Red", ActorKind.ARMED_GROUP), Actor("army", "Army", ActorKind.STATE_FORCE))
    sources = tuple(Source(name, name, SourceKind.OUTLET, family=name) for name in ("one", "two", "three"))
    return replace(made, actors=actors, sources=sources)


@dataclass(frozen=True)
class Made:
    """Incidents and lineages of a sight made by hand."""

    case: Case
    reports: tuple[Report, ...]

    @cached_property
    def world(self) -> World:
        return resolve(self.case, self.reports, (), standin)

    @cached_property
    def lineages(self) -> Lineages:
        return trace(self.case, self.reports)


def told(case: Case, words: str, source: str, speaker: str = "", days: int = 0) -> tuple[tuple[Claim, str], str, date]:
    """A claim of an attack at the case's first place, by a source, on the words of a speaker, published days later."""
    said = {"actor": "red", "recipient": "army", "place": case.places[0].id, "days": str(DAY)}
    made, text = claim(words, "event", "attack", {**said, "modality": "claimed" if speaker else "asserted"})
    voice = Speaker((speaker.title(),), speaker) if speaker else Speaker()
    return (replace(made, action=Action.ASSAULT, speaker=voice), text), source, DAY + timedelta(days=days)


def seen(case: Case, found: list[tuple[tuple[Claim, str], str, date]]) -> Sight:
    sight = sight_with(case, [one for one, _, _ in found], DECLARED)
    published = {one[0].document: (source, day) for one, source, day in found}
    filings = {
        document: replace(filing, source=published[document][0], published=Days(*(published[document][1],) * 2))
        for document, filing in sight.filings.items()
    }
    texts = {one[0].document: one[1] for one, _, _ in found}
    reports = tuple(
        Report(filing=filings[one[0].document], text=texts[one[0].document], claims=(one[0],)) for one, _, _ in found
    )
    return replace(sight, filings=filings, resolved=Made(case, reports))


def test_claim_is_confirmed_by_another_independent_voice_and_the_days_until_then_are_kept(case: Case) -> None:
    sight = seen(
        case,
        [
            told(case, "Red says that it attacked the army's camp", "one", "red"),
            told(case, "Residents saw how the camp of the army came under fire at dawn", "two", days=3),
        ],
    )
    assert sight.resolved is not None
    [heard] = heard_of(sight, sight.resolved)
    assert (heard.side, heard.claimed, heard.confirmed) == ("reds", DAY, DAY + timedelta(days=3))


def test_nobody_corroborates_himself(case: Case) -> None:
    sight = seen(
        case,
        [
            told(case, "Red says that it attacked the army's camp", "one", "red"),
            told(case, "A spokesman of Red repeats that the camp was hit", "two", "red", days=3),
        ],
    )
    assert sight.resolved is not None
    assert [heard.confirmed for heard in heard_of(sight, sight.resolved)] == [None]
    assert "no other independent voice" in INFORMATION.run(sight).told[0].text


def test_few_claimed_incidents_give_no_share(case: Case) -> None:
    rows = INFORMATION.run(seen(case, [told(case, "Red says that it attacked the camp", "one", "red")])).rows
    assert [row.verdict for row in rows] == ["not enough data", "not enough data"]


def threats(case: Case, followed: bool) -> Sight:
    """Ten threats a year apart; where followed, an attack ten days after each."""
    found: list[tuple[Claim, str]] = []
    for year in range(2008, 2018):
        said = {"actor": "red", "days": f"{year}-06-01"}
        found.append(claim(f"Red threatens the town in {year}", "threat", "warning", said))
        day = f"{year}-06-11" if followed else f"{year}-02-11"
        made, text = claim(f"Red attacked the town in {year}", "event", "attack", {"actor": "red", "days": day})
        found.append((replace(made, action=Action.ASSAULT), text))
    red = Actor("red", "Red", ActorKind.ARMED_GROUP)
    return sight_with(replace(case, actors=(red,)), found, DECLARED)


def test_threats_that_come_true_are_told_from_threats_that_do_not(case: Case) -> None:
    row = INFORMATION.run(threats(case, True)).rows[-1]
    assert row.statistic == 10 and row.note == "10 of 10" and row.verdict == "more than quiet windows"
    none = INFORMATION.run(threats(case, False)).rows[-1]
    assert none.statistic == 0 and none.verdict == "indistinguishable from chance"


def test_without_incidents_only_threats_are_asked_for(case: Case) -> None:
    assert [row.unit for row in INFORMATION.run(sight_with(case, [], DECLARED)).rows] == ["threats followed"]
