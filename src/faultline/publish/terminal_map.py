"""Turns a system map into a table on a terminal or the JSON envelope. Invariant: arrows, loops, signs stand apart."""

from faultline.publish.figure.mapped import Mapped
from faultline.publish.figure.page import loop_words
from faultline.publish.figure.wording import said_of, wording_of
from faultline.publish.terminal import Answer, Sheet, add_row, table
from faultline.record.system import Level

_SIGNS = {1: "+", -1: "-", 0: "?"}
_MOVES = {1: "more", -1: "less", 0: "change of"}


def system_map(sheet: Sheet, mapped: Mapped) -> None:
    """Every arrow with its sentence, then loops, then what is read as a sign of what, then what was not read."""
    wording = wording_of("en")
    made = table(said_of(mapped.system, wording), "cause", "", "effect", "status", "sentence")
    before = ""
    for arrow in mapped.system.arrows:
        ends = _level(mapped, arrow.cause), _SIGNS[arrow.sign], _level(mapped, arrow.effect)
        add_row(made, *ends, arrow.status.value, '"' if arrow.words == before else arrow.words)
        before = arrow.words
    sheet.rows(Answer(Mapped, mapped.case, [mapped]), made)
    for loop in mapped.system.loops:
        sheet.say(f"loop: {loop_words(mapped, loop, wording)}")
    if mapped.system.signs:
        sheet.say("read as signs, so no arrows:")
    for sign in mapped.system.signs:
        meant = f"less {mapped.name(sign.of.node)}" if sign.of.direction < 0 else mapped.name(sign.of.node)
        sheet.say(f"  {mapped.name(sign.sign.node)} is read as a sign of {meant}")
    for line in mapped.left_out:
        sheet.say(f"not read: {line}")


def _level(mapped: Mapped, level: Level) -> str:
    return f"{_MOVES[level.direction]} {mapped.name(level.node)}"
