"""Which ties and offices of a case are in view. Invariant: a tie counts from the publication of its source; one without
a day of publication is hindsight, in view always and labelled so."""

from datetime import date

from faultline.record.actor import Office, Tie
from faultline.record.days import Days


def in_view(entry: Tie | Office, as_of: date | None) -> bool:
    """Whether it was known on `as_of` (inclusive; None: everything is)."""
    known = known_from(entry.published)
    return as_of is None or known is None or known <= as_of


def known_from(published: Days) -> date | None:
    """The day from which on it was known for sure: the last possible day of publication, or the first where that is
    open; None where nobody says."""
    return published.last_day or published.first_day
