"""Turns the drafts of a text into those of a dispatch or of an analysis: opinions are kept where a text judges.
Invariant: what is only judged is never a happening; nothing that a dispatch tells is changed but its stray opinions."""

from collections.abc import Sequence

from faultline.coding.assemble import outlook
from faultline.coding.draft import Draft, fill
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading
from faultline.coding.lexicon import load_frames
from faultline.coding.line import Chunk, Line
from faultline.coding.plain import has_room, names_somebody, plain_drafts
from faultline.coding.roles import ENTITY
from faultline.coding.scene import set_days, set_places
from faultline.record.vocabulary import Kind

STRAY = frozenset({"assess", "judge"})
Drafted = list[tuple[Reading, list[Draft]]]


def reads_as_analysis(drafted: Drafted) -> bool:
    """Whether a text judges more than it reports: eight sentences or more, opinions half as many as all else."""
    drafts = [d for _, found in drafted for d in found]
    opinions = sum(d.frame.id in STRAY for d in drafts)
    return 2 * opinions >= len(drafts) - opinions and len(drafted) >= 8


def without_stray_opinions(drafted: Drafted) -> Drafted:
    """In a report of happenings a verb of opinion rarely is a claim about the conflict; in an analysis it mostly is."""
    if reads_as_analysis(drafted):
        told = [(reading, [d for d in found if _by_somebody(d)]) for reading, found in drafted]
        return [
            (reading, (_outermost(found) or _statement(reading)) + presupposed(reading, found))
            for reading, found in told
        ]
    kept = [(reading, [d for d in found if d.frame.id not in STRAY]) for reading, found in drafted]
    return [
        (reading, sorted([*found, *_plain(reading, found)], key=lambda d: (d.first, d.last))) for reading, found in kept
    ]


def _plain(reading: Reading, found: Sequence[Draft]) -> list[Draft]:
    """What the clauses of a dispatch state in words that no frame knows, beside what the frames have found."""
    if not has_room(reading.line, [(d.first, d.last) for d in found]):
        return []
    told = [d for d in plain_drafts(reading) if not any(f.first < d.last and d.first < f.last for f in found)]
    drafts = [d for d in told if not found or d.frame.kind == Kind.EVENT or _beside(reading, d)]
    for draft in drafts:
        set_places(draft, reading)
        set_days(draft, reading)
        outlook(draft)
    return drafts


def _beside(reading: Reading, draft: Draft) -> bool:
    """Whether what is so is told for itself beside a happening: who did it, or what somebody says of the matter at
    large ("said the attack had failed and the situation was under control")."""
    if draft.frame.id == "identified":
        return True
    said = any(s.first <= draft.trigger < s.last for s in reading.speech)
    return said and not names_somebody(reading.line, draft.first, draft.last)


def _outermost(drafts: list[Draft]) -> list[Draft]:
    """Of opinions inside one another ("analysts noted that X seemed ...") the outer one."""
    opinions = [d for d in drafts if d.frame.id in STRAY]
    inner = [
        b
        for a in opinions
        for b in opinions
        if a is not b and a.first <= b.first and b.last <= a.last and a.trigger < b.trigger
    ]
    return [d for d in drafts if not any(d is i for i in inner)]


def _statement(reading: Reading) -> list[Draft]:
    """A sentence of an analysis without a happening is an assessment as a whole."""
    line = reading.line
    verb = next(
        (
            n
            for n, t in enumerate(line.tokens)
            if t.low in line.pack.auxiliaries or (t.low in line.pack.verbs and line.at[n] < 0)
        ),
        -1,
    )
    if verb < 0 or len(line.tokens) < 8:
        return []
    first, last = trimmed(line, 0, len(line.tokens))
    frame = load_frames()["assess"]
    draft = Draft(line, reading.sentence, frame, first, last, verb, "a sentence of an analysis", subtype="assessment")
    outlook(draft)
    return [draft]


_ACTS = frozenset({Kind.EVENT, Kind.TALK, Kind.INTENT, Kind.CONTROL})


def _by_somebody(draft: Draft) -> bool:
    """Whether a happening of an analysis is anybody's: "suggests a shift" is no offer, "approaches lose" no advance."""
    if draft.frame.kind not in _ACTS or draft.frame.action == "assault" or draft.tolls:
        return True
    placed = bool(draft.places) and draft.frame.kind in (Kind.EVENT, Kind.CONTROL)
    return placed or any(f.chunk.kind in ENTITY for f in (*draft.actors, *draft.recipients))


