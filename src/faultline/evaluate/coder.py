"""Turns hand-coded reports and a case into the coder's figures, by language and half. Invariant: the coder sees the
text of a report and what its file says of it, never its hand-coded lines."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from faultline import desk
from faultline.case import Case, load_case
from faultline.coding.coder import make_coder
from faultline.coding.gold import Labels, to_gold
from faultline.coding.score import Line, Scored, confusions, name_table, plain, score
from faultline.evaluate.answers import Answer, Marked, answers
from faultline.evaluate.calibration import Calibration, calibrations
from faultline.evaluate.goals import load_goals
from faultline.intake.gold import Gold, read_gold
from faultline.record.errors import InputError
from faultline.record.protocols import Coder
from faultline.record.text import Filing

ALL = "all"
ANALYSES = "analyses"


@dataclass(frozen=True, slots=True)
class Part:
    """The figures on some of the reports: all of them, one language, one half, one language of one half, analyses."""

    name: str
    language: str
    half: str
    reports: int
    claims: int  # hand-coded ones, optional ones included
    scores: tuple[Scored, ...]
    calibration: tuple[Calibration, ...] = ()  # how far the coder's confidences can be believed


@dataclass(frozen=True, slots=True)
class Confused:
    """How many claims hand-coded as `gold` were given as `predicted`; "missed" and "spurious" are no kinds."""

    gold: str
    predicted: str
    count: int


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What a coder made of a folder of hand-coded reports. `names` says what names were compared by."""

    gold: str
    coder: str
    coder_version: str
    names: str
    parts: tuple[Part, ...]
    confusions: tuple[Confused, ...]

    def part(self, language: str = "", half: str = "", name: str = "") -> Part | None:
        """The part of that language and half ("" for all), or of that name; None where no report is in it."""
        return next(
            (p for p in self.parts if (p.name == name if name else (p.language, p.half) == (language, half))), None
        )


@dataclass(frozen=True, slots=True)
class Report:
    """One report as coded: its id, what it is, the coder's lines, and how sure and how right it was."""

    id: str
    language: str
    genre: str
    half: str
    lines: tuple[Line, ...]
    answers: tuple[Answer, ...] = ()


def evaluate_coder(case_folder: Path, gold_folder: Path, reports: Path | None = None, parser: bool = True) -> Evaluated:
    """The coder of a case, with or without its parsers, against hand-coded reports. Raises CaseError, and InputError
    with the line where a report is missing or a claim's words do not stand at its offsets."""
    case = load_case(case_folder)
    gold = read_gold(gold_folder, reports)
    coder = make_coder(case, parser)
    names = name_table(gold.names) if gold.names is not None else names_of_case(case)
    read = _Read(case, coder, gold, names)
    coded = [read.report(path) for path in gold.reports]
    _check_reports(gold, coded)
    return Evaluated(
        gold.folder.name,
        coder.name,
        coder.version,
        "the table of the folder" if gold.names is not None else "the names of the case",
        tuple(_parts(_Scorer(gold.lines, names), coded)),
        _confused(gold.lines, coded),
    )


def names_of_case(case: Case) -> dict[str, str]:
    """A table for the scorer from the aliases of a case's actors and the variants of its places; a name that two of
    them share is left as it is."""
    others: dict[str, set[str]] = {}
    for name, known in (
        *((actor.name, actor.names_on()) for actor in case.actors),
        *((place.name, (place.name, *place.variants)) for place in case.places),
    ):
        others.setdefault(name, set()).update(known)
    owners = Counter(key for known in others.values() for key in {plain(other) for other in known})
    return name_table({name: [o for o in sorted(known) if owners[plain(o)] == 1] for name, known in others.items()})


@dataclass(frozen=True, slots=True)
class _Read:
    """What every report is read with."""

    case: Case
    coder: Coder
    gold: Gold
    names: Mapping[str, str]

    def report(self, path: Path) -> Report:
        """The report of a file, coded and compared."""
        taken, coded = desk.code_file(self.case, self.coder, path, Filing(origin=path.name, document=""))
        said = json.loads(taken.filing.extra) if taken.filing.extra else {}
        name = str(said.get("id") or path.stem)
        _check_words(taken.document.text, name, self.gold)
        half = next((half for half, ids in self.gold.halves.items() if re.fullmatch(ids, name)), "")
        lines = tuple({**row, "doc": name} for row in to_gold(self.case, taken.document, coded))
        by_hand = [line for line in self.gold.lines if line["doc"] == name]
        answered = answers(Marked(coded.claims, lines, by_hand), self.names, Labels(self.case))
        return Report(name, taken.filing.language, str(said.get("genre", "")), half, lines, tuple(answered))


def _check_words(text: str, name: str, gold: Gold) -> None:
    for line in gold.lines:
        spot = line["evidence"]
        words = text[spot["start"] : spot["end"]]
        if line["doc"] == name and words != spot.get("text", words):
            raise InputError(f"{gold.folder}: {line.get('id', name)}", repr(words), repr(spot["text"]))


def _check_reports(gold: Gold, coded: Sequence[Report]) -> None:
    unknown = {line["doc"] for line in gold.lines} - {report.id for report in coded}
    if unknown:
        raise InputError(str(gold.folder), f"claims of {', '.join(sorted(unknown))}", "a report for each of them")


@dataclass(frozen=True, slots=True)
class _Scorer:
    """What every part is scored with."""

    lines: Sequence[Line]
    names: Mapping[str, str]

    def part(self, language: str, half: str, of: Sequence[Report]) -> Part:
        gold = _of(self.lines, of)
        scores = score(gold, [line for report in of for line in report.lines], self.names)
        name = " ".join(filter(None, (language, half))) or ALL
        believed = calibrations(answer for report in of for answer in report.answers)
        return Part(name, language, half, len(of), len(gold), scores, believed)


def _parts(scorer: _Scorer, coded: Sequence[Report]) -> list[Part]:
    languages = sorted({report.language for report in coded})
    halves = sorted({report.half for report in coded} - {""})
    parts = [
        scorer.part(language, half, [r for r in coded if language in ("", r.language) and half in ("", r.half)])
        for half in ("", *halves)
        for language in ("", *languages)
    ]
    analyses = [report for report in coded if report.genre in load_goals().genres]
    return [part for part in (*parts, scorer.part(ANALYSES, "", analyses)) if part.reports]


def _of(lines: Sequence[Line], reports: Sequence[Report]) -> list[Line]:
    ids = {report.id for report in reports}
    return [line for line in lines if line["doc"] in ids]


def _confused(lines: Sequence[Line], coded: Sequence[Report]) -> tuple[Confused, ...]:
    table = confusions(_of(lines, coded), [line for report in coded for line in report.lines])
    return tuple(Confused(gold, predicted, count) for (gold, predicted), count in sorted(table.items()))
