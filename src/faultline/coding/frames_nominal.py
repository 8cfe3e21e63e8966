"""Turns the nouns of happenings ("the ambush of a convoy by ...", "l'attaque menée par ...") into drafts. Invariant: a
noun that only presupposes a happening makes no claim; it needs an agent, a light verb or a verb of taking place."""

from collections.abc import Sequence
from itertools import pairwise

from faultline.coding.draft import Draft, fill
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading
from faultline.coding.frames_beside import help_drafts, participle_drafts
from faultline.coding.lexicon import Frame, load_frames
from faultline.coding.line import Chunk, Line
from faultline.coding.owners import owners_of
from faultline.coding.phrases import Found
from faultline.coding.roles import ENTITY, Clause, after_preposition, clause_of, is_article, subject_of
from faultline.coding.told_how import told_how
from faultline.coding.told_nouns import exists, number_or_day, subject_told
from faultline.coding.verbs import VerbGroup
from faultline.record.vocabulary import Kind

_TOLD = frozenset({Kind.EVENT, Kind.RESTRICTION})
_NEEDS_PARTY = frozenset(
    {"withdrawal_of", "capture_of", "recapture_of", "deployment", "release", "arrest", "surrender"}
)

# "The withdrawal of Volk", "la visite du président": nobody undergoes it, so whose it is acts.
_BY_WHOM_OF = frozenset({"withdrawal_of", "visit", "desertion", "surrender", "resignation", "deployment"})


def nominal_drafts(reading: Reading) -> list[Draft]:
    """A draft for each noun that states something of its own."""
    drafts: list[Draft] = []
    line = reading.line
    heads = {n for g in reading.groups if not _gerund_noun(line, g) for n in range(g.head, g.last)}
    i = 0
    while i < len(line.tokens):
        dated = line.chunk_at(i) is not None and line.chunks[line.at[i]].kind in (
            "day",
            "actor",
            "place",
            "person",
            "asset",
        )
        found = None if i in heads or dated else line.pack.nouns.at(line.tokens, i)
        if found is None:
            i += 1
            continue
        draft = _draft(reading, found)
        if draft:
            drafts.append(draft)
        i = found.last
    _share_out(line, drafts)
    return [*drafts, *participle_drafts(reading), *help_drafts(reading)]


def _share_out(line: Line, drafts: Sequence[Draft]) -> None:
    """ "the suspension of X and the dissolution of Y": of several put in force in one clause each has its own words."""
    forces = [d for d in drafts if d.frame.kind == Kind.RESTRICTION and d.frame.id != "mourning" and not d.silent]
    for one, other in pairwise(forces):
        links = [
            n for n in range(one.trigger + 1, other.trigger) if line.low(n) in line.pack.words["coordinators"] | {","}
        ]
        if links and one.first <= one.trigger < other.trigger < one.last and one.frame.id != other.frame.id:
            one.last, other.first = links[-1], max(links[-1] + 1, other.first)


def _gerund_noun(line: Line, group: VerbGroup) -> bool:
    """ "Fighting ended": a gerund that opens a sentence is a noun."""
    return group.mood == "gerund" and group.first == 0


def _draft(reading: Reading, found: Found[Frame]) -> Draft | None:
    line, frame = reading.line, found.value
    clause = clause_of(reading.clauses, found.first)
    if frame.nominal == "never":
        return None
    agents = _agents(line, found, clause)
    patients = _patients(line, found, clause, agents)
    if frame.id == "death_of" and any(c.quantity for c in patients):
        return None  # "the death of five soldiers" is a toll
    stated = _stated(reading, found, clause, agents, patients)
    known = frame.action == "assault" and frame.kind == Kind.EVENT and bool(agents or patients)
    if (not stated and not known) or (frame.id in _NEEDS_PARTY and not agents and not patients):
        return None
    first, last = trimmed(line, clause.first, clause.last)
    rule = f"noun {line.low(found.last - 1)}"
    frame = _ended(line, found) or frame
    draft = Draft(line, reading.sentence, frame, first, last, found.first, rule, subtype=frame.subtype)
    draft.actors = [fill(line, reading.known.acting(c), reading.text, "agent of the noun") for c in agents]
    hit = [owner for c in patients for owner in owners_of(line, c) or [c]]
    draft.recipients = [fill(line, reading.known.holder(c), reading.text, "object of the noun") for c in hit]
    how = told_how(line, found, clause)
    draft.modal, draft.conditional = how.modal, how.conditional
    draft.silent, draft.negated = not stated, how.negated or _never_was(line, found, clause)
    if frame.id in _BY_WHOM_OF and not agents:
        draft.actors, draft.recipients = draft.recipients, []
    if frame.both and not agents and len(patients) > 1:
        draft.actors, draft.recipients = draft.recipients, []  # "clashes between X and Y"
    return draft


