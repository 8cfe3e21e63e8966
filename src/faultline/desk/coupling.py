"""The coupled system of a case: what articles and reports assert, what measures show of it, what a scenario assumes.
Invariant: nothing is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from faultline.case import load_scenario
from faultline.desk.measuring import EventsFile, sight_of
from faultline.desk.opened import Desk
from faultline.evidence import Snapshot
from faultline.examine.links import measures_of_nodes
from faultline.measure import MEASURES, Sight, run
from faultline.model.links import assumed
from faultline.model.system import map_of
from faultline.publish.coupling.gather import LEVELS, Gathered, claims_with_arrows, coupled_of
from faultline.publish.figure.articles import read_articles
from faultline.publish.figure.mapped import Article
from faultline.record.finding import Finding
from faultline.record.links import Coupled
from faultline.record.text import Filing

EXAMINED = "examine"  # the folder of a case with articles, in our own words
_NO_ARTICLE = "readme"


@dataclass(frozen=True, slots=True)
class Sources:
    """What is read beside the case: `articles` (none: those of the case's examine/ folder), how they are filed, an
    event `table` from outside, a `scenario` whose assumptions are drawn as arrows."""

    articles: tuple[Path, ...] = ()
    filing: Filing = Filing(origin="", document="")
    table: EventsFile | None = None
    scenario: Path | None = None


def coupled(desk: Desk, snapshot: Snapshot, sources: Sources) -> Coupled:
    """The system as of the snapshot's day. Raises InputError where an article or the table cannot be read."""
    return coupled_in(desk, sight_of(desk, snapshot, sources.table), snapshot, sources)


def coupled_in(
    desk: Desk, sight: Sight, snapshot: Snapshot, sources: Sources, known: Sequence[Finding] = ()
) -> Coupled:
    """The same of what is seen already; `known` findings are not worked out again."""
    files = sources.articles or _examined(desk)
    articles = read_articles(files, sources.filing, desk.case)
    claims = claims_with_arrows(sight)
    nodes = [*LEVELS, *_ends(articles)]
    wanted = set(measures_of_nodes(nodes))
    there = [one for one in known if one.measure in wanted]
    missing = wanted - {one.measure for one in there}
    findings = (*there, *run([one for one in MEASURES if one.name in missing], sight))
    supposed = assumed(load_scenario(sources.scenario, desk.case)) if sources.scenario else ()
    return coupled_of(Gathered(sight, articles, claims, findings, supposed), snapshot)


def _ends(articles: Sequence[Article]) -> list[str]:
    found = [arrow for article in articles for arrow in map_of(article.read.claims).arrows]
    return [end for arrow in found for end in (arrow.cause.node, arrow.effect.node)]


def _examined(desk: Desk) -> tuple[Path, ...]:
    folder = desk.case.folder / EXAMINED
    return tuple(path for path in sorted(folder.glob("*.md")) if path.stem.lower() != _NO_ARTICLE)
