"""Turns a line into a reading: its verb groups, who speaks in it, its clauses. Invariant: it needs no other line."""

from faultline.coding.frames import Reading
from faultline.coding.known import Known
from faultline.coding.line import Line
from faultline.coding.roles import clauses
from faultline.coding.speech import find_speech
from faultline.coding.verbs import verb_groups


def take_apart(line: Line, text: str, sentence: int, known: Known) -> Reading:
    """The reading of a line of `text`, the sentence of that number; who speaks is named as the line names him."""
    speech, groups = find_speech(line), verb_groups(line)
    found = clauses(line, groups, [(s.source_first, s.source_last) for s in speech])
    return Reading(line, text, sentence, found, groups, known, speech)
