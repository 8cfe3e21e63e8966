"""Turns happenings that are only reckoned up into numbers: the dead of months, and the dead of an attack that the text
tells elsewhere. Invariant: a draft keeps its words, its toll and its day; only what it is said to be changes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from faultline.coding.draft import Draft
from faultline.coding.lexicon import QUANTITY
from faultline.coding.memory import ASSAULTS
from faultline.coding.tolls import Toll, undergone
from faultline.record.vocabulary import Kind

_HARMED = frozenset({"killing", "death", "wounding", "leave_dead"})
_BARE = frozenset({"killing", "death", "wounding"})
_COUNTED = frozenset({"killed", "wounded"})
_SUBTYPES = {"killed": "fatalities"}
_PERIOD = 45  # days; longer than one happening lasts


def reckoned(drafts: Sequence[Draft]) -> None:
    """Makes numbers of the drafts of a whole text that only count."""
    for draft in drafts:
        harms = {t.harm for t in draft.tolls} & _COUNTED if draft.frame.kind == Kind.EVENT else set()
        bare = _bare(draft, drafts)
        harms |= {draft.frame.harm} if bare else set()
        draft.tolls = draft.tolls or (_of_those_harmed(draft) if bare else [])
        if not harms or draft.negated or draft.actors:
            continue
        if bare or _of_a_period(draft) or _told_elsewhere(draft, drafts):
            harm = "killed" if "killed" in harms else "wounded"
            draft.frame, draft.subtype = replace(QUANTITY, action=draft.frame.action), _SUBTYPES.get(harm, harm)


def _bare(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a clause says that people were killed or hurt, and neither by whom nor when nor where, in a text that
    tells another happening: "A colonel was killed and the movement says it captured 27 soldiers"."""
    if draft.frame.id not in _BARE or draft.frame.kind != Kind.EVENT or draft.actors or draft.rule.startswith("noun"):
        return False
    if draft.places or draft.days.known or draft.frame.harm not in _COUNTED:
        return False
    return draft.frame.id == "wounding" or any(
        d is not draft and d.frame.kind == Kind.EVENT and d.frame.action == "assault" for d in drafts
    )


def _of_those_harmed(draft: Draft) -> list[Toll]:
    """The tolls of a clause that counts by naming: "a colonel was killed"."""
    found = [undergone(draft.line, f.chunk, draft.frame.harm) for f in draft.recipients]
    return [toll for toll in found if toll]


def _of_a_period(draft: Draft) -> bool:
    """ "have killed 74 since 2013", "en six semaines", "cette année": more than one happening."""
    days = draft.days
    since = draft.line.pack.days["tense"]["since"]
    if days.first_day and not draft.days_inherited and (days.length is None or days.length > _PERIOD):
        return days.length is not None or any(t.low in since for t in draft.line.tokens)
    return any(_long(draft, n) for n in range(draft.first, draft.last))


def _long(draft: Draft, n: int) -> bool:
    """ "in six weeks", "en un an" at token n."""
    line, words = draft.line, draft.line.pack.words
    if line.low(n) not in words["lasting"]:
        return False
    return any(line.low(k) in words["long_units"] for k in range(n + 1, n + 4))


def _told_elsewhere(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a toll that names nobody who did it is that of an attack which another sentence tells."""
    if draft.rule.startswith("noun") and _known(draft) and draft.sentence:
        before = (d for d in _attacks(drafts) if d.sentence < draft.sentence)
        return any(_fits(draft, other) for other in before)  # "The attack left ten dead": the toll of what was told
    undergone = draft.rule.endswith("(passive)") or draft.frame.id == "death"
    one = all(t.casualties.best == 1 for t in draft.tolls if t.harm == "killed")
    if draft.frame.id not in _HARMED or not undergone or draft.sentence == 0 or (one and draft.frame.harm == "killed"):
        return False  # one death is told for itself
    return any(_fits(draft, other) for other in _attacks(drafts) if other.sentence != draft.sentence)


def _known(draft: Draft) -> bool:
    """Whether an article says of the noun of a happening that it is known, and neither place nor day tells another."""
    definite = draft.line.low(draft.trigger - 1) in draft.line.pack.words["definite"]
    return definite and not draft.actors and draft.trigger - draft.first <= 1


def _attacks(drafts: Sequence[Draft]) -> Iterator[Draft]:
    yield from (d for d in drafts if d.frame.id in ASSAULTS - _HARMED and d.frame.kind == Kind.EVENT and not d.negated)


def _fits(draft: Draft, other: Draft) -> bool:
    """Whether neither the places nor the days that two drafts name speak against their being one happening."""
    places = [{i for f in d.places for i in f.chunk.ids} for d in (draft, other)]
    days = [d.days for d in (draft, other) if d.days.known]
    apart = all(places) and not places[0] & places[1]
    return not apart and not (
        len(days) == 2 and (days[0].first_day, days[0].last_day) != (days[1].first_day, days[1].last_day)
    )
