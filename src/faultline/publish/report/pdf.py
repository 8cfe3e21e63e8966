"""Turns a briefing into PDF through Typst. Invariant: what a document says reaches Typst as data, never as markup."""

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from faultline.publish import words
from faultline.publish.report.briefing import Briefing, Reference, Section, Statement


def briefing_pdf(briefing: Briefing) -> bytes:
    """The PDF, tagged for reading aloud, with the fonts that come with Typst."""
    import typst  # a tenth of a second that only paper should cost

    pictures = [picture for section in briefing.sections for picture in section.pictures]
    with TemporaryDirectory(prefix="faultline-") as name:
        room = Path(name)
        layout = files("faultline.publish.report").joinpath("templates/briefing.typ").read_bytes()
        (room / "main.typ").write_bytes(layout)
        (room / "briefing.json").write_text(json.dumps(_data(briefing), ensure_ascii=False), encoding="utf-8")
        for n, picture in enumerate(pictures):
            (room / f"figure-{n}.png").write_bytes(picture.png)
        written = briefing.recorded_by.replace(microsecond=0)
        return typst.compile(room / "main.typ", root=room, ignore_system_fonts=True, timestamp=written)


def _data(briefing: Briefing) -> dict[str, object]:
    numbered = iter(range(sum(len(section.pictures) for section in briefing.sections)))
    return {
        "title": briefing.title,
        "as_of": words.day(briefing.as_of),
        "recorded_by": words.moment(briefing.recorded_by),
        "sections": [_section(section, [next(numbered) for _ in section.pictures]) for section in briefing.sections],
        "references": [_reference(one) for one in briefing.references],
    }


def _section(section: Section, figures: list[int]) -> dict[str, object]:
    captions = [picture.caption for picture in section.pictures]
    return {
        "title": section.title,
        "note": section.note,
        "more": section.more,
        "statements": [_statement(one) for one in section.statements],
        "header": list(section.grid.header) if section.grid else [],
        "rows": [list(row) for row in section.grid.rows] if section.grid else [],
        "figures": [
            {"file": f"figure-{n}.png", "caption": caption} for n, caption in zip(figures, captions, strict=True)
        ],
    }


def _statement(one: Statement) -> dict[str, object]:
    return {"lead": one.lead, "text": one.text, "references": list(one.references)}


def _reference(one: Reference) -> dict[str, object]:
    return {
        "number": one.number,
        "source": one.source,
        "title": one.title,
        "published": one.published,
        "url": one.url,
        "words": one.words,
        "retold": one.retold,
    }
