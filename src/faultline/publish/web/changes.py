"""Turns two views of one record into what changed between their days. Invariant: every line says why: which report,
published when, by whom; a change of ours (a decision) is told apart from a change of the world's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from faultline.case import Case
from faultline.publish.citing import find_source, source_name
from faultline.publish.incidents import IncidentRow
from faultline.publish.names import actor_name
from faultline.publish.web.ground import Ground, InForce
from faultline.publish.worlds import Seen
from faultline.record.claim import Claim
from faultline.record.text import Filing
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.actors_ties import known_from

_SHIFT = 0.2  # of probability: a smaller move of control is no news
_TAKEN_BACK = (DecisionKind.REJECT, DecisionKind.RETRACT)


@dataclass(frozen=True, slots=True)
class Because:
    """The report behind a change: the claim ("" for none), who published it and when."""

    claim: str
    source: str
    filing: Filing | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise than on the earlier day. `was` and `now_is` are in words, "" where there was or is
    nothing; `row` is the incident, where it is about one; `path` the address of what changed."""

    title: str
    was: str
    now_is: str
    path: str
    because: tuple[Because, ...] = ()
    row: IncidentRow | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two views: its world, its incidents in a line, control and restrictions."""

    seen: Seen
    rows: Sequence[IncidentRow]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed, by sort."""

    incidents: tuple[Change, ...]
    figures: tuple[Change, ...]
    control: tuple[Change, ...]
    restrictions: tuple[Change, ...]
    ties: tuple[Change, ...]
    retractions: tuple[Change, ...]

    @property
    def total(self) -> int:
        """How many lines there are."""
        sorts = (self.incidents, self.figures, self.control, self.restrictions, self.ties, self.retractions)
        return sum(len(sort) for sort in sorts)


def changes_between(then: Side, now: Side) -> Changes:
    """What changed from the earlier view to the later one."""
    new, figures = _incidents(then, now)
    return Changes(
        incidents=tuple(sorted(new, key=lambda c: -(c.row.killed_best or 0) if c.row else 0)),
        figures=tuple(figures),
        control=tuple(_control(then, now)),
        restrictions=tuple(_restrictions(then, now)),
        ties=tuple(_ties(now.seen.case, then.seen.snapshot.as_of, now.seen.snapshot.as_of)),
        retractions=tuple(_retractions(then, now)),
    )


def _incidents(then: Side, now: Side) -> tuple[list[Change], list[Change]]:
    """Incidents that nobody had told of, and those whose best estimate is another."""
    new, figures = [], []
    before = {row.id: row for row in then.rows}
    homes = then.seen.world.home
    for row in now.rows:
        claims = now.seen.world.incident(row.id).claims
        old = [before[home] for home in dict.fromkeys(homes[c] for c in claims if c in homes) if home in before]
        fresh = [now.seen.world.claims[c] for c in claims if c not in then.seen.world.claims]
        path = f"/incidents/{row.id}"
        if not old:
            new.append(Change("", "", "", path, _because(now.seen, fresh[:2]), row))
            continue
        was = {one.killed_best for one in old}
        if row.killed_best not in was:
            counted = [claim for claim in fresh if claim.casualties]
            text = ", ".join(_figure(one) for one in sorted(was, key=lambda n: n or 0))
            because = _because(now.seen, counted[:3] or fresh[:1])
            figures.append(Change("", text, _figure(row.killed_best), path, because, row))
    return new, figures


def _figure(value: int | None) -> str:
    return "no figure" if value is None else f"{value:,}"


def _because(seen: Seen, claims: Sequence[Claim]) -> tuple[Because, ...]:
    found = []
    for claim in claims:
        filing = seen.world.reports[claim.document].filing
        found.append(Because(claim.id, source_name(find_source(seen.case, filing.source), filing), filing))
    return tuple(found)


def _control(then: Side, now: Side) -> Iterator[Change]:
    before = {strip.place: _last(then.ground, n) for n, strip in enumerate(then.ground.control)}
    for n, strip in enumerate(now.ground.control):
        (was, sure), (is_now, surer) = before.get(strip.place, ("", 0.0)), _last(now.ground, n)
        if was != is_now or (is_now and abs(surer - sure) >= _SHIFT):
            known = [now.seen.world.claims[id] for id in strip.claims if id in now.seen.world.claims]
            fresh = [claim for claim in known if claim.id not in then.seen.world.claims]
            path = f"/claims/{strip.claims[0]}" if strip.claims else "/map"
            yield Change(
                strip.name, _held(was, sure), _held(is_now, surer), path, _because(now.seen, (fresh or known)[:2])
            )


def _last(ground: Ground, n: int) -> tuple[str, float]:
    strip = ground.control[n]
    if not strip.holder or strip.holder[-1] < 0:
        return "", 0.0
    return ground.holders[strip.holder[-1]], strip.probability[-1]


def _held(holder: str, sure: float) -> str:
    return f"{holder} ({sure:.2f})" if holder else "not known"


def _restrictions(then: Side, now: Side) -> Iterator[Change]:
    before = {(one.place, one.family, one.first): one for one in then.ground.restrictions}
    for one in now.ground.restrictions:
        old = before.get((one.place, one.family, one.first))
        known = [now.seen.world.claims[id] for id in one.claims if id in now.seen.world.claims]
        fresh = [claim for claim in known if claim.id not in then.seen.world.claims]
        title = f"{one.name}: {one.kind.replace('_', ' ')}"
        path = f"/claims/{one.claims[0]}" if one.claims else "/map"
        if old is None and fresh:
            begun = "begun" if one.last is None else "begun and ended"
            yield Change(title, "", begun, path, _because(now.seen, fresh[:2]))
        elif old is not None and (old.last is None) != (one.last is None):
            yield Change(title, _until(old), _until(one), path, _because(now.seen, (fresh or known)[-2:]))


def _until(one: InForce) -> str:
    return "no end known" if one.last is None else "ended"


def _ties(case: Case, since: date, as_of: date) -> Iterator[Change]:
    for actor in case.actors:
        for tie in actor.ties:
            known = known_from(tie.published)
            if known and since < known <= as_of:
                title = f"{actor.name}: {tie.kind.value} → {actor_name(case, tie.other)}"
                because = tuple(Because("", source, None) for source in tie.sources[:2])
                yield Change(title, "", str(known), f"/actors/{actor.id}", because)


def _retractions(then: Side, now: Side) -> Iterator[Change]:
    """What was taken out of the record: by a person's decision, or because its document is gone."""
    held = {claim.id for report in now.seen.reports for claim in report.claims}
    for id, claim in then.seen.world.claims.items():
        if id not in held:
            words = then.seen.world.text(claim)
            yield Change(words[:160], "", "its document is no longer filed", "", _because(then.seen, [claim]))
    for decision in _decided(then, now).values():
        yield Change(decision[0][:160], "", decision[1], decision[2])


def _decided(then: Side, now: Side) -> Mapping[str, tuple[str, str, str]]:
    first = then.seen.snapshot.as_of
    return {
        one.id: (one.quote or one.subject, f"{one.kind.value} by {one.by}: {one.why or 'no reason given'}", "/review")
        for one in now.seen.snapshot.decisions()
        if one.kind in _TAKEN_BACK and not one.undoes and one.made and one.made.date() > first
    }
