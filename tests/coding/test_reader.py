"""Documents read side by side, and what is parsed of them."""

from typing import Any

import pytest
import yaml
from tests.coding.invented import invented_case
from tests.coding.test_coder import CODER

from faultline.coding import reader as module
from faultline.coding.coder import make_coder
from faultline.coding.reader import Reader
from faultline.coding.syntax import trees_of
from faultline.record.days import parse_days
from faultline.record.text import Document, Filing

Work = list[tuple[Document, Filing]]
_IDLE = {"en": "The weather was fine in the valley.", "fr": "Il faisait beau dans la vallée."}


def work_of(root: Any, language: str) -> Work:
    """Documents of four records each, with a sentence that states nothing between them."""
    text = (root / f"tests/coding/records_{language}.yaml").read_text(encoding="utf-8")
    said = [record["text"] for record in yaml.safe_load(text)]
    groups = [said[n : n + 4] for n in range(0, len(said), 4)]
    filing = Filing("o", "d", language=language, published=parse_days("2024-05-15"))
    return [
        (Document(f"d{n}", "", "text/plain", f" {_IDLE[language]} ".join(some)), filing)
        for n, some in enumerate(groups)
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sentences_left_unparsed_change_no_claim(root: Any, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work = work_of(root, language)
    lazily = CODER.code_all(work)
    monkeypatch.setattr(module, "may_state", lambda reading: True)
    assert CODER.code_all(work) == lazily
    assert sum(len(coded.claims) for coded in lazily) > 150


@pytest.mark.parametrize("language", ["en", "fr"])
def test_documents_read_together_are_read_as_one_by_one(root: Any, language: str) -> None:
    work = work_of(root, language)
    assert CODER.code_all(work) == [CODER.code(document, filing) for document, filing in work]


def test_a_sentence_without_trigger_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(module, "trees_of", lambda some: asked.extend(text for _, text in some) or trees_of(some))
    text = "Ansal attacked Hadar on Sunday. The weather was fine in the valley. Nine people were killed."
    CODER.code(Document("d", "", "text/plain", text), Filing("o", "d", language="en"))
    assert asked == ["Ansal attacked Hadar on Sunday.", "Nine people were killed."]


def test_without_parser_nothing_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(module, "trees_of", lambda some: asked.extend(some) or trees_of(some))
    coder = make_coder(invented_case(), parser=False)
    claims = coder.code(
        Document("d", "", "text/plain", "Ansal attacked Hadar."), Filing("o", "d", language="en")
    ).claims
    assert claims and not asked


def test_nothing_to_read_gives_nothing() -> None:
    assert CODER.code_all([]) == []
    assert CODER.code(Document("d", "", "text/plain", ""), Filing("o", "d", language="en")).claims == ()


def test_an_unread_language_among_others_keeps_its_place() -> None:
    texts = (
        ("en", "Ansal attacked Hadar on Sunday."),
        ("de", "Die FLR griff Tolma an."),
        ("fr", "Ansal a attaqué Hadar."),
    )
    work = [(Document(n, "", "text/plain", t), Filing("o", "d", language=n)) for n, t in texts]
    found = CODER.code_all(work)
    assert [bool(coded.claims) for coded in found] == [True, False, True]
    assert "de" in found[1].notes[0]


def test_a_reader_gives_its_sentences_without_their_parses() -> None:
    document = Document("d", "", "text/plain", "Ansal attacked Hadar. Il pleut sur la ville de Hadar depuis hier soir.")
    found = Reader(CODER.tools, document, Filing("o", "d", language="en")).read()
    assert [reading.line.pack.language for reading in found] == ["en", "fr"]
    assert all(reading.line.syntax is None for reading in found)
