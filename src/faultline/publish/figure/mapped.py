"""Turns articles that were read into one map with its sentences. Invariant: every arrow carries the sentence that
states it, and every sentence that was not read is counted with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from faultline.coding.system.concepts import node_names
from faultline.coding.system.read import SystemRead
from faultline.model.system import map_of
from faultline.record.system import Arrow, Concept, Sign, SystemMap
from faultline.record.text import Document, Filing

T = TypeVar("T", Arrow, Sign)


@dataclass(frozen=True, slots=True)
class Article:
    """A document with what was read in it."""

    document: Document
    filing: Filing
    read: SystemRead


@dataclass(frozen=True, slots=True)
class Named:
    """A document of a map, as a heading names it."""

    document: str
    title: str
    origin: str
    published: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map of articles: `system` with the sentence of each arrow and sign in its `words`, `names` what its nodes are
    called, `language` of most of the text, `left_out` what was not read and why, a line each."""

    case: str
    system: SystemMap
    names: tuple[tuple[str, str], ...]
    articles: tuple[Named, ...]
    language: str = "en"
    left_out: tuple[str, ...] = ()

    def name(self, node: str) -> str:
        """What the node is called."""
        return dict(self.names).get(node, node)


def mapped_of(articles: Sequence[Article], concepts: tuple[Concept, ...] = (), case: str = "") -> Mapped:
    """The map of all articles together, in their order; `concepts` are the case's own."""
    by_id = {article.document.id: article for article in articles}
    system = map_of(claim for article in articles for claim in article.read.claims)
    arrows = tuple(_with_words(arrow, by_id) for arrow in system.arrows)
    signs = tuple(_with_words(sign, by_id) for sign in system.signs)
    spoken = [article.read.language for article in articles if article.read.language]
    language = max(sorted(set(spoken)), key=spoken.count, default="en")
    names = node_names(language, concepts)
    shown = dict.fromkeys([*system.nodes, *(level.node for s in signs for level in (s.sign, s.of))])
    return Mapped(
        case,
        replace(system, arrows=arrows, signs=signs),
        tuple((node, names.get(node, node)) for node in shown),
        tuple(_named(article) for article in articles),
        language,
        tuple(f"{_title(article)}: {line}" for article in articles for line in article.read.left_out),
    )


def _named(article: Article) -> Named:
    filing = article.filing
    return Named(article.document.id, _title(article), filing.origin, str(filing.published))


def _title(article: Article) -> str:
    return article.filing.title or Path(article.filing.origin).stem.replace("-", " ")


def _with_words(found: T, articles: dict[str, Article]) -> T:
    article = articles[found.document]
    return replace(found, words=" ".join(article.read.around(found.span).of(article.document.text).split()))
