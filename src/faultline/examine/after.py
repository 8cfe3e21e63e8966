"""Tests that one backer came after another had left, by the dated ties of the case. Invariant: only the order is
tested, and only where the words say no more than an order."""

import re
from collections.abc import Iterable
from datetime import date

from faultline.examine.grounds import Grounds
from faultline.examine.sentences import named_in, sentence_span
from faultline.record.actor import Tie
from faultline.record.claim import Claim
from faultline.record.examination import Tested
from faultline.record.system import Arrow
from faultline.record.vocabulary import TieKind, Verdict

_AFTER = re.compile(r"\b(after|following|since|once|après|à la suite|depuis)\b", re.IGNORECASE)
_LEFT = frozenset({"withdrawal", "external_presence", "external_backing"})


def after_tested(grounds: Grounds, claim: Claim, arrows: Iterable[Arrow]) -> Tested | None:
    """Whether the tie of who came begins after the last tie of who left has ended; None where the words say more than
    "after", or the case dates not both."""
    case = grounds.sight.case
    text = grounds.article.text
    sentence = sentence_span(text, claim.span).of(text)
    if not _AFTER.search(sentence):
        return None
    for arrow in arrows:
        came = {candidate.id for candidate in case.actor_candidates(arrow.effect.node)}
        left = set(grounds.context.kin(named_in(case, claim.span.of(text)).actors - came)) - came
        if arrow.cause.node not in _LEFT or not came or not left:
            continue
        begins = [t for t in _ties(grounds, came) if t.days.first_day]
        ends = [t for t in _ties(grounds, left) if t.days.last_day]
        if begins and ends:
            return _ordered(grounds, min(begins, key=_first), max(ends, key=_last))
    return None


def _ordered(grounds: Grounds, came: Tie, left: Tie) -> Tested:
    verdict = Verdict.SUPPORTED if _first(came) >= _last(left) else Verdict.MIXED
    how = "after" if verdict is Verdict.SUPPORTED else "before"
    why = f"in the case {came.actor} backs {came.other} from {came.days.first_day}, {how} {left.actor} had left by"
    why += f" {left.days.last_day}; that one brought the other is not tested"
    return Tested(verdict, grounds.as_of, why, ("backing",), would_change="a source that dates either tie otherwise")


def _first(tie: Tie) -> date:
    return tie.days.first_day or date.max


def _last(tie: Tie) -> date:
    return tie.days.last_day or date.min


def _ties(grounds: Grounds, actors: set[str]) -> list[Tie]:
    """Their ties of backing that were public by the day of the evidence."""
    found = (tie for actor in grounds.sight.case.actors if actor.id in actors for tie in actor.ties)
    public = [tie for tie in found if (tie.published.last_day or tie.published.first_day or date.min) <= grounds.as_of]
    return [tie for tie in public if tie.kind is TieKind.BACKING]
