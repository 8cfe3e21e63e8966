"""Which families of the language packs our own unit records exercise: the verbs and the nouns of each frame, each grade
of reporting verb, each reading of a day, each bound of a number and each harm. families_*.yaml has sentences for one
family each; families_failing.yaml those of them that the coder gets wrong.

    python -m tests.coding.families [--list]    the families with fewer than three sentences that are read, by language
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from tests.coding.invented import invented_case

from faultline.coding.coder import RuleCoder, make_coder
from faultline.coding.counts import find_quantities
from faultline.coding.days import find_days
from faultline.coding.gold import to_gold
from faultline.coding.lexicon import HERE as PACKS
from faultline.coding.lexicon import Pack, load_pack
from faultline.coding.split import sentences
from faultline.coding.tokens import tokenize
from faultline.record.claim import Claim, Coded
from faultline.record.days import Days, parse_days
from faultline.record.text import Document, Filing
from faultline.record.vocabulary import SlotName

HERE = Path(__file__).parent
PUBLISHED = parse_days("2024-05-15")
CASE = invented_case()
WHO = {
    "army": "Sandovan Armed Forces",
    "gov": "Government of Sandova",
    "FLR": "Front for the Liberation of Rovia (FLR)",
    "MUR": "Movement for the Union of Rovia (MUR)",
    "Ansal": "Ansal al-Din",
    "UNMS": "UN Mission in Sandova (UNMS)",
    "Volk": "Volk Group",
    "League": "League of the Plain",
    "Barka": "Idris Barka",
    "Telu": "Omar Telu",
    "civilians": "civilians",
    "protesters": "protesters",
}
ENOUGH = 3  # different sentences for each family
_DAYLESS = ("today_weak", "since_never", "bare_year")  # recognised so that nothing else reads them as a day
_FRAME = re.compile(r"is of frame (\w+)")
_PARTS = {"noun": "nouns", "verb": "verbs", "participle": "verbs", "clause": "verbs"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence written for a family, and what one of its claims must say (a short name of WHO, a day; "" asks for
    nothing)."""

    family: str
    text: str
    who: str = ""
    whom: str = ""
    days: str = ""


def written(language: str) -> list[Sentence]:
    """The sentences written for the families of a language."""
    return [
        Sentence(family, **{name: str(value) for name, value in entry.items()})
        for family, entries in _read(f"families_{language}.yaml").items()
        for entry in entries
    ]


def failing(language: str) -> frozenset[str]:
    """Those of them that the coder is known to get wrong."""
    return frozenset(_read("families_failing.yaml")[language])


def empty(language: str) -> frozenset[str]:
    """The families of which the coder reads no sentence yet."""
    return frozenset(_read("families_failing.yaml")["none"][language])


def is_read(sentence: Sentence, language: str) -> bool:
    """Whether the family is what the coder read in the sentence, with what the sentence asks for."""
    if sentence.family not in families_in(sentence.text, language):
        return False
    return any(
        (not sentence.who or WHO[sentence.who] in line["actors"])
        and (not sentence.whom or WHO[sentence.whom] in line["recipients"])
        and (not sentence.days or sentence.days == _days(line["date"]))
        for line in to_gold(CASE, _document(sentence.text), _coded(sentence.text, language))
    )


def exercised(language: str) -> Counter[str]:
    """How many different sentences that the coder reads rightly exercise each family: those of the unit records, and
    those written for a family."""
    found: Counter[str] = Counter(dict.fromkeys(families(language), 0))
    known = failing(language)
    texts = {record["text"] for record in _read(f"records_{language}.yaml")}
    texts |= {sentence.text for sentence in written(language) if sentence.text not in known}
    for text in texts:
        found.update(families_in(text, language) & found.keys())
    return found


def families_in(text: str, language: str) -> set[str]:
    """The families that the coder reads in a text."""
    coded = _coded(text, language)
    return {*_of_words(text, load_pack(language)), *(name for claim in coded.claims for name in _of_claim(claim))}


