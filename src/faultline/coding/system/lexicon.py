"""Loads the words by which a language says that one level acts on another (arrows.yaml). Invariant: what a word does is
data; every form of a verb is known by the pack's own inflection."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from faultline.coding.lexicon import load_pack
from faultline.coding.tokens import fold
from faultline.record.packaged import packaged

SIGNS = {"+": 1, "-": -1, "?": 0}


@dataclass(frozen=True, slots=True)
class Pull:
    """What a verb or noun does: sign of the effect, preposition that the other end stands behind ("" for an object),
    whether the subject is the effect."""

    sign: int
    to: tuple[str, ...] = ()
    backward: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a verb: its lemma and tags (inf, fin, cond, pp, ger)."""

    lemma: str
    tags: frozenset[str]


@dataclass(frozen=True, slots=True)
class ArrowWords:
    """The arrow lexicon of one language; all words folded."""

    verbs: Mapping[str, tuple[Pull, ...]]
    nouns: Mapping[str, tuple[Pull, ...]]
    moves: Mapping[str, int]  # verbs whose subject moves by itself: "rise", "fall"
    forms: Mapping[str, Form]  # by their accents: « imposé » is not « impose »
    connectors: Mapping[tuple[str, ...], int]  # "in response to": the cause follows
    connectors_by_word: Mapping[str, tuple[tuple[str, ...], ...]]  # the same by their first words, longest first
    outcomes: frozenset[tuple[str, ...]]  # "in response": the cause was said before
    qualities: Mapping[str, int]  # "makes X harder"
    mutual_verbs: frozenset[str]
    mutual_objects: frozenset[str]
    signs: frozenset[str]
    intended: frozenset[str]
    purpose: frozenset[str]
    limits: frozenset[str]
    deprive: frozenset[str]
    causatives: frozenset[str]
    hinders: frozenset[str]
    make: frozenset[str]
    negations: frozenset[str]
    instead: frozenset[str]
    doubts: frozenset[str]
    conditions: Mapping[tuple[str, ...], int]  # "if", "unless": sign of the condition
    temporal: frozenset[tuple[str, ...]]  # connectors that tell the time too: both ends must be concepts
    denials: frozenset[str]
    particles: frozenset[str]  # "ne": a denial needs it too
    because: frozenset[str]
    frames: frozenset[str]
    which: frozenset[str]
    whose: frozenset[str]
    become: frozenset[str]
    intransitive: frozenset[str]
    modals: frozenset[str]
    agents: frozenset[str]
    means: frozenset[str]
    of: frozenset[str]
    scope: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    articles: frozenset[str]
    clitics: frozenset[str]
    pronouns: frozenset[str]
    pointers: frozenset[str]
    demonstratives: frozenset[str]
    relatives: frozenset[str]
    events: frozenset[str]
    subordinators: frozenset[str]
    that: frozenset[str]
    infinitive: frozenset[str]
    joins: frozenset[str]
    hollow: frozenset[str]
    aims: frozenset[str]
    rising: frozenset[str]
    falling: frozenset[str]
    no_levels: frozenset[str]
    losses_of: frozenset[str]  # passives that say whose something is: "losses sustained by X"
    light: frozenset[str]  # verbs that act only through another: « faire grimper »
    weak: frozenset[str]  # verbs of many meanings: what they act on must be a concept
    unnamed: frozenset[str]  # words that are never part of a level's name
    remains: frozenset[tuple[str, ...]]  # "what was left of"
    contractions: Mapping[str, frozenset[str]]  # « de » also stands in « du »
    fillers: frozenset[tuple[str, ...]]  # "in turn", between a verb and its object
    accusers: frozenset[str]  # "accuses X of feeding Y" is said by a party, not by the text
    bare_verbs: bool  # an infinitive looks like a plural verb
    head_last: bool  # "army morale" is morale; « moral des troupes » is morale too


