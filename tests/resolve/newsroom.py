"""An invented country with its press: what the tests of lineages, actors and credibility share."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from faultline.case import Case
from faultline.case.case import Policy
from faultline.record.actor import Actor, Alias, Office, Tie
from faultline.record.claim import REPORTER, Claim, Speaker, identified
from faultline.record.days import Days, parse_days
from faultline.record.ids import document_id
from faultline.record.text import Filing, Source, Span
from faultline.record.vocabulary import ActorKind, Kind, Reliability, SourceKind, TieKind
from faultline.resolve.report import Report

ARMY_SAID = "The army of Vardo said on Monday that 12 rebels were killed near Orra and that two soldiers were wounded."
OWN_WORDS = (
    "Gunmen on motorcycles attacked the market of Orra at dawn and left eleven dead behind, among them a trader."
)
FRENCH = "Des hommes à moto ont attaqué à l'aube le marché d'Orra et tué onze personnes, dont un commerçant du bourg."


def tie(actor: str, kind: TieKind, other: str, days: str = "", published: str = "") -> Tie:
    """A tie with its days and publication as they are written in a case."""
    return Tie(actor, kind, other, parse_days(days), (f"https://example.org/{actor}-{other}",), parse_days(published))


ACTORS = (
    Actor("gov", "Government of Vardo", ActorKind.GOVERNMENT, side="Government of Vardo", metonyms=("Vardopol",)),
    Actor(
        "army",
        "Army of Vardo",
        ActorKind.STATE_FORCE,
        (Alias("army of Vardo", "en"), Alias("armée du Vardo", "fr")),
        side="Government of Vardo",
    ),
    Actor("minister", "Ilo Vane", ActorKind.PERSON, ties=(tie("minister", TieKind.MEMBER, "gov"),)),
    Actor("front", "Orra Liberation Front", ActorKind.ARMED_GROUP, (Alias("OLF", "en"),)),
    Actor("wing", "Northern Wing", ActorKind.ARMED_GROUP, ties=(tie("wing", TieKind.MEMBER, "front", "2019/.."),)),
    Actor(
        "chief",
        "Dara Kohl",
        ActorKind.PERSON,
        ties=(
            tie("chief", TieKind.MEMBER, "gov", "../2018-12-31"),
            tie("chief", TieKind.COMMAND, "front", "2019-01-01/..", "2019-02-01"),
        ),
    ),
    Actor("mission", "Vardo Observer Mission", ActorKind.PEACEKEEPING, (Alias("VOM", "en"),)),
    Actor(
        "mayor-office", "Orra Town Council", ActorKind.POLITICAL, offices=(Office("mayor-office", "Mayor", "mayor"),)
    ),
    Actor("mayor", "Tess Orrin", ActorKind.PERSON),
    Actor("villagers", "villagers", ActorKind.CIVILIANS),
)


def source(id: str, name: str, kind: SourceKind = SourceKind.OUTLET, family: str = "", side: str = "") -> Source:
    """A source of the invented press."""
    return Source(id, name, kind, family or id, side=side, reliability=Reliability.C)


SOURCES = (
    source("afp", "Agence France-Presse (via a portal)", SourceKind.WIRE, "afp"),
    source("reuters", "Reuters", SourceKind.WIRE, "thomson-reuters"),
    source("herald", "Vardo Herald"),
    source("portal", "Orra Portal"),
    source("courier", "Northern Courier"),
    source("courier-web", "Northern Courier (web)", family="courier"),
    source("gazette", "State Gazette", SourceKind.STATE_MEDIA, side="gov"),
    source("vom", "Vardo Observer Mission", SourceKind.UN, "observers", side="mission"),
    Source("echo-1", "Echo One", SourceKind.STATE_MEDIA, "echo", laundering=True),
    Source("echo-2", "Echo Two", SourceKind.STATE_MEDIA, "echo", laundering=True),
)


def newsroom(actors: Sequence[Actor] = ACTORS, sources: Sequence[Source] = SOURCES) -> Case:
    """The case of the invented country."""
    return Case(
        folder=Path("/nowhere"),
        id="vardo",
        title="Vardo",
        languages=("en", "fr"),
        countries=("VD",),
        capital="",
        period=Days(date(2018, 1, 1), date(2020, 12, 31)),
        actors=tuple(actors),
        places=(),
        sources=tuple(sources),
        frames=(),
        inputs=(),
        policy=Policy(),
        expectations=(),
        fingerprint="",
    )


def report(source: str, text: str, *said: tuple[str, str], day: str = "2020-03-02", **filing: str) -> Report:
    """A report with one claim for each pair of words of the text and who says them ("" for the text itself). Without
    pairs the first sentence is one claim of the text's own."""
    document = document_id(f"{source}{day}{text}".encode())
    pairs = said or ((text.split(". ")[0], ""),)
    claims = [_claim(document, text, words, speaker) for words, speaker in pairs]
    language = filing.pop("language", "en")
    held = Filing(f"reports/{document}.md", document, source, language=language, published=parse_days(day), **filing)
    return Report(held, text, identified(claims))


def _claim(document: str, text: str, words: str, speaker: str) -> Claim:
    start = text.index(words)
    chain = (REPORTER, speaker) if speaker else (REPORTER,)
    return Claim("", document, Kind.EVENT, Span(start, start + len(words)), speaker=Speaker(chain))


def ids(*reports: Report) -> list[str]:
    """Ids of every claim of the reports."""
    return [claim.id for report in reports for claim in report.claims]
