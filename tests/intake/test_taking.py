from dataclasses import replace
from pathlib import Path

from tests.intake.samples import GED_HEADER, csv_text, docx_file, ged_rows, pdf, take_all

from faultline.case.case import Input, Policy
from faultline.intake import Skipped, Taken
from faultline.record.days import parse_days


def fill(folder: Path) -> tuple[Input, ...]:
    for name in ("reports/deep", "tables", "figures"):
        (folder / name).mkdir(parents=True)
    (folder / "reports/a.md").write_text("---\nurl: https://w.example/a\n---\nLes forces ont quitté la ville de Dun.")
    (folder / "reports/b.pdf").write_bytes(pdf("The army left the town of Dun."))
    (folder / "reports/c.docx").write_bytes(docx_file("The army left the town."))
    (folder / "reports/d.png").write_bytes(b"\x89PNG")
    (folder / "reports/deep/e.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "tables/ged.csv").write_text(csv_text(GED_HEADER, ged_rows(2)))
    (folder / "figures/f.csv").write_text("unit,month,value\nOstrel,2021-03,4\n")
    return (
        Input("tables", folder / "tables/ged.csv", "ged", "ucdp", "ged-frame", parse_days("2022")),
        Input("documents", folder / "reports", frame="reports", retold=True, published=parse_days("2021")),
        Input("figures", folder / "figures", source="ucdp"),
    )


def test_every_input_of_a_case_is_taken_in_the_order_of_paths_or_named(tmp_path: Path) -> None:
    found = take_all(tmp_path, *fill(tmp_path))
    assert [f.filing.origin if isinstance(f, Taken) else f.origin for f in found] == [
        "figures/f.csv",
        "reports/a.md",
        "reports/b.pdf",
        "reports/c.docx",
        "reports/d.png",
        "reports/deep/e.txt",
        "tables/ged.csv",
    ]
    assert [f.reason for f in found if isinstance(f, Skipped)] == ["kind", "binary"]
    assert [f.reader for f in found if isinstance(f, Taken)] == ["figures", "markdown", "pdf", "docx", "ged"]


def test_what_the_case_says_of_an_input_stands_in_its_filings(tmp_path: Path) -> None:
    found = {f.filing.origin: f.filing for f in take_all(tmp_path, *fill(tmp_path)) if isinstance(f, Taken)}
    report, table = found["reports/a.md"], found["tables/ged.csv"]
    assert (report.frame, report.retold_from, report.language) == ("reports", "https://w.example/a", "fr")
    assert report.published == parse_days("2021")
    assert (table.source, table.frame, table.published) == ("ucdp", "ged-frame", parse_days("2022"))


def test_only_prose_is_left_for_coding(tmp_path: Path) -> None:
    found = [f for f in take_all(tmp_path, *fill(tmp_path)) if isinstance(f, Taken)]
    assert [f.filing.origin for f in found if f.coded is None] == ["reports/a.md", "reports/b.pdf", "reports/c.docx"]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    entries = fill(tmp_path)
    assert take_all(tmp_path, *entries) == take_all(tmp_path, *entries)


def test_policy_of_the_case_bounds_the_size_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words" * 100)
    entry = Input("documents", tmp_path / "a.txt")
    (found,) = take_all(tmp_path, entry, policy=Policy(max_bytes=499))
    assert found == Skipped("a.txt", "too large", "500 bytes; at most 499")
    assert isinstance(take_all(tmp_path, entry, policy=Policy(max_bytes=500))[0], Taken)


def test_language_without_a_pack_is_kept_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Армия сообщила во вторник, что отбила нападение на город и что он не был взят.")
    (found,) = take_all(tmp_path, Input("documents", tmp_path / "a.txt"))
    assert isinstance(found, Taken) and found.filing.language == "ru" and found.coded is None


def test_every_dispatch_of_the_chronicle_is_taken_whole(shared: Path) -> None:
    folder = shared / "chronicle"
    found = take_all(folder, Input("documents", folder / "reports", retold=True))
    assert len(found) == len(list((folder / "reports").iterdir()))
    for taken in found:
        assert isinstance(taken, Taken), taken
        whole = taken.content.decode()
        assert whole.endswith(f"---\n{taken.document.text}")
        assert taken.filing.source and taken.filing.title and taken.filing.retold_from == taken.filing.url != ""
        assert taken.filing.published.known == ("\npublished:" in whole.split("\n---\n")[0])
    assert found == take_all(folder, replace(Input("documents", folder / "reports"), retold=True))
