"""Turns the rows of event tables that report a change of hands into messages. Invariant: only rows whose type says who
has the place afterwards are read, never battles; a transfer without violence says not who gives and who takes, and is
left out.

ACLED codebook (2023), battles: "Government regains territory", "Non-state actor overtakes territory"; the order of the
two actors says nothing, so that the type decides who took it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from faultline.measure.control.holders import STATE, Holders
from faultline.measure.control.messages import NEVER, Message
from faultline.measure.control.settings import Settings
from faultline.measure.control.spots import Spots
from faultline.measure.events import Events
from faultline.measure.sight import Sight
from faultline.record.errors import NotFoundError
from faultline.record.vocabulary import Action

_BY_STATE, _BY_OTHERS = "recapture", "capture"


def parties_of_rows(sight: Sight) -> Iterator[str]:
    """Ids of the parties of rows that report a change of hands."""
    for table in sight.tables.values():
        for row in _changes(table):
            yield from _parties(table, row)


def read_rows(sight: Sight, holders: Holders, settings: Settings) -> tuple[Message, ...]:
    """The messages of all event tables, by unit and day."""
    spots = Spots(sight, settings)
    found = [
        message
        for table in sight.tables.values()
        for row in _changes(table)
        for message in _messages(table, row, (holders, settings, spots))
    ]
    return tuple(sorted(found, key=lambda m: (m.unit, m.day, m.claim, m.before)))


def _changes(table: Events) -> list[int]:
    kinds = np.isin(table.subtype, (_BY_STATE, _BY_OTHERS))
    return [int(row) for row in np.flatnonzero(kinds & (table.root == Action.TAKE.value))]


def _parties(table: Events, row: int) -> list[str]:
    columns = np.flatnonzero(table.acted[row] | table.suffered[row])
    return [table.parties[column] for column in columns]


def _messages(table: Events, row: int, by: tuple[Holders, Settings, Spots]) -> Iterator[Message]:
    holders, settings, spots = by
    first, last = int(table.first[row]), int(table.last[row])
    unit = _unit(spots, str(table.place[row]), date.fromordinal(first))
    if not unit or last - first > settings.number("longest_change"):
        return
    day = date.fromordinal(last)
    named = [(holders.of(party, day), party) for party in _parties(table, row)]
    sides = {holder: party for holder, party in reversed(named) if holder is not None}
    state_took = table.subtype[row] == _BY_STATE
    takers = [h for h in sides if (h == STATE) == state_took and h not in holders.helpers]
    if len(takers) != 1:
        return
    trust = spots.letter(table.frame.source)
    published = int(table.published[row])
    told = (published if published >= 0 else NEVER, trust, str(table.claim[row]))
    yield _holds(unit, last, (takers[0], sides[takers[0]]), told)
    earlier = (told[0], trust * settings.number("before"), told[2])
    yield _before(_holds(unit, first - 1, (takers[0], ""), earlier), negative=True)
    losers = [h for h in sides if h != takers[0] and h not in holders.helpers]
    if len(losers) == 1:
        yield _before(_holds(unit, first - 1, (losers[0], sides[losers[0]]), earlier), negative=False)


def _holds(unit: str, day: int, holder: tuple[int, str], told: tuple[int, float, str]) -> Message:
    published, trust, claim = told
    form = "state_holds" if holder[0] == STATE else "holds"
    return Message(unit, day, published, form, (holder[0],), trust, claim, claim, holder[1], change=True)


def _before(message: Message, negative: bool) -> Message:
    return replace(message, before=True, negative=negative, change=False)


def _unit(spots: Spots, place_id: str, day: date) -> str:
    """The unit of a row's place, "" where the case knows none or it is no town."""
    try:
        place = spots.sight.case.place(place_id, day)
    except NotFoundError:
        return ""
    return place.id if spots.is_unit(place) else ""
