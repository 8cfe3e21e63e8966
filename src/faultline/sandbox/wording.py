"""Turns an account into the words for the slots of its templates. Invariant: every number said is the number told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from faultline.record.packaged import packaged
from faultline.sandbox.accounts import HEARSAY, LOCALS, Account
from faultline.sandbox.chance import chance, pick
from faultline.sandbox.daywords import DayWords
from faultline.sandbox.forms import GUNMEN, forms, located, number, town, victims
from faultline.sandbox.grammar import Form, Words, joined, render
from faultline.sandbox.world import Happening, Toll, World

_GENERIC = {"U": Form(""), "W1": Form("", True)}
_UNIT_NAMED = 0.25


@cache
def lines(language: str) -> dict[str, Any]:
    """The templates of a language."""
    found: dict[str, Any] = packaged("faultline.sandbox", f"{language}.yaml")
    return found


@dataclass(frozen=True, slots=True)
class Teller:
    """Who writes: the world, the language, the stream of chance of this dispatch."""

    world: World
    language: str
    rng: np.random.Generator

    def lines(self, *keys: str) -> Any:
        """The templates under these keys."""
        found = lines(self.language)
        for key in keys:
            found = found[key]
        return found

    def say(self, template: str, slots: Mapping[str, Form], conditional: bool = False) -> str:
        """The template with these words."""
        return render(template, Words({**_GENERIC, **slots}, conditional), self.rng)


def counted(teller: Teller, toll: Toll, what: str, rough: bool = False) -> Form:
    """So many people of a group: "at least three soldiers"; `what` is killed, wounded or taken."""
    count = int(getattr(toll, what))
    noun = victims(teller.world, toll.group, count, teller.language)
    text = f"{number(count, teller.language, teller.rng)} {noun}"
    return Form(teller.say(teller.lines("least"), {"N": Form(text)}) if rough else text, count > 1)


def figures(toll: Toll, what: str, rough: bool = False) -> dict[str, Any]:
    """The same as the gold writes it: rule 7 ("at least N": low and best, high open)."""
    count = int(getattr(toll, what))
    if what != "killed":
        # People taken by the state are captured; the state's and civilians in other hands are kidnapped.
        return {("kidnapped" if toll.group == "civilians" else "captured") if what == "taken" else what: count}
    return {"fatalities": {"low": count, "best": count, "high": None if rough else count, "of": toll.group}}


def speaker_form(teller: Teller, speaker: str, day: date) -> Form:
    """A speaker in the words of a reporter."""
    if speaker in LOCALS:
        text = pick(teller.rng, teller.lines("sayers", speaker))
        return Form(text, speaker != "security", speaker == "security")
    # A statement is an office's: the army, the government, the group by name; never "fighters said".
    among = forms(teller.world, speaker, day, teller.language)
    return pick(teller.rng, among[:1] if speaker in ("army", "government", "mission", "backer", "firm") else among[:2])


def actor_form(teller: Teller, parties: tuple[str, ...], happening: Happening) -> Form:
    """Those who act or to whom it is done. In politics a party stands by its name."""
    day = happening.day - timedelta(days=1) if happening.action == "renamed" else happening.day
    chosen = []
    for party in parties:
        among = forms(teller.world, party, day, teller.language)
        named = among[: 1 if party == "backer" else 2]  # "its last troops" of troops would not do
        formal = happening.mark == "politics" and party != "government"
        chosen.append(pick(teller.rng, named if formal else among))
    return joined(chosen, teller.language) if chosen else Form("")


def place_slots(teller: Teller, place: str) -> dict[str, Form]:
    """The slots for a place. L may name its cercle or region too, and does so for a homonym: that says which town is
    meant, the claim is about the town."""
    if not place:
        return {"L": Form(""), "P": Form("")}
    found = teller.world.place(place)
    twins = sum(p.name == found.name and p.feature.startswith("PPL") for p in teller.world.country.places) > 1
    unit = ""
    if twins or chance(teller.rng, _UNIT_NAMED):
        unit = f"{found.admin2} cercle" if twins or chance(teller.rng, 0.5) else f"{found.admin1} region"
    where = located(found, unit, teller.language, teller.rng)
    thing = town(found, teller.language, teller.rng)
    return {"L": where, "P": thing, "P0": Form(found.name, False, True)}


def deed_slots(teller: Teller, account: Account, days: DayWords, quoted: bool) -> dict[str, Form]:
    """All slots of a deed but its place and toll; `quoted`: in the mouth of its own actor ("its fighters")."""
    happening = account.happening
    actors = (GUNMEN,) if account.unnamed else happening.actors
    slots = {
        "A": actor_form(teller, actors, happening),
        "R": actor_form(teller, happening.recipients, happening),
        "D": Form(f" {days.text}" if days.text else ""),
        "K": Form(""),
        "T": Form(pick(teller.rng, teller.lines("posts"))),
        "X": _new_name(teller, happening),
    }
    if quoted and account.speaker in happening.actors[:1] and len(happening.actors) == 1 and chance(teller.rng, 0.6):
        slots["A"] = Form(teller.lines("its", "army" if account.speaker == "army" else "group"), True)
    slots["V"] = Form(pick(teller.rng, teller.lines("convoys")))
    if len(happening.recipients) > 1:
        slots["V"] = Form(teller.say(teller.lines("mixed"), slots))
    taken = next((t for t in account.tolls if t.taken), None)
    slots["H"] = counted(teller, taken, "taken") if taken else slots["R"]
    return slots


def spoken(account: Account) -> bool:
    """Whether somebody else than the reporter says it."""
    return account.speaker not in ("", HEARSAY)


def _new_name(teller: Teller, happening: Happening) -> Form:
    if happening.action != "renamed":
        return Form("")
    name = teller.world.party(happening.actors[0]).named(happening.day)
    if teller.language == "fr":
        return Form(name.french)
    return Form(f"the {name.english}")
