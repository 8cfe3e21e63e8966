"""Who is attacked, and whether the shares moved. Invariant: a row whose other side belongs to no known kind is counted
as other, and never left out of the shares.

Follows Sokal & Rohlf 1995, Biometry, ch. 17 (G test); Künsch 1989, doi 10.1214/aos/1176347265 (blocks).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import numpy.typing as npt
import scipy

from faultline.measure.chance import between, generator, p_above
from faultline.measure.events import Events, Floats, Ints
from faultline.measure.form import NOT_ENOUGH, Measure, corrected
from faultline.measure.named_days import whom_they_hit
from faultline.measure.parties import Party, parties_of
from faultline.measure.sight import Sight
from faultline.record.analysis import Measured
from faultline.record.days import Days
from faultline.record.finding import Curve, Finding
from faultline.record.vocabulary import ActorKind

NAME = "recipients"
LEAST = 40
OTHER_YEARS, FEW = (183, 730), 199  # days: what the test is sensitive to; draws of each
YEAR = 365
BLOCK = 28  # days that are moved as one: attacks on one kind of recipient come in waves
NULL = "four-week blocks of days dealt to the two periods by chance"
CLASSES = ("state forces", "backers", "peacekeepers", "civilians", "officials", "armed groups", "other")
_KINDS = {
    ActorKind.STATE_FORCE: "state forces",
    ActorKind.FOREIGN_FORCE: "backers",
    ActorKind.PRIVATE_MILITARY: "backers",
    ActorKind.PEACEKEEPING: "peacekeepers",
    ActorKind.CIVILIANS: "civilians",
    ActorKind.GOVERNMENT: "state forces",  # datasets write "Government of X" for whoever fights for it
    ActorKind.PERSON: "officials",
    ActorKind.POLITICAL: "officials",
    ActorKind.ARMED_GROUP: "armed groups",
    ActorKind.MILITIA: "armed groups",
    ActorKind.COALITION: "armed groups",
}
_WORDS = (  # what datasets write where the case has no such actor
    ("civilian", "civilians"),
    ("protester", "civilians"),
    ("military forces of", "state forces"),
    ("police forces of", "state forces"),
    ("government of", "state forces"),
    ("militia", "armed groups"),
    ("un:", "peacekeepers"),
)


def find(sight: Sight) -> Finding:
    """For each party the shares of whom it fought or attacked, last year against before, with one test of the whole
    change and its parts."""
    events = sight.events
    if events is None:
        raise ValueError("recipients asks for an event table")
    rows: list[Measured] = []
    curves: list[Curve] = []
    for party in parties_of(sight, events):
        found, drawn = _of_party(sight, events, party)
        rows += found
        curves += drawn
    rows = corrected(rows, "moved")
    other = tuple(row for party in parties_of(sight, events) for row in _other_turns(sight, events, party))
    frame = events.frame.id
    return Finding(NAME, RECIPIENTS.question, _summary(rows), tuple(rows), (), other, tuple(curves), frame=frame)


def classes_against(sight: Sight, events: Events, party: Party) -> npt.NDArray[np.bool_]:
    """Rows x CLASSES: which kinds of party stand on the other side of each row, by the kind of the actor in the case,
    else by the dataset's word. Datasets do not say who began: UCDP writes the government as side A, always."""
    acts, suffers = events.by(party.ids), events.on(party.ids)
    table = np.zeros((len(events), len(CLASSES)), np.bool_)
    for k, other in enumerate(events.parties):
        if other not in party.ids:
            rows = (events.suffered[:, k] & acts) | (events.acted[:, k] & suffers)
            table[rows, CLASSES.index(_class_of(other, sight.kinds))] = True
    table[~table.any(axis=1), CLASSES.index("other")] = True
    return table


def _class_of(party: str, kinds: Mapping[str, ActorKind]) -> str:
    if party in kinds:
        return _KINDS.get(kinds[party], "other")
    lower = party.lower()
    return next((name for word, name in _WORDS if word in lower), "other")


def _told_of(sight: Sight, party: str) -> str:
    """The class of a party in a report, where a government is those who govern."""
    return "officials" if sight.kinds.get(party) is ActorKind.GOVERNMENT else _class_of(party, sight.kinds)


def change_statistic(table: npt.NDArray[np.bool_], after: npt.NDArray[np.bool_]) -> float:
    """G of the classes by the two periods (likelihood ratio of a contingency table), 0 where a period is empty."""
    cells = np.stack([table[~after].sum(axis=0), table[after].sum(axis=0)]).astype(float)
    cells = cells[:, cells.sum(axis=0) > 0]
    if not cells.sum(axis=1).all() or cells.shape[1] < 2:
        return 0.0
    expected = cells.sum(axis=1, keepdims=True) * cells.sum(axis=0) / cells.sum()
    return float(2 * np.sum(np.where(cells > 0, cells * np.log(np.where(cells > 0, cells, 1) / expected), 0)))


def null_changes(
    table: npt.NDArray[np.bool_], days: Ints, turn: int, draws: int, chance: np.random.Generator
) -> Floats:
    """The statistic where whole blocks of days fall into either period by chance, as many days in each as there are."""
    blocks = (days - int(days.min())) // BLOCK
    count = int(blocks.max()) + 1
    late = max(1, round((int(days.max()) - turn + 1) / BLOCK))
    found = np.empty(draws)
    for draw in range(draws):
        chosen = np.zeros(count, np.bool_)
        chosen[chance.permutation(count)[:late]] = True
        found[draw] = change_statistic(table, chosen[blocks])
    return found


