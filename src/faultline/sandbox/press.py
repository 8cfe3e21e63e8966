"""Turns a world into who reports what of it, when, with which figures and from whom it was taken. Invariant: nothing is
published before it happened, and a copy is not published before what it copies."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from faultline.record.packaged import packaged
from faultline.sandbox.accounts import Account, account_of
from faultline.sandbox.chance import chance, pick, stream, weighed
from faultline.sandbox.sources import Outlet, make_press
from faultline.sandbox.world import Happening, World

_ROUNDS = 30  # a world with little to tell is told again from others, at most so often
_WAVE_DAYS = 120.0
_SITUATIONS = 0.05  # dispatches on who holds what, for each dispatch asked for


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One dispatch to be written. `form` is first, denial, revision, retelling or situation; `shown` is the publication
    as its front matter gives it ("" none); `copy_of` the dispatch that it copies or rewords, as `via` says; `before`
    the number of dead that a revision replaces."""

    id: str
    source: Outlet
    language: str
    published: date
    account: Account
    form: str = "first"
    shown: str = ""
    copy_of: str = ""
    via: str = ""
    before: int = 0

    @property
    def stem(self) -> str:
        """Name of its file without the ending."""
        return f"{self.shown.replace('/..', '') or 'undated'}_{self.source.id}_{self.id}"


@cache
def actions() -> dict[str, dict[str, Any]]:
    """What each action is in the words of the ledger."""
    found: dict[str, dict[str, Any]] = packaged("faultline.sandbox", "actions.yaml")
    return found


def ebb(world: World, day: date) -> float:
    """Share of its usual strength that reporting has on a day (1 without waves)."""
    number = (day - world.options.first_day).days
    return 1 - world.options.waves * (0.5 - 0.5 * float(np.cos(2 * np.pi * number / _WAVE_DAYS)))


def report(world: World) -> tuple[Dispatch, ...]:
    """Exactly `dispatches` dispatches in the order of their publication."""
    desk = _Desk(world, make_press(world.options, world.country), stream(world.options.seed, "press"))
    wanted = world.options.dispatches
    ordered = _by_weight(world, desk.rng)
    situations = int(wanted * _SITUATIONS)
    for _ in range(_ROUNDS):
        for happening in ordered:
            if len(desk.made) >= wanted - situations:
                break
            _cluster(desk, happening)
    desk.made = desk.made[: wanted - situations]
    while len(desk.made) < wanted:
        _situation(desk)
    return _numbered(desk.made)


@dataclass
class _Desk:
    world: World
    press: tuple[Outlet, ...]
    rng: np.random.Generator
    made: list[Dispatch] = field(default_factory=list)

    def language(self, source: Outlet) -> str:
        """French by the share asked for, where the source writes it."""
        wanted = "fr" if chance(self.rng, self.world.options.share_french) else "en"
        return wanted if wanted in source.languages else source.languages[0]

    def source(self, language: str, besides: str = "") -> Outlet:
        """One that writes that language, by weight."""
        weights = {s: s.weight for s in self.press if language in s.languages and s.id != besides}
        return weighed(self.rng, weights)


def _by_weight(world: World, rng: np.random.Generator) -> list[Happening]:
    """What is told first, by chance and weight: politics nearly always, deadly happenings more often."""
    keys = []
    for happening in world.happenings:
        weight = actions()[happening.action].get("told", 1) * (1 + happening.killed) ** 0.7
        keys.append(float(rng.exponential()) / (weight * max(ebb(world, happening.day), 1e-3)))
    return [world.happenings[int(n)] for n in np.argsort(np.array(keys), kind="stable")]


def _cluster(desk: _Desk, happening: Happening) -> None:
    """The dispatches on one happening: one to three of their own, then copies, a correction, a denial, a look back."""
    rng, options = desk.rng, desk.world.options
    for n in range(1 + int(chance(rng, 0.35)) + int(chance(rng, 0.15))):
        language = "fr" if chance(rng, options.share_french) else "en"
        source = desk.source(language)
        account = account_of(desk.world, happening, source, rng)
        first = _file(desk, (source, language), account, happening.day)
        _copies(desk, first)
        if n == 0 and happening.killed and happening.true and chance(rng, options.corrections):
            _revision(desk, first)
        if n == 0 and happening.action == "capture" and (not happening.true or chance(rng, 0.25)):
            _denial(desk, first)
    if happening.true and happening.mark != "politics" and chance(rng, options.retellings):
        _look_back(desk, happening)