def presupposed(reading: Reading, found: Sequence[Draft]) -> list[Draft]:
    """Happenings and backers that an analysis only names: "after the withdrawal of X", "X, backed by Y". A dispatch
    tells of them elsewhere, an analysis does not."""
    line = reading.line
    drafts = []
    for n in range(len(line.tokens)):
        told = any(d.trigger == n or (d.frame.kind not in _OPINIONS and d.first <= n < d.last) for d in found)
        draft = None if told or line.at[n] >= 0 else _backed(reading, n) or _partner(reading, n) or _named(reading, n)
        if draft:
            drafts.append(draft)
    return drafts


_OPINIONS = frozenset({Kind.ASSESSMENT, Kind.PREDICTION})


def _named(reading: Reading, n: int) -> Draft | None:
    """ "the withdrawal of French forces": a noun of happenings with those to whom it happens."""
    line = reading.line
    noun = line.pack.nouns.at(line.tokens, n)
    if noun is None or noun.value.kind != Kind.EVENT:
        return None
    of = noun.last - (line.low(noun.last - 1) in line.pack.words["of"])  # the noun may bring its own "of"
    if line.low(of) not in line.pack.words["of"]:
        return None
    whose = next((c for c in line.chunks if of <= c.first <= of + 4), None)
    if whose is None or whose.kind not in ENTITY | {"asset", "place"}:
        return None
    draft = Draft(
        line, reading.sentence, noun.value, n, whose.last, n, f"named {line.low(n)}", subtype=noun.value.subtype
    )
    doer = noun.value.action == "withdraw"
    fillers = [fill(line, reading.known.holder(whose), reading.text, "whose it is")] if whose.kind in ENTITY else []
    draft.actors, draft.recipients = (fillers, []) if doer else ([], fillers)
    return draft


def _backed(reading: Reading, n: int) -> Draft | None:
    """ "Malian forces, backed by X": who is backed, and by whom."""
    line = reading.line
    if line.low(n) not in line.pack.words["backed"] or line.low(n + 1) not in line.pack.words["by"]:
        return None
    before = line.chunk_at(n - 1 - (line.low(n - 1) == ","))
    if before is None or before.kind not in ENTITY:
        return None
    after = next((c for c in line.chunks if n < c.first <= n + 4 and c.kind in ENTITY), None)
    last = after.last if after else _phrase_end(line, n + 2)
    return _backing(reading, (before, after), (before.first, last), n)


def _partner(reading: Reading, n: int) -> Draft | None:
    """ "Russia emerged as the primary partner of Bamako": who backs whom, said by a noun."""
    line = reading.line
    if line.low(n) not in line.pack.words["backers"] or line.low(n + 1) not in line.pack.words["of"] | {"to", "for"}:
        return None
    backed = next((c for c in line.chunks if n < c.first <= n + 4 and c.kind in ENTITY), None)
    backer = next((c for c in reversed(line.chunks) if c.last < n and c.kind in ENTITY), None)
    if backed is None or backer is None or n - backer.last > 9:
        return None
    return _backing(reading, (backed, backer), (backer.first, backed.last), n)


def _backing(reading: Reading, sides: tuple[Chunk, Chunk | None], extent: tuple[int, int], n: int) -> Draft:
    """A draft of backing: (who is backed, who backs) at tokens `extent`, told by token n."""
    frame, line = load_frames()["backing"], reading.line
    draft = Draft(line, reading.sentence, frame, *extent, n, f"named {line.low(n)}", subtype=frame.subtype)
    backed, backer = sides
    draft.actors = [fill(line, reading.known.acting(backer), reading.text, "agent")] if backer else []
    draft.recipients = [fill(line, reading.known.acting(backed), reading.text, "whom it backs")]
    return draft


def _phrase_end(line: Line, n: int) -> int:
    """Past the words of a noun group that nothing knows ("external partners")."""
    end = n
    while end < len(line.tokens) and end < n + 4 and line.tokens[end].is_word and line.low(end) not in line.pack.verbs:
        end += 1
    return max(end, n + 1)
