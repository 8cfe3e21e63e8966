"""What a sandbox is made with. Invariant: the options and the seed inside them say everything; two equal ones give the
same folder, byte for byte."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from faultline.record.errors import UsageError

# Lowest and highest allowed value, both inclusive. Shares stay below 1 where 1 would never end.
_BOUNDS: dict[str, tuple[float, float]] = {
    "seed": (0, 2**63 - 1),
    "days": (120, 7300),
    "dispatches": (1, 100_000),
    "regions": (2, 8),
    "cercles": (2, 6),
    "villages": (1, 8),
    "homonyms": (0, 4),
    "groups": (3, 8),
    "splits": (0, 4),
    "mergers": (0, 3),
    "renamings": (0, 4),
    "backer_leaves": (0.1, 0.9),
    "backer_gap": (0, 365),
    "rate": (0.01, 20),
    "drift": (0, 0.9),
    "offensives": (0, 40),
    "fronts": (2, 20),
    "window": (1, 7),
    "synchrony": (0, 1),
    "batches": (0, 0.9),
    "feedback": (0, 0.9),
    "cross": (0, 1),
    "memory": (1, 60),
    "cycles": (0, 20),
    "restrictions": (0, 40),
    "reliability": (0, 1),
    "bias": (0, 5),
    "copies": (0, 1),
    "rewrites": (0, 1),
    "delay": (0, 30),
    "false_claims": (0, 0.5),
    "corrections": (0, 1),
    "undated": (0, 1),
    "retellings": (0, 1),
    "waves": (0, 0.95),
    "share_french": (0, 1),
    "table_recall": (0.05, 1),
}


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """Everything that a sandbox depends on. Shares are 0 to 1; raises UsageError for a value out of its bounds.

    Country: `regions` of `cercles` each, of `villages` each besides their chief towns; `homonyms` villages share
    another's name. Parties: `groups` armed ones at the start, then so many `splits`, `mergers` and `renamings` as there
    are parties for; the outside backer leaves after that share of the period and another comes `backer_gap` days later.
    Violence: `rate` armed happenings a day over all marks; `drift` is the amplitude of a slow wave of it; `batches` the
    chance that a happening is one of several at once; `feedback` the spectral radius of the branching matrix (0: days
    are independent), of which `cross` goes between marks, with a mean lag of `memory` days. `offensives` of `fronts`
    hits each in `window` days; `synchrony` is the share of hits that keep to the window, the others fall anywhere.
    `cycles` of siege, talk, agreement, withdrawal, handover. Press: `reliability` the share of figures told right;
    `bias` how far parties raise the enemy's losses and lower their own; `copies` the chance of each copy of a
    dispatch, of which `rewrites` are reworded; `delay` in days, mean; `false_claims` per armed happening; `corrections`
    per dispatch with a toll; `waves` how far reporting thins out in its ebbs; `table_recall` the share of happenings
    that the event table has, which thins out in the same ebbs.
    """

    seed: int = 1
    first_day: date = date(2019, 1, 1)
    days: int = 1095
    dispatches: int = 1000
    regions: int = 4
    cercles: int = 3
    villages: int = 4
    homonyms: int = 2
    groups: int = 4
    splits: int = 1
    mergers: int = 1
    renamings: int = 1
    backer_leaves: float = 0.55
    backer_gap: int = 45
    rate: float = 0.5
    drift: float = 0.0
    offensives: int = 3
    fronts: int = 5
    window: int = 2
    synchrony: float = 1.0
    batches: float = 0.0
    feedback: float = 0.3
    cross: float = 0.5
    memory: float = 5.0
    cycles: int = 3
    restrictions: int = 3
    reliability: float = 0.8
    bias: float = 0.5
    copies: float = 0.25
    rewrites: float = 0.5
    delay: float = 1.0
    false_claims: float = 0.03
    corrections: float = 0.15
    undated: float = 0.08
    retellings: float = 0.04
    waves: float = 0.0
    share_french: float = 0.5
    table_recall: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            low, high = _BOUNDS.get(field.name, (0, 0))
            value = getattr(self, field.name)
            if field.name != "first_day" and not low <= value <= high:  # also refuses NaN
                raise UsageError(field.name, repr(value), f"{low} to {high}")
        # A published future would lie outside every default view.
        if not date(1900, 1, 1) <= self.first_day <= date(2100, 1, 1):
            raise UsageError("first_day", str(self.first_day), "1900-01-01 to 2100-01-01")

    @property
    def last_day(self) -> date:
        """The last day of the simulated period, inclusive."""
        return self.first_day + timedelta(days=self.days - 1)

    def day(self, number: int) -> date:
        """The day of that number, from 0; a number outside is moved to the nearest end of the period."""
        return self.first_day + timedelta(days=min(max(number, 0), self.days - 1))


def small(seed: int) -> SandboxOptions:
    """The options of a small sandbox such as the one that ships: two years, 120 dispatches."""
    options = SandboxOptions(seed=seed)
    return replace(options, days=730, dispatches=120, regions=3, cercles=2, rate=0.35, homonyms=1)


def with_settings(options: SandboxOptions, settings: Iterable[str]) -> SandboxOptions:
    """The options with settings such as "feedback=0" applied. Raises UsageError for one that does not fit."""
    changed: dict[str, object] = {}
    for setting in settings:
        name, _, text = setting.partition("=")
        kind = {field.name: field.type for field in fields(SandboxOptions)}.get(name)
        if kind not in (int, float, date):
            names = ", ".join(field.name for field in fields(SandboxOptions))
            raise UsageError("--set", repr(setting), "NAME=VALUE", f"Names: {names}.")
        try:
            changed[name] = date.fromisoformat(text) if kind is date else kind(text)
        except ValueError:
            raise UsageError("--set", repr(setting), f"a value of type {kind.__name__}") from None
    return replace(options, **changed)  # type: ignore[arg-type]
