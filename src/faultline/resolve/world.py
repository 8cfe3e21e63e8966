"""Turns claims and decisions into one world of incidents. Invariant: it is a function of what the snapshot sees and of
what people decided; a machine merge carries its probability and is never stored as truth."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from faultline.case import Case
from faultline.record.claim import Claim
from faultline.record.days import Days
from faultline.record.decision import Decision, Incident, decision_id
from faultline.record.errors import NotFoundError, UsageError
from faultline.record.place import Place
from faultline.record.vocabulary import DecisionKind
from faultline.resolve.anchor import anchor
from faultline.resolve.certainty import Near, hangs_by, joins, nearness
from faultline.resolve.corrected import correct
from faultline.resolve.folding import Within, folded
from faultline.resolve.happening import Happening
from faultline.resolve.identity import aliases, founder, incident_id
from faultline.resolve.judged import Judged, Pair, judge, pair
from faultline.resolve.linking import Linked, Linker, bonds, bound
from faultline.resolve.part_of import PROBABILITY, Part, parts_of
from faultline.resolve.parties import Parties
from faultline.resolve.reading import Readings
from faultline.resolve.report import Report
from faultline.resolve.said import days_said_most, places_said_most
from faultline.resolve.spread import Spread, kept_apart, one_whole
from faultline.resolve.telling import Told


@dataclass(frozen=True)
class World:
    """What happened by all that was said of it.

    `incidents` stand by first day (unknown last) and id; `members` holds the tellings of each, in order of publication,
    and `views` each telling as one, in the same order; `claims` those in view that nobody rejected, as corrected;
    `links` the probability of each compared pair of tellings, by the ids of their lead claims; `merges` the machine's
    decisions behind the incidents, `certain` the ids of those that are shown as certain; `lost` the decisions whose
    claim is gone or whose value fits nothing.
    """

    case: Case
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    incidents: tuple[Incident, ...]
    members: Mapping[str, tuple[Told, ...]]
    views: Mapping[str, tuple[Happening, ...]]
    links: Mapping[Pair, float]
    merges: tuple[Decision, ...]
    certain: frozenset[str]
    parts: tuple[Part, ...]
    judged: Judged
    lost: tuple[Decision, ...]
    model: str

    def incident(self, id: str) -> Incident:
        """The incident that answers to an id: its own, that of an incident merged into it, or a claim of it.

        Raises NotFoundError.
        """
        found = self._by_id.get(self._aliases.get(id, "")) or self._by_id.get(self.home.get(id, ""))
        if found is None:
            raise NotFoundError(f"incident {id}", "nothing", "an id of an incident or of a claim in one")
        return found

    def children(self, id: str) -> tuple[Incident, ...]:
        """The parts of an incident, by first day."""
        return self._children.get(id, ())

    def merges_in(self, id: str) -> tuple[Decision, ...]:
        """The machine's decisions behind an incident."""
        return self._merges.get(id, ())

    def certainty_of(self, id: str) -> float | None:
        """The probability of the weakest link by which an incident hangs together, people's being 1; None where the
        machine joined nothing in it."""

        def link(one: str, other: str) -> float:
            key = pair(one, other)
            return 1.0 if key in self._held_together else self.links.get(key, 0.0)

        return hangs_by([view.id for view in self.views[id]], link) if self.merges_in(id) else None

    def also(self, id: str) -> tuple[str, ...]:
        """The other ids that an incident answers to, sorted."""
        return tuple(sorted(name for name, own in self._aliases.items() if own == id and name != id))

    def text(self, claim: Claim) -> str:
        """The words under a claim."""
        return claim.span.of(self.reports[claim.document].text)

    def find_place(self, id: str) -> Place | None:
        """The place of that id; None where the case does not know it."""
        try:
            return self.case.place(id)
        except NotFoundError:
            return None

    @cached_property
    def home(self) -> Mapping[str, str]:
        """The incident of each claim that feeds one."""
        return {claim: incident.id for incident in self.incidents for claim in incident.claims}

    @cached_property
    def leads(self) -> Mapping[str, str]:
        """The id under which the telling of each claim was compared: that of its lead claim."""
        return {
            h.id: view.id
            for key, tellings in self.members.items()
            for parts, view in zip(tellings, self.views[key], strict=True)
            for h in parts
        }

    @cached_property
    def parties(self) -> Parties:
        """Who speaks for whom in the case."""
        return Parties(self.case)

    @cached_property
    def _held_together(self) -> frozenset[Pair]:
        return bonds(self.judged, self.leads)[0]

    @cached_property
    def _by_id(self) -> Mapping[str, Incident]:
        return {incident.id: incident for incident in self.incidents}

    @cached_property
    def _aliases(self) -> Mapping[str, str]:
        return aliases({key: [h for told in tellings for h in told] for key, tellings in self.members.items()})

    @cached_property
    def _merges(self) -> Mapping[str, tuple[Decision, ...]]:
        found: dict[str, tuple[Decision, ...]] = {}
        for merge in self.merges:
            home = self.home[merge.subject]
            found[home] = (*found.get(home, ()), merge)
        return found

    @cached_property
    def _children(self) -> Mapping[str, tuple[Incident, ...]]:
        found: dict[str, tuple[Incident, ...]] = {}
        for incident in self.incidents:
            if incident.part_of:
                found[incident.part_of] = (*found.get(incident.part_of, ()), incident)
        return found


