"""Turns a line into who says what in it. Invariant: a speaker holds for a stretch of tokens inside one sentence, and
reaches to the semicolon or full stop; a source without a name is unnamed, never left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from faultline.coding.chunks import Chunk, Line
from faultline.coding.phrases import split_words
from faultline.record.claim import UNNAMED

_SAYERS = frozenset({"actor", "group", "person", "country", "capital", "place"})
_MARKS = frozenset({";"})


@dataclass(frozen=True, slots=True)
class Said:
    """Within tokens [first, last) the words are those of `name`.

    `ids` are the actors it may be; `voice` named or unnamed; `grade` what the reporting verb commits to; `verb` the
    token of that verb, -1 for "according to"; `pronoun` where the speaker is to be found earlier in the text.
    """

    first: int
    last: int
    name: str
    ids: tuple[str, ...]
    voice: str
    grade: str
    verb: int
    pronoun: str = ""
    source_first: int = 0
    source_last: int = 0
    group: str = ""


def find_speech(line: Line) -> list[Said]:
    """Everything said in the line, in order."""
    found = [*_by_phrases(line), *_by_verbs(line)]
    found.sort(key=lambda s: (s.first, s.last))
    return _cut_off(found)


def _cut_off(found: list[Said]) -> list[Said]:
    """A stretch that reaches over a later speaker's own ends where that one begins, unless that one is inside it."""
    return found


def _by_phrases(line: Line) -> list[Said]:
    found = []
    for i in range(len(line.tokens)):
        size = _phrase_at(line, i)
        if not size:
            continue
        name, ids, voice, last, group = _sayer(line, i + size, line.low(i + size - 1))
        if not name:
            continue
        first, end = _segment(line, i)
        found.append(Said(first, end, name, ids, voice, "reported", -1, "", i, last, group))
    return found


def _phrase_at(line: Line, i: int) -> int:
    if line.at[i] >= 0:
        return 0
    best = 0
    for phrase in line.pack.status["by"]:
        words = split_words(str(phrase))
        if [t.low for t in line.tokens[i : i + len(words)]] == words and len(words) > best:
            if words in (["pour"], ["for"]) and not (i == 0 and _comma_within(line, i, 8)):
                continue
            best = len(words)
    return best


def _comma_within(line: Line, i: int, size: int) -> bool:
    return any(line.low(n) == "," for n in range(i, i + size))


def _by_verbs(line: Line) -> list[Said]:
    found: list[Said] = []
    for i in range(len(line.tokens)):
        read = _reporting_at(line, i)
        if read is None:
            continue
        grade, last = read
        said = _said(line, i, last, grade, found)
        if said:
            found.append(said)
    return found


def _reporting_at(line: Line, i: int) -> tuple[str, int] | None:
    entries = line.pack.reporting.get(line.low(i))
    chunk = line.chunk_at(i)
    if not entries or (chunk and chunk.kind != "number"):
        return None
    for tags, grade, tail in entries:
        if [line.low(i + 1 + n) for n in range(len(tail))] != list(tail):
            continue
        if tags & {"fin", "pp", "ger"} and not (tags == {"inf"}) and not _reporting_noun(line, i, tags):
            return grade, i + 1 + len(tail)
        if "inf" in tags and _plural_subject(line, i):
            return grade, i + 1 + len(tail)
    return None


def _plural_subject(line: Line, i: int) -> bool:
    previous = line.chunk_at(i - 1)
    return line.pack.language == "en" and (
        (previous is not None and previous.kind in _SAYERS)
        or line.low(i - 1) in ("they", "sources", "reports", "analysts")
    )


def _reporting_noun(line: Line, i: int, tags: frozenset[str]) -> bool:
    """ "reports", "claims", "une annonce" after a determiner or adjective are nouns."""
    before = line.low(i - 1)
    if "pp" in tags and "fin" not in tags:
        return not _has_auxiliary(line, i)
    return (
        (before in line.pack.words["determiners"]
        and not _elided_object(line, i))
        or (line.pack.language == "en" and before in line.pack.words["adjectives"] | line.pack.words["prepositions"])
    )


def _has_auxiliary(line: Line, i: int) -> bool:
    for n in range(i - 1, max(-1, i - 5), -1):
        if line.low(n) in line.pack.auxiliaries:
            return True
        if line.low(n) not in line.pack.words["particles"] | line.pack.words["negations"] | line.pack.words["pronouns"]:
            return False
    return False


def _elided_object(line: Line, i: int) -> bool:
    return (
        line.pack.language == "fr"
        and line.low(i - 1) in ("l'", "le", "la", "les")
        and line.low(i - 2) in line.pack.words["relatives"] | line.pack.words["pronouns"]
    )


