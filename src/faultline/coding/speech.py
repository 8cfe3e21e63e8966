"""Turns a line into who says what in it. Invariant: a speaker holds for a stretch of tokens inside one sentence, and
reaches to the semicolon or full stop; a source without a name is unnamed, never left out."""

from dataclasses import replace

from faultline.coding.content import content_start, source_end, stands_alone, states
from faultline.coding.counted import gap_before
from faultline.coding.hearsay import OPEN, left_open, official, quoted_on, told_by_nouns
from faultline.coding.line import Chunk, Line
from faultline.coding.phrased import part_of, told_by_phrase
from faultline.coding.said import Said, relayed, shared_out
from faultline.coding.sayer_words import speaker_noun
from faultline.coding.sayers import Sayer, following_name, following_sayer, joined_sayer, noun_sayer, subject_sayer
from faultline.coding.tails import tail_end
from faultline.record.claim import UNNAMED
from faultline.record.text import Span
from faultline.record.vocabulary import Kind


def find_speech(line: Line) -> list[Said]:
    """Everything said in the line, in order of the words that say so."""
    found = [Said(*told[:3], "reported", -1, *told[3:]) for told in told_by_phrase(line)]
    found += [*told_by_nouns(line), *official(line)]
    for i in range(len(line.tokens)):
        read = reporting_at(line, i)
        said = _said(line, i, left_open(line, i, read[0]), read[1], found) if read else None
        if said:
            found.append(said)
    found += _gapped(line, found)
    found.sort(key=lambda s: s.source_first)
    shared = quoted_on(line, shared_out(line, relayed(line, found)))
    return [replace(s, source=_span(line, s.sayer.first, s.sayer.last)) for s in shared]


def _gapped(line: Line, found: list[Said]) -> list[Said]:
    """ "The minister says 11, the UN 14 and the party at least 23": the verb is said once, each number is another's."""
    told = [s.source_first for s in found if s.verb >= 0]
    gaps = []
    for chunk in [c for c in line.chunks if c.kind == "number" and told]:
        first = gap_before(line, chunk)
        sayer = None
        if first > min(told):
            sayer = following_sayer(line, first, "") or noun_sayer(line, first, chunk.first)
        if sayer and sayer.last <= chunk.first:
            gaps.append(Said(chunk.first, part_of(line, first)[1], sayer, "reported", -1, first, chunk.first))
    return gaps


def _span(line: Line, first: int, last: int) -> Span:
    last = min(max(last, first + 1), len(line.tokens))
    return Span(line.tokens[min(first, last - 1)].start, line.tokens[last - 1].end)


def reporting_at(line: Line, i: int) -> tuple[str, int] | None:
    """(grade, end) of a reporting verb at token i that is used as a verb of saying, or None."""
    entries = line.pack.reporting.get(line.low(i))
    chunk = line.chunk_at(i)
    if (
        not entries
        or (chunk and chunk.kind != "number" and not _states_that(line, chunk, i))
        or (line.tokens[i].joined and line.pack.language == "en")
    ):
        return None
    if line.low(i + 1) in line.pack.words["verb_particles"]:
        return None  # "gave up", "donner suite"
    for tags, grade, tail in entries:
        last = _tail_end(line, i + 1, tail)
        if last < 0 or (tail and line.low(last) in line.pack.words["infinitive_marks"] - {"de", "d'"}):
            continue  # "went on to overrun"
        if tags & {"fin", "pp", "ger"} and not _reporting_noun(line, i, tags):
            return grade, last
        if "inf" in tags and (_helped(line, i) or (line.pack.language == "en" and _after_subject(line, i))):
            return grade, last
    return None


def _states_that(line: Line, chunk: Chunk, i: int) -> bool:
    """ "the report states that": a verb in spite of its noun."""
    return chunk.kind == "group" and chunk.last == i + 1 and i > 0 and line.low(i + 1) in line.pack.words["that"]


def _helped(line: Line, i: int) -> bool:
    """ "could not confirm that", "n'a pas pu confirmer": an infinitive by which nothing is said, only left open."""
    words = line.pack.words
    opens = line.low(i + 1) in words["that"] | words["whether"] | words["relatives"] | words["asking"]
    return opens and left_open(line, i, "") != ""