def _ended(line: Line, found: Found[Frame]) -> Frame | None:
    """ "The blockade was lifted", "la trêve a été rompue": the frame of what came to its end, or None."""
    if found.value.id == "lifted":
        spots = range(found.last, min(found.last + 5, len(line.tokens)))
        of = next((noun.value for n in spots if (noun := line.pack.nouns.at(line.tokens, n))), None)
        return load_frames()["siege_lifted"] if of is not None and of.id == "siege_blockade" else None
    for n in range(found.last + 1, min(found.last + 16, len(line.tokens))):
        if line.low(n) in line.pack.words["ended"] and line.low(n - 1) in line.pack.auxiliaries:
            if found.value.id == "siege_blockade":
                return load_frames()["siege_lifted"]
            return load_frames()["lifted"] if found.value.kind == Kind.RESTRICTION else None
    return None


def _stated(
    reading: Reading, found: Found[Frame], clause: Clause, agents: Sequence[Chunk], patients: Sequence[Chunk]
) -> bool:
    """Whether the noun states its happening: somebody does it, it takes place, it kills; or nothing else is said."""
    line = reading.line
    if found.value.nominal == "told":
        mutual = found.value.kind == Kind.RELATION and found.value.both and len(patients) > 1
        return not _in_phrase(line, found) and (mutual or subject_told(line, found, clause))
    by = bool(agents) and agents[0].first > found.last and not _verb_between(reading, found, agents[0])
    if by:
        return True
    if found.value.kind == Kind.TALK and patients and _concluded(line, found):
        return True
    if _in_phrase(line, found) and not _rumoured(line, found) and not _spoken_of(line, found):
        return False
    if _told(line, found) and (found.value.nominal == "always" or found.value.kind in _TOLD):
        return True
    if agents and _verbless(reading, clause):
        return True
    if exists(line, found):
        return True
    if found.value.kind == Kind.RELATION and found.value.both and len(patients) > 1:
        return True  # "tensions between X and Y are growing"
    if subject_told(line, found, clause):
        return True
    if _takes_place(line, found, clause) or _launched(line, found, clause) or _headline(reading, found):
        return True
    return _harms(reading, found, clause)


def _told(line: Line, found: Found[Frame]) -> bool:
    """ "The army reported an attack", "évoque une tentative d'infiltration": the object of a verb of saying, or another
    noun joined to it ("the suspension of X and the dissolution of Y")."""
    n = found.first - 1
    small = line.pack.words["determiners"] | line.pack.words["adjectives"] | line.pack.words["noun_links"]
    while n > 0 and (line.low(n) in small or number_or_day(line, n)):
        n -= 1
    if line.low(n) in line.pack.words["coordinators"]:
        reach = 20 if found.value.kind == Kind.RESTRICTION else 8
        earlier = [k for k in range(max(0, n - reach), n) if line.pack.nouns.at(line.tokens, k)]
        return bool(earlier) and any(_says(line, k - 1) or _says(line, k - 2) for k in earlier)
    if _rumoured(line, found) or _spoken_of(line, found) or _tallied(line, found):
        return True
    known = {line.low(k) for k in range(n + 1, found.first)} & line.pack.words["definite"]
    return _says(line, n) and not (
        known and found.value.kind == Kind.EVENT and not _announced(found.value) and not found.value.harm
    )


def _announced(frame: Frame) -> bool:
    """ "announced the recapture of X", "the lifting of the siege": told, though the noun is definite."""
    return frame.action in ("take", "yield") or frame.id == "siege_lifted"


def _tallied(line: Line, found: Found[Frame]) -> bool:
    """ "148 attacks have been recorded": a number of happenings and a verb of counting."""
    number = line.chunk_at(found.first - 1)
    counted = number is not None and number.quantity is not None and not number.quantity.vague
    after = range(found.last, min(found.last + 8, len(line.tokens)))
    return counted and any(line.low(n) in line.pack.words["counting"] for n in after)


def _rumoured(line: Line, found: Found[Frame]) -> bool:
    """ "reports of clashes between X and Y": what is rumoured is told, though a preposition governs it."""
    n = found.first - 1
    while (
        n > 0
        and line.low(n) in (line.pack.words["determiners"] | line.pack.words["adjectives"]) - line.pack.words["of"]
    ):
        n -= 1
    return line.low(n) in line.pack.words["of"] and line.low(n - 1) in line.pack.words["hearsay_nouns"]


def _spoken_of(line: Line, found: Found[Frame]) -> bool:
    """ "spoke of an ambush", "fait état de combats": told by a verb with a preposition, and not known before."""
    words, n = line.pack.words, found.first - 1
    small = (words["determiners"] | words["adjectives"]) - words["of"] - words["definite"]
    while n > 0 and (line.low(n) in small or number_or_day(line, n)):
        n -= 1
    account = line.low(n - 1) in words["account_of"] and line.low(n - 2) in words["giving_account"]
    return line.low(n) in words["of"] and (account or line.low(n - 1) in words["speaking_of"])


