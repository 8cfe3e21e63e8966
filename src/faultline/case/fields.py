"""Turns single values of a case file into checked ones. Invariant: a value is taken as it stands or refused; nothing is
guessed."""

import codecs
import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, StringConstraints

from faultline.case.marked import MARKS
from faultline.record.days import Days, parse_days
from faultline.record.errors import UsageError

_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_ISO_3166_1 = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB
    GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG
    KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV
    MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB
    SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US
    UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"""
_COUNTRIES = frozenset(_ISO_3166_1.split())
_USER_ASSIGNED = re.compile(r"AA|Q[M-Z]|X[A-Z]|ZZ")  # ISO 3166-1 leaves these free: an invented country takes one


class RefusedError(ValueError):
    """What a validator raises; `key` names the key at fault where the whole entry was looked at."""

    def __init__(self, expected: str, way_out: str = "", key: str = "") -> None:
        self.expected, self.way_out, self.key = expected, way_out, key
        super().__init__(expected)


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value):
        way_out = "An id is for ever: take one that stays true when names change."
        raise RefusedError("lower-case letters a-z, digits, single hyphens or underscores, as in river-front", way_out)
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise RefusedError("a language code of two or three small letters (ISO 639), as in fr")
    return value


def _country(value: str) -> str:
    if value not in _COUNTRIES and not _USER_ASSIGNED.fullmatch(value):
        raise RefusedError(
            "a country code of two capital letters (ISO 3166-1), as in KE", "ZZ stands for an invented one."
        )
    return value


def _encoding(value: str) -> str:
    try:
        codecs.lookup(value)
    except (LookupError, ValueError):
        raise RefusedError("an encoding that Python knows, as in cp1252", "Leave it out to let it be found.") from None
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\S*", value):
        raise RefusedError("an address that begins with https:// or http://")
    return value


def _pattern(value: str) -> str:
    try:
        empty = re.compile(value).search("") is not None
    except re.error as error:
        raise RefusedError(f"a regular expression ({error})") from None
    if empty:
        raise RefusedError("a regular expression that needs at least one letter")
    if re.search(r"(?<!\\)[A-Z]|[^\x00-\x7f]", value):
        raise RefusedError("small letters without accents: texts are compared without either")
    return value


def _named(value: dict[str, str]) -> dict[str, str]:
    if not value:
        raise RefusedError("a name in at least one language, as in {en: morale}")
    return value


def _days(value: Any) -> Days:
    try:
        return parse_days(str(value))
    except UsageError as error:
        raise RefusedError(error.expected, error.way_out) from None


def _part_of_calendar(value: Any) -> Days:
    if "/" in str(value):
        raise RefusedError("one day, month or year", "Give the two ends as first_day and last_day.")
    return _days(value)


def _one_day(value: Any) -> date:
    days = _days(value)
    if days.first_day is None or days.first_day != days.last_day:
        raise RefusedError("one day as YYYY-MM-DD")
    return days.first_day


def _plain(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != MARKS} if isinstance(value, dict) else value


def joined(first: Days, last: Days) -> Days:
    """From the first day of `first` to the last day of `last`, both inclusive; open where they are unknown.

    Raises UsageError where the interval ends before it starts.
    """
    return first if first == last else parse_days(f"{first.first_day or '..'}/{last.last_day or '..'}")


Slug = Annotated[str, AfterValidator(_slug)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Language = Annotated[str, AfterValidator(_language)]
Country = Annotated[str, AfterValidator(_country)]
Encoding = Annotated[str, AfterValidator(_encoding)]
Interval = Annotated[Days, PlainValidator(_days)]
EndOfInterval = Annotated[Days, PlainValidator(_part_of_calendar)]
OneDay = Annotated[date, PlainValidator(_one_day)]
Columns = Annotated[dict[str, str], BeforeValidator(_plain)]
Names = Annotated[dict[Language, Name], BeforeValidator(_plain), AfterValidator(_named)]
Address = Annotated[str, AfterValidator(_address)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Share = Annotated[float, Field(ge=0, le=1)]
