"""Turns a line into its verb groups: where a verb of the lexicon stands, its voice, mood and negation. Invariant: the
reading uses word forms and neighbours only, so it needs no parser and survives odd sentences."""

from dataclasses import dataclass

from faultline.coding.lexicon import Verb
from faultline.coding.line import Line
from faultline.coding.tails import PEOPLE_OR_THING, tail_end, tail_size, within_reach
from faultline.record.vocabulary import Kind

_NOT_FINITE = frozenset({"pp", "ger"})


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """Tokens [first, last) with the verb at `head`, and what it may be: verbs of the lexicon, reporting grades.

    `voice` is active, passive or reflexive; `mood` finite, infinitive, perfect (having done), participle or gerund.
    """

    first: int
    last: int
    head: int
    verbs: tuple[Verb, ...]
    voice: str
    mood: str
    negated: bool = False
    modal: str = ""
    conditional: bool = False
    reduced: bool = False


def verb_groups(line: Line) -> list[VerbGroup]:
    """Verb groups of frame verbs in order."""
    found: list[VerbGroup] = []
    for i in range(len(line.tokens)):
        if found and i < found[-1].last:
            continue
        group = _group_at(line, i)
        if group:
            found.append(group)
    return found


def _group_at(line: Line, i: int) -> VerbGroup | None:
    joined = line.tokens[i].joined and line.pack.language == "en"
    if line.low(i) not in line.pack.verbs or joined or _inside_name(line, i):
        return None
    tags = line.pack.verb_tags[line.low(i)]
    before = Before.read(line, i)
    if _is_noun(line, i, tags, before):
        return None
    fitting = _fitting(line, i, before)
    if not fitting:
        return None
    last = tail_end(line, i, fitting[0])
    voice, mood, reduced = _voice(line, (i, last), tags, before, fitting[0])
    fitting = tuple(v for v in fitting if v.reflexive == (voice == "reflexive") or _passive_sense(v, voice))
    if not fitting:
        return None
    modal = before.modal or ("future" if "fut" in tags and not before.be and not before.have else "")
    return VerbGroup(
        before.first,
        last,
        i,
        fitting,
        voice,
        mood,
        before.negated,
        modal,
        _conditional(line, i, before),
        reduced,
    )