@cache
def load_arrow_words(language: str) -> ArrowWords:
    """The arrow lexicon of a language pack ("en", "fr")."""
    data = packaged("faultline.coding", language, "arrows.yaml")
    verbs, moves = _verbs(data), {w: SIGNS[m] for m, words in data["moves"].items() for w in _words(words)}
    connectors = {p: SIGNS[m] for m, words in data["connectors"].items() for p in _phrases(words)}
    made: dict[str, Any] = {
        "verbs": verbs,
        "nouns": _nouns(data),
        "moves": moves,
        "forms": _forms(language, _lemmas(data)),
        "connectors": connectors,
        "connectors_by_word": _by_first_word(connectors),
        "conditions": {p: SIGNS[m] for m, words in data["conditions"].items() for p in _phrases(words)},
        "temporal": frozenset(_phrases(data["temporal"])),
        "outcomes": frozenset(_phrases(data["outcomes"])),
        "qualities": {w: SIGNS[m] for m, words in data["qualities"].items() for w in _words(words)},
        "mutual_verbs": _words(data["mutual"]["verbs"]),
        "head_last": data["head_last"],
        "bare_verbs": data["bare_verbs"],
        "contractions": {word: _words(forms) for word, forms in data["contractions"].items()},
        "fillers": frozenset(_phrases(data["fillers"])),
        "remains": frozenset(_phrases(data["remains"])),
        "mutual_objects": _words(data["mutual"]["objects"]),
    }
    made.update({field.name: _words(data[field.name]) for field in fields(ArrowWords) if field.name not in made})
    return ArrowWords(**made)


def _by_first_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        found.setdefault(phrase[0], []).append(phrase)
    return {word: tuple(group) for word, group in found.items()}


def _verbs(data: dict[str, Any]) -> dict[str, tuple[Pull, ...]]:
    found: dict[str, list[Pull]] = {}
    for mark, lemmas in data["verbs"].items():
        for lemma in fold(lemmas).split():
            found.setdefault(lemma, []).append(Pull(SIGNS[mark]))
    for backward, entries in ((False, data["phrases"]), (True, data["backward"])):
        for entry in entries:
            pull = Pull(SIGNS[entry["sign"]], tuple(fold(entry["to"]).split()), backward)
            found.setdefault(fold(entry["verb"]), []).append(pull)
    for pulls in found.values():
        pulls.sort(key=lambda pull: -len(pull.to))  # "gives rise to" before "gives"
    return {lemma: tuple(pulls) for lemma, pulls in found.items()}


def _nouns(data: dict[str, Any]) -> dict[str, tuple[Pull, ...]]:
    found: dict[str, list[Pull]] = {}
    for entry in data["nouns"]:
        pull = Pull(SIGNS[entry["sign"]], tuple(fold(entry["to"]).split()), not entry.get("forward", False))
        for noun in fold(entry["noun"]).split():
            found.setdefault(noun, []).append(pull)
    return {noun: tuple(pulls) for noun, pulls in found.items()}


def _lemmas(data: dict[str, Any]) -> list[str]:
    """Every verb of the lexicon with its accents, by which it is inflected."""
    lines = [*data["verbs"].values(), *data["moves"].values(), data["intended"], data["make"], data["causatives"]]
    entries = [entry["verb"] for entry in (*data["phrases"], *data["backward"])]
    return list(dict.fromkeys([*(lemma for line in lines for lemma in line.split()), *entries]))


def _forms(language: str, lemmas: list[str]) -> dict[str, Form]:
    inflection = load_pack(language).inflection
    found: dict[str, Form] = {}
    for lemma in lemmas:
        for form, tags in inflection.verb_forms(lemma).items():
            if form not in found or form == lemma:
                found[form] = Form(fold(lemma), tags)
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in fold(text).split())


def _phrases(text: str) -> list[tuple[str, ...]]:
    return [tuple(phrase.split()) for phrase in fold(text).split(", ")]
