"""Turns the sentences of a document, read one by one, into what the whole text sets: its days, its places, its parties.
Invariant: nothing is taken from outside the text; a statement's own day is no day of the story."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from faultline.coding.cast import Cast, located, measured_from
from faultline.coding.draft import Filler, span_of
from faultline.coding.known import Known
from faultline.coding.line import Chunk, Line
from faultline.coding.said import Said
from faultline.coding.sayers import Sayer, following_sayer
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span
from faultline.record.vocabulary import ActorKind, Kind

_ABROAD = frozenset({ActorKind.PRIVATE_MILITARY, ActorKind.FOREIGN_FORCE})
_FIGHTING = frozenset({ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.MILITIA})


@dataclass(slots=True)
class Story:
    """Days, places and parties by the sentence that names them."""

    known: Known
    dated: list[tuple[int, Days, Span]] = field(default_factory=list)
    again: list[tuple[int, Days, Span]] = field(default_factory=list)  # days of "the attack", "l'assaut"
    placed: list[tuple[int, Filler]] = field(default_factory=list)
    parties: list[tuple[int, Filler]] = field(default_factory=list)
    named: list[tuple[int, Filler]] = field(default_factory=list)  # everybody who is named, persons included
    called: dict[str, Filler] = field(default_factory=dict)
    attackers: list[Filler] = field(default_factory=list)
    victims: list[Filler] = field(default_factory=list)
    stated: Days = Days()  # the day of the last statement
    topics: list[tuple[int, Sayer]] = field(default_factory=list)  # those with whom sentences begin
    harm: str = ""  # what was counted last
    home: Filler | None = None
    forces: list[Filler] = field(default_factory=list)
    together: list[tuple[int, list[Filler]]] = field(default_factory=list)
    statement: Said | None = None
    claimants: list[tuple[int, list[Filler]]] = field(default_factory=list)
    cast: Cast = field(init=False)

    def __post_init__(self) -> None:
        self.cast = Cast(self.known)

    @property
    def days(self) -> Days:
        """The last day that the sentences so far have set."""
        return next((days for _, days, _ in reversed(self.dated) if days.known), self.stated)

    def hear(self, line: Line, speech: Sequence[Said], number: int) -> None:
        """Takes note of a sentence."""
        self.cast.hear(line, number)
        opens = {line.low(n) for n in range(4)}
        if number == 0 and speech and opens & line.pack.words["communique"] and speech[0].source_first == 0:
            noun = line.low(speech[0].source_last) in line.pack.words["determiners"]  # "announced the creation of"
            self.statement = None if noun else speech[0]
        topic = following_sayer(line, 0, "")
        if topic and topic.voice == "named" and topic.chunk:
            self.topics.append((number, topic))
        listed = _listed(line)
        if len(listed) > 1:
            acting = [self.known.acting(c) for c in listed]
            spans = [span_of(line, c.first, c.last) for c in listed]
            fillers = [Filler(c, s, line.tokens[c.first].text, "") for c, s in zip(acting, spans, strict=True)]
            self.together.append((number, fillers))
        back = not speech and any(t.low in line.pack.words["pluperfect"] for t in line.tokens)
        for chunk in line.chunks:
            span = span_of(line, chunk.first, chunk.last)
            filler = Filler(chunk, span, line.tokens[chunk.first].text, "")
            if chunk.kind in ("actor", "group", "person"):
                self.named.append((number, filler))
            if chunk.day and not (chunk.day.since or chunk.day.until) and not in_source(chunk, speech):
                known = self.dated or self.stated.known
                if chunk.day.meaning == "night" or (back and known) or of_a_text(line, chunk) >= 0:
                    continue  # a night reaches into two days; a look back, an accord of a day tell of another day
                near = chunk.day.days.precision in (DayPrecision.DAY, DayPrecision.INTERVAL, DayPrecision.MONTH)
                if not chunk.day.days.known or (near and not _long(chunk.day.days)):
                    self.dated.append((number, chunk.day.days, span))  # unknown: "yesterday" of an unknown day
                    if chunk.day.days.known and _opens_with_happening(line):
                        self.again.append((number, chunk.day.days, span))
            elif chunk.day and chunk.day.days.known and in_source(chunk, speech):
                self.stated = chunk.day.days
            elif (
                (chunk.kind == "place" and not coarse(chunk))
                or (chunk.kind == "capital" and located(line, chunk.first))
            ) and not measured_from(line, chunk):
                self.placed.append((number, filler))
            if chunk.kind == "actor" and chunk.ids and self.known.actors[chunk.ids[0]].kind in _ABROAD:
                self.forces.append(filler)
            if self.home is None and chunk.ids[:1] == (self.known.actor_of("state_force", self.known.home),):
                self.home = filler
            if chunk.kind == "actor" and chunk.ids and self.known.actors[chunk.ids[0]].kind in _FIGHTING:
                self.parties.append((number, filler))
                for name in chunk.classes & {"rebel", "jihadist", "militia", "mercenary"}:
                    self.called.setdefault(name, filler)

    def together_for(self, number: int) -> list[Filler]:
        """The last list of parties or countries named up to a sentence ("Mali, Burkina Faso and Niger")."""
        found = [fillers for n, fillers in self.together if n <= number]
        return found[-1] if found else []

    def national_party(self, country: str) -> Filler | None:
        """The foreign force or private army of a country that the text names: whom "the Russians" means there."""
        label = self.known.country_label(country)
        for filler in self.forces:
            if self.known.actors[filler.chunk.ids[0]].side == label:
                return filler
        return None

    def claimants_for(self, number: int) -> list[Filler]:
        """Those who claimed or are blamed in the nearest sentence from this one on, else in one before."""
        after = [fillers for n, fillers in self.claimants if n >= number and fillers]
        before = [fillers for n, fillers in self.claimants if n < number and fillers]
        return after[0] if after else before[-1] if before else []

    def day_before(self, number: int) -> tuple[Days, Span | None]:
        """The day set by the nearest sentence before; unknown where none has set one."""
        return next(((e[1], e[2]) for e in reversed(self.dated) if e[0] < number), (Days(), None))

    def day_after(self, number: int) -> tuple[Days, Span | None]:
        """The day that a sentence after gives to a happening told already ("the attack took place on Friday")."""
        return next(((e[1], e[2]) for e in self.again if e[0] > number), (Days(), None))

    def lost_day(self, number: int) -> bool:
        """Whether the last day named up to a sentence is one that cannot be told ("yesterday" of an unknown day)."""
        last = next((days for n, days, _ in reversed(self.dated) if n <= number), None)
        return last is not None and not last.known

    def day_for(self, number: int) -> tuple[Days, Span | None]:
        """The day set by this sentence itself, the last of several."""
        return next(((e[1], e[2]) for e in reversed(self.dated) if e[0] == number), (Days(), None))

    def place_for(self, number: int) -> Filler | None:
        """The place named first in the nearest sentence before that names one, else the first one after."""
        before = [n for n, _ in self.placed if n <= number]
        wanted = max(before) if before else min((n for n, _ in self.placed), default=None)
        return next((filler for n, filler in self.placed if n == wanted), None)

    def topic_for(self, pronoun: str, number: int) -> Sayer | None:
        """The last party or person with whom a sentence before began that the pronoun may mean: "it" is no person."""
        persons = {"person", "official"} if pronoun in ("it", "group") else set()
        fitting = [t for n, t in self.topics if n < number and t.chunk and not t.chunk.classes & persons]
        return fitting[-1] if fitting else None

    def party_for(self, group: str) -> Filler | None:
        """The party of the text that a class of people means, where the text calls one so or names only one."""
        if group in self.called:
            return self.called[group]
        fitting = {f.chunk.ids[0]: f for _, f in reversed(self.parties) if self._fits(f.chunk, group)}
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _fits(self, chunk: Chunk, group: str) -> bool:
        side = self.known.actors[chunk.ids[0]].side.lower()
        jihadist = "jihad" in side or "islam" in side
        if group == "jihadist":
            return jihadist
        if group == "rebel":
            return not jihadist and self.known.actors[chunk.ids[0]].kind != ActorKind.MILITIA
        return group in ("attacker", "militant", "anaphor")


def _opens_with_happening(line: Line) -> bool:
    """Whether a sentence begins with a happening that an article says is known: "The attack ...", "L'assaut ..."."""
    found = line.pack.nouns.at(line.tokens, 1) if len(line.tokens) > 1 else None
    return found is not None and found.value.kind == Kind.EVENT and line.low(0) in line.pack.words["definite"]


def _long(days: Days) -> bool:
    """Whether it is a spell ("this year") and no day of a story."""
    return days.length is not None and days.length > _SPELL


_SPELL = 62  # days


def in_source(chunk: Chunk, speech: Sequence[Said]) -> bool:
    """Whether a chunk belongs to the words that say who speaks."""
    return any(s.source_first <= chunk.first < s.source_last for s in speech)


def of_a_text(line: Line, chunk: Chunk) -> int:
    """The noun of an agreement, a law or a vote that a day names ("the accord of 15 May", « l'accord de 2015 »), or
    -1."""
    words, noun = line.pack.words, chunk.first - 1
    if line.low(chunk.first) not in words["genitives"]:  # some patterns of days begin with it
        noun -= line.low(noun) in words["genitives"]
        if noun == chunk.first - 1:
            return -1
    return noun if line.low(noun) in words["dated_texts"] else -1


def coarse(chunk: Chunk) -> bool:
    """Whether a place is a country or a part of one ("northern Mali")."""
    return chunk.kind == "country" or "region" in chunk.classes


def _listed(line: Line) -> list[Chunk]:
    """The longest run of parties or countries with only commas, "and" and short brackets between."""
    runs: list[list[Chunk]] = [[]]
    for chunk in line.chunks:
        if chunk.kind not in ("actor", "country", "capital") or "person" in chunk.classes:
            continue
        last = runs[-1][-1] if runs[-1] else None
        between = [line.tokens[n] for n in range(last.last, chunk.first)] if last else []
        link = line.pack.words["coordinators"] | line.pack.words["determiners"] | {",", "(", ")"}
        joined = (
            last is not None and between and len(between) <= 5 and all(t.low in link or t.is_number for t in between)
        )
        if joined and any(t.low != "(" and t.low in link for t in between):
            runs[-1].append(chunk)
        else:
            runs.append([chunk])
    return max(runs, key=len)
