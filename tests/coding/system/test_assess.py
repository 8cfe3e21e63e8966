"""Claims that carry arrows, mechanisms and signs."""

from faultline.coding.parser import load_parser
from faultline.coding.split import sentences
from faultline.coding.system.assess import AssessOptions, assess
from faultline.coding.system.concepts import load_concepts, node_names
from faultline.coding.system.read import read_system
from faultline.coding.system.tree import Tree
from faultline.record.claim import Claim
from faultline.record.protocols import Sentence
from faultline.record.system import Concept
from faultline.record.text import Document, Span
from faultline.record.vocabulary import Kind, Modality, SlotName

RAIN = Concept("rain", (("en", "rain"), ("fr", "pluie")), (("en", "rains?|drought"), ("fr", "pluies?")), ("drought",))


def read(text: str, language: str = "en", concepts: tuple[Concept, ...] = ()) -> tuple[Claim, ...]:
    return read_system(Document("doc", "", "text/plain", text), language, concepts).claims


def slots(claims: tuple[Claim, ...], name: SlotName) -> list[str]:
    return [slot.value for claim in claims for slot in claim.slots if slot.name == name]


def test_arrow_slot_names_its_word_its_rule_and_its_words() -> None:
    text = "Nothing else is known. The blockade weakens the national army in the north."
    (claim,) = [c for c in read(text) if c.kind == Kind.ASSESSMENT and c.values(SlotName.ARROW)]
    (slot,) = [s for s in claim.slots if s.name == SlotName.ARROW]
    assert slot.rule == "system:verb:weaken" and "weakens" in slot.reason
    assert slot.span is not None and slot.span.of(text).startswith("The blockade weakens the national army")


def test_condition_is_a_prediction_and_hypothetical() -> None:
    (claim,) = read("If the blockade persists, violence will spread.")
    assert (claim.kind, claim.modality) == (Kind.PREDICTION, Modality.HYPOTHETICAL)


def test_sign_is_a_slot_of_its_own() -> None:
    claims = read("The curfew indicates rising violence in the capital.")
    assert slots(claims, SlotName.SIGN) == ["+restrictions > +violence"] and slots(claims, SlotName.ARROW) == []


def test_case_concept_is_a_level_by_its_own_words() -> None:
    text = "Drought drives displacement. The rains reduce food prices."
    assert slots(read(text, concepts=(RAIN,)), SlotName.ARROW) == ["-rain > +displacement", "+rain > -shortages"]
    assert node_names("fr", (RAIN,))["rain"] == "pluie"


def test_case_concept_of_the_same_id_takes_the_place_of_ours() -> None:
    narrow = Concept("violence", (("en", "pillage"),), (("en", "pillage"),))
    found = load_concepts("en", (narrow,)).find("pillage and violence")
    assert [(f.start, f.level.node) for f in found] == [(0, "violence")]


def test_dispatch_without_a_level_gives_no_claim_where_an_article_gives_an_arrow() -> None:
    text = "Traders weaken the guild."
    parser = load_parser("en")
    assert parser is not None
    trees = [(s, Tree(s.span.of(text), parser.parse([s.span.of(text)])[0])) for s in sentences(text, "en")]
    assert assess("doc", trees) == ()
    assert slots(assess("doc", trees, AssessOptions(free=True)), SlotName.ARROW) == ["+traders > -guild"]


def test_sentence_of_another_language_gives_nothing_and_is_counted() -> None:
    text = "Die Blockade schwächt die Armee des Landes."
    found = read_system(Document("doc", "", "text/plain", text), "de")
    assert found.claims == () and "1 sentence" in found.left_out[0] and "'de'" in found.left_out[0]


def test_words_that_are_no_text_are_read_without_harm() -> None:
    for text in ("", " ", "—", "((((", "“ ”", ", , and", "weakens", "If, then.", "Not by but by.", "qui", "a" * 3000):
        for language in ("en", "fr"):
            assert isinstance(read(text, language), tuple)


def test_sentence_before_is_remembered_only_inside_its_text() -> None:
    parser = load_parser("en")
    assert parser is not None
    text = "It weakens the national army."
    tree = Tree(text, parser.parse([text])[0])
    claims = assess("doc", [(Sentence(Span(0, len(text)), "en"), tree)])
    assert slots(claims, SlotName.ARROW) == []