def _passive_sense(verb: Verb, voice: str) -> bool:
    """Whether a verb that is not reflexive keeps its sense with "se": of saying and harm, not of giving and holding."""
    return voice == "reflexive" and not verb.reflexive and verb.frame.kind not in (Kind.CONTROL, Kind.RELATION)


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a verb and belongs to it."""

    first: int
    be: bool
    have: bool
    do: bool
    infinitive: bool
    reflexive: bool
    negated: bool
    modal: str
    auxiliary: int

    @classmethod
    def read(cls, line: Line, i: int) -> "Before":
        """Reads leftward over auxiliaries, particles, negations and modals."""
        pack, first = line.pack, i
        roles: set[str] = set()
        negated = reflexive = infinitive = False
        modal, auxiliary = "", -1
        n = i - 1
        while n >= 0 and i - n <= 7:
            low = line.low(n)
            if low in pack.auxiliaries:
                roles.add(pack.auxiliaries[low])
                modal = low if low in pack.words["modal_words"] else modal
                auxiliary = n if auxiliary < 0 else auxiliary
            elif low in pack.words["modal_words"] and line.at[n] < 0:  # "on 2 May"
                modal = low
            elif low in ("se", "s'") and pack.language == "fr":
                reflexive = True
            elif low in pack.words["negations"] and low not in ("no", "none", "aucun", "aucune"):
                negated = True
            elif low == "to" and pack.language == "en" and not roles:
                infinitive = True
                n -= 1
                first = n + 1
                break
            elif (
                not (low in pack.words["particles"] or (low.endswith(("ly", "ment")) and len(low) > 4))
                or line.at[n] >= 0
                or low in pack.words["pronouns"]
            ):
                break
            first = n
            n -= 1
        return cls(
            first,
            "be" in roles or "get" in roles,
            "have" in roles,
            "do" in roles,
            infinitive,
            reflexive,
            negated,
            modal,
            auxiliary,
        )


def _inside_name(line: Line, i: int) -> bool:
    chunk = line.chunk_at(i)
    return chunk is not None and chunk.kind != "number"


def _is_noun(line: Line, i: int, tags: frozenset[str], before: Before) -> bool:
    """Whether a word that may be a verb is a noun here."""
    pack, previous = line.pack, line.low(i - 1)
    if before.infinitive or before.modal or before.do:
        return False
    if "pp" in tags and pack.language == "fr" and not (before.be or before.have) and _counted(line, i):
        return True
    if tags == {"inf"} and previous in pack.words["infinitive_marks"]:
        return False  # "avant de prendre", "continue d'attaquer"
    if tags <= {"pp"}:
        governed = previous in pack.words["determiners"] or (
            previous in pack.words["adjectives"]
            and line.tokens[i - 1].text.islower()
            and line.low(i - 2) in pack.words["determiners"]
        )  # "la majeure partie"
        return pack.language == "fr" and governed and not before.be and not before.have
    noun = pack.nouns.at(line.tokens, i) is not None or pack.groups.at(line.tokens, i) is not None
    if previous in pack.words["determiners"] and not before.be and not before.have and not _object_pronoun(line, i):
        return True
    if pack.language == "en":
        return _english_noun(line, i, tags, before, noun)
    if noun and "pp" not in tags and _in_noun_group(line, i):
        return True
    return (
        noun
        and "pp" not in tags
        and (previous in pack.words["prepositions"] or previous in pack.words["adjectives"] or i == 0)
    )


def _in_noun_group(line: Line, i: int) -> bool:
    """ "la plus récente attaque": a determiner two or three words before, with no verb or pronoun between."""
    small = (
        line.pack.words["pronouns"]
        | line.pack.auxiliaries.keys()
        | line.pack.words["relatives"]
        | line.pack.words["negations"]
    )
    for n in range(i - 1, max(-1, i - 4), -1):
        if line.at[n] >= 0 or line.low(n) in small or not line.low(n)[:1].isalpha():
            return False
        if line.low(n) in line.pack.words["determiners"]:
            return True
    return False


def _counted(line: Line, i: int) -> bool:
    """ "56 morts": a number right before makes it a noun."""
    chunk = line.chunk_at(i - 1)
    return (chunk is not None and chunk.kind == "number") or (
        line.chunk_at(i) is not None and line.chunks[line.at[i]].quantity is not None
    )


def _object_pronoun(line: Line, i: int) -> bool:
    """French "la", "les", "l'" before a finite verb with a subject before it: "qui les attaquent"."""
    return (
        line.pack.language == "fr"
        and line.low(i - 1) in ("les", "la", "le", "l'")
        and (line.low(i - 2) in line.pack.words["pronouns"] or line.low(i - 2) in line.pack.words["relatives"])
    )


def _english_noun(line: Line, i: int, tags: frozenset[str], before: Before, noun: bool) -> bool:
    if i == 0 and "fin" in tags and not tags & {"pp", "ger"}:
        return True  # "Claims regarding ...": no subject can stand before it
    if before.be or before.have:
        return "pp" not in tags and "ger" not in tags
    previous = line.chunk_at(i - 1)
    if line.low(i).endswith("s") and "pp" not in tags and previous is not None and previous.kind == "number":
        return True  # "arrested five suspects"
    singular = previous is not None and {line.low(previous.first), line.low(previous.first - 1)} & {"a", "an"}
    if noun and singular and "inf" in tags and previous is not None and previous.last - previous.first <= 2:
        return True  # "in a JNIM ambush"
    if tags == {"inf"} and line.low(i + 1) == "of" and line.low(i - 1) not in line.pack.words["pronouns"]:
        return True  # "fear of reprisals"
    if tags == {"inf"} or (tags == {"inf", "pp"}):
        plural = previous is not None and previous.kind in PEOPLE_OR_THING
        plural = plural or (line.low(i - 1).endswith("s") and line.pack.speakers.at(line.tokens, i - 1) is not None)
        coordinated = line.low(i - 1) in line.pack.words["coordinators"] and not noun
        return not (plural or coordinated or (line.low(i - 1) in line.pack.words["pronouns"]))
    if line.low(i).endswith("s") and noun:
        subject = previous is not None and previous.kind in PEOPLE_OR_THING
        return not (subject and _object_follows(line, i + 1))
    if "pp" in tags and line.low(i - 1) in line.pack.words["prepositions"] and line.at[i - 1] < 0:
        return True  # "under coordinated pressure"
    if "ger" in tags and noun:
        told = line.low(i - 1) in line.pack.reporting and line.low(i + 1) in line.pack.words["place_prepositions"]
        return told or line.low(i - 1) in line.pack.words["prepositions"] or line.low(i + 1) in line.pack.words["of"]
    return noun and line.low(i - 1) in line.pack.words["prepositions"]


def _object_follows(line: Line, i: int) -> bool:
    chunk = line.chunk_at(i)
    return (chunk is not None and chunk.kind in PEOPLE_OR_THING) or line.low(i) in line.pack.words["determiners"]


def _fitting(line: Line, i: int, before: Before) -> tuple[Verb, ...]:
    """Verbs whose tail stands there, longest tails first."""
    free = not (before.be or before.have) or before.modal
    near = within_reach(line.pack, line.low(i), {token.low for token in line.tokens[i + 1 :]})
    return tuple(
        verb
        for tags, verb in near  # most verbs of many tails are ruled out above, where it is cheap
        if (free or not _NOT_FINITE.isdisjoint(tags))
        and not (verb.reflexive and not before.reflexive)
        and tail_size(line, i, verb) >= 0
    )


def _voice(line: Line, at: tuple[int, int], tags: frozenset[str], before: Before, verb: Verb) -> tuple[str, str, bool]:
    """(voice, mood, whether it is a bare participle) of the verb at tokens `at`."""
    i, last = at
    french = line.pack.language == "fr"
    if before.reflexive and french:
        return "reflexive", "finite" if before.auxiliary >= 0 or "fin" in tags else "infinitive", False
    if "pp" in tags and (before.be or before.have):
        return _compound(line, i, before, verb)
    if "ger" in tags and not before.be:
        return "active", "gerund", False
    if "ger" in tags:
        return "active", "finite", False
    if before.infinitive or before.modal or (tags == {"inf"} and (french or before.do)):
        return "active", "finite" if before.modal or before.do else "infinitive", False
    if "fin" in tags and "pp" in tags:
        if _in_object_relative(line, i):
            return "active", "finite", False
        return _bare(line, last, verb)
    if "pp" in tags and "fin" not in tags and not ("inf" in tags and not french):
        return "passive", "participle", True
    return "active", "finite", False


def _compound(line: Line, i: int, before: Before, verb: Verb) -> tuple[str, str, bool]:
    passive = before.be
    if line.pack.language == "fr" and before.be and verb.lemma in _ETRE and not before.have:
        passive = False
    if line.pack.language == "fr" and before.have and not _been(line, before.first, i):
        passive = False
    if (
        line.pack.language == "en"
        and before.have
        and not any(line.low(n) in ("been", "being") for n in range(before.first, i))
    ):
        passive = False
    auxiliary = line.low(before.auxiliary)
    perfect = auxiliary in ("avoir", "having", "ayant", "être") or (before.infinitive and before.have)
    return (
        ("passive" if passive else "active"),
        ("perfect" if perfect else "infinitive" if before.infinitive else "finite"),
        False,
    )


def _been(line: Line, first: int, i: int) -> bool:
    return any(line.low(n) == "été" for n in range(first, i))


_ETRE = frozenset(
    "aller arriver venir partir sortir entrer mourir décéder tomber rentrer retourner parvenir devenir intervenir "
    "naître rester passer".split()
)
INTRANSITIVE = frozenset(
    "death clash withdrawal flight arrival advance protest meeting talks surrender resignation accident".split()
)


def _in_object_relative(line: Line, i: int) -> bool:
    """ "the town that the rebels captured": a relative pronoun, a subject, and the verb at i."""
    subject = line.chunk_at(i - 1)
    opens = subject is not None and line.low(subject.first - 1) in line.pack.words["object_relatives"]
    relatives = line.pack.words["object_relatives"]
    pronoun = line.low(i - 1) in line.pack.words["pronouns"] and line.low(i - 2) in relatives
    return (opens or pronoun) and line.pack.language == "en"


def _bare(line: Line, last: int, verb: Verb) -> tuple[str, str, bool]:
    """A form that may be past or participle ("killed", "attacked") without auxiliary."""
    if line.low(last) in line.pack.words["by"] and verb.frame.id not in INTRANSITIVE:
        return "passive", "participle", True
    chunk = line.chunk_at(last)
    known = line.pack.words["determiners"] | line.pack.words["activity_words"] | {"them", "him", "it"}
    has_object = (chunk is not None and chunk.kind != "day") or line.low(last) in known
    has_object = has_object or line.pack.nouns.at(line.tokens, last) is not None
    if has_object or verb.tail or verb.frame.id in INTRANSITIVE or not _transitive(verb):
        return "active", "finite", False
    return "passive", "participle", True


def _transitive(verb: Verb) -> bool:
    known = verb.frame.id in ("attack", "ambush", "siege_blockade", "airstrike", "shelling")
    return known or bool(verb.frame.object) or verb.frame.harm != ""


def _conditional(line: Line, i: int, before: Before) -> bool:
    """The French conditional, in the verb or its auxiliary: how the press keeps its distance."""
    if line.pack.language != "fr" or before.modal:
        return False
    words = [line.low(n) for n in range(before.first, i + 1)]
    return any(in_conditional(line, w) and not w.startswith(("pou", "dev")) for w in words)


def in_conditional(line: Line, word: str) -> bool:
    """Whether a French word ends as a conditional and is no imperfect ("tiraient" of "tirer", "courait")."""
    ending = next((e for e in ("rait", "raient") if word.endswith(e)), "")
    stem = word[: len(word) - len(ending) + 1]
    return bool(ending) and not any(stem + e in line.pack.verbs for e in ("er", "ir"))
