"""What the grammar has read before it becomes a claim. Invariant: every filled role keeps the chunk it was read from
and the rule that read it; tokens are those of one line."""

from dataclasses import dataclass, field

from faultline.coding.lexicon import Frame
from faultline.coding.line import Chunk, Line
from faultline.coding.tolls import Toll
from faultline.record.days import Days
from faultline.record.text import Span
from faultline.record.vocabulary import Modality

HEADLINE = Span(0, 0)  # where what only the title names stands: no words of the text carry it


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: a chunk of this line, or of an earlier one (then `inherited` is where it stands)."""

    chunk: Chunk
    span: Span
    value: str
    rule: str
    inherited: Span | None = None


@dataclass(slots=True)
class Draft:
    """A proposition being read: tokens [first, last) of `line` state it, `trigger` is its verb or noun."""

    line: Line
    sentence: int
    frame: Frame
    first: int
    last: int
    trigger: int
    rule: str
    subtype: str = ""
    actors: list[Filler] = field(default_factory=list)
    recipients: list[Filler] = field(default_factory=list)
    places: list[Filler] = field(default_factory=list)
    tolls: list[Toll] = field(default_factory=list)
    days: Days = Days()
    days_span: Span | None = None
    days_inherited: bool = False
    days_of_statement: tuple[Days, Span | None] = (Days(), None)
    said: bool = False  # whether it stands in somebody's mouth, where the pluperfect is a plain past
    negated: bool = False
    modal: str = ""
    conditional: bool = False
    mood: str = "finite"
    modality: Modality | None = None
    subject_pronoun: str = ""
    object_pronoun: str = ""
    verb_last: int = 0  # the token after a verb and the words that belong to it
    gapped: bool = False  # a verb without a subject of its own
    content: list[Filler] = field(default_factory=list)  # whom the words of an accusation name beside the accused
    silent: bool = False  # makes no claim, but says who did it
    actor_open: bool = True
    own_loss: bool = False
    admitted: bool = False  # a verb of admitting makes it one's own loss
    own_voice: tuple[str, bool] = ("", False)  # a party that speaks of "our side" (True) and "the enemy" (False)


def span_of(line: Line, first: int, last: int) -> Span:
    """The span of tokens [first, last)."""
    return Span(line.tokens[first].start, line.tokens[last - 1].end)


def fill(line: Line, chunk: Chunk, text: str, rule: str) -> Filler:
    """A filler from a chunk of this line."""
    span = span_of(line, chunk.first, chunk.last)
    return Filler(chunk, span, span.of(text), rule)
