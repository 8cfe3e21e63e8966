import csv
import json
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from faultline.case import check_case, load_case
from faultline.cli.commands import app
from faultline.intake import Taken, take_case
from faultline.record.errors import UsageError
from faultline.sandbox.folder import make_sandbox
from faultline.sandbox.options import SandboxOptions, small

SHIPPED = 16  # the seed of cases/sandbox


def rows(folder: Path, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in files if ".faultline" not in p.parts}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sandbox") / "made"
    make_sandbox(folder, small(SHIPPED))
    return folder


def test_the_sandbox_that_ships_is_what_its_seed_gives(root: Path, made: Path) -> None:
    assert contents(root / "cases/sandbox") == contents(made)


def test_the_folder_passes_check_without_a_word(made: Path) -> None:
    assert check_case(made) == ()


@pytest.mark.parametrize("seed", [1, 2, 5, 77])
def test_folders_of_other_seeds_pass_check_too(tmp_path: Path, seed: int) -> None:
    make_sandbox(tmp_path / "other", replace(small(seed), homonyms=3, renamings=3, mergers=2, splits=3))
    assert check_case(tmp_path / "other") == ()


def test_spans_hold_their_words_in_the_text_that_intake_reads(made: Path) -> None:
    taken = [t for t in take_case(load_case(made)) if isinstance(t, Taken)]
    texts = {Path(t.filing.origin).stem: t.document.text for t in taken if t.coded is None}
    claims = rows(made, "claims")
    assert len(texts) >= 120
    for claim in claims:
        evidence = claim["evidence"]
        assert texts[claim["doc"]][evidence["start"] : evidence["end"]] == evidence["text"]  # type: ignore[index]


def test_every_row_of_the_event_tables_becomes_claims(made: Path) -> None:
    tables = [t for t in take_case(load_case(made)) if isinstance(t, Taken) and t.reader in ("acled", "ged")]
    assert len(tables) == 4
    assert all(table.coded and table.coded.claims and not table.skipped for table in tables)


def test_deaths_of_the_tables_and_figures_are_those_of_the_truth(made: Path) -> None:
    events = {str(event["id"]): event for event in rows(made, "events")}
    ged = [row for path in sorted(made.glob("tables/ged/*.csv")) for row in csv.DictReader(path.open())]
    for row in ged:
        sides = sum(int(row[key]) for key in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"))
        assert sides == int(row["best"]) == events[f"h{int(row['id']):05d}"]["killed"]
    acled = [row for path in sorted(made.glob("tables/acled/*.csv")) for row in csv.DictReader(path.open())]
    months = Counter[str]()
    for event in events.values():
        if event["true"]:
            months[str(event["day"])[:7]] += event["killed"]  # type: ignore[operator]
    figures = Counter[str]()
    for row in csv.DictReader((made / "figures/monthly.csv").open()):
        figures[row["month"]] += int(row["deaths"])
    assert +figures == +months
    assert sum(int(row["fatalities"]) for row in acled) == sum(months.values())


def test_a_thinner_table_has_a_part_of_the_rows(tmp_path: Path) -> None:
    make_sandbox(tmp_path / "thin", replace(small(SHIPPED), table_recall=0.5))
    make_sandbox(tmp_path / "whole", small(SHIPPED))
    thin, whole = (
        [
            line
            for path in sorted((tmp_path / name).glob("tables/acled/*.csv"))
            for line in path.read_text().splitlines()
        ]
        for name in ("thin", "whole")
    )
    assert 0.3 < len(thin) / len(whole) < 0.7
    assert set(thin) < set(whole)


def test_lineages_name_dispatches_that_are_there(made: Path) -> None:
    lineages = {str(row["id"]): row for row in rows(made, "lineages")}
    stems = {path.stem for path in (made / "reports").iterdir()}
    assert {row["doc"] for row in lineages.values()} == stems
    copies = [row for row in lineages.values() if row["copy_of"]]
    assert copies
    assert all(lineages[str(row["copy_of"])]["happening"] == row["happening"] for row in copies)


def test_no_invented_name_is_one_of_a_real_place_or_group(made: Path, shared: Path) -> None:
    case = load_case(made)
    invented = {name.lower() for place in case.places for name in (place.name, *place.variants)}
    invented |= {actor.name.lower() for actor in case.actors}
    real = {line.split("\t")[1].lower() for path in shared.glob("geo/*.txt") for line in path.open() if "\t" in line}
    real |= {str(json.loads(line)["name"]).lower() for line in (shared / "chronicle/actors.jsonl").open()}
    assert len(real) > 1000
    assert not invented & real


def test_nothing_that_exists_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        make_sandbox(tmp_path, small(1))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_command_writes_a_folder_and_says_what_is_in_it(tmp_path: Path) -> None:
    call = [
        "sandbox",
        str(tmp_path / "made"),
        "--seed",
        "5",
        "--small",
        "--set",
        "feedback=0",
        "--set",
        "dispatches=20",
    ]
    done = CliRunner().invoke(app, call)
    assert done.exit_code == 0
    assert "20 dispatches" in done.output
    world = json.loads((tmp_path / "made/truth/world.json").read_text())
    assert (world["options"]["seed"], world["loop_gain"]) == (5, 0.0)


def test_the_guide_names_every_setting(root: Path) -> None:
    guide = (root / "docs/guide/sandbox.md").read_text(encoding="utf-8")
    assert [
        field.name for field in fields(SandboxOptions) if f"`{field.name}`" not in guide and field.name != "seed"
    ] == []