def _tail_end(line: Line, at: int, tail: tuple[str, ...]) -> int:
    """Past the words that the verb asks for, with an adverb before them ("spoke earlier of"); -1 where they are not."""
    if tail and line.low(at) in line.pack.words["adverbs"] | line.pack.words["particles"]:
        at += line.low(at) != tail[0]
    fits = [line.low(at + n) for n in range(len(tail))] == list(tail)
    return at + len(tail) if fits else -1


def _after_subject(line: Line, i: int) -> bool:
    n = i - 1
    while n > 0 and line.low(n) in line.pack.words["particles"] | line.pack.words["adverbs"]:
        n -= 1
    previous = line.chunk_at(n)
    named = previous is not None and previous.kind not in ("day", "number", "asset")
    return named or line.low(n) in line.pack.words["pronouns"] or speaker_noun(line, n) != ""


def _reporting_noun(line: Line, i: int, tags: frozenset[str]) -> bool:
    """ "reports", "claims", "une annonce" after a determiner or adjective are nouns; a bare participle is no verb."""
    before = line.low(i - 1)
    if "ger" in tags and not tags & {"fin", "pp"}:
        return before in line.pack.words["prepositions"]
    if "pp" in tags and "fin" not in tags:
        return not _has_auxiliary(line, i)
    if before in line.pack.words["alone"] and not line.pack.speakers.at(line.tokens, i):
        return False  # "others said"
    if before in line.pack.words["determiners"]:
        return not _object_pronoun(line, i)
    return (
        line.pack.language == "en"
        and "pp" not in tags  # "the mission first confirmed": no noun
        and line.chunk_at(i - 1) is None
        and before in line.pack.words["adjectives"] | line.pack.words["prepositions"]
    )


def _has_auxiliary(line: Line, i: int) -> bool:
    skip = (
        line.pack.words["particles"] | line.pack.words["negations"] | line.pack.words["pronouns"] | {"t", "d'", "abord"}
    )
    for n in range(i - 1, max(-1, i - 6), -1):
        if line.low(n) in line.pack.auxiliaries:
            return True
        if line.low(n) not in skip and not line.low(n).endswith("ment"):
            return False
    return False


def _object_pronoun(line: Line, i: int) -> bool:
    before = line.low(i - 1)
    subject = line.pack.words["relatives"] | line.pack.words["pronouns"] | {"comme"}
    return line.pack.language == "fr" and before in ("l'", "le", "la", "les") and line.low(i - 2) in subject


def _said(line: Line, i: int, grade: str, last: int, found: list[Said]) -> Said | None:
    segment, end = part_of(line, i)
    if _claims_happening(line, i) or _does(line, i):
        return None
    if _passive(line, i):
        return _passive_said(line, i, last, grade, (segment, end))
    if inner := _pronoun_inside(line, i):
        first = _verb_first(line, inner)
        asked = Sayer("", (), "pronoun", inner, inner + 1, pronoun=line.low(inner))
        return Said(segment, first, asked, grade, i, first, last)
    at = last + (line.low(last) == "t")
    if line.tokens[at : at + 1] and line.tokens[at].joined and line.low(at) in line.pack.words["pronouns"]:
        return _pronoun_after(line, i, at, grade, segment)
    after_hearer = _past_hearer(line, last)
    near = _inverted_sayer(line, after_hearer) if _inverted(line, i) else None
    if near and (near.chunk is None or near.chunk.first <= after_hearer + 1) and not _acts(line, near.last):
        first = _verb_first(line, i)
        return Said(segment, first, near, grade, i, first, near.last)
    sayer = subject_sayer(line, i, segment)
    if sayer and sayer.voice:
        first = _with_owner(line, sayer.first, segment)
        if _trails(line, first, last, segment, end):
            return Said(segment, first, sayer, grade, i, first, source_end(line, last, end))
        start = content_start(line, last, end)
        return Said(start, end, sayer, grade, i, _circumstances(line, sayer.first, segment), start)
    after = _inverted_sayer(line, last)
    if after and _inverted(line, i):
        first = _verb_first(line, i)
        return Said(segment, first, after, grade, i, first, after.last)
    shared = _shared(line, i, found)
    if not (shared or sayer) and grade == OPEN:
        start = content_start(line, last, end)
        return Said(start, end, Sayer(UNNAMED, (), "unnamed", i, i + 1), grade, i, i, start)  # "nothing shows that"
    joined = None if shared or sayer else joined_sayer(line, i, segment)
    if joined:
        start = content_start(line, last, end)
        return Said(start, end, joined, grade, i, i, start)
    if shared:
        start = content_start(line, last, end)
        return Said(start, end, replace(shared.sayer, first=i, last=i + 1), grade, i, i, start)
    return None


