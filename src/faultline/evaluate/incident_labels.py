"""Reads which documents tell of one incident by hand, and compares groups of documents with it. Invariant: only
documents that a label names are compared; the lists are not exhaustive, so a pair that they lack may still be right."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml

from faultline.record.errors import InputError

DocumentPair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PairFigures:
    """Pairs of documents found and labelled, found only, and labelled only."""

    both: int
    found_only: int
    labelled_only: int

    @property
    def precision(self) -> float:
        """The share of the found pairs that are labelled; 1 where none is found."""
        found = self.both + self.found_only
        return self.both / found if found else 1.0

    @property
    def recall(self) -> float:
        """The share of the labelled pairs that are found; 1 where none is labelled."""
        labelled = self.both + self.labelled_only
        return self.both / labelled if labelled else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.both + self.found_only + self.labelled_only
        return 2 * self.both / total if total else 1.0


def read_labels(path: Path) -> dict[str, tuple[str, ...]]:
    """The documents of each incident by its id: JSON Lines with `reports`, or a JSON list with `documents`.

    Raises InputError where there is neither.
    """
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    rows = json.loads(text) if text.lstrip().startswith("[") else [json.loads(line) for line in text.splitlines()]
    if not rows or not all("id" in row and ("reports" in row or "documents" in row) for row in rows):
        raise InputError(str(path), "no labels", "incidents with id and reports or documents")
    return {row["id"]: tuple(sorted(set(row.get("reports") or row.get("documents") or ()))) for row in rows}


def read_cleaned(path: Path, gaps: Path) -> dict[str, tuple[str, ...]]:
    """The documents of each incident (`read_labels`) with the gaps of the lists filled: `same` joins incidents that are
    one, `also` adds documents that tell of an incident too, by document.

    Raises InputError where an incident is unknown.
    """
    labels = {incident: set(documents) for incident, documents in read_labels(path).items()}
    filled = yaml.safe_load(gaps.read_text(encoding="utf-8"))
    wanted = {i for listed in (*filled["same"], *filled["also"].values()) for i in listed}
    if not wanted <= set(labels):
        raise InputError(str(gaps), ", ".join(sorted(wanted - set(labels))), f"incidents of {path.name}")
    for document, incidents in filled["also"].items():
        for incident in incidents:
            labels[incident].add(document)
    for first, *others in filled["same"]:
        for other in others:
            labels[first] |= labels.pop(other)
    return {incident: tuple(sorted(documents)) for incident, documents in labels.items()}


def pairs_of(groups: Iterable[Iterable[str]], among: Collection[str]) -> frozenset[DocumentPair]:
    """Every pair of documents that stands in one group, smaller name first."""
    kept = (sorted({name for name in group if name in among}) for group in groups)
    return frozenset(pair for group in kept for pair in combinations(group, 2))


def compare(
    labels: Mapping[str, Iterable[str]], groups: Iterable[Iterable[str]], among: Collection[str]
) -> PairFigures:
    """How the groups of documents agree with the labels, over the documents in `among`."""
    labelled, found = pairs_of(labels.values(), among), pairs_of(groups, among)
    both = len(labelled & found)
    return PairFigures(both, len(found) - both, len(labelled) - both)
