"""Turns an examination into one HTML page. Invariant: no script, nothing from outside; what an article or a report
says is never markup."""

from collections.abc import Iterable, Mapping

from faultline.case import Case
from faultline.evidence import Snapshot
from faultline.publish.citing import Cited, Citer
from faultline.publish.findings.examined import counted
from faultline.publish.findings.shown import beside, p_value, statistic
from faultline.publish.templates import style_sheet, template_environment
from faultline.record.errors import NotFoundError
from faultline.record.examination import Examination


def examined_page(case: Case, snapshot: Snapshot, found: Examination) -> str:
    """The page as HTML: each assertion with its verdicts, their numbers and the sentences on both sides."""
    return (
        template_environment("faultline.publish.findings")
        .get_template("examined.html")
        .render(
            found=found,
            title=f"Examined: {found.title or found.document}",
            counted=counted(found),
            cited=_cited(case, snapshot, found),
            css=style_sheet("faultline.publish.findings", "examined.css"),
            statistic=statistic,
            beside=beside,
            p_value=p_value,
        )
    )


def _cited(case: Case, snapshot: Snapshot, found: Examination) -> Mapping[str, str]:
    """The words and the source of each claim, or the title of each document, that a verdict rests on; what is not in
    view is left out."""
    tested = [tested for one in found.asserted for tested in (one.then, one.now)]
    wanted = dict.fromkeys(claim for one in tested for claim in (*one.supporting, *one.against))
    claims = []
    for id in wanted:
        try:
            claims.append(snapshot.claim(id))
        except NotFoundError:
            continue
    cited = Citer(case, snapshot).cite_all(claims)
    said = {one.claim.id: f"{_quoted(one, snapshot)} ({one.source_name}, {one.filing.published})" for one in cited}
    return said | _documents(snapshot, wanted)


def _documents(snapshot: Snapshot, wanted: Iterable[str]) -> dict[str, str]:
    """Title and source of the documents among the ids: sentences that nobody coded as a claim are cited by them."""
    filings = {held.document_id: held.filing for held in snapshot.documents()}
    return {
        id: f"{filings[id].title} ({filings[id].source}, {filings[id].published})" for id in wanted if id in filings
    }


def _quoted(one: Cited, snapshot: Snapshot) -> str:
    """The claim's words; those of a retelling of ours stand without quotation marks."""
    words = " ".join(snapshot.words(one.claim).split())
    return f"retold: {words}" if one.retold else f"“{words}”"
