"""Any text is read in bounded time: what a document costs grows with its length and with nothing else in it."""

import time

import pytest
from tests.coding.invented import invented_case

from faultline.coding.coder import make_coder
from faultline.coding.reader import MAX_CODED
from faultline.coding.split import MAX_SENTENCE, sentences
from faultline.record.days import parse_days
from faultline.record.text import Document, Filing

CODER = make_coder(invented_case())
PUBLISHED = parse_days("2024-05-15")
SIZE = 6_000  # code points
# Times what a plain report of that length costs, in CPU time; the dearest is a line of full stops, each a sentence.
MOST = 15.0
PLAIN = "Gunmen killed two soldiers of the army near Hadar on Friday, the mayor said. "

ODD = {
    "parentheses that open": "(",
    "quotes that open": '"',
    "guillemets that open": "« ",
    "no full stop": "the army killed rebels in Tolma and ",
    "sans point": "l'armée a tué des rebelles à Tolma et ",
    "commas": "army, ",
    "numbers": "12 345 ",
    "digits": "1",
    "one word": "a",
    "hyphens": "-",
    "apostrophes": "l'",
    "stops": ". ",
    "line ends": "\n",
    "who said that": "who said that ",
    "said": "said ",
    "according to": "according to ",
    "names": "FLR and MUR and ",
    "days": "on Friday 3 May 2024 ",
    "killed by": "killed by ",
    "an attack by": "an attack by the army on ",
    "combining accents": "e\u0301",
    "marks from right to left": "\u202e",
}


def cost(text: str, language: str) -> float:
    """CPU seconds of this process for one document."""
    before = time.process_time()
    CODER.code(Document("d", "", "text/plain", text), Filing("o", "d", language=language, published=PUBLISHED))
    return time.process_time() - before


@pytest.fixture(scope="module")
def plain() -> float:
    cost(PLAIN, "en"), cost(PLAIN, "fr")  # models are loaded once
    return cost(PLAIN * (SIZE // len(PLAIN)), "en")


@pytest.mark.parametrize("name", ODD)
def test_no_text_costs_much_more_than_a_plain_report_of_its_length(name: str, plain: float) -> None:
    text = (ODD[name] * SIZE)[:SIZE]
    assert cost(text, "fr" if name == "sans point" else "en") < MOST * plain


def test_twice_the_length_costs_about_twice_as_much(plain: float) -> None:
    text = "the army said that rebels killed ten men in Tolma and "
    once, twice = (cost((text * size)[:size], "en") for size in (SIZE, 2 * SIZE))
    assert twice < 4 * once


def test_a_hundred_thousand_open_parentheses_are_read() -> None:
    assert cost("(" * 100_000, "en") < 60


def test_twenty_thousand_words_without_a_stop_are_cut_into_sentences() -> None:
    text = "the army killed rebels in Tolma and " * 2_900
    found = sentences(text, "en")
    assert len(text.split()) > 20_000
    assert max(s.span.end - s.span.start for s in found) <= MAX_SENTENCE
    assert " ".join(s.span.of(text) for s in found).split() == text.split()


def test_of_five_megabytes_in_one_line_a_bounded_part_is_coded_and_the_rest_is_told() -> None:
    text = "ooo " * 1_250_000
    before = time.process_time()
    coded = CODER.code(Document("d", "", "text/plain", text), Filing("o", "d", language="en", published=PUBLISHED))
    assert time.process_time() - before < 60
    assert coded.notes == (f"the last {len(text) - MAX_CODED} of {len(text)} characters are not coded",)
