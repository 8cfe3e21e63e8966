"""Claims, filings and sights made by hand for the tests of measures on the curated record."""

from dataclasses import replace
from datetime import date

from faultline.case import Case
from faultline.measure.sight import Sight
from faultline.record.claim import Claim, Slot, Speaker, identified
from faultline.record.days import parse_days
from faultline.record.declared import Declared
from faultline.record.ids import document_id
from faultline.record.text import Candidate, Filing, Span
from faultline.record.vocabulary import Kind, Modality, SlotName


def claim(words: str, kind: str, subtype: str, said: dict[str, str] | None = None) -> tuple[Claim, str]:
    """A claim over the words of a document of its own, and that text. `said` may give actor, recipient, place (ids),
    days, modality, speaker."""
    given = said or {}
    names = {"actor": SlotName.ACTOR, "recipient": SlotName.RECIPIENT, "place": SlotName.PLACE}
    slots = tuple(
        Slot(name, value, None, candidates=(Candidate(value),))
        for key, name in names.items()
        for value in given.get(key, "").split()
    )
    made = Claim(
        "",
        document_id(words.encode()),
        Kind(kind),
        Span(0, len(words)),
        subtype=subtype,
        speaker=Speaker((given["speaker"],)) if "speaker" in given else Speaker(),
        modality=Modality(given.get("modality", "asserted")),
        days=parse_days(given.get("days", "")),
        slots=slots,
    )
    return identified([made])[0], words


def sight_with(case: Case, told: list[tuple[Claim, str]], declared: Declared | None = None) -> Sight:
    """A sight of those claims, each published on the last day that it speaks of."""
    texts = {made.document: words for made, words in told}
    filings = {
        made.document: Filing(f"reports/{n}.md", made.document, source="s", published=made.days)
        for n, (made, _) in enumerate(told)
    }
    sight = Sight(case, date(2026, 11, 22), claims=tuple(made for made, _ in told), filings=filings)
    return replace(sight, declared=declared or Declared(), text_of=lambda document: texts.get(document, ""))
