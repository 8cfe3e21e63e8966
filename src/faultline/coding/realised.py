"""Decides whether an infinitive or a gerund tells what was done: "managed to retake", "decided to shut", "led X to
leave". Invariant: what is only wanted, tried or refused is not done."""

from faultline.coding.line import Line
from faultline.coding.roles import ENTITY
from faultline.coding.verbs import VerbGroup
from faultline.record.vocabulary import Kind

_DECREE = 14  # words between a verb of deciding and the second thing decided


def realised(line: Line, group: VerbGroup) -> bool:
    """An infinitive that did happen: "managed to retake", "sont parvenus à entrer", "forced to withdraw"."""
    n = group.first - 1
    small = line.pack.words["infinitive_marks"] | line.pack.words["particles"]
    while n >= 0 and (line.low(n) in small or _is_day(line, n)):
        n -= 1
    if line.low(n) in line.pack.words["sequence"]:
        return True  # "avant de prendre la ville"
    if line.pack.language == "fr" and n == group.first - 1 and _claims_to(line, n):
        return True
    if line.low(n) == "on" and line.low(n - 1) in line.pack.words["aspect"]:
        n -= 1  # "went on to overrun"
    if (
        _evidential(line, n)
        or _prompted(line, n)
        or (all(v.frame.kind == Kind.RESTRICTION for v in group.verbs) and _decreed(line, n))
    ):
        return True
    talk = all(v.frame.kind == Kind.TALK for v in group.verbs)
    if any(line.low(k) in line.pack.words["negations"] for k in range(max(0, n - 5), n)):
        return False  # "n'ont pas réussi à"
    return line.low(n) in line.pack.words["achieved"] or (talk and line.low(n) in line.pack.words["attempting"])


def _claims_to(line: Line, n: int) -> bool:
    """ "dit tenir la ville", "affirme contrôler": the bare infinitive behind a verb of saying is what is said."""
    found = line.pack.reporting.get(line.low(n), ()) if line.at[n] < 0 else ()
    said = any(
        "fin" in tags and grade in ("reported", "claimed", "confirmed") and not tail for tags, grade, tail in found
    )
    before = {line.low(n - 1), line.low(n - 2)}
    return said and not before & line.pack.words["negations"]


def _prompted(line: Line, n: int) -> bool:
    """ "had led the bloc to suspend them", "a poussé l'armée à partir": what somebody was brought to do was done."""
    who = line.chunk_at(n)
    before = who.first - 1 if who is not None and who.kind in ENTITY else -1
    helped = any(line.low(k) in line.pack.words["negations"] for k in range(max(0, before - 3), before))
    return before >= 0 and line.low(before) in line.pack.words["prompting"] and not helped


def _decreed(line: Line, n: int) -> bool:
    """ "decided to shut their borders and to freeze its assets": what is decided so is in force."""
    words = line.pack.words
    if line.low(n) in words["decreeing"]:
        return True
    spots = range(max(0, n - _DECREE), n)
    return line.low(n) in words["coordinators"] and any(
        line.low(k) in words["decreeing"] and line.low(k + 1) not in words["determiners"] for k in spots
    )


def _evidential(line: Line, n: int) -> bool:
    """ "is said to have suspended", "are believed to hold": what is told by a passive of saying."""
    return line.low(n) in line.pack.words["evidentials"] and line.low(n - 1) in line.pack.auxiliaries


def goes_on(line: Line, group: VerbGroup) -> bool:
    """A gerund that tells something: after a comma, "after" or "before", or as what somebody began or kept doing."""
    n = group.first - 1
    if line.low(n) == "on" and line.low(n - 1) in line.pack.words["aspect"]:
        return True
    return line.low(n) == "," or line.low(n) in line.pack.words["sequence"] | line.pack.words["aspect"]


def _is_day(line: Line, n: int) -> bool:
    chunk = line.chunk_at(n)
    return chunk is not None and chunk.kind == "day"
