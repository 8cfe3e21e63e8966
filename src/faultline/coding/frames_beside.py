"""Turns what is told beside a name into drafts: ground "held by X", deeds done "with the help of X". Invariant: whoever
holds or helps is named right there."""

from faultline.coding.draft import Draft, fill
from faultline.coding.extent import trimmed
from faultline.coding.frames import Reading
from faultline.coding.lexicon import load_frames
from faultline.coding.roles import ENTITY, after_preposition, clause_of


def participle_drafts(reading: Reading) -> list[Draft]:
    """Control told beside the name of the ground: "the north, held by X", "la ville, tenue par X"."""
    line, frame = reading.line, load_frames()["held_by"]
    drafts = []
    for i in range(1, len(line.tokens) - 2):
        if line.low(i) not in line.pack.words["held"] or line.low(i + 1) not in line.pack.words["by"]:
            continue
        n = i - 1 - (line.low(i - 1) == ",")
        ground = line.chunk_at(n)
        clause = clause_of(reading.clauses, i)
        holders = after_preposition(line, i + 1, min(i + 6, len(line.tokens)), line.pack.words["by"], ENTITY)
        if ground is None or not holders or not ground.classes & {"place", "site", "country"}:
            continue
        first, last = trimmed(line, i, max(clause.last, holders[-1].last))
        draft = Draft(line, reading.sentence, frame, first, last, i, f"participle {line.low(i)}", subtype=frame.subtype)
        draft.actors = [fill(line, c, reading.text, "agent") for c in holders]
        drafts.append(draft)
    return drafts


def help_drafts(reading: Reading) -> list[Draft]:
    """Who acts with whose help: "is fighting with the help of X", "avec l'appui de X"."""
    line, words, frame = reading.line, reading.line.pack.words, load_frames()["coordination"]
    drafts = []
    for n in range(1, len(line.tokens) - 2):
        if line.low(n) not in words["help_words"] or line.low(n + 1) not in words["of"] | words["by"]:
            continue
        opener = next((k for k in range(n - 1, max(-1, n - 4), -1) if line.low(k) in words["help_openers"]), -1)
        helper = next((c for c in line.chunks if n < c.first <= n + 4), None)
        clause = clause_of(reading.clauses, n)
        doer = next((c for c in line.chunks if clause.first <= c.first < opener and c.kind in ENTITY), None)
        if opener < 0 or helper is None or not helper.ids or not helper.classes & {"armed", "party"}:
            continue
        if doer is not None and (doer.group == "official" or set(doer.ids) & set(helper.ids)):
            continue
        first, last = trimmed(line, opener, helper.last)
        draft = Draft(line, reading.sentence, frame, first, last, n, f"noun {line.low(n)}", subtype=frame.subtype)
        draft.actors = [fill(line, reading.known.acting(doer), reading.text, "who is helped")] if doer else []
        draft.recipients = [fill(line, reading.known.acting(helper), reading.text, "who helps")]
        drafts.append(draft)
    return drafts
