import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from faultline.sandbox.daywords import day_words
from faultline.sandbox.grammar import Form, Words, polished, render, variety
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.press import actions
from faultline.sandbox.wording import lines
from tests.sandbox.worlds import prose, world

WIDE = replace(SandboxOptions(seed=8), dispatches=600, corrections=0.5, retellings=0.1, undated=0.2, false_claims=0.1)
FACTS = ("asserted", "confirmed")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_action_has_at_least_twelve_phrasings(language: str) -> None:
    deeds = lines(language)["deeds"]
    assert set(deeds) == set(actions())
    few = {action: sum(map(variety, found)) for action, found in deeds.items() if sum(map(variety, found)) < 12}
    assert few == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_languages_are_written_by_the_share_asked_for(language: str) -> None:
    written = prose(WIDE)
    share = sum(dispatch.language == language for dispatch in written) / len(written)
    assert 0.4 < share < 0.6


def test_texts_are_finished_sentences_without_left_overs() -> None:
    for dispatch, written in prose(WIDE).items():
        text = written.text
        assert re.search(r"[\ue000-\uf8ff{}|]|\s\s|,[.,;]|\.\.| [.,]", text) is None, text
        assert text.endswith((".", ")")), text
        assert not re.search(r"(?<![.\d] )\b(?:de|à) (?:le|les) [A-Z]", text), text
        if dispatch.language == "fr":
            assert not re.search(r"\b[dq]u?e [aeiouyéAEIOUY]", text), text


def test_spans_are_exact_and_lie_inside_one_sentence() -> None:
    for written in prose(WIDE).values():
        for draft, start, end in written.claims:
            words = written.text[start:end]
            assert words and words == words.strip(" ,")
            assert ". " not in words, (draft, words)


def test_spans_of_one_dispatch_do_not_overlap() -> None:
    for written in prose(WIDE).values():
        spans = [(start, end) for _, start, end in written.claims]
        assert all(a[1] <= b[0] for a, b in pairwise(spans)), written.text


def test_every_number_claimed_stands_in_its_span() -> None:
    words = "zero one two three four five six seven eight nine ten".split()
    french = "zéro un deux trois quatre cinq six sept huit neuf dix".split()
    for written in prose(WIDE).values():
        for draft, start, end in written.claims:
            best = (draft.counts.get("fatalities") or {}).get("best")
            if best is not None:
                said = {str(best), *(w[best] for w in (words, french) if best < len(w))}
                assert said & set(re.findall(r"\w+", written.text[start:end].lower())), written.text


def test_the_place_and_the_day_claimed_are_those_of_the_happening() -> None:
    found = world(WIDE)
    truth = {h.id: h for h in found.happenings}
    for dispatch, written in prose(WIDE).items():
        for draft, _, _ in written.claims:
            happening = truth.get(draft.happening)
            if happening and draft.days.first_day and draft.days.last_day:
                assert draft.days.first_day <= happening.day <= draft.days.last_day, (dispatch, draft)
            if happening and draft.places:
                assert draft.places == (happening.place,)


def test_a_homonym_is_never_named_without_what_tells_it_apart() -> None:
    found = world(WIDE)
    names = [p.name for p in found.country.places if p.feature.startswith("PPL")]
    twins = {name for name in names if names.count(name) > 1}
    assert twins
    leads = [
        (dispatch, written)
        for dispatch, written in prose(WIDE).items()
        if dispatch.account.happening.place and found.place(dispatch.account.happening.place).name in twins
    ]
    assert leads
    armed = [w.text for d, w in leads if d.account.happening.action in ("attack", "ambush", "attack_ied", "clash")]
    assert all(re.search(r"cercle", text) for text in armed if any(twin in text for twin in twins))


def test_nothing_is_published_before_it_happened_nor_copied_before_it_was_published() -> None:
    by_id = {dispatch.id: dispatch for dispatch in prose(WIDE)}
    for dispatch in by_id.values():
        assert dispatch.published >= dispatch.account.happening.day
        if dispatch.copy_of:
            origin = by_id[dispatch.copy_of]
            assert origin.published <= dispatch.published
            assert origin.source.id != dispatch.source.id


def test_a_copy_repeats_its_origin_behind_a_dateline_and_a_rewrite_does_not() -> None:
    written = prose(replace(WIDE, copies=0.6))
    texts = {dispatch.id: text.text for dispatch, text in written.items()}
    copies = [d for d in written if d.via == "copy"]
    rewrites = [d for d in written if d.via == "rewrite"]
    assert all(texts[d.id].endswith(texts[d.copy_of]) and texts[d.id].startswith("(") for d in copies)
    assert np.mean([texts[d.id] == texts[d.copy_of] for d in rewrites]) < 0.1


