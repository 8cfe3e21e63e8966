"""Turns number words and figures with their bounds into quantities. Invariant: nothing is guessed: "dozens" has no
number, "at least N" no high end, "up to N" no low end."""

from collections.abc import Sequence
from dataclasses import dataclass

from faultline.coding.lexicon import Pack
from faultline.coding.phrases import split_words
from faultline.coding.tokens import Token


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens [first, last) state a number: its ends, None where open. `vague` has no number at all."""

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    bound: str = ""
    vague: bool = False


def find_quantities(tokens: Sequence[Token], pack: Pack, taken: Sequence[bool]) -> list[Quantity]:
    """Quantities in order, outside the tokens that are taken by days and names."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        quantity = None if taken[i] else _quantity_at(tokens, i, pack, taken)
        if quantity:
            found.append(quantity)
            i = quantity.last
        else:
            i += 1
    return found


def number_at(tokens: Sequence[Token], i: int, pack: Pack) -> tuple[int, int] | None:
    """(value, tokens read) of the number that begins at token i, or None."""
    if i >= len(tokens):
        return None
    if tokens[i].is_number:
        return _digits(tokens, i, pack)
    return _words(tokens, i, pack)


def _digits(tokens: Sequence[Token], i: int, pack: Pack) -> tuple[int, int] | None:
    text = tokens[i].text
    if ":" in text or "h" in text.lower() or _hour(tokens, i):
        return None
    whole = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    for mark in ".,":
        if mark in whole:
            parts = whole.split(mark)
            if any(len(p) != 3 for p in parts[1:]):
                return None  # 1.5, 10,2: a decimal counts no people
            whole = "".join(parts)
    value, size = int(whole[:12]), 1
    if len(text) == 4 and 1990 <= value <= 2035 and text.isdigit():
        return None  # a year
    if i + 1 < len(tokens) and tokens[i + 1].low in pack.counts["scales"] and value < 1000:
        value, size = value * int(pack.counts["scales"][tokens[i + 1].low]), 2
    return value, size


_HOUR = frozenset("h heures heure am pm gmt tu hours o'clock".split())


