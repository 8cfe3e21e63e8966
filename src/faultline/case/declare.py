"""Checks measures.yaml and turns it into what measures are given. Invariant: every id in it is an actor, a place or a
coalition of the case."""

from collections.abc import Iterator
from typing import Any

from faultline.case.check_places import check_unique
from faultline.case.folder import ACTORS, MEASURES, PLACES, Rows
from faultline.case.measure_rows import DeclaredRow
from faultline.case.references import References
from faultline.case.rows import Row
from faultline.record.declared import Coalition, Declared, Departure, Mark, NamedDay, Pair, Shock

_IDS = {"members": "actors", "supporter": "actors", "supported": "actors", "place": "places", "places": "places"}


def check_declared(rows: Rows, references: References) -> None:
    """Notes actors, places and coalitions that are not there, and ids that stand twice."""
    declared = rows.declared
    if declared is None:
        return
    check_unique(declared.coalitions, references.problems)
    coalitions = {coalition.id for coalition in declared.coalitions}
    references.check_id(declared, "defender", declared.defender, coalitions, f"{MEASURES} under coalitions")
    for row in _entries(declared):
        for key, value in row:
            for one in value if isinstance(value, tuple) else (value,):
                _check(row, key, one, rows, references)
    for place in declared.places:
        references.check_id(declared, "places", place, rows.places.ids, PLACES)


def to_declared(row: DeclaredRow | None) -> Declared:
    """What the file declares; the defaults where there is none."""
    if row is None:
        return Declared()
    plain = row.model_dump(include={"defender", "windows", "bins", "front_km", "rings_km", "places", "draws", "seed"})
    return Declared(
        coalitions=tuple(Coalition(c.id, c.name, c.members, c.days, c.reason) for c in row.coalitions),
        days=tuple(NamedDay(**_plain(d)) for d in row.days),
        departures=tuple(Departure(**_plain(d)) for d in row.departures),
        pairs=tuple(Pair(**_plain(p)) for p in row.pairs),
        shocks=tuple(Shock(**_plain(s)) for s in row.shocks),
        marks=tuple(Mark(m.name, m.coalition, m.roots, m.recipients) for m in row.event_marks),
        declared_on=row.declared_on,
        **plain,
    )


def _plain(row: Row) -> dict[str, Any]:
    """The values as they were read: model_dump would take intervals of days apart."""
    return {name: getattr(row, name) for name in type(row).model_fields if name != "marks"}


def _entries(declared: DeclaredRow) -> Iterator[Row]:
    yield from (*declared.coalitions, *declared.days, *declared.departures)
    yield from (*declared.pairs, *declared.shocks, *declared.event_marks)


def _check(row: Row, key: str, value: object, rows: Rows, references: References) -> None:
    """Looks one value up where its key says that it is an id."""
    declared = rows.declared
    coalitions = {c.id for c in declared.coalitions} if declared else set()
    if not isinstance(value, str):
        return
    if key == "coalition":
        references.check_id(row, key, value, coalitions, f"{MEASURES} under coalitions")
    elif key in ("one", "other"):
        references.check_id(row, key, value, {*coalitions, *(rows.actors.ids or ())}, f"{ACTORS} or its coalitions")
    elif key in _IDS:
        known, file = (rows.actors.ids, ACTORS) if _IDS[key] == "actors" else (rows.places.ids, PLACES)
        references.check_id(row, key, value, known, file)
