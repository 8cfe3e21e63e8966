from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from faultline.publish.masking import MASK, mask, mask_parts, private_names
from faultline.record.text import Mention, Span
from faultline.record.vocabulary import MentionKind
from tests.publish.hand import hand_case


def mention(name: str, kind: MentionKind = MentionKind.PERSON) -> Mention:
    return Mention("doc", Span(0, len(name)), kind, name)


def test_actors_of_the_case_and_names_of_places_are_not_private(tmp_path: Path) -> None:
    case = hand_case(tmp_path)
    mentions = [
        mention("Ana Mora"),
        mention("Jonas Petrel"),
        mention("Ivo Tarn"),
        mention("Lea Moor", MentionKind.PLACE),
    ]
    assert private_names(case, mentions) == ("Jonas Petrel", "Ivo Tarn", "Petrel")


def test_a_name_is_masked_wherever_it_stands_and_however_it_is_written() -> None:
    names = ("Jonas Petrel", "Petrel")
    assert mask("JONAS PETREL came. Petrel, then petrels.", names) == f"{MASK} came. {MASK}, then petrels."


def test_a_name_over_the_edge_of_the_marked_words_is_masked_once() -> None:
    assert mask_parts(("said Jonas", " Petrel", " today"), ("Jonas Petrel",)) == (f"said {MASK}", "", " today")


@given(st.text(alphabet="ab ", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_parts_masked_are_the_whole_masked(text: str, one: int, other: int) -> None:
    low, high = sorted((one, other))
    parts = (text[:low], text[low:high], text[high:])
    assert "".join(mask_parts(parts, ("ab", "a b"))) == mask(text, ("ab", "a b"))
