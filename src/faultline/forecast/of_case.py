"""Forecasts for a case from its own figures and event tables, by the models of the package. Invariant: an input that
was not public on the day of the question is not in it, and nothing is fetched or stored."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.forecast.cast import Question, cast
from faultline.forecast.eventful import outcomes_of
from faultline.forecast.figured import figured, kind_of, lacking, series_of, state_of, until
from faultline.forecast.outcomes import LEAST_MONTHS, Monthly
from faultline.forecast.shipped import shipped
from faultline.measure import Sight, see
from faultline.record.analysis import Figure, Frame
from faultline.record.errors import InputError, NotFoundError
from faultline.record.forecasting import CaseForecast
from faultline.record.months import month_number, month_text

_MOST_UNITS = 8  # of an outcome that has many, where none is asked for: those with most


@dataclass(frozen=True, slots=True)
class Forecasting:
    """What to forecast: the last month of input (YYYY-MM, "" for the last one that is public), series and units (() for
    the case's main ones), draws, seed."""

    issue: str = ""
    series: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    draws: int = 1000
    seed: int = 1


def forecasts(case: Case, snapshot: Snapshot, asked: Forecasting = Forecasting()) -> list[CaseForecast]:
    """Forecasts of each series of deaths among the case's systematic figures, for the unit with the largest total, and
    of what a systematic event table says of regions, units attacked and the capital.

    Raises InputError where the case has neither, NotFoundError for a series or unit that it has not, UsageError for an
    issue that its input does not reach.
    """
    found = [*_from_figures(case, snapshot, asked), *_from_events(case, snapshot, asked)]
    if not found:
        way_out = "Figures under `figures:` or a table under `tables:` need a frame with `systematic: true`."
        raise InputError(case.id, "nothing to forecast", "systematic figures or events", way_out)
    return found


def _from_figures(case: Case, snapshot: Snapshot, asked: Forecasting) -> Iterator[CaseForecast]:
    for frame in (frame for frame in case.frames if frame.systematic):
        figures = [figure for figure in snapshot.figures() if figure.source == frame.source]
        known = series_of(figures)
        for series in asked.series or known:
            if series in known or not _has_tables(case):
                for unit in asked.units or known.get(series, [""])[:1]:
                    yield _of_figures(figures, (series, unit, frame), snapshot.as_of, asked)


def _of_figures(figures: list[Figure], what: tuple[str, str, Frame], as_of: date, asked: Forecasting) -> CaseForecast:
    series, unit, frame = what
    found = figured(figures, series, unit, frame)
    issue = month_number(asked.issue, "--issue") if asked.issue else found.table.last
    table = until(found, issue, as_of)
    state = state_of(unit)
    question = Question(series, unit, state, asked.draws, asked.seed)
    models = shipped(kind_of(series)) if state and kind_of(series) else None
    missing = lacking(table, series, models.card["beside"]) if models else []
    made = cast(table, question, None if missing else models)
    if missing:
        made = replace(made, why=f"the models of the package also need figures of {' and '.join(missing)}")
    if found.gap is None or asked.issue:
        return made
    note = f"{month_text(found.gap)} was not public on {as_of}: the input ends before it"
    note += f" ({found.later} later months wait)"
    return replace(made, notes=(*made.notes, note))


def _has_tables(case: Case) -> bool:
    systematic = {frame.id for frame in case.frames if frame.systematic}
    return any(entry.kind == "tables" and entry.frame in systematic for entry in case.inputs)


def _from_events(case: Case, snapshot: Snapshot, asked: Forecasting) -> Iterator[CaseForecast]:
    if not _has_tables(case):
        return
    sight = see(case, snapshot)
    for series, table in _event_tables(sight):
        if asked.series and series not in asked.series:
            continue
        cut = table.until(month_number(asked.issue, "--issue")) if asked.issue else table
        if cut.deaths.shape[1] < LEAST_MONTHS:
            cut.until(cut.last)  # says how little there is
        most = sorted(cut.units, key=lambda unit: -cut.deaths[cut.units.index(unit)].sum())
        for unit in asked.units or most[:_MOST_UNITS]:
            yield cast(cut, Question(series, unit, "", asked.draws, asked.seed))


def _event_tables(sight: Sight) -> Iterator[tuple[str, Monthly]]:
    try:
        capital = sight.case.place(sight.case.capital) if sight.case.capital else None
    except NotFoundError:
        capital = None
    if sight.events is not None:
        yield from outcomes_of(sight.events, capital)
