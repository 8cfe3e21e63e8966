"""Turns the main clauses of a sentence in which no frame of the lexicon stands into plain claims: somebody did
something, dealt with somebody, or something is so. Invariant: needs a parse; a verb of saying makes no claim beside
what it says, and what only says more of a noun makes none."""

from collections.abc import Iterator, Sequence

from faultline.coding.draft import Draft
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading, doer_known, filled
from faultline.coding.lexicon import Frame, Verb, load_frames
from faultline.coding.line import Chunk, Line
from faultline.coding.misread import Parts
from faultline.coding.roles import ENTITY, clause_of, objects_of, subject_of
from faultline.coding.syntax import Syntax
from faultline.coding.system.tree import Tree
from faultline.coding.verbs import Before, VerbGroup
from faultline.record.vocabulary import Kind

_MAIN = ("conj", "parataxis", "ccomp")
_VERBAL = frozenset({"VERB", "AUX"})
_LEAST = 4  # words of a clause that states something
_LEAST_SAID = 3  # "progress was insufficient": what somebody says of the matter that the text is about


def has_room(line: Line, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether a clause that states something fits beside those tokens [first, last)."""
    last = 0
    for first, end in sorted(taken):
        if first - last >= _LEAST_SAID:
            return True
        last = max(last, end)
    return len(line.tokens) - last >= _LEAST_SAID


def plain_drafts(reading: Reading) -> list[Draft]:
    """A draft for each main clause of the line, in its order; none without a parse."""
    line, syntax = reading.line, reading.line.syntax
    if syntax is None or line.low(len(line.tokens) - 1) == "?":
        return []
    heads = sorted(set(_predicates(reading, syntax)))
    drafts: list[Draft] = []
    for n, head in enumerate(heads):
        first, last = _extent(reading, syntax, head, heads[:n], heads[n + 1 :])
        said = any(s.first <= head < s.last for s in reading.speech)
        states = last - first >= (_LEAST_SAID if said else _LEAST) and (said or names_somebody(line, first, last))
        draft = _draft(reading, head, first, last) if states else None
        drafts += [draft] if draft and (last - first >= _LEAST or draft.frame.kind != Kind.EVENT) else []
    return drafts


def names_somebody(line: Line, first: int, last: int | None) -> bool:
    """Whether somebody, something or some place of a conflict stands in tokens [first, last): "the weather was fine"
    states nothing of one. `last` None is the end of the line."""
    end = len(line.tokens) if last is None else last
    known = line.pack.words["pronouns"] | line.pack.words["possessives"] | line.pack.words["activity_words"]
    if any(line.low(n) in known or line.pack.nouns.at(line.tokens, n) for n in range(first, end)):
        return True
    return any(c.kind in ENTITY | {"asset", "place", "number"} for c in line.chunks if first <= c.first < end)


def _predicates(reading: Reading, syntax: Syntax) -> Iterator[int]:
    """Tokens at the heads of main clauses and of what is said in them."""
    tree = syntax.tree
    root = next((w for w in range(len(tree)) if tree.head(w) < 0), -1)
    waiting = [root] if root >= 0 else []
    while waiting:
        word = waiting.pop()
        token = syntax.token_of(word)
        content = [c for c in tree.children[word] if tree.is_a(c, *_MAIN) and _clausal(syntax, c)]
        waiting += content
        yield from (t for t in map(syntax.token_of, _rumoured(reading, syntax, word)) if t >= 0)
        if token >= 0 and _clausal(syntax, word) and not _says(reading, token):
            yield token


def _rumoured(reading: Reading, syntax: Syntax, word: int) -> list[int]:
    """ "Two mediators are said to have failed": the infinitive by which a passive of saying tells."""
    told = reading.line.low(syntax.token_of(word)) in reading.line.pack.words["evidentials"]
    content = [w for w in syntax.tree.having(word, "xcomp") if syntax.tree.having(w, "mark", "cop")]
    return content if told and syntax.tree.having(word, "aux:pass", "aux", "cop") else []


def _clausal(syntax: Syntax, word: int) -> bool:
    """Whether a word heads a clause: a verb or a predicate with its copula, with a subject of its own or the root."""
    tree = syntax.tree
    helped = bool(tree.having(word, "cop", "aux"))
    features = tree.parsed.features[word]
    verbal = helped or (
        tree.tag(word) in _VERBAL and "VerbForm=Part" not in features and "VerbForm=Ger" not in features
    )
    return verbal and (tree.head(word) < 0 or bool(tree.having(word, "nsubj", "csubj", "expl")))


def _says(reading: Reading, token: int) -> bool:
    inside = any(s.verb == token or s.source_first <= token < s.source_last for s in reading.speech)
    low, pack = reading.line.low(token), reading.line.pack
    return inside or low in pack.reporting or low in pack.words["helpers"]


def _extent(reading: Reading, syntax: Syntax, head: int, before: list[int], after: list[int]) -> tuple[int, int]:
    """The tokens of a clause, without what is told by other heads and without who says it."""
    line = reading.line
    tokens = [t for t in map(syntax.token_of, syntax.tree.subtree(syntax.words[head])) if t >= 0]
    low = max([n + 1 for n in before] + [min(tokens)])
    high = min([_opening(reading, n, head) for n in after] + [max(tokens) + 1])
    for said in reading.speech:
        if said.source_first <= head < said.source_last:
            continue
        if said.source_last <= head:
            low = max(low, said.source_last)
        elif said.source_first > head:
            high = min(high, said.source_first)
    while low < head and line.low(low) in line.pack.words["that"] | line.pack.words["coordinators"] | {","}:
        low += 1
    return trimmed(line, low, max(high, head + 1))


def _opening(reading: Reading, head: int, floor: int) -> int:
    """Where the clause of a later head begins."""
    return max(clause_of(reading.clauses, head).first, floor + 1)


def _draft(reading: Reading, head: int, first: int, last: int) -> Draft | None:
    line = reading.line
    group = _group(line, head)
    subjects, rule = subject_of(line, group, reading.clauses)
    objects = [] if group.voice == "passive" else objects_of(line, group, last)
    said = any(s.first <= head < s.last for s in reading.speech)
    frame = _frame(line, group, subjects, said)
    if frame is None:
        return None
    verb = Verb(line.low(head), frame, (), False)
    draft = filled(reading, Parts(group, verb, subjects, objects, clause_of(reading.clauses, head), rule))
    draft.first, draft.last, draft.rule = first, last, f"clause {line.low(head)} ({group.voice})"
    return draft


def _frame(line: Line, group: VerbGroup, subjects: list[Chunk], said: bool) -> Frame | None:
    """What a clause of unknown words says: a dealing by its verb, a state or an opinion where it is one, else a deed of
    somebody; None where it is no claim."""
    frames, words, low = load_frames(), line.pack.words, line.low(group.head)
    if _names_author(line, group, subjects):
        return frames["identified"]
    meant = _meant(line, group, subjects)
    if meant is not None:
        return meant
    if low in words["rises"] and _counted_subject(line, group):
        return frames["state"]  # "the number of attacks has been rising since 2019"
    if line.syntax is None or line.syntax.tag(group.head) not in _VERBAL or low in words["opinions"]:
        return frames["state"]
    if low in words["tellings"] or (low in words["states"] and not said):
        return None
    if low in words["states"]:
        return frames["state"]
    if low in words["dealings"]:
        return frames["dealing"]
    acting = doer_known(subjects) or any(c.kind in ENTITY | {"asset", "place"} for c in subjects)
    acting = acting or _named_subject(line, group)
    if acting or group.voice == "passive":
        return frames["deed"]
    return frames["deed" if _told_of_somebody(line, group) else "state"] if said else None


def _counted_subject(line: Line, group: VerbGroup) -> bool:
    """Whether what rises or falls is a number, or happenings."""
    token = line.syntax.subject(group.head) if line.syntax else -1
    if token < 0:
        return False
    return line.low(token) in line.pack.words["figures"] or line.pack.nouns.at(line.tokens, token) is not None


def _told_of_somebody(line: Line, group: VerbGroup) -> bool:
    """ "said hauliers had stopped their trips to Kerem" tells a deed, "said the measures were bearing fruit" judges:
    whether what is said is of somebody or of some place, and is not only thought possible."""
    if group.modal or group.conditional:
        return False
    subject = line.syntax.subject(group.head) if line.syntax else -1
    last = next((n for n in range(group.last, len(line.tokens)) if line.low(n) in (",", ";", ":")), len(line.tokens))
    named = any(c.kind in ENTITY | {"place"} and group.last <= c.first < last for c in line.chunks)
    return named or line.low(subject) in line.pack.words["pronouns"]


def _named_subject(line: Line, group: VerbGroup) -> bool:
    """Whether a noun that nothing knows begins or ends ("polls closed", "the trial opened")."""
    if line.low(group.head) not in line.pack.words["processes"]:
        return False
    token = line.syntax.subject(group.head) if line.syntax else -1
    return token >= 0 and line.syntax is not None and line.syntax.tag(token) in ("NOUN", "PROPN")


def _names_author(line: Line, group: VerbGroup, subjects: list[Chunk]) -> bool:
    """ "The attackers are believed to be members of X", "les auteurs seraient des combattants de X": who did it."""
    token = line.syntax.subject(group.head) if line.syntax else -1
    authors = any(c.group in ("attacker", "gunman") for c in subjects) or line.low(token) in line.pack.words["authors"]
    named = line.chunk_at(group.head)
    if named is not None and named.group == "attacker" and subjects and len(subjects[0].classes & {"people", "armed"}):
        return True  # "the two men are the attackers"
    party = named is not None and (named.kind == "actor" or bool(named.classes & {"armed", "people"}))
    return authors and party and named is not None and named.kind in ("actor", "group")


def _meant(line: Line, group: VerbGroup, subjects: list[Chunk]) -> Frame | None:
    """What a verb or a predicate of control, restriction or relation says whose object no frame could read: "controls
    three of the four districts", "is the main ally of X"."""
    after = [c for c in line.chunks if group.last <= c.first <= group.last + _NEAR]
    kinds = {v.frame.kind: v.frame for _, v in line.pack.verbs.get(line.low(group.head), ()) if not v.tail}
    if (
        Kind.CONTROL in kinds
        and any(c.kind in ("place", "number") for c in after)
        and any(c.kind == "place" for c in after)
    ):
        return kinds[Kind.CONTROL]
    spread = range(max(0, group.first - _NEAR), min(group.last + _NEAR, len(line.tokens)))
    forbids = any(n.value.kind == Kind.RESTRICTION for k in spread if (n := line.pack.nouns.at(line.tokens, k)))
    if Kind.RESTRICTION in kinds and (forbids or any(line.low(k) in line.pack.words["activity_words"] for k in spread)):
        return kinds[Kind.RESTRICTION]
    named = any(c.kind in ("actor", "country") or c.group in _SIDES for c in after)
    head = line.low(group.head)
    frame = _RELATED.get(next((w for w in _RELATED if head in line.pack.words[w]), ""), "")
    mutual = frame in ("alliance", "rivalry") and sum(c.kind in ("actor", "country") for c in subjects) > 1
    return load_frames()[frame] if frame and (named or mutual) else None


_NEAR = 8  # words
_SIDES = frozenset({"state_force", "government", "junta", "rebel", "jihadist", "militia"})
_RELATED = {
    "ally_nouns": "alliance",
    "enemy_nouns": "rivalry",
    "leader_nouns": "leadership",
    "founder_nouns": "founder_of",
    "splinter_nouns": "affiliation",
    "stronghold_nouns": "under_control",
}


def _group(line: Line, head: int) -> VerbGroup:
    """The group of a verb that no frame knows, or of a predicate with its copula, by its parse."""
    syntax, before = line.syntax, Before.read(line, head)
    tree, word = (syntax.tree, syntax.words[head]) if syntax else (None, -1)
    features = tree.parsed.features[word] if tree else ""
    passive = tree is not None and not before.reflexive and bool(tree.having(word, "nsubj:pass", "aux:pass"))
    future = "Tense=Fut" in features and not before.modal
    return VerbGroup(
        before.first, head + 1, head, (), "passive" if passive else "active", "finite", before.negated,
        "future" if future else before.modal, "Mood=Cnd" in features or _conditional(tree, word),
    )  # fmt: skip


def _conditional(tree: Tree | None, word: int) -> bool:
    """Whether an auxiliary of the verb is in the French conditional."""
    helpers = tree.having(word, "aux", "cop") if tree else ()
    return tree is not None and any("Mood=Cnd" in tree.parsed.features[h] for h in helpers)
