"""Turns claims into comparable views of what they say happened. Invariant: a happening is a function of one document
and the case, so that adding a document changes no other; what nobody names is unknown and never a mismatch."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from faultline.case import Case
from faultline.record.claim import Casualties, Claim
from faultline.record.days import Days
from faultline.record.errors import NotFoundError
from faultline.record.text import Span
from faultline.record.vocabulary import ActorKind, Kind, Modality, PlacePrecision, SlotName, TieKind
from faultline.resolve.report import Report
from faultline.resolve.wording import Wording, plain, stems

KINDS = frozenset(
    {Kind.EVENT, Kind.QUANTITY, Kind.ALLEGATION, Kind.TALK, Kind.RESTRICTION, Kind.RELATION, Kind.CONTROL}
)
NOT_YET = frozenset({Modality.THREATENED, Modality.PLANNED, Modality.DEMANDED, Modality.HYPOTHETICAL})
NO_ACTION = frozenset({"fatalities", "wounded", "displaced", "captured", "kidnapped", "missing", "freed"})
LINE = frozenset({TieKind.MEMBER, TieKind.MERGER, TieKind.SUCCESSOR, TieKind.SPLIT, TieKind.COMMAND})
LONGEST_TEXT = 20_000  # code points

_BEFORE = 12  # code points
_THOSE_OF = re.compile(
    r"\b(?:(?:those|that) (?:of|in|at)|cel(?:les?|ui) (?:de|d[’']|du|à)|ceux (?:de|d[’']|du|à))\s*$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…](?=[\s»”\"])|\n")

Spot = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Happening:
    """What one claim, or one row of a dataset, says happened.

    `country` is an ISO code or a name, "" where no place is known. `spots` are (latitude, longitude, radius in km) of
    `places`, every candidate of an ambiguous name among them. `actors` and `recipients` are ids of known parties;
    `unknown_actor` and `unknown_recipient` say that somebody stands there whom nobody names. `kin` adds the parties
    one step away (what they came from, belong to, became), `sides` are coarser still. `actions` and `roots` are empty
    where the claim only counts. `where` (its places as written), `title`, `words` (its sentence) and `text` (the whole
    document) are sorted stems; those of the last three as in wording.Wording.words.
    """

    id: str
    document: str
    kind: str = Kind.EVENT.value
    country: str = ""
    days: Days = Days()
    places: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    unknown_actor: bool = False
    unknown_recipient: bool = False
    kin: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    counts: tuple[Casualties, ...] = ()
    where: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    published: Days = Days()
    source: str = ""
    language: str = ""
    start: int = 0  # of the claim in its document, code points
    end: int = 0


def happenings(case: "Case | Context", reports: Iterable[Report]) -> tuple[Happening, ...]:
    """The happenings that the claims speak of, in the order of the reports and their texts. Left out is what is
    threatened, planned or supposed, what is demanded (but not the demand), judgements and forecasts, and running
    totals over a period."""
    context = case if isinstance(case, Context) else Context(case)
    return tuple(happening for report in reports for happening in _of_report(context, report))


def speaks_of_happening(claim: Claim) -> bool:
    """Whether a claim says that something happened, or denies it. A demand that was made is a happening; what a sum
    over a period says is none."""
    demanded = claim.kind == Kind.TALK and claim.modality == Modality.DEMANDED
    if claim.kind not in KINDS or (claim.modality in NOT_YET and not demanded):
        return False
    return not (claim.kind == Kind.QUANTITY and any(c.cumulative_since for c in claim.casualties))


class Context:
    """What a case says of its parties and places, looked up once for each id."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.named = {a.id for a in case.actors if a.kind != ActorKind.UNKNOWN}
        self.home = case.countries[0] if len(case.countries) == 1 else ""
        self._kin: dict[str, set[str]] = {}
        self._side = {a.id: a.side for a in case.actors if a.side}
        for actor in case.actors:
            for tie in actor.ties:
                if tie.kind in LINE:
                    self._kin.setdefault(actor.id, set()).add(tie.other)
                    self._kin.setdefault(tie.other, set()).add(actor.id)
        self.wording = Wording(case)
        self.spot = cache(self._spot)
        self.country = cache(self._country)
        self.regions = cache(self._regions)

    def kin(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The parties and those one step away from them, sorted."""
        return tuple(sorted({near for party in ids for near in (party, *self._kin.get(party, ()))}))

    def sides(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The sides that the parties are on, sorted."""
        return tuple(sorted({self._side.get(party, "") for party in ids} - {""}))

    def _spot(self, place_id: str) -> Spot | None:
        try:
            place = self.case.place(place_id)
        except NotFoundError:
            return None
        return (place.latitude, place.longitude, place.radius_km)

    def _regions(self, place_id: str) -> tuple[str, ...]:
        """The region and the district of a place, in folded words, save those that bear its own name."""
        place = self.case.place(place_id) if self._spot(place_id) else None
        names = (place.admin1, place.admin2) if place else ()
        own = plain(place.name) if place else ""
        folded = (plain(name) for name in names)
        return tuple(name for name in folded if name and name != own)

    def _country(self, place_id: str) -> str:
        try:
            return self.case.place(place_id).country or self.home
        except NotFoundError:
            return self.home


def _of_report(context: Context, report: Report) -> Iterator[Happening]:
    claims = [claim for claim in report.claims if speaks_of_happening(claim)]
    if not claims:
        return
    title, text = (context.wording.words(part) for part in (report.filing.title, report.text[:LONGEST_TEXT]))
    for claim in claims:
        yield _of_claim(context, report, claim, (title, text))


def _of_claim(context: Context, report: Report, claim: Claim, texts: tuple[tuple[str, ...], ...]) -> Happening:
    sentence = sentence_around(report.text, claim.span)
    places = _places(context, claim, report.text, sentence)
    actors, unknown_actor = _parties(context, claim, SlotName.ACTOR)
    recipients, unknown_recipient = _parties(context, claim, SlotName.RECIPIENT)
    parties = {*actors, *recipients}
    spots = tuple(spot for spot in map(context.spot, places) if spot)
    return Happening(
        id=claim.id,
        document=claim.document,
        kind=claim.kind.value,
        country=_country(context, places),
        days=claim.days,
        places=places,
        spots=spots,
        actors=actors,
        recipients=recipients,
        unknown_actor=unknown_actor,
        unknown_recipient=unknown_recipient,
        kin=context.kin(parties),
        sides=context.sides(parties),
        actions=(claim.subtype,) if claim.subtype and claim.subtype not in NO_ACTION else (),
        roots=(claim.action.value,) if claim.action else (),
        counts=claim.casualties,
        where=stems(" ".join(slot.value for slot in claim.slots if slot.name == SlotName.PLACE)),
        title=texts[0],
        words=context.wording.words(sentence),
        text=texts[1],
        published=report.filing.published,
        source=report.filing.source,
        language=report.filing.language,
        start=claim.span.start,
        end=claim.span.end,
    )


def sentence_around(text: str, span: Span) -> str:
    """The sentence or sentences that the span lies in."""
    start = 0
    for match in _SENTENCE_END.finditer(text, max(0, span.start - 1000), span.start):
        start = match.end()
    after = _SENTENCE_END.search(text, max(span.start, span.end - 1))
    return text[start : after.start() if after else len(text)]


def _places(context: Context, claim: Claim, text: str, sentence: str) -> tuple[str, ...]:
    """Every place that a slot may mean, but for those of another happening that the text compares this one with ("those
    of Tarn"); whole countries only where nothing finer is said."""
    named = (slot for slot in claim.slots if slot.name == SlotName.PLACE and not _of_another(text, slot.span))
    slots = [[c.id for c in slot.candidates] for slot in named]
    ids = [id for found in slots for id in _in_named_region(context, found, sentence)]
    known = [i for i in dict.fromkeys(ids) if context.spot(i)]
    finer = [i for i in known if context.case.place(i).precision != PlacePrecision.COUNTRY]
    return tuple(finer or known)


def _of_another(text: str, name: Span | None) -> bool:
    """Whether "those of" or "celles de" stands right before a name."""
    return name is not None and bool(_THOSE_OF.search(text[max(0, name.start - _BEFORE) : name.start]))


def _in_named_region(context: Context, ids: list[str], sentence: str) -> list[str]:
    """Of places that one name may mean those in the region or district that the sentence names; all of them where it
    names none, or one of each."""
    if len(ids) < 2:
        return ids
    said = f" {plain(sentence)} "
    inside = [id for id in ids if any(f" {region} " in said for region in context.regions(id))]
    return inside or ids


def _parties(context: Context, claim: Claim, name: SlotName) -> tuple[tuple[str, ...], bool]:
    slots = [slot for slot in claim.slots if slot.name == name]
    known = tuple(dict.fromkeys(slot.leading for slot in slots if slot.leading in context.named))
    return known, len(known) < len({slot.leading or slot.value for slot in slots})


def _country(context: Context, places: tuple[str, ...]) -> str:
    countries = {context.country(place) for place in places}
    return countries.pop() if len(countries) == 1 else (context.home if not countries else "")
