"""What decisions bind, and whom."""

from faultline.record.decision import MACHINE, Decision
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.judged import judge


def decision(kind: DecisionKind, subject: str, other: str = "", by: str = "Ana", undoes: str = "") -> Decision:
    return Decision(f"dec_{kind}{subject}{other}", kind, subject, other, by=by, undoes=undoes)


def test_later_decision_on_a_pair_binds_whichever_way_round_it_is_given() -> None:
    judged = judge([decision(DecisionKind.SAME_AS, "a", "b"), decision(DecisionKind.PART_OF, "b", "a")])
    assert not judged.same
    assert list(judged.apart) == [("a", "b")] and judged.part_of["b"].object == "a"


def test_last_word_on_a_claim_binds() -> None:
    judged = judge([decision(DecisionKind.REJECT, "a"), decision(DecisionKind.ACCEPT, "a")])
    assert judged.accepted("a") and not judged.out("a", "doc_1")


def test_a_retracted_document_takes_its_claims_along_save_those_accepted() -> None:
    judged = judge([decision(DecisionKind.RETRACT, "doc_1"), decision(DecisionKind.ACCEPT, "b")])
    assert judged.out("a", "doc_1") and not judged.out("b", "doc_1") and not judged.out("a", "doc_2")


def test_machine_and_undo_bind_nothing() -> None:
    machine = decision(DecisionKind.SAME_AS, "a", "b", by=MACHINE)
    back = decision(DecisionKind.RETRACT, "a", undoes="dec_1")
    judged = judge([machine, back])
    assert not judged.same and not judged.out("a", "doc_1")
