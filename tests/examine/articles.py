"""A small country, reports on it, and the grounds that they give an article."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.resolve.standin import standin

from faultline.case import Case, load_case, new_case
from faultline.coding.coder import make_coder
from faultline.examine import Grounds
from faultline.measure import Sight
from faultline.record.actor import Actor, Alias
from faultline.record.days import parse_days
from faultline.record.ids import bytes_hash, document_id
from faultline.record.place import Place
from faultline.record.text import Document, Filing, Source
from faultline.record.vocabulary import ActorKind, SourceKind
from faultline.resolve.report import Report

THEN, NOW = date(2024, 3, 31), date(2025, 1, 1)


def small_case(folder: Path) -> Case:
    """A case of four towns from south to north, an army and an armed group."""
    new_case(folder / "case", "A case")
    made = load_case(folder / "case")
    country = made.countries[0]
    actors = (
        Actor("red", "Red Front", ActorKind.ARMED_GROUP, (Alias("Red Front"),)),
        Actor("army", "the army", ActorKind.STATE_FORCE, (Alias("the army"),)),
    )
    places = tuple(
        Place(name.lower(), name, latitude, 1.0, 5.0, feature="PPL", country=country)
        for name, latitude in (("Nordale", 20.0), ("Midtown", 15.0), ("Sudbury", 10.0), ("Farnorth", 22.0))
    )
    sources = tuple(Source(name, name, SourceKind.OUTLET, family=name) for name in ("one", "two", "three"))
    return replace(made, actors=actors, places=places, sources=sources)


def report(case: Case, text: str, source: str, published: str, extra: str = "", language: str = "en") -> Report:
    content = text.encode()
    document = Document(document_id(content), bytes_hash(content), "text/plain", text)
    filing = Filing(
        f"{source}.txt", document.id, source, language=language, published=parse_days(published), extra=extra
    )
    return Report(filing, text, make_coder(case, parser=False).code(document, filing).claims)


def grounds(case: Case, article: Report, others: list[Report], as_of: date = NOW) -> Grounds:
    seen = tuple(r for r in others if (r.filing.published.last_day or date.max) <= as_of)
    claims = tuple(claim for one in seen for claim in one.claims)
    filings = {one.document: one.filing for one in seen}
    sight = Sight(case, as_of, claims=claims, filings=filings)
    return Grounds(sight, seen, (), standin, article, "article")
