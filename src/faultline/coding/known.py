"""Turns names and groups into what they may be in this case: actors, places, governments, forces. Invariant: nothing
here knows a country; which force is whose follows from the case's actors and their names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from faultline.coding.lexicon import load_countries, load_pack
from faultline.coding.line import Chunk
from faultline.coding.names import CaseNames, Name
from faultline.coding.tokens import plain
from faultline.record.actor import Actor
from faultline.record.vocabulary import ARMED, ActorKind, TieKind

_LAND = ("country", "capital", "metonym", "actor", "place")
_YOUNG = 540  # days
_ROLES = {
    "state_force": (ActorKind.STATE_FORCE,),
    "government": (ActorKind.STATE, ActorKind.GOVERNMENT),
    "junta": (ActorKind.JUNTA, ActorKind.GOVERNMENT),
}


class Known:
    """What a case knows, in the form in which the grammar asks."""

    def __init__(self, case: CaseNames) -> None:
        self.actors: Mapping[str, Actor] = {actor.id: actor for actor in case.actors}
        self.places = {place.id: place for place in case.places}
        self.home = case.countries[0] if case.countries else ""
        self.capital = case.capital
        self._demonyms = dict(_demonyms())
        self._invented = self._own_lands(case)
        self._roles: Mapping[tuple[str, str], str] = self._role_table(case)
        self._held: dict[str, list[str]] = {}  # person -> where it holds an office
        for office in (o for a in case.actors for o in a.offices):
            self._held.setdefault(office.holder, []).append(office.actor)
        self._country_of = {actor: country for (role, country), actor in self._roles.items() if role == "government"}

    def _own_lands(self, case: CaseNames) -> dict[str, str]:
        """Countries that only the case knows, by a code of ours: its governments with words for their people."""
        lands: dict[str, str] = {}
        for actor in case.actors:
            if actor.kind in (ActorKind.GOVERNMENT, ActorKind.STATE) and actor.demonyms:
                code = next((self._demonyms[w.lower()] for w in actor.demonyms if w.lower() in self._demonyms), "")
                if not code:
                    code = self.home if not lands and self.home not in load_countries() else f"own:{actor.id}"
                    lands[code] = actor.id
                for word in actor.demonyms:
                    self._demonyms.setdefault(word.lower(), code)
        return lands

    def demonym(self, word: str) -> str:
        """The country of an adjective or noun of nationality, "" for any other word."""
        return self._demonyms.get(word.lower(), "")

    def land(self, name: str) -> str:
        """The code of a country by its name in either language, "" for any other text."""
        entries = load_countries().items()
        own = {plain(self.actors[a].name.removeprefix("Government of ")): code for code, a in self._invented.items()}
        return next(
            (c for c, e in entries if name in (e["name"], *e.get("fr", ()), *e.get("en", ()))), own.get(plain(name), "")
        )

    def land_label(self, country: str) -> str:
        """The name of a country as a place."""
        return self.country_label(country).removeprefix("Government of ")

    def country_label(self, country: str) -> str:
        """What exports show for a country."""
        if country in self._invented:
            return self.actors[self._invented[country]].name
        return str(load_countries().get(country, {"name": country})["name"])

    def actor_of(self, role: str, country: str) -> str:
        """The case's actor that holds a role ("state_force", "government", "junta", "police") in a country, or ""."""
        return self._roles.get((role, country), "")

    def chunk(self, name: Name, first: int, last: int) -> Chunk:
        """The chunk of a name: an actor where it can be one, else a country or a place."""
        kinds = {entry.kind for entry in name.entries}
        if kinds & {"country", "metonym", "capital"}:
            return self._land(name, first, last)
        if "actor" in kinds:
            ids = tuple(e.id for e in name.entries if e.kind == "actor")
            return Chunk(first, last, "actor", self.actors[ids[0]].name, ids, self.classes(ids[0]))
        places = tuple(e.id for e in name.entries if e.kind == "place")
        return Chunk(first, last, "place", self.places[places[0]].name, places, frozenset({"place"}))

    def _land(self, name: Name, first: int, last: int) -> Chunk:
        """A country, or a place that stands for a government where it acts."""
        found = {kind: next((e.id for e in name.entries if e.kind == kind), "") for kind in _LAND}
        code = found["country"] or found["capital"] or self._country_of.get(found["metonym"] or found["actor"], "")
        label = self.country_label(code) if code else name.entries[0].name
        acting = found["metonym"] or found["actor"]
        ids, label = ((acting,), self.actors[acting].name) if acting else self.government(code) if code else ((), label)
        kind = "country" if found["country"] or not (found["place"] or found["capital"]) else "capital"
        places = tuple(e.id for e in name.entries if e.kind == "place")
        return Chunk(
            first,
            last,
            kind,
            name.entries[0].name,
            places,
            frozenset({"place", "country"}),
            country=code,
            acting=ids,
            actor_label=label,
        )

    def words_of(self, actor: str) -> frozenset[str]:
        """The words of an actor's own name, in small letters; none for one whom the case does not know."""
        name = self.actors[actor].name.split(" (")[0] if actor in self.actors else ""
        return frozenset(name.lower().replace("'", " ").replace("-", " ").split())

    def classes(self, actor: str) -> frozenset[str]:
        """What frames ask for, of an actor."""
        return _actor_classes(self.actors[actor])

    def fights(self, actor: str) -> bool:
        """Whether the actor is an armed group, a coalition of such, a militia or a private army."""
        kinds = (ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.MILITIA, ActorKind.PRIVATE_MILITARY)
        return actor in self.actors and self.actors[actor].kind in kinds

    def at_home(self, actor: str) -> bool:
        """Whether the actor is the government or a force of the case's first country, by role or by side."""
        if actor not in self.actors:
            return False
        home = self.actor_of("government", self.home)
        side = self.actors[home].side if home else ""
        return actor in (home, self.actor_of("state_force", self.home)) or (
            bool(side) and self.actors[actor].side == side
        )

    def forces_of(self, ids: tuple[str, ...]) -> tuple[str, ...]:
        """Who fights for a speaker: for the government or a body of the case's first country its army, else itself."""
        force = self.actor_of("state_force", self.home)
        return (force,) if force and ids and self.at_home(ids[0]) else ids

    def junta_on(self, day: date | None) -> str:
        """The junta of the case that took power at most _YOUNG days before a day (None: no day) and was still there; ""
        for none: later on a junta is called a government."""
        if day is None:
            return ""
        juntas = [a for a in self.actors.values() if a.kind == ActorKind.JUNTA and a.days.first_day]
        young = [a for a in juntas if a.days.covers(day) and (day - (a.days.first_day or day)).days <= _YOUNG]
        return max(young, key=lambda a: a.days.first_day or day).id if young else ""

    def mission_on(self, body: str, day: date | None) -> str:
        """The peacekeeping mission whose soldiers those of a body are on a day (None: at any time); with no body given,
        the only one there is; "" where none or several fit."""
        there = [a for a in self.actors.values() if a.kind == ActorKind.PEACEKEEPING]
        there = [a for a in there if day is None or a.days.covers(day)]
        sent = [a for a in there if any(t.other == body and t.kind == TieKind.MEMBER for t in a.ties)]
        fitting = sent if body else there
        return fitting[0].id if len(fitting) == 1 else ""

    def houses(self, person: str) -> tuple[str, ...]:
        """The actors that a person commands, belongs to or holds an office of, by the case's ties and offices; none for
        one who is no person of the case."""
        actor = self.actors.get(person)
        if actor is None or actor.kind != ActorKind.PERSON:
            return ()
        tied = [t.other for t in actor.ties if t.kind in (TieKind.MEMBER, TieKind.COMMAND)]
        return tuple(dict.fromkeys([*tied, *self._held.get(person, ())]))

    def acting(self, chunk: "Chunk") -> Chunk:
        """A country or capital in a role: its government; any other chunk as it is."""
        if chunk.kind not in ("country", "capital"):
            return chunk
        return replace(
            chunk,
            kind="actor",
            ids=chunk.acting,
            label=chunk.actor_label,
            classes=frozenset({"party", "people", "country"}),
        )

    def holder(self, chunk: "Chunk") -> Chunk:
        """Those at a camp or in a convoy of the army: the state's force as candidate; those at a police post or in a
        palace: police, government; those of a village: civilians."""
        if chunk.kind == "asset" and chunk.group == "settlement":
            return replace(
                chunk,
                kind="group",
                group="civilians",
                label="civilians",
                classes=chunk.classes | {"people", "civilians"},
            )
        house = next((name for name in ("police", "government") if name in chunk.classes), "")
        if chunk.kind == "asset" and house:
            armed = {"armed"} if house == "police" else {"party"}
            held = replace(
                chunk, kind="group", group=house, country=self.home, classes=chunk.classes | {"people"} | armed
            )
            return self.settle(held)
        flown = bool(chunk.country) and "aircraft" in chunk.classes  # "Malian helicopters"
        if chunk.kind != "asset" or not (flown or "military" in chunk.classes):
            return chunk
        actor = self.actor_of("state_force", chunk.country or self.home)
        if not actor:
            return chunk
        return replace(
            chunk,
            kind="group",
            ids=(actor,),
            label=self.actors[actor].name,
            classes=chunk.classes | {"people", "armed"},
        )

    def government(self, country: str) -> tuple[tuple[str, ...], str]:
        """(ids, label) of who acts when a country or its capital acts."""
        actor = self.actor_of("government", country)
        if actor:
            return (actor,), self.actors[actor].name
        return (), self.country_label(country)

    def settle(self, chunk: "Chunk") -> Chunk:
        """A group with its nationality as candidates: "Malian troops", "the army" where the case has one country."""
        role = {"security": "state_force"}.get(chunk.group, chunk.group)
        if role == "force":
            role = "state_force" if chunk.country else role
        if role in ("militant",) and chunk.country:
            return chunk
        if role == "official" and chunk.country and (chunk.last - chunk.first >= 2 or chunk.country == self.home):
            ids, label = self.government(chunk.country)
            return replace(chunk, ids=ids, label=label, classes=chunk.classes | {"party"})
        if role not in ("state_force", "government", "junta", "police"):
            return chunk
        country = chunk.country or self.home
        actor = self.actor_of(role, country)
        if actor:
            return replace(chunk, ids=(actor,), label=self.actors[actor].name, country=country)
        if not country:
            return chunk
        if role == "police":
            adjective = load_countries().get(country, {"adjectives": [""]})["adjectives"][0]
            return replace(chunk, label=f"{adjective} police", country=country)
        return replace(chunk, label=self.country_label(country), country=country)

    def _role_table(self, case: CaseNames) -> Mapping[tuple[str, str], str]:
        table = {("government", code): actor for code, actor in self._invented.items()}
        for role, kinds in _ROLES.items():
            for kind in kinds:
                for actor in case.actors:
                    if actor.kind == kind:
                        for country in self._countries_of(actor):
                            table.setdefault((role, country), actor.id)
        if self.home:
            for role, kinds in _ROLES.items():
                held = [a.id for kind in kinds for a in case.actors if a.kind == kind]
                if held and (role, self.home) not in table:
                    table[role, self.home] = held[0]
        return table

    def _countries_of(self, actor: Actor) -> set[str]:
        words = [plain(w) for name in actor.names_on() for w in name.replace("'", " ").split()]
        found = {self._demonyms[w] for w in words if w in self._demonyms}
        names = {plain(n): code for code, e in load_countries().items() for n in (e["name"], *e.get("fr", ()))}
        return (
            found
            | {names[plain(n)] for n in actor.names_on() if plain(n) in names}
            | {code for n, code in names.items() for name in actor.names_on() if plain(name).endswith(f" {n}")}
        )


def _actor_classes(actor: Actor) -> frozenset[str]:
    if actor.kind == ActorKind.PERSON:
        return frozenset({"people", "person", "party"})
    if actor.kind in ARMED:
        return frozenset({"people", "party", "armed"})
    if actor.kind == ActorKind.CIVILIANS:
        return frozenset({"people", "civilians"})
    if actor.kind == ActorKind.REGIONAL_BODY:
        return frozenset({"party", "people", "bloc"})
    return frozenset({"party", "people"})


def _demonyms() -> Mapping[str, str]:
    """Adjectives and nouns of nationality in every form of both languages."""
    inflect = {language: load_pack(language).inflection for language in ("en", "fr")}
    table: dict[str, str] = {}
    for code, entry in load_countries().items():
        for word in entry["adjectives"]:
            low = word.lower()
            for form in (low, low + "s", plain(low), plain(low) + "s", low + "ne", low + "nes", low + "e", low + "es"):
                table.setdefault(form, code)
            for form in inflect["en"].noun_forms(low):
                table.setdefault(form, code)
    return table
