"""Decisions survive a rebuild, by id or by the words that they were made on."""

from dataclasses import replace

from faultline.record.claim import identified
from faultline.record.decision import Decision
from faultline.record.text import Span
from faultline.record.vocabulary import DecisionKind, Kind
from faultline.resolve.anchor import anchor, marked
from faultline.resolve.deciding import Reviewer, correct, on_claim, on_pair
from faultline.resolve.report import Report
from tests.resolve.hand import Say, report, world_of

TEXT = "Gunmen attacked Tarn at dawn. Gunmen burned Belk. Gunmen attacked Sull, Gunmen attacked Sull again."
ATTACK, FIRE = Say("Gunmen attacked Tarn at dawn"), Say("Gunmen burned Belk")


def read(*said: Say) -> Report:
    return report(TEXT, "2020-05-13", *said)


def on(report: Report, n: int, **more: str) -> Decision:
    claim = report.claims[n]
    decision = Decision("dec_1", DecisionKind.REJECT, claim.id, quote=claim.span.of(report.text), by="Ana")
    return replace(decision, **more)  # type: ignore[arg-type]


def test_decision_on_a_claim_that_is_there_stands_as_it_is() -> None:
    old = on(read(ATTACK, FIRE), 0)
    assert anchor([old], [read(ATTACK, FIRE)]).decisions == (old,)


def test_decision_follows_its_words_to_the_claim_that_a_better_coder_finds_there() -> None:
    old, better = on(read(ATTACK), 0), read(Say("Gunmen attacked Tarn"), FIRE)
    (moved,) = anchor([old], [better]).decisions
    assert moved.subject == better.claims[0].id and moved.id == old.id


def test_decision_whose_words_carry_no_claim_any_more_comes_back_to_the_reviewer() -> None:
    old = on(read(ATTACK), 0)
    found = anchor([old], [read(FIRE)])
    assert (found.decisions, found.lost) == ((), (old,))


def test_decision_that_fits_two_claims_is_not_guessed() -> None:
    old = Decision("dec_1", DecisionKind.REJECT, "clm_gone", quote="Gunmen attacked Sull", by="Ana")
    two = report(TEXT, "2020-05-13", Say("Gunmen attacked Sull"), replace_kind())
    assert anchor([old], [two]).lost == (old,)


def replace_kind() -> Say:
    return replace(Say("Gunmen attacked Sull"), subtype="raid")


def test_decision_on_two_claims_needs_both() -> None:
    before = read(ATTACK, FIRE)
    old = on(before, 0, kind=DecisionKind.SAME_AS, object=before.claims[1].id, value="Gunmen burned Belk")
    after = read(Say("Gunmen attacked Tarn"), Say("burned Belk"))
    (moved,) = anchor([old], [after]).decisions
    assert (moved.subject, moved.object) == (after.claims[0].id, after.claims[1].id)
    assert anchor([old], [read(Say("Gunmen attacked Tarn"))]).lost == (old,)


def test_rejection_still_binds_after_the_rebuild() -> None:
    old, better = on(read(ATTACK), 0), read(replace(Say("Gunmen attacked Tarn"), days="2020-05-12", places=("tarn",)))
    assert len(world_of(better).incidents) == 1
    assert world_of(better, decisions=(old,)).incidents == ()


def test_of_two_claims_on_one_span_a_decision_finds_the_one_of_its_kind() -> None:
    words = Say("Gunmen attacked Tarn at dawn")
    before = read(words, replace(words, kind=Kind.QUANTITY))
    shorter = Say("Gunmen attacked Tarn")
    after = read(shorter, replace(shorter, kind=Kind.QUANTITY))
    for n in (0, 1):
        assert anchor([on(before, n)], [after]).decisions[0].subject == after.claims[n].id
    both = on(before, 0, kind=DecisionKind.SAME_AS, object=before.claims[1].id, value=words.words)
    (moved,) = anchor([both], [after]).decisions
    assert (moved.subject, moved.object) == (after.claims[0].id, after.claims[1].id)


def test_of_two_places_with_the_same_words_a_decision_finds_its_own() -> None:
    text = "Gunmen attacked Sull. Later gunmen came back: Gunmen attacked Sull. People fled."
    first = report(text, "2020-05-13", Say("Gunmen attacked Sull")).claims[0]
    at = text.index("Gunmen attacked Sull", 5)
    second = replace(first, span=Span(at, at + len("Gunmen attacked Sull")))
    before = replace(report(text, "2020-05-13"), claims=identified([first, second]))
    longer = [replace(claim, span=Span(claim.span.start, claim.span.end + 1)) for claim in before.claims]
    after = replace(before, claims=identified(longer))
    for n in (0, 1):
        assert anchor([on(before, n)], [after]).decisions[0].subject == after.claims[n].id


