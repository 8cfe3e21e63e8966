"""Turns the places and days of a line into those of a draft. Invariant: the day of a statement is never the day of what
it tells; a place that an action is done to is its place, not its party."""

from faultline.coding.cast import located, measured_from
from faultline.coding.dating import LASTING, present
from faultline.coding.draft import Draft, fill, span_of
from faultline.coding.frames import Reading
from faultline.coding.line import Chunk, Line
from faultline.coding.roles import clause_of
from faultline.coding.said import Said
from faultline.coding.story import coarse, in_source, of_a_text
from faultline.record.days import DayPrecision, Days
from faultline.record.text import Span
from faultline.record.vocabulary import Kind

_PLACE_KINDS = frozenset({"place", "capital", "country"})


def set_places(draft: Draft, reading: Reading) -> None:
    """Fills the places of a draft from its words, else from its sentence."""
    line = reading.line
    wanted = bool((draft.frame.object | draft.frame.subject) & {"place", "site"})
    used = {f.span for f in (*draft.actors, *draft.recipients) if f.chunk.kind == "actor"}
    inside = [c for c in line.chunks if draft.first <= c.first < draft.last and c.kind in _PLACE_KINDS]
    chosen = [c for c in inside if _is_place(line, c, wanted) and fill(line, c, reading.text, "").span not in used]
    chosen = [c for c in chosen if not (measured_from(line, c) or _origin(line, c, draft))] or chosen
    if not chosen and draft.frame.kind in (Kind.EVENT, Kind.QUANTITY, Kind.CONTROL, Kind.TALK, Kind.RESTRICTION):
        chosen = _nearest(draft, line)
    fine = [c for c in chosen if not coarse(c) and not _only_near(line, c, chosen)] or chosen
    draft.places = [fill(line, c, reading.text, "place in the sentence") for c in fine[:4]]
    draft.actors = [f for f in draft.actors if f.chunk.kind != "place"]
    draft.recipients = [f for f in draft.recipients if f.chunk.kind not in _PLACE_KINDS]


_AHEAD = frozenset({"tomorrow", "next_weekday", "next_week", "next_month", "next_year"})


def set_days(draft: Draft, reading: Reading) -> None:
    """Fills the days of a draft: from its words, its clause, or what stands before it in its part of the sentence."""
    line = reading.line
    marks = [c for c in line.chunks if c.day and c.day.days.known and not in_source(c, reading.speech)]
    marks = [c for c in marks if not _of_another(c, draft, reading)]
    limits = [c for c in marks if c.day and c.day.until]
    marks = [c for c in marks if c not in limits]
    inside = [c for c in marks if draft.first <= c.first < draft.last]
    clause = clause_of(reading.clauses, draft.trigger)
    near = inside or [c for c in marks if clause.first <= c.first < clause.last]
    if not near:
        leading = _leading(draft, marks, line)
        lasts = draft.frame.kind in LASTING and present(draft)  # "on Monday ... holds": now, unless the day is ahead
        near = [c for c in leading if not lasts or (c.day and c.day.meaning in _AHEAD)]
    if near:
        best = min(near, key=lambda c: (bool(c.day and c.day.since), abs(c.first - draft.trigger)))
        if best.day:
            draft.days = best.day.days
            draft.days_span = fill(line, best, reading.text, "").span
    _limit(draft, [c for c in limits if draft.first <= c.first < max(draft.last, clause.last)], reading)


def _of_another(chunk: Chunk, draft: Draft, reading: Reading) -> bool:
    """Whether a day is that of something else: in a relative clause that is not the draft's ("the siege that it has
    vowed since"), after a participle ("the deal reached on Friday"), before its noun ("Friday's attack")."""
    line, clause = reading.line, clause_of(reading.clauses, chunk.first)
    if clause.relative and not clause.first <= draft.trigger < clause.last:
        return True
    if (line.low(chunk.last), line.low(chunk.last + 1)) == ("'", "s") and draft.frame.kind != Kind.QUANTITY:
        return not chunk.last < draft.trigger <= chunk.last + 5
    if of_a_text(line, chunk) not in (-1, draft.trigger) and draft.frame.kind != Kind.TALK:
        return True
    n = _participle(line, chunk, draft)
    if n < 0 or n == draft.trigger or draft.frame.kind == Kind.RELATION:
        return False
    return n < draft.trigger < chunk.last + 9 or _later_day(line, chunk, draft)


def _participle(line: Line, chunk: Chunk, draft: Draft) -> int:
    """The participle without auxiliary that a day belongs to, right before it or with a place, a party or an object
    between ("sanctions imposed on Mali on Monday", "the ban imposed on night travel in January"), or -1."""
    n = chunk.first - 1
    n -= line.low(n) in line.pack.words["prepositions"]
    if _bare_participle(line, n):
        return n
    # with only a place or a party between, what follows has to be the verb of the noun: "deployed to X in May were"
    named = line.low(chunk.last) in line.pack.auxiliaries or chunk.last == draft.trigger
    for k in range(n, max(-1, n - _OBJECT), -1):
        if line.low(k) in (",", ";", ":") or line.low(k) in line.pack.auxiliaries:
            return -1
        if _bare_participle(line, k) and (named or (line.syntax and line.syntax.modifies(k))):
            return k
        named &= line.chunk_at(k) is not None or line.low(k) in line.pack.words["prepositions"]
    return -1


