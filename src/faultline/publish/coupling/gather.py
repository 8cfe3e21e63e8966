"""Turns articles, claims of arrows and findings into the coupled system of a case. Invariant: every asserted link keeps
its sentences and who says them; an end that no concept names is kept from an article, unless it is a name, and left
out, counted, from reports."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from faultline.case import Case
from faultline.coding.system.concepts import built_in, node_names
from faultline.evidence import Snapshot
from faultline.examine.links import measures_of_node, state_of, weighed
from faultline.measure import Sight
from faultline.model.links import VIOLENCE, asserted, loops_among, measured, ordered, violence_of
from faultline.model.system import map_of
from faultline.publish.citing import Citer
from faultline.publish.figure.mapped import Article
from faultline.publish.words import counted, speaker
from faultline.record.claim import Claim
from faultline.record.finding import Finding
from faultline.record.links import Coupled, Link, Node, Said
from faultline.record.system import Arrow
from faultline.record.vocabulary import SlotName

# The mechanisms and states of DESIGN that every case has, named as concepts are; places and parties come from the case.
LEVELS = (
    "armed_coordination",
    "external_backing",
    "external_losses",
    "information_pressure",
    "control",
    "talks",
    "restrictions",
    "legitimacy",
    "violence",
)
CONTROL = "control"
_LITTLE = 3  # letters of "of", "the", "des"
_NAMED = re.compile(r"\{([^{}]+)\}")
_Told = tuple[Arrow, Said]


@dataclass(frozen=True)
class Gathered:
    """What is said and what was found: `articles` as read, `claims` of reports that carry arrows, `findings`."""

    sight: Sight
    articles: Sequence[Article] = ()
    claims: Sequence[Claim] = ()
    findings: Sequence[Finding] = ()
    assumed: Sequence[Link] = ()


def claims_with_arrows(sight: Sight) -> tuple[Claim, ...]:
    """The curated claims in view that carry an arrow."""
    return tuple(claim for claim in sight.claims if any(slot.name is SlotName.ARROW for slot in claim.slots))


def coupled_of(gathered: Gathered, snapshot: Snapshot) -> Coupled:
    """The coupled system: its nodes with what measures say of each, its links with their evidence, its loops."""
    case = gathered.sight.case
    concepts = {concept.id for concept in (*built_in(), *case.concepts)}
    reported, unnamed = _named_ends(_of_reports(gathered, snapshot), concepts)
    told, names_alone = _levels(pair for article in gathered.articles for pair in _of_article(article))
    frames = [frame.id for frame in (*case.frames, *(t.frame for t in gathered.sight.tables.values()))]
    systematic = {f.id for f in (*case.frames, *(t.frame for t in gathered.sight.tables.values())) if f.systematic}
    shown = measured(gathered.findings, [frame for frame in frames if frame in systematic])
    links = weighed((*shown, *asserted([*told, *reported]), *gathered.assumed), gathered.findings)
    groups = [group for article in gathered.articles for group in _mutual(article)]
    nodes = _nodes(gathered, links)
    names = {node.id: node.name for node in nodes}
    left = [f"{a.filing.title or a.filing.origin}: {line}" for a in gathered.articles for line in a.read.left_out]
    left += [f"{counted(unnamed, 'arrow')} of reports between ends that no concept names"] if unnamed else []
    if names_alone:
        left.append(f"{counted(names_alone, 'arrow')} of articles with a name for an end: who acts is no level")
    links = tuple(
        replace(link, evidence=_with_names(link.evidence, names), wanted=_with_names(link.wanted, names))
        for link in ordered(links)
    )
    return Coupled(case.id, nodes, links, loops_among(links, groups), tuple(left))


def level_names(case: Case, language: str = "en") -> dict[str, str]:
    """What each level is called, the case's own among them."""
    return node_names(language, case.concepts)


