"""Turns a country into its parties and what becomes of them: splits, mergers, renamings, a backer that is replaced.
Invariant: a party acts only inside its days, and its names follow each other without a gap."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from faultline.sandbox.chance import pick, stream
from faultline.sandbox.country import of, slug
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.world import Bond, Country, Happening, Name, Party

# English, French, letters of the acronym (the name's first letter comes last), French gender.
_PATTERNS = (
    ("{} Liberation Front", "Front de libération {}", "FL", False),
    ("{} Resistance Movement", "Mouvement de résistance {}", "MR", False),
    ("Union for {}", "Union pour {}", "UP", True),
    ("{} Brigade", "Brigade {}", "BG", True),
    ("Alliance for {}", "Alliance pour {}", "AP", True),
    ("{} Council", "Conseil {}", "CS", False),
    ("{} Legion", "Légion {}", "LG", True),
    ("{} Banner", "Étendard {}", "ET", False),
    ("Movement for {}", "Mouvement pour {}", "MP", False),
    ("{} Guard", "Garde {}", "GD", True),
    ("{} Vanguard", "Avant-garde {}", "AV", True),
    ("{} Covenant", "Pacte {}", "PC", False),
)
_CAMPS = ("north", "river")


@dataclass(frozen=True, slots=True)
class Roster:
    """Every party with its bonds, and the happenings that made or ended one."""

    parties: tuple[Party, ...]
    bonds: tuple[Bond, ...]
    happenings: tuple[Happening, ...]


@dataclass
class _Making:
    options: SandboxOptions
    country: Country
    rng: np.random.Generator
    names: list[str]
    parties: dict[str, Party] = field(default_factory=dict)
    bonds: list[Bond] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    patterns: list[tuple[str, str, str, bool]] = field(default_factory=list)

    def name(self, day: date) -> Name:
        """A new name from that day on."""
        if not self.patterns:
            self.patterns = [_PATTERNS[int(n)] for n in self.rng.permutation(len(_PATTERNS))]
        english, french, letters, feminine = self.patterns.pop()
        root = self.names.pop()
        in_french = french.format(root if "pour" in french else of(root))
        return Name(english.format(root), in_french, letters + root[0] + root[-1].upper(), feminine, day, self.last)

    @property
    def last(self) -> date:
        return self.options.last_day

    def group(self, camp: str, day: date, home: int) -> Party:
        """A new armed group."""
        name = self.name(day)
        party = Party(slug(name.english), "armed_group", camp, (name,), day, self.last, home)
        self.parties[party.id] = party
        return party

    def living(self, camp: str, day: date) -> list[Party]:
        """Armed groups of a camp on a day, two weeks old at least: nobody splits from what nobody has met."""
        young = day - timedelta(days=14)
        return [
            p
            for p in self.parties.values()
            if p.kind == "armed_group" and p.camp == camp and p.first_day <= young and p.last_day >= day
        ]

    def tell(self, day: date, action: str, actors: tuple[str, ...], others: tuple[str, ...], detail: str = "") -> None:
        """Notes what happened to parties."""
        self.happenings.append(Happening("", day, action, "politics", actors, others, detail=detail))


def make_parties(options: SandboxOptions, country: Country) -> Roster:
    """The parties of that country over the period."""
    making = _Making(options, country, stream(options.seed, "parties"), list(country.spare_names[8:]))
    _standing(making)
    for number in range(options.groups):
        making.group(_CAMPS[number % 2], options.first_day, 1 + number % (options.regions - 1))
    _backers(making)
    _transform(making)
    _rivalries(making)
    return Roster(tuple(making.parties.values()), tuple(making.bonds), tuple(making.happenings))


def _standing(making: _Making) -> None:
    """Those who are there from first to last."""
    country, (first, last) = making.country, (making.options.first_day, making.last)

    root, land = making.names.pop(), country.name
    standing = (  # id, kind, camp, English, French, whether that is feminine
        ("government", "government", "state", f"Government of {land}", f"gouvernement {of(land)}", False),
        ("army", "state_force", "state", f"{land} Armed Forces", f"Forces armées {of(land)}", True),
        ("mission", "regional_body", "", f"{root} Conference Mission", f"Mission de la Conférence {of(root)}", True),
        ("civilians", "civilians", "", "civilians", "civils", False),
    )
    for id, kind, camp, english, french, feminine in standing:
        name = Name(english, french, "", feminine, first, last)
        making.parties[id] = Party(id, kind, camp, (name,), first, last)


def _backers(making: _Making) -> None:
    """The outside force that leaves, and the company that comes instead."""
    options, one = making.options, making.country.neighbours[0]
    leaves = options.day(int(options.days * options.backer_leaves))
    comes = options.day(int(options.days * options.backer_leaves) + options.backer_gap)
    root = making.names.pop()
    force = Name(f"{one} Expeditionary Force", f"Force expéditionnaire de {one}", "", True, options.first_day, leaves)
    firm = Name(f"{root} Company", f"Compagnie {root}", "", True, comes, making.last)
    making.parties["backer"] = Party("backer", "foreign_force", "state", (force,), options.first_day, leaves)
    making.parties["firm"] = Party("firm", "private_military", "state", (firm,), comes, making.last)
    announced = options.day(int(options.days * options.backer_leaves) - 40)
    making.tell(announced, "leave_announced", ("backer",), ("government",))
    making.tell(leaves, "backer_withdrawal", ("backer",), ("government",))
    making.tell(comes, "backing", ("firm",), ("government",))
    making.bonds += [
        Bond("backer", "backing", "government", options.first_day, leaves),
        Bond("firm", "backing", "government", comes),
    ]


def _transform(making: _Making) -> None:
    """Splits, then mergers, then renamings are dealt over the middle of the period; splits make mergers possible."""
    options = making.options
    kinds = [_split] * options.splits + [_merge] * options.mergers + [_rename] * options.renamings
    days = sorted(int(n) for n in making.rng.integers(options.days // 6, options.days * 5 // 6, len(kinds)))
    for n, (kind, number) in enumerate(zip(kinds, days, strict=True)):
        # A fortnight apart at least, so that no party is made and unmade at once.
        kind(making, options.day(number + 15 * n))


def _split(making: _Making, day: date) -> None:
    camp = max(_CAMPS, key=lambda c: -len(making.living(c, day)))
    parents = making.living(camp, day)
    if parents:
        parent = pick(making.rng, parents)
        child = making.group(camp, day, parent.home)
        making.bonds += [Bond(child.id, "split", parent.id, day, day), Bond(child.id, "rivalry", parent.id, day)]
        making.tell(day, "split", (child.id,), (parent.id,))


def _merge(making: _Making, day: date) -> None:
    camp = max(_CAMPS, key=lambda c: len(making.living(c, day)))
    old = making.living(camp, day)[:2]
    if len(old) == 2:
        new = making.group(camp, day, old[0].home)
        for party in old:
            _end(making, party, day - timedelta(days=1))
            making.bonds.append(Bond(party.id, "merger", new.id, day, day))
        making.tell(day, "merger", tuple(p.id for p in old), (new.id,))


def _rename(making: _Making, day: date) -> None:
    among = [p for camp in _CAMPS for p in making.living(camp, day)]
    if among:
        party = pick(making.rng, among)
        names = (*party.names[:-1], replace(party.names[-1], last_day=day - timedelta(days=1)), making.name(day))
        making.parties[party.id] = replace(party, names=names)
        making.tell(day, "renamed", (party.id,), (), names[-1].english)


def _end(making: _Making, party: Party, last: date) -> None:
    names = (*party.names[:-1], replace(party.names[-1], last_day=last))
    making.parties[party.id] = replace(party, names=names, last_day=last)
    making.bonds = [
        replace(b, last_day=last) if b.last_day is None and party.id in (b.actor, b.other) else b for b in making.bonds
    ]


def _rivalries(making: _Making) -> None:
    for party in making.parties.values():
        if party.kind == "armed_group":
            last = None if party.last_day == making.last else party.last_day
            making.bonds.append(Bond(party.id, "rivalry", "army", party.first_day, last))
