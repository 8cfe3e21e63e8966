"""Claims, the atoms of the ledger: one source saying one thing at one span of one document. Invariant: every filled
slot keeps the span it was read from, the rule that read it and the reason."""

from dataclasses import dataclass, replace

from faultline.record.days import Days
from faultline.record.errors import UsageError
from faultline.record.ids import claim_id
from faultline.record.text import Candidate, Mention, Span
from faultline.record.vocabulary import Action, Kind, Modality, SlotName

REPORTER = "reporter"  # the text's own voice
UNNAMED = "unnamed source"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who the document says says it: `chain` from the outermost to the innermost who vouches for the content.

    ("reporter",) is the text's own voice; "unnamed source" an agentless or anonymous one. `actor` is the id of the
    actor that the innermost speaker belongs to, where it is known.
    """

    chain: tuple[str, ...] = (REPORTER,)
    actor: str = ""

    def __post_init__(self) -> None:
        if not self.chain:
            raise UsageError("speaker", "an empty chain", f'at least one link; ("{REPORTER}",) is the text itself')

    @property
    def innermost(self) -> str:
        """The last speaker of the chain."""
        return self.chain[-1]

    @property
    def voice(self) -> str:
        """Class of the innermost speaker: "voice" (of the text), "unnamed" or "named"."""
        return {REPORTER: "voice", UNNAMED: "unnamed"}.get(self.innermost, "named")


@dataclass(frozen=True, slots=True)
class Casualties:
    """A casualty triple as reported: people harmed by one incident or in one period.

    `harm` is killed, wounded, missing, captured, freed, displaced, ...; `group` whose people; None is an end that the
    text leaves open, never zero. `cumulative_since` is set for running totals, which are never added to incidents.
    """

    harm: str
    low: int | None = None
    best: int | None = None
    high: int | None = None
    group: str = ""
    cumulative_since: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One filled slot of a claim.

    `value` is what was read (a surface form for actors and places, a code for actions); `candidates` what it may mean;
    `span` is None where nothing in the text carries it (a dataset column has the span of its row). `inherited_from`
    is set when the value stands in another sentence. `confidence` is a probability (0 to 1).
    """

    name: SlotName
    value: str
    span: Span | None = None
    rule: str = ""
    reason: str = ""
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()
    inherited_from: Span | None = None

    @property
    def leading(self) -> str:
        """Id of the only candidate, or of one that is likelier than all others; "" where it stays open."""
        ranked = sorted(self.candidates, key=lambda c: -c.probability)
        if not ranked or (len(ranked) > 1 and ranked[0].probability <= ranked[1].probability):
            return ""
        return ranked[0].id


@dataclass(frozen=True, slots=True)
class Claim:
    """One source saying one thing at one span of one document.

    `id` is a hash of document, kind, span and ordinal (see `claim_id`); slots are not part of it. `subtype` is a word
    of the action lists (docs/reference/vocabulary). `days` is when it happened, never when it was published, unless
    the text says so.
    """

    id: str
    document: str
    kind: Kind
    span: Span
    ordinal: int = 0
    action: Action | None = None
    subtype: str = ""
    speaker: Speaker = Speaker()
    modality: Modality = Modality.ASSERTED
    days: Days = Days()
    casualties: tuple[Casualties, ...] = ()
    slots: tuple[Slot, ...] = ()
    confidence: float = 1.0

    def values(self, name: SlotName) -> tuple[str, ...]:
        """What the slots of that name read, in the order of the text; the leading candidate's id where there is one."""
        return tuple(slot.leading or slot.value for slot in self.slots if slot.name == name)


@dataclass(frozen=True, slots=True)
class Event:
    """The coded content of a claim, free of who says it: action, actors, recipients, places, days, counts."""

    action: Action | None
    subtype: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    days: Days
    casualties: tuple[Casualties, ...] = ()


@dataclass(frozen=True, slots=True)
class Coded:
    """What one run of a coder makes of one document: claims in the order of the text, and mentions."""

    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    notes: tuple[str, ...] = ()  # what was left out and why


def identified(claims: tuple[Claim, ...] | list[Claim]) -> tuple[Claim, ...]:
    """The claims of one document with their ordinals and ids set, in the order of span, kind and given order."""
    seen: dict[tuple[Kind, int, int], int] = {}
    result = []
    for claim in sorted(claims, key=lambda c: (c.span.start, c.span.end, c.kind)):
        key = (claim.kind, claim.span.start, claim.span.end)
        ordinal = seen.get(key, 0)
        seen[key] = ordinal + 1
        new = claim_id(claim.document, claim.kind, claim.span.start, claim.span.end, ordinal)
        result.append(replace(claim, id=new, ordinal=ordinal))
    return tuple(result)


def content_of(claim: Claim) -> Event:
    """The event in a claim: its slots without speaker and modality."""
    return Event(
        claim.action,
        claim.subtype,
        claim.values(SlotName.ACTOR),
        claim.values(SlotName.RECIPIENT),
        claim.values(SlotName.PLACE),
        claim.days,
        claim.casualties,
    )
