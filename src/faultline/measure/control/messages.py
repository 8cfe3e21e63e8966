"""Turns claims of control and control-changing events into messages: which place, which day, who, what it is worth.
Invariant: attacks, threats, plans and predictions are no message, so that what is measured of violence may depend on
control without a circle."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from faultline.measure.control.holders import STATE, UNNAMED, Holders
from faultline.measure.control.settings import Settings
from faultline.measure.control.spots import Spots
from faultline.measure.sight import Sight
from faultline.record.claim import Claim
from faultline.record.halting import breathe
from faultline.record.text import Filing
from faultline.record.vocabulary import Action, Kind, Modality, SlotName

_CHANGES = frozenset({Action.TAKE, Action.WITHDRAW, Action.BLOCKADE})
_DRIVEN_OUT = "expulsion"  # of an armed party from a place; that of a diplomat names no two holders
NEVER = date.max.toordinal()  # known on no day: its publication is unknown


@dataclass(frozen=True, slots=True)
class Message:
    """One report about one place and day. `form` is a row of the settings; `holders` are indices, several if it is one
    of them or, by the form, all; days are ordinals; `published` is that from which it counts; `trust` the chance that
    it is right; `negative` says that it denies its content, `before` that it is what a change implies of the day
    before, `change` that it reports one."""

    unit: str
    day: int
    published: int
    form: str
    holders: tuple[int, ...]
    trust: float
    claim: str
    document: str
    member: str = ""
    negative: bool = False
    before: bool = False
    change: bool = False


def bears_on_control(claim: Claim) -> bool:
    """Whether the claim speaks of who holds a place, or of a change of it, as something that is."""
    if claim.kind is Kind.CONTROL:
        return True
    return claim.kind is Kind.EVENT and (claim.action in _CHANGES or claim.subtype == _DRIVEN_OUT)


def named_parties(claims: Iterable[Claim]) -> Iterator[str]:
    """Ids of the parties that claims of control name."""
    for claim in claims:
        if bears_on_control(claim):
            for slot in claim.slots:
                if slot.name in (SlotName.ACTOR, SlotName.RECIPIENT) and slot.leading:
                    yield slot.leading


def read(sight: Sight, holders: Holders, settings: Settings) -> tuple[Message, ...]:
    """The messages of a sight, by unit and day."""
    reader = _Reader(sight, holders, settings, Spots(sight, settings))
    found = [m for claim in sight.claims if bears_on_control(claim) for m in reader.messages(claim)]
    return tuple(sorted(found, key=lambda m: (m.unit, m.day, m.claim, m.before)))


@dataclass(frozen=True)
class _Said:
    """What a claim says, free of place and day: form of message, holders, member, whether of the day before, and
    whether that it is not so."""

    form: str
    holders: tuple[int, ...]
    member: str = ""
    before: bool = False
    denied: bool = False


@dataclass(frozen=True)
class _Reader:
    sight: Sight
    holders: Holders
    settings: Settings
    spots: Spots

    def messages(self, claim: Claim) -> Iterator[Message]:
        breathe()
        filing = self.sight.filings[claim.document]
        worth = self.settings.modality(claim.modality.value)
        days = _days(claim, filing, round(self.settings.number("longest_change")))
        if not worth or not days:
            return
        said = list(self._said(claim))
        if not said:
            return
        units = self.spots.of(claim)
        vague = 1.0 if claim.days.known else self.settings.number("vague_day")
        for unit, share in units:
            for content in said:
                trust = self._trust(claim, content, filing) * worth * share * vague
                yield from self._dated(claim, content, (unit, min(trust, 1.0)), days)

    def _dated(
        self, claim: Claim, said: _Said, where: tuple[str, float], days: tuple[int, int, int]
    ) -> Iterator[Message]:
        """The message on its day; what is held over a time is said of its first and its last day."""
        first, last, published = days
        unit, trust = where
        negative = claim.modality in (Modality.DENIED, Modality.NEGATED) and claim.subtype != "absent"
        if negative and said.before:
            return
        message = Message(unit, last, published, said.form, said.holders, trust, claim.id, claim.document, said.member)
        if said.before:
            trust *= self.settings.number("before")
            yield replace(message, day=first - 1, trust=trust, before=True, negative=said.denied)
            return
        yield replace(message, negative=negative, change=_is_change(claim) and not negative)
        if claim.kind is Kind.CONTROL and claim.subtype == "holds" and first < last and not negative:
            yield replace(message, day=first)

    def _said(self, claim: Claim) -> Iterator[_Said]:
        actors = self._parties(claim, SlotName.ACTOR)
        others = self._parties(claim, SlotName.RECIPIENT)
        actors, others = _apart(actors, others)
        if claim.action is Action.WITHDRAW or (claim.kind is Kind.CONTROL and claim.subtype in ("lost", "absent")):
            yield from _left(actors, inside=self.spots.into_camp(claim))
            if claim.subtype == "lost":
                yield from self._held(claim, others)
        elif claim.action is Action.BLOCKADE:
            besiegers = tuple(holder for holder, _ in actors if holder != STATE)
            if besiegers or not actors:
                yield _Said("lifted" if claim.subtype == "siege_lifted" else "siege", besiegers)
        elif claim.subtype != _DRIVEN_OUT or (actors and others):
            yield from self._held(claim, actors)
            if _is_change(claim):
                yield from _left(others, only_before=bool(actors))
                yield from _not_before(actors)

    def _held(self, claim: Claim, parties: list[tuple[int, str]]) -> Iterator[_Said]:
        """That they hold the place, alone, together or against each other."""
        named = [(holder, member) for holder, member in parties if holder != UNNAMED]
        indices = tuple(dict.fromkeys(holder for holder, _ in named))
        if STATE in indices and all(holder == STATE or holder in self.holders.helpers for holder in indices):
            indices = (STATE,)
        if not indices:
            if parties:  # armed people whom nobody names: one of their side, or anybody but the state
                kin = self.holders.kin(parties[0][1], self._day(claim))
                yield _Said("holds", kin) if kin else _Said("left", (STATE,))
            return
        member = next((member for _, member in named if member), "")
        if len(indices) == 1:
            yield _Said("state_holds" if indices == (STATE,) else "holds", indices, member)
        else:
            yield _Said("together" if self._joint(claim, named) else "joint", indices, member)

    def _joint(self, claim: Claim, named: list[tuple[int, str]]) -> bool:
        """Whether a coalition that was declared for that day has all of them as members."""
        day = self._day(claim)
        members = {member for _, member in named}
        return any(
            members <= self.sight.members(coalition.id) and (day is None or coalition.days.covers(day))
            for coalition in self.holders.joint
        )

    def _day(self, claim: Claim) -> date | None:
        return claim.days.last_day or claim.days.first_day or self.sight.published(claim)

    def _parties(self, claim: Claim, name: SlotName) -> list[tuple[int, str]]:
        day = self._day(claim)
        found = [self.holders.named(slot, day) for slot in claim.slots if slot.name is name]
        return [(holder, member) for holder, member in found if holder is not None]

    def _trust(self, claim: Claim, said: _Said, filing: Filing) -> float:
        """The source's letter, less where a party speaks for itself, more where it speaks against itself."""
        letter = self.spots.letter(filing.source)
        speaker = self.holders.of(claim.speaker.actor, self._day(claim)) if claim.speaker.actor else None
        if speaker is None:
            return letter
        gains = speaker in said.holders
        if said.form in ("left", "lifted"):
            gains = not gains
        elif said.form == "siege":
            gains = False
        if claim.modality is Modality.DENIED:
            gains = not gains
        if gains:
            return letter * self.settings.number("interest")
        return max(letter, self.settings.number("admission"))


