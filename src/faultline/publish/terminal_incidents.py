"""Turns incidents, disputes and ledgers into tables on a terminal or the JSON envelope. Invariant: a figure that does
not count stands beside those that do, with the reason."""

from collections.abc import Sequence

from faultline.publish import words
from faultline.publish.incidents import (
    SILENCE,
    Dossier,
    IncidentRow,
    Mouth,
    Wanted,
    dossier,
    incident_row,
    incidents_of,
)
from faultline.publish.names import actor_name, place_name
from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.publish.worlds import Seen
from faultline.resolve.casualties import Ledger
from faultline.resolve.cumulative import Running, cumulative
from faultline.resolve.disputes import About, Dispute, disputes

_COLUMNS = ("incident", "day", "where", "who", "what", "killed", "claims", "voices", "")


def incidents(sheet: Sheet, seen: Seen, wanted: Wanted, limit: int) -> None:
    """The latest incidents that are asked for."""
    found = incidents_of(seen, wanted)
    rows = [incident_row(seen, one) for one in found[:limit]]
    made = table(_title(seen, len(found), "incident"), *_COLUMNS)
    for row in rows:
        add_row(made, *_cells(seen, row))
    sheet.rows(Answer(IncidentRow, seen.case.id, rows, seen.snapshot), made)
    _more(sheet, seen, len(found) - len(rows))


def incident(sheet: Sheet, seen: Seen, id: str) -> None:
    """One incident with all voices side by side, its ledger, its disputes and its parts."""
    found = dossier(seen, id)
    row = found.row
    where = ", ".join(place_name(seen.case, place) for place in row.places) or "place not known"
    sheet.say(f"{', '.join(map(words.code, row.acts)) or 'incident'}, {where}, {words.days(row.days)}: {row.says}")
    sheet.say(_standing(found))
    made = table("Who says what", "claim", "role", "says", "taken from", "published", "words")
    for one in found.mouths:
        add_row(made, one.claim, one.role, _says(one), _from(one), words.published(one.published), _quoted(one))
    sheet.rows(Answer(Dossier, seen.case.id, [found], seen.snapshot), made)
    if sheet.as_json:
        return
    if found.ledger.stated:
        _ledger(sheet, seen, found.ledger)
    _residuals(sheet, seen, found.ledger)
    if found.disputes:
        made = table("Disputes", "about", "positions", "weight")
        for dispute in found.disputes:
            add_row(made, dispute.about, _positions(seen, dispute), f"{dispute.weight:.1f}")
        sheet.show(made)
    if found.parts:
        made = table("Parts", *_COLUMNS)
        for part in found.parts:
            add_row(made, *_cells(seen, part))
        sheet.show(made)


def disputed(sheet: Sheet, seen: Seen, wanted: Wanted, about: Sequence[About], limit: int) -> None:
    """The heaviest disputes over the incidents that are asked for."""
    kept = {one.id for one in incidents_of(seen, wanted)}
    found = [d for d in disputes(seen.world, seen.counting) if d.incident in kept and (not about or d.about in about)]
    made = table(_title(seen, len(found), "dispute"), "incident", "day", "where", "about", "positions", "weight")
    for dispute in found[:limit]:
        one = seen.world.incident(dispute.incident)
        where = ", ".join(place_name(seen.case, place) for place in one.places)
        add_row(made, one.id, str(one.days), where, dispute.about, _positions(seen, dispute), f"{dispute.weight:.1f}")
    sheet.rows(Answer(Dispute, seen.case.id, found[:limit], seen.snapshot), made)
    _more(sheet, seen, len(found) - min(limit, len(found)))


def running_totals(sheet: Sheet, seen: Seen) -> None:
    """Every running total beside the sum of the incidents in its period."""
    found = cumulative(seen.world, seen.counting)
    columns = ("claim", "period", "where", "total", "of whom", "by", "incidents' sum", "difference")
    made = table(_title(seen, len(found), "running total"), *columns)
    for one in found:
        where = ", ".join(place_name(seen.case, place) for place in one.places)
        counted = words.stated(one.sum)
        if one.sum is not None:
            counted += f" ({words.counted(one.incidents, 'incident')}, {one.silent} more without a figure)"
        total = f"{words.stated(one.stated.value)} {one.stated.harm}"
        who = (one.stated.group, one.stated.claimant)
        add_row(made, one.stated.claim, str(one.days), where, total, *who, counted, words.stated(one.difference))
    sheet.rows(Answer(Running, seen.case.id, found, seen.snapshot), made)
    sheet.say("The incidents are those that were reported here: a difference says that, before it says who is wrong.")


