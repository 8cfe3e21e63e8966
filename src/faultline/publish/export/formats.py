"""The formats of exchange, each from what may leave to the files of it. Invariant: a format says what it could not
hold, by reason and count, in `Files.lost`."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from faultline.publish.export.acled import acled_table
from faultline.publish.export.cells import csv_of, parquet_of
from faultline.publish.export.geojson import features
from faultline.publish.export.gold import gold_lines
from faultline.publish.export.hxl import hxl_table
from faultline.publish.export.leaving import Leaving
from faultline.publish.export.rows import ClaimRow, IncidentRow, SourceRow
from faultline.publish.export.ucdp import ucdp_table


@dataclass(frozen=True)
class Content:
    """One file: its bytes and how many rows they hold."""

    content: bytes
    rows: int


@dataclass(frozen=True)
class Files:
    """The files of an export by name, and what the format could not hold."""

    files: Mapping[str, Content]
    lost: Mapping[str, int] = field(default_factory=dict)


Exporter = Callable[[Leaving], Files]


def _csv(leaving: Leaving) -> Files:
    return Files(
        {
            "claims.csv": _text(csv_of(ClaimRow, leaving.claims), len(leaving.claims)),
            "incidents.csv": _text(csv_of(IncidentRow, leaving.incidents), len(leaving.incidents)),
            "sources.csv": _text(csv_of(SourceRow, leaving.sources), len(leaving.sources)),
        }
    )


def _parquet(leaving: Leaving) -> Files:
    return Files(
        {
            "claims.parquet": Content(parquet_of(ClaimRow, leaving.claims), len(leaving.claims)),
            "incidents.parquet": Content(parquet_of(IncidentRow, leaving.incidents), len(leaving.incidents)),
            "sources.parquet": Content(parquet_of(SourceRow, leaving.sources), len(leaving.sources)),
        }
    )


def _geojson(leaving: Leaving) -> Files:
    made = features(leaving)
    text = json.dumps({"type": "FeatureCollection", "features": made}, ensure_ascii=False)
    lost = sum(one["geometry"] is None for one in made)
    return Files({"incidents.geojson": _text(text, len(made))}, _counted({"incidents drawn nowhere": lost}))


def _hxl(leaving: Leaving) -> Files:
    return Files({"incidents.hxl.csv": _text(hxl_table(leaving.incidents), len(leaving.incidents))})


def _acled(leaving: Leaving) -> Files:
    lost: Counter[str] = Counter()
    text, rows = acled_table(leaving, lost)
    return Files({"incidents.acled.csv": _text(text, rows)}, _counted(lost))


def _ucdp(leaving: Leaving) -> Files:
    lost: Counter[str] = Counter()
    text, rows = ucdp_table(leaving, lost)
    return Files({"incidents.ged.csv": _text(text, rows)}, _counted(lost))


def _gold(leaving: Leaving) -> Files:
    lines = gold_lines(leaving)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    held = len(leaving.released) - len(lines)
    return Files({"claims.jsonl": _text(text, len(lines))}, _counted({"claims whose sentence is held back": held}))


EXPORTERS: Mapping[str, Exporter] = {
    "csv": _csv,
    "parquet": _parquet,
    "geojson": _geojson,
    "hxl": _hxl,
    "acled": _acled,
    "ucdp": _ucdp,
    "gold": _gold,
}


def _text(text: str, rows: int) -> Content:
    return Content(text.encode(), rows)


def _counted(lost: Mapping[str, int]) -> Mapping[str, int]:
    return {reason: count for reason, count in lost.items() if count}
