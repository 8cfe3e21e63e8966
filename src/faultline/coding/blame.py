"""Turns accusations, attributions and claims of responsibility into who is said to have done what. Invariant: of a
deed of violence the accused is the actor and those harmed the recipients; of anything else the accuser acts."""

from collections.abc import Sequence

from faultline.coding.blame_nouns import authorship_drafts
from faultline.coding.draft import Draft, Filler, fill
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading
from faultline.coding.known import Known
from faultline.coding.lexicon import load_frames
from faultline.coding.line import Chunk, Line
from faultline.coding.memory import Memory
from faultline.coding.referents import inherit
from faultline.coding.roles import ENTITY, after_preposition, clause_of
from faultline.coding.said import Said
from faultline.coding.tokens import Token
from faultline.coding.verbs import in_conditional
from faultline.record.vocabulary import Action, Kind

ACCUSING = frozenset({"accuse", "blame", "attribute", "suspect", "responsible_for"})


def settle_blame(draft: Draft, memory: Memory) -> None:
    """Gives a draft of accusation its roles by what the accused is said to have done."""
    if draft.frame.id not in ACCUSING or not draft.recipients:
        return
    if draft.frame.id != "attribute" and not _violent(draft):
        return
    accused = draft.recipients
    spans = {f.span for f in (*accused, *draft.actors)}
    harmed = [f for f in draft.content if f.span not in spans and "people" in f.chunk.classes]
    draft.subtype = "responsibility"
    draft.actors = accused
    own = {i for f in accused for i in f.chunk.ids}
    draft.recipients = harmed or [inherit(f, "victims of the story") for f in memory.victims]
    draft.recipients = [f for f in draft.recipients if not set(f.chunk.ids) & own]


def settle_accusation(draft: Draft, said: Said | None, known: Known) -> None:
    """A party that says of another one that it backs or arms somebody accuses it: "Kyiv was backing such groups"."""
    actors = {i for f in draft.actors for i in f.chunk.ids if i in known.actors}
    abroad = any(f.chunk.country and f.chunk.country != known.home for f in draft.actors)
    if draft.frame.id != "backing" or said is None or not (actors or abroad) or draft.negated:
        return
    ruling = said.sayer.group in ("government", "state_force", "junta")
    speaker = said.sayer.ids[0] if said.sayer.ids else known.actor_of("government", known.home) if ruling else ""
    if speaker not in known.actors:
        return
    side = known.actors[speaker].side
    if any(i == speaker or (side and known.actors[i].side == side) for i in actors):
        return
    draft.frame, draft.subtype = load_frames()["accuse"], "support"


def settle_threat(draft: Draft, said: Said | None, known: Known) -> None:
    """What an armed group says that it will do to others, or will not let them do, threatens: "We will strike the
    ports", "we will not allow barracks"; a government only by what it will not let happen. A vow to fight on that names
    nobody stays what it is."""
    if said is None or draft.frame.kind not in _UNREAL:
        return
    line, pack = draft.line, draft.line.pack
    refuses = draft.negated and line.low(draft.trigger) in pack.words["tolerating"]
    rules = said.sayer.group in _RULING or bool({t.low for t in _words(said, line)} & pack.words["ruling"])
    if not any(known.fights(i) for i in said.sayer.ids) and not (refuses and rules):
        return
    own = {i for f in draft.actors for i in f.chunk.ids} & set(said.sayer.ids)
    we = any(line.low(n) in pack.words["we"] for n in range(draft.first, draft.trigger))
    verb = line.low(draft.trigger)
    wills = pack.status["modals"].get(draft.modal) == "planned" or (
        pack.language == "fr" and (verb.endswith(_FUTURE) or in_conditional(line, verb))
    )
    if not (own or we) or not wills:
        return
    plain = draft.frame.id in ("deed", "state")
    meant = [v.frame for _, v in pack.verbs.get(verb, ()) if plain and not v.tail and "counted" not in v.frame.object]
    hostile = any(
        (f.action in _HOSTILE or f.id == "punishment") and (f.id != "clash" or draft.recipients)
        for f in (draft.frame, *meant)
    )
    if (hostile and not draft.negated) or (draft.negated and verb in pack.words["tolerating"]):
        draft.frame, draft.negated = load_frames()["threaten"], False
        draft.subtype = draft.frame.subtype


def _words(said: Said, line: Line) -> Sequence[Token]:
    return line.tokens[said.sayer.first : said.sayer.last]


_RULING = ("government", "state_force", "junta", "official")
_UNREAL = frozenset({Kind.INTENT, Kind.PREDICTION, Kind.EVENT, Kind.ASSESSMENT})
_HOSTILE = frozenset({Action.ASSAULT, Action.BLOCKADE})
_FUTURE = ("ra", "ront", "rons")  # French; the conditional is the future of what was said


