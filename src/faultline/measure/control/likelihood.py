"""Turns messages into likelihoods over the states of their place. Invariant: a report that is worth nothing moves
nothing, and copies of one report move less than two reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from faultline.measure.control.holders import STATE
from faultline.measure.control.messages import Message
from faultline.measure.control.settings import NOBODYS, Settings
from faultline.measure.control.spots import CAMP

Floats = npt.NDArray[np.float64]
_FLOOR = 0.01  # of a denied content: no denial excludes anything


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message with the share of its weight that is left beside reports of the same."""

    message: Message
    share: float


def with_towns(messages: Iterable[Message], settings: Settings) -> tuple[Message, ...]:
    """The messages, and what those about a camp say of its town: a garrison may be held or besieged there. Where nobody
    speaks of the town itself the camp is the place."""
    given = tuple(messages)
    towns = {message.unit for message in given}
    found = []
    for message in given:
        town, _, part = message.unit.partition("/")
        if part == CAMP and town not in towns:
            found.append(replace(message, unit=town))
            continue
        found.append(message)
        if part == CAMP:
            form = "garrison" if message.form == "state_holds" else message.form
            found.append(replace(message, unit=town, form=form, trust=message.trust * settings.number("part")))
    return tuple(sorted(found, key=lambda m: (m.unit, m.day, m.claim, m.before)))


def weighed(messages: Iterable[Message], settings: Settings) -> tuple[Weighed, ...]:
    """One message of a content, place and document, its most trusted; further ones within `copy_days` count less."""
    best: dict[tuple[object, ...], Message] = {}
    for message in messages:
        key = (message.unit, message.document, *_content(message), message.day)
        if key not in best or best[key].trust < message.trust:
            best[key] = message
    kept = sorted(best.values(), key=lambda m: (m.unit, *_content(m), m.day, -m.trust, m.claim))
    result = []
    share, last = 1.0, None
    for message in kept:
        copied = last is not None and _same(last, message, round(settings.number("copy_days")))
        share = share * settings.number("copies") if copied else 1.0
        result.append(Weighed(message, share))
        last = message
    return tuple(sorted(result, key=lambda w: (w.message.unit, w.message.day, w.message.claim)))


def likelihoods(found: Sequence[Weighed], settings: Settings, holders: int) -> Floats:
    """(messages, states): chance of each message in each state, up to a factor, tempered by its trust and share."""
    states = holders + len(NOBODYS)
    result = np.ones((len(found), states))
    for k, one in enumerate(found):
        row = explained(one.message, settings, holders)
        if one.message.negative:
            row = np.maximum(_FLOOR, 1.0 - row)
        trust = one.message.trust
        result[k] = (trust * row + (1.0 - trust) * row.mean()) ** one.share
    return result


def jumps(found: Sequence[Weighed], settings: Settings, matrix: Floats) -> tuple[Floats, Floats, Floats]:
    """(messages,) chance that the message's day is one of change, 0 where it reports none; (messages, states) how well
    each state fits it; and where a change goes: the states that explain the content, by how well they do; of who
    leaves, where the chain goes from there."""
    fits = np.empty((len(found), len(matrix)))
    goes = np.empty_like(fits)
    chance = np.zeros(len(found))
    leaving = matrix * (1.0 - np.eye(len(matrix)))
    for k, one in enumerate(found):
        row = fits[k] = explained(one.message, settings, len(matrix) - len(NOBODYS))
        if one.message.form == "left":
            row = row * leaving[list(one.message.holders)].sum(axis=0)
        goes[k] = row / row.sum()
        if one.message.change:
            chance[k] = settings.number("change") * min(one.message.trust, 1.0) * one.share
    return chance, fits, goes


def explained(message: Message, settings: Settings, holders: int) -> Floats:
    """(states,): how well each state explains the content of the message."""
    row = settings.row(message.form)
    found = np.full(holders + len(NOBODYS), row["other"])
    for k, kind in enumerate(NOBODYS):
        found[holders + k] = row[kind]
    for holder in message.holders:
        if holder >= 0:
            found[holder] = row["own"]
    if message.form in ("siege", "lifted") and not message.holders:
        found[STATE + 1 : holders] = row["own"]
    return found


def _content(message: Message) -> tuple[object, ...]:
    return (message.form, message.holders, message.negative, message.before)


def _same(one: Message, other: Message, days: int) -> bool:
    return one.unit == other.unit and _content(one) == _content(other) and other.day - one.day <= days
