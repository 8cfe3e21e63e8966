import json
from pathlib import Path

import pytest
from tests.intake.samples import FILING, HTML, docx_file, pdf

from faultline.intake import Limits, Skipped, Taken, take_file, take_path
from faultline.record.days import Days, parse_days
from faultline.record.ids import bytes_hash, document_id
from faultline.record.text import Filing

ODD = "Сёла, قرية, e\u0301t\u00e9 \U0001f3dc\r\nline\rend \u2028 \x0b."


def take(path: Path, content: bytes, filing: Filing = FILING) -> Taken:
    path.write_bytes(content)
    found = take_path(path, filing, Limits())
    assert isinstance(found, Taken), found
    return found


def skip(path: Path, content: bytes) -> Skipped:
    path.write_bytes(content)
    found = take_path(path, FILING, Limits())
    assert isinstance(found, Skipped), found
    return found


def test_text_keeps_every_character_as_it_was_encoded(tmp_path: Path) -> None:
    taken = take(tmp_path / "a.txt", ODD.encode())
    assert taken.document.text == ODD
    assert taken.coded is None
    assert (taken.document.id, taken.document.hash) == (document_id(ODD.encode()), bytes_hash(ODD.encode()))
    assert (taken.filing.document, taken.filing.origin) == (taken.document.id, FILING.origin)


def test_front_matter_is_read_and_the_text_begins_after_it(tmp_path: Path) -> None:
    front = '---\r\nsource: wire\r\ntitle: "A: b"\nurl: https://w.example/1\npublished: 2018-03\nlanguage: fr\n'
    taken = take(tmp_path / "a.md", f"{front}copy_of: x\nlaundering: true\nweight: 012\n---\n{ODD}".encode())
    filing = taken.filing
    assert taken.document.text == ODD
    assert (filing.source, filing.title, filing.url, filing.language) == ("wire", "A: b", "https://w.example/1", "fr")
    assert filing.published == parse_days("2018-03")
    assert json.loads(filing.extra) == {"copy_of": "x", "laundering": True, "weight": "012"}
    assert taken.document.media_type == "text/markdown"


def test_what_a_document_says_of_itself_outranks_its_input(tmp_path: Path) -> None:
    filing = Filing("a", "", source="of-input", published=parse_days("2020"), language="fr", frame="f")
    taken = take(tmp_path / "a.md", b"---\nsource: own\n---\nWords", filing)
    assert (taken.filing.source, taken.filing.language, taken.filing.frame) == ("own", "fr", "f")
    assert taken.filing.published == parse_days("2020")


def test_retold_document_names_the_page_it_rests_on(tmp_path: Path) -> None:
    filing = Filing("reports/a.md", "", retold_from="retold")
    assert take(tmp_path / "a.md", b"---\nurl: https://w.example/1\n---\nWords", filing).filing.retold_from == (
        "https://w.example/1"
    )
    assert take(tmp_path / "b.md", b"Words", filing).filing.retold_from == "reports/a.md"
    assert take(tmp_path / "b.md", b"---\nurl: https://w.example/1\n---\nWords").filing.retold_from == ""


def test_absent_publication_day_is_unknown_and_open_ends_stay_open(tmp_path: Path) -> None:
    assert take(tmp_path / "a.md", b"---\ntitle: x\n---\nWords").filing.published == Days()
    assert take(tmp_path / "a.md", b"---\npublished: 2015-01-05/..\n---\nWords").filing.published == parse_days(
        "2015-01-05/.."
    )


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("published: 2013-02-29", "bad date"),
        ("published: {first_day: 2013}", "bad date"),
        ("title: [a, b]", "front matter"),
        ("title: a\ntitle: b", "front matter"),
        ("title: &a x\nnote: *a", "front matter"),
        ("- a", "front matter"),
        ("title: 'x", "front matter"),
        ("a: " + "[" * 60 + "]" * 60, "front matter"),
        ("title: !!python/object:os.system x", "front matter"),
    ],
)
def test_front_matter_that_cannot_be_trusted_refuses_the_document(tmp_path: Path, front: str, reason: str) -> None:
    assert skip(tmp_path / "a.md", f"---\n{front}\n---\nWords".encode()).reason == reason


def test_rule_without_an_end_is_no_front_matter(tmp_path: Path) -> None:
    assert take(tmp_path / "a.md", b"---\nWords").document.text == "---\nWords"


def test_one_json_object_is_one_document_under_its_own_origin(tmp_path: Path) -> None:
    whole = json.dumps(
        {"id": "7", "title": "T", "published": "2024-07-30", "source": "s", "genre": "wire", "text": ODD}
    )
    taken = take(tmp_path / "a.json", whole.encode())
    assert (taken.document.text, taken.filing.origin, taken.content) == (ODD, FILING.origin, whole.encode())
    assert (taken.filing.title, taken.filing.source) == ("T", "s")
    assert json.loads(taken.filing.extra) == {"genre": "wire", "id": "7"}


