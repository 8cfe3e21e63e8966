"""Says of claims whether others stood beside them on their words. Invariant: what older readings held counts too, and
where readings disagree nothing is said."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from faultline.evidence.schema import claims, stances


def firsts_of_several(connection: Connection, ids: Sequence[str]) -> frozenset[str]:
    """Those of the ids of claims that were the first of several of their kind on their words, by every reading in the
    store that has them."""
    first, second = claims.alias("first"), claims.alias("second")
    kind, other = stances.alias("kind"), stances.alias("other")
    query = (
        select(first.c.claim, func.count(other.c.id))
        .join(kind, kind.c.id == first.c.stance)
        .outerjoin(
            second,
            (second.c.run == first.c.run)
            & (second.c.start == first.c.start)
            & (second.c.stop == first.c.stop)
            & (second.c.ordinal == 1),
        )
        .outerjoin(other, (other.c.id == second.c.stance) & (other.c.kind == kind.c.kind))
        .where(first.c.claim.in_(ids), first.c.ordinal == 0)
        .group_by(first.c.claim, first.c.id)
    )
    found: dict[str, bool] = {}
    for claim, beside in connection.execute(query):
        found[claim] = found.get(claim, True) and beside > 0
    return frozenset(claim for claim, several in found.items() if several)
