"""Turns incidents into a CSV with a row of HXL hashtags under its header (HXL 1.1). Invariant: every column has a
hashtag, and a cell that is empty says that nothing is known."""

from collections.abc import Iterable

from faultline.publish.export.cells import cell, csv_text
from faultline.publish.export.rows import IncidentRow

# Field of the row -> hashtag of the HXL 1.1 dictionary, with attributes; +first and +last day are both inclusive.
TAGS = {
    "incident": "#event+id",
    "first_day": "#date+start",
    "last_day": "#date+end",
    "acts": "#event+type",
    "says": "#status+event",
    "actors": "#group+name+actors",
    "places": "#loc+name",
    "admin2": "#adm2+name",
    "admin1": "#adm1+name",
    "country": "#country+code+v_iso2",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "radius_km": "#geo+radius+km",
    "killed_low": "#affected+killed+min",
    "killed_best": "#affected+killed",
    "killed_high": "#affected+killed+max",
    "documents": "#meta+documents+num",
    "voices": "#meta+corroboration+num",
    "provisional": "#meta+provisional",
    "sources": "#meta+source",
    "claims": "#meta+claims+id",
}


def hxl_table(rows: Iterable[IncidentRow]) -> str:
    """The table. Its row of hashtags is not text for a spreadsheet to run and stays as the standard writes it."""
    cells = ([cell(getattr(row, name)) for name in TAGS] for row in rows)
    return csv_text(tuple(TAGS), (tuple(TAGS.values()), *cells))
