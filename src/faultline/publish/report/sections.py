"""Turns what may leave of a period into the sections of a briefing. Invariant: every line is read off the record and
names its references; what is cut is counted, and likelihood is left to those who said it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from faultline.publish import words
from faultline.publish.export.leaving import Leaving
from faultline.publish.export.rows import IncidentRow
from faultline.publish.incidents import SILENCE
from faultline.publish.names import actor_name, place_name
from faultline.publish.policy import Released
from faultline.publish.report.briefing import Grid, Section, Statement
from faultline.publish.report.references import References
from faultline.publish.report.wording import say, wording
from faultline.publish.scales import RELIABILITY
from faultline.record.days import Days, parse_days
from faultline.record.vocabulary import Kind
from faultline.resolve.disputes import About, Dispute, disputes


@dataclass(frozen=True, slots=True)
class BriefingLimits:
    """How many lines each section shows before it says how many are cut."""

    incidents: int = 25
    lines: int = 12
    disputes: int = 10
    sources: int = 20


CHANGES: Final = ((Kind.RESTRICTION, "Restrictions"), (Kind.CONTROL, "Control"), (Kind.RELATION, "Ties"))
FORWARD: Final = (Kind.PREDICTION, Kind.THREAT, Kind.INTENT)


def in_short(leaving: Leaving) -> Section:
    """The period in three lines."""
    rows = [row for row in leaving.incidents if not row.part_of]
    lethal = [row for row in rows if row.killed_best]
    values = {
        "incidents": words.counted(len(rows), "incident"),
        "claims": words.counted(len(leaving.claims), "claim"),
        "sources": words.counted(len(leaving.sources), "source"),
        "deaths": words.counted(sum(row.killed_best or 0 for row in lethal), "death"),
        "lethal": words.counted(len(lethal), "incident"),
        "profile": leaving.seen.profile.value,
        "silent": words.number(sum(row.killed_best is None and row.killed_why != SILENCE for row in leaving.incidents)),
        "disputed": words.number(sum(row.says != "happened" for row in rows)),
        "provisional": words.number(sum(row.provisional for row in rows)),
    }
    return Section("In short", say("in short, note"), _lines("in short", values))


def happened(leaving: Leaving, references: References, limits: BriefingLimits) -> Section:
    """The incidents that most voices and deaths stand behind, in the order of their days."""
    rows = [row for row in leaving.incidents if row.acts]
    chosen = sorted(rows, key=_weight)[: limits.incidents]
    lines = tuple(
        _with_words(references, _incident(row), row.claims, _where_and_when(row)) for row in sorted(chosen, key=_order)
    )
    return Section(
        "What happened",
        say("happened, note"),
        lines,
        more=_cut(len(rows), len(lines), "incident"),
    )


def changed(leaving: Leaving, references: References, limits: BriefingLimits) -> tuple[Section, ...]:
    """What is said to be in force, to have changed hands and to be tied to whom; a section each."""
    policy = leaving.case.policy
    late = say("gated, note", {"level": _level(policy.level), "delay": str(policy.delay_days)})
    notes = {Kind.CONTROL: late, Kind.RELATION: late}
    return tuple(
        _claims(leaving, references, (kind,), (f"What changed: {title.lower()}", notes.get(kind, ""), limits.lines))
        for kind, title in CHANGES
    )


def disputed(leaving: Leaving, references: References, limits: BriefingLimits) -> Section:
    """The heaviest disagreements over incidents of the period, each position with who takes it."""
    shown = {row.incident: row for row in leaving.incidents}
    found = [one for one in disputes(leaving.seen.world, leaving.seen.counting) if one.incident in shown]
    every = [_dispute(leaving, references, one, shown[one.incident]) for one in found[: limits.disputes]]
    lines = tuple(line for line in every if line.references)
    held = say("disputed, held", {"count": words.number(len(every) - len(lines))}) if len(every) > len(lines) else ""
    more = f"{_cut(len(found), len(every), 'dispute')} {held}".strip()
    return Section("What is disputed", say("disputed, note"), lines, more=more)


def _dispute(leaving: Leaving, references: References, one: Dispute, row: IncidentRow) -> Statement:
    """The positions on one incident; without references where none of their claims may leave."""
    numbers = references.behind(claim for position in one.positions for claim in position.claims)
    about = wording()["about"].get(one.about.value, one.about.value)
    return Statement(_positions(leaving, one), numbers, f"{_where_and_when(row)}, {about}")


def said_ahead(leaving: Leaving, references: References, limits: BriefingLimits) -> Section:
    """What others expect, threaten and intend; not our forecast."""
    told = ("Outlook: what others say", say("ahead, note"), limits.lines)
    return _claims(leaving, references, FORWARD, told)


def sources(leaving: Leaving, limits: BriefingLimits) -> Section:
    """The sources with most claims in the period."""
    rows = sorted(leaving.sources, key=lambda row: (-row.claims, row.source))
    cells = tuple(
        (row.name, words.code(row.kind), _letter(row.reliability), row.reason, words.number(row.claims))
        for row in rows[: limits.sources]
    )
    header = ("Source", "Kind", "Reliability (Admiralty)", "Why", "Claims")
    return Section("Sources", grid=Grid(header, cells), more=_cut(len(rows), len(cells), "source"))


def limits_of(leaving: Leaving) -> Section:
    """How it was made and what it cannot say."""
    snapshot, policy = leaving.seen.snapshot, leaving.case.policy
    documents = words.counted(snapshot.left_out, "document")
    values = {
        "as_of": words.day(snapshot.as_of),
        "undated": say("undated in") if snapshot.include_undated else say("undated out", {"documents": documents}),
        "profile": leaving.seen.profile.value,
        "level": _level(policy.level),
        "delay": str(policy.delay_days),
        "masked": say("masked") if policy.mask_names else "",
    }
    left = leaving.left_out.items()
    out = tuple(Statement(say("left out", {"count": words.number(n), "reason": reason})) for reason, n in left)
    return Section("Method and limits", statements=(*_lines("limits", values), *out))


def _claims(leaving: Leaving, references: References, kinds: Sequence[Kind], told: tuple[str, str, int]) -> Section:
    """Claims of some kinds, the latest of the period, by day; `told` is title, note and the most."""
    title, note, most = told
    found = [one for one in leaving.released.values() if one.claim.kind in kinds]
    chosen = sorted(found, key=_day)[-most:]
    lines = tuple(_with_words(references, _claim(one), (one.claim.id,), _lead(one)) for one in chosen)
    return Section(title, note, lines, more=_cut(len(found), len(lines), "claim"))


def _with_words(references: References, text: str, claims: Sequence[str], lead: str) -> Statement:
    """The line with its references, and the sentence of the first that may leave."""
    numbers = references.of(claims)
    return Statement(f"{text} {references.told(numbers)}".rstrip(), numbers, lead)


def _incident(row: IncidentRow) -> str:
    parts = [", ".join(words.code(act) for act in row.acts[:3])]
    if row.actors:
        parts.append(f"named: {', '.join(row.actors[:3])}")
    parts.append(_killed(row))
    parts.append(f"{words.counted(row.voices, 'independent voice')} in {words.counted(row.documents, 'document')}")
    parts += [row.says] if row.says != "happened" else []
    parts += [f"{words.counted(row.parts, 'part')}"] if row.parts else []
    parts += ["part of a wider incident"] if row.part_of else []
    return "; ".join(part for part in parts if part) + "."


def _killed(row: IncidentRow) -> str:
    if row.killed_best is None:
        return "" if row.killed_why == SILENCE else "dead are spoken of, no figure may count"
    return f"{words.number(row.killed_best)} killed{_stated(row)}"


def _stated(row: IncidentRow) -> str:
    """The ends of what is stated, where they are others than the best estimate."""
    ends = (row.killed_low, row.killed_high)
    low, high = ("" if end in (None, row.killed_best) else words.stated(end) for end in ends)
    if low and high:
        return f" (from {low} to {high} as stated)"
    return f" (at least {low} as stated)" if low else f" (up to {high} as stated)" if high else ""


def _where_and_when(row: IncidentRow) -> str:
    day = words.days(Days(row.first_day, row.last_day))
    return f"{day}, {', '.join(row.places[:4])}" if row.places else day


def _lead(one: Released) -> str:
    day = words.days(one.claim.days)
    return f"{day}, {', '.join(one.places)}" if one.places else day


def _claim(one: Released) -> str:
    claim = one.claim
    what = words.code(claim.subtype or (claim.action.value if claim.action else claim.kind.value))
    who = f"; {', '.join(one.actors)}" if one.actors else ""
    said = f"; said by {', citing '.join(one.speakers)}" if one.speakers else ""
    return f"{what}{who} ({claim.modality}{said})."


def _positions(leaving: Leaving, dispute: Dispute) -> str:
    parts = [
        f"{_value(leaving, dispute, position.value)} according to {_claimants(leaving, position.claimants)}"
        for position in dispute.positions
    ]
    return " / ".join(parts) + "."


def _claimants(leaving: Leaving, claimants: Sequence[str]) -> str:
    """The first of those who take a position, by name."""
    return ", ".join(dict.fromkeys(actor_name(leaving.case, one) for one in claimants[:4]))


def _value(leaving: Leaving, dispute: Dispute, value: str) -> str:
    if dispute.about is About.WHERE:
        return place_name(leaving.case, value)
    if dispute.about is About.WHEN:
        return words.days(parse_days(value))
    if dispute.about in (About.WHO, About.WHOM):
        return actor_name(leaving.case, value)
    return words.number(int(value)) if value.isdecimal() else words.code(value)


def _level(level: str) -> str:
    return str(wording()["levels"].get(level, level))


def _lines(name: str, values: Mapping[str, str]) -> tuple[Statement, ...]:
    return tuple(Statement(line.format_map(values).strip()) for line in wording()[name])


def _letter(letter: str) -> str:
    return f"{letter}: {RELIABILITY[letter]}" if letter else "not described by the case"


def _cut(count: int, shown: int, noun: str) -> str:
    return f"{words.counted(count - shown, noun)} more on the desk." if count > shown else ""


def _weight(row: IncidentRow) -> tuple[float, str]:
    return (-(row.voices + (row.killed_best or 0) / 10), row.incident)


def _order(row: IncidentRow) -> tuple[str, str]:
    return (str(row.first_day or row.last_day or "9999"), row.incident)


def _day(one: Released) -> tuple[str, str]:
    days = one.claim.days
    return (str(days.last_day or days.first_day or "0"), one.claim.id)
