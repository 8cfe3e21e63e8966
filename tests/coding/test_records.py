"""Unit records: our own sentences with the claims that must be read in them, and transforms of them."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.coding.invented import invented_case

from faultline.coding.coder import make_coder
from faultline.coding.gold import to_gold
from faultline.record.days import parse_days
from faultline.record.text import Document, Filing

HERE = Path(__file__).parent
CASE = invented_case()
CODER = make_coder(CASE)
COUNTS = ("wounded", "missing", "captured", "kidnapped", "freed", "displaced")


def _records(language: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((HERE / f"records_{language}.yaml").read_text(encoding="utf-8"))
    return loaded


def read(text: str, language: str, published: str = "2024-05-15") -> list[dict[str, Any]]:
    """The claims of a text in the form of the records."""
    document = Document("d", "", "text/plain", text)
    filing = Filing("o", "d", language=language, published=parse_days(published))
    return [_brief(line) for line in to_gold(CASE, document, CODER.code(document, filing))]


def _brief(line: dict[str, Any]) -> dict[str, Any]:
    brief: dict[str, Any] = {"kind": line["kind"], "subtype": line["subtype"]}
    brief.update({name: line[name] for name in ("actors", "recipients", "places") if line[name]})
    first, last = line["date"]["start"], line["date"]["end"]
    if first or last:
        brief["days"] = first if first == last else f"{first or '..'}/{last or '..'}"
    brief["speaker"], brief["modality"] = line["attribution"], line["modality"]
    if line.get("fatalities"):
        brief["killed"] = [line["fatalities"][end] for end in ("low", "best", "high")]
    brief.update({name: line[name] for name in COUNTS if name in line})
    return brief


def _cases() -> list[Any]:
    return [
        pytest.param(record, language, id=f"{language}: {record['phenomenon']}: {record['text'][:40]}")
        for language in ("en", "fr")
        for record in _records(language)
    ]


@pytest.mark.parametrize(("record", "language"), _cases())
def test_record_is_read_as_written(record: dict[str, Any], language: str) -> None:
    expected = [{**claim, "days": str(claim["days"])} if "days" in claim else claim for claim in record["claims"]]
    assert read(record["text"], language) == expected


def test_every_phenomenon_of_assertion_has_three_sentences() -> None:
    for language in ("en", "fr"):
        unreal = ("denied", "planned", "negated")
        texts = [r for r in _records(language) if any(c["modality"] in unreal for c in r["claims"])]
        assert len(texts) >= 9


def _swapped(text: str) -> str:
    return text.replace("FLR", "\0").replace("MUR", "FLR").replace("\0", "MUR")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_swapping_two_parties_swaps_them_and_nothing_else(language: str) -> None:
    flr, mur = "Front for the Liberation of Rovia (FLR)", "Movement for the Union of Rovia (MUR)"
    other = {flr: mur, mur: flr}
    checked = 0
    for record in _records(language):
        text = record["text"]
        if ("FLR" in text) == ("MUR" in text) or "." in text[:-1]:
            continue
        before, after = read(text, language), read(_swapped(text), language)
        assert [_renamed(claim, other) for claim in before] == after, text
        checked += 1
    assert checked >= 40


def _renamed(claim: dict[str, Any], other: dict[str, str]) -> dict[str, Any]:
    names = {role: [other.get(n, n) for n in claim[role]] for role in ("actors", "recipients") if role in claim}
    return {**claim, **names, "speaker": other.get(claim["speaker"], claim["speaker"])}


@pytest.mark.parametrize(("language", "wrap"), [("en", "Ansal claimed that {}"), ("fr", "Ansal prétend que {}")])
def test_what_a_party_claims_is_never_asserted(language: str, wrap: str) -> None:
    checked = 0
    for record in _records(language):
        claims = record["claims"]
        plain = len(claims) == 1 and claims[0]["kind"] == "event" and claims[0]["modality"] == "asserted"
        if not plain or "." in record["text"][:-1]:
            continue
        text = record["text"]
        text = text if text.split()[0].isupper() or text.startswith("Ansal") else text[0].lower() + text[1:]
        wrapped = read(wrap.format(text), language)
        assert all(claim["modality"] != "asserted" for claim in wrapped), wrap.format(text)
        checked += 1
    assert checked >= 40


def test_publication_day_moves_relative_days_and_no_others() -> None:
    relative = "The FLR attacked Bassira yesterday."
    absolute = "The FLR attacked Tolma on 14 July 2022."
    assert read(relative, "en", "2024-05-20")[0]["days"] == "2024-05-19"
    assert read(absolute, "en", "2024-05-20") == read(absolute, "en", "2023-01-01")


def test_unknown_publication_gives_no_day_to_a_weekday() -> None:
    assert "days" not in read("The FLR attacked Bassira on Monday.", "en", "")[0]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_sentence_that_breaks_off_anywhere_is_read_and_not_refused(language: str) -> None:
    rules = make_coder(CASE, parser=False)  # what looks ahead of a word are the rules
    ahead = {"en": "There were reports that", "fr": "Il y a des informations selon lesquelles"}[language]
    whole = [ahead, *(record["text"] for record in _records(language)[::5])]
    for words in (text.split(" ") for text in whole):
        for end in range(1, len(words) + 1):
            text = " ".join(words[:end])
            for claim in rules.code(Document("d", "", "text/plain", text), Filing("o", "d", language=language)).claims:
                assert claim.span.of(text)