def _ledger(sheet: Sheet, seen: Seen, ledger: Ledger) -> None:
    made = table("Who counts how many", "harm", "whose", "low", "best", "high", "by", "stands", "scope", "counts")
    for one in ledger.stated:
        whose = f"{one.group} ({one.status})" if one.status else one.group
        numbers = (words.stated(n) for n in (one.low, one.best, one.high))
        add_row(made, one.harm, whose, *numbers, one.claimant, one.stands, one.scope, one.why or "yes")
    sheet.show(made)
    made = table(
        f"What it comes to ({ledger.profile} profile)", "harm", "whose", "low", "best", "high", "voices", "why"
    )
    for toll in ledger.tolls:
        numbers = (words.stated(n) for n in (toll.low, toll.best, toll.high))
        add_row(made, toll.harm, actor_name(seen.case, toll.group) or "all", *numbers, toll.voices, toll.why)
    sheet.show(made)


def _residuals(sheet: Sheet, seen: Seen, ledger: Ledger) -> None:
    """What a whole leaves over, and the places that it alone names."""
    for rest in ledger.residuals:
        left = words.stated(rest.left)
        sheet.say(f"killed: {words.stated(rest.best)} in all, {rest.parts} in its parts, left over: {left}")
        if rest.named:
            where = ", ".join(place_name(seen.case, place) for place in rest.named)
            sheet.say(f"parts that no report tells of by itself: {where}")


def _title(seen: Seen, total: int, noun: str) -> str:
    return f"{words.counted(total, noun)} as of {words.day(seen.snapshot.as_of)}"


def _cells(seen: Seen, row: IncidentRow) -> tuple[object, ...]:
    where = ", ".join(place_name(seen.case, place) for place in row.places)
    who = ", ".join(actor_name(seen.case, actor) for actor in row.actors[:2])
    acts = ", ".join(map(words.code, row.acts[:3]))
    return row.id, str(row.days), where, who, acts, _killed(row), row.claims, row.voices, _marks(row)


def _killed(row: IncidentRow) -> str:
    if row.killed_best is None:
        return "no word" if row.killed_why == SILENCE else "no figure"
    best = words.number(row.killed_best)
    low = f"from {words.number(row.killed_low)}" if row.killed_low not in (None, row.killed_best) else ""
    high = f"to {words.number(row.killed_high)}" if row.killed_high not in (None, row.killed_best) else ""
    ends = " ".join(part for part in (low, high, "or more" if row.killed_high is None else "") if part)
    return f"{best} ({ends})" if ends else best


def _marks(row: IncidentRow) -> str:
    sure = "" if row.certainty is None else f" {row.certainty:.2f}"
    sure += ", certain" if row.certainty is not None and row.certain else ""
    marks: list[str] = [row.says] if row.says != "happened" else []
    marks += [f"provisional{sure}"] if row.provisional else []
    marks += [f"part of {row.part_of}"] if row.part_of else []
    marks += [words.counted(row.parts, "part")] if row.parts else []
    return ", ".join(marks)


def _standing(found: Dossier) -> str:
    row = found.row
    told = f"{words.counted(row.claims, 'claim')} in {words.counted(row.documents, 'document')}, "
    told += f"{words.counted(row.voices, 'independent voice')}; killed: {_killed(row)} ({row.killed_why})"
    if row.provisional:
        how = "surely" if row.certainty is not None and row.certain else "perhaps wrongly"
        told += f"; provisional: a machine joined these reports, {how}, and nobody has reviewed it"
    return told


def _says(one: Mouth) -> str:
    speaks = f" for {one.party}" if one.party and one.party not in one.claimant.lower() else ""
    return f"{one.claimant}{speaks} ({one.modality})"


def _from(one: Mouth) -> str:
    return " < ".join(f"{step.source} ({step.via})" for step in one.lineage) or one.source


def _quoted(one: Mouth) -> str:
    return f"[retold] {one.words}" if one.retold else one.words


def _positions(seen: Seen, dispute: Dispute) -> str:
    return "\n".join(f"{_value(seen, dispute.about, p.value)}: {', '.join(p.claimants)}" for p in dispute.positions)


def _value(seen: Seen, about: About, value: str) -> str:
    if about is About.WHERE:
        return ", ".join(place_name(seen.case, place) for place in value.split(", "))
    return actor_name(seen.case, value) if about is About.WHO else value


def _more(sheet: Sheet, seen: Seen, more: int) -> None:
    if more > 0:
        sheet.say(f"{words.number(more)} more: raise --limit or narrow the question.")
    if seen.snapshot.left_out:
        sheet.say(f"{words.counted(seen.snapshot.left_out, 'undated document')} not in view; --undated lets them in.")