def _said(line: Line, i: int, last: int, grade: str, found: Sequence[Said]) -> Said | None:
    passive = _passive(line, i)
    segment, end = _segment(line, i)
    if passive:
        return _passive_said(line, i, last, grade, segment, end)
    subject = _subject(line, i, segment)
    if subject and not subject[5]:
        name, ids, voice, first, group, _ = subject
        trailing = _trails(line, first, last, segment, end)
        if trailing:
            return Said(segment, first, name, ids, voice, grade, i, "", first, last, group)
        return Said(last, end, name, ids, voice, grade, i, "", first, last, group)
    if subject and subject[5]:
        trailing = _trails(line, subject[3], last, segment, end)
        scope = (segment, subject[3]) if trailing else (last, end)
        return Said(*scope, "", (), "pronoun", grade, i, subject[5], subject[3], last, "")
    name, ids, voice, stop, group = _sayer(line, last, "")
    if name and _inverted(line, i, last):
        return Said(segment, i, name, ids, voice, grade, i, "", i, stop, group)
    return None


def _inverted(line: Line, i: int, last: int) -> bool:
    """ "X died, said the army": the sayer follows its verb, which a comma, a quote or a full stop precedes."""
    before = line.low(i - 1)
    if before in (",", "»", "”", '"', "|"):
        return True
    if line.pack.language == "fr":
        n = i - 1
        while n >= 0 and (
            line.low(n) in line.pack.auxiliaries
            or line.low(n) in line.pack.words["particles"]
            or line.low(n) in ("l'", "le")
        ):
            n -= 1
        return line.low(n) in (",", "»", "”", '"', "-", "comme")
    return before == "as"


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
        return "be" in roles and "have" not in roles and not line.low(i).endswith("ant")
    return "be" in roles and not line.low(i).endswith("ing")


def _passive_said(line: Line, i: int, last: int, grade: str, segment: int, end: int) -> Said | None:
    if line.low(last) in line.pack.words["by"]:
        name, ids, voice, stop, group = _sayer(line, last + 1, "")
        if name:
            return Said(segment, end, name, ids, voice, grade, i, "", i, stop, group)
    if line.pack.language == "en" and line.low(i) in (
        "said",
        "reported",
        "believed",
        "thought",
        "alleged",
        "understood",
        "presumed",
    ):
        return Said(segment, end, UNNAMED, (), "unnamed", "reported", i, "", i, last)
    return None


def _trails(line: Line, subject_first: int, last: int, segment: int, end: int) -> bool:
    """Whether the words said stand before the speaker: ", the army said on Tuesday."."""
    before = line.low(subject_first - 1)
    if subject_first <= segment or before not in (",", "»", "”", '"', "|", "-", "–"):
        return False
    following = line.low(last)
    if following in ("that", "que", "qu'"):
        return False
    n = last
    while n < end:
        chunk = line.chunk_at(n)
        if chunk and chunk.kind in ("day", "person", "actor", "place", "capital", "group", "country"):
            n = chunk.last
        elif line.low(n) in line.pack.words["prepositions"] | line.pack.words["determiners"] | line.pack.words[
            "particles"
        ] | {"told"}:
            n += 1
        else:
            break
    return n >= end or line.low(n) in (".", ",", ";", ":", "»", "—", "–", ")")


def _segment(line: Line, i: int) -> tuple[int, int]:
    first = i
    while first > 0 and line.low(first - 1) not in _MARKS:
        first -= 1
    last = i
    while last < len(line.tokens) and line.low(last) not in _MARKS:
        last += 1
    return first, last


def _subject(line: Line, i: int, floor: int) -> tuple[str, tuple[str, ...], str, int, str, str] | None:
    """(name, ids, voice, first token, group, pronoun) of the subject of a reporting verb."""
    n, steps = i - 1, 0
    while n >= floor and steps < 8:
        low = line.low(n)
        chunk = line.chunk_at(n)
        if chunk and chunk.kind in _SAYERS:
            start = _source_start(line, chunk, floor)
            named = _named(line, chunk, start)
            return (named[0], named[1], named[2], start, chunk.group, "")
        if low in line.pack.words["pronouns"]:
            return ("", (), "", n, "", low)
        speaker = _speaker_noun(line, n)
        if speaker:
            start = _phrase_start(line, n, floor)
            return (_text(line, start, n + 1), (), speaker, start, "", "")
        if chunk and chunk.kind == "day":
            n = chunk.first - 1
            continue
        small = (
            line.pack.words["particles"]
            | line.pack.auxiliaries.keys()
            | line.pack.words["adjectives"]
            | line.pack.words["relatives"]
            | {",", "'", "s", ")", "-"}
            | line.pack.words["negations"]
        )
        if not (low in small or low.endswith(("ly", "ment"))):
            return None
        n, steps = n - 1, steps + 1
    return None


