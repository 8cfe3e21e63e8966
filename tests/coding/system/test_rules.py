"""Each rule of the arrow reader on sentences of our own: all arrows that a text must give, and no others."""

from pathlib import Path

import pytest
import yaml

from faultline.coding.system.read import read_system
from faultline.model.system import map_of
from faultline.record.system import write_arrow
from faultline.record.text import Document

_RULES = yaml.safe_load((Path(__file__).parent / "rules.yaml").read_text(encoding="utf-8"))
_CASES = [
    pytest.param(language, text, arrows, id=f"{rule} [{language}] {text}")
    for entry in _RULES
    for rule, by_language in entry.items()
    for language, texts in by_language.items()
    for text, arrows in texts.items()
]


@pytest.mark.parametrize(("language", "text", "arrows"), _CASES)
def test_sentence_gives_exactly_its_arrows(language: str, text: str, arrows: str | list[str]) -> None:
    found = map_of(read_system(Document("doc", "", "text/plain", text), language).claims).arrows
    expected = [arrows] if isinstance(arrows, str) else arrows
    assert [write_arrow(a.cause, a.effect, a.status) for a in found] == expected


def test_every_rule_stands_on_three_sentences_of_a_language() -> None:
    few = [
        (rule, language)
        for entry in _RULES
        for rule, by_language in entry.items()
        for language, texts in by_language.items()
        if len(texts) < 3
    ]
    assert few == []