def _says(line: Line, n: int) -> bool:
    """Whether token n is a verb of saying or enacting, and none of claiming or denying what is known."""
    low = line.low(n)
    frames = {verb.frame.kind for _, verb in line.pack.verbs.get(low, ()) if not verb.tail}
    says = low in line.pack.reporting or low in line.pack.words["enacting"]
    return n >= 0 and line.at[n] < 0 and says and Kind.ALLEGATION not in frames


def _concluded(line: Line, found: Found[Frame]) -> bool:
    """ "an agreement signed in P between X and Y": the participle says that it came about."""
    return line.low(found.last) in line.pack.words["concluded"]


def _verb_between(reading: Reading, found: Found[Frame], agent: Chunk) -> bool:
    """Whether a finite verb of its own stands between a noun and "by X"."""
    light = reading.line.pack.words["light_verbs"]
    return any(
        g.mood == "finite" and found.last <= g.head < agent.first and reading.line.low(g.head) not in light
        for g in reading.groups
    )


def _in_phrase(line: Line, found: Found[Frame]) -> bool:
    """ "following an attack", "dans l'attaque": a preposition governs the noun, which is only presupposed."""
    n = found.first - 1
    small = line.pack.words["determiners"] | line.pack.words["adjectives"]
    while n > 0 and (line.low(n) in small - line.pack.words["of"] or line.at[n] >= 0):
        n -= 1
    if line.at[n] >= 0:
        return False  # a number opens the sentence
    if line.pack.language == "fr" and line.low(n) in line.pack.words["of"] and is_article(line, n, 0):
        return False
    linked = line.low(n) in line.pack.words["of"] and line.low(n - 1) in line.pack.words["noun_links"]
    return (
        line.low(n) in line.pack.words["prepositions"]
        and not linked
        and not _subject_of_light(line, found, Clause(0, len(line.tokens)))
    )


def _launched(line: Line, found: Found[Frame], clause: Clause) -> bool:
    """ "Attacks were launched", "une opération a été lancée"."""
    far = found.value.nominal == "always"  # "the state of emergency, in place since January, has been lifted"
    for n in range(found.last, min(found.last + 16, len(line.tokens)) if far else min(found.last + 6, clause.last)):
        if (
            line.low(n) in line.pack.words["light_verbs"] | line.pack.words["undone"]
            and line.low(n - 1) in line.pack.auxiliaries
            and not _in_phrase(line, found)
        ):
            return True
    return False


def _agents(line: Line, found: Found[Frame], clause: Clause) -> list[Chunk]:
    """ "by X" after the noun, "X attack" before it in English, the subject of a light verb before it."""
    by = line.pack.words["by"] - {"de", "du", "des", "d'"}
    agents = after_preposition(line, found.last, min(clause.last, found.last + 14), by, ENTITY)
    if agents and not _only_told(line, found.last, agents[0]):
        return agents
    before = _subject_of_light(line, found, clause)
    if before:
        return before
    if line.pack.language == "en":
        chunk = line.chunk_at(found.first - 1)
        if chunk and chunk.kind in ("actor", "group") and chunk.classes & {"armed", "jihadist", "rebel"}:
            return [chunk]
    elif line.low(found.last) in line.pack.words["of"]:
        chunk = line.chunk_at(found.last + 1) or line.chunk_at(found.last)
        if (
            chunk
            and chunk.kind in ("actor", "group")
            and chunk.classes & {"armed", "jihadist", "rebel"}
            and found.value.both is False
        ):
            return [chunk]
    return []


def _only_told(line: Line, first: int, agent: Chunk) -> bool:
    """ "the attack claimed by X", "l'assaut condamné par Y": those who speak of it did not therefore do it."""
    words = line.pack.words
    told = words["claimed_words"] | words["blamed_words"]
    between = range(first, agent.first)
    return any(line.low(n) in told or (line.low(n) in line.pack.reporting and line.at[n] < 0) for n in between)


def _subject_of_light(line: Line, found: Found[Frame], clause: Clause) -> list[Chunk]:
    n = found.first - 1
    while n >= clause.first and (
        line.low(n) in line.pack.words["determiners"] | line.pack.words["adjectives"] | line.pack.words["particles"]
        or line.low(n) in line.pack.words["noun_links"]
        or (line.chunk_at(n) and line.chunks[line.at[n]].kind == "number")
    ):
        n -= 1
    noun = line.pack.language == "en" and line.low(n - 1) in line.pack.words["determiners"]  # "the start of the battle"
    if n < clause.first or noun or line.low(n) not in line.pack.words["light_verbs"]:
        return []
    group = VerbGroup(n, n + 1, n, (), "active", "finite")
    subjects, _ = subject_of(line, group, [clause])
    return [c for c in subjects if c.kind in ENTITY]