def families(language: str) -> list[str]:
    """Every family of the pack."""
    frames = yaml.safe_load((PACKS / language / "frames.yaml").read_text(encoding="utf-8"))
    pack = load_pack(language)
    return [
        *(f"{part} of {frame}" for frame, words in frames.items() for part in ("verbs", "nouns") if words.get(part)),
        *(f"said: {grade}" for grade in pack.status["verbs"]),
        "said: according to",
        *(f"day: {meaning}" for meaning in dict.fromkeys(m for _, m in pack.days["patterns"] if m not in _DAYLESS)),
        *(f"number: {bound}" for bound in ("at_least", "at_most", "about", "range", "vague")),
        *(f"harm: {harm}" for harm in pack.counts["harm"]),
    ]


def _of_words(text: str, pack: Pack) -> Iterator[str]:
    for sentence in sentences(text, pack.language):
        tokens = tokenize(text, sentence.span.start, sentence.span.end)
        for mark in find_days(tokens, pack, PUBLISHED, Days()):
            yield f"day: {mark.meaning}"
        for quantity in find_quantities(tokens, pack, [False] * len(tokens)):
            if quantity.bound:
                yield f"number: {quantity.bound}"
            elif quantity.best is None:
                yield "number: vague" if quantity.high is None else "number: range"


def _coded(text: str, language: str) -> Coded:
    known = _all_coded(language)
    return known[text] if text in known else _coder().code(_document(text), _filing(language))


@lru_cache(maxsize=2)
def _all_coded(language: str) -> dict[str, Coded]:
    """What the coder makes of every sentence, read side by side: twice as fast as one by one."""
    texts = [entry["text"] for entry in _read(f"records_{language}.yaml")]
    texts += [sentence.text for sentence in written(language)]
    coded = _coder().code_all([(_document(text), _filing(language)) for text in texts])
    return dict(zip(texts, coded, strict=True))


@lru_cache(maxsize=1)
def _coder() -> RuleCoder:
    return make_coder(CASE)


def _filing(language: str) -> Filing:
    return Filing("o", "d", language=language, published=PUBLISHED)


def _document(text: str) -> Document:
    return Document("d", "", "text/plain", text)


def _days(date: dict[str, str]) -> str:
    first, last = date["start"], date["end"]
    return first if first == last else f"{first}/{last}"


def _of_claim(claim: Claim) -> Iterator[str]:
    yield from (f"harm: {harm.harm}" for harm in claim.casualties)
    yield from _of_slots(claim)


def _of_slots(claim: Claim) -> Iterator[str]:
    for slot in claim.slots:
        if slot.name == SlotName.ACTION and (frame := _FRAME.search(slot.reason)):
            yield f"{_PARTS.get(slot.rule.split()[0], 'verbs')} of {frame[1]}"
        elif slot.name == SlotName.SPEAKER:
            yield f"said: {slot.rule.removesuffix(' verb')}"


def _read(name: str) -> Any:
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def main() -> None:
    """Prints the families with too few sentences; with --list writes the list of what is read wrongly first."""
    if "--list" in sys.argv:
        _list()
    for language in ("en", "fr"):
        sys.stdout.write(_told(language, exercised(language)))


def _list() -> None:
    path = HERE / "families_failing.yaml"
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    found: dict[str, Any] = {la: [s.text for s in written(la) if not is_read(s, la)] for la in ("en", "fr")}
    for none in ({"en": [], "fr": []}, None):  # the empty families follow from the sentences that fail
        found["none"] = none or {la: sorted(f for f, n in exercised(la).items() if not n) for la in ("en", "fr")}
        told = yaml.safe_dump(found, allow_unicode=True, width=10_000, sort_keys=False)
        path.write_text("\n".join([*head, told]), encoding="utf-8")


def _told(language: str, found: Counter[str]) -> str:
    few = sorted((number, family) for family, number in found.items() if number < ENOUGH)
    none = sum(not number for number, _ in few)
    told = f"{language}: {len(found)} families, {len(few)} with fewer than {ENOUGH} sentences, {none} with none"
    return "\n".join([told, *(f"  {number} {family}" for number, family in few), ""])


if __name__ == "__main__":
    main()
