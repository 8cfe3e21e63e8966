"""Turns options into a case folder with the truth beside it. Invariant: equal options give equal bytes, and nothing
that exists is overwritten."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from faultline.record.errors import UsageError
from faultline.sandbox.assumed import SCENARIO, model_yaml, scenario_yaml
from faultline.sandbox.chance import stream
from faultline.sandbox.lists import GED, actors_yaml, case_yaml, places_csv, sources_yaml
from faultline.sandbox.options import SandboxOptions
from faultline.sandbox.page import Written, shifted
from faultline.sandbox.press import Dispatch, report
from faultline.sandbox.prose import write
from faultline.sandbox.simulate import simulate
from faultline.sandbox.sources import EVENTS, make_press
from faultline.sandbox.tables import acled_table, ged_table, monthly_figures, public_after, recorded
from faultline.sandbox.truth import truth_files
from faultline.sandbox.wording import Teller
from faultline.sandbox.world import World

_README = """# {country}, an invented country

Made by `faultline sandbox`, seed {seed}: nothing in it is real. `truth/` says what happened and what every dispatch
claims (docs/guide/sandbox.md explains the files); a build never reads it. The event tables in `tables/` and the
numbers in `figures/` are made from the same truth.
"""


@dataclass(frozen=True, slots=True)
class Made:
    """What a sandbox came to."""

    folder: str
    country: str
    dispatches: int
    claims: int
    happenings: int
    killed: int


def make_sandbox(folder: Path, options: SandboxOptions) -> Made:
    """Writes the case folder of those options; `folder` may exist if it is empty.

    Raises UsageError where it holds anything or cannot be written.
    """
    world = simulate(options)
    written = write_all(world)
    files = _case_files(world, written) | {f"truth/{n}": t for n, t in truth_files(world, written).items()}
    _store(folder, files)
    true = [h for h in world.happenings if h.true]
    claims = sum(len(text.claims) for text in written.values())
    return Made(str(folder), world.country.name, len(written), claims, len(true), sum(h.killed for h in true))


def write_all(world: World) -> dict[Dispatch, Written]:
    """Every dispatch with its text, in the order of publication; a verbatim copy repeats what it copies."""
    rng = stream(world.options.seed, "prose")
    origins: dict[str, tuple[Dispatch, Written]] = {}
    made: dict[Dispatch, Written] = {}
    for dispatch in report(world):
        if dispatch.via == "copy":
            origin, text = origins[dispatch.copy_of]
            text = shifted(text, f"({origin.source.name}) - ")
        else:
            text = write(Teller(world, dispatch.language, rng), dispatch)
        origins[dispatch.id] = (dispatch, text)
        made[dispatch] = text
    return made


def _case_files(world: World, written: dict[Dispatch, Written]) -> dict[str, str]:
    rows = recorded(world)
    files: dict[str, str] = {}
    tables: list[dict[str, Any]] = []
    for year in sorted({h.day.year for h in rows}):
        of_year = [h for h in rows if h.day.year == year]
        public = public_after(date(year, 1, 1), 366)
        for reader, source, make in (("acled", EVENTS, acled_table), ("ged", GED, ged_table)):
            path = f"tables/{reader}/events-{year}.csv"
            files[path] = make(world, of_year)
            frame = f"{reader}-form"
            tables.append({"path": path, "reader": reader, "source": source, "frame": frame, "published": public})
    files["figures/monthly.csv"] = monthly_figures(world, rows)
    files["actors.yaml"] = actors_yaml(world)
    files["sources.yaml"] = sources_yaml(world, make_press(world.options, world.country))
    files["places.csv"] = places_csv(world)
    files["case.yaml"] = case_yaml(world, tables)
    files["model.yaml"] = model_yaml(world)
    files[SCENARIO] = scenario_yaml(world)
    files["README.md"] = _README.format(country=world.country.name, seed=world.options.seed)
    stems = {dispatch.id: dispatch.stem for dispatch in written}
    for dispatch, text in written.items():
        files[f"reports/{dispatch.stem}.md"] = _report(dispatch, text, stems.get(dispatch.copy_of, ""))
    return files


def _report(dispatch: Dispatch, written: Written, origin: str) -> str:
    """A report with its front matter; the text begins right after it."""
    front: dict[str, Any] = {"source": dispatch.source.id, "title": _title(written.text)}
    if dispatch.shown:
        front["published"] = dispatch.shown
    front["language"] = dispatch.language
    if origin:
        front["copy_of"] = f"{origin}.md"
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n{written.text}\n"


def _title(text: str) -> str:
    """The head of the first sentence."""
    words = text.split()
    return " ".join(words[:8]).rstrip(",.;") + (" ..." if len(words) > 8 else "")


def _store(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(str(folder), "a folder that is not empty", "a new or empty one", "Name another folder.")
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(str(folder), error.strerror or str(error), "a folder that can be written") from None
