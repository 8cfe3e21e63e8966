"""Turns a briefing into a Word document. Invariant: what a document says is text of a run, never a field or a macro."""

from io import BytesIO
from typing import Any

from faultline.publish import words
from faultline.publish.report.briefing import Briefing, Grid, Reference, Section, Statement


def briefing_docx(briefing: Briefing) -> bytes:
    """The DOCX, with headings, tables and figures as such; the same briefing gives the same text."""
    import docx  # only paper should pay for it

    made = docx.Document()
    made.core_properties.title = briefing.title
    made.core_properties.author = "Faultline"
    made.core_properties.created = made.core_properties.modified = briefing.recorded_by.replace(tzinfo=None)
    made.add_heading(briefing.title, 0)
    known = f"What was known on {words.day(briefing.as_of)}, by what the store held on "
    made.add_paragraph(f"{known}{words.moment(briefing.recorded_by)}. Claims are what sources say.")
    for section in briefing.sections:
        _section(made, section)
    made.add_heading("References", 1)
    for one in briefing.references:
        made.add_paragraph(_clean(_reference(one)))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _section(made: Any, section: Section) -> None:
    from docx.shared import Cm

    made.add_heading(section.title, 1)
    if section.note:
        made.add_paragraph().add_run(section.note).italic = True
    for one in section.statements:
        _statement(made, one)
    if not section.statements and not section.grid:
        made.add_paragraph("Nothing on record in this period.")
    if section.grid:
        _table(made, section.grid)
    for picture in section.pictures:
        made.add_picture(BytesIO(picture.png), width=Cm(15))
        made.add_paragraph(picture.caption, style="Caption")
    if section.more:
        made.add_paragraph(section.more)


def _statement(made: Any, one: Statement) -> None:
    paragraph = made.add_paragraph(style="List Bullet")
    if one.lead:
        paragraph.add_run(_clean(f"{one.lead}: ")).bold = True
    paragraph.add_run(_clean(one.text))
    if one.references:
        paragraph.add_run(f" [{', '.join(map(str, one.references))}]").font.superscript = True


def _table(made: Any, grid: Grid) -> None:
    table = made.add_table(rows=1, cols=len(grid.header), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, grid.header, strict=True):
        cell.text = text
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(text)


def _reference(one: Reference) -> str:
    title = f", “{one.title}”" if one.title else ""
    said = "the sentence is held back" if not one.words else one.words if one.retold else f"“{one.words}”"
    retold = "retold by Faultline: " if one.retold and one.words else ""
    return f"[{one.number}] {one.source}{title}, {one.published}. {retold}{said} {one.url}".strip()


def _clean(text: str) -> str:
    """The text without the control characters that XML forbids."""
    return "".join(c for c in text if c in "\t\n" or c >= " ")
