"""Turns the drafts and tolls of one line into the drafts that become claims. Invariant: a toll inside the span of its
event is a slot of that event, any other toll a quantity of its own; no two drafts state the same words."""

from collections.abc import Sequence

from faultline.coding.chunks import Line
from faultline.coding.draft import Draft, Filler, fill
from faultline.coding.frames import Reading, trimmed, verbal_drafts
from faultline.coding.frames_nominal import nominal_drafts
from faultline.coding.lexicon import Frame, load_frames
from faultline.coding.roles import clause_of
from faultline.coding.tolls import Toll, find_tolls
from faultline.record.vocabulary import Kind

_PLACE_KINDS = frozenset({"place", "capital", "country"})
QUANTITY = Frame(
    "quantity", Kind.QUANTITY, None, "fatalities", frozenset(), frozenset(), False, False, "", "never", None
)


def drafts_of(reading: Reading) -> list[Draft]:
    """The drafts of a line, tolls attached, in order."""
    drafts = _without_doubles([*verbal_drafts(reading), *nominal_drafts(reading)])
    for toll in find_tolls(reading.line):
        _attach(toll, drafts, reading)
    for draft in drafts:
        _set_place(draft, reading)
        _set_days(draft, reading)
    return sorted(drafts, key=lambda d: (d.first, d.last))


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Of a noun and a verb that state one happening in one clause, the noun keeps its kind and takes the harm."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.first, d.trigger)):
        twin = next((k for k in kept if _same_happening(k, draft)), None)
        if twin is None:
            kept.append(draft)
        elif draft.frame.harm and not twin.frame.harm:
            twin.recipients = twin.recipients or draft.recipients
            twin.actors = twin.actors or [a for a in draft.actors if a.chunk.kind in ("actor", "group")]
            twin.last = max(twin.last, draft.last)
    return kept


def _same_happening(a: Draft, b: Draft) -> bool:
    overlap = min(a.last, b.last) - max(a.first, b.first)
    if overlap <= 0 or a.frame.kind != b.frame.kind or a.frame.kind != Kind.EVENT:
        return overlap > 0 and a.frame.kind == b.frame.kind and (a.first, a.last) == (b.first, b.last)
    return a.frame.action == b.frame.action and (
        a.frame.harm != "" or b.frame.harm != "" or (a.first, a.last) == (b.first, b.last)
    )


def _attach(toll: Toll, drafts: list[Draft], reading: Reading) -> None:
    line = reading.line
    holders = [
        d
        for d in drafts
        if d.first <= toll.chunk.first < d.last
        and d.frame.kind in (Kind.EVENT, Kind.QUANTITY)
        and d.frame.action != "withdraw"
    ]
    exact = [d for d in holders if d.trigger == toll.word]
    clause = clause_of(reading.clauses, toll.chunk.first)
    near = exact or [
        d
        for d in holders
        if clause_of(reading.clauses, d.trigger) == clause
        and (d.frame.action == "assault" or d.frame.harm or d.frame.kind == Kind.QUANTITY)
    ]
    if near:
        near[-1].tolls.append(toll)
        return
    gerund = _gerund_host(toll, drafts, line)
    if gerund:
        gerund.tolls.append(toll)
        gerund.last = max(gerund.last, toll.last)
        return
    drafts.append(_quantity(toll, reading))


def _gerund_host(toll: Toll, drafts: Sequence[Draft], line: Line) -> Draft | None:
    """ "attacked a camp, killing nine": the participle continues the event before it."""
    if toll.word < 0 or not line.low(toll.word).endswith(("ing", "ant")):
        return None
    hosts = [d for d in drafts if d.frame.action == "assault" and d.last <= toll.first + 1 and toll.first - d.last <= 4]
    return hosts[-1] if hosts else None


def _quantity(toll: Toll, reading: Reading) -> Draft:
    clause = clause_of(reading.clauses, toll.chunk.first)
    first, last = trimmed(
        reading.line,
        max(clause.first, min(toll.first, toll.chunk.first)),
        min(clause.last, max(toll.last, toll.chunk.last)),
    )
    subtype = "fatalities" if toll.harm == "killed" else toll.harm
    draft = Draft(
        reading.line,
        reading.sentence,
        QUANTITY,
        first,
        last,
        toll.chunk.first,
        f"toll word {reading.line.low(toll.word)}",
        subtype=subtype,
    )
    draft.tolls = [toll]
    draft.actor_open = False
    if toll.chunk.kind != "number":
        draft.recipients = [fill(reading.line, toll.chunk, reading.text, "those counted")]
    return draft


def _set_place(draft: Draft, reading: Reading) -> None:
    line = reading.line
    inside = [c for c in line.chunks if draft.first <= c.first < draft.last and c.kind in _PLACE_KINDS]
    used = {id(f.chunk) for f in (*draft.actors, *draft.recipients)}
    wanted = draft.frame.object & {"place", "site"} or draft.frame.subject & {"place", "site"}
    chosen = [
        c
        for c in inside
        if (id(c) not in used or wanted or c.kind == "place")
        and (c.kind == "place" or _located(line, c.first) or wanted)
    ]
    if not chosen:
        chosen = [c for c in line.chunks if c.kind in _PLACE_KINDS and _located(line, c.first) and id(c) not in used][
            :1
        ]
    fine = [c for c in chosen if c.kind != "country"] or chosen
    draft.places = [fill(line, c, reading.text, "place in the sentence") for c in fine]
    if not wanted:
        draft.actors = [f for f in draft.actors if f.chunk.kind != "place"]
        draft.recipients = [f for f in draft.recipients if f.chunk.kind != "place"]
    else:
        draft.recipients = [f for f in draft.recipients if f.chunk.kind not in ("place", "capital", "country")]


def _located(line: Line, first: int) -> bool:
    n = first
    if line.low(n) in line.pack.words["place_prepositions"]:
        return True
    return line.low(n - 1) in line.pack.words["place_prepositions"] or line.low(n - 1) in (
        ",",
        "(",
        "l'",
        "la",
        "le",
        "les",
        "the",
    )


def _set_days(draft: Draft, reading: Reading) -> None:
    line = reading.line
    marks = [c for c in line.chunks if c.day and c.day.days.known]
    inside = [c for c in marks if draft.first <= c.first < draft.last]
    clause = clause_of(reading.clauses, draft.trigger)
    near = inside or [c for c in marks if clause.first <= c.first < clause.last]
    if not near and draft.frame.kind in (Kind.EVENT, Kind.TALK, Kind.QUANTITY, Kind.CONTROL, Kind.RESTRICTION):
        near = [c for c in marks if c.first <= 1]
    if near and near[0].day:
        draft.days = near[0].day.days
        draft.days_span = fill(line, near[0], reading.text, "").span


def frame(name: str) -> Frame:
    """The frame of that id."""
    return load_frames()[name]


__all__ = ["Filler", "drafts_of", "frame"]
