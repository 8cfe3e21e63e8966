"""Writes the coupled system as GraphML and as a figure. Invariant: what leaves the desk carries no state of a place
and, where sentences are left out, no word of an article."""

import io
from dataclasses import replace
from pathlib import Path

import networkx as nx

from faultline.case.whole import write_whole
from faultline.publish.coupling.words import said_words, size_words
from faultline.publish.figure.svg import Picture, draw_svg
from faultline.publish.figure.wording import wording_of
from faultline.record.links import Coupled, Link
from faultline.record.system import SystemMap
from faultline.record.vocabulary import ArrowKind


def write_graphml(coupled: Coupled, to: Path, sentences: bool = True) -> Path:
    """The path of the file written: a directed multigraph with every node, and for each link its kind, sign, status,
    size, sentences and evidence."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in coupled.nodes:
        graph.add_node(node.id, label=node.name, form=node.form)
    for link in coupled.links:
        graph.add_edge(link.cause, link.effect, **_edge(link, sentences))
    out = io.BytesIO()
    nx.write_graphml(graph, out)
    write_whole(to, out.getvalue())
    return to


def _edge(link: Link, sentences: bool) -> dict[str, str | int | float]:
    made: dict[str, str | int | float] = {"kind": link.kind.value, "sign": link.sign, "status": link.status.value}
    made |= {"evidence": link.evidence, "wanted": link.wanted, "assumed": link.assumed}
    if sentences:
        made |= {"said": said_words(link.said), "disputed": said_words(link.disputed)}
    if link.size:
        made |= {"measured": size_words(link), "size": link.size.size, "low": link.size.low, "high": link.size.high}
    return made


def draw_coupled(
    coupled: Coupled, title: str = "", sentences: bool = True, linked: bool = False, language: str = "en"
) -> str:
    """The SVG of all links with both ends named; a memory of its own (↻) stands in its node. Nodes that no link touches
    are not drawn. `linked`: for a page that has its style and #link-N for each link; `language` of the picture's own
    words."""
    numbers = [n for n, link in enumerate(coupled.links) if link.cause != link.effect]
    drawn = [coupled.links[n] for n in numbers]
    arrows = tuple(link.arrow for link in drawn)
    ends = tuple(dict.fromkeys(end for link in coupled.links for end in (link.cause, link.effect)))
    own = {link.cause: f" ↻ {link.size.size:.2f}" for link in coupled.links if link.cause == link.effect and link.size}
    names = {node.id: node.name + own.get(node.id, "") for node in coupled.nodes}
    words = tuple(_hover(link, sentences) for link in drawn)
    picture = Picture(title or f"The system of {coupled.case}", names, words, wording_of(language))
    if linked:
        picture = replace(picture, link=lambda n: f"#link-{numbers[n]}", styled=False)
    return draw_svg(SystemMap(ends, arrows, coupled.loops), picture)


def _hover(link: Link, sentences: bool) -> str:
    """What a pointer over the link shows."""
    if link.kind is ArrowKind.MEASURED:
        return f"{size_words(link)}; {link.evidence}"
    if link.kind is ArrowKind.ASSUMED:
        return link.assumed
    said = "; ".join(f"{one.title}: {one.words}" for one in link.said) if sentences else ""
    return " · ".join(filter(None, (said, link.evidence)))
