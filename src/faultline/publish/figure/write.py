"""Writes a map to a file: SVG, a page with its sentences, JSON, or GraphML. Invariant: the ending of the file chooses
the form, and the file appears whole or not at all."""

import io
import json
from dataclasses import dataclass, replace
from pathlib import Path

import networkx as nx

from faultline.case.whole import write_whole
from faultline.publish.figure.mapped import Mapped
from faultline.publish.figure.page import page_of
from faultline.publish.figure.svg import Picture, draw_svg
from faultline.publish.figure.wording import wording_of
from faultline.record.envelope import envelope
from faultline.record.errors import UsageError

FORMATS = (".svg", ".html", ".json", ".graphml")


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """`title` of the figure, "" for that of the articles; `sentences`: whether the articles' own words may stand in
    the file, which their rights may forbid."""

    title: str = ""
    sentences: bool = True


def write_map(mapped: Mapped, to: Path, options: FigureOptions | None = None) -> Path:
    """The path of the file written, UTF-8. Raises UsageError for an ending that is no form, OSError where the file
    cannot be written."""
    options = options or FigureOptions()
    if to.suffix.lower() not in FORMATS:
        raise UsageError(str(to), f"the ending {to.suffix!r}", f"one of {', '.join(FORMATS)}")
    text = _text(mapped if options.sentences else without_sentences(mapped), to.suffix.lower(), options)
    return write_whole(to, text)


def without_sentences(mapped: Mapped) -> Mapped:
    """The same map without a word of its articles but the names of its nodes."""
    arrows = tuple(replace(arrow, words="") for arrow in mapped.system.arrows)
    signs = tuple(replace(sign, words="") for sign in mapped.system.signs)
    return replace(mapped, system=replace(mapped.system, arrows=arrows, signs=signs))


def title_of(mapped: Mapped, options: FigureOptions) -> str:
    """The title asked for, else the titles of the articles."""
    return options.title or ", ".join(article.title for article in mapped.articles)


def _text(mapped: Mapped, form: str, options: FigureOptions) -> str:
    title = title_of(mapped, options)
    if form == ".json":
        return json.dumps(envelope(Mapped, mapped.case, [mapped]), ensure_ascii=False, indent=1) + "\n"
    if form == ".graphml":
        return _graphml(mapped)
    if form == ".html":
        return page_of(mapped, title)
    words = tuple(arrow.words for arrow in mapped.system.arrows)
    return draw_svg(mapped.system, Picture(title, dict(mapped.names), words, wording_of(mapped.language)))


def _graphml(mapped: Mapped) -> str:
    """A directed multigraph: nodes with their names; edges with sign (1, -1, 0), status, kind, sentence, document."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in mapped.system.nodes:
        graph.add_node(node, label=mapped.name(node))
    for arrow in mapped.system.arrows:
        said = {"sign": arrow.sign, "status": arrow.status.value, "kind": arrow.kind.value, "words": arrow.words}
        where = {"document": arrow.document, "start": arrow.span.start, "end": arrow.span.end}
        graph.add_edge(arrow.cause.node, arrow.effect.node, **said, **where)
    out = io.BytesIO()
    nx.write_graphml(graph, out)
    return out.getvalue().decode("utf-8")
