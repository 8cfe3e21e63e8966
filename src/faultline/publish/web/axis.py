"""Turns a span of days into the few years or months that stand over its drawing. Invariant: marks lie inside the span,
in their order, and there are never more than there is room for."""

from dataclasses import dataclass

from faultline.publish.months import day_number, day_of, first_day_of, months_between

_MOST = 12
_MONTHS = 36  # from so many months on years are marked


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark at `at` percent of the span: where `label`, a year (YYYY) or a month (YYYY-MM), begins."""

    at: float
    label: str


def ticks(span: tuple[int, int]) -> tuple[Tick, ...]:
    """The marks of a span of days since 1970-01-01, both inclusive; app/src/tracks.ts does the same for the brush."""
    first, last = map(day_of, span)
    months = months_between(f"{first:%Y-%m}", f"{last:%Y-%m}")
    if len(months) > _MONTHS:
        months = tuple(month[:4] for month in months if month.endswith("-01"))
    inside = [(day_number(first_day_of(month)), month) for month in months if first_day_of(month) >= first]
    step = -(-len(inside) // _MOST) or 1
    width = span[1] - span[0] + 1
    return tuple(Tick(round(100 * (day - span[0]) / width, 2), month) for day, month in inside[::step])
