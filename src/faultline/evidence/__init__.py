"""The append-only store: what was appended comes out only through `snapshot(as_of, recorded_by)`. Nothing is ever
changed or removed except by `purge`."""

from faultline.evidence.entries import Appended, Entry, Standing, filing_fingerprint
from faultline.evidence.filters import ClaimFilter
from faultline.evidence.purge import Purged
from faultline.evidence.search import Hit
from faultline.evidence.snapshot import Held, Sheet, Snapshot
from faultline.evidence.store import Store, open_store
from faultline.evidence.verify import Verified, Wrong

__all__ = [
    "Appended",
    "ClaimFilter",
    "Entry",
    "Held",
    "Hit",
    "Purged",
    "Sheet",
    "Snapshot",
    "Standing",
    "Store",
    "Verified",
    "Wrong",
    "filing_fingerprint",
    "open_store",
]
