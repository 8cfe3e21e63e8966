"""An invented case whose claims of control are made by hand, for the tests of control and of what is in force."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.measure.claims import claim
from tests.measure.worlds import case_in

from faultline.case import Case
from faultline.measure.sight import Sight
from faultline.record.actor import Actor, Office, Tie
from faultline.record.claim import Claim, Speaker
from faultline.record.days import parse_days
from faultline.record.declared import Coalition, Declared
from faultline.record.place import Place
from faultline.record.text import Filing, Source, Span
from faultline.record.vocabulary import Action, ActorKind, PlacePrecision, Reliability, SourceKind, TieKind

ACTIONS = {
    "holds": Action.TAKE,
    "lost": Action.TAKE,
    "capture": Action.TAKE,
    "recapture": Action.TAKE,
    "transferred": Action.TAKE,
    "withdrawal": Action.WITHDRAW,
    "siege_blockade": Action.BLOCKADE,
    "siege_lifted": Action.BLOCKADE,
}
DECLARED = Declared(
    (
        Coalition("state", "The state", ("army", "government")),
        Coalition("hills", "The hills", ("front",)),
        Coalition("river", "The river", ("legion",)),
        Coalition("both", "Hills and river", ("front", "legion"), parse_days("2021-01-01/..")),
    ),
    defender="state",
)


def said(words: str, subtype: str, kind: str = "event", **given: str) -> tuple[Claim, str, str]:
    """A claim with its text and the source that publishes it (`source`, "good" unless told)."""
    source = given.pop("source", "good")
    speaker = given.pop("by", "")
    made, text = claim(words, kind, subtype, given)
    made = replace(made, action=ACTIONS.get(subtype))
    if speaker:
        made = replace(made, speaker=Speaker(("reporter", speaker), speaker))
    return made, text, source


def sight(*told: tuple[Claim, str, str], published: dict[str, str] | None = None, as_of: str = "2022-12-31") -> Sight:
    """A sight of those claims; each is out on the last day that it speaks of, or as `published` has it by its words."""
    texts = {made.document: text for made, text, _ in told}
    days = {made.document: parse_days((published or {}).get(text, "")) for made, text, _ in told}
    filings = {
        made.document: Filing(
            f"reports/{n}.md",
            made.document,
            source=source,
            published=days[made.document] if days[made.document].known else made.days,
        )
        for n, (made, _, source) in enumerate(told)
    }
    return Sight(
        invented(),
        date.fromisoformat(as_of),
        claims=tuple(made for made, _, _ in told),
        filings=filings,
        declared=DECLARED,
        text_of=lambda document: texts.get(document, ""),
    )


def within(text: str, words: str, made: Claim) -> Claim:
    """The claim on those words of a longer text."""
    start = text.index(words)
    return replace(made, span=Span(start, start + len(words)))


@cache
def invented() -> Case:
    """Two towns and a region of one country, an army with a backer, two armed groups and a splinter of one."""
    with TemporaryDirectory() as folder:
        case = case_in(Path(folder) / "case")
    backing = Tie("guests", TieKind.BACKING, "army", parse_days("2020-01-01/.."))
    member = Tie("splinter", TieKind.MEMBER, "front", parse_days("2020-01-01/2020-12-31"))
    actors = (
        Actor("government", "Government", ActorKind.GOVERNMENT),
        Actor("army", "Army", ActorKind.STATE_FORCE),
        Actor("front", "Front", ActorKind.ARMED_GROUP, side="rebel", offices=(Office("front", "leader", "chief"),)),
        Actor("legion", "Legion", ActorKind.ARMED_GROUP),
        Actor("splinter", "Splinter", ActorKind.ARMED_GROUP, ties=(member,)),
        Actor("guests", "Guests", ActorKind.FOREIGN_FORCE, ties=(backing,)),
        Actor("chief", "Chief", ActorKind.PERSON),
        Actor("people", "People", ActorKind.CIVILIANS),
    )
    places = (
        place("tarn", "Tarn", "PPL"),
        place("belk", "Belk", "PPL"),
        place("seat", "Seat", "PPLC"),
        Place(
            "tarn-airfield", "Tarn airfield", 10.02, 10.0, feature="AIRP", admin1="North", admin2="Tarn", country="VA"
        ),
        place("north", "North", "ADM1", PlacePrecision.ADMIN1),
        place("varda", "Varda", "PCLI", PlacePrecision.COUNTRY),
    )
    sources = (
        Source("good", "Good", SourceKind.WIRE, reliability=Reliability.A),
        Source("poor", "Poor", SourceKind.SOCIAL, reliability=Reliability.E),
    )
    return replace(case, countries=("VA",), capital="seat", actors=actors, places=places, sources=sources)


def place(id: str, name: str, feature: str, precision: PlacePrecision = PlacePrecision.EXACT) -> Place:
    """A place of the north, all ten degrees apart but the airfield."""
    latitude = 10.0 * (1 + ("tarn", "belk", "seat", "north", "varda").index(id)) % 80
    return Place(
        id, name, latitude, 10.0, feature=feature, precision=precision, admin1="North", admin2=name, country="VA"
    )