def test_what_did_not_happen_is_never_told_in_the_voice_of_a_text() -> None:
    false = [(d, w) for d, w in prose(WIDE).items() if not d.account.happening.true]
    assert false
    for _, written in false:
        assert all(draft.modality not in FACTS for draft, _, _ in written.claims)


def test_parties_raise_the_losses_of_the_enemy_and_lower_their_own() -> None:
    enemy, own = [], []
    for dispatch in prose(replace(WIDE, bias=1.5)):
        account = dispatch.account
        for toll in account.happening.tolls:
            told = sum(t.killed for t in account.tolls if t.group == toll.group)
            if dispatch.form == "first" and account.speaker in (
                *account.happening.actors,
                *account.happening.recipients,
            ):
                (own if toll.group == account.speaker else enemy).append(told - toll.killed)
    assert min(enemy) >= 0
    assert np.mean(enemy) > 1
    assert max(own) <= 0
    assert np.mean(own) < -0.5


def test_a_revision_replaces_a_lower_figure_by_the_true_one() -> None:
    revised = [(d, w) for d, w in prose(WIDE).items() if d.form == "revision"]
    assert revised
    for dispatch, written in revised:
        figures = {c.modality: c.counts["fatalities"]["best"] for c, _, _ in written.claims if c.kind == "quantity"}
        assert figures["superseded"] == dispatch.before < figures["asserted"]
        assert figures["asserted"] in [toll.killed for toll in dispatch.account.happening.tolls]


def test_perfect_sources_without_bias_tell_every_toll_right() -> None:
    plain = replace(WIDE, reliability=1.0, bias=0.0, false_claims=0.0)
    for dispatch in prose(plain):
        account = dispatch.account
        if (
            dispatch.form == "first"
            and not dispatch.copy_of
            and dispatch.source.accuracy == 1.0
            and account.speaker not in account.happening.actors
        ):
            told = {t.group: t.killed for t in account.tolls if t.killed}
            true = {t.group: t.killed for t in account.happening.tolls if t.killed}
            assert told.items() <= true.items() or account.rough


def test_the_press_conditional_is_only_written_for_hearsay() -> None:
    for dispatch, written in prose(WIDE).items():
        for draft, start, end in written.claims:
            words = written.text[start:end]
            if dispatch.language == "fr" and draft.kind == "event" and re.search(r"\baur(?:ait|aient)\b", words):
                assert draft.modality == "reported", words


def test_a_weekday_is_only_written_in_the_week_before_a_known_publication() -> None:
    days = (
        "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    )
    for dispatch, written in prose(WIDE).items():
        if re.search(days, written.text):
            assert dispatch.shown == str(dispatch.published)
            assert (dispatch.published - dispatch.account.happening.day).days < 7


def test_grammar_agrees_contracts_and_elides() -> None:
    rng = np.random.default_rng(0)
    words = {"A": Form("les combattants du Front", True), "B": Form("la Garde", False, True), "C": Form("le Front")}
    assert (
        render("{A} {se A} emparé{A:+} {de C}", Words(words), rng)
        == "les combattants du Front se sont emparés du Front"
    )
    assert render("{B} {être B} tombé{B:+} ; {il B} {avoir B} parlé {à C}", Words(words, True), rng) == (
        "la Garde serait tombée ; elle aurait parlé au Front"
    )
    assert (
        polished("il dit que \ue000Istro est loin de Arno\ue001.", "fr")
        == "Il dit qu'\ue000Istro est loin d'Arno\ue001."
    )


def test_day_words_of_an_unknown_publication_name_the_year() -> None:
    rng = np.random.default_rng(1)
    day = SandboxOptions().day(40)
    assert str(day.year) in day_words(day, None, "en", rng).text
    assert str(day.year) in day_words(day, None, "fr", rng).text


def test_every_template_of_both_languages_is_written_with_the_same_keys() -> None:
    def keys(found: object) -> object:
        return {k: keys(v) for k, v in sorted(found.items())} if isinstance(found, dict) else ""

    assert keys(lines("en")) == keys(lines("fr"))


def test_who_is_accused_by_name_may_deny_it() -> None:
    denied = [
        c
        for w in prose(WIDE).values()
        for c, _, _ in w.claims
        if (c.subtype, c.modality) == ("responsibility", "denied")
    ]
    assert denied
    assert all(claim.actors == (claim.speaker,) for claim in denied)
