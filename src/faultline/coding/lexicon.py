"""Turns the YAML of the language packs into one frozen lexicon a language. Invariant: what a word means is data; the
digest of that data is part of the coder's version."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from faultline.coding.inflect import Inflection, load_inflection
from faultline.coding.patterns import Patterns, compile_pattern, index
from faultline.coding.phrases import Phrases, build, split_words
from faultline.record.packaged import LOADER
from faultline.record.vocabulary import Action, Kind, Modality

HERE = Path(__file__).parent
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a trigger means: see the head of frames.yaml."""

    id: str
    kind: Kind
    action: Action | None
    subtype: str
    object: frozenset[str]
    subject: frozenset[str]
    swap: bool
    both: bool
    harm: str
    nominal: str
    modality: Modality | None
    minor: bool = False
    opens: bool = False


QUANTITY = Frame(
    "quantity", Kind.QUANTITY, None, "fatalities", frozenset(), frozenset(), False, False, "", "never", None
)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of a frame: the words that must follow it, and whether it is reflexive."""

    lemma: str
    frame: Frame
    tail: tuple[str, ...]
    reflexive: bool


Entry = tuple[frozenset[str], Verb]  # what a form of a verb may be, and the verb


@dataclass(frozen=True, slots=True)
class Group:
    """A noun that names people without naming a party: its class and the label that exports show."""

    name: str
    label: str


@dataclass(frozen=True)
class Pack:
    """What the coder knows of one language. `verbs` maps a form to the verbs it may be of, with its tags; `needing`
    keeps them by a word of their tails, for the forms that were asked for."""

    language: str
    inflection: Inflection
    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Phrases[Frame]
    groups: Phrases[Group]
    assets: Phrases[str]
    reporting: Mapping[str, tuple[tuple[frozenset[str], str, tuple[str, ...]], ...]]
    speakers: Phrases[str]
    auxiliaries: Mapping[str, str]
    day_patterns: Patterns
    bounds: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    by: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    toll_nouns: Phrases[str]
    days: Mapping[str, Any]
    counts: Mapping[str, Any]
    names: Mapping[str, Any]
    status: Mapping[str, Any]
    words: Mapping[str, frozenset[str]]
    verb_tags: Mapping[str, frozenset[str]]  # what a form of a verb may be: fin, inf, pp, ger, fut, cond
    anaphors: Mapping[str, str]  # a form of a noun that refers back -> the kind of party it may mean
    needing: dict[str, dict[str, list[tuple[int, Entry]]]] = field(default_factory=dict, compare=False)

    def has(self, name: str, word: str) -> bool:
        """Whether the word is in the pack's word set of that name."""
        return word in self.words.get(name, frozenset())


@lru_cache(maxsize=4)
def load_pack(language: str) -> Pack:
    """The pack of a language, the same object on every call."""
    data = {
        name: _read(f"{language}/{name}.yaml")
        for name in ("forms", "frames", "names", "days", "counts", "reporting", "grammar")
    }
    inflection = load_inflection(data["forms"])
    names, status = data["names"], data["reporting"]
    verbs = _verb_index(data["frames"], inflection)
    return Pack(
        language=language,
        inflection=inflection,
        verbs=verbs,
        verb_tags={form: frozenset(tag for tags, _ in found for tag in tags) for form, found in verbs.items()},
        nouns=_noun_index(data["frames"], inflection),
        groups=build(_group_entries(names), inflection.noun_forms),
        assets=build([(n, kind) for kind, nouns in names["assets"].items() for n in nouns], inflection.noun_forms),
        reporting=_reporting_index(status["verbs"], inflection),
        speakers=build(
            [(n, voice) for voice, nouns in status["speaker_nouns"].items() for n in nouns], inflection.noun_forms
        ),
        auxiliaries=_auxiliaries(data["grammar"], inflection),
        day_patterns=index([compile_pattern(p, meaning) for p, meaning in data["days"]["patterns"]]),
        bounds=_openings(data["counts"], ("at_least", "at_most", "about")),
        by=_openings({"by": status["by"]}, ("by",)),
        toll_nouns=build([(n, "") for n in data["counts"]["toll_nouns"]], inflection.noun_forms),
        days=data["days"],
        counts=data["counts"],
        names=names,
        status=status,
        words=_word_sets(data, inflection),
        anaphors={f: kind for n, kind in names["anaphors"].items() for f in inflection.noun_forms(n)},
    )


@lru_cache(maxsize=1)
def load_frames() -> Mapping[str, Frame]:
    """The frames by id, in the order of the file (earlier ones are tried first)."""
    return {key: _frame(key, entry) for key, entry in _read("frames.yaml").items()}


@lru_cache(maxsize=1)
def load_countries() -> Mapping[str, Mapping[str, Any]]:
    """The table of countries by ISO code."""
    table: Mapping[str, Mapping[str, Any]] = _read("countries.yaml")
    return table


@lru_cache(maxsize=1)
def digest() -> str:
    """Twelve hexadecimal digits over every YAML file of the packs."""
    content = hashlib.sha256()
    for path in sorted(HERE.rglob("*.yaml")):
        content.update(path.relative_to(HERE).as_posix().encode())
        content.update(path.read_bytes())
    return content.hexdigest()[:12]


def _read(name: str) -> Any:
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=_Words)


