"""The command that shows the actors of a case and the line of one: what it came from and what it became."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

import typer

from faultline.case import Case, load_case
from faultline.cli.asked import sheet_of
from faultline.cli.root import AsOfOption, CaseArgument, JsonOption, app
from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.record.actor import Actor
from faultline.record.days import Days, parse_days
from faultline.record.errors import NotFoundError
from faultline.record.text import Candidate
from faultline.resolve.actors import Surroundings, who
from faultline.resolve.actors_line import Asked, Line, Step, coalition, line


@app.command()
def actors(
    folder: CaseArgument,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="Id or name of an actor; all of them without it.")] = "",
    day: Annotated[str, typer.Option("--day", metavar="DAY", help="As it was on that day; else ever.")] = "",
    beside: Annotated[
        bool, typer.Option("--coalition", help="Who stood with it instead: members, allies, backers.")
    ] = False,
    as_of: AsOfOption = "",
    as_json: JsonOption = False,
) -> None:
    """List the actors of a case, or follow one: its names, what it came from, became, belongs to, who belongs to it."""
    case, sheet = load_case(folder), sheet_of(as_json)
    asked = Asked(parse_days(day, "--day").last_day, parse_days(as_of, "--as-of").last_day)
    if not name:
        _list(sheet, case, [a for a in case.actors if asked.day is None or a.days.covers(asked.day)])
        return
    found = _found(case, name, asked.day)
    if len(found) > 1:
        _open(sheet, case, name, found)
        return
    shown = line(case, found[0].id, asked)
    _line(sheet, case, replace(shown, steps=coalition(case, shown.actor, asked)) if beside else shown)


def _found(case: Case, name: str, day: date | None) -> tuple[Candidate, ...]:
    if any(actor.id == name for actor in case.actors):
        return (Candidate(name, 1.0, "its id"),)
    found = who(case, name, Surroundings(Days(day, day)))
    if not found:
        got = f"no such actor{f' on {day}' if day else ''}"
        raise NotFoundError(name, got, "an id or a name in actors.yaml", "`faultline actors CASE` lists them.")
    return found


def _list(sheet: Sheet, case: Case, chosen: Sequence[Actor]) -> None:
    made = table(f"{len(chosen)} actors", "id", "name", "kind", "side", "days", "names", "ties")
    for actor in chosen:
        days = str(actor.days) if actor.days.known else ""
        add_row(made, actor.id, actor.name, actor.kind, actor.side, days, len(actor.aliases), len(actor.ties))
    sheet.rows(Answer(Actor, case.id, chosen), made)


def _open(sheet: Sheet, case: Case, name: str, found: Sequence[Candidate]) -> None:
    """A name that fits several stays open: the reader chooses an id."""
    made = table(f"{name!r} fits {len(found)} actors; ask for one by its id", "id", "name", "probability", "why")
    for candidate in found:
        add_row(made, candidate.id, case.actor(candidate.id).name, f"{candidate.probability:.2f}", candidate.reason)
    sheet.rows(Answer(Candidate, case.id, found), made)


def _line(sheet: Sheet, case: Case, found: Line) -> None:
    actor = case.actor(found.actor)
    sheet.say(f"{actor.name}, {actor.kind}\n{_names(found)}")
    made = table("", *_COLUMNS)
    for step in found.steps:
        for number, account in enumerate(step.accounts):
            known = str(account.known_from) if account.known_from else "hindsight"
            who_to = (_name(case, step.actor), step.relation, _name(case, step.other)) if not number else ("", "or", "")
            add_row(made, *who_to, account.tie.kind, account.tie.days, known, _sources(step, number), account.tie.note)
    sheet.rows(Answer(Line, case.id, [found]), made)


_COLUMNS = ("who", "is", "whom", "by the tie", "days", "known from", "sources", "note")


def _names(found: Line) -> str:
    """The names by the time in which they are valid."""
    periods: dict[str, list[str]] = {}
    for alias in found.names:
        periods.setdefault(str(alias.days) if alias.days.known else "always", []).append(alias.name)
    return "\n".join(f"{period}: {', '.join(names)}" for period, names in periods.items())


def _sources(step: Step, number: int) -> str:
    """The hosts of the pages that say so; --json has the addresses."""
    return ", ".join(dict.fromkeys(urlsplit(url).netloc or url for url in step.accounts[number].tie.sources))


def _name(case: Case, actor: str) -> str:
    return f"{case.actor(actor).name} [{actor}]"
