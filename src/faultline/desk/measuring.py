"""Measures what a snapshot knew, by the tables of the case or by one from outside. Invariant: what comes of a table
from outside is not kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faultline.desk.opened import Desk
from faultline.desk.remembering import remembered
from faultline.evidence import Snapshot
from faultline.intake.outside import said_of, take_outside
from faultline.measure import Measure, Sight, names_of_country, run, see, see_table
from faultline.publish.worlds import Seen
from faultline.record.analysis import Frame
from faultline.record.errors import InputError
from faultline.record.finding import Finding

_NAMED = 3  # files whose names make up that of their frame


@dataclass(frozen=True, slots=True)
class EventsFile:
    """Event tables of one dataset from outside a case: `paths` of files or folders, later versions of a row last;
    `reader` (ged, acled; "" by the columns), `countries` to keep (() for the case's)."""

    paths: tuple[Path, ...]
    reader: str = ""
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
    taken = take_outside(sight.case, table.paths, table.reader)
    name = "+".join(path.stem for path in taken.files[:_NAMED]) + "+" * (len(taken.files) > _NAMED)
    source = taken.rows[0][1].source if taken.rows else ""
    frame = Frame(name, source, "event", systematic=True, note=said_of(taken))
    known = names_of_country(sight.case)
    seen = see_table(sight, taken.rows, frame, table.countries or known)
    if not len(seen.tables[frame.id]):
        wanted = ", ".join(table.countries or sorted(known)) or "any country"
        way_out = "Name the country as the table writes it: --country."
        raise InputError(
            str(table.paths[0]), f"{len(taken.rows)} rows, none of them an event of {wanted}", "events", way_out
        )
    return seen
