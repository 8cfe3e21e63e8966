"""Turns the coupled system of a case into a section of a briefing: a figure with three kinds of arrow, and each in
words. Invariant: no kind stands for another, no sentence of an article leaves, and no place finer than may leave."""

from collections.abc import Iterable
from functools import partial

from faultline.publish.coupling.files import draw_coupled
from faultline.publish.coupling.terminal import loop_lines
from faultline.publish.coupling.words import SIGNS, size_words
from faultline.publish.export.leaving import Leaving
from faultline.publish.report.briefing import Picture, Section, Statement
from faultline.publish.report.raster import png_of
from faultline.publish.report.references import References
from faultline.publish.report.wording import say
from faultline.record.links import Coupled, Link
from faultline.record.vocabulary import ArrowKind

_MOST = 24  # arrows of one kind in words; all are drawn
_LOOPS = 8


def system_section(leaving: Leaving, coupled: Coupled, references: References) -> Section:
    """The measured, asserted and assumed arrows with the loops among them."""
    kept = leaving_system(leaving, coupled)
    said: list[Statement] = []
    for kind in ArrowKind:
        links = [link for link in kept.links if link.kind is kind]
        said.append(Statement(_counted(kind, links), lead=kind.value.capitalize()))
        said += [Statement(_told(kept, link), references.behind(_claims(link))) for link in links[:_MOST]]
    said += [Statement(f"{line}.", lead="Loop") for line in loop_lines(kept)[:_LOOPS]]
    pictures = (_picture(kept, leaving.case.title),) if kept.links else ()
    lost = len(coupled.links) - len(kept.links)
    more = [f"{lost} arrows between ends that leave no desk so finely."] if lost else []
    more += [f"{len(kept.loops) - _LOOPS} more loops on the desk."] if len(kept.loops) > _LOOPS else []
    return Section("The system", say("system, note"), tuple(said), pictures=pictures, more=" ".join(more))


def leaving_system(leaving: Leaving, coupled: Coupled) -> Coupled:
    """The system without what names a finer place than leaves the desk, and without loops that ran through it."""
    open_ = {node.id for node in coupled.nodes if not leaving.gate.reveals(node.name)}
    links = tuple(link for link in coupled.links if {link.cause, link.effect} <= open_)
    loops = tuple(loop for loop in coupled.loops if set(loop.nodes) <= open_)
    nodes = tuple(node for node in coupled.nodes if node.id in open_)
    return Coupled(coupled.case, nodes, links, loops)


def _counted(kind: ArrowKind, links: Iterable[Link]) -> str:
    count = len(list(links))
    if count:
        cut = f"; the first {_MOST} in words" if count > _MOST else ""
        return f"{count} arrows{cut}."
    return say(f"system, no {kind.value}")


def _claims(link: Link) -> tuple[str, ...]:
    """Those that state an arrow or deny it. One of an article that is no document of the record has none."""
    return tuple(one.claim for one in (*link.said, *link.disputed))


def _told(coupled: Coupled, link: Link) -> str:
    ends = f"{coupled.name(link.cause)} {SIGNS[link.sign]} {coupled.name(link.effect)} ({link.kind.value})"
    if link.kind is ArrowKind.MEASURED:
        return f"{ends}: {size_words(link)}."
    if link.kind is ArrowKind.ASSUMED:
        return f"{ends}: {link.assumed}."
    who = ", ".join(dict.fromkeys(one.title for one in link.said))
    against = ", ".join(dict.fromkeys(one.title for one in link.disputed))
    denied = f"; denied or turned by {against}" if against else ""
    return f"{ends}: said in {who or 'no document in view'}{denied}."


def _picture(coupled: Coupled, title: str) -> Picture:
    svg = draw_coupled(coupled, f"{title}: the system", sentences=False)
    return Picture(lambda: svg, partial(png_of, svg), say("system, figure"))
