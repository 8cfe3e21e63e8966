"""Turns claims into numbered references. Invariant: a claim has one number, given when it is first cited."""

from collections.abc import Iterable

from faultline.publish import words
from faultline.publish.export.leaving import Leaving
from faultline.publish.policy import Released
from faultline.publish.report.briefing import Reference

_MOST = 4  # of one statement: one of each independent voice, then no more than that


class References:
    """Numbers what a briefing cites."""

    def __init__(self, leaving: Leaving) -> None:
        self._leaving = leaving
        self._made: dict[str, Reference] = {}

    @property
    def made(self) -> tuple[Reference, ...]:
        """The references by number, from 1."""
        return tuple(self._made.values())

    def of(self, claims: Iterable[str]) -> tuple[int, ...]:
        """The numbers of those claims that may leave, at most four: the first of each independent voice."""
        may = [id for id in claims if id in self._leaving.released]
        groups = self._leaving.seen.lineages.groups(may) if may else ()
        return tuple(self._number(self._leaving.released[group[0]]) for group in groups[:_MOST])

    def _number(self, one: Released) -> int:
        made = self._made.get(one.claim.id)
        if made is None:
            made = self._made[one.claim.id] = Reference(
                number=len(self._made) + 1,
                claim=one.claim.id,
                source=one.source,
                title=one.title,
                published=words.published(one.filing.published),
                url=one.url,
                words=" ".join(one.sentence.text.split()) if one.sentence else "",
                retold=bool(one.filing.retold_from),
                language=one.filing.language,
            )
        return made.number
