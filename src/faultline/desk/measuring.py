"""Measures what a snapshot knew, by the tables of the case or by one from outside. Invariant: what comes of a table
from outside is not kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faultline.case import Input
from faultline.desk.opened import Desk
from faultline.desk.remembering import remembered
from faultline.evidence import Snapshot
from faultline.intake.taking import take_outside_table
from faultline.measure import Measure, Sight, names_of_country, run, see, see_table
from faultline.publish.worlds import Seen
from faultline.record.analysis import Frame
from faultline.record.errors import InputError
from faultline.record.finding import Finding


@dataclass(frozen=True, slots=True)
class EventsFile:
    """An event table from outside a case: `path`, `reader` (ged, acled), `countries` to keep (() for the case's)."""

    path: Path
    reader: str
    countries: tuple[str, ...] = ()


def measured(
    desk: Desk, snapshot: Snapshot, measures: Sequence[Measure], table: EventsFile | None = None
) -> list[Finding]:
    """What each measure finds in what the snapshot knew; with `table`, rates come from that table, which is taken to be
    systematic. Raises InputError where the table cannot be read or holds no event of the countries."""
    if table:
        return list(run(measures, sight_of(desk, snapshot, table)))
    return remembered(desk, snapshot, measures, lambda: sight_of(desk, snapshot))


def sight_of(desk: Desk, snapshot: Snapshot, table: EventsFile | None = None) -> Sight:
    """What measures and the model see of the snapshot; with `table` its events take the place of the case's. Raises as
    `measured`."""
    sight = see(desk.case, snapshot, Seen(desk.case, snapshot))
    return _with_table(sight, table) if table else sight


def _with_table(sight: Sight, table: EventsFile) -> Sight:
    entry = Input("tables", table.path, reader=table.reader, frame=table.path.stem)
    taken = take_outside_table(sight.case, entry)
    claims = taken.coded.claims if taken.coded else ()
    frame = Frame(table.path.stem, taken.filing.source, "event", systematic=True, note=f"read from {table.path.name}")
    known = names_of_country(sight.case)
    seen = see_table(sight, ((claim, taken.filing) for claim in claims), frame, table.countries or known)
    if not len(seen.tables[frame.id]):
        wanted = ", ".join(table.countries or sorted(known)) or "any country"
        way_out = "Name the country as the table writes it: --country."
        raise InputError(str(table.path), f"{len(claims)} rows, none of them an event of {wanted}", "events", way_out)
    return seen
