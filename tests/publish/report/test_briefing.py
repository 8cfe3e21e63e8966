import io
import re
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from faultline.measure.form import NOT_A_SAMPLE
from faultline.publish.export import Leaving
from faultline.publish.report import brief, write_briefing
from faultline.publish.report.briefing import Briefing
from faultline.publish.report.mechanisms import WITHHELD, mechanisms
from faultline.publish.report.references import References
from faultline.publish.report.sections import BriefingLimits, disputed
from faultline.publish.worlds import Memory, Seen
from faultline.record.analysis import Measured
from faultline.record.days import parse_days
from faultline.record.errors import UsageError
from faultline.record.finding import Curve, Finding
from tests.publish.hand import HandDesk, filing, hand_entry, open_desk
from tests.publish.web.test_incidents import FIRST, SECOND, attack, toll
from tests.resolve.standin import standin

CURVE = Curve("arrests", "bar", ("2019-01-01", "2019-02-01"), (1.0, None), "events")
FINDINGS = (
    Finding(
        "control",
        "Who holds what?",
        "The River Front holds Belk.",
        (Measured("control", 0.9, "probability", parse_days("2019"), null=0.5, name="held by", subject="Osk"),),
        curves=(Curve("Osk", "line", ("2019-01-01",), (0.9,), "probability"),),
    ),
    Finding(
        "synchrony",
        "Together?",
        "not a sample",
        (Measured("synchrony", None, "", parse_days("2019"), verdict=NOT_A_SAMPLE),),
    ),
    Finding(
        "legitimacy",
        "How does the regime stand?",
        "Two arrests <script>alert(1)</script> at Belk.",
        (Measured("legitimacy", 2.0, "arrests", parse_days("2019"), null=1.0, p_value=0.2, name="arrests"),),
        curves=(CURVE,),
    ),
)


@pytest.fixture(scope="module")
def leaving(desk: HandDesk) -> Leaving:
    return Leaving(Seen(desk.case, desk.snapshot()), parse_days("2019/2020"))


@pytest.fixture(scope="module")
def briefing(leaving: Leaving) -> Briefing:
    return brief(leaving, FINDINGS)


@pytest.fixture(scope="module")
def texts(leaving: Leaving, briefing: Briefing, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The words of the briefing in each form."""
    folder = tmp_path_factory.mktemp("briefing")
    html = write_briefing(leaving, briefing, folder / "b.html").read_text(encoding="utf-8")
    pdf = PdfReader(write_briefing(leaving, briefing, folder / "b.pdf"))
    word = docx.Document(io.BytesIO(write_briefing(leaving, briefing, folder / "b.docx").read_bytes()))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return {
        "html": html,
        "pdf": "\n".join(page.extract_text() for page in pdf.pages),
        "docx": "\n".join([*(p.text for p in word.paragraphs), *cells]),
    }


def test_every_number_behind_a_statement_is_a_reference_to_a_claim_that_may_leave(
    leaving: Leaving, briefing: Briefing
) -> None:
    numbers = {one.number for one in briefing.references}
    cited = {n for section in briefing.sections for one in section.statements for n in one.references}
    assert cited == numbers == set(range(1, len(numbers) + 1))
    assert {one.claim for one in briefing.references} <= set(leaving.released)


def test_what_happened_names_day_place_and_toll_of_the_ambush(briefing: Briefing) -> None:
    happened = next(section for section in briefing.sections if section.title == "What happened")
    [ambush] = [one for one in happened.statements if "ambush" in one.text]
    assert ambush.lead == "3 Mar 2020, Tarn" and "4 killed" in ambush.text and ambush.references


def test_positions_stand_with_the_names_of_those_who_take_them(tmp_path: Path) -> None:
    told = (attack("The River Front attacked Tarn"), toll("Four soldiers died", 4, "Army of Varda"))
    other = (attack("Tarn was attacked"), toll("Nine soldiers died", 9, "River Front"))
    entries = [
        hand_entry(filing("reports/first.md", "First", "2020-03-04"), FIRST, told),
        hand_entry(filing("reports/second.md", "Second", "2020-03-05", "radio"), SECOND, other),
    ]
    held = open_desk(tmp_path, entries)
    leaving = Leaving(Seen(held.case, held.snapshot(), memory=Memory(linker=standin)), parse_days("2020"))
    section = disputed(leaving, References(leaving), BriefingLimits())
    said = " ".join(f"{one.lead}: {one.text}" for one in section.statements)
    assert "4 according to Army of Varda / 9 according to River Front" in said
    assert [one for one in section.statements if not one.references] == []


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_each_form_has_every_section_and_nothing_that_is_held_back(
    form: str, texts: dict[str, str], briefing: Briefing
) -> None:
    said = " ".join(texts[form].split())
    for section in briefing.sections:
        assert section.title in said
    for secret in ("elders of Tarn", "Secret meeting", "Petrel", "holds Belk"):
        assert secret not in said


def test_what_a_measure_says_of_control_in_a_town_is_withheld_and_other_numbers_are_not(leaving: Leaving) -> None:
    section = mechanisms(leaving, FINDINGS, References(leaving))
    assert [one.text for one in section.statements][:2] == [WITHHELD, FINDINGS[2].summary]
    assert section.statements[2].lead == "Synchrony"
    assert (
        section.grid is not None
        and len(section.grid.rows) == 1
        and section.grid.rows[0][2:5] == ("2 arrests", "null 1", "p = 0.2")
    )
    [picture] = section.pictures
    assert picture.svg.startswith("<?xml") and picture.png.startswith(b"\x89PNG")


def test_what_a_document_says_is_never_markup(texts: dict[str, str]) -> None:
    assert "<script" not in texts["html"] and "&lt;script&gt;" in texts["html"]
    assert "<script>alert(1)</script>" in " ".join(texts["pdf"].split())  # on paper it is a text like others


def test_every_reference_that_a_page_links_is_on_it(texts: dict[str, str]) -> None:
    html = texts["html"]
    wanted = set(re.findall(r'href="#([^"]+)"', html))
    assert wanted <= set(re.findall(r'id="([^"]+)"', html))
    assert "<link" not in html and "@import" not in html and re.findall(r'\bsrc="', html) == []


def test_a_period_in_which_nothing_is_on_record_says_so(desk: HandDesk, tmp_path: Path) -> None:
    leaving = Leaving(Seen(desk.case, desk.snapshot()), parse_days("1999"))
    made = write_briefing(leaving, brief(leaving), tmp_path / "b.docx")
    words = "\n".join(p.text for p in docx.Document(io.BytesIO(made.read_bytes())).paragraphs)
    assert "0 incidents on record" in words and "Nothing on record in this period." in words


def test_an_ending_that_is_no_form_is_refused_before_anything_is_written(
    leaving: Leaving, briefing: Briefing, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=r"\.html, \.pdf, \.docx"):
        write_briefing(leaving, briefing, tmp_path / "b.odt")
    assert list(tmp_path.iterdir()) == []


def test_the_same_briefing_gives_the_same_pdf(leaving: Leaving, briefing: Briefing, tmp_path: Path) -> None:
    first, again = (write_briefing(leaving, briefing, tmp_path / name) for name in ("a.pdf", "b.pdf"))
    assert first.read_bytes() == again.read_bytes()