def content_of(draft: Draft, reading: Reading) -> list[Filler]:
    """Whoever the words after the accused name."""
    after = max((f.span.end for f in draft.recipients), default=0)
    after = max(after, draft.line.tokens[max(draft.trigger, draft.verb_last - 1)].end)
    chunks = [c for c in draft.line.chunks if c.kind in ENTITY and draft.first <= c.first < draft.last]
    found = [fill(draft.line, c, reading.text, "those harmed") for c in chunks]
    return [f for f in found if f.span.start >= after]


def blame_drafts(reading: Reading) -> list[Draft]:
    """ "the attack, blamed on X, ...", "L'attentat, revendiqué par X", "la revendication du X": by participle or noun.
    One that only helps to say which attack it was is silent: it makes no claim, but the text knows the author."""
    line, words = reading.line, reading.line.pack.words
    drafts = []
    for i in line.standing(words["claimed_words"], words["blamed_words"], words["claim_nouns"]):
        if not 0 < i < len(line.tokens) - 1:
            continue
        claims, lays = line.low(i) in words["claimed_words"], line.low(i) in words["blamed_words"]
        if (claims or lays) and line.low(i - 1) not in line.pack.auxiliaries and line.at[i] < 0:
            draft = _participle(reading, i, "claim_event" if claims else "attribute")
            drafts += [draft] if draft else []
        elif line.low(i) in words["claim_nouns"]:
            draft = _noun(reading, i)
            drafts += [draft] if draft else []
    return [*drafts, *authorship_drafts(reading)]


def _participle(reading: Reading, i: int, frame_id: str) -> Draft | None:
    line, frame = reading.line, load_frames()[frame_id]
    words = line.pack.words["by"] if frame_id == "claim_event" else line.pack.words["laid_on"]
    start = i + 1
    while line.low(start) not in words and start < i + 3:  # "attribuée officiellement à X"
        start += 1
    authors = after_preposition(line, start, min(start + 5, len(line.tokens)), words, ENTITY)
    noun = _noun_before(line, i)
    if not authors or noun < 0:
        return None
    last = authors[-1].last
    draft = Draft(line, reading.sentence, frame, *trimmed(line, noun, last), i, f"participle {line.low(i)}")
    draft.subtype = "responsibility"
    fillers = [fill(line, reading.known.acting(c), reading.text, "author said") for c in authors]
    draft.actors, draft.recipients = (fillers, []) if frame_id == "claim_event" else ([], fillers)
    before = i - 1 - (line.low(i - 1) in line.pack.words["each_words"])  # "six attacks, all claimed by X"
    draft.silent = line.low(before) != "," and bool(reading.groups)
    draft.actor_open = False
    return draft


def _noun_before(line: Line, i: int) -> int:
    """Where the noun of the happening stands before a participle at i; -1 where there is none near."""
    for n in range(i - 1, max(-1, i - 9), -1):
        found = line.pack.nouns.at(line.tokens, n)
        if found and found.value.kind == Kind.EVENT:
            first = n
            while first > 0 and line.low(first - 1) in line.pack.words["determiners"] | line.pack.words["adjectives"]:
                first -= 1
            return first
        if line.low(n) in line.pack.auxiliaries or line.low(n) == ";":
            return -1
    return -1


def _noun(reading: Reading, i: int) -> Draft | None:
    """ "la revendication du FLR"."""
    line = reading.line
    last = min(i + 5, len(line.tokens))
    authors: Sequence[Chunk] = after_preposition(line, i + 1, last, line.pack.words["of"], ENTITY)
    armed = [c for c in authors if "armed" in c.classes]
    if not armed:
        return None
    frame = load_frames()["claim_event"]
    clause = clause_of(reading.clauses, i)
    first, last = trimmed(line, i - 1, max(clause.last, armed[-1].last))
    draft = Draft(line, reading.sentence, frame, first, last, i, f"noun {line.low(i)}", subtype="responsibility")
    draft.actors = [fill(line, c, reading.text, "whose claim it is") for c in armed]
    draft.actor_open = False
    return draft


def _violent(draft: Draft) -> bool:
    """Whether the words tell a deed of violence: a noun or verb of attack or harm."""
    line = draft.line
    for n in range(draft.first, draft.last):
        if n == draft.trigger:
            continue
        noun = line.pack.nouns.at(line.tokens, n)
        if noun and noun.value.action == "assault" and noun.value.kind == Kind.EVENT:
            return True
        found = line.pack.verbs.get(line.low(n), ()) if line.at[n] < 0 else ()
        if any(v.frame.kind == Kind.EVENT and v.frame.action == "assault" and not v.tail for _, v in found):
            return True
    return False
