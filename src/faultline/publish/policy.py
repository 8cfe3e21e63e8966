"""Turns claims into what may leave the desk (DESIGN §6). Invariant: of control, relations and talks nothing leaves that
is finer than the case's level or younger than its delay, by no sentence, title, address or name; what is held back is
counted.

A sentence that is held back for one claim is held back for every claim that overlaps it, whatever its kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from faultline.case import Case
from faultline.evidence import ClaimFilter, Snapshot
from faultline.publish.citing import Cited, Citer, page_url
from faultline.publish.coarse import WITHHELD, Coarsener
from faultline.publish.excerpt import Excerpt
from faultline.publish.masking import mask, mask_parts, private_names
from faultline.publish.names import slot_name
from faultline.publish.words import voices
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.text import Filing, Mention, Span
from faultline.record.vocabulary import Kind, MentionKind, SlotName

GATED = (Kind.CONTROL, Kind.RELATION, Kind.TALK)


@dataclass(frozen=True, slots=True)
class Released:
    """A claim as it may leave. `sentence` is None where it is held back; `places` are no finer than the level where the
    kind asks for it; names of people outside the case are masked; `title` and `url` are "" where they would say what
    the sentence may not."""

    claim: Claim
    source: str
    filing: Filing
    sentence: Excerpt | None
    actors: tuple[str, ...]
    places: tuple[str, ...]
    speakers: tuple[str, ...]
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class _Closed:
    """What of one document stays inside: spans of sentences, whether it holds a gated claim and one that is too young,
    people's names, and names of places that the gazetteer does not know."""

    spans: tuple[Span, ...]
    gated: bool
    young: bool
    people: tuple[str, ...]
    unknown: tuple[str, ...]