def resolve(
    case: Case,
    reports: Sequence[Report],
    decisions: Iterable[Decision],
    linker: Linker,
    readings: Readings | None = None,
) -> World:
    """The world by the claims of the reports and the decisions, in the order of recording, that stand.

    The order of the reports plays no part, nor does what `readings` and the linker have kept from other runs. A
    correction that does not fit its slot is lost, and comes back to the reviewer.
    """
    ordered = sorted(reports, key=lambda report: report.document)
    anchored = anchor(decisions, ordered)
    fitting, unfit = _fitting(anchored.decisions, ordered)
    judged = judge(fitting)
    read = (readings or Readings()).of(case, ordered, judged)
    fed, told = [one.report for one in read], [parts for one in read for parts in one.told]
    views = [view for one in read for view in one.views]
    leads = {h.id: view.id for view, parts in zip(views, told, strict=True) for h in parts}
    claims = {claim.id: claim for report in fed for claim in report.claims}
    spread = {lead: places for one in read for lead, places in one.spread.items()}
    same, apart = bonds(judged, leads)
    apart |= kept_apart(views, spread) - same
    wholes = one_whole(views, spread) - apart
    linked = linker(views, same | wholes, apart)
    linked = replace(linked, links={**linked.links, **dict.fromkeys(wholes, PROBABILITY)})
    ids = [view.id for view in views]
    within = Within(
        {report.document: report for report in fed},
        dict(zip(ids, told, strict=True)),
        dict(zip(ids, views, strict=True)),
    )
    groups = bound(folded(linked, ids, within, apart), ids, same | wholes, apart)
    members = _members(groups, told)
    views_of = {key: tuple(within.views[leads[parts[0].id]] for parts in tellings) for key, tellings in members.items()}
    homes = {h.id: key for key, tellings in members.items() for parts in tellings for h in parts}
    parts = parts_of(views_of, homes, judged, spread)
    near = nearness(linked.links, linked.copies, apart)
    merges = [merge for key in sorted(views_of) for merge in _merges(views_of[key], near, linked, same)]
    return World(
        case=case,
        reports={report.document: report for report in fed},
        claims=claims,
        incidents=_incidents(members, views_of, {part.part: part.whole for part in parts}, (same, spread)),
        members=members,
        views=views_of,
        links=linked.links,
        merges=tuple(merge for merge, _ in merges),
        certain=frozenset(merge.id for merge, margin in merges if margin >= linked.sure),
        parts=parts,
        judged=judged,
        lost=(*anchored.lost, *unfit),
        model=linked.model,
    )


def _fitting(decisions: Iterable[Decision], reports: Iterable[Report]) -> tuple[list[Decision], list[Decision]]:
    """The decisions, and the corrections among them whose value fits no slot of the claim as it is read now."""
    claims = {claim.id: claim for report in reports for claim in report.claims}
    kept: list[Decision] = []
    unfit: list[Decision] = []
    for decision in decisions:
        claim = claims.get(decision.subject)
        if decision.kind is DecisionKind.CORRECT and not decision.undoes and claim:
            try:
                correct(claim, decision)
            except UsageError:
                unfit.append(decision)
                continue
        kept.append(decision)
    return kept, unfit


def _members(groups: Iterable[Sequence[int]], told: Sequence[Told]) -> dict[str, tuple[Told, ...]]:
    """The tellings of each incident in order of publication, by the incident's id."""
    found = {}
    for group in groups:
        tellings = [told[n] for n in group]
        first = founder(h for parts in tellings for h in parts)
        ordered = sorted(tellings, key=lambda parts: (_arrival(parts), parts[0].id))
        found[incident_id(first.id)] = tuple(ordered)
    return dict(sorted(found.items()))


def _arrival(parts: Told) -> tuple[bool, object]:
    day = parts[0].published.last_day or parts[0].published.first_day
    return day is None, day.toordinal() if day else 0


def _incidents(
    members: Mapping[str, tuple[Told, ...]],
    views: Mapping[str, Sequence[Happening]],
    wholes: Mapping[str, str],
    given: tuple[frozenset[Pair], Spread],
) -> tuple[Incident, ...]:
    same, spread = given
    made = [
        Incident(
            id=key,
            claims=tuple(h.id for parts in tellings for h in parts),
            days=days_said_most(views[key]),
            places=_listed(views[key], spread) or places_said_most(views[key]),
            part_of=wholes.get(key, ""),
            provisional=_provisional([view.id for view in views[key]], same),
        )
        for key, tellings in members.items()
    ]
    return tuple(sorted(made, key=lambda one: (_first(one.days), one.id)))


def _listed(views: Iterable[Happening], spread: Spread) -> tuple[str, ...]:
    """The longest list of places that one telling gives for what happened at several at once; () for none."""
    lists = sorted((spread[view.id] for view in views if view.id in spread), key=lambda places: (-len(places), places))
    return lists[0] if lists else ()


def _first(days: Days) -> date:
    return days.first_day or days.last_day or date.max


def _provisional(ids: Sequence[str], same: frozenset[Pair]) -> bool:
    """Whether the tellings hang together by more than what people decided."""
    reached, waiting = {ids[0]}, [ids[0]]
    while waiting:
        one = waiting.pop()
        for other in ids:
            if other not in reached and pair(one, other) in same:
                reached.add(other)
                waiting.append(other)
    return len(reached) < len(set(ids))


def _merges(
    views: Sequence[Happening], near: Near[str], linked: Linked, same: frozenset[Pair]
) -> Iterator[tuple[Decision, float]]:
    """The machine's part in an incident, with the margin of each merge: each later telling is joined to the one that it
    is likest to."""
    ids = [view.id for view in views]
    for join in joins(ids, near):
        if any(pair(join.one, other) in same for other in ids):
            continue
        decision = Decision(
            id="",
            kind=DecisionKind.SAME_AS,
            subject=join.one,
            object=join.to,
            why="average link over the pairs of tellings",
            probability=linked.links.get(pair(join.one, join.to)),
            model=linked.model,
        )
        yield replace(decision, id=decision_id(decision)), join.margin