def _with_owner(line: Line, first: int, floor: int) -> int:
    """Where a speaker begins with whose it is: ", the group's spokesman X told"."""
    while first - 3 >= floor and (line.low(first - 2), line.low(first - 1)) in (("'", "s"), ("’", "s")):
        owner = line.chunk_at(first - 3)
        first = owner.first if owner else first - 3
        first -= line.low(first - 1) in line.pack.words["determiners"]
    return first


def _inverted_sayer(line: Line, at: int) -> Sayer | None:
    """Who speaks right after the verb; "fait état d'au moins huit soldats" names nobody who does."""
    if line.low(at) in ("de", "d'", "of"):
        return None
    return following_sayer(line, at, "") or following_name(line, at)


def _claims_happening(line: Line, i: int) -> bool:
    """ "claimed two assaults", "le meurtre a été revendiqué par": responsibility is claimed, nothing is told."""
    if not any(verb.frame.id == "claim_event" for _, verb in line.pack.verbs.get(line.low(i), ())):
        return False
    if _passive(line, i):
        return True
    for n in range(i + 1, min(i + 12, len(line.tokens))):
        if line.low(n) in line.pack.words["that"] or line.low(n) in line.pack.words["relatives"]:
            return False
        found = line.pack.nouns.at(line.tokens, n) if line.at[n] < 0 else None
        if found:
            return found.value.kind == Kind.EVENT
    return False


def _does(line: Line, i: int) -> bool:
    """ "found the bodies", "mis fin à": a verb that may tell does something with the words behind it."""
    return line.low(i) in line.pack.words["doings"] and any(
        verb.tail and not verb.frame.opens and tail_end(line, i, verb) > i + 1
        for _, verb in line.pack.verbs.get(line.low(i), ())
    )


def _circumstances(line: Line, first: int, floor: int) -> int:
    """Where the circumstances of saying before the speaker begin: "In a statement on Monday the army said"."""
    n = first
    small = (
        line.pack.words["prepositions"] | line.pack.words["determiners"] | line.pack.words["statement_words"] | {","}
    )
    while n > floor:
        chunk = line.chunk_at(n - 1)
        if not ((chunk and chunk.kind == "day") or line.low(n - 1) in small):
            break
        n = chunk.first if chunk else n - 1
    return n


def _acts(line: Line, n: int) -> bool:
    """Whether a verb follows before the next mark: "said the men shot", "said troops of three countries had struck"."""
    for k in range(n, min(n + 8, len(line.tokens))):
        low = line.low(k)
        if not line.tokens[k].is_word or low in line.pack.words["relatives"]:
            return False
        if line.chunk_at(k) is None and (low in line.pack.auxiliaries or (k == n and low in line.pack.verbs)):
            return True
    return False


def _past_hearer(line: Line, last: int) -> int:
    """Past the day and the hearer of saying: "a dit jeudi à l'agence X le ministre"."""
    n = last
    while n < len(line.tokens) and n < last + 10:
        chunk = line.chunk_at(n)
        if chunk and chunk.kind == "day":
            n = chunk.last
        elif line.low(n) in line.pack.words["to"] and line.chunk_at(n + 1):
            n = line.chunks[line.at[n + 1]].last
        elif line.low(n) in line.pack.words["to"] and line.low(n + 1) in line.pack.words["determiners"]:
            hearer = line.chunk_at(n + 2)
            n = hearer.last if hearer else n + 3
            while n < len(line.tokens) and line.tokens[n].is_capital:
                n += 1  # "à l'agence Rovia Presse"
        elif line.low(n) in line.pack.words["to"] and n + 1 < len(line.tokens) and line.tokens[n + 1].is_capital:
            n += 2
            while n < len(line.tokens) and line.tokens[n].joined:
                n += 1  # "à Ouest-France"
        elif line.low(n) in line.pack.words["statement_words"] and chunk is None:
            n += 1
        else:
            break
    return n


