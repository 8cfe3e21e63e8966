"""Turns what a dispatch claims into lines of the development gold. Invariant: names are the display names of
actors.yaml and places.csv; ids stand beside them."""

from typing import Any

from faultline.sandbox.accounts import HEARSAY, LOCALS, REPORTER
from faultline.sandbox.forms import GUNMEN
from faultline.sandbox.page import Draft, Written
from faultline.sandbox.press import Dispatch
from faultline.sandbox.world import World

_GENERAL = {GUNMEN: "unidentified armed men", "civilians": "civilians", "people": "people"}
_SPEAKERS = {REPORTER: "reporter", HEARSAY: "unnamed source", "security": "security source"}


def gold_lines(world: World, dispatch: Dispatch, written: Written) -> list[dict[str, Any]]:
    """One object a claim, in the order of the text, with the fields of the gold, ids and the happening."""
    return [
        {
            "id": f"{dispatch.stem}-{n + 1:02d}",
            "doc": dispatch.stem,
            "language": dispatch.language,
            **_content(world, draft),
            "evidence": {"start": start, "end": end, "text": written.text[start:end]},
            "happening": draft.happening,
        }
        for n, (draft, start, end) in enumerate(written.claims)
    ]


def display(world: World, party: str) -> str:
    """The name of a party as actors.yaml gives it, or the general label of those who are in no list."""
    return _GENERAL.get(party) or world.party(party).names[0].english


def _content(world: World, draft: Draft) -> dict[str, Any]:
    names = {place.id: place.name for place in world.country.places}
    days = draft.days
    counts = dict(draft.counts)
    deaths = counts.pop("fatalities", None)
    if deaths:
        deaths = {**deaths, "of": display(world, deaths["of"])}
    return {
        "kind": draft.kind,
        "subtype": draft.subtype,
        "actors": [display(world, party) for party in draft.actors],
        "recipients": [display(world, party) for party in draft.recipients],
        "places": [names[place] for place in draft.places],
        "ids": {"actors": draft.actors, "recipients": draft.recipients, "places": draft.places},
        "date": {
            "start": str(days.first_day) if days.first_day else None,
            "end": str(days.last_day) if days.last_day else None,
            "precision": days.precision,
        },
        "attribution": _attribution(world, draft.speaker),
        "modality": draft.modality,
        "fatalities": deaths,
        **counts,
        **({"optional": True} if draft.optional else {}),
    }


def _attribution(world: World, speaker: str) -> str:
    if speaker in LOCALS:
        return _SPEAKERS.get(speaker, speaker)
    return _SPEAKERS.get(speaker) or display(world, speaker)
