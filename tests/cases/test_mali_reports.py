"""The reports of the Mali case keep the rules that its guide states (docs/guide/mali-case.md)."""

from collections import Counter
from datetime import date

from tests.cases.mali import mali, reports

from faultline.case import check_case
from faultline.record.days import parse_days

KEYS = {
    "source",
    "title",
    "url",
    "published",
    "published_basis",
    "language",
    "copy_of",
    "laundering",
    "credits",
    "note",
    "examined",
}
DIGEST = "https://watchboard.dev/sahel-insurgency/"  # one address, a new text every day


def test_case_passes_check_without_a_problem():
    assert mali().id == "mali"  # load_case raises with every problem; a warning would be one too many
    assert [str(problem) for problem in check_case(mali().folder)] == []


def test_front_matter_has_only_known_keys_and_the_needed_ones():
    for report in reports():
        assert set(report.front) <= KEYS, report.name
        for key in ("source", "title", "language"):
            assert isinstance(report.front[key], str) and report.front[key].strip(), (report.name, key)


def test_credits_are_a_list_of_names_without_repeats():
    for report in reports():
        names = report.front.get("credits", ["AFP"])
        assert names and all(isinstance(name, str) and name == name.strip() for name in names), report.name
        assert len(set(names)) == len(names), report.name


def test_report_without_an_address_retells_a_text_that_the_case_examines():
    for report in reports():
        if not str(report.front.get("url", "")).strip():
            assert (mali().folder / "examine" / f"{report.front['examined']}.md").exists(), report.name


def test_source_of_every_report_is_in_the_list():
    known = {source.id for source in mali().sources}
    assert {report.front["source"] for report in reports()} <= known


def test_no_page_is_retold_twice_except_the_one_digest():
    addresses = Counter(report.front["url"].rstrip("/") for report in reports() if "url" in report.front)
    assert [url for url, count in addresses.items() if count > 1] == [DIGEST.rstrip("/")]


def test_publication_lies_in_the_period_of_the_case():
    for report in reports():
        days = parse_days(report.front.get("published", ""), report.name)
        assert days.first_day is None or days.first_day >= date(2012, 1, 1), report.name
        assert days.first_day is None or days.first_day <= date(2026, 11, 22), report.name
        assert days.last_day is None or days.last_day <= date(2026, 12, 31), report.name


def test_open_publication_says_what_its_bound_rests_on():
    for report in reports():
        if "/" in str(report.front.get("published", "")):
            assert report.front.get("published_basis"), report.name


def test_copy_names_another_report_of_the_case():
    names = {report.name for report in reports()}
    for report in reports():
        original = report.front.get("copy_of")
        assert original is None or (original in names and original != report.name), report.name


def test_report_says_something():
    for report in reports():
        assert len(report.text) >= 150, report.name


def test_no_two_reports_have_one_text():
    texts = Counter(report.text for report in reports())
    assert [text[:60] for text, count in texts.items() if count > 1] == []


def test_text_holds_no_markup_and_no_front_matter():
    for report in reports():
        assert not any(sign in report.text for sign in ("<p", "</", "---", "http://", "https://")), report.name


def test_guide_counts_the_reports_as_they_are():
    guide = (mali().folder.parents[1] / "docs" / "guide" / "mali-case.md").read_text(encoding="utf-8")
    assert f"{len(reports()):,} retellings" in guide
    years = Counter(str(r.front["published"])[:4] for r in reports() if "published" in r.front)
    for year, count in years.items():
        assert f"| {year} | {count} |" in guide, (year, count)
    french = sum(r.front["language"] == "fr" for r in reports())
    assert f"| French | {french} |" in guide


def test_removed_report_is_listed_and_gone():
    guide = (mali().folder.parents[1] / "docs" / "guide" / "mali-case.md").read_text(encoding="utf-8")
    removed = [
        line.split("`")[1] for line in guide.split("## Removed")[1].split("##")[0].splitlines() if ".md`" in line
    ]
    assert removed and not {report.name for report in reports()} & set(removed)
