"""A small valid case about an invented country, and ways to break it."""

from collections.abc import Mapping
from pathlib import Path

from faultline.case import CaseProblem, check_case

CASE = """\
schema: 1
id: ostrel
title: Ostrel
languages: [en, fr]
countries: [ZZ]
capital: velmora
period: {first_day: 2019, last_day: 2020-12}
documents:
  - {path: reports, frame: wire-reports, retold: true, published: 2020-05/..}
tables:
  - path: tables/events.csv
    source: monitor
    reader: csv
    columns: {date: event_date, place: town}
figures:
  - {path: figures/monthly.csv, source: monitor, encoding: cp1252}
frames:
  - {id: wire-reports, source: wire, unit: report, systematic: false, first_day: 2019, last_day: 2020}
policy: {level: admin1, delay_days: 30, mask_names: false, bad_rows: 0.1, max_bytes: 1000}
expectations:
  - {form: holds, day: 2020-05-04, subject: ford, value: front, stage: measure, source: wire}
  - {form: in_force, day: 2020-05-04, subject: ford, value: not curfew, stage: measure, source: reports/one.md}
  - {form: exists, day: 2020-05-04, subject: front, value: yes, stage: case, source: wire}
  - {form: tie, day: 2020-05-04, subject: front, value: rivalry army, stage: case, source: "https://wire.example/1"}
  - {form: says, day: 2020-05-04, subject: wire, value: three soldiers killed, stage: evidence, source: wire}
"""

ACTORS = """\
- id: army
  name: Army of Ostrel
  kind: state_force
  side: government
  aliases:
    - Ostrel army
    - {name: L'armée d'Ostrel, language: fr}
  demonyms: [Ostrelian]
  metonyms: [Velmora]
- id: front
  name: River Front
  kind: armed_group
  days: 2019-11/..
  note: invented
  aliases:
    - name: RF
      first_day: 2019-11
      last_day: 2020-03
      source: wire
  ties:
    - kind: rivalry
      other: army
      first_day: 2019-11
      sources: [wire, "https://wire.example/1"]
      published: 2020-05-05
  offices:
    - title: spokesman
      holder: dorre
      first_day: 2020
      sources: [wire]
- id: dorre
  name: Ilan Dorre
  kind: person
"""

SOURCES = """\
- id: wire
  name: Northern Wire
  kind: wire
  family: northern
  country: ZZ
  languages: [en, fr]
  reliability: B
  reason: invented
- id: monitor
  name: The Monitor
  kind: dataset
  reliability: C
  reason: invented
  laundering: false
"""

PLACES = """\
id,name,variants,latitude,longitude,radius_km,feature,precision,admin2,admin1,country,first_day,last_day,source,note
velmora,Velmora,,1.5,-30.25,5,PPLC,exact,Velmora,Centre,ZZ,,,invented,
ford,Tarn Ford,Tarnford|Gué de Tarn,2.25,-30.75,5,PPL,exact,Upper Tarn,North,ZZ,,,invented,
"""

TEXTS = {"case.yaml": CASE, "actors.yaml": ACTORS, "sources.yaml": SOURCES, "places.csv": PLACES}
Content = Mapping[str, str | bytes]


def place_of(name: str, snippet: str) -> str:
    """The "file:line" of a snippet that stands once in that file of the valid case."""
    assert TEXTS[name].count(snippet) == 1, f"{snippet!r} stands {TEXTS[name].count(snippet)} times in {name}"
    return f"{name}:{TEXTS[name][: TEXTS[name].index(snippet)].count(chr(10)) + 1}"


def write_case(folder: Path, changed: Content | None = None) -> Path:
    """The valid case in that folder, with the files in `changed` instead of its own."""
    for name in ("reports", "tables", "figures"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "reports/one.md").write_text("Tarn Ford fell.", encoding="utf-8")
    (folder / "tables/events.csv").write_text("event_date,town\n", encoding="utf-8")
    (folder / "figures/monthly.csv").write_text("month,deaths\n", encoding="utf-8")
    for name, text in {**TEXTS, **(changed or {})}.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def swapped(name: str, old: str, new: str) -> dict[str, str]:
    """That file of the valid case with `old`, which stands in it once, replaced."""
    assert place_of(name, old)
    return {name: TEXTS[name].replace(old, new)}


def problems_after(folder: Path, name: str, old: str, new: str) -> tuple[CaseProblem, ...]:
    """What `check_case` finds once `old` is replaced by `new` in that file."""
    return check_case(write_case(folder, swapped(name, old, new)))


def the_problem(folder: Path, name: str, old: str, new: str) -> CaseProblem:
    """The only problem that the change makes."""
    problems = problems_after(folder, name, old, new)
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]
