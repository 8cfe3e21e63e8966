"""Turns the lemmas of a language pack into their word forms, by the pack's own table of endings. Invariant: the engine
knows no language; endings, alternations and irregular verbs are data (forms.yaml)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Forms = Mapping[str, frozenset[str]]  # word form -> its tags: inf, fin, fut, cond, pp, ger


@dataclass(frozen=True, slots=True)
class Paradigm:
    """How the lemmas whose end matches `match` are inflected: `cut` letters off, endings on, by tag."""

    match: re.Pattern[str]
    cut: int
    forms: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Inflection:
    """The verb and noun tables of one language."""

    verbs: tuple[Paradigm, ...]
    nouns: tuple[Paradigm, ...]
    changes: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]
    irregular: Mapping[str, Mapping[str, tuple[str, ...]]]

    def verb_forms(self, lemma: str) -> Forms:
        """Every form of the verb with its tags; the lemma itself is `inf`."""
        forms: dict[str, set[str]] = {lemma: {"inf"}}
        table = self.irregular.get(lemma)
        if table is None:
            table = _inflected(lemma, self.verbs)
        for tag, words in table.items():
            for word in words:
                forms.setdefault(word, set()).add(tag)
        return {word: frozenset(tags) for word, tags in self._changed(lemma, forms).items()}

    def noun_forms(self, lemma: str) -> frozenset[str]:
        """Singular and plural (and feminine where the table has one)."""
        table = _inflected(lemma, self.nouns)
        return frozenset([lemma, *(word for words in table.values() for word in words)])

    def _changed(self, lemma: str, forms: dict[str, set[str]]) -> dict[str, set[str]]:
        result: dict[str, set[str]] = {}
        for word, tags in forms.items():
            for which, pattern, new in self.changes:
                word = pattern.sub(new, word) if which.search(lemma) else word
            result.setdefault(word, set()).update(tags)
        return result


def load_inflection(data: Mapping[str, object]) -> Inflection:
    """The tables from the parsed forms.yaml."""
    return Inflection(
        _paradigms(data.get("verbs")),
        _paradigms(data.get("nouns")),
        tuple((re.compile(a), re.compile(b), c) for a, b, c in _triples(data.get("changes"))),
        {
            str(lemma): {str(tag): tuple(str(words).split()) for tag, words in table.items()}
            for lemma, table in _mapping(data.get("irregular")).items()
        },
    )


def _inflected(lemma: str, paradigms: Sequence[Paradigm]) -> Mapping[str, tuple[str, ...]]:
    for paradigm in paradigms:
        if paradigm.match.search(lemma):
            stem = lemma[: len(lemma) - paradigm.cut] if paradigm.cut else lemma
            return {tag: tuple(stem + e for e in endings) for tag, endings in paradigm.forms.items()}
    return {}


def _paradigms(data: object) -> tuple[Paradigm, ...]:
    result = []
    for entry in data if isinstance(data, list) else []:
        forms = {
            str(tag): tuple("" if e == "-" else e for e in str(endings).split())
            for tag, endings in entry.items()
            if tag not in ("match", "cut")
        }
        result.append(Paradigm(re.compile(str(entry["match"])), int(entry.get("cut", 0)), forms))
    return tuple(result)


def _triples(data: object) -> list[tuple[str, str, str]]:
    return [(str(t[0]), str(t[1]), str(t[2])) for t in data] if isinstance(data, list) else []


def _mapping(data: object) -> dict[str, dict[str, object]]:
    return data if isinstance(data, dict) else {}
