"""Finds slips of an article: a place in the wrong part of the country or region, another day, year or number than
everybody else's, a figure without its period or mixing causes, an extension called a declaration, a claim that turns
into a fact. Invariant: a slip names what shows it."""

from collections.abc import Iterator

from faultline.examine.grounds import Grounds
from faultline.examine.slips.figures import causes, periods
from faultline.examine.slips.hardened import hardened
from faultline.examine.slips.places import parts, regions
from faultline.examine.slips.times import days, extensions, years
from faultline.record.examination import Slip

__all__ = ["slips_of"]

_KINDS = (parts, regions, days, years, periods, causes, extensions, hardened)


def slips_of(grounds: Grounds) -> Iterator[Slip]:
    """The slips, in the order of the text, each kind once for a stretch."""
    found = {(slip.kind, slip.span): slip for kind in _KINDS for slip in kind(grounds)}
    yield from sorted(found.values(), key=lambda slip: (slip.span.start, slip.kind))
