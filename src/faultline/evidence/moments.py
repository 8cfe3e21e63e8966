"""Days and moments as whole numbers and back. Invariant: nothing is lost either way, and order is kept."""

from datetime import UTC, date, datetime, timedelta

from faultline.record.errors import UsageError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_MICROSECOND = timedelta(microseconds=1)
FOREVER = 2**62


def day_number(day: date | None) -> int | None:
    """Days since 1970-01-01; None stays None."""
    return None if day is None else day.toordinal() - _EPOCH_DAY


def day_of(number: int | None) -> date | None:
    """The day of a number of days since 1970-01-01; None stays None."""
    return None if number is None else date.fromordinal(number + _EPOCH_DAY)


def moment_number(moment: datetime) -> int:
    """Microseconds since 1970 in UTC. Raises UsageError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise UsageError("moment", moment.isoformat(), "a moment with a time zone", "Use datetime.now(UTC).")
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(number: int) -> datetime:
    """The moment, in UTC, of a number of microseconds since 1970."""
    return _EPOCH + number * _MICROSECOND
