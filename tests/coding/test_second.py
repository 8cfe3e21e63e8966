"""The second opinion: what it sees, what it says."""

import json

from tests.coding.invented import invented_case
from tests.coding.test_coder import CODER

from faultline.coding.lexicon import load_frames
from faultline.coding.reader import Reader
from faultline.coding.second import MODEL, ROWS, features, label_of, load_second, words_of
from faultline.record.text import Document, Filing
from faultline.record.vocabulary import Kind


def words(text: str, language: str = "en") -> tuple[str, ...]:
    document, filing = Document("d", "", "text/plain", text), Filing("o", "d", language=language)
    [reading] = Reader(CODER.tools, document, filing).read()
    return words_of(reading.line, 0, len(reading.line.tokens))


def test_names_places_days_and_numbers_are_masked() -> None:
    assert words("Ansal attacked Hadar on Sunday.") == words("The FLR attacked Tolma on 3 May.".replace("The ", ""))
    seen = " ".join(words("Ansal killed twelve soldiers near Hadar on Sunday."))
    assert not any(name in seen for name in ("ansal", "hadar", "sunday", "twelve"))


def test_its_model_knows_no_name_of_any_case() -> None:
    said = (MODEL / "card.json").read_text(encoding="utf-8").lower()
    assert not any(place.name.lower() in said for place in invented_case().places)


def test_the_same_words_give_the_same_opinion() -> None:
    said = words("Ansal attacked Hadar on Sunday.")
    assert load_second().opinion(said, "talk") == load_second().opinion(said, "talk")


def test_probabilities_are_of_one_whole() -> None:
    model, said = load_second(), words("Les deux parties ont signé un accord.", "fr")
    chances = [model.opinion(said, label).of_asked for label in model.labels]
    assert abs(sum(chances) - 1) < 1e-5
    assert max(chances) == model.opinion(said, "").probability


def test_plain_sentences_are_told_apart() -> None:
    model = load_second()
    assert model.opinion(words("Gunmen attacked a convoy and killed four soldiers."), "").label == "event assault"
    assert model.opinion(words("Des hommes armés ont attaqué un convoi.", "fr"), "").label == "event assault"
    assert model.opinion(words("The two sides signed a peace agreement."), "").label == "talk"


def test_every_frame_has_a_label_of_the_model() -> None:
    labels = {label_of(frame.kind, frame.action) for frame in load_frames().values()}
    assert labels <= set(load_second().labels)
    assert label_of(Kind.PREDICTION, None) == label_of(Kind.ASSESSMENT, None)


def test_features_stay_in_their_rows() -> None:
    assert all(0 <= row < ROWS for row in features(("", "a", "\ud800", "æ" * 400)))


def test_the_shipped_model_is_small_and_has_its_card() -> None:
    card = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
    assert card["bytes"] == (MODEL / "weights.npz").stat().st_size < 600_000
    assert card["held_out"]["right"] > card["commonest"]["right"]
    assert str(card["held_out"]["right"]) in (MODEL / "MODEL.md").read_text(encoding="utf-8")
