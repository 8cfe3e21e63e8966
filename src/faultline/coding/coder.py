"""Turns a document into claims and mentions, in English and French. Invariant: a function of case, lexicon, document and
filing; every claim's span lies inside one sentence, and every slot names the rule that filled it."""

from collections.abc import Sequence

from faultline.coding.assemble import drafts_of
from faultline.coding.chunks import Line, Setting, read_line
from faultline.coding.claims import claim_of, mentions_of
from faultline.coding.context import Memory, complete, remember_places
from faultline.coding.draft import Draft
from faultline.coding.frames import Reading
from faultline.coding.known import Known
from faultline.coding.lexicon import LANGUAGES, digest, load_pack
from faultline.coding.names import CaseNames, NameIndex
from faultline.coding.roles import clauses
from faultline.coding.speech import Said, find_speech
from faultline.coding.split import sentences
from faultline.coding.status import stance_of
from faultline.coding.tokens import MAX_TOKENS, tokenize
from faultline.coding.verbs import verb_groups
from faultline.record.claim import Claim, Coded, identified
from faultline.record.days import Days
from faultline.record.ids import content_id
from faultline.record.protocols import Sentence
from faultline.record.text import Document, Filing

CODE_VERSION = "1"


class RuleCoder:
    """The coder by rules: lexicon, grammar of word forms, memory across sentences."""

    name = "rules"
    languages = LANGUAGES

    def __init__(self, case: CaseNames) -> None:
        self._known = Known(case)
        self._names = NameIndex(case)
        self.version = content_id("coder", CODE_VERSION, digest(), case.fingerprint)

    def code(self, document: Document, filing: Filing) -> Coded:
        """Claims in the order of the text and the names in it; none for a language that it does not read."""
        if filing.language and filing.language not in LANGUAGES:
            return Coded(notes=(f"language {filing.language!r} is not read",))
        return _Pass(self._known, self._names, document, filing).run()


def make_coder(case: CaseNames) -> RuleCoder:
    """The coder of a case."""
    return RuleCoder(case)


class _Pass:
    """One document being read."""

    def __init__(self, known: Known, names: NameIndex, document: Document, filing: Filing) -> None:
        self.known, self.document, self.filing = known, document, filing
        self.text = document.text
        published = filing.published
        self.names = {n.start: n for n in names.find(self.text, published.last_day)}
        self.memory = Memory()
        self.claims: list[Claim] = []

    def run(self) -> Coded:
        """Every sentence in order."""
        for number, sentence in enumerate(sentences(self.text, self.filing.language)):
            if sentence.language in LANGUAGES:
                self._sentence(number, sentence)
        mentions = mentions_of(self.document.id, self.names.values(), self.text)
        return Coded(identified(self.claims), mentions)

    def _sentence(self, number: int, sentence: Sentence) -> None:
        pack = load_pack(sentence.language)
        tokens = tokenize(self.text, sentence.span.start, sentence.span.end)[:MAX_TOKENS]
        if not tokens:
            return
        setting = Setting(self.filing.published, self.memory.story, self.names)
        line = read_line(tokens, pack, self.known, setting)
        speech = find_speech(line)
        groups = [g for g in verb_groups(line)]
        found = clauses(line, groups, [s.verb for s in speech if s.verb >= 0])
        drafts = drafts_of(Reading(line, self.text, number, found, groups))
        speech = [self._anaphoric(s) for s in speech]
        for draft in drafts:
            self._finish(draft, speech)
        remember_places(self.memory, line, number, self.text)
        self._hear(line, speech)

    def _finish(self, draft: Draft, speech: Sequence[Said]) -> None:
        complete(draft, self.memory)
        stance = stance_of(draft, speech, self.known)
        self.memory.see(draft)
        self.claims.append(claim_of(self.document.id, draft, stance, self.text))

    def _anaphoric(self, said: Said) -> Said:
        """ "he added", "it said": the speaker before."""
        name, ids, voice = self.memory.speaker
        if said.voice != "pronoun":
            return said
        if not name:
            return Said(
                said.first,
                said.last,
                "unnamed source",
                (),
                "unnamed",
                said.grade,
                said.verb,
                said.pronoun,
                said.source_first,
                said.source_last,
            )
        return Said(
            said.first,
            said.last,
            name,
            ids,
            voice,
            said.grade,
            said.verb,
            said.pronoun,
            said.source_first,
            said.source_last,
        )

    def _hear(self, line: Line, speech: Sequence[Said]) -> None:
        for said in speech:
            if said.name and said.voice != "pronoun":
                self.memory.speaker = (said.name, said.ids, said.voice)


def published_days(filing: Filing) -> Days:
    """The interval of publication of a filing."""
    return filing.published
