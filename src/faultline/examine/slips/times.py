"""Finds days and years that an article has otherwise than everybody else, and extensions called declarations.
Invariant: more independent voices stand against the article's day than for it."""

import re
from collections.abc import Iterator
from datetime import timedelta

from faultline.examine.alike import Told, told_by
from faultline.examine.facts import dating
from faultline.examine.grounds import Grounds
from faultline.examine.otherwise import against, parts
from faultline.examine.states import DECLARED, PROLONGED
from faultline.measure.escalation.series import series_of
from faultline.record.errors import NotFoundError
from faultline.record.examination import Slip
from faultline.record.text import Span
from faultline.record.vocabulary import Kind, SlotName
from faultline.resolve.disputes import About, disputes_in
from faultline.resolve.happening import sentence_around

_ACTS = frozenset({Kind.EVENT, Kind.TALK})
_WAR = r"conflict|war|rebellion|insurgency|insurrection|crisis|uprising|conflit|guerre|rébellion|crise"
_BEGAN = r"began|begun|beginning|started|starting|broke out|erupted|since|commenc\w+|éclat\w+|débu\w+|depuis"
_BEGINS = re.compile(
    rf"\b(?:{_WAR})\b[^.;,]{{0,30}}?\b(?:{_BEGAN})\b\s+"
    r"(?:in |en |(?:the )?(?:early|late|end of|fin|début) )?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_OUTBREAK = r"rebellion|insurgency|insurrection|uprising|war|rébellion|guerre|soulèvement"
_OF_YEAR = re.compile(
    rf"\b(?:{_OUTBREAK})\b (?:of |in |de |en )(?:early |late |début |fin |january |janvier )?((?:19|20)\d\d)\b"
    rf"|\b((?:19|20)\d\d) (?:[\w-]+ )?(?:{_OUTBREAK})\b",
    re.IGNORECASE,
)
_MANY, _TIMES = 20, 5  # events of the year after that make it the first, and how many times those of the year said
_LEAST, _SHARE = 3, 0.25  # others who must give a year; the share of them that clears the article's


def days(grounds: Grounds) -> Iterator[Slip]:
    """Acts that more independent voices date, or count, otherwise than as the article does."""
    own = {claim.id for claim in grounds.article.claims}
    for claim in grounds.article.claims:
        if claim.kind not in _ACTS:
            continue
        told = told_by(grounds.context, grounds.article, claim)
        dated = dating(grounds, told)
        words = claim.span.of(grounds.article.text)
        if dated.other and grounds.voices(dated.other) > (grounds.voices(dated.same) if dated.same else 0):
            yield Slip("day", claim.span, words, dated.why.removeprefix("when: "), dated.other)
        yield from _disputed(grounds, told, own)


def _disputed(grounds: Grounds, told: Told, own: set[str]) -> Iterator[Slip]:
    claim = told.claim
    try:
        incident = grounds.world.incident(claim.id)
    except NotFoundError:
        return
    for dispute in disputes_in(grounds.world, incident, grounds.counting):
        kind = _KINDS.get(dispute.about)
        if kind is None or not parts(dispute, claim.id, own):
            continue
        others = set(against(grounds, told, dispute, own))
        mine = next(p for p in dispute.positions if claim.id in p.claims)
        rest = grounds.independent(claim.id, (c for c in mine.claims if c not in own))
        rivals = [(p, [c for c in p.claims if c in others]) for p in dispute.positions if p is not mine]
        told_by_more = [
            (p, c) for p, c in rivals if c and grounds.voices(c) > max(1, grounds.voices(rest) if rest else 0)
        ]
        if told_by_more:
            why = "; ".join(f"{p.value} ({', '.join(p.claimants[:3])})" for p, _ in told_by_more)
            claims = tuple(c for _, found in told_by_more for c in found)
            words = claim.span.of(grounds.article.text)
            yield Slip(kind, claim.span, words, f"the article has {mine.value}, others {why}", claims)


_KINDS = {About.WHEN: "day", About.HOW_MANY: "figure"}


def years(grounds: Grounds) -> Iterator[Slip]:
    """A war that begins in another year than others have it begin; a coup of a year that has none on record."""
    text = grounds.article.text
    for match in _BEGINS.finditer(text):
        found = _by_others(grounds, match.group(1)) or _by_series(grounds, int(match.group(1)))
        if found:
            yield Slip("year", Span(match.start(), match.end()), match.group(), *found)
    for match in _OF_YEAR.finditer(text):
        found = _next_year(grounds, next(filter(None, match.groups())))
        if found:
            yield Slip("year", Span(match.start(), match.end()), match.group(), *found)
    yield from _coups(grounds)


def _next_year(grounds: Grounds, said: str) -> tuple[str, tuple[str, ...]] | None:
    """Why a rebellion "of" a year is that of the year before or after: three others have it then, and nobody in the
    year said. One of a year further off may be another rebellion."""
    others = _begins_by_others(grounds)
    near = {year: found for year in (str(int(said) - 1), str(int(said) + 1)) if (found := others.get(year, []))}
    best = max(near, key=lambda year: len(near[year]), default="")
    if said in others or not best or len(near[best]) < _LEAST:
        return None
    return f"nobody else has one of {said}; other sources have {best} ({len(near[best])})", tuple(near[best])


def _by_others(grounds: Grounds, said: str) -> tuple[str, tuple[str, ...]] | None:
    """Why the year is another by others, with their documents; None where they do not agree on one."""
    others = _begins_by_others(grounds)
    total = sum(len(documents) for documents in others.values())
    best = max(others, key=lambda year: len(others[year]), default="")
    if total < _LEAST or 2 * len(others[best]) < total:
        return None
    if best == said or len(others.get(said, ())) > _SHARE * total:
        return None
    counts = ", ".join(f"{year} ({len(others[year])})" for year in sorted(others))
    return f"the article has {said}, other sources {counts}", tuple(others[best])


def _by_series(grounds: Grounds, said: int) -> tuple[str, tuple[str, ...]] | None:
    """The same by a systematic series of events: few in the year said, many in a later one, the first with as many."""
    series = [one for one in series_of(grounds.since) if "event" in one.unit]
    if not series or any(int(one.months[0]) // 12 > said for one in series):
        return None
    last = max(int(one.months[-1]) // 12 for one in series)
    counts = {y: sum(float(one.counts[one.months // 12 == y].sum()) for one in series) for y in range(said, last + 1)}
    first = next((year for year, count in counts.items() if count >= _MANY), said)
    if first == said or counts[said] * _TIMES > counts[first]:
        return None
    quiet = "" if first == said + 1 else f"{sum(counts[y] for y in range(said + 1, first)):.0f} until {first - 1}, "
    why = f"{counts[said]:.0f} events are on record for {said}, {quiet}and {counts[first]:.0f} for {first}"
    return f"{why} ({series[0].frame})", ()


def _begins_by_others(grounds: Grounds) -> dict[str, list[str]]:
    """For each year ids of documents that have the war begin in it, one a source."""
    found: dict[str, dict[str, str]] = {}
    for report in grounds.others:
        for match in (*_BEGINS.finditer(report.text), *_OF_YEAR.finditer(report.text)):
            year = next(filter(None, match.groups()))
            found.setdefault(year, {}).setdefault(report.filing.source, report.document)
    return {year: list(documents.values()) for year, documents in found.items()}


def _coups(grounds: Grounds) -> Iterator[Slip]:
    """A coup of a year in which nobody has one, where others have one a year before or after."""
    known: dict[int, list[str]] = {}
    for claim in grounds.claims:
        first = claim.days.first_day
        if claim.subtype == "coup" and first and (claim.days.length or 999) <= 31:
            known.setdefault(first.year, []).append(claim.id)
    for match in re.finditer(
        r"\b((?:19|20)\d\d) coup\b|\bcoup(?: d['’]état)? (?:of|in|de|en) ((?:19|20)\d\d)\b",
        grounds.article.text,
        re.IGNORECASE,
    ):
        year = int(match.group(1) or match.group(2))
        near = [c for other in (year - 1, year + 1) for c in known.get(other, ())]
        if known and year not in known and near and grounds.voices(near) > 1:
            told = ", ".join(map(str, sorted(known)))
            why = f"nobody has a coup in {year}; on record: {told}"
            yield Slip("year", Span(match.start(), match.end()), match.group(), why, tuple(near))


def extensions(grounds: Grounds) -> Iterator[Slip]:
    """A restriction said to be declared on a day on which it was in force already."""
    for claim in grounds.article.claims:
        day = claim.days.first_day
        words = sentence_around(grounds.article.text, claim.span)
        declared = DECLARED.search(words) and not PROLONGED.search(words)
        if claim.kind is not Kind.RESTRICTION or day is None or not declared:
            continue
        places = (*claim.values(SlotName.PLACE), grounds.sight.case.capital)
        for standing in (grounds.restrictions.in_force(claim.subtype, p, day - timedelta(days=1)) for p in places):
            if standing.interval and standing.probability >= 0.5 and standing.interval.first_day < day:
                since = standing.interval.first_day
                why = f"in force since {since}: on {day} it was extended or renewed, not declared"
                yield Slip("extension", claim.span, claim.span.of(grounds.article.text), why, standing.interval.claims)
                break
