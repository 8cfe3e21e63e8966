"""Turns the claims of a text, one after another, into what it has set so far: attackers, victims, parties, speakers.
Invariant: only what a claim names itself is remembered, never what it inherited."""

from dataclasses import dataclass, field, replace

from faultline.coding.dating import looks_back
from faultline.coding.draft import Draft, Filler
from faultline.coding.line import Line
from faultline.coding.said import Said
from faultline.coding.sayers import Sayer
from faultline.coding.story import Story
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span
from faultline.record.vocabulary import Kind

ASSAULTS = frozenset(
    "attack ambush clash hit fire_upon attack_suicide attack_ied killing killing_by massacre kidnapping airstrike "
    "shelling siege_blockade blockade_by come_under_fire mine_strike leave_dead execution assassination hostage_taking "
    "wounding".split()
)


DEATHS = frozenset({"death", "wounding", "death_of"})


@dataclass(slots=True)
class Memory:
    """What the claims so far have set, and the story of the whole text."""

    story: Story
    published: Days
    attackers: list[Filler] = field(default_factory=list)
    victims: list[Filler] = field(default_factory=list)
    parties: list[Filler] = field(default_factory=list)
    roles: list[tuple[int, list[Filler], list[Filler]]] = field(default_factory=list)  # sentence, subjects, the others
    fought: list[tuple[int, list[Filler], list[Filler]]] = field(default_factory=list)  # sentence, who, whom
    # sentence, to whom something was done, by whom
    undergone: list[tuple[int, list[Filler], list[Filler]]] = field(default_factory=list)
    speakers: list[Sayer] = field(default_factory=list)
    places: list[Filler] = field(default_factory=list)
    scene: list[Filler] = field(default_factory=list)  # where the last assault took place
    days: tuple[Days, Span | None] = (Days(), None)
    aside: int = -9  # the last sentence that looked back
    events: int = 0
    last_said: tuple[int, Said] | None = None
    ended: bool = False  # whether the speaker of `last_said` had the whole sentence

    def see(self, draft: Draft) -> None:
        """Remembers what a draft of the text has set."""
        self.story.cast.see(draft)
        doers, others = list(draft.actors), list(draft.recipients)
        if draft.frame.id in ASSAULTS:
            self.fought.append((draft.sentence, doers, others))
        if others:
            self.undergone.append((draft.sentence, others, doers))
        if doers or others:
            self.roles.append((draft.sentence, *((others, doers) if "(passive)" in draft.rule else (doers, others))))
        if draft.frame.id in ASSAULTS:
            self.events += 1
            known = [a for a in draft.actors if a.chunk.kind in ("actor", "group") and a.chunk.group != "people"]
            self.attackers = known or self.attackers
        if draft.frame.id in ASSAULTS or (draft.frame.id in DEATHS and not self.victims):
            people = [r for r in draft.recipients if r.inherited is None and "people" in r.chunk.classes]
            self.victims = people or self.victims
        for filler in (*draft.actors, *draft.recipients):
            if filler.inherited is None and filler.chunk.kind == "actor" and "party" in filler.chunk.classes:
                self.parties = [*[f for f in self.parties if f.chunk.ids != filler.chunk.ids][-5:], filler]
        own = [p for p in draft.places if p.inherited is None]
        if own and draft.frame.kind in (Kind.EVENT, Kind.QUANTITY, Kind.CONTROL):
            self.places = own
        if own and draft.frame.action == "assault" and draft.frame.kind == Kind.EVENT:
            self.scene = own
        night = draft.days.anchor.startswith("night")
        dated = (
            not night and draft.days.precision in (DayPrecision.DAY, DayPrecision.INTERVAL) and not draft.days_inherited
        )
        if draft.days.known and dated and looks_back(draft, self.published) and self.days[0].known:
            self.aside = draft.sentence
        elif draft.days.known and dated and draft.frame.kind in (Kind.EVENT, Kind.QUANTITY):
            self.days = (draft.days, draft.days_span)

    def speaker_for(self, pronoun: str) -> Sayer | None:
        """The last speaker that the pronoun may mean: "it" is no person."""
        neuter = pronoun in ("it", "group")
        fitting = [s for s in self.speakers if not (neuter and s.chunk is not None and "person" in s.chunk.classes)]
        fitting = [s for s in fitting if s.voice == "named"] if neuter else fitting
        if pronoun == "group":
            fitting = [s for s in fitting if not (s.ids and self.story.known.at_home(s.ids[0]))]
        return fitting[-1] if fitting else None

    def carried(self, draft: Draft) -> Said | None:
        """The speaker of the sentence before, for a toll without a verb ("On their side: three dead"), and the author
        of a statement that the whole text retells."""
        if self.story.statement and draft.sentence > 0:
            return self.story.statement
        if (
            self.last_said
            and draft.sentence - self.last_said[0] == 1
            and self.ended
            and _goes_on(draft, self.last_said[1])
        ):
            return replace(self.last_said[1], verb=-1, grade="reported")
        if draft.frame.kind == Kind.QUANTITY and self.last_said and draft.sentence - self.last_said[0] == 1:
            return self.last_said[1] if _verbless(draft.line) else None
        return None


TAKING = frozenset({"capture", "recapture", "capture_of", "fall", "holds"})


def attackers_of(draft: Draft) -> list[Filler]:
    """The armed actors of an assault, where the words name them."""
    return [a for a in draft.actors if a.chunk.kind in ("actor", "group") and "armed" in a.chunk.classes]


def harmed_in(draft: Draft) -> list[Filler]:
    """Those whom an assault hit, where the words say more of them than that they are people."""
    found = [r for r in draft.recipients if r.chunk.kind in ("actor", "group") and "people" in r.chunk.classes]
    return [r for r in found if r.chunk.group != "people"]


CLAIMING = frozenset({"claim_responsibility", "claim_event", "attribute", "blame", "accuse", "suspect"})


def blamed(draft: Draft) -> list[Filler]:
    """Whom a claim of responsibility, an accusation or an attribution names as the author."""
    if draft.negated:
        return []
    if draft.frame.id.startswith("claim_"):
        return [f for f in draft.actors if f.chunk.kind in ("actor", "person") and (f.chunk.ids or _armed(f))]
    return [f for f in draft.recipients if _armed(f)]


def _armed(filler: Filler) -> bool:
    """An armed party, or a class of such people ("jihadists")."""
    return filler.chunk.kind in ("actor", "group") and "armed" in filler.chunk.classes


def _goes_on(draft: Draft, said: Said) -> bool:
    """Whether a sentence without a speaker of its own goes on in the mouth of the one before: it begins with whom that
    one spoke of ("Its fighters also burned ..."), or stands in quotation marks."""
    line = draft.line
    opens = line.low(0) in line.pack.words["pronouns"].union(line.pack.words["possessives"])
    return (opens and said.sayer.voice == "named") or line.tokens[draft.trigger].quoted


def _verbless(line: Line) -> bool:
    return not any(
        t.low in line.pack.auxiliaries
        or ((t.low in line.pack.verbs and not line.chunk_at(n)) and t.low not in line.pack.words["harm_words"])
        for n, t in enumerate(line.tokens)
    )
