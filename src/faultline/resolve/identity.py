"""Gives incidents ids that outlive merges and splits. Invariant: an incident goes by the id of its founding claim, the
earliest published of its claims, and answers to the id of every other claim that could found one; so a merge keeps the
older id, a split gives the younger one back, and the order of arrival plays no part."""

from collections.abc import Iterable, Mapping
from datetime import date

from faultline.record.ids import content_id
from faultline.resolve.happening import Happening


def incident_id(claim: str) -> str:
    """`inc_` and 20 hexadecimal digits: the id of the incident that a claim founds."""
    return content_id("inc", claim)


def founder(members: Iterable[Happening]) -> Happening:
    """The earliest published (unknown days last), first in its document."""
    return min(members, key=lambda h: (_published(h), h.document, h.start, h.id))


def aliases(incidents: Mapping[str, Iterable[Happening]]) -> dict[str, str]:
    """Every id that an incident answers to, with the id that it goes by; its own is among them."""
    return {incident_id(member.id): name for name, members in incidents.items() for member in members}


def _published(happening: Happening) -> date:
    return happening.published.last_day or happening.published.first_day or date.max
