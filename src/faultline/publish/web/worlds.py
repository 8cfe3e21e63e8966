"""Keeps the worlds that were looked at last. Invariant: each is made once, and two requests for one world wait for one
another, those for two worlds do not. What is made beside the pages can be stopped, and is not begun again unasked."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from faultline.evidence.visible import Bounds
from faultline.measure import Sight, see
from faultline.publish.incidents import IncidentRow, incident_row
from faultline.publish.web.changes import Changes, Side, changes_between
from faultline.publish.web.ground import Ground, ground_of
from faultline.publish.web.page import Page
from faultline.publish.worlds import Memory, Seen
from faultline.record.decision import Incident
from faultline.record.halting import StoppedError, breathe, stoppable
from faultline.record.ids import content_id
from faultline.resolve.disputes import disputes
from faultline.resolve.profiles import Profile

_KEPT = 6  # worlds: a reader goes to and fro between a few days
_LAST = "judging_control"  # the last step, which only maps and timelines need
_GLANCE = 0.05  # seconds between two looks at how far a world is
_PATIENCE = 0.4  # seconds for which a reviewer waits for the newest world
_Key = tuple[Bounds, Profile]


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being made of a world, under which id, and for how many seconds the making has gone on; `stopped` where
    somebody stopped it."""

    id: str
    step: str
    seconds: float
    stopped: bool = False


@dataclass
class _Made:
    """A world with what was worked out of it."""

    seen: Seen
    lock: Lock = field(default_factory=Lock)
    rows: tuple[IncidentRow, ...] | None = None
    disputed: Mapping[str, float] | None = None
    sight: Sight | None = None
    ground: Ground | None = None
    making: Thread | None = None
    begun: float = 0.0
    stop: Event = field(default_factory=Event)

    @property
    def id(self) -> str:
        """Names it in a request to stop or to begin again."""
        return content_id("world", (self.seen.snapshot.bounds, self.seen.profile))

    @property
    def step(self) -> str:
        """What of it has to be made next; "" where all is there."""
        known = self.seen.__dict__
        steps = (
            ("reading_reports", "reports" in known),
            ("joining_reports", "world" in known),
            ("weighing_voices", self.rows is not None),
            (_LAST, self.ground is not None),
        )
        return next((name for name, there in steps if not there), "")


@dataclass
class _Compared:
    """What changed between two days, or why that cannot be said; None while it is being worked out."""

    found: Changes | Exception | None = None
    begun: float = field(default_factory=time.monotonic)
    stop: Event = field(default_factory=Event)


