"""An invented country for the coder's unit records: Sandova, its army, two armed groups, a mission, a few towns."""

from types import SimpleNamespace

from faultline.record.actor import Actor, Alias
from faultline.record.days import parse_days
from faultline.record.place import Place
from faultline.record.vocabulary import ActorKind


def invented_case() -> SimpleNamespace:
    """What a coder reads of a case."""
    return SimpleNamespace(
        id="sandova",
        countries=("ZZ",),
        capital="kerem",
        actors=ACTORS,
        places=PLACES,
        sources=(),
        fingerprint="invented",
    )


def _aliases(*names: str) -> tuple[Alias, ...]:
    return tuple(Alias(name) for name in names)


ACTORS = (
    Actor(
        "gov",
        "Government of Sandova",
        ActorKind.GOVERNMENT,
        _aliases("Sandovan government", "gouvernement sandovien"),
        side="Sandova",
        metonyms=("Kerem", "Sandova"),
        demonyms=("Sandovan", "Sandovans", "sandovien", "sandovienne", "sandoviens", "sandoviennes"),
    ),
    Actor("saf", "Sandovan Armed Forces", ActorKind.STATE_FORCE, _aliases("SAF", "armée sandovienne"), side="Sandova"),
    Actor(
        "flr",
        "Front for the Liberation of Rovia (FLR)",
        ActorKind.ARMED_GROUP,
        _aliases("FLR", "Rovia Front"),
        side="Rovia",
    ),
    Actor("mur", "Movement for the Union of Rovia (MUR)", ActorKind.ARMED_GROUP, _aliases("MUR"), side="Rovia"),
    Actor("ansal", "Ansal al-Din", ActorKind.ARMED_GROUP, _aliases("Ansal", "Ansal Eddine"), side="jihadist"),
    Actor("unms", "UN Mission in Sandova (UNMS)", ActorKind.PEACEKEEPING, _aliases("UNMS"), side="UN"),
    Actor("volk", "Volk Group", ActorKind.PRIVATE_MILITARY, _aliases("Volk"), side="Russia"),
    Actor("league", "League of the Plain", ActorKind.REGIONAL_BODY, _aliases("Ligue de la plaine")),
    Actor("barka", "Idris Barka", ActorKind.PERSON, _aliases("Barka")),
    Actor("mar", "Omar Telu", ActorKind.PERSON, _aliases("Telu")),
    Actor(
        "csp",
        "Old Rovia Council",
        ActorKind.COALITION,
        (Alias("ORC", days=parse_days("2010/2015")),),
        side="Rovia",
    ),
)
PLACES = tuple(
    Place(name.lower().replace(" ", "-").replace("é", "e"), name, 10.0, 10.0, variants=variants)
    for name, variants in (
        ("Kerem", ()),
        ("Tolma", ()),
        ("Bassira", ("Basira",)),
        ("Ouldane", ()),
        ("Rovia", ()),
        ("Méra", ("Mera",)),
        ("Hadar", ()),
        ("Sikko", ()),
        ("Dornu", ()),
    )
)
