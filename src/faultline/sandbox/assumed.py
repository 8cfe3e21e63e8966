"""Turns a world into what a simulation of it may assume: a model.yaml and one scenario. Invariant: the ranges hold the
truth, and say that they were set by who knows it."""

from datetime import timedelta

import yaml

from faultline.sandbox.world import Country, World

SCENARIO = "scenarios/ceasefire.yaml"
_WIDE = (0.6, 1.7)  # around the true rate
_MONTH = 30.44
_REASON = "set by who made the country, around its true rate"


def model_yaml(world: World) -> str:
    """What is assumed where a table is too thin to fit."""
    rate = world.options.rate * _MONTH
    shares = dict.fromkeys(regions_of(world.country), 1)
    marks = [_mark(name, rate * share, shares) for name, share in (("armed action", 0.82), ("against civilians", 0.18))]
    made = {"schema": 1, "event_marks": marks, "lost": _turns(), "regained": _turns()}
    made |= {"blockade": {"a_week": [0.001, 0.01], "days": [20, 90], "reason": _REASON}}
    made |= {"restriction": {"a_week": [0.005, 0.03], "days": [14, 60], "reason": _REASON}}
    return _text(made)


def scenario_yaml(world: World) -> str:
    """A ceasefire in the last region, a fortnight after the period ends."""
    region = regions_of(world.country)[-1]
    words = f"In half of the worlds a ceasefire of 60 days comes about in {region}; violence there falls."
    first = str(world.options.last_day + timedelta(days=14))
    step = {"form": "ceasefire", "region": region, "first_day": first, "for_days": 60, "violence": [0.1, 0.5]}
    step |= {"holds": 0.5, "reason": "an invented country"}
    return _text({"schema": 1, "name": f"Ceasefire in {region}", "assumptions": [words], "steps": [step]})


def regions_of(country: Country) -> tuple[str, ...]:
    """The names of the regions, in the order of the country."""
    return tuple(dict.fromkeys(place.admin1 for place in country.places if place.admin1))


def _turns() -> dict[str, object]:
    return {"a_week": [0.001, 0.01], "reason": _REASON}


def _mark(name: str, rate: float, shares: dict[str, int]) -> dict[str, object]:
    a_month = [round(rate * factor, 1) for factor in _WIDE]
    return {"name": name, "a_month": a_month, "shares": dict(shares), "reason": _REASON}


def _text(made: dict[str, object]) -> str:
    return yaml.safe_dump(made, allow_unicode=True, sort_keys=False, width=120)