def _pronoun_after(line: Line, i: int, last: int, grade: str, segment: int) -> Said:
    """ "dit-il": the speaker before."""
    first = _verb_first(line, i)
    return Said(
        segment, first, Sayer("", (), "pronoun", last, last + 1, pronoun=line.low(last)), grade, i, first, last + 1
    )


def _pronoun_inside(line: Line, i: int) -> int:
    """ "a-t-il assuré", "ont-ils ajouté": the token of the pronoun between auxiliary and participle, else 0."""
    n = i - 1
    while n > 0 and line.low(n) in line.pack.words["particles"] and line.low(n) not in line.pack.words["pronouns"]:
        n -= 1
    joined = 0 < n < len(line.tokens) and line.tokens[n].joined and line.low(n) in line.pack.words["pronouns"]
    before = n - 1 - (line.low(n - 1) == "t")
    return n if joined and line.low(before) in line.pack.auxiliaries else 0


def _verb_first(line: Line, i: int) -> int:
    first = i
    skip = line.pack.words["particles"] | {"l'", "le", "t"}
    while first > 0 and (line.low(first - 1) in line.pack.auxiliaries or line.low(first - 1) in skip):
        first -= 1
    return first - 1 if line.low(first - 1) in ("comme", "as") else first


def _shared(line: Line, i: int, found: list[Said]) -> Said | None:
    """ "X said ..., and added": the speaker of the verb before."""
    n = i - 1
    while n >= 0 and (line.low(n) in line.pack.words["particles"] or line.low(n) in line.pack.auxiliaries):
        n -= 1
    earlier = [s for s in found if s.verb >= 0 and s.source_first < i]
    if earlier and line.low(n) in line.pack.words["coordinators"] | {","}:
        return earlier[-1]
    return None


def _inverted(line: Line, i: int) -> bool:
    """ "X died, said the army": the sayer follows its verb, which a comma, a quote or "as" precedes."""
    before = line.low(_verb_first(line, i) - 1)
    return (
        before in (",", "»", "”", '"', "|", "-", "–", "comme", "as", ")")
        or line.low(i - 1) in ("as", "comme", ",")
        or (line.low(_verb_first(line, i)) in ("comme", "as"))
    )


def _passive(line: Line, i: int) -> bool:
    """ "is said to have", "was reported": agentless, except verbs of which the subject still speaks."""
    roles = set()
    for n in range(i - 1, max(-1, i - 4), -1):
        role = line.pack.auxiliaries.get(line.low(n))
        if role:
            roles.add(role)
        elif line.low(n) not in line.pack.words["particles"]:
            break
    if line.pack.language == "fr":
        return (
            "be" in roles
            and "have" not in roles
            and not line.low(i).endswith("ant")
            and "se" not in {line.low(i - 2), line.low(i - 3)}
            and "s'" not in {line.low(i - 2), line.low(i - 3)}
        )
    return "be" in roles and not line.low(i).endswith("ing")


_AGENTLESS = frozenset(
    "said reported believed thought alleged understood presumed feared rapporté rapportée signalé signalée".split()
)


def _passive_said(line: Line, i: int, last: int, grade: str, segment: tuple[int, int]) -> Said | None:
    if line.low(last) in line.pack.words["by"]:
        sayer = following_sayer(line, last + 1, "")
        if sayer:
            return Said(*segment, sayer, grade, i, i, sayer.last)
    if line.low(i) in _AGENTLESS:
        return Said(*segment, Sayer(UNNAMED, (), "unnamed", i, i + 1), "reported", i, i, i + 1)
    return None


def _trails(line: Line, subject_first: int, last: int, segment: int, end: int) -> bool:
    """Whether the words said stand before the speaker: ", the army said on Tuesday."."""
    before = line.low(subject_first - 1)
    if subject_first <= segment + 1 or before not in (",", "»", "”", '"', "|", "-", "–", "—"):
        return False
    return states(line, segment, subject_first) and stands_alone(line, last, end)