def _takes_place(line: Line, found: Found[Frame], clause: Clause) -> bool:
    relative = line.low(found.last) in line.pack.words["relatives"]
    last = min(len(line.tokens), found.last + 5) if relative else min(clause.last, found.last + 14)
    for n in range(found.last, last):
        two = f"{line.low(n)} {line.low(n + 1)}"
        pairs = line.pack.words["happen_pairs"]
        if line.low(n) in line.pack.words["take_place"] or two in pairs or f"{two} {line.low(n + 2)}" in pairs:
            return True
    return found.value.nominal == "always" and _governed_by_act(line, found, clause)


def _never_was(line: Line, found: Found[Frame], clause: Clause) -> bool:
    """ "The attack never took place", "aucune attaque n'a eu lieu": what is said not to have happened."""
    small = line.pack.words["adjectives"] | line.pack.words["determiners"] | line.pack.words["no_words"]
    n = found.first - 1
    while n > clause.first and line.low(n) in small - line.pack.words["no_words"]:
        n -= 1
    if line.low(n) in line.pack.words["no_words"] | line.pack.words["preventing"]:
        return True
    if any(
        (line.low(k), line.low(k + 1)) == ("yet", "to") for k in range(found.last, min(clause.last, found.last + 9))
    ):
        return True
    for n in range(found.last, min(clause.last, found.last + 8)):
        pair = f"{line.low(n)} {line.low(n + 1)}" in line.pack.words["happen_pairs"]
        if (pair or line.low(n) in line.pack.words["take_place"]) and n > found.last:
            before = {line.low(k) for k in range(max(found.last, n - 4), n)}
            return bool(before & line.pack.words["negations"])
    return False


def _governed_by_act(line: Line, found: Found[Frame], clause: Clause) -> bool:
    acts = line.pack.words["light_verbs"] | line.pack.words["decreeing"]
    return any(line.low(n) in acts for n in range(clause.first, clause.last))


def _verbless(reading: Reading, clause: Clause) -> bool:
    line = reading.line
    return True if not any(clause.first <= g.head < clause.last for g in reading.groups) else _light_in(line, clause)


def _light_in(line: Line, clause: Clause) -> bool:
    return any(line.low(n) in line.pack.words["light_verbs"] for n in range(clause.first, clause.last))


def _headline(reading: Reading, found: Found[Frame]) -> bool:
    """A sentence without any verb ("Embuscade entre X et Y : deux morts")."""
    line = reading.line
    return (
        found.first <= 2
        and not reading.groups
        and not any(line.low(n) in line.pack.auxiliaries for n in range(len(line.tokens)))
    )


def _harms(reading: Reading, found: Found[Frame], clause: Clause) -> bool:
    """ "the attack killed ten", "une attaque a fait six morts": the noun is the subject of a verb of harm."""
    line = reading.line
    verbs = [
        g
        for g in reading.groups
        if found.last <= g.first and g.head < clause.last and g.voice == "active" and not g.reduced
    ]
    if not verbs or not any(
        v.frame.harm and ("counted" not in v.frame.object or _counts(line, verbs[0])) for v in verbs[0].verbs
    ):
        return False
    between = [c for c in line.chunks if found.last <= c.first < verbs[0].first and c.kind in ENTITY]
    return all(
        line.low(c.first - 1) in line.pack.words["prepositions"] or line.low(c.first) in line.pack.words["prepositions"]
        for c in between
    )


def _counts(line: Line, group: VerbGroup) -> bool:
    return any(c.quantity is not None and group.last <= c.first <= group.last + 3 for c in line.chunks)


def _patients(line: Line, found: Found[Frame], clause: Clause, agents: Sequence[Chunk]) -> list[Chunk]:
    words = line.pack.words["against"] | ({"between", "entre"} if found.value.both else set())
    patients = after_preposition(line, found.last, min(clause.last, found.last + 12), words, ENTITY | {"asset"})
    of = found.last - (line.low(found.last - 1) in line.pack.words["of"])  # the noun may bring its own "of"
    if not patients and line.low(of) in line.pack.words["of"]:
        chunk = line.chunk_at(of + 1) or line.chunk_at(of)
        patients = [chunk] if chunk and chunk.kind in ENTITY else []
    if not patients and found.value.both:
        after = [c for c in line.chunks if found.last <= c.first < clause.last and c.kind in ("actor", "group")]
        patients = [c for c in after if c.classes & {"armed", "party"}][:2]
    return [c for c in patients if c not in agents]
