"""Turns a template and the words for its slots into text. Invariant: what a template says depends on the words and the
stream of chance alone; marks of claims (private-use characters) pass through and are taken out at the end.

A template holds alternatives `(a|b)`, slots `{A}`, French contractions `{de A}` and `{à A}`, forms by number
`{A:has/have}`, French agreement `{A:+}` and `{il A}`, and auxiliaries `{avoir A}`, `{être A}`, `{se A}`, which the mood
turns into the press conditional.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

import numpy as np

from faultline.sandbox.chance import pick

_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_SLOT = re.compile(r"\{([^{}]+)\}")
_MARKS = "\ue000-\uf8ff"
_ELIDED = re.compile(rf"\b([Qq]u|[Dd]|[Ll]orsqu|[Jj]usqu)e ([{_MARKS}]*)(?=[aeiouyAEIOUYéèêÉhH])")
_COMMA = re.compile(rf",([{_MARKS}]*)(?=[{_MARKS}]*[.,;])")
_FIRST = re.compile(rf"^([{_MARKS}]*)(\w)")
_CONTRACTED = {"de": (("le ", "du "), ("les ", "des "), ("des ", "de ")), "à": (("le ", "au "), ("les ", "aux "))}
_AUXILIARY = {
    "avoir": {False: ("a", "ont"), True: ("aurait", "auraient")},
    "être": {False: ("est", "sont"), True: ("serait", "seraient")},
    "se": {False: ("s'est", "se sont"), True: ("se serait", "se seraient")},
}


@dataclass(frozen=True, slots=True)
class Form:
    """Words for a party or a place as they stand inside a sentence, with number and French gender."""

    text: str
    plural: bool = False
    feminine: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The words for the slots of a template; `conditional` puts French auxiliaries into the press conditional."""

    slots: Mapping[str, Form]
    conditional: bool = False


def render(template: str, words: Words, rng: np.random.Generator) -> str:
    """The sentence or clause that a template gives with these words. Raises KeyError for a slot without words."""
    chosen = _CHOICE.sub(lambda match: pick(rng, match[1].split("|")), template)
    return _SLOT.sub(lambda match: _slot(match[1], words), chosen)


def variety(template: str) -> int:
    """How many different phrasings a template holds, the words in its slots aside."""
    return prod(len(match[1].split("|")) for match in _CHOICE.finditer(template))


def polished(text: str, language: str) -> str:
    """A finished sentence: capital at its head; French elision."""
    if language == "fr":
        text = _ELIDED.sub(r"\1'\2", text)
    text = _COMMA.sub(r"\1", re.sub(r" {2,}", " ", text))
    return _FIRST.sub(lambda match: match[1] + match[2].upper(), text)


def joined(forms: list[Form], language: str) -> Form:
    """Several as one: "the army and the force"."""
    if len(forms) == 1:
        return forms[0]
    word = " et " if language == "fr" else " and "
    return Form(word.join(form.text for form in forms), True, all(form.feminine for form in forms))


def _slot(inside: str, words: Words) -> str:
    name, _, forms = inside.partition(":")
    if forms:
        return _by_form(words.slots[name], forms)
    head, _, key = inside.rpartition(" ")
    form = words.slots[key]
    if head == "il":
        return ("elle" if form.feminine else "il") + "s" * form.plural
    if head in _AUXILIARY:
        return _AUXILIARY[head][words.conditional][form.plural]
    for start, short in _CONTRACTED.get(head, ()):
        if form.text.startswith(start):
            return short + form.text[len(start) :]
    return f"{head} {form.text}" if head else form.text


def _by_form(form: Form, forms: str) -> str:
    if forms == "+":
        return "e" * form.feminine + "s" * form.plural
    singular, plural = forms.split("/")
    return plural if form.plural else singular
