"""Reads one document: every sentence by itself, then its claims with what the whole text has set. Invariant: what needs
a parse is asked for in rounds, so that many documents are parsed together, and who reads along changes no claim."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from faultline.coding.analysis import reads_as_analysis, without_stray_opinions
from faultline.coding.anniversary import told_from
from faultline.coding.assemble import drafts_of, settle_future
from faultline.coding.blame import settle_accusation, settle_blame, settle_threat
from faultline.coding.chunks import read_line
from faultline.coding.claims import claim_of, mentions_of
from faultline.coding.confidence import Judge
from faultline.coding.context import complete
from faultline.coding.draft import Draft, Filler, fill
from faultline.coding.frames import Reading
from faultline.coding.headline import hear_title
from faultline.coding.hearsay import OFFICIAL
from faultline.coding.known import Known
from faultline.coding.lexicon import LANGUAGES, load_pack
from faultline.coding.line import Chunk, Line, Setting
from faultline.coding.mechanisms import OUTLOOK, with_mechanisms
from faultline.coding.memory import ASSAULTS, CLAIMING, TAKING, Memory, attackers_of, blamed, harmed_in
from faultline.coding.names import NameIndex
from faultline.coding.plain import names_somebody
from faultline.coding.reckon import reckoned
from faultline.coding.referents import resolved
from faultline.coding.said import Said
from faultline.coding.sayers import Sayer
from faultline.coding.scene import statement_days
from faultline.coding.split import sentences
from faultline.coding.status import innermost, stance_of
from faultline.coding.story import Story
from faultline.coding.syntax import Asked, syntax_of, trees_of
from faultline.coding.system.assess import AssessOptions, assess
from faultline.coding.system.tree import Tree
from faultline.coding.take_apart import take_apart
from faultline.coding.tokens import MAX_TOKENS, tokenize
from faultline.coding.tolls import asked_harm
from faultline.coding.weighing import Chooser
from faultline.record.claim import UNNAMED, Claim, Coded, identified
from faultline.record.protocols import Sentence
from faultline.record.system import Concept
from faultline.record.text import Document, Filing
from faultline.record.vocabulary import Kind

MAX_CODED = 400_000  # code points of a document that are coded: a book; what follows is kept, and said so

Rounds = Generator[list[Asked], list[Tree | None], Coded]  # sentences to parse out, their trees in, claims at the end


@dataclass(frozen=True, slots=True)
class Tools:
    """What every document of a case is read with; without `parser` nothing is ever parsed."""

    known: Known
    names: NameIndex
    parser: bool
    concepts: tuple[Concept, ...]
    judge: Judge
    chooser: Chooser


def read_together(readers: Sequence["Reader"]) -> list[Coded]:
    """What each reader makes of its document, in order; the sentences of all are parsed together, round by round."""
    found: dict[int, Coded] = {}
    rounds = {n: reader.rounds() for n, reader in enumerate(readers)}
    answers: dict[int, list[Tree | None] | None] = dict.fromkeys(rounds)
    while answers:
        asked: dict[int, list[Asked]] = {}
        for n, answer in answers.items():
            try:
                asked[n] = rounds[n].send(answer)  # type: ignore[arg-type]  # None starts a generator
            except StopIteration as done:
                found[n] = done.value
        trees = iter(trees_of([one for wanted in asked.values() for one in wanted]))
        answers = {n: [next(trees) for _ in wanted] for n, wanted in asked.items()}
    return [found[n] for n in range(len(readers))]


class Reader:
    """One document being read."""

    def __init__(self, tools: Tools, document: Document, filing: Filing) -> None:
        self.tools, self.known, self.document, self.filing = tools, tools.known, document, filing
        self.language = filing.language if filing.language in LANGUAGES else ""
        self.text = document.text[:MAX_CODED]
        self.names = tools.names.find(self.text, filing.published.last_day)
        self.starts = {n.start: n for n in self.names}
        self.sentences = tuple(sentences(self.text, self.language))
        self.trees: dict[int, Tree] = {}
        self.story = Story(tools.known)
        self.told_from = told_from(filing.published, filing.title, self.text, self.language)
        self.memory = Memory(self.story, self.told_from)
        self.claims: list[Claim] = []

    def rounds(self) -> Rounds:
        """Every sentence in order; what can make no claim is parsed only where the map of an analysis asks for it."""
        readings = self.read()
        yield from self._parse([r.sentence for r in readings if self.tools.parser and may_state(r)])
        drafted = [(reading, self._drafts(reading)) for reading in map(self._parsed, readings)]
        if readings:
            hear_title(self.filing.title, readings[0].line.pack.language, self.memory, self.tools.names)
        analysis = reads_as_analysis(drafted)
        if analysis:
            yield from self._parse(range(len(self.sentences)))
            drafted = [(self._parsed(reading), drafts) for reading, drafts in drafted]
        settled = without_stray_opinions(drafted)
        reckoned([draft for _, drafts in settled for draft in drafts])
        for reading, drafts in settled:
            for draft in drafts:
                self._finish(draft, reading.speech)
            if reading.speech:
                self.memory.last_said = (reading.sentence, reading.speech[-1])
                self.memory.ended = reading.speech[-1].whole(len(reading.line.tokens))
        yield from self._parse(range(self._last_outlook() + 1))
        self.claims = with_mechanisms(self.claims, self._judged(analysis), analysis)
        left = len(self.document.text) - len(self.text)
        notes = (f"the last {left} of {len(self.document.text)} characters are not coded",) if left else ()
        return Coded(identified(self.claims), mentions_of(self.document.id, self.names, self.text), notes)

    def read(self) -> list[Reading]:
        """Every sentence of a language that is read, in order, without its parse; to be asked for once."""
        found = [self._read(n, s) for n, s in enumerate(self.sentences) if s.language in LANGUAGES]
        return [reading for reading in found if reading]

    def _parse(self, numbers: Sequence[int]) -> Generator[list[Asked], list[Tree | None]]:
        """Asks for the trees of sentences that have none yet."""
        if not self.tools.parser:
            return
        missing = [n for n in numbers if n not in self.trees and self.sentences[n].language in LANGUAGES]
        if missing:
            trees = yield [(self.sentences[n].language, self.sentences[n].span.of(self.text)) for n in missing]
            self.trees.update((n, tree) for n, tree in zip(missing, trees, strict=True) if tree is not None)

    def _parsed(self, reading: Reading) -> Reading:
        """The reading with its parse, where there is one."""
        line, number = reading.line, reading.sentence
        if line.syntax is not None or number not in self.trees:
            return reading
        syntax = syntax_of(self.trees[number], self.sentences[number].span.start, line.tokens)
        return replace(reading, line=replace(line, syntax=syntax))

    def _last_outlook(self) -> int:
        """The last sentence that holds a claim which arrows may be said of; -1 for none."""
        starts = [claim.span.start for claim in self.claims if claim.kind in OUTLOOK]
        last = max(starts, default=-1)
        return max((n for n, s in enumerate(self.sentences) if s.span.start <= last), default=-1)

    def _judged(self, analysis: bool) -> tuple[Claim, ...]:
        """What the text says acts on what; looked for only up to where a claim can carry it."""
        last = len(self.sentences) if analysis else self._last_outlook() + 1
        parsed = [(self.sentences[n], self.trees[n]) for n in range(last) if n in self.trees]
        found = assess(self.document.id, parsed, AssessOptions(self.tools.concepts, analysis)) if parsed else ()
        return tuple(self.tools.judge.judged(claim) for claim in found)

    def _read(self, number: int, sentence: Sentence) -> Reading | None:
        tokens = tokenize(self.text, sentence.span.start, sentence.span.end)[:MAX_TOKENS]
        if not tokens:
            return None
        setting = Setting(self.told_from, self.story.days, self.starts)
        line = read_line(tokens, load_pack(sentence.language), self.known, setting)
        reading = take_apart(line, self.text, number, self.known)
        self.story.hear(line, reading.speech, number)
        meant = [self._remembered(self._anaphoric(s, line, number)) for s in reading.speech]  # one after another
        return replace(reading, speech=meant)

    def _remembered(self, said: Said) -> Said:
        if said.sayer.name:
            self.memory.speakers.append(said.sayer)
        return said

    def _drafts(self, reading: Reading) -> list[Draft]:
        told = self.story.harm or asked_harm(reading.line)
        drafts = drafts_of(replace(reading, line=replace(reading.line, told=told)))
        self.story.harm = told
        for draft in drafts:
            self.story.harm = draft.tolls[-1].harm if draft.tolls else self.story.harm
            if draft.frame.id in CLAIMING:
                self.story.claimants.append((draft.sentence, blamed(draft)))
            if draft.frame.id in ASSAULTS | TAKING and not any(a.chunk.ids for a in self.story.attackers):
                self.story.attackers = attackers_of(draft) or self.story.attackers
            if draft.frame.id in ASSAULTS and not self.story.victims:
                self.story.victims = harmed_in(draft)
        return [draft for draft in drafts if not draft.silent]

    def _finish(self, draft: Draft, speech: Sequence[Said]) -> None:
        said = innermost(draft, speech)
        if said:
            draft.said, draft.days_of_statement = True, statement_days(draft.line, said)
        elif own := next((s for s in speech if s.source_first <= draft.trigger < max(s.source_last, s.verb + 1)), None):
            draft.days_of_statement = statement_days(draft.line, own)  # "announced on Friday the creation of"
        if said:  # "the government said 35 died": who speaks is not among the dead
            draft.recipients = [f for f in draft.recipients if not _speaks(f, draft, said)]
        said = said or self.memory.carried(draft)
        settle_future(draft, said)
        complete(draft, self.memory, said.sayer if said else None)
        settle_accusation(draft, said, self.known)
        settle_threat(draft, said, self.known)
        stance = stance_of(draft, said, self.known)
        settle_blame(draft, self.memory)
        meant = self.tools.chooser.chosen(draft, self.story.cast, said.sayer.ids if said else ())
        self.memory.see(draft)
        draft.actors = meant
        self.claims.append(self.tools.judge.judged(claim_of(self.document.id, draft, stance, self.text), draft))

    def _anaphoric(self, said: Said, line: Line, number: int) -> Said:
        """ "he added", "it said": the speaker before; "the mission said": the last party named that is one."""
        chunk = said.sayer.chunk
        if chunk and said.sayer.pronoun == "group":
            meant = resolved(fill(line, chunk, self.text, ""), self.memory, line, None).chunk
            if meant.ids:
                return replace(said, sayer=_as(said.sayer, meant))
        party = (
            self.story.party_for(chunk.group)
            if chunk and chunk.group in ("rebel", "jihadist") and not chunk.ids
            else None
        )
        if party:
            return replace(said, sayer=_as(said.sayer, party.chunk))
        if said.sayer.voice != "pronoun":
            return said
        if said.sayer.pronoun == OFFICIAL:
            return replace(said, sayer=self._ruling(said.sayer))
        pronoun = said.sayer.pronoun
        before = self.memory.speaker_for(pronoun) or self.story.topic_for(pronoun, number)
        before = before or Sayer(UNNAMED, (), "unnamed", 0, 0)
        sayer = replace(before, first=said.sayer.first, last=said.sayer.last, pronoun=said.sayer.pronoun)
        return replace(said, sayer=sayer)

    def _ruling(self, sayer: Sayer) -> Sayer:
        """The government of the case's first country, by whose word something is official."""
        actor = self.known.actor_of("government", self.known.home)
        name = self.known.actors[actor].name if actor else "government"
        return replace(sayer, name=name, ids=(actor,) if actor else (), voice="named", group="government")


def _speaks(filler: Filler, draft: Draft, said: Said) -> bool:
    """Whether what fills a role of a happening stands in the words that say who speaks."""
    own = filler.inherited is None and draft.frame.kind == Kind.EVENT
    return own and said.source_first <= filler.chunk.first < said.source_last


def _as(sayer: Sayer, meant: Chunk) -> Sayer:
    """The speaker with the name of whom its words mean."""
    return replace(sayer, name=meant.label, ids=meant.ids, voice="named", chunk=meant)


def may_state(reading: Reading) -> bool:
    """Whether a sentence holds a word that can make a claim: a verb or noun of the lexicon, a toll, a name."""
    return bool(reading.groups) or _names_happening(reading.line) or names_somebody(reading.line, 0, None)


def _names_happening(line: Line) -> bool:
    return any(line.pack.nouns.at(line.tokens, n) for n in range(len(line.tokens)))
