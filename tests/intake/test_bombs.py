import io
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.intake.samples import FILING, docx_file, pdf, pdf_of, repacked, xlsx

from faultline.intake import Limits, Skipped, Taken, take_path
from faultline.intake.archive import check_archive
from faultline.intake.bounded import render
from faultline.intake.taken import RefusedError

SMALL = replace(Limits(), unpacked_bytes=2_000_000, entries=100, pages=5, characters=10_000, seconds=20.0)
NAMES = [f'<!ENTITY a{n} "{("&a%s;" % (n - 1 if n else "")) * 10}">' for n in range(9)]
ENTITIES = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">{"".join(NAMES)}]><d>&a8;</d>'


def reason(path: Path, content: bytes, limits: Limits = SMALL) -> str:
    path.write_bytes(content)
    found = take_path(path, FILING, limits)
    assert isinstance(found, Skipped), found
    return found.reason


def test_zip_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    bomb = repacked(docx_file("x"), **{"word/media/a.bin": bytes(3_000_000)})
    assert len(bomb) < 100_000
    assert reason(tmp_path / "a.docx", bomb) == "bomb"


def test_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    bomb = bytearray(repacked(docx_file("x"), **{"word/media/a.bin": bytes(3_000_000)}))
    size = (3_000_000).to_bytes(4, "little")
    while size in bomb:
        at = bomb.index(size)
        bomb[at : at + 4] = (10).to_bytes(4, "little")
    assert reason(tmp_path / "a.docx", bytes(bomb)) in ("bomb", "truncated")


def test_zip_of_too_many_entries_is_refused(tmp_path: Path) -> None:
    many = repacked(xlsx([["a"]]), **{f"xl/{n}.xml": b"" for n in range(200)})
    (tmp_path / "a.xlsx").write_bytes(many)
    with pytest.raises(RefusedError) as caught:
        check_archive(many, "xl", SMALL)
    assert caught.value.reason == "bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_that_unfold_are_refused_before_any_parser_sees_them(tmp_path: Path, encoding: str) -> None:
    bomb = repacked(docx_file("x"), **{"word/document.xml": ENTITIES.encode(encoding)})
    assert reason(tmp_path / "a.docx", bomb) == "bomb"
    with pytest.raises(RefusedError):
        check_archive(repacked(xlsx([["a"]]), **{"xl/sharedStrings.xml": ENTITIES.encode(encoding)}), "xl", SMALL)


def test_zip_in_a_zip_stays_packed_and_is_no_office_file(tmp_path: Path) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", docx_file("x"))
    assert reason(tmp_path / "a.docx", written.getvalue()) == "kind"
    assert reason(tmp_path / "b.docx", xlsx([["a"]])) == "kind"


def test_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.pdf", pdf(*["x"] * 6)) == "too large"


def test_pdf_of_too_much_text_is_refused(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.pdf", pdf("word " * 4_000)) == "too large"


def test_pdf_stream_that_unfolds_beyond_bounds_is_refused(tmp_path: Path) -> None:
    packed = zlib.compress(bytes(200_000_000), 9).decode("latin-1")
    page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>"
    stream = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n{packed}\nendstream"
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream]
    assert reason(tmp_path / "a.pdf", pdf_of(bodies)) in ("broken", "bomb", "no text")


def test_pdf_whose_pages_go_in_a_circle_ends(tmp_path: Path) -> None:
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]
    assert reason(tmp_path / "a.pdf", pdf_of(bodies)) in ("broken", "no text", "time")


def test_scan_without_text_is_named_as_such(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.pdf", pdf("")) == "no text"


def test_deep_html_ends(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<div>" * 100_000 + b"The army left the town.")
    assert isinstance(take_path(tmp_path / "a.html", FILING, SMALL), Skipped | Taken)


def test_reader_that_runs_out_of_time_costs_its_own_file_and_the_next_is_read() -> None:
    with pytest.raises(RefusedError) as caught:
        render("html", b"<p>" + b"word <b>x</b> " * 3_000_000, replace(Limits(), seconds=0.5))
    assert caught.value.reason == "time"
    assert render("pdf", pdf("The army left."), Limits()).text == "The army left."


def test_reader_that_devours_memory_costs_its_own_file_and_the_next_is_read() -> None:
    with pytest.raises(RefusedError) as caught:
        render("html", b"<p>" + b"word <b>x</b> " * 5_000_000, replace(Limits(), memory_bytes=400_000_000))
    assert caught.value.reason in ("bomb", "broken")
    assert render("pdf", pdf("The army left."), Limits()).text == "The army left."
