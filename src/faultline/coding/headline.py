"""Turns the title of a document into who attacked and who was hit, for a text that leaves them out. Invariant: a title
makes no claim, and what it names is used only where no sentence of the text names anybody."""

from collections.abc import Sequence
from dataclasses import replace

from faultline.coding.assemble import drafts_of
from faultline.coding.chunks import read_line
from faultline.coding.draft import HEADLINE, Filler
from faultline.coding.frames import Reading
from faultline.coding.lexicon import load_pack
from faultline.coding.line import Line, Setting
from faultline.coding.memory import ASSAULTS, Memory, attackers_of, harmed_in
from faultline.coding.names import NameIndex
from faultline.coding.referents import resolved
from faultline.coding.take_apart import take_apart
from faultline.coding.tokens import MAX_TOKENS, tokenize
from faultline.record.days import Days


def hear_title(title: str, language: str, memory: Memory, names: NameIndex) -> None:
    """Sets the attackers and the victims of the story by the title, its sentences read without a parse, where no
    sentence of the text names any."""
    story = memory.story
    if not title or (story.victims and _named(story.attackers)):
        return
    reading = _read(title, language, memory, names)
    if reading is None:
        return
    for draft in drafts_of(reading):
        if draft.frame.id in ASSAULTS or draft.frame.harm == "killed" or draft.tolls:
            attackers = [_of_title(f, draft.line, memory) for f in attackers_of(draft)]
            if not story.attackers or (_named(attackers) and not _named(story.attackers)):
                story.attackers = attackers
            story.victims = story.victims or [_of_title(f, draft.line, memory) for f in harmed_in(draft)]


def _named(fillers: Sequence[Filler]) -> bool:
    return any(f.chunk.ids for f in fillers)


def _read(title: str, language: str, memory: Memory, names: NameIndex) -> Reading | None:
    tokens = tokenize(title)[:MAX_TOKENS]
    if not tokens:
        return None
    starts = {n.start: n for n in names.find(title, memory.published.last_day)}
    known = memory.story.known
    line = read_line(tokens, load_pack(language), known, Setting(memory.published, Days(), starts))
    return take_apart(line, title, -1, known)


def _of_title(filler: Filler, line: Line, memory: Memory) -> Filler:
    meant = resolved(filler, memory, line, None)
    return replace(meant, span=HEADLINE, inherited=HEADLINE, rule="the headline")
