"""The command that examines an article."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from faultline import desk
from faultline.case.whole import write_whole
from faultline.cli.asked import sheet_of
from faultline.cli.root import AsOfOption, CaseArgument, JsonOption, NoParserOption, PublishedOption, StoreOption, app
from faultline.publish.findings.examined import print_examination
from faultline.publish.findings.page import examined_page
from faultline.publish.terminal import Answer
from faultline.record.days import parse_days
from faultline.record.examination import Examination


@app.command()
def examine(
    folder: CaseArgument,
    article: Annotated[Path, typer.Argument(metavar="ARTICLE", help="A text, Markdown, JSON, HTML, PDF or DOCX file.")],
    published: PublishedOption = "",
    name: Annotated[str, typer.Option("--name", help="Id of it in `examined:` of reports that retell it.")] = "",
    as_of: AsOfOption = "",
    undated: Annotated[bool, typer.Option("--undated/--dated", help="Let in undated documents, or not.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page with the sentences on both sides.")] = None,
    only: Annotated[str, typer.Option("--only", help="Print only assertions whose sentence holds these words.")] = "",
    no_parser: NoParserOption = False,
    store: StoreOption = "",
    as_json: JsonOption = False,
) -> None:
    """Test what an article asserts: by what was known when it came out, and by what is known now."""
    opened = desk.open_desk(folder, store)
    asked = desk.Article(article, parse_days(published, "--published"), name, not no_parser)
    day = parse_days(as_of, "--as-of").last_day if as_of else None
    found = desk.examined(opened, asked, day, undated)
    if html:
        write_whole(html, examined_page(opened.case, opened.snapshot(day, undated), found))
    if only:
        kept = tuple(one for one in found.asserted if only.casefold() in one.sentence.casefold())
        found = replace(found, asserted=kept, slips=())
    print_examination(sheet_of(as_json), Answer(Examination, opened.case.id, [found]), found)