def _of_party(sight: Sight, events: Events, party: Party) -> tuple[list[Measured], list[Curve]]:
    rows = party.rows(events)
    days, table = events.first[rows], classes_against(sight, events, party)[rows]
    turn = int(events.first.max()) - YEAR + 1
    after = days >= turn
    window = Days(date.fromordinal(turn), date.fromordinal(int(events.first.max())))
    if min(int(after.sum()), int((~after).sum())) < LEAST // 2:
        note = f"{int(after.sum())} attacks in the last year and {int((~after).sum())} before; {LEAST // 2} of each"
        row = Measured(NAME, None, "G", window, NULL, verdict=NOT_ENOUGH, subject=party.name, n=len(days), note=note)
        return [replace(row, frame=events.frame.id)], []
    seen = change_statistic(table, after)
    draws = null_changes(table, days, turn, sight.declared.draws, generator(sight.seed, NAME, party.id))
    low, high = between(draws)
    whole = Measured(NAME, seen, "G", window, NULL, low, high, p_above(seen, draws), name="shares moved")
    whole = replace(whole, subject=party.name, null=float(draws.mean()), interval="90 % of the null", n=len(days))
    settings = f"turn={window.first_day}; block={BLOCK} days"
    whole = replace(whole, settings=settings, frame=events.frame.id)
    return [whole, *_shares(party, table, after, (window, events.frame.id))], _curves(party, days, table)


def _other_turns(sight: Sight, events: Events, party: Party) -> Iterator[Measured]:
    """The test of the whole change with the last half-year and the last two years in place of one; not corrected."""
    rows = party.rows(events)
    days, table, last = events.first[rows], classes_against(sight, events, party)[rows], int(events.first.max())
    for length in OTHER_YEARS:
        turn = last - length + 1
        after = days >= turn
        if min(int(after.sum()), int((~after).sum())) < LEAST // 2:
            continue
        seen = change_statistic(table, after)
        draws = null_changes(table, days, turn, FEW, generator(sight.seed, NAME, party.id, length))
        low, high = between(draws)
        window = Days(date.fromordinal(turn), date.fromordinal(last))
        row = Measured(NAME, seen, "G", window, NULL, low, high, p_above(seen, draws), name="shares moved")
        row = replace(row, subject=party.name, null=float(draws.mean()), interval="90 % of the null", n=len(days))
        yield replace(row, settings=f"last {length} days against all before", frame=events.frame.id)


def _shares(
    party: Party, table: npt.NDArray[np.bool_], after: npt.NDArray[np.bool_], said: tuple[Days, str]
) -> Iterator[Measured]:
    """The share of each kind of recipient in the last year, beside that of the years before."""
    for k, name in enumerate(CLASSES):
        if not table[:, k].any():
            continue
        hits, n = int(table[after, k].sum()), int(after.sum())
        found = scipy.stats.binomtest(hits, n).proportion_ci(0.9)
        before = float(table[~after, k].mean())
        row = Measured(NAME, hits / n, "share of attacks", said[0], "", float(found.low), float(found.high), name=name)
        note = f"{before:.1%} before"
        yield replace(row, subject=party.name, interval="90 % of the statistic", n=n, frame=said[1], note=note)


def _curves(party: Party, days: Ints, table: npt.NDArray[np.bool_]) -> list[Curve]:
    """Shares by year of the three kinds most attacked."""
    years = np.array([date.fromordinal(int(day)).year for day in days])
    found = []
    for k in np.argsort(-table.sum(axis=0))[:3]:
        known = [year for year in sorted(set(years.tolist())) if (years == year).sum() >= 10]
        shares = tuple(float(table[years == year, k].mean()) for year in known)
        x = tuple(f"{year}-01-01" for year in known)
        name = f"{party.name}: {CLASSES[k]}"
        found.append(Curve(name, "line", x, shares, "share of attacks", panel=party.name))
    return found


def _summary(rows: list[Measured]) -> str:
    tested = [row for row in rows if row.p_value is not None]
    if not tested:
        return f"No party has {LEAST // 2} attacks before and in the last year: {NOT_ENOUGH}."
    moved = [row.subject for row in tested if row.verdict == "moved"]
    if not moved:
        return "Whom the parties attack did not move beyond chance in the last year."
    return f"Whom they attack moved beyond chance in the last year: {', '.join(moved)}."


RECIPIENTS = Measure(
    NAME,
    "Who is attacked, and did that move?",
    "Shares of the kinds of recipients among the attacks of a party, the last year against all before.",
    "share of attacks",
    NULL,
    LEAST,
    True,
    "A share falls where another kind is attacked more, also where it is attacked as often as before. Datasets of fatal"
    " events see attacks that kill.",
    "Sokal & Rohlf 1995, Biometry, ch. 17 (G test); Künsch 1989, doi 10.1214/aos/1176347265 (blocks)",
    find,
    whom_they_hit(_told_of),
    least="20 events of a party in the last year and 20 before",
)
