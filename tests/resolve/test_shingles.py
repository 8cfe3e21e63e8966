from hypothesis import given
from hypothesis import strategies as st

from faultline.resolve.shingles import PairOptions, in_order, shared, sharing_pairs, shingles, stretches

WORDS = st.lists(st.sampled_from("ab bc cd de ef fg".split()), max_size=12).map(" ".join)


def brute(texts, fewest):
    pairs = ((i, j) for j in range(len(texts)) for i in range(j))
    return sorted((i, j) for i, j in pairs if len(set(texts[i].tolist()) & set(texts[j].tolist())) >= fewest)


def test_case_accents_and_signs_make_no_difference():
    assert shingles("L'Armée a REPRIS Ménaka !").tolist() == shingles("l’armee, a repris menaka").tolist()


def test_same_words_give_the_same_numbers_everywhere():
    assert shingles("four dead in Orra").tolist() == [5329727626727950613, 5583939446238082517]


def test_text_shorter_than_a_shingle_is_one_shingle_and_an_empty_one_none():
    assert len(shingles("four dead")) == 1
    assert len(shingles(" ... ")) == 0


def test_order_of_words_tells_shingles_apart():
    assert shared(shingles("a b c"), shingles("c b a")) == 0


def test_stretches_are_the_unbroken_runs_that_stand_elsewhere():
    other = shingles("a b c d x e f g")
    assert stretches(in_order("a b c d e f g"), other) == (2, 1)
    assert stretches(in_order("q r s t"), other) == ()


@given(st.lists(WORDS, max_size=7))
def test_pairs_are_those_that_share_enough(texts):
    found = [shingles(text, 2) for text in texts]
    assert sharing_pairs(found, PairOptions(fewest=2)) == brute(found, 2)


def test_crowd_hangs_together_by_a_line_of_pairs():
    texts = [shingles("one story told in very many outlets of the world")] * 100
    pairs = sharing_pairs(texts, PairOptions(crowd=10))
    assert pairs == [(n, n + 1) for n in range(99)]


def test_nothing_has_no_pairs():
    assert sharing_pairs([]) == sharing_pairs([shingles("")] * 3) == []
