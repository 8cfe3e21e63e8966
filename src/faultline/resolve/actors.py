"""Turns a name in its surroundings into the actors that it may mean. Invariant: a name that fits two actors stays open
with both probabilities, and every weight is told in the reason."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import prod

from faultline.case import Case
from faultline.case.names import name_key
from faultline.record.actor import Actor, Alias
from faultline.record.days import Days
from faultline.record.text import Candidate
from faultline.resolve.actors_ties import in_view

# How much likelier a reading becomes; chosen by hand, not learned: no labelled ambiguous names are at hand.
FORMER_NAME = 0.3  # the name was given up before the day
OTHER_LANGUAGE = 0.5  # the name belongs to another language
COMPANY = 4.0  # an actor that it is tied to stands beside it
ENEMY_COMPANY = 2.0  # one that it is in rivalry with does: enemies are named together, but so are strangers
SIDE = 2.0  # the text speaks for its side
PEOPLE = 3.0  # words for its people, or a place that stands for it, stand beside it


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a name stands: days of what is told (or of publication), language of the text (ISO 639-1), ids of actors
    beside it, other words beside it, the side that the source speaks for, and as of when ties are known."""

    days: Days = Days()
    language: str = ""
    company: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    side: str = ""
    as_of: date | None = None


def who(case: Case, name: str, where: Surroundings | None = None) -> tuple[Candidate, ...]:
    """The actors that the name may mean, likeliest first, with probabilities (they sum to 1) and their reasons; () for
    a name that nobody had on those days or before."""
    where = where or Surroundings()
    found = []
    for candidate in case.actor_candidates(name, where.days):
        weighed = list(_weights(case.actor(candidate.id), name, where))
        reasons = "; ".join([candidate.reason, *(f"{reason} (x{weight:g})" for weight, reason in weighed)])
        found.append((prod(weight for weight, _ in weighed), candidate.id, reasons))
    total = sum(weight for weight, _, _ in found)
    ranked = sorted(found, key=lambda f: (-f[0], f[1]))
    return tuple(Candidate(actor, weight / total, reason) for weight, actor, reason in ranked)


def _weights(actor: Actor, name: str, where: Surroundings) -> Iterator[tuple[float, str]]:
    aliases = [alias for alias in actor.aliases if name_key(alias.name) == name_key(name)]
    if aliases and not any(alias.days.overlaps(where.days) for alias in aliases):
        yield FORMER_NAME, "its name before"
    if aliases and where.language and not _spoken(aliases, where.language):
        yield OTHER_LANGUAGE, f"not its name in {where.language}"
    friends, enemies = _company(actor, where)
    yield from ((COMPANY, f"beside {other}") for other in friends)
    yield from ((ENEMY_COMPANY, f"beside its rival {other}") for other in enemies)
    if where.side and where.side in (actor.id, actor.side):
        yield SIDE, "the source speaks for its side"
    keys = {name_key(word) for word in where.words}
    people = [word for word in (*actor.demonyms, *actor.metonyms) if name_key(word) in keys]
    if people:
        yield PEOPLE, f"beside {people[0]!r}"


def _spoken(aliases: Iterable[Alias], language: str) -> bool:
    return any(alias.language in ("", language) for alias in aliases)


def _company(actor: Actor, where: Surroundings) -> tuple[list[str], list[str]]:
    """Those beside the name to whom it is bound, and those with whom it is in rivalry, on those days."""
    tied = {
        tie.other: tie.kind.value for tie in actor.ties if in_view(tie, where.as_of) and tie.days.overlaps(where.days)
    }
    beside = [other for other in dict.fromkeys(where.company) if other in tied]
    return [o for o in beside if tied[o] != "rivalry"], [o for o in beside if tied[o] == "rivalry"]
