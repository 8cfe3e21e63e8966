"""Turns claims into numbered references. Invariant: a claim has one number, given when it is first cited."""

from collections.abc import Iterable
from textwrap import shorten

from faultline.publish import words
from faultline.publish.export.leaving import Leaving
from faultline.publish.policy import Released
from faultline.publish.report.briefing import Reference
from faultline.publish.report.wording import say

_MOST = 4  # of one statement: one of each independent voice, then no more than that
_LOOKED = 24  # claims behind a finding that are looked at: it may rest on hundreds
_LONGEST = 260  # signs of a sentence that is told within a statement; whole, it stands with its reference


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

    def behind(self, claims: Iterable[str]) -> tuple[int, ...]:
        """The same of claims of any period, those that a finding rests on."""
        known = self._leaving.seen.world.claims
        chosen = [known[id] for id in dict.fromkeys(claims) if id in known][:_LOOKED]
        may = {one.claim.id: one for one in self._leaving.gate.release(chosen)}
        groups = self._leaving.seen.lineages.groups(list(may)) if may else ()
        return tuple(self._number(may[group[0]]) for group in groups[:_MOST])

    def told(self, numbers: Iterable[int]) -> str:
        """The first sentence among those references that may leave, with who tells it; "" where none may. Words of a
        page stand in quotation marks, ours do not."""
        made = self.made
        found = next((one for one in (made[n - 1] for n in numbers) if one.words), None)
        if found is None:
            return ""
        said = shorten(found.words, _LONGEST, placeholder=" …")
        return say("told", {"source": found.source, "words": said if found.retold else f"“{said}”"})

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
