"""Turns ids and surface forms in claims into names, and names that a reader types into ids. Invariant: an open reading
stays open; no candidate is picked by order."""

from faultline.case import Case
from faultline.record.claim import Slot
from faultline.record.errors import NotFoundError
from faultline.record.text import Candidate
from faultline.record.vocabulary import SlotName

_ACTORS = (SlotName.ACTOR, SlotName.RECIPIENT, SlotName.SPEAKER)


def actor_name(case: Case, actor: str) -> str:
    """Name of the actor of that id; the id itself where the case does not know it."""
    try:
        return case.actor(actor).name
    except NotFoundError:
        return actor


def place_name(case: Case, place: str) -> str:
    """Name of the place of that id; the id itself where the case does not know it."""
    try:
        return case.place(place).name
    except NotFoundError:
        return place


def slot_name(case: Case, slot: Slot) -> str:
    """What a slot means in words: the name of its leading candidate, else the words that were read."""
    if not slot.leading:
        return slot.value
    if slot.name == SlotName.PLACE:
        return place_name(case, slot.leading)
    return actor_name(case, slot.leading) if slot.name in _ACTORS else slot.value


def find_actor(case: Case, text: str) -> str:
    """The id that a reader means by an id or a name of an actor; the text itself where that is open or unknown."""
    return _settle(text, {a.id for a in case.actors}, case.actor_candidates(text, None)) if text else ""


def find_place(case: Case, text: str) -> str:
    """The id that a reader means by an id or a name of a place; the text itself where that is open or unknown."""
    return _settle(text, {p.id for p in case.places}, case.place_candidates(text)) if text else ""


def not_settled(case: Case, actor: str, place: str) -> list[str]:
    """A line for each of the two words that is no id and no name of the case, or a name that several have: it is looked
    for as it stands, and nothing may be found for that reason alone."""
    asked = (
        ("actor", actor, find_actor(case, actor), case.actors, case.actor_candidates(actor)),
        ("place", place, find_place(case, place), case.places, case.place_candidates(place)),
    )
    return [
        _unsettled(what, text, [candidate.id for candidate in candidates])
        for what, text, meant, known, candidates in asked
        if text and meant not in {one.id for one in known}
    ]


def _unsettled(what: str, text: str, ids: list[str]) -> str:
    if ids:
        return f"{text!r} may be {' or '.join(dict.fromkeys(ids))}: ask by id."
    return f"The case has no {what} {text!r}, neither as an id nor as a name."


def _settle(text: str, ids: set[str], candidates: tuple[Candidate, ...]) -> str:
    if text in ids:
        return text
    return Slot(SlotName.REASON, text, candidates=candidates).leading or text
