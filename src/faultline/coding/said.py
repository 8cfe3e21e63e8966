"""Turns the speakers of a line into the stretches of words that are theirs. Invariant: no stretch reaches over a
semicolon; who is cited vouches for what another only passes on."""

from dataclasses import dataclass, replace

from faultline.coding.line import Line
from faultline.coding.phrased import part_of
from faultline.coding.sayers import Sayer
from faultline.record.text import Span


@dataclass(frozen=True, slots=True)
class Said:
    """Within tokens [first, last) the words are those of `sayer`.

    `grade` is what the reporting verb commits to; `verb` its token, -1 for "according to". Tokens [source_first,
    source_last) hold speaker, verb and what belongs to them ("said on Monday that"): they are no part of the content.
    """

    first: int
    last: int
    sayer: Sayer
    grade: str
    verb: int
    source_first: int
    source_last: int
    source: Span = Span(0, 0)

    @property
    def about(self) -> bool:
        """Whether the content follows its verb."""
        return self.first >= self.source_last

    def whole(self, size: int) -> bool:
        """Whether nearly all of a sentence of that many tokens is the speaker's."""
        return self.last - self.first + self.source_last - self.source_first >= 0.8 * (size - 1)


def relayed(line: Line, found: list[Said]) -> list[Said]:
    """ "the agency wrote, citing X": who is cited vouches for what the agency passes on."""
    result: list[Said] = []
    for said in found:
        opener = line.low(said.verb if said.verb >= 0 else said.source_first)
        before = result[-1] if result else None
        if before is None or opener not in line.pack.words["relaying"] or before.source_last + 6 < said.source_first:
            result.append(said)
        elif before.first < before.source_first <= said.source_first:
            result[-1] = replace(before, sayer=said.sayer, source_last=max(before.source_last, said.source_last))
        else:
            result.append(said)
    return result


def _ended_by_next(line: Line, found: list[Said]) -> list[Said]:
    """What follows its verb ends before the comma of a speaker who trails: "X says that ..., Y reports"."""
    ends = [s.source_first for s in found if s.first < s.source_first and line.low(s.source_first - 1) == ","]
    result = []
    for said in found:
        cut = min(
            (e - 1 for e in ends if said.about and said.first < e - 1 < said.last and e != said.source_first), default=0
        )
        result.append(replace(said, last=cut) if cut else said)
    return result


def shared_out(line: Line, found: list[Said]) -> list[Said]:
    """What trails reaches on to the end of its part of the sentence, or to where the next speaker's words begin."""
    result: list[Said] = []
    trailing = [s for s in found if s.first < s.source_first and s.last == s.source_first]
    for said in found:
        if said not in trailing:
            result.append(said)
            continue
        earlier = max((t.source_last for t in trailing if t.source_last <= said.source_first), default=said.first)
        later = any(said.source_last <= t.source_first for t in trailing)
        _, end = part_of(line, said.source_first)
        goes_on = not later and said.source_last < end and line.low(said.source_last) in (",", "»", "”", ":")
        result.append(replace(said, first=max(said.first, earlier), last=end if goes_on else said.last))
    return _ended_by_next(line, _told_in_turn(line, result))


def _told_in_turn(line: Line, found: list[Said]) -> list[Said]:
    """ "Twelve dead according to X, six to nine according to Y": each phrase that trails has the words before it, back
    to the phrase before or to a colon."""
    phrases = [s for s in found if s.verb < 0 and s.first < s.source_first < s.last]
    result = []
    for said in found:
        before = [p.source_last for p in phrases if said.first <= p.source_first < said.source_first]
        after = any(said.source_first < p.source_first < said.last for p in phrases)
        if said not in phrases or not (before or after):
            result.append(said)
            continue
        colon = [n + 1 for n in range(said.first, said.source_first) if line.low(n) == ":"]
        first = max([said.first, *before, *colon])
        result.append(replace(said, first=first, last=said.source_first if after else said.last))
    return result