def _of_article(article: Article) -> Iterator[_Told]:
    filing = article.filing
    for arrow in map_of(article.read.claims).arrows:
        claim = next(claim for claim in article.read.claims if claim.id == arrow.claim)
        words = " ".join(article.read.around(arrow.span).of(article.document.text).split())
        title = filing.title or filing.origin
        yield arrow, _said(arrow, claim, (title, str(filing.published), words))


def _of_reports(gathered: Gathered, snapshot: Snapshot) -> Iterator[_Told]:
    claims = {claim.id: claim for claim in gathered.claims}
    citer = Citer(gathered.sight.case, snapshot)
    for arrow in map_of(gathered.claims).arrows:
        cited = citer.cite(claims[arrow.claim])
        title = cited.filing.title or cited.source_name
        yield arrow, _said(arrow, cited.claim, (title, str(cited.filing.published), cited.excerpt.words))


def _said(arrow: Arrow, claim: Claim, where: tuple[str, str, str]) -> Said:
    title, published, words = where
    who = " < ".join(speaker(claim.speaker))
    return Said(who, title, published, arrow.status, arrow.sign, words, arrow.document, arrow.claim, arrow.span)


def _named_ends(told: Iterable[_Told], concepts: set[str]) -> tuple[list[_Told], int]:
    """The arrows between concepts, and how many others there were: an end by its own noun may be a person's name."""
    pairs = list(told)
    kept = [pair for pair in pairs if {pair[0].cause.node, pair[0].effect.node} <= concepts]
    return kept, len(pairs) - len(kept)


def _levels(told: Iterable[_Told]) -> tuple[list[_Told], int]:
    """The arrows whose ends are both levels, and how many others there were."""
    pairs = list(told)
    kept = [pair for pair in pairs if not (_is_name(pair[0].cause.node) or _is_name(pair[0].effect.node))]
    return kept, len(pairs) - len(kept)


def _is_name(node: str) -> bool:
    """Whether every word of an end but little ones has a capital: a person, a force or a country."""
    words = [word for word in node.split() if len(word) > _LITTLE]
    return bool(words) and all(word[0].isupper() for word in words)


def _mutual(article: Article) -> Iterator[frozenset[str]]:
    return (frozenset(loop.nodes) for loop in map_of(article.read.claims).loops if loop.mutual)


def _nodes(gathered: Gathered, links: Iterable[Link]) -> tuple[Node, ...]:
    """The levels of DESIGN, the followed places, the marks of violence, then every other end of a link."""
    sight = gathered.sight
    findings = {one.measure: one for one in gathered.findings}
    names = level_names(sight.case)
    made = [Node(level, names[level], "level", state_of(level, findings), measures_of_node(level)) for level in LEVELS]
    made += [_place(gathered, place) for place in sight.declared.places]
    marks = [mark.name for mark in sight.declared.marks]
    for id in dict.fromkeys([*map(violence_of, marks), *(end for link in links for end in (link.cause, link.effect))]):
        if id not in {node.id for node in made}:
            form = VIOLENCE if id.startswith(f"{VIOLENCE}:") else "level"
            name = f"violence: {id.partition(':')[2]}" if form == VIOLENCE else names.get(id, id)
            made.append(Node(id, name, form, state_of(id, findings), measures_of_node(id)))
    return tuple(made)


def _place(gathered: Gathered, place: str) -> Node:
    """A followed place with the row of it that the measure of control gives."""
    name = gathered.sight.case.place(place, gathered.sight.as_of).name
    found = next((one for one in gathered.findings if one.measure == CONTROL), None)
    row = next((row for row in found.rows if row.subject == name), None) if found else None
    said = f"{row.name}, {row.statistic:.2f}; {row.note}" if row and row.statistic is not None else ""
    return Node(f"{CONTROL}:{place}", f"control of {name}", CONTROL, said, (CONTROL,))


def _with_names(text: str, names: dict[str, str]) -> str:
    return _NAMED.sub(lambda match: names.get(match[1], match[1]), text)
