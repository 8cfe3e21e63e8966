import random
from dataclasses import replace

from faultline.resolve.lineage_copies import MANY, find_copies
from tests.resolve.newsroom import FRENCH, OWN_WORDS, report

STORY = (
    "Gunmen on motorcycles attacked the market of Orra at dawn and left eleven dead behind, among them a trader. "
    "The mayor said that soldiers came two hours later, when the shops had burned down. "
    "Nobody has claimed the attack, the third on the road to Vardopol since the rains ended."
)
ELSEWHERE = (
    "The council of the coast met behind closed doors and spoke of the price of salt. "
    "No minister wished to say afterwards whether the tax on boats would be lifted before the harvest. "
    "Fishermen had blocked two piers in protest and poured their catch into the water of the harbour, while the guards "
    "looked on without lifting a hand. A second meeting is due in a month, on the island where a treaty was signed "
    "forty years ago by people who are all dead now."
)


def test_copy_is_found_through_a_new_lead_a_cut_and_changed_words():
    copy = "Fresh violence has struck the north. " + STORY.replace("dawn", "sunrise").replace("attacked", "raided")
    copies = find_copies([report("a", STORY), report("b", copy[:260], day="2020-03-03")])
    assert len(copies.covered) == 2


def test_reordered_sentences_are_a_copy():
    first, second, third = STORY.split(". ")
    copies = find_copies([report("a", STORY), report("b", f"{third} {second}. {first}.", day="2020-03-03")])
    assert len(copies.covered) == 2


def test_two_stories_of_one_event_in_other_words_are_no_copies():
    other = "Eleven people died in Orra when riders opened fire on a market. Troops arrived late, its mayor complained."
    assert not find_copies([report("a", STORY), report("b", other)]).covered


def test_translation_is_no_copy_by_words():
    assert not find_copies([report("a", OWN_WORDS), report("b", FRENCH)]).covered


def test_formula_of_agencies_is_no_copy_in_a_text_of_some_length():
    formula = " He spoke on condition of anonymity because he was not authorised to speak."
    assert not find_copies([report("a", f"{STORY} {FRENCH}{formula}"), report("b", ELSEWHERE + formula)]).covered


def test_first_published_leads_and_a_month_that_may_be_earlier_contends():
    first, copy = report("b", STORY, day="2020-03-02"), report("a", STORY, day="2020-03-05")
    month, unknown = report("c", STORY, day="2020-03"), report("d", STORY, day="")
    copies = find_copies([copy, first])
    assert copies.origin(copy.document, STORY) == first.document
    assert copies.contend(first.document) == (first.document,)
    copies = find_copies([copy, first, month, unknown])
    assert set(copies.contend(first.document)) == {first.document, month.document, unknown.document}


def test_passage_of_a_long_text_that_stands_in_a_short_one_is_counted_as_the_short_one():
    filler = " ".join(f"Line {n} speaks of matter{n} and nothing{n} else{n}." for n in range(60))
    short, long = report("a", OWN_WORDS), report("b", f"{filler} {OWN_WORDS}", day="2020-03-05")
    copies = find_copies([short, long])
    assert {copies.origin(d.document, OWN_WORDS) for d in (short, long)} == {short.document}
    assert copies.origin(long.document, filler[:200]) == ""


def test_document_under_two_origins_is_as_old_as_the_older_one():
    late, early = report("a", STORY, day="2020-04-01"), report("b", STORY, day="2020-03-03")
    twice = replace(late, also=(replace(late.filing, published=report("a", STORY, day="2020-01-01").filing.published),))
    assert find_copies([early, twice]).origin(early.document, STORY) == twice.document


def test_text_that_was_worked_over_is_found_by_its_rare_words_once_it_is_known_which_are_rare():
    chance = random.Random(5)
    usual = [f"usual{n}" for n in range(60)]
    press = [report(f"p{n}", " ".join(chance.choices(usual, k=60)), day="2020-02-01") for n in range(MANY)]
    story = " ".join(word for n in range(40) for word in (f"rare{n}", chance.choice(usual)))
    kept = story.split()[:50]
    changed = [chance.choice(usual) if n % 4 == 3 else word for n, word in enumerate(kept)]
    copy = " ".join([*chance.choices(usual, k=80), *changed])
    pair = [report("a", story), report("b", copy, day="2020-03-03")]
    assert find_copies([*press, *pair]).leader.get(pair[1].document) == pair[0].document
    assert not find_copies(pair).leader


def test_account_of_one_event_that_shares_only_its_names_is_no_copy_in_a_large_press():
    chance = random.Random(6)
    usual = [f"usual{n}" for n in range(60)]
    press = [report(f"p{n}", " ".join(chance.choices(usual, k=60)), day="2020-02-01") for n in range(MANY)]
    names = "Tess Orrin mayor of Orra said on Monday"
    told = [
        report(name, f"{names} " + " ".join(f"{name}{n} {chance.choice(usual)}" for n in range(30)), day=day)
        for name, day in (("a", "2020-03-01"), ("b", "2020-03-02"))
    ]
    assert not find_copies([*press, *told]).leader