_OBJECT = 6  # tokens between a participle and its day


def _bare_participle(line: Line, n: int) -> bool:
    tags = {tag for t, _ in line.pack.verbs.get(line.low(n), ()) for tag in t} if line.chunk_at(n) is None else set()
    return "pp" in tags and line.low(n - 1) not in line.pack.auxiliaries


def _later_day(line: Line, chunk: Chunk, draft: Draft) -> bool:
    """ "The curfew declared on Friday was lifted on Tuesday": of a noun and its verb the day is the later one."""
    return (
        draft.trigger < chunk.first
        and draft.rule.startswith("noun")
        and any(c.kind == "day" and chunk.last < c.first < draft.last for c in line.chunks)
    )


def _limit(draft: Draft, limits: list[Chunk], reading: Reading) -> None:
    """ "extended the ban until 31 August": a restriction and a plan last up to a day; a happening has none by it."""
    ends = [c.day.days.last_day for c in limits if c.day and c.day.days.last_day]
    if ends and draft.frame.kind in (Kind.RESTRICTION, Kind.INTENT):
        first = draft.days.first_day
        last = max(ends)
        if first is None or first <= last:
            draft.days = Days(first, last, DayPrecision.INTERVAL, draft.days.anchor)
            draft.days_span = fill(draft.line, limits[-1], reading.text, "").span


def statement_days(line: Line, said: Said) -> tuple[Days, Span | None]:
    """The day that the words of the speaker name ("said on Tuesday that"), with where it stands."""
    for chunk in line.chunks:
        if chunk.day and chunk.day.days.known and not chunk.day.since and in_source(chunk, [said]):
            return chunk.day.days, span_of(line, chunk.first, chunk.last)
    return Days(), None


def _leading(draft: Draft, marks: list[Chunk], line: Line) -> list[Chunk]:
    """Days before the trigger in the same part of the sentence; else, for happenings, any day of that part."""
    first = draft.trigger
    while first > 0 and line.low(first - 1) != ";":
        first -= 1
    last = draft.trigger
    while last < len(line.tokens) and line.low(last) != ";":
        last += 1
    before = [c for c in marks if first <= c.first < draft.trigger]
    if before:
        return before[-1:]
    return [c for c in marks if first <= c.first < last] if draft.frame.kind in (Kind.EVENT, Kind.QUANTITY) else []


def _is_place(line: Line, chunk: Chunk, wanted: bool) -> bool:
    return chunk.kind == "place" or wanted or located(line, chunk.first) or line.low(chunk.first - 1) in (",", "(")


def _origin(line: Line, chunk: Chunk, draft: Draft) -> bool:
    """ "ten dead, all from Chad": where people come from is not where it was."""
    leaves = draft.frame.action in ("withdraw", "coerce", "take")
    return chunk.kind == "country" and line.low(chunk.first - 1) == "from" and not leaves


def _nearest(draft: Draft, line: Line) -> list[Chunk]:
    found = [c for c in line.chunks if c.kind in _PLACE_KINDS and (c.kind == "place" or located(line, c.first))]
    low, high = sorted((draft.trigger, draft.first))
    first = next((n for n in range(low, 0, -1) if line.low(n) == ";"), -1)
    last = next((n for n in range(high, len(line.tokens)) if line.low(n) == ";"), len(line.tokens))
    found = [c for c in found if first < c.first < last and not _origin(line, c, draft)]
    found = [c for c in found if not measured_from(line, c)] or found
    return sorted(found, key=lambda c: (coarse(c), _steps(draft, c, line), abs(c.first - draft.trigger)))[:1]


def _steps(draft: Draft, chunk: Chunk, line: Line) -> int:
    """How far a chunk stands from the trigger in the parse; 0 for all where there is none."""
    return line.syntax.distance(draft.trigger, chunk.last - 1) if line.syntax else 0


def _only_near(line: Line, chunk: Chunk, chosen: list[Chunk]) -> bool:
    """ "Ogossagou, near Bankass", "X, commune de Y": a place by which another one is found."""
    others = [c for c in chosen if c.last <= chunk.first and not coarse(c)]
    if not others:
        return False
    words = line.pack.words
    if {line.low(n) for n in range(max(others[-1].last, chunk.first - 6), chunk.first)} & words["coordinators"]:
        return False  # "à Niono et dans la région de Tessalit"
    between = [line.low(n) for n in range(max(others[-1].last, chunk.first - 4), chunk.first)] + [line.low(chunk.first)]
    holds = {line.low(chunk.last - 1), line.low(chunk.last)} & words["areas"]
    if holds and set(between) & words["place_prepositions"]:
        return True  # "near Niono in the Ségou region"
    return bool(set(between) & line.pack.words["near"]) or (between[:1] == [","] and not _coordinated(line, chunk))


def _coordinated(line: Line, chunk: Chunk) -> bool:
    """Whether the place stands in a list that ends with "and"."""
    ahead = [line.low(n) for n in range(chunk.first, min(chunk.last + 6, len(line.tokens)))]
    return bool(set(ahead) & {"and", "et", "ou", "or"})
