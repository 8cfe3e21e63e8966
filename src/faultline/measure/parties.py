"""The parties that measures are taken of: the declared coalitions, or where none is declared the busiest armed actors.
Invariant: who is measured never depends on a result."""

from collections.abc import Mapping
from dataclasses import dataclass

from faultline.measure.events import Events, Flags
from faultline.measure.sight import Sight
from faultline.record.days import Days
from faultline.record.vocabulary import ActorKind

MOST = 6
_NOT_ARMED = frozenset({ActorKind.CIVILIANS})


@dataclass(frozen=True)
class Party:
    """A coalition or an actor with the ids that count as it, over the days for which it is declared one."""

    id: str
    name: str
    ids: frozenset[str]
    days: Days = Days()

    def rows(self, events: Events) -> Flags:
        """Rows in which it takes part in violence, as actor or recipient: datasets do not say who began."""
        return events.involving(self.ids) & self._in_days(events)

    def acts(self, events: Events) -> Flags:
        """Rows in which it stands as the actor."""
        return events.by(self.ids) & self._in_days(events)

    def _in_days(self, events: Events) -> Flags:
        low = self.days.first_day.toordinal() if self.days.first_day else 0
        high = self.days.last_day.toordinal() if self.days.last_day else 1 << 40
        return (events.first >= low) & (events.first <= high)


def parties_of(sight: Sight, events: Events, most: int = MOST) -> tuple[Party, ...]:
    """The declared coalitions in their order; where a case declares none, the `most` actors with most rows that are no
    civilians."""
    declared = sight.declared.coalitions
    if declared:
        return tuple(Party(c.id, c.name, sight.members(c.id), c.days) for c in declared)
    counts = (events.acted | events.suffered).sum(axis=0)
    ranked = sorted(range(len(events.parties)), key=lambda k: (-int(counts[k]), events.parties[k]))
    chosen = [events.parties[k] for k in ranked if not _unarmed(events.parties[k], sight.kinds)]
    return tuple(Party(party, party, frozenset({party})) for party in chosen[:most])


def _unarmed(party: str, kinds: Mapping[str, ActorKind]) -> bool:
    """Civilians, by the case's word or by the dataset's."""
    return kinds.get(party) in _NOT_ARMED or "civilian" in party.lower() or "protester" in party.lower()
