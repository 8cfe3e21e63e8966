"""Turns options into the press of an invented country. Invariant: the letter of a source follows from the share of its
figures that are right."""

from dataclasses import dataclass

from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.world import Country

# Name, kind, languages, side (a party, a camp, "" none), what is added to the options' reliability, weight.
_PRESS = (
    ("{} Wire Service", "wire", ("en", "fr"), "", 0.12, 3.0),
    ("{} Radio", "outlet", ("fr", "en"), "", 0.08, 2.0),
    ("{} Post", "outlet", ("en",), "", 0.0, 2.0),
    ("Gazette {}", "local_press", ("fr",), "", -0.1, 2.0),
    ("{} National Broadcaster", "state_media", ("fr", "en"), "army", -0.25, 1.5),
    ("Voice of {}", "party", ("en", "fr"), "north", -0.4, 0.7),
    ("{} Bulletin", "un", ("en", "fr"), "mission", 0.15, 1.0),
    ("{} Flash Channel", "social", ("en", "fr"), "", -0.45, 0.7),
)
_LETTERS = ((0.9, "A"), (0.75, "B"), (0.6, "C"), (0.45, "D"), (0.0, "E"))
EVENTS = "events-table"  # the source of the event table


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source with what is true of it: `accuracy` is the share of its figures that are right."""

    id: str
    name: str
    kind: str
    languages: tuple[str, ...]
    side: str
    accuracy: float
    weight: float

    @property
    def letter(self) -> str:
        """Its reliability on the Admiralty scale."""
        return next(letter for least, letter in _LETTERS if self.accuracy >= least)


def make_press(options: SandboxOptions, country: Country) -> tuple[Outlet, ...]:
    """The sources that write dispatches."""
    made = []
    for number, (name, kind, languages, side, more, weight) in enumerate(_PRESS):
        root = country.name if kind == "state_media" else country.spare_names[number]
        accuracy = min(max(options.reliability + more, 0.0), 1.0)
        id = name.format(root).lower().replace(" ", "-")
        made.append(Outlet(id, name.format(root), kind, languages, side, round(accuracy, 2), weight))
    return tuple(made)
