"""Turns CoNLL-U files into sentences whose words have offsets in the raw text. Invariant: every word of a sentence
covers its own stretch of the text; what has no stretch of its own is folded into the word that has.

Format: https://universaldependencies.org/format.html
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

KEPT_FEATURES = ("Mood", "Number", "Person", "Polarity", "PronType", "Tense", "VerbForm", "Voice")


@dataclass(frozen=True, slots=True)
class Word:
    """A surface word: span in the text (code points, end exclusive), `head` the index of its head, its own index where
    it is the root."""

    start: int
    end: int
    form: str
    lemma: str
    upos: str
    features: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence as printed, with its words."""

    id: str
    text: str
    words: tuple[Word, ...]


def read_trees(path: Path) -> Iterator[Tree]:
    """Every sentence of a CoNLL-U file whose words can be found in its text, in the order of the file."""
    block: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            if line.strip():
                block.append(line.rstrip("\n"))
            elif block:
                yield _tree(block)
                block = []


@dataclass(slots=True)
class _Surface:
    """Words printed as one: the numbers of the first and the last, and what is printed."""

    first: int
    last: int
    form: str


def _tree(block: list[str]) -> Tree:
    comments = dict(line[2:].split(" = ", 1) for line in block if line.startswith("# ") and " = " in line)
    rows = [line.split("\t") for line in block if not line.startswith("#")]
    words = {int(row[0]): row for row in rows if row[0].isdigit()}
    groups = _surfaces(rows)
    text = comments["text"]
    kept: list[Word] = []
    place: dict[int, int] = {}  # number of a word in the file -> index of the surface word that holds it
    cursor = 0
    for group in groups:
        start = text.find(group.form, cursor)
        if start < 0:
            raise ValueError(f"{comments['sent_id']}: {group.form!r} is not in the text after {cursor}")
        cursor = start + len(group.form)
        for number in range(group.first, group.last + 1):
            place[number] = len(kept)
        kept.append(_word(words, group, start))
    heads = [place.get(word.head, index) for index, word in enumerate(kept)]
    return Tree(comments["sent_id"], text, tuple(replace(w, head=h) for w, h in zip(kept, heads, strict=True)))


def _surfaces(rows: list[list[str]]) -> list[_Surface]:
    """Printed words. A group whose parts spell it ("do" + "n't") is as many words; any other ("du") is one."""
    forms = {int(row[0]): row[1] for row in rows if row[0].isdigit()}
    groups: list[_Surface] = []
    done = 0
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            parts = [forms[number] for number in range(first, last + 1)]
            if "".join(parts) == row[1]:
                groups += [_Surface(n, n, forms[n]) for n in range(first, last + 1)]
            else:
                groups.append(_Surface(first, last, row[1]))
            done = last
        elif row[0].isdigit() and int(row[0]) > done:
            groups.append(_Surface(int(row[0]), int(row[0]), row[1]))
    return groups


def _word(words: dict[int, list[str]], group: _Surface, start: int) -> Word:
    """The surface word of a group: it takes the analysis of its first part whose head stands outside the group."""
    inside = range(group.first, group.last + 1)
    row = next(words[n] for n in inside if int(words[n][6]) not in inside)
    features = "|".join(f for f in row[5].split("|") if f.split("=")[0] in KEPT_FEATURES)
    lemma = row[2] if row[2] != "_" or row[1] == "_" else row[1]
    return Word(start, start + len(group.form), group.form, lemma, row[3], features, int(row[6]), row[7])
