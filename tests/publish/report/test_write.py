import re
from pathlib import Path

import pytest

from faultline.publish.report import ReportLimits, write_report
from tests.publish.hand import HandDesk


@pytest.fixture(scope="module")
def html(desk: HandDesk, tmp_path_factory: pytest.TempPathFactory) -> str:
    to = tmp_path_factory.mktemp("report") / "varda.html"
    assert write_report(desk.case, desk.snapshot(), to) == to
    assert [path.name for path in to.parent.iterdir()] == ["varda.html"]
    return to.read_text(encoding="utf-8")


def bare(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<body>")[1]).split())


def test_the_file_is_self_contained_and_has_no_script(html: str) -> None:
    assert "<script" not in html.lower() and "<link" not in html and "@import" not in html and "url(" not in html
    assert "default-src 'none'" in html
    assert re.findall(r'\bsrc="', html) == []


def test_every_anchor_that_is_linked_is_in_the_file(html: str) -> None:
    wanted = set(re.findall(r'href="#([^"]+)"', html))
    assert wanted and wanted <= set(re.findall(r'id="([^"]+)"', html))


def test_every_linked_number_stands_over_its_sentences(html: str) -> None:
    for anchor, count in re.findall(r'<a href="#([ns]-[^"]+)">([\d,]+)</a>', html):
        section = html.split(f'id="{anchor}"')[1].split("</section>")[0]
        assert f": {count} claim" in section
        shown = section.count('<div class="claim">')
        held = sum(int(n) for n in re.findall(r"(\d+) claims? looked at", section))
        cut = sum(int(n) for n in re.findall(r"(\d+) claims? cut", section))
        assert shown + held + cut == int(count)


def test_counts_are_those_of_the_record(html: str, desk: HandDesk) -> None:
    snapshot = desk.snapshot()
    for kind, count in snapshot.counts("kind").items():
        assert f'<a href="#n-{kind}">{count}</a>' in html
    assert "9 claims in 5 documents from 2 sources" in bare(html)
    assert "1 document whose day of publication is unknown is left out" in bare(html)


def test_limits_of_the_method_are_said(html: str) -> None:
    said = bare(html)
    for limit in ("not a sample", "Retellings are ours", "never zero", "90 days late", "no finer than admin2"):
        assert limit in said


def test_what_may_not_leave_does_not_leave(html: str) -> None:
    assert "1 claim about control, relations or talks" in bare(html)
    assert "in secret" not in html and "Secret meeting" not in html and "leave the mill alone" not in html
    assert "Jonas Petrel" not in html
    assert "tient Belk" not in html and "Upper Osk" in html


def test_a_retelling_is_labelled_and_no_quotation(html: str) -> None:
    assert "Retold by Faultline from" in bare(html)
    for quoted in re.findall(r"<blockquote.*?</blockquote>", html, re.DOTALL):
        assert "a new phase" not in quoted


def test_a_tight_limit_says_what_was_cut(desk: HandDesk, tmp_path: Path) -> None:
    written = write_report(desk.case, desk.snapshot(), tmp_path / "r.html", ReportLimits(1, 1, 1))
    assert "cut for the size of this file" in written.read_text(encoding="utf-8")


def test_an_empty_record_gives_a_report_that_says_so(desk: HandDesk, tmp_path: Path) -> None:
    from datetime import date

    written = write_report(desk.case, desk.snapshot(date(2000, 1, 1)), tmp_path / "r.html")
    assert "0 claims in 0 documents" in bare(written.read_text(encoding="utf-8"))


def test_a_file_that_cannot_be_written_leaves_nothing_half_written(desk: HandDesk, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError):
        write_report(desk.case, desk.snapshot(), tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
