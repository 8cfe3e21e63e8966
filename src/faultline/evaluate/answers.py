"""Turns the claims of a coder and the hand-coded lines of a report into answers: how sure the coder was, whether it was
right. Invariant: a claim is right where the scorer pairs it; a slot is asked about only in such a pair."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from faultline.coding.confidence import CLAIM
from faultline.coding.gold import Labels
from faultline.coding.lexicon import load_frames
from faultline.coding.score import Line, compared_name, match, said_by, shares_a_day
from faultline.record.claim import Claim, Slot
from faultline.record.packaged import packaged
from faultline.record.vocabulary import Kind, SlotName

_FIELDS = {SlotName.ACTOR: "actors", SlotName.RECIPIENT: "recipients", SlotName.PLACE: "places"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim ("claim") or a slot of one, by the name of what is asked: the coder's confidence, whether it is right."""

    of: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """One report: the coder's claims with their lines (see `to_gold`), in one order, and the hand-coded lines."""

    claims: Sequence[Claim]
    lines: Sequence[Line]
    gold: Sequence[Line]


def answers(report: Marked, names: Mapping[str, str], labels: Labels) -> list[Answer]:
    """One answer for each claim, and one for each slot of those that are right. Names are compared by `names`; what the
    hand-coded line leaves open about a slot asks nothing."""
    partners = {id(line): gold for gold, line in match(report.gold, report.lines).pairs}
    found: list[Answer] = []
    for claim, line in zip(report.claims, report.lines, strict=True):
        gold = partners.get(id(line))
        found.append(Answer(CLAIM, claim.confidence, gold is not None))
        if gold is not None:
            for slot in claim.slots:
                right = _right(slot, gold, line, _Names(names, labels))
                found += [] if right is None else [Answer(slot.name, slot.confidence, right)]
    return found


@dataclass(frozen=True, slots=True)
class _Names:
    table: Mapping[str, str]
    labels: Labels


def _right(slot: Slot, gold: Line, line: Line, names: _Names) -> bool | None:
    """Whether a slot is right; None where there is nothing to compare it with."""
    if slot.name in _FIELDS:
        wanted = {compared_name(name, names.table) for name in gold.get(_FIELDS[slot.name]) or ()}
        return compared_name(names.labels.of(slot), names.table) in wanted
    if slot.name == SlotName.DAYS:
        return shares_a_day(gold, line)
    if slot.name == SlotName.MODALITY:
        return bool(slot.value == gold.get("modality"))
    if slot.name == SlotName.SPEAKER:
        return said_by(gold, names.table) == said_by(line, names.table)
    if slot.name == SlotName.COUNT:
        return _counted(slot, gold)
    return _action(gold, line) if slot.name == SlotName.ACTION else None


def _counted(slot: Slot, gold: Line) -> bool:
    """Whether the hand-coded line states a number of the slot, of whatever harm."""
    read = {int(n) for n in slot.value.rsplit(" ", 1)[-1].split("-") if n.isdigit()}
    return bool(read & set(_numbers(gold)))


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, Mapping):
        for key, inside in value.items():
            if key not in ("evidence", "date"):
                yield from _numbers(inside)


def _action(gold: Line, line: Line) -> bool | None:
    """The kind, and of an event the action of its subtype; None for an event that no action is known for."""
    if gold["kind"] != line["kind"]:
        return False
    if gold["kind"] != "event":
        return True
    wanted, read = (actions().get(str(x.get("subtype", ""))) for x in (gold, line))
    return None if wanted is None or read is None else wanted == read


@cache
def actions() -> Mapping[str, str]:
    """Words for happenings by action ("" for none): those of our frames, and those that hand-coded reports use."""
    said = packaged("faultline.evaluate", "subtypes.yaml")
    ours = {frame.subtype: str(frame.action or "") for frame in load_frames().values() if frame.kind == Kind.EVENT}
    return {**{word: action for action, words in said.items() for word in words}, **ours}
