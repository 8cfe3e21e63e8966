"""Checks actors against each other: ids, ties, offices, shared names. Invariant: a name leads to one actor on a day,
unless it is declared ambiguous."""

from collections.abc import Iterator
from dataclasses import dataclass

from faultline.case.folder import ACTORS, Rows
from faultline.case.names import name_key
from faultline.case.problem import Problems, shown
from faultline.case.references import References
from faultline.case.rows import ActorRow, AliasRow, TieRow
from faultline.record.days import Days


def check_actors(rows: Rows, references: References, problems: Problems) -> None:
    """Notes unknown ids in ties and offices, ties to oneself, ties without source, names that two actors share."""
    for actor in rows.actors.rows:
        for alias in actor.aliases:
            references.check_source(alias, "source", alias.source)
        for tie in actor.ties:
            _check_tie(actor, tie, rows, references, problems)
        for office in actor.offices:
            references.check_id(office, "holder", office.holder, rows.actors.ids, ACTORS)
            references.check_sources(office, office.sources)
    check_shared_names(rows.actors.rows, problems)


def _check_tie(actor: ActorRow, tie: TieRow, rows: Rows, references: References, problems: Problems) -> None:
    references.check_id(tie, "other", tie.other, rows.actors.ids, ACTORS)
    references.check_sources(tie, tie.sources)
    if tie.other == actor.id:
        problems.add(tie.where("other"), f"a tie of {actor.id} to itself", "another actor", "Correct the id.")
    if not tie.sources:
        way_out = "Add sources: [id or address]; a tie without one cannot be defended."
        problems.warn(tie.where(), "a tie without sources", "at least one source", way_out)


@dataclass(frozen=True)
class _Use:
    """One actor's use of a name."""

    actor: str
    where: str
    name: str
    days: Days
    ambiguous: bool


def check_shared_names(actors: tuple[ActorRow, ...], problems: Problems) -> None:
    """Notes each name that two actors have on one day while neither of the two says `ambiguous: true`. An actor's own
    name is valid always, unless an alias of the same name dates it."""
    uses: dict[str, list[_Use]] = {}
    for actor in actors:
        for use in _uses(actor):
            uses.setdefault(name_key(use.name), []).append(use)
    for same in uses.values():
        for n, use in enumerate(same):
            other = next((o for o in same[:n] if _clash(o, use)), None)
            if other:
                got = f"the name {shown(use.name)} for {use.actor}, which is {other.actor} too ({other.where})"
                way_out = "Give both as dated aliases, or add ambiguous: true to an alias to leave it open."
                problems.add(use.where, got, "one actor for a name on a day", way_out)


def _clash(a: _Use, b: _Use) -> bool:
    return a.actor != b.actor and not (a.ambiguous or b.ambiguous) and a.days.overlaps(b.days)


def _uses(actor: ActorRow) -> Iterator[_Use]:
    if name_key(actor.name) not in {name_key(alias.name) for alias in actor.aliases}:
        yield _Use(actor.id, actor.where("name"), actor.name, Days(), False)
    for alias in actor.aliases:
        yield _use(actor, alias)


def _use(actor: ActorRow, alias: AliasRow) -> _Use:
    days = alias.days
    return _Use(actor.id, alias.where("name"), alias.name, days, alias.ambiguous)