def _hour(tokens: Sequence[Token], i: int) -> bool:
    """ "10 h 30", "15 heures", "9 pm" are times."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    after = following.low if following else ""
    if following and after == "s" and following.start == tokens[i].end:
        return True  # "in her 20s"
    return after in _HOUR or (i > 0 and tokens[i - 1].low == "h")


def _words(tokens: Sequence[Token], i: int, pack: Pack) -> tuple[int, int] | None:
    units, scales = pack.counts["units"], pack.counts["scales"]
    total = current = 0
    n = i
    while n < len(tokens):
        low = tokens[n].low
        if low in units:
            current += int(units[low])
        elif low in scales and (n > i or low in ("cent", "mille")):
            current = max(current, 1) * int(scales[low])
            if scales[low] >= 1000:
                total, current = total + current, 0
        elif not (low in pack.words["and_words"] and n > i and _continues(tokens, n + 1, units, tokens[n - 1].low)):
            break
        n += 1
    return (total + current, n - i) if n > i else None


def _continues(tokens: Sequence[Token], n: int, units: dict[str, int], before: str) -> bool:
    """ "vingt et un", "one hundred and six": "and" inside a number, after a scale or before one."""
    if n >= len(tokens) or tokens[n].low not in units:
        return False
    return (units[tokens[n].low] == 1 and units.get(before, 0) >= 20) or before in ("hundred", "thousand")


def _quantity_at(tokens: Sequence[Token], i: int, pack: Pack, taken: Sequence[bool]) -> Quantity | None:
    if i and tokens[i - 1].low in pack.words["ranks"]:
        return None  # "number two" of a group
    bound, n = _bound(tokens, i, pack)
    while n < len(tokens) and (more := _bound(tokens, n, pack))[1] > n:
        bound, n = bound or more[0], more[1]
    base = _approximate(tokens, n, pack) or _number_quantity(tokens, n, pack) or _vague(tokens, n, pack)
    if base is None or any(taken[i : base.last]):
        return None
    ranged = _range(tokens, base, pack, tokens[i - 1].low if i else "")
    if ranged:
        opened = i > 0 and tokens[i - 1].low in pack.words["range_start"] and not taken[i - 1]
        return Quantity(i - opened, ranged.last, ranged.low, None, ranged.high)
    if base.vague or base.best is None:
        return Quantity(i, base.last, base.low, base.best, base.high, vague=base.vague)
    return _bounded(Quantity(i, base.last, base.low, base.best, base.high), bound, tokens, pack)


def _bounded(q: Quantity, bound: str, tokens: Sequence[Token], pack: Pack) -> Quantity:
    last = q.last
    if not bound:
        for phrase in pack.counts["after_at_least"]:
            words = split_words(phrase)
            if [t.low for t in tokens[last : last + len(words)]] == words:
                bound, last = "at_least", last + len(words)
                break
    if bound == "at_least":
        return Quantity(q.first, last, q.best, q.best, None, bound)
    if bound == "at_most":
        return Quantity(q.first, last, None, q.best, q.best, bound)
    return Quantity(q.first, last, q.low, q.best, q.high, bound)


def _bound(tokens: Sequence[Token], i: int, pack: Pack) -> tuple[str, int]:
    for words, kind in pack.bounds.get(tokens[i].low, ()) if i < len(tokens) else ():
        if tuple(t.low for t in tokens[i : i + len(words)]) == words and _number_follows(tokens, i + len(words), pack):
            return kind, i + len(words)
    return "", i


def _number_follows(tokens: Sequence[Token], n: int, pack: Pack) -> bool:
    if n >= len(tokens):
        return False
    low = tokens[n].low
    c = pack.counts
    return (
        tokens[n].is_number or low in c["units"] or low in c["approximate"] or low in c["scales"] or low in pack.bounds
    )


def _number_quantity(tokens: Sequence[Token], n: int, pack: Pack) -> Quantity | None:
    read = number_at(tokens, n, pack)
    if read is None:
        return None
    value, size = read
    following = tokens[n + size].low if n + size < len(tokens) else ""
    if following in pack.counts["approximate"] and value < 100:
        value, size = value * int(pack.counts["approximate"][following]), size + 1
    return Quantity(n, n + size, value, value, value)


def _approximate(tokens: Sequence[Token], n: int, pack: Pack) -> Quantity | None:
    """ "une vingtaine", "a dozen", "a thousand", "un millier": the number itself, read as about."""
    at = n + 1 if n < len(tokens) and tokens[n].low in pack.words["one_words"] else n
    scales = pack.counts["scales"]
    if n and tokens[n - 1].low in pack.words["part_words"]:
        return None  # "half a million"
    one = at > n or (n > 0 and tokens[n - 1].low in pack.words["one_words"])  # "un" may have been read as a bound
    if one and at < len(tokens) and tokens[at].low in scales:
        value, end = int(scales[tokens[at].low]), at + 1
        while end < len(tokens) and tokens[end].low in scales:  # "a hundred thousand"
            value, end = value * int(scales[tokens[end].low]), end + 1
        return Quantity(n, end, value, value, value, "about")
    if at < len(tokens) and tokens[at].low in pack.counts["approximate"]:
        value = int(pack.counts["approximate"][tokens[at].low])
        return Quantity(n, at + 1, value, value, value, "about")
    return None


def _vague(tokens: Sequence[Token], n: int, pack: Pack) -> Quantity | None:
    if n >= len(tokens) or tokens[n].low not in pack.counts["vague"]:
        return None
    low = pack.counts["vague"][tokens[n].low]
    last = n + 1
    if last < len(tokens) and tokens[last].low in pack.counts["vague"]:  # "several hundreds", "plusieurs centaines"
        low, last = pack.counts["vague"][tokens[last].low], last + 1
    elif last < len(tokens) and tokens[last].low in pack.counts["approximate"]:  # "several dozen"
        low, last = None, last + 1
    return Quantity(n, last, low, None, None, vague=low is None)


def _range(tokens: Sequence[Token], base: Quantity, pack: Pack, before: str) -> Quantity | None:
    n = base.last
    if n >= len(tokens) or base.best is None:
        return None
    dash = tokens[n].text in "-–" and len(tokens[n].text) == 1
    word = tokens[n].low in pack.words["range"] and (
        before in pack.words["range_start"] or tokens[n].low in ("to", "à", "ou", "or")
    )
    if not (dash or word):
        return None
    _, at = _bound(tokens, n + 1, pack)
    read = _number_quantity(tokens, at, pack)
    if read is None or read.best is None or read.best <= base.best:
        return None
    return Quantity(base.first, read.last, base.best, None, read.best)
