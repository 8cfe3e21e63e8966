"""Turns a document into claims and mentions, in English and French. Invariant: a function of case, lexicon, document
and filing; every claim's span lies inside one sentence, and every slot names the rule that filled it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from faultline.coding.assemble import drafts_of, reads_as_analysis, without_stray_opinions
from faultline.coding.chunks import read_line
from faultline.coding.claims import claim_of, mentions_of
from faultline.coding.context import complete
from faultline.coding.draft import Draft
from faultline.coding.frames import Reading
from faultline.coding.known import Known
from faultline.coding.lexicon import LANGUAGES, digest, load_pack
from faultline.coding.line import Setting
from faultline.coding.mechanisms import OUTLOOK, with_mechanisms
from faultline.coding.memory import ASSAULTS, CLAIMING, TAKING, Memory, attackers_of, blamed
from faultline.coding.names import CaseNames, NameIndex
from faultline.coding.roles import clauses
from faultline.coding.sayers import Sayer
from faultline.coding.scene import statement_days
from faultline.coding.speech import Said, find_speech
from faultline.coding.split import sentences
from faultline.coding.status import innermost, stance_of
from faultline.coding.story import Story
from faultline.coding.syntax import syntax_of, trees_of
from faultline.coding.system.assess import AssessOptions, assess
from faultline.coding.tokens import MAX_TOKENS, tokenize
from faultline.coding.verbs import verb_groups
from faultline.record.claim import UNNAMED, Claim, Coded, identified
from faultline.record.ids import content_id
from faultline.record.protocols import Sentence
from faultline.record.system import Concept
from faultline.record.text import Document, Filing

UNDETERMINED = "und"  # ISO 639-2: too short or too mixed to tell; each sentence is then asked for itself
CODE_VERSION = "3"
MAX_CODED = 400_000  # code points of a document that are coded: a book; what follows is kept, and said so


class RuleCoder:
    """The coder by rules: lexicon, grammar of word forms, memory across sentences."""

    name = "rules"
    languages = LANGUAGES

    def __init__(self, case: CaseNames, parser: bool = True) -> None:
        concepts: tuple[Concept, ...] = getattr(case, "concepts", ())  # names alone are a case for the coder too
        self._tools = _Tools(Known(case), NameIndex(case), parser, concepts)
        read_by = "parsed" if parser else "unparsed"
        self.version = content_id("coder", CODE_VERSION, read_by, digest(), case.fingerprint)

    def code(self, document: Document, filing: Filing) -> Coded:
        """Claims in the order of the text and the names in it; none for a language that it does not read."""
        if filing.language not in ("", UNDETERMINED, *LANGUAGES):
            return Coded(notes=(f"language {filing.language!r} is not read",))
        return _Pass(self._tools, document, filing).run()


def make_coder(case: CaseNames, parser: bool = True) -> RuleCoder:
    """The coder of a case. Without `parser` roles are read from word forms and neighbours alone: faster, and worse."""
    return RuleCoder(case, parser)


@dataclass(frozen=True, slots=True)
class _Tools:
    """What every document of a case is read with."""

    known: Known
    names: NameIndex
    parser: bool
    concepts: tuple[Concept, ...]


class _Pass:
    """One document being read: first every sentence by itself, then the claims with what the whole text has set."""

    def __init__(self, tools: _Tools, document: Document, filing: Filing) -> None:
        self.tools, self.known, self.document, self.filing = tools, tools.known, document, filing
        self.language = filing.language if filing.language in LANGUAGES else ""
        self.text = document.text[:MAX_CODED]
        self.names = tools.names.find(self.text, filing.published.last_day)
        self.starts = {n.start: n for n in self.names}
        self.sentences = tuple(sentences(self.text, self.language))
        self.trees = trees_of(self.text, self.sentences, LANGUAGES) if tools.parser else {}
        self.story = Story(tools.known)
        self.memory = Memory(self.story, filing.published)
        self.claims: list[Claim] = []

    def run(self) -> Coded:
        """Every sentence in order."""
        readings = []
        for number, sentence in enumerate(self.sentences):
            if sentence.language in LANGUAGES:
                reading = self._read(number, sentence)
                if reading:
                    readings.append(reading)
        drafted = [(reading, self._drafts(reading)) for reading in readings]
        analysis = reads_as_analysis(drafted)
        drafted = without_stray_opinions(drafted)
        for reading, drafts in drafted:
            for draft in drafts:
                self._finish(draft, reading.speech)
            if reading.speech:
                self.memory.last_said = (reading.sentence, reading.speech[-1])
        self.claims = with_mechanisms(self.claims, self._judged(analysis), analysis)
        left = len(self.document.text) - len(self.text)
        notes = (f"the last {left} of {len(self.document.text)} characters are not coded",) if left else ()
        return Coded(identified(self.claims), mentions_of(self.document.id, self.names, self.text), notes)

    def _judged(self, analysis: bool) -> tuple[Claim, ...]:
        """What the text says acts on what; looked for only where a claim can carry it."""
        if not self.trees or not (analysis or any(c.kind in OUTLOOK for c in self.claims)):
            return ()
        parsed = [(self.sentences[n], self.trees[n]) for n in sorted(self.trees)]
        return assess(self.document.id, parsed, AssessOptions(self.tools.concepts, analysis))

    def _read(self, number: int, sentence: Sentence) -> Reading | None:
        tokens = tokenize(self.text, sentence.span.start, sentence.span.end)[:MAX_TOKENS]
        if not tokens:
            return None
        setting = Setting(self.filing.published, self.story.days, self.starts)
        line = read_line(tokens, load_pack(sentence.language), self.known, setting)
        if number in self.trees:
            line = replace(line, syntax=syntax_of(self.trees[number], sentence.span.start, tokens))
        speech = find_speech(line)
        groups = verb_groups(line)
        found = clauses(line, groups, [(s.source_first, s.source_last) for s in speech])
        self.story.hear(line, speech, number)
        speech = [self._anaphoric(s) for s in speech]
        for said in speech:
            if said.sayer.name:
                self.memory.speakers.append(said.sayer)
        return Reading(line, self.text, number, found, groups, self.known, speech)

    def _drafts(self, reading: Reading) -> list[Draft]:
        drafts = drafts_of(reading)
        for draft in drafts:
            if draft.frame.id in CLAIMING:
                self.story.claimants.append((draft.sentence, blamed(draft)))
            if draft.frame.id in ASSAULTS | TAKING and not any(a.chunk.ids for a in self.story.attackers):
                self.story.attackers = attackers_of(draft) or self.story.attackers
        return drafts

    def _finish(self, draft: Draft, speech: Sequence[Said]) -> None:
        said = innermost(draft, speech)
        if said:
            draft.said, draft.days_of_statement = True, statement_days(draft.line, said)
        said = said or self.memory.carried(draft)
        complete(draft, self.memory, said.sayer if said else None)
        stance = stance_of(draft, said, self.known)
        self.memory.see(draft)
        self.claims.append(claim_of(self.document.id, draft, stance, self.text))

    def _anaphoric(self, said: Said) -> Said:
        """ "he added", "it said": the speaker before."""
        chunk = said.sayer.chunk
        party = (
            self.story.party_for(chunk.group)
            if chunk and chunk.group in ("rebel", "jihadist") and not chunk.ids
            else None
        )
        if party:
            return replace(
                said, sayer=replace(said.sayer, name=party.chunk.label, ids=party.chunk.ids, chunk=party.chunk)
            )
        if said.sayer.voice != "pronoun":
            return said
        before = self.memory.speaker_for(said.sayer.pronoun) or Sayer(UNNAMED, (), "unnamed", 0, 0)
        sayer = replace(before, first=said.sayer.first, last=said.sayer.last, pronoun=said.sayer.pronoun)
        return replace(said, sayer=sayer)