@pytest.mark.parametrize("form", ["[{0}, {1}]", "{0}\n{1}\n"])
def test_several_json_documents_in_a_file_have_bytes_and_origins_of_their_own(tmp_path: Path, form: str) -> None:
    written = [json.dumps({"id": n, "text": f"Report {n} {ODD}"}, ensure_ascii=False) for n in ("x", "y")]
    content = form.replace("{0}", written[0]).replace("{1}", written[1]).encode()
    (tmp_path / "a.json").write_bytes(content)
    found = [t for t in take_file(tmp_path / "a.json", FILING, Limits()) if isinstance(t, Taken)]
    assert [t.content for t in found] == [w.encode() for w in written]
    assert all(t.content in content for t in found)
    assert [t.filing.origin for t in found] == ["reports/a#x", "reports/a#y"]
    several = take_path(tmp_path / "a.json", FILING, Limits())
    assert isinstance(several, Skipped) and several.reason == "several documents"


def test_json_array_that_breaks_off_gives_what_was_whole_and_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        '[{"text": "one"}, 5, {"id": 1, "text": "two"}, {"id": 1, "text": "no"}, {"text": "thr'
    )
    found = list(take_file(tmp_path / "a.json", FILING, Limits()))
    assert [t.document.text for t in found if isinstance(t, Taken)] == ["one", "two"]
    assert [(s.origin, s.reason) for s in found if isinstance(s, Skipped)] == [
        ("reports/a#number-2", "json"),
        ("reports/a#number-4", "duplicate id"),
        ("reports/a", "json"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n", "empty"),
        ("a.md", b"---\ntitle: x\n---\n\n", "empty"),
        ("a.txt", b"\x89PNG\r\n", "binary"),
        ("a.txt", b"%PDF-1.4 words", "binary"),
        ("a.txt", b"words\0words", "binary"),
        ("a.txt", bytes(range(1, 32)) * 20, "binary"),
        ("a.json", b'{"text": "\\ud800"}', "encoding"),
        ("a.json", b'{"text": "a\\u0000"}', "binary"),
        ("a.json", b'{"title": "x"}', "json"),
        ("a.json", b"[" * 100_000, "json"),
        ("a.json", b'{"text": "x", "n": ' + b"9" * 10_000 + b"}", "json"),
        ("a.csv", b"a,b\n1,2\n", "kind"),
        ("a.pdf", b"%PDF-1.4\n", "broken"),
        ("a.pdf", b"no pdf", "broken"),
        ("a.docx", b"PK\x03\x04 cut", "truncated"),
        ("a.html", b"<html><script>alert(1)</script></html>", "no text"),
    ],
)
def test_broken_file_is_skipped_with_its_reason(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    assert skip(tmp_path / name, content).reason == reason


def test_file_without_suffix_is_plain_text_if_it_is_text(tmp_path: Path) -> None:
    assert take(tmp_path / "report", b"Words").document.media_type == "text/plain"
    assert skip(tmp_path / "tool", b"\x7fELF...").reason == "binary"


def test_yaml_beside_a_file_says_what_front_matter_would(tmp_path: Path) -> None:
    (tmp_path / "a.pdf.yaml").write_text("source: wire\npublished: 2021-03\n")
    taken = take(tmp_path / "a.pdf", pdf("The army left the town and the village."))
    assert (taken.filing.source, taken.filing.published) == ("wire", parse_days("2021-03"))


def test_html_gives_main_text_and_what_its_markup_declares_and_no_script(tmp_path: Path) -> None:
    taken = take(tmp_path / "a.html", HTML.encode())
    assert "Eight people were killed" in taken.document.text
    assert not {"SCRIPT", "color: red", "Home"} & set(taken.document.text.replace("\n", " ").split(" "))
    assert "SCRIPT" not in taken.document.text
    filing = taken.filing
    assert (filing.title, filing.url, filing.language) == (
        "Army leaves Dunmarra",
        "https://wire.example/dunmarra",
        "en",
    )
    assert filing.published == parse_days("2021-03-04")
    assert taken.content == HTML.encode()


def test_day_in_the_words_or_the_address_of_a_page_is_no_publication_day(tmp_path: Path) -> None:
    page = (
        "<html><body><p>Published on 2021-03-04. The army left the town, it was said in the village.</p></body></html>"
    )
    assert take(tmp_path / "2021-03-04.html", page.encode()).filing.published == Days()


def test_html_in_a_declared_old_encoding_is_read_and_marked(tmp_path: Path) -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Армия ушла из города и из села.</p></body></html>'
    taken = take(tmp_path / "a.html", page.encode("cp1251"))
    assert "Армия ушла из города" in taken.document.text
    assert json.loads(taken.filing.extra) == {"encoding": "windows-1251 (declared)"}


def test_pdf_pages_are_parted_by_form_feeds(tmp_path: Path) -> None:
    taken = take(tmp_path / "a.pdf", pdf("The army left.", "The front took it."))
    assert taken.document.text == "The army left.\n\f\nThe front took it."
    assert taken.reader_version.startswith("pypdf ")


def test_docx_gives_its_paragraphs_and_title(tmp_path: Path) -> None:
    taken = take(tmp_path / "a.docx", docx_file("Première", "قرية é", title="Titre"))
    assert taken.document.text == "Première\nقرية é"
    assert taken.filing.title == "Titre"


def test_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2_200_000_000)  # sparse: no byte of it is on the disk
    found = take_path(tmp_path / "a.txt", FILING, Limits())
    assert isinstance(found, Skipped) and found.reason == "too large"


def test_missing_folder_and_pipe_are_no_files(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    reasons = [take_path(tmp_path / name, FILING, Limits()) for name in ("none.txt", "pipe.txt", "folder.txt")]
    assert [r.reason for r in reasons if isinstance(r, Skipped)] == ["missing", "not a file", "not a file"]
