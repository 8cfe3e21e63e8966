"""Lets a reviewer withhold words of a document: where they stand is shown first, covered, and kept then. Invariant: the
words travel in the body of a form and never in an address, which browsers and servers write down."""

import re
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from faultline.evidence import ClaimFilter
from faultline.evidence.words import fold
from faultline.publish.web.page import Page, render
from faultline.publish.web.query import Look
from faultline.publish.web.views.looking import Looking
from faultline.record.errors import UsageError
from faultline.record.text import Document, Span
from faultline.resolve.deciding import Reviewer, withhold_stretch

_AROUND = 90  # code points shown on each side
_MOST = 200  # places of one document
_WORD = re.compile(r"[^\W_]+")
COVER = "█"


class Withheld(BaseModel):
    """What a form sends: words to look for, or the stretches (START-END) that were chosen among those found."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    step: Literal["look", "keep"] = "look"
    words: Annotated[str, Field(max_length=300)] = ""
    stretch: Annotated[tuple[str, ...], Field(max_length=_MOST)] = ()
    by: Annotated[str, Field(max_length=80)] = ""
    why: Annotated[str, Field(max_length=2000)] = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """A place in the text as it would be shown: what stands around it, the words covered; how many claims touch it."""

    span: Span
    before: str
    after: str
    claims: int

    @property
    def cover(self) -> str:
        """What stands in place of the words."""
        return COVER * min(24, self.span.end - self.span.start)


def routes(looking: Looking) -> APIRouter:
    """The routes of withholding."""
    router = APIRouter()

    @router.get("/documents/{id}/withhold", response_class=HTMLResponse)
    def asked(request: Request, id: str, query: Annotated[Look, Query()]) -> HTMLResponse:
        page = looking.page(request, query)
        return render(page, "withhold.html", _context(page, page.snapshot.document(id)[0], Withheld()))

    @router.post("/documents/{id}/withhold", response_class=HTMLResponse)
    def answered(request: Request, id: str, sent: Annotated[Withheld, Form()]) -> Response:
        hands = looking.guard.demand(request)
        page = looking.page(request, Look(undated=True))
        document = page.snapshot.document(id)[0]
        if sent.step == "look":
            return render(page, "withhold.html", _context(page, document, sent))
        who = Reviewer(sent.by.strip() or page.writer.name, _reason(sent))
        spans = [_span(document, one) for one in sent.stretch]
        kept = hands.decide([withhold_stretch(id, span, len(document.text), who) for span in spans])
        response = RedirectResponse(f"/documents/{id}?undated=1&done={kept[0].id}", status_code=303)
        looking.guard.remember(response, kept[0].by)
        return response

    return router


def found_in(text: str, words: str) -> tuple[Span, ...]:
    """Where the words stand in the text, in any case, with or without accents, and whatever stands between them."""
    wanted = [fold(word) for word in _WORD.findall(words)]
    held = [(found.start(), found.end(), fold(found.group())) for found in _WORD.finditer(text)] if wanted else []
    starts = (n for n, (_, _, word) in enumerate(held) if word == wanted[0])
    fits = (n for n in starts if [word for _, _, word in held[n : n + len(wanted)]] == wanted)
    return tuple(Span(held[n][0], held[n + len(wanted) - 1][1]) for n in fits)[:_MOST]


def _context(page: Page, document: Document, sent: Withheld) -> dict[str, object]:
    spans = found_in(document.text, sent.words)
    claims = [one.span for one in page.snapshot.claims(ClaimFilter(documents=(document.id,)))] if spans else []
    text = _blotted(document.text, spans)
    places = [
        Covered(
            span,
            text[max(0, span.start - _AROUND) : span.start],
            text[span.end : span.end + _AROUND],
            sum(one.overlaps(span) for one in claims),
        )
        for span in spans
    ]
    return {"document": document, "sent": sent, "places": places, "looked": bool(sent.words)}


def _blotted(text: str, spans: tuple[Span, ...]) -> str:
    """The text with every place covered, at its length."""
    for span in spans:
        text = text[: span.start] + COVER * (span.end - span.start) + text[span.end :]
    return text


def _reason(sent: Withheld) -> str:
    if not sent.why.strip():
        raise UsageError("why", "nothing", "a reason, which does not repeat the words", "Go back and give one.")
    if found_in(sent.why, sent.words):
        raise UsageError("why", "a reason that repeats the words", "one without them", "Go back and write another.")
    if not sent.stretch:
        raise UsageError("stretch", "nothing", "at least one place", "Go back and choose.")
    return sent.why.strip()


def _span(document: Document, stretch: str) -> Span:
    found = re.fullmatch(r"(\d{1,10})-(\d{1,10})", stretch)
    start, end = map(int, found.groups()) if found else (0, 0)
    if not start < end <= len(document.text):
        raise UsageError("stretch", stretch, "START-END inside the text")
    return Span(start, end)
