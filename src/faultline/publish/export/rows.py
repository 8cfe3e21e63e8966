"""The rows that leave the desk. Invariant: a cell that is empty or None means that nothing is said, never zero."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a line. Days are inclusive; counts are people as this one source states them; coordinates are WGS 84
    degrees with the radius in kilometres in which the place lies, set where the claim names one place and its kind may
    be shown so finely; `sentence` is "" where it is held back; `retelling` marks words of ours that retell a page."""

    claim: str
    document: str
    kind: str
    action: str
    subtype: str
    modality: str
    speakers: tuple[str, ...]
    first_day: date | None
    last_day: date | None
    days_known_to: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    wounded_low: int | None
    wounded_best: int | None
    wounded_high: int | None
    running_total_since: str
    sentence: str
    retelling: bool
    source: str
    source_name: str
    reliability: str
    published_first: date | None
    published_last: date | None
    title: str
    url: str
    confidence: float


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident in a line. `killed_best` is None where no figure may count, `killed_why` says why; `voices` are
    independent lineages; `certainty` is the probability of its weakest link, None where the machine joined nothing;
    `claims` are those of it that may leave."""

    incident: str
    first_day: date | None
    last_day: date | None
    days_known_to: str
    acts: tuple[str, ...]
    says: str
    actors: tuple[str, ...]
    places: tuple[str, ...]
    place_ids: tuple[str, ...]
    admin2: tuple[str, ...]
    admin1: tuple[str, ...]
    country: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_why: str
    documents: int
    voices: int
    sources: tuple[str, ...]
    provisional: bool
    certainty: float | None
    part_of: str
    parts: int
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with its Admiralty letter, the reason of the letter, and how many exported claims it published."""

    source: str
    name: str
    kind: str = ""
    family: str = ""
    side: str = ""
    reliability: str = ""
    reason: str = ""
    claims: int = 0
