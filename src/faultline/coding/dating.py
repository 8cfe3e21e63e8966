"""Gives a draft without a day of its own the day of its statement or of the story. Invariant: never a day that the text
does not give; what the words put before the story has none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from faultline.coding.draft import Draft, Filler
from faultline.coding.story import Story
from faultline.record.days import Days
from faultline.record.text import Span
from faultline.record.vocabulary import Kind

_UNDATED = frozenset({Kind.ASSESSMENT, Kind.PREDICTION})
_HAPPENED = frozenset({Kind.EVENT, Kind.QUANTITY})
_STORY_DAYS = 45  # a dispatch may be a month late; what is older is told as background


@dataclass(frozen=True, slots=True)
class Told:
    """What the text has told so far: the day of the last happening, the story, its publication and its scene."""

    days: tuple[Days, Span | None]
    story: Story
    published: Days
    places: Sequence[Filler]


def settle_days(draft: Draft, told: Told) -> None:
    """Fills the day of a draft that has none, and closes "since X" at the publication."""
    if not draft.days.known and draft.frame.kind not in _UNDATED and not _elsewhere(draft, told):
        _inherit_days(draft, told)
    first, last = draft.days.first_day, told.published.last_day
    if draft.days.last_day is None and first and last and last >= first:
        draft.days = replace(draft.days, last_day=last)


def _inherit_days(draft: Draft, told: Told) -> None:
    """A happening has the story's day, unless the words put it before the story; what is said, that of the saying."""
    if draft.frame.kind not in _HAPPENED and draft.days_of_statement[0].known:
        draft.days, draft.days_span = draft.days_of_statement
    elif draft.frame.kind != Kind.TALK and not _background(draft):
        found = told.days if told.days[0].known else told.story.day_for(draft.sentence)
        if not _long_before(found[0], told.published):
            draft.days, draft.days_span = found
    draft.days_inherited = draft.days.known


def _background(draft: Draft) -> bool:
    """What a pluperfect, a relative clause or a participle beside a noun tells was before the story."""
    line = draft.line
    if draft.frame.kind == Kind.RELATION or (line.syntax and line.syntax.modifies(draft.trigger)):
        return True
    return _pluperfect(draft) and not draft.said


def _pluperfect(draft: Draft) -> bool:
    line = draft.line
    return any(line.low(n) in line.pack.words["pluperfect"] for n in range(max(0, draft.trigger - 3), draft.trigger))


def _long_before(days: Days, published: Days) -> bool:
    """Whether a day lies too far before publication to be that of the story."""
    last, first = days.last_day, published.first_day
    return last is not None and first is not None and (first - last).days > _STORY_DAYS


def _elsewhere(draft: Draft, told: Told) -> bool:
    """A toll at a place of its own is of another happening, whose day the text has not set."""
    own = {i for p in draft.places if p.inherited is None for i in p.chunk.ids}
    scene = {i for p in told.places for i in p.chunk.ids}
    return draft.frame.kind == Kind.QUANTITY and bool(own) and not own & scene