def _is_change(claim: Claim) -> bool:
    return claim.kind is Kind.EVENT or claim.subtype in ("lost", "transferred")


def _left(parties: list[tuple[int, str]], only_before: bool = False, inside: bool = False) -> Iterator[_Said]:
    for holder, member in parties:
        if holder != UNNAMED:
            if not only_before:
                yield _Said("inside" if inside else "left", (holder,), member)
            yield _Said("state_holds" if holder == STATE else "holds", (holder,), member, before=True)


def _not_before(parties: list[tuple[int, str]]) -> Iterator[_Said]:
    """Who takes a place did not hold it the day before."""
    for holder, _ in parties:
        if holder != UNNAMED:
            form = "state_holds" if holder == STATE else "holds"
            yield _Said(form, (holder,), before=True, denied=True)


def _apart(
    actors: list[tuple[int, str]], others: list[tuple[int, str]]
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Both sides without a holder that stands on both: the sentence was misread there."""
    both = {holder for holder, _ in actors} & {holder for holder, _ in others}
    return [p for p in actors if p[0] not in both], [p for p in others if p[0] not in both]


def _days(claim: Claim, filing: Filing, longest: int) -> tuple[int, int, int] | None:
    """(first, last, published) ordinals; None where no day is known, it is still to come, or a change is known too
    coarsely. Where the text gives no day, its publication does."""
    published = filing.published.last_day
    reference = published or filing.published.first_day
    first = claim.days.first_day or claim.days.last_day or reference
    last = claim.days.last_day or reference or first  # without an end it goes on when the text is written
    if first is None or last is None or last < first:
        return None
    if published:
        if first > published:
            return None
        last = min(last, published)
    if claim.kind is not Kind.CONTROL and (last - first).days > longest:
        return None
    return first.toordinal(), last.toordinal(), published.toordinal() if published else NEVER
