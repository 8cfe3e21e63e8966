"""Turns what a page says into the language of its reader. Invariant: English is the text itself; what a catalogue lacks
stays English; words of a source are never translated."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any

from faultline.publish import words
from faultline.publish.kinds import KindStyle, kind_styles
from faultline.publish.web.retelling import Retelling
from faultline.record.claim import UNNAMED, Casualties, Speaker
from faultline.record.days import Days
from faultline.record.packaged import packaged

LANGUAGES = ("en", "fr")
_MONTHS = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")


@dataclass(frozen=True)
class Tongue:
    """One language of the interface: `texts` by their English, `nouns` with their plural, `codes` of vocabularies."""

    language: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)
    nouns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    months: Mapping[str, str] = field(default_factory=dict)
    openings: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, KindStyle] = field(default_factory=kind_styles)
    retelling: Retelling | None = None

    def say(self, text: str, *values: object) -> str:
        """The text in this language, its {0}, {1} filled."""
        found = self.texts.get(text, text)
        return found.format(*values) if values else found

    def told(self, text: str) -> str:
        """What a measure or the system said, in this language."""
        return self.retelling.say(text) if self.retelling else text

    def number(self, value: int | float) -> str:
        """A number with its thousands apart."""
        written = words.number(value)
        return written if self.language == "en" else written.replace(",", "\u202f").replace(".", ",")

    def decimal(self, value: float, shape: str = "%.2f") -> str:
        """A number with its decimals, as many as `shape` says."""
        written = shape % value
        return written if self.language == "en" else written.replace(".", ",")

    def claimant(self, name: str) -> str:
        """Who says something, as `resolve` names them: a name, or an unnamed source of a name."""
        head, comma, rest = name.partition(", ")
        return f"{self.voices(Speaker((head,)))[0]}{comma}{rest}" if head == UNNAMED else name

    def counted(self, value: int, one: str, many: str = "") -> str:
        """A number with its noun."""
        if one not in self.nouns:
            return words.counted(value, one, many)
        return f"{self.number(value)} {self.nouns[one][value > 1]}"

    def code(self, value: str) -> str:
        """A code of a vocabulary in words."""
        return self.codes.get(str(value), words.code(str(value)))

    def stated(self, value: int | None) -> str:
        """A casualty figure; None is silence of the text, never zero."""
        return self.say(words.NOT_STATED) if value is None else self.number(value)

    def day(self, value: date | None) -> str:
        """A day."""
        return self._dated(words.day(value))

    def days(self, value: Days) -> str:
        """An interval as a reader writes it."""
        return self._dated(words.days(value))

    def month(self, value: str) -> str:
        """A month from YYYY-MM."""
        return self._dated(words.month(value))

    def moment(self, value: datetime) -> str:
        """A moment to the minute."""
        return self._dated(words.moment(value))

    def published(self, value: Days) -> str:
        """When something was published."""
        return self._dated(words.published(value))

    def harm(self, value: Casualties) -> str:
        """What a casualty triple counts; the group stays in the words of the text."""
        harm, *rest = words.harm(value).split(", ", 1)
        return ", ".join([self.code(harm), *rest])

    def speaker(self, value: Speaker) -> tuple[str, ...]:
        """The chain of speakers, outermost first."""
        return tuple(self.say(one) for one in words.speaker(value))

    def voices(self, value: Speaker) -> tuple[str, ...]:
        """The speakers whom the text cites, outermost first."""
        return tuple(self.say(one) for one in words.voices(value))

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters of a template, by name."""
        own = (self.number, self.code, self.stated, self.day, self.days, self.month, self.moment, self.published)
        more = (self.decimal, self.claimant, self.harm, self.speaker, self.voices, self.told)
        return {one.__name__: one for one in (*own, *more)}

    def _dated(self, written: str) -> str:
        """A day as `words` writes it, in this language: the months, then what opens it."""
        if self.language == "en":
            return written
        for opening, own in self.openings.items():
            if written.startswith(opening):
                written = own + written.removeprefix(opening)
                break
        return _MONTHS.sub(lambda found: self.months[found.group()], written)


@cache
def tongue_of(language: str) -> Tongue:
    """The tongue of a language of LANGUAGES; English for any other."""
    if language == "en" or language not in LANGUAGES:
        return Tongue()
    table, told = (packaged("faultline.publish.web", "messages", f"{language}{of}.yaml") for of in ("", "-told"))
    kinds = {code: replace(style, **table["kinds"][code]) for code, style in kind_styles().items()}
    nouns = {noun: (one, many) for noun, (one, many) in table["nouns"].items()}
    fixed = {**table["codes"], **table["texts"], **told}
    own = (table["texts"], nouns, table["codes"], table["months"], table["openings"], kinds)
    retelling = Retelling(fixed, singulars=table["singulars"], elided="|".join(table["elided"]))
    return Tongue(language, *own, retelling)


def language_of(asked: str, accepted: str) -> str:
    """The language that is asked for, else the first of the browser's (Accept-Language) that there is, else English."""
    if asked in LANGUAGES:
        return asked
    ranked = sorted((_rank(one) for one in accepted.split(",")[:20]), key=lambda pair: -pair[1])
    return next((code for code, weight in ranked if weight > 0 and code in LANGUAGES), "en")


def _rank(one: str) -> tuple[str, float]:
    code, _, weight = one.strip().lower().partition(";q=")
    try:
        return code.split("-")[0], float(weight or 1)
    except ValueError:
        return code.split("-")[0], 0.0