class _Words(LOADER):  # type: ignore[misc]
    """YAML in which "on" and "no" are words, as in YAML 1.2; only true and false are truth values."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, found in _Words.yaml_implicit_resolvers.items()
}


def _frame(key: str, entry: Mapping[str, Any]) -> Frame:
    return Frame(
        id=key,
        kind=Kind(entry["kind"]),
        action=Action(entry["action"]) if entry.get("action") else None,
        subtype=entry.get("subtype", key),
        object=frozenset(entry.get("object", ())),
        subject=frozenset(entry.get("subject", ())),
        swap=bool(entry.get("swap")),
        both=bool(entry.get("both")),
        harm=entry.get("harm", ""),
        nominal=entry.get("nominal", "agent"),
        modality=Modality(entry["modality"]) if entry.get("modality") else None,
        minor=bool(entry.get("minor")),
        opens=bool(entry.get("opens")),
    )


_REFLEXIVE = frozenset({"se", "s'"})


def _verb_index(
    words: Mapping[str, Any], inflection: Inflection
) -> Mapping[str, tuple[tuple[frozenset[str], Verb], ...]]:
    index: dict[str, list[tuple[frozenset[str], Verb]]] = {}
    for key, frame in load_frames().items():
        for phrase in words.get(key, {}).get("verbs", ()):
            parts = split_words(phrase)
            reflexive = parts[0] in _REFLEXIVE
            parts = parts[1:] if reflexive else parts
            lemma, *tail = parts[1:] if reflexive and parts[0] in ("en", "y") else parts
            verb = Verb(lemma, frame, tuple(tail), reflexive)
            for form, tags in inflection.verb_forms(lemma).items():
                index.setdefault(form, []).append((tags, verb))
    return {
        form: tuple(sorted(found, key=lambda f: (-len(f[1].tail), not f[1].reflexive))) for form, found in index.items()
    }


def _noun_index(words: Mapping[str, Any], inflection: Inflection) -> Phrases[Frame]:
    entries = [(noun, frame) for key, frame in load_frames().items() for noun in words.get(key, {}).get("nouns", ())]
    return build(entries, inflection.noun_forms)


def _openings(data: Mapping[str, Any], kinds: tuple[str, ...]) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Fixed phrases by their first word, longest first, with their kind."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind in kinds:
        for phrase in data[kind]:
            words = tuple(split_words(str(phrase)))
            found.setdefault(words[0], []).append((words, kind))
    return {word: tuple(sorted(entries, key=lambda e: -len(e[0]))) for word, entries in found.items()}


def _group_entries(names: Mapping[str, Any]) -> list[tuple[str, Group]]:
    return [(noun, Group(key, entry["label"])) for key, entry in names["groups"].items() for noun in entry["nouns"]]


def _reporting_index(
    verbs: Mapping[str, list[str]], inflection: Inflection
) -> Mapping[str, tuple[tuple[frozenset[str], str, tuple[str, ...]], ...]]:
    index: dict[str, list[tuple[frozenset[str], str, tuple[str, ...]]]] = {}
    for grade, phrases in verbs.items():
        for phrase in phrases:
            parts = split_words(phrase)
            parts = parts[1:] if parts[0] in _REFLEXIVE else parts
            for form, tags in inflection.verb_forms(parts[0]).items():
                index.setdefault(form, []).append((tags, grade, tuple(parts[1:])))
    return {form: tuple(sorted(found, key=lambda f: -len(f[2]))) for form, found in index.items()}


def _auxiliaries(grammar: Mapping[str, Any], inflection: Inflection) -> Mapping[str, str]:
    result: dict[str, str] = {}
    for role, lemmas in grammar["auxiliaries"].items():
        for lemma in lemmas:
            for form in inflection.verb_forms(lemma):
                result.setdefault(form, role)
    return result


_INFLECTED = (
    "states", "dealings", "tellings", "opinions", "strengths", "counting", "rises", "doings", "processes",
    "suffering", "telling_of",
)  # fmt: skip


def _word_sets(data: Mapping[str, Any], inflection: Inflection) -> Mapping[str, frozenset[str]]:
    names, grammar, counts = data["names"], data["grammar"], data["counts"]
    sets = {k: frozenset(str(w) for w in v) for k, v in names.items() if isinstance(v, list)}
    sets |= {k: frozenset(str(w) for w in v) for k, v in grammar.items() if isinstance(v, list)}
    sets |= {
        k: frozenset(str(w) for w in v) for k, v in counts.items() if isinstance(v, list) and k not in ("group_of",)
    }
    sets |= {k: frozenset(str(w) for w in v) for k, v in data["reporting"].items() if isinstance(v, list) and k != "by"}
    sets["pronouns"] = frozenset(names["pronouns"])
    sets["members"] = frozenset(f for n in names["members"] for f in inflection.noun_forms(n))
    sets["anaphors"] = frozenset(f for n in names["anaphors"] for f in inflection.noun_forms(n))
    sets["not_people"] = frozenset(f for n in counts["not_people"] for f in inflection.noun_forms(n))
    sets["future_verbs"] = frozenset(f for v in data["reporting"]["future_verbs"] for f in inflection.verb_forms(v))
    sets["nobody"] = frozenset(data["reporting"]["nobody"])
    sets["hearsay"] = frozenset(h for h in data["reporting"]["hedges"] if " " in h)
    sets["harm_words"] = frozenset(w for e in counts["harm"].values() for w in e["words"])
    for name in _INFLECTED:
        sets[name] = frozenset(f for v in grammar[name] for f in inflection.verb_forms(v))
    sets["light_verbs"] = frozenset(f for v in grammar["light"] for f in inflection.verb_forms(v))
    sets["happen_pairs"] = frozenset(
        " ".join((f, *v.split()[1:]))
        for v in grammar["happen"]
        if " " in v
        for f in inflection.verb_forms(v.split()[0])
    )
    sets["take_place"] = frozenset(f for v in grammar["happen"] if " " not in v for f in inflection.verb_forms(v))
    return sets
