"""Gives a draft without a day of its own that of its statement, of the story, or of what still holds. Invariant: never
a day that the text does not give; what the words put before the story has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from faultline.coding.anchors import a_year_on
from faultline.coding.draft import Draft, Filler
from faultline.coding.story import Story
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, Modality

_UNDATED = frozenset({Kind.ASSESSMENT, Kind.PREDICTION})
_HAPPENED = frozenset({Kind.EVENT, Kind.QUANTITY})
_TURNS = frozenset({"control_lost"})  # the present of a story: "loses the town"
LASTING = frozenset({Kind.CONTROL, Kind.TALK, Kind.ALLEGATION})
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
    elif _planned(draft):
        draft.days = Days() if _how_long(draft) else _ahead(draft.days, told.published)
    first, last = draft.days.first_day, told.published.last_day
    if first is None and draft.days.last_day:
        start = _inherited(draft, told)[0].last_day or _today(told.published)[0].last_day
        if start and start <= draft.days.last_day:
            draft.days = replace(draft.days, first_day=start)
    if draft.days.last_day is None and first and last and last >= first:
        draft.days = replace(draft.days, last_day=last)


def _planned(draft: Draft) -> bool:
    """Whether the words tell of what is still to come."""
    meaning = draft.line.pack.status["modals"].get(draft.modal, "")
    plans = draft.frame.kind == Kind.INTENT or draft.frame.modality == Modality.PLANNED
    return meaning == "planned" or (plans and present(draft))


def _how_long(draft: Draft) -> bool:
    """ "will remain closed for two weeks": how long something is to last, not when."""
    marks = (chunk.day for chunk in draft.line.chunks if chunk.day is not None)
    return any(mark.meaning == "past" and mark.days == draft.days for mark in marks)


def _ahead(days: Days, published: Days) -> Days:
    """A weekday or a day without year, read back from publication, as the next one: "will meet on Friday"."""
    first, last, now = days.first_day, days.last_day, published.first_day
    if first is None or last is None or now is None or last >= now or not days.anchor.startswith("published"):
        return days
    if (now - last).days < 7 and first == last:
        return replace(days, first_day=first + timedelta(days=7), last_day=last + timedelta(days=7))
    if (now - last).days > _STORY_DAYS:
        return replace(days, first_day=a_year_on(first), last_day=a_year_on(last))
    return days


def looks_back(draft: Draft, published: Days) -> bool:
    """Whether the words tell of what was before the story, so that their day is not that of what follows."""
    return _background(draft) or long_before(draft.days, published)


def _inherited(draft: Draft, told: Told) -> tuple[Days, Span | None]:
    """A happening has the story's day, unless the words put it before the story; what is said, that of the saying; what
    still holds, that of the telling."""
    said = draft.days_of_statement
    if draft.frame.kind not in _HAPPENED and said[0].known:
        return said
    if draft.frame.kind == Kind.INTENT or (draft.frame.kind == Kind.EVENT and _ongoing(draft)):
        return _NONE  # what is planned or goes on has no day of the story
    if draft.frame.id in _AFTERWARDS:
        return said if said[0].known else _NONE
    if draft.frame.kind in LASTING and draft.frame.id not in _TURNS and present(draft):
        return _today(told.published)
    if _background(draft) or 0 <= draft.sentence - told.aside <= 1 or _since_unknown(draft):
        return _NONE
    if told.story.lost_day(draft.sentence):
        return said if said[0].known else _NONE
    for found in (told.days, told.story.day_before(draft.sentence), said, told.story.day_for(draft.sentence)):
        counted = draft.frame.kind == Kind.QUANTITY and found[0].last_day is not None
        if found[0].known and (counted or not _spell(found[0], told.published)):
            return found if not long_before(found[0], told.published) else _NONE
    later = told.story.day_after(draft.sentence)
    opens = draft.sentence == 0 and draft.frame.kind in _HAPPENED
    return (
        later if opens and not _spell(later[0], told.published) and not long_before(later[0], told.published) else _NONE
    )


_AFTERWARDS = frozenset({"inquiry", "condemnation", "deployment", "arrival", "trial"})  # they follow a happening


def _ongoing(draft: Draft) -> bool:
    """ "is fighting an insurgency", "clashes were still under way", "se poursuivent": what had not ended when told."""
    line, tense = draft.line, draft.line.pack.days["tense"]
    near = {line.low(n) for n in range(max(0, draft.trigger - 3), draft.trigger + _NEAR)}
    before = {line.low(n) for n in range(max(0, draft.trigger - 3), draft.trigger)}
    progressive = (
        line.pack.language == "en"
        and line.low(draft.trigger).endswith("ing")
        and bool(before & {*tense["be"], "was", "were"})
    )
    return progressive or bool(near & set(tense["still"]))


_NEAR = 5  # tokens behind a verb or noun in which "still" speaks of it


def _spell(days: Days, published: Days) -> bool:
    """Whether days are too many, or open at an end, to be the day of one happening ("in June", "since March");
    "Tuesday" in the month of a publication known to no more is one."""
    month = (days.first_day, days.last_day) == (published.first_day, published.last_day)
    return days.length is None or (days.length > _HAPPENING and not month)


_HAPPENING = 10  # days

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
    near = {line.low(n) for n in range(max(0, draft.trigger - 5), draft.trigger)}
    words = line.pack.days["tense"]
    if near & set(words["already"]) or (draft.mood == "perfect" and near & set(words["after"])):
        return True
    return _pluperfect(draft) and not draft.said


def _since_unknown(draft: Draft) -> bool:
    """ "Since the rebellion began, 200,000 have fled": from a day that the words do not give."""
    line = draft.line
    since = line.pack.days["tense"]["since"]
    return any(line.low(n) in since and line.at[n] < 0 for n in range(max(0, draft.first - 9), draft.last))


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
