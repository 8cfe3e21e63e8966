"""Event tables made by hand for the tests of measures."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np

from faultline.case import Case, load_case, new_case
from faultline.measure.events import Events
from faultline.measure.sight import Sight
from faultline.record.analysis import Frame
from faultline.record.declared import Declared

FRAME = Frame("made", "made", "event", systematic=True)
ORIGIN = date(2020, 1, 1).toordinal()


def table(
    days: Sequence[int], fronts: Sequence[int], actors: Sequence[str] = (), recipients: Sequence[str] = ()
) -> Events:
    """Events on `days` after 2020-01-01 at fronts a degree of latitude apart, one actor ("group") unless told."""
    order = np.argsort(np.asarray(days), kind="stable")
    day, front = np.asarray(days)[order], np.asarray(fronts)[order]
    who = np.asarray(actors or ["group"] * len(day))[order]
    whom = np.asarray(recipients or ["army"] * len(day))[order]
    parties = tuple(sorted({*who.tolist(), *whom.tolist()}))
    n = len(day)
    return Events(
        frame=FRAME,
        first=ORIGIN + day.astype(np.int64),
        last=ORIGIN + day.astype(np.int64),
        latitude=10.0 + front.astype(float),
        longitude=np.zeros(n),
        radius=np.full(n, 5.0),
        place=np.array([f"p{f}" for f in front], np.str_),
        admin1=np.array(["r"] * n, np.str_),
        admin2=np.array([f"c{f}" for f in front], np.str_),
        country=np.array(["X"] * n, np.str_),
        parties=parties,
        acted=np.array([[p == a for p in parties] for a in who], np.bool_).reshape(n, len(parties)),
        suffered=np.array([[p == r for p in parties] for r in whom], np.bool_).reshape(n, len(parties)),
        root=np.array(["assault"] * n, np.str_),
        subtype=np.array([""] * n, np.str_),
        deaths=np.full(n, np.nan),
        published=np.full(n, -1, np.int64),
        claim=np.array([f"clm_{k:020d}" for k in range(n)], np.str_),
    )


def case_in(folder: Path) -> Case:
    """The case of the template: one invented country."""
    new_case(folder, "A case")
    return load_case(folder)


def sight_of(case: Case, events: Events, declared: Declared | None = None) -> Sight:
    """A sight with one table."""
    day = date.fromordinal(int(events.first.max(initial=ORIGIN)))
    return Sight(case, day, {events.frame.id: events}, declared=declared or Declared(draws=199))
