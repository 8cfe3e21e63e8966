"""Gives a draft without a day of its own that of its statement, of the story, or of what still holds. Invariant: never
a day that the text does not give; what the words put before the story has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from faultline.coding.draft import Draft, Filler
from faultline.coding.story import Story
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span
from faultline.record.vocabulary import Kind

_UNDATED = frozenset({Kind.ASSESSMENT, Kind.PREDICTION})
_HAPPENED = frozenset({Kind.EVENT, Kind.QUANTITY})
_LASTING = frozenset({Kind.CONTROL, Kind.TALK, Kind.INTENT, Kind.ALLEGATION})
_STORY_DAYS = 45  # a dispatch may be a month late; what is older is told as background


@dataclass(frozen=True, slots=True)
class Told:
    """What the text has told so far: the day of the last happening and the sentence of the last look back, the story,
    its publication and its scene."""

    days: tuple[Days, Span | None]
    aside: int
    story: Story
    published: Days
    places: Sequence[Filler]


def settle_days(draft: Draft, told: Told) -> None:
    """Fills the day of a draft that has none, and closes "since X" at the publication."""
    if not draft.days.known and draft.frame.kind not in _UNDATED and not _elsewhere(draft, told):
        draft.days, draft.days_span = _inherited(draft, told)
        draft.days_inherited = draft.days.known
    first, last = draft.days.first_day, told.published.last_day
    if draft.days.last_day is None and first and last and last >= first:
        draft.days = replace(draft.days, last_day=last)


def looks_back(draft: Draft, published: Days) -> bool:
    """Whether the words tell of what was before the story, so that their day is not that of what follows."""
    return _background(draft) or long_before(draft.days, published)


def _inherited(draft: Draft, told: Told) -> tuple[Days, Span | None]:
    """A happening has the story's day, unless the words put it before the story; what is said, that of the saying; what
    still holds, that of the telling."""
    said = draft.days_of_statement
    if draft.frame.kind not in _HAPPENED and said[0].known:
        return said
    if draft.frame.kind in _LASTING and present(draft):
        return _today(told.published)
    if _background(draft) or 0 <= draft.sentence - told.aside <= 1:
        return _NONE
    for found in (told.days, told.story.day_before(draft.sentence), said, told.story.day_for(draft.sentence)):
        if found[0].known:
            return found if not long_before(found[0], told.published) else _NONE
    return _NONE


_NONE: tuple[Days, Span | None] = (Days(), None)


def _today(published: Days) -> tuple[Days, Span | None]:
    """The day of publication where it is one day."""
    day = published.last_day
    if day is None or published.length is None or published.length > 1:
        return _NONE
    return Days(day, day, DayPrecision.DAY, f"published {published}"), None


def present(draft: Draft) -> bool:
    """Whether the words tell of what is or will be, and not of what was."""
    line, tense = draft.line, draft.line.pack.days["tense"]
    if draft.rule.startswith("noun"):
        return False
    for n in range(draft.trigger - 1, max(-1, draft.trigger - 6), -1):
        low = line.low(n)
        if low in tense["be"]:
            return not (line.pack.language == "fr" and draft.rule.endswith("(active)"))  # "est parti" is past
        if low in line.pack.auxiliaries:
            return False
        if low not in line.pack.words["particles"] | line.pack.words["negations"]:
            break
    return bool(draft.modal) or _present_form(line.low(draft.trigger), tense)


def _present_form(word: str, tense: Mapping[str, Any]) -> bool:
    """Whether a verb without auxiliary is in the present by its ending ("accuses", "réclame")."""
    return word not in tense["past"] and not word.endswith(tuple(tense["past_endings"]))


def _background(draft: Draft) -> bool:
    """What a pluperfect, a relative clause or a participle beside a noun tells was before the story."""
    line = draft.line
    if draft.frame.kind == Kind.RELATION or (line.syntax and line.syntax.modifies(draft.trigger)):
        return True
    return _pluperfect(draft) and not draft.said


def _pluperfect(draft: Draft) -> bool:
    line = draft.line
    return any(line.low(n) in line.pack.words["pluperfect"] for n in range(max(0, draft.trigger - 3), draft.trigger))


def long_before(days: Days, published: Days) -> bool:
    """Whether a day lies too far before publication to be that of the story."""
    last, first = days.last_day, published.first_day
    return last is not None and first is not None and (first - last).days > _STORY_DAYS


def _elsewhere(draft: Draft, told: Told) -> bool:
    """A toll at a place of its own is of another happening, whose day the text has not set."""
    own = {i for p in draft.places if p.inherited is None for i in p.chunk.ids}
    scene = {i for p in told.places for i in p.chunk.ids}
    return draft.frame.kind == Kind.QUANTITY and bool(own) and not own & scene
