"""Turns parties, places and numbers into the words that a reporter has for them. Invariant: every form of a party is
one of its names of that day, or says of it what no other party is."""

from datetime import date

import numpy as np

from faultline.record.place import Place
from faultline.sandbox.chance import chance, pick
from faultline.sandbox.country import of
from faultline.sandbox.grammar import Form
from faultline.sandbox.world import Party, World

GUNMEN = "gunmen"  # a party that nobody names
_FIXED: dict[tuple[str, str], list[Form]] = {
    (GUNMEN, "en"): [Form(t, True) for t in ("gunmen", "armed men", "unidentified armed men", "unknown gunmen")],
    (GUNMEN, "fr"): [Form(t, True) for t in ("des hommes armés", "des hommes armés non identifiés")],
    ("civilians", "en"): [Form(t, True) for t in ("civilians", "villagers", "local residents")],
    ("civilians", "fr"): [Form(t, True) for t in ("des civils", "des villageois", "des habitants")],
}
_EN = "zero one two three four five six seven eight nine ten".split()
_FR = "zéro un deux trois quatre cinq six sept huit neuf dix".split()


def forms(world: World, party: str, day: date, language: str) -> list[Form]:
    """Everything that a reporter may call that party on that day."""
    if (party, language) in _FIXED:
        return _FIXED[party, language]
    found = world.party(party)
    if party in ("army", "government"):
        return (_army if party == "army" else _government)(world, language)
    if party == "backer":
        return [*_named(found, day, language), _backer_troops(world, language)]
    return [
        *_named(found, day, language),
        *(_fighters(found, day, language) if found.camp in ("north", "river") else ()),
    ]


def demonym(world: World, language: str, ending: str = "") -> str:
    """The word for what is the country's: "Velsian"; in French "velsien" with that ending (ne, s, nes)."""
    return french(world.country.demonym) + ending if language == "fr" else world.country.demonym


def french(english: str) -> str:
    """The French masculine of an invented English demonym in -ian."""
    return english.lower().removesuffix("ian") + "ien"


def victims(world: World, group: str, count: int, language: str) -> str:
    """The noun for people of that group, in the number asked for."""
    many = "s" * (count != 1)
    kind = "civilians" if group == "civilians" else world.party(group).kind
    neighbour = world.country.neighbours[0] + "n"
    table = {
        ("civilians", "en"): f"civilian{many}",
        ("civilians", "fr"): f"civil{many}",
        ("state_force", "en"): f"soldier{many}",
        ("state_force", "fr"): f"soldat{many}",
        ("foreign_force", "en"): f"{neighbour} soldier{many}",
        ("foreign_force", "fr"): f"soldat{many} {french(neighbour)}{many}",
        ("private_military", "en"): f"mercenar{'ies' if many else 'y'}",
        ("private_military", "fr"): f"mercenaire{many}",
    }
    return table.get((kind, language), f"combattant{many}" if language == "fr" else f"fighter{many}")


def number(count: int, language: str, rng: np.random.Generator) -> str:
    """A number in words or digits; from two to ten either may stand."""
    words = _FR if language == "fr" else _EN
    return words[count] if count < 2 or (count < len(words) and chance(rng, 0.6)) else str(count)


def town(place: Place, language: str, rng: np.random.Generator) -> Form:
    """The town as a thing that is held or taken."""
    name = place.name
    if language == "fr":
        kind = "localité" if place.feature == "PPL" else "ville"
        return Form(pick(rng, (name, name, f"la {kind} {of(name)}")), False, True)
    return Form(pick(rng, (name, name, f"the {'village' if place.feature == 'PPL' else 'town'} of {name}")))


def located(place: Place, unit: str, language: str, rng: np.random.Generator) -> Form:
    """Where something happens: "in Selth", "near Selth, in the Tarn region"; `unit` is the cercle or region to name."""
    name = place.name
    if language == "fr":
        within = f"dans le village {of(name)}" if place.feature == "PPL" else f"dans la ville {of(name)}"
        where = pick(rng, (f"à {name}", within, f"à {name}"))
        kind = "la région" if unit.endswith("region") else "le cercle"
        return Form(where + (f", dans {kind} {of(unit.split()[0])}," if unit else ""))
    within = f"in the {'village' if place.feature == 'PPL' else 'town'} of {name}"
    where = pick(rng, (f"in {name}", within, f"in {name}", f"at {name}"))
    return Form(where + (f", in the {unit}," if unit else ""))


def with_article(name: str, feminine: bool) -> str:
    """The French definite article before a name."""
    if name[0] in "AEIOUÉ":
        return f"l'{name}"
    return f"{'la' if feminine else 'le'} {name}"


def _named(party: Party, day: date, language: str) -> list[Form]:
    name = party.named(day)
    if language == "fr":
        written = [name.french, name.acronym] if name.acronym else [name.french]
        return [Form(with_article(text, name.feminine), False, name.feminine) for text in written]
    return [Form(f"the {name.english}")] + [Form(f"the {name.acronym}")] * bool(name.acronym)


def _fighters(party: Party, day: date, language: str) -> list[Form]:
    name = party.named(day)
    if language == "fr":
        long, short = (with_article(n, name.feminine) for n in (name.french, name.acronym))
        return [Form(f"les combattants {_contracted(n)}", True) for n in (long, short)]
    return [Form(f"fighters from the {name.english}", True), Form(f"{name.acronym} fighters", True)]


def _contracted(name: str) -> str:
    return f"du {name[3:]}" if name.startswith("le ") else f"de {name}"


def _army(world: World, language: str) -> list[Form]:
    if language == "fr":
        of_country = demonym(world, "fr")
        return [
            Form("l'armée", False, True),
            Form(f"l'armée {of_country}ne", False, True),
            Form("les forces gouvernementales", True, True),
            Form(f"les soldats {of_country}s", True),
        ]
    of_country = demonym(world, "en")
    return [
        Form("the army"),
        Form(f"the {of_country} army"),
        Form("government forces", True),
        Form(f"{of_country} troops", True),
    ]


def _government(world: World, language: str) -> list[Form]:
    capital = next(p.name for p in world.country.places if p.id == world.country.capital)
    if language == "fr":
        of_country = demonym(world, "fr")
        return [
            Form("le gouvernement"),
            Form(f"le gouvernement {of_country}"),
            Form(f"les autorités {of_country}nes", True, True),
            Form(capital),
        ]
    of_country = demonym(world, "en")
    return [
        Form("the government"),
        Form(f"the {of_country} government"),
        Form(f"{of_country} authorities", True),
        Form(capital),
    ]


def _backer_troops(world: World, language: str) -> Form:
    english = world.country.neighbours[0] + "n"
    return (
        Form(f"les troupes {french(english)}nes", True, True) if language == "fr" else Form(f"{english} troops", True)
    )
