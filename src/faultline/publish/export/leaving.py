"""Turns a world into the rows that may leave the desk. Invariant: nothing in a row has gone round the gate of `policy`;
what stays behind is counted with its reason."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from faultline.case import Case
from faultline.publish.citing import find_source
from faultline.publish.export.rows import ClaimRow, IncidentRow, SourceRow
from faultline.publish.incidents import incident_row
from faultline.publish.names import actor_name, place_name, slot_name
from faultline.publish.policy import GATED, Gate, Released
from faultline.publish.worlds import Seen
from faultline.record.claim import Casualties
from faultline.record.days import Days
from faultline.record.decision import Incident
from faultline.record.errors import NotFoundError
from faultline.record.place import Place
from faultline.record.vocabulary import SlotName

YOUNG = "claims of control, relations and talks that are younger than the delay"
OUTSIDE = "outside the period"
HELD = "incidents of which no claim may leave yet"
HARMS = ("killed", "wounded")


@dataclass(frozen=True)
class Leaving:
    """What may leave of one world, in one period of happening (an unknown day lies in no period but the open one)."""

    seen: Seen
    period: Days = Days()

    @property
    def case(self) -> Case:
        """The case of the world."""
        return self.seen.case

    @cached_property
    def gate(self) -> Gate:
        """What decides claim by claim."""
        return Gate(self.case, self.seen.snapshot)

    @cached_property
    def released(self) -> Mapping[str, Released]:
        """The claims that may leave, by id: as people corrected them, without those that people rejected."""
        claims = [claim for claim in self.seen.world.claims.values() if self._within(claim.days)]
        return {one.claim.id: one for one in self.gate.release(claims)}

    @cached_property
    def claims(self) -> tuple[ClaimRow, ...]:
        """A row for each claim that may leave, by publication, document and span."""
        rows = sorted(self.released.values(), key=_by_publication)
        return tuple(self._claim_row(one) for one in rows)

    @cached_property
    def incidents(self) -> tuple[IncidentRow, ...]:
        """A row for each incident in the period of which a claim may leave, by first day and id."""
        found = (one for one in self.seen.world.incidents if self._within(one.days))
        return tuple(self._incident_row(one) for one in found if self._told(one))

    @cached_property
    def sources(self) -> tuple[SourceRow, ...]:
        """A row for each source of the claims that leave, by id, with how many of them it published."""
        counts = Counter(one.filing.source for one in self.released.values())
        return tuple(self._source_row(id, count) for id, count in sorted(counts.items()))

    @cached_property
    def left_out(self) -> Mapping[str, int]:
        """How much stays behind, by reason; nothing is listed that is nothing."""
        claims = self.seen.world.claims.values()
        inside = [claim for claim in claims if self._within(claim.days)]
        held = sum(self._within(one.days) and not self._told(one) for one in self.seen.world.incidents)
        found = {YOUNG: len(inside) - len(self.released), OUTSIDE: len(claims) - len(inside), HELD: held}
        return {reason: count for reason, count in found.items() if count}

    def told(self, row: IncidentRow) -> tuple[Released, ...]:
        """The claims behind a row, in order of publication."""
        return tuple(self.released[id] for id in row.claims)

    def geography(self, ids: Iterable[str]) -> tuple[Place, ...]:
        """The places of those ids that the gazetteer knows."""
        return tuple(place for id in ids if (place := self._place(id)))

    def _told(self, incident: Incident) -> tuple[str, ...]:
        return tuple(id for id in incident.claims if id in self.released)

    def _within(self, days: Days) -> bool:
        return not self.period.known or (days.known and days.overlaps(self.period))

    def _claim_row(self, one: Released) -> ClaimRow:
        claim, filing = one.claim, one.filing
        gated = claim.kind in GATED
        at = self._spot(() if gated else claim.values(SlotName.PLACE))
        tolls = {(c.harm, c.group): c for c in reversed(claim.casualties)}
        harmed = {harm: _whole(tolls, harm) for harm in HARMS}
        known = find_source(self.case, filing.source)
        return ClaimRow(
            claim=claim.id,
            document=claim.document,
            kind=claim.kind.value,
            action=claim.action.value if claim.action else "",
            subtype=claim.subtype,
            modality=claim.modality.value,
            speakers=one.speakers,
            first_day=claim.days.first_day,
            last_day=claim.days.last_day,
            days_known_to=claim.days.precision.value,
            actors=one.actors,
            recipients=self._recipients(one),
            places=one.places,
            latitude=at.latitude if at else None,
            longitude=at.longitude if at else None,
            radius_km=at.radius_km if at else None,
            killed_low=harmed["killed"].low,
            killed_best=harmed["killed"].best,
            killed_high=harmed["killed"].high,
            wounded_low=harmed["wounded"].low,
            wounded_best=harmed["wounded"].best,
            wounded_high=harmed["wounded"].high,
            running_total_since=next((c.cumulative_since for c in claim.casualties if c.cumulative_since), ""),
            sentence=one.sentence.text if one.sentence else "",
            retelling=bool(filing.retold_from),
            source=filing.source,
            source_name=one.source,
            reliability=known.reliability.value if known else "",
            published_first=filing.published.first_day,
            published_last=filing.published.last_day,
            title=one.title,
            url=one.url,
            confidence=round(claim.confidence, 4),
        )

    def _incident_row(self, incident: Incident) -> IncidentRow:
        row = incident_row(self.seen, incident)
        told = self._told(incident)
        coarse = all(self.released[id].claim.kind in GATED for id in told)
        places = _unique(p for id in told for p in self.released[id].places) if coarse else _names(self, row.places)
        geography = () if coarse else self.geography(row.places)
        at = geography[0] if len(geography) == 1 else None
        return IncidentRow(
            incident=row.id,
            first_day=row.days.first_day,
            last_day=row.days.last_day,
            days_known_to=row.days.precision.value,
            acts=row.acts,
            says=row.says,
            actors=tuple(actor_name(self.case, id) for id in row.actors),
            places=places,
            place_ids=tuple(place.id for place in geography),
            admin2=_unique(place.admin2 for place in geography),
            admin1=_unique(place.admin1 for place in geography),
            country=_unique(place.country for place in geography),
            latitude=at.latitude if at else None,
            longitude=at.longitude if at else None,
            radius_km=at.radius_km if at else None,
            killed_low=row.killed_low,
            killed_best=row.killed_best,
            killed_high=row.killed_high,
            killed_why=row.killed_why,
            documents=row.documents,
            voices=row.voices,
            sources=_unique(self.released[id].source for id in told),
            provisional=row.provisional,
            certainty=row.certainty,
            part_of=row.part_of,
            parts=row.parts,
            claims=told,
        )

    def _source_row(self, id: str, count: int) -> SourceRow:
        known = find_source(self.case, id)
        if known is None:
            return SourceRow(id, id or "source not named", claims=count)
        letter = known.reliability.value
        return SourceRow(id, known.name, known.kind.value, known.family, known.side, letter, known.reason, count)

    def _recipients(self, one: Released) -> tuple[str, ...]:
        slots = [slot for slot in one.claim.slots if slot.name == SlotName.RECIPIENT]
        return _unique(self.gate.masked(one.claim.document, slot_name(self.case, slot)) for slot in slots)

    def _spot(self, ids: tuple[str, ...]) -> Place | None:
        """Where a row lies; None where it names no place or several."""
        found = self.geography(dict.fromkeys(ids))
        return found[0] if len(found) == 1 else None

    def _place(self, id: str) -> Place | None:
        try:
            return self.case.place(id)
        except NotFoundError:
            return None


def _whole(tolls: Mapping[tuple[str, str], Casualties], harm: str) -> Casualties:
    """The figure of everybody harmed so; where the text gives only groups and there is one, that group's."""
    if (harm, "") in tolls:
        return tolls[harm, ""]
    groups = [figure for (name, _), figure in tolls.items() if name == harm]
    return groups[0] if len(groups) == 1 else Casualties(harm)


def _names(leaving: Leaving, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(place_name(leaving.case, id) for id in ids)


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name)


def _by_publication(one: Released) -> tuple[str, str, int, int, str]:
    published = one.filing.published.last_day
    return (str(published or "9999"), one.claim.document, one.claim.span.start, one.claim.span.end, one.claim.id)