def test_of_two_claims_of_one_kind_on_one_span_the_later_is_found_and_the_first_not_guessed() -> None:
    words = Say("Gunmen attacked Tarn at dawn", places=("tarn",))
    before = read(words, replace(words, places=("belk",)))
    shorter = Say("Gunmen attacked Tarn", places=("tarn",))
    after = read(shorter, replace(shorter, places=("belk",)))
    assert anchor([on(before, 1)], [after]).decisions[0].subject == after.claims[1].id
    assert anchor([on(before, 0)], [after]).lost == (on(before, 0),)
    assert anchor([on(before, 1)], [read(shorter)]).lost == (on(before, 1),)


def test_decision_on_two_claims_of_one_kind_on_one_span_finds_both() -> None:
    words = Say("Gunmen attacked Tarn at dawn", places=("tarn",))
    before = read(words, replace(words, places=("belk",)))
    shorter = Say("Gunmen attacked Tarn", places=("tarn",))
    after = read(shorter, replace(shorter, places=("belk",)))
    apart = on(before, 0, kind=DecisionKind.NOT_SAME, object=before.claims[1].id, value=words.words)
    (moved,) = anchor([apart], [after]).decisions
    assert (moved.subject, moved.object) == (after.claims[0].id, after.claims[1].id)
    assert anchor([apart], [read(shorter)]).lost == (apart,)


def test_decision_on_the_first_of_two_claims_alone_is_found_again() -> None:
    words = Say("Gunmen attacked Tarn at dawn", places=("tarn",))
    before = read(words, replace(words, places=("belk",)), FIRE)
    first, second, other = (claim.id for claim in before.claims)
    shorter = Say("Gunmen attacked Tarn", places=("tarn",))
    after = read(shorter, replace(shorter, places=("belk",)), Say("burned Belk"))
    world, ana = world_of(before), Reviewer("Ana")
    for made in (
        on_claim(world, DecisionKind.REJECT, first, ana),
        correct(world, first, ("place", "sull"), ana),
        on_pair(world, DecisionKind.SAME_AS, (first, other), ana),
        on_pair(world, DecisionKind.PART_OF, (other, first), ana),
    ):
        found = anchor([made], [after])
        assert found.lost == ()
        assert after.claims[0].id in (found.decisions[0].subject, found.decisions[0].object)
        assert found.decisions[0].slot == ("place" if made.kind is DecisionKind.CORRECT else "")
    rejected = world_of(before, decisions=(on_claim(world, DecisionKind.REJECT, second, ana),))
    assert anchor([on_claim(rejected, DecisionKind.ACCEPT, first, ana)], [after]).lost == ()


def test_decision_on_a_claim_that_stood_alone_is_not_guessed_where_it_has_become_two() -> None:
    made = on_claim(world_of(read(ATTACK)), DecisionKind.REJECT, read(ATTACK).claims[0].id, Reviewer("Ana"))
    shorter = Say("Gunmen attacked Tarn", places=("tarn",))
    assert anchor([made], [read(shorter, replace(shorter, places=("belk",)))]).lost == (made,)


def test_an_older_decision_without_mark_is_found_again_by_what_the_kept_readings_say() -> None:
    words = Say("Gunmen attacked Tarn at dawn", places=("tarn",))
    before = read(words, replace(words, places=("belk",)), FIRE)
    first, other = before.claims[0].id, before.claims[2].id
    shorter = Say("Gunmen attacked Tarn", places=("tarn",))
    after = read(shorter, replace(shorter, places=("belk",)), Say("burned Belk"))
    alone = on(before, 0)
    paired = on(before, 2, kind=DecisionKind.SAME_AS, object=first, value="Gunmen attacked Tarn at dawn")
    corrected = on(before, 0, kind=DecisionKind.CORRECT, slot="place", value="sull")
    for made in (alone, paired, corrected):
        assert anchor(marked([made], frozenset()), [after]).lost == (made,)
        found = anchor(marked([made], frozenset({first, other})), [after])
        assert found.lost == () and found.decisions[0].slot == made.slot
        assert after.claims[0].id in (found.decisions[0].subject, found.decisions[0].object)