class Gate:
    """Decides, claim by claim, what of one snapshot may leave the desk."""

    def __init__(self, case: Case, snapshot: Snapshot) -> None:
        self.case, self.snapshot = case, snapshot
        self._coarsener = Coarsener(case)
        self._citer = Citer(case, snapshot)
        self._documents: dict[str, _Closed] = {}

    @property
    def newest(self) -> date:
        """The last day of which a gated claim may leave, inclusive."""
        return self.snapshot.as_of - timedelta(days=self.case.policy.delay_days)

    @cached_property
    def held_back(self) -> int:
        """How many gated claims in view are too young to leave."""
        chosen = ClaimFilter(kinds=GATED)
        published = {held.document_id: held.filing.published for held in self.snapshot.documents(chosen)}
        table = self.snapshot.columns(chosen).select(["document", "last_day"])
        return sum(self._young(row["last_day"], published[row["document"]]) for row in table.to_pylist())

    def release(self, claims: Iterable[Claim]) -> tuple[Released, ...]:
        """Those of the claims that may leave, in the given order, as they may."""
        return tuple(self._released(one) for one in self._citer.cite_all(claims) if not self._too_young(one))

    def title(self, filing: Filing) -> str:
        """The title of a document with masked names; "" where it may say what a sentence may not."""
        closed = self._closed(filing.document)
        return "" if self._hides(filing.title, closed) else mask(filing.title, closed.people)

    def masked(self, document: str, text: str) -> str:
        """A text about that document without the names of people whom the case does not list."""
        return mask(text, self._closed(document).people)

    def reveals(self, text: str) -> bool:
        """Whether a text names a place that is finer than the case lets out for control, relations and talks."""
        return self._coarsener.reveals(text)

    def _released(self, one: Cited) -> Released:
        claim, closed = one.claim, self._closed(one.claim.document)
        return Released(
            claim=claim,
            source=one.source_name,
            filing=one.filing,
            sentence=_sentence(one, closed),
            actors=_unique(
                mask(slot_name(self.case, s), closed.people) for s in claim.slots if s.name == SlotName.ACTOR
            ),
            places=self._places(claim),
            speakers=tuple(self._speaker(claim, name, closed) for name in voices(claim.speaker)),
            title=self.title(one.filing),
            url=self._url(one.filing, closed),
        )

    def _named(self, claim: Claim, name: SlotName) -> list[str]:
        return [slot_name(self.case, slot) for slot in claim.slots if slot.name == name]

    def _places(self, claim: Claim) -> tuple[str, ...]:
        if claim.kind not in GATED:
            return _unique(self._named(claim, SlotName.PLACE))
        return _unique(self._coarsener.coarse_name(slot) for slot in claim.slots if slot.name == SlotName.PLACE)

    def _speaker(self, claim: Claim, name: str, closed: _Closed) -> str:
        """A speaker's name. Of a gated claim, one that names a place would say what it is about, but for the name of a
        party of the case ("Movement of ...")."""
        local = claim.kind in GATED and not self.case.actor_candidates(name) and self._coarsener.reveals(name)
        return WITHHELD if local else mask(name, closed.people)

    def _url(self, filing: Filing, closed: _Closed) -> str:
        """The address of the page, unless its words say what a sentence may not."""
        url = page_url(filing)
        said = url.replace("-", " ").replace("_", " ")
        return "" if self._hides(said, closed) or mask(said, closed.people) != said else url

    def _hides(self, text: str, closed: _Closed) -> bool:
        """Whether a title or address of a document may say what one of its sentences may not."""
        return closed.young or (closed.gated and self._coarsener.reveals(text, closed.unknown))

    def _closed(self, document: str) -> _Closed:
        if document not in self._documents:
            self._documents[document] = self._close(document)
        return self._documents[document]

    def _close(self, document: str) -> _Closed:
        mentions = self.snapshot.mentions(document)
        gated = self._citer.cite_all(self.snapshot.claims(ClaimFilter(kinds=GATED, documents=(document,))))
        young = [one for one in gated if self._too_young(one)]
        fine = [one for one in gated if one not in young and self._says_fine(one, mentions)]
        people = private_names(self.case, mentions) if self.case.policy.mask_names else ()
        slots = [
            (slot.value, slot.candidates) for one in fine for slot in one.claim.slots if slot.name == SlotName.PLACE
        ]
        named = [(m.name, m.candidates) for m in mentions if m.kind == MentionKind.PLACE]
        unknown = _unique(name for name, candidates in (*slots, *named) if not candidates)
        return _Closed(tuple(_span(one) for one in (*young, *fine)), bool(gated), bool(young), people, unknown)

    def _says_fine(self, one: Cited, mentions: tuple[Mention, ...]) -> bool:
        """Whether the sentence of a gated claim names, or may name, a place finer than the level."""
        sentence = _span(one)
        slots = [(slot.span, slot.candidates) for slot in one.claim.slots if slot.name == SlotName.PLACE and slot.span]
        named = [(mention.span, mention.candidates) for mention in mentions if mention.kind == MentionKind.PLACE]
        fine = any(span.overlaps(sentence) and self._coarsener.is_fine(ids) for span, ids in (*slots, *named))
        return fine or self._coarsener.reveals(one.excerpt.text)

    def _too_young(self, one: Cited) -> bool:
        return one.claim.kind in GATED and self._young(one.claim.days.last_day, one.filing.published)

    def _young(self, last_day: date | None, published: Days) -> bool:
        """The last day spoken of decides, else the last day of publication; what has neither stays back."""
        spoken_of = last_day or published.last_day
        return spoken_of is None or spoken_of > self.newest


def _sentence(one: Cited, closed: _Closed) -> Excerpt | None:
    sentence = _span(one)
    if any(sentence.overlaps(span) for span in closed.spans):
        return None
    shown = one.excerpt
    before, words, after = mask_parts((shown.before, shown.words, shown.after), closed.people)
    return replace(shown, before=before, words=words, after=after)


def _span(one: Cited) -> Span:
    """Where the shown sentence stands in its document."""
    start = one.claim.span.start - len(one.excerpt.before)
    return Span(start, max(one.claim.span.end, start + len(one.excerpt.text)))


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