class Worlds:
    """The worlds of the last snapshots that were looked at; what two of them share is read and compared once."""

    def __init__(self) -> None:
        self._made: OrderedDict[_Key, _Made] = OrderedDict()
        self._changes: OrderedDict[str, _Compared] = OrderedDict()
        self._lock = Lock()
        self._memory = Memory()
        self._purges = 0

    def purged(self, page: Page) -> bool:
        """Whether something was taken out of the store for good since the last page: what was made before is then
        forgotten."""
        purges = page.snapshot.purges
        with self._lock:
            grown, self._purges = purges != self._purges, purges
            if grown:
                self._made.clear()
                self._changes.clear()
                self._memory = Memory()  # it holds texts
        return grown

    def of(self, page: Page) -> Seen:
        """The world that a page looks at, figures weighed by its profile."""
        made = self._of(page)
        with made.lock:
            _ = made.seen.world
        return made.seen

    def rows(self, page: Page) -> tuple[IncidentRow, ...]:
        """Every incident of that world in a line, in the order of the world."""
        made = self._of(page)
        with made.lock:
            if made.rows is None:
                made.rows = tuple(_row(made.seen, one) for one in made.seen.world.incidents)
        return made.rows

    def disputed(self, page: Page) -> Mapping[str, float]:
        """How much the voices of each disputed incident disagree, by its id."""
        made = self._of(page)
        with made.lock:
            if made.disputed is None:
                found: dict[str, float] = {}
                for one in disputes(made.seen.world, made.seen.counting):
                    found[one.incident] = max(found.get(one.incident, 0.0), one.weight)
                made.disputed = found
        return made.disputed

    def sight(self, page: Page) -> Sight:
        """What a measure sees of that snapshot."""
        made = self._of(page)
        with made.lock:
            return _sight(made)

    def ground(self, page: Page) -> Ground:
        """Who held what, and what was in force."""
        made = self._of(page)
        with made.lock:
            if made.ground is None:
                made.ground = ground_of(page.case, _sight(made))
        return made.ground

    def near(self, page: Page) -> Seen:
        """The world of the page where it is made; else the last one of the same claims, made before the newest
        decisions, while the new one is being made: who reviews does not wait."""
        made = self._of(page)
        if "world" not in made.seen.__dict__:
            older = self._like(page, "world")
            if older is not None:
                self.warm(page).join(_PATIENCE)
                if "world" not in made.seen.__dict__:
                    return older.seen
        return self.of(page)

    def changes(self, then: Page, now: Page) -> Changes | Progress:
        """What changed from one page's day to the other's; how far it is while it is being worked out, which this
        begins."""
        id = content_id("changes", then.snapshot.bounds, now.snapshot.bounds, now.query.profile)
        with self._lock:
            one = self._changes.get(id)
            if one is None:
                one = self._changes[id] = _Compared()
                Thread(target=self._compare, args=(one, then, now), daemon=True, name="faultline-changes").start()
            self._changes.move_to_end(id)
            while len(self._changes) > _KEPT:
                self._changes.popitem(last=False)
        if isinstance(one.found, Exception):
            del self._changes[id]
            raise one.found
        return one.found or Progress(id, "comparing_days", time.monotonic() - one.begun, one.stop.is_set())

    def _compare(self, one: "_Compared", then: Page, now: Page) -> None:
        try:
            with stoppable(one.stop.is_set):
                sides = [Side(self.of(page), self.rows(page), self.ground(page)) for page in (then, now)]
                one.found = changes_between(*sides)
        except StoppedError:
            pass
        except Exception as error:  # told to whoever asks next
            one.found = error

    def warm(self, page: Page) -> Thread:
        """Begins to make a world that somebody will ask for soon, unless that was begun or stopped; nobody has to wait
        for it."""
        made = self._of(page)
        with self._lock:
            if made.making is None or (not made.making.is_alive() and made.step and not made.stop.is_set()):
                made.making = Thread(target=self._try, args=(page, made.stop), daemon=True, name="faultline-world")
                made.begun = time.monotonic()
                made.making.start()
            return made.making

    def waited(self, page: Page, seconds: float, ground: bool = True) -> Progress | None:
        """None where the page's incidents (with `ground` also who held what) are made, or become so within that time,
        or cannot be made; else how far they are, or that somebody stopped it."""
        made, enough = self._of(page), ("",) if ground else ("", _LAST)
        end = time.monotonic() + seconds
        while made.step not in enough and self.warm(page).is_alive() and time.monotonic() < end:
            self.warm(page).join(_GLANCE)
        if made.step in enough:
            return None
        if made.stop.is_set():
            return Progress(made.id, made.step, 0.0, stopped=True)
        if made.making is None or not made.making.is_alive():
            return None
        return Progress(made.id, made.step, time.monotonic() - made.begun)

    def stop(self, id: str) -> None:
        """Ends the making of the world, or the comparison of two days, of that id, if it is at work; what was made
        whole is kept."""
        with self._lock:
            for made in self._made.values():
                if made.id == id:
                    made.stop.set()
            if id in self._changes:
                self._changes[id].stop.set()

    def begin(self, id: str) -> None:
        """Lets what was stopped begin again when it is asked for."""
        with self._lock:
            for made in self._made.values():
                if made.id == id:
                    made.stop = Event()
            if id in self._changes and self._changes[id].stop.is_set():
                del self._changes[id]

    def _try(self, page: Page, stop: Event) -> None:
        with suppress(Exception), stoppable(stop.is_set):  # who asks for this world is told why it cannot be made
            self.rows(page)
            self.ground(page)

    def _of(self, page: Page) -> _Made:
        bounds, profile = page.snapshot.bounds, page.query.profile
        with self._lock:
            made = self._made.get((bounds, profile)) or self._fresh(page)
            self._made[bounds, profile] = made
            self._made.move_to_end((bounds, profile))
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return made

    def _fresh(self, page: Page) -> _Made:
        """A world to be made; one of the same snapshot with another profile lends its incidents and lineages, one from
        before the newest decisions its reports and lineages."""
        for (bounds, _), made in self._made.items():
            if bounds == page.snapshot.bounds:
                other = made.seen.weighed(page.query.profile)
                return _Made(other, made.lock, sight=made.sight, ground=made.ground)
        fresh = Seen(page.case, page.snapshot, page.query.profile, self._memory)
        for name in ("reports", "lineages"):
            older = self._like(page, name)
            if older is not None:
                fresh.__dict__[name] = older.seen.__dict__[name]
        return _Made(fresh)

    def _like(self, page: Page, name: str) -> _Made | None:
        """The newest world of the same claims and profile, whatever was decided, of which that part is made: one that
        is still at work helps nobody who waits."""
        wanted = _claims(page.snapshot.bounds)
        for (bounds, profile), made in reversed(self._made.items()):
            same = _claims(bounds) == wanted and profile is page.query.profile
            if same and bounds != page.snapshot.bounds and name in made.seen.__dict__:
                return made
        return None


def _row(seen: Seen, incident: Incident) -> IncidentRow:
    breathe()
    return incident_row(seen, incident)


def _claims(bounds: Bounds) -> tuple[object, ...]:
    return bounds.as_of, bounds.include_undated, bounds.filing, bounds.text, bounds.run


def _sight(made: _Made) -> Sight:
    if made.sight is None:
        made.sight = see(made.seen.case, made.seen.snapshot, made.seen)
    return made.sight
