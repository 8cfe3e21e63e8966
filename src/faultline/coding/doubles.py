"""Turns drafts that state one happening twice (a noun and a verb of one clause) into one, and tells two apart that only
stand side by side. Invariant: of the words of a clause none is stated by two drafts of a kind."""

from dataclasses import replace
from itertools import pairwise

from faultline.coding.draft import Draft
from faultline.coding.extent import trimmed
from faultline.record.vocabulary import Kind


def without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Of a noun and a verb that state one happening in one clause, the noun keeps its kind and takes the harm."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.first, d.trigger)):
        twin = next((k for k in kept if _same_happening(k, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            _join(twin, draft)
    _share_out([d for d in kept if d.frame.kind == Kind.RESTRICTION])
    return kept


def _share_out(forces: list[Draft]) -> None:
    """ "agreed to an embargo, closing borders and blocking accounts": of several put in force each has its words."""
    for one, other in pairwise(sorted(forces, key=lambda d: d.trigger)):
        line = one.line
        links = line.pack.words["coordinators"] | {","}
        cut = max((n for n in range(one.trigger + 1, other.trigger) if line.low(n) in links), default=-1)
        if cut >= 0 and min(one.last, other.last) > max(one.first, other.first):
            one.first, one.last = trimmed(line, one.first, min(one.last, cut))
            other.first, other.last = trimmed(line, max(other.first, cut + 1), other.last)


def _harmed_together(a: Draft, b: Draft) -> bool:
    """ "killed ten and wounded six", "seven were hurt and two died": one happening."""
    both = bool(a.frame.harm) and bool(b.frame.harm) and a.frame.harm != b.frame.harm
    near = both and 0 <= b.first - a.last <= 3 and {a.frame.harm, b.frame.harm} == {"killed", "wounded"}
    return near and (not b.actors or not a.actors or {f.span for f in a.actors} == {f.span for f in b.actors})


def _died_when(a: Draft, b: Draft) -> bool:
    """ "two soldiers died when their vehicle hit a mine": the death is the toll of what follows."""
    line = a.line
    linked = any(line.low(n) in line.pack.words["when"] for n in range(a.last, b.first + 1))
    return (
        a.frame.id == "death"
        and b.frame.action == "assault"
        and not b.frame.harm
        and 0 <= b.first - a.last <= 3
        and linked
    )


def _join(twin: Draft, draft: Draft) -> None:
    """The verb's parties, the noun's meaning."""
    if _died_when(twin, draft):
        twin.frame, twin.subtype, twin.last = replace(draft.frame, harm="killed"), draft.subtype, draft.last
        twin.actors = draft.actors
        return
    if _harmed_together(twin, draft):
        twin.last = draft.last
        twin.recipients += [] if twin.recipients else draft.recipients
        return
    if twin.frame.kind in (Kind.RESTRICTION, Kind.TALK):
        noun, verb = (twin, draft) if twin.rule.startswith("noun") else (draft, twin)
        twin.subtype = (
            verb.subtype
            if verb.frame.id in ("lifted", "extended", "talks_refused", "agreement_ended", "talks_stalled", "refusal")
            else noun.subtype
        )
        twin.actors, twin.recipients = verb.actors or noun.actors, verb.recipients or noun.recipients
        shared = noun.last < verb.last and noun.frame.kind == Kind.RESTRICTION  # another is put in force beside it
        twin.first, twin.last = min(twin.first, draft.first), noun.last if shared else max(twin.last, draft.last)
        twin.rule = noun.rule
        twin.modal, twin.negated = verb.modal, verb.negated
        return
    if draft.frame.harm and not twin.frame.harm:
        vague = all(r.chunk.group == "people" or r.chunk.kind == "number" for r in draft.recipients)
        people = [r for r in twin.recipients if r.chunk.kind in ("actor", "group")]
        attacked = any(r.chunk.kind == "actor" or vague for r in people)  # "attacked X's convoy, killing seven"
        twin.recipients = twin.recipients if attacked else draft.recipients or twin.recipients
        twin.actors = twin.actors or [a for a in draft.actors if a.chunk.kind in ("actor", "group")]
        twin.last = max(twin.last, draft.last)
    elif twin.frame.id == "hit" or draft.frame.id == "hit":
        noun, verb = (draft, twin) if twin.frame.id == "hit" else (twin, draft)
        twin.recipients, twin.subtype = verb.recipients or noun.recipients, noun.subtype
        twin.actors = [a for a in verb.actors if a.chunk.kind in ("actor", "group")] or noun.actors
        twin.first, twin.last = min(twin.first, draft.first), max(twin.last, draft.last)
    elif twin.frame.harm and not draft.frame.harm and draft.frame.kind == Kind.EVENT:
        twin.subtype = draft.subtype
        twin.actors = twin.actors or draft.actors
        twin.first, twin.last = min(twin.first, draft.first), max(twin.last, draft.last)


def _same_happening(a: Draft, b: Draft) -> bool:
    overlap = min(a.last, b.last) - max(a.first, b.first)
    if _harmed_together(a, b) or _died_when(a, b):
        return True
    same = (a.first, a.last) == (b.first, b.last)
    if overlap <= 0 or a.frame.kind != b.frame.kind:
        return False
    if a.frame.kind == Kind.RESTRICTION and _told_apart(a, b):
        return False
    if a.frame.kind in (Kind.RESTRICTION, Kind.TALK):
        return same or a.rule.startswith("noun") != b.rule.startswith("noun")
    if a.frame.kind != Kind.EVENT:
        return same
    if {a.frame.id, b.frame.id} & {"hit"} and a.rule.startswith("noun") != b.rule.startswith("noun"):
        return a.frame.action == b.frame.action  # "the strikes hit a camp"
    return a.frame.action == b.frame.action and (bool(a.frame.harm) != bool(b.frame.harm) or same)


def _told_apart(a: Draft, b: Draft) -> bool:
    """ "agreed to an embargo, closing borders", "to shut borders and to freeze assets": two things put in force."""
    if a.rule.startswith("verb") and b.rule.startswith("verb"):
        links = a.line.pack.words["coordinators"]
        return any(a.line.low(n) in links for n in range(a.trigger, b.trigger))
    noun, verb = (a, b) if a.rule.startswith("noun") else (b, a)
    return verb.mood == "gerund" or ("(passive)" in verb.rule and verb.trigger < noun.trigger)