def _file(desk: _Desk, by: tuple[Outlet, str], account: Account, since: date, form: str = "first") -> Dispatch:
    """One more dispatch of a source in a language, on that day or some days later."""
    source, language = by
    delay = int(desk.rng.geometric(1 / (1 + desk.world.options.delay))) - 1
    published = since + timedelta(days=delay)
    made = Dispatch("", source, language, published, account, form, _shown(desk, published))
    desk.made.append(replace(made, id=f"d{len(desk.made) + 1:05d}"))
    return desk.made[-1]


def _shown(desk: _Desk, published: date) -> str:
    """The publication as a page shows it: the day, or less."""
    if not chance(desk.rng, desk.world.options.undated):
        return str(published)
    return pick(desk.rng, ("", str(published)[:7], f"{published}/.."))


def _copies(desk: _Desk, first: Dispatch) -> None:
    rng, options = desk.rng, desk.world.options
    while chance(rng, min(options.copies, 0.8)):  # at 1 it would never end
        published = first.published + timedelta(days=int(rng.integers(0, 3)))
        reworded = chance(rng, options.rewrites)
        language = ("fr" if chance(rng, options.share_french) else "en") if reworded else first.language
        made = replace(
            first,
            id=f"d{len(desk.made) + 1:05d}",
            source=desk.source(language, first.source.id),
            language=language,
            published=published,
            # A word such as "Monday" in a verbatim copy needs a day of publication to be read against.
            shown=str(published) if first.shown == str(first.published) else "",
            copy_of=first.id,
            via="rewrite" if reworded else "copy",
        )
        desk.made.append(made)


def _revision(desk: _Desk, first: Dispatch) -> None:
    """A later and higher toll, the true one; the first told fewer."""
    toll = next(t for t in first.account.happening.tolls if t.killed)
    told = sum(t.killed for t in first.account.tolls if t.group == toll.group)
    if 0 < told < toll.killed:
        account = replace(first.account, tolls=(toll,), speaker="", modality="asserted")
        since = first.published + timedelta(days=1)
        later = _file(desk, (desk.source(first.language), first.language), account, since, "revision")
        desk.made[-1] = replace(later, before=told)


def _denial(desk: _Desk, first: Dispatch) -> None:
    account = replace(first.account, speaker="army", modality="denied", tolls=(), unnamed=False)
    _file(desk, (desk.source(first.language), first.language), account, first.published, "denial")


def _look_back(desk: _Desk, happening: Happening) -> None:
    since = happening.day + timedelta(days=int(desk.rng.integers(150, 400)))
    language = "fr" if chance(desk.rng, desk.world.options.share_french) else "en"
    account = Account(happening, "", "asserted", happening.tolls)
    _file(desk, (desk.source(language), language), account, since, "retelling")


def _situation(desk: _Desk) -> None:
    """A dispatch of the mission on who holds what on a day of chance."""
    source = next(s for s in desk.press if s.kind == "un")
    language = desk.language(source)
    day = desk.world.options.day(int(desk.rng.integers(20, desk.world.options.days)))
    town = pick(desk.rng, pick(desk.rng, pick(desk.rng, desk.world.country.towns)))
    account = Account(Happening("", day, "holds", "politics", place=town), "", "asserted", ())
    _file(desk, (source, language), account, day, "situation")


def _numbered(made: list[Dispatch]) -> tuple[Dispatch, ...]:
    """In the order of publication, with new ids; a copy keeps to what it copies."""
    ordered = sorted(made, key=lambda d: (d.published, d.id))
    new = {dispatch.id: f"d{n + 1:05d}" for n, dispatch in enumerate(ordered)}
    return tuple(replace(d, id=new[d.id], copy_of=new[d.copy_of] if d.copy_of else "") for d in ordered)