def _speaker_noun(line: Line, n: int) -> str:
    for i in (n, n - 1, n - 2):
        if i >= 0:
            found = line.pack.speakers.at(line.tokens, i)
            if found and found.last == n + 1:
                return found.value
    return ""


def _source_start(line: Line, chunk: Chunk, floor: int) -> int:
    """Where the speaker's noun phrase begins: "a French military spokesman, Col. X"."""
    start = chunk.first
    n = start - 1
    if line.low(n) in (",",) and n - 1 >= floor and (_speaker_noun(line, n - 1) or line.chunk_at(n - 1)):
        before = line.chunk_at(n - 1)
        inner = before.first if before else _phrase_start(line, n - 1, floor)
        if before is None or "official" in before.classes or before.kind in ("group", "actor"):
            return inner
    return _phrase_start(line, start, floor) if line.low(n) in line.pack.words["of"] else start


def _phrase_start(line: Line, n: int, floor: int) -> int:
    first = n
    while first - 1 >= floor and first > n - 6:
        low = line.low(first - 1)
        ok = (
            low
            in line.pack.words["adjectives"]
            | line.pack.words["determiners"]
            | line.pack.words["of"]
            | line.pack.words["titles"]
        )
        if not (ok or line.chunk_at(first - 1) is not None or _speaker_noun(line, first - 1)):
            break
        first -= 1
    return first


def _named(line: Line, chunk: Chunk, start: int) -> tuple[str, tuple[str, ...], str]:
    """(name, ids, voice) of a chunk that speaks."""
    noun = _speaker_noun(line, chunk.last - 1)
    if chunk.kind == "group" and chunk.group in ("civilians", "people", "worker", "hostage", "refugees"):
        return (_text(line, start, chunk.last), (), "unnamed" if chunk.group == "civilians" else noun or "named")
    if chunk.kind == "group" and chunk.group == "official":
        return (_text(line, start, chunk.last), (), "named")
    if chunk.kind in ("person",):
        return (_text(line, chunk.first, chunk.last, titles=False), (), "named")
    if chunk.kind == "place":
        return ("", (), "")
    return (chunk.label or _text(line, start, chunk.last), chunk.ids, "named")


def _text(line: Line, first: int, last: int, titles: bool = True) -> str:
    while first < last and (
        line.low(first) in line.pack.words["determiners"]
        or (not titles and line.low(first) in line.pack.words["titles"] | {"."})
    ):
        first += 1
    tokens = line.tokens[first:last]
    out = ""
    for previous, token in zip((None, *tokens), tokens, strict=False):
        out += (" " if previous is not None and token.start > previous.end else "") + token.text
    return out


def _sayer(line: Line, i: int, opener: str) -> tuple[str, tuple[str, ...], str, int, str]:
    """(name, ids, voice, end, group) of the speaker that begins at token i."""
    if opener in ("source", "sources"):
        return UNNAMED, (), "unnamed", i, ""
    n = i
    while n < min(i + 8, len(line.tokens)):
        chunk = line.chunk_at(n)
        speaker = line.pack.speakers.at(line.tokens, n)
        if speaker and speaker.value == "unnamed" and (chunk is None or chunk.kind in ("group",)):
            return _text(line, i, speaker.last), (), "unnamed", speaker.last, ""
        if chunk and chunk.kind in _SAYERS and chunk.kind != "place":
            following = line.chunk_at(chunk.last)
            if chunk.group == "official" and following and following.kind == "person":
                chunk = following
            name, ids, voice = _named(line, chunk, min(i, chunk.first))
            return name, ids, voice, chunk.last, chunk.group
        if speaker:
            person = next(
                (
                    c
                    for c in line.chunks
                    if speaker.last <= c.first <= speaker.last + 6 and c.kind in ("actor", "person")
                ),
                None,
            )
            if person and all(
                line.low(k) in line.pack.words["of"] | line.pack.words["determiners"] | {","} or line.at[k] >= 0
                for k in range(speaker.last, person.first)
            ):
                name, ids, voice = _named(line, person, person.first)
                return name, ids, voice, person.last, person.group
            return _text(line, i, speaker.last), (), "named", speaker.last, ""
        low = line.low(n)
        if not (
            low in line.pack.words["determiners"] | line.pack.words["adjectives"] | line.pack.words["of"]
            or (chunk and chunk.kind in ("number", "place", "day", "asset"))
            or line.tokens[n].is_capital
        ):
            break
        n += 1
    return "", (), "", i, ""
