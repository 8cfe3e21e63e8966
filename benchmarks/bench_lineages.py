"""Lineages measured: credits that dispatches name, copies that we make by editing dispatches, speed up to 100,000.

`python -m benchmarks.bench_lineages` prints all of it; `... errors` adds the wrong credits of the development half.
Files are halved by the parity of the SHA-256 of their names; of the held-out half only totals are printed.
"""

import hashlib
import json
import random
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import yaml

from faultline.case import Case, load_case
from faultline.case.names import name_key
from faultline.intake import Taken, take_case
from faultline.record.claim import Claim, identified
from faultline.record.text import Filing, Span
from faultline.record.vocabulary import Kind
from faultline.resolve.lineage import trace
from faultline.resolve.lineage_copies import find_copies
from faultline.resolve.lineage_credits import credits_of_title, find_credits
from faultline.resolve.lineage_outlets import Outlets, outlets_of
from faultline.resolve.report import Report

HERE = Path(__file__).resolve().parent
HALVES = ("development", "held out")
LEAD = 16  # words
COPY = "copy of "
SIZES = (10_000, 30_000, 100_000)
_FILING = Filing("", "", language="en")
_WORD, _SENTENCE = re.compile(r"\w+"), re.compile(r"(?<=[.!?»”\"]) +(?=[\"«“A-ZÀ-Ý])")


@dataclass(frozen=True)
class Edit:
    """How a copy differs: share of words replaced, of sentences cut, whether they are reordered, foreign leads."""

    words: float = 0.0
    cut: float = 0.0
    shuffled: bool = False
    leads: int = 0


EDITS = {
    "exact": Edit(),
    "light: 10 % of the words, new order": Edit(0.1, 0.0, True),
    "middle: 20 %, a third cut, new order, a lead": Edit(0.2, 0.33, True, 1),
    "strong: 30 %, half cut, new order, two leads": Edit(0.3, 0.5, True, 2),
}


def main(arguments: Sequence[str] = ()) -> str:
    """Every table as text."""
    case = load_case(HERE.parent / "cases" / "mali")
    labelled = dispatches(case)
    reports = {name: replace(r, filing=replace(r.filing, extra="")) for name, r in labelled.items()}  # text alone
    named = credits(case, reports, "errors" in arguments)
    return "\n".join([*named, "", *copies(reports, _labels(labelled)), "", *speed(case)])


def dispatches(case: Case) -> dict[str, Report]:
    """The texts of the case by the names of their files."""
    taken = (item for item in take_case(case) if isinstance(item, Taken) and item.filing.origin.startswith("reports/"))
    return {Path(item.filing.origin).name: Report(item.filing, item.document.text, ()) for item in taken}


def _labels(reports: dict[str, Report]) -> dict[str, str]:
    """Each dispatch with the first of those that it is said to copy, or itself."""
    said = {name: json.loads(report.filing.extra or "{}").get("copy_of", "") for name, report in reports.items()}
    return {name: _first(said, name) for name in reports}


def _first(said: dict[str, str], name: str) -> str:
    seen = {name}
    while (other := said.get(name, "")) and other not in seen:
        seen.add(other)
        name = other
    return name


def half(name: str) -> str:
    """The half that a file belongs to."""
    return HALVES[int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2]


def credits(case: Case, reports: dict[str, Report], errors: bool) -> Iterator[str]:
    """Precision and recall of credits against those that were read by hand."""
    outlets = outlets_of(case)
    labelled = yaml.safe_load((HERE / "lineage_credits.yaml").read_text(encoding="utf-8"))
    yield "credits          files  named  found  precision  recall"
    for chosen in HALVES:
        found = Counter[str]()
        names = [name for name in labelled if half(name) == chosen and name in reports]
        for name in names:
            wanted = {_house(outlets, credit) for credit in labelled[name]}
            got = credited(reports[name], outlets)
            found.update({"hit": len(wanted & got), "miss": len(wanted - got), "extra": len(got - wanted)})
            if errors and chosen == HALVES[0] and wanted != got:
                yield f"  {name}: missed {sorted(wanted - got)}, too much {sorted(got - wanted)}"
        hit, miss, extra = found["hit"], found["miss"], found["extra"]
        rates = f"{hit / (hit + extra):9.3f}  {hit / (hit + miss):6.3f}"
        yield f"{chosen:15}  {len(names):5}  {hit + miss:5}  {hit + extra:5}  {rates}"


def credited(report: Report, outlets: Outlets) -> set[str]:
    """The houses that a text and its title credit; of a body the body itself, since its house may have many."""
    filing = report.filing
    found = find_credits(report.text, filing.language, outlets) + credits_of_title(
        filing.title, filing.language, outlets
    )
    return {_house(outlets, credit.outlet.name) for credit in found}


def _house(outlets: Outlets, name: str) -> str:
    outlet = outlets.named(name)
    return name_key(outlet.name) if outlet and outlet.body else outlet.key if outlet else name_key(name)


def copies(reports: dict[str, Report], labels: dict[str, str]) -> Iterator[str]:
    """Precision and recall of copies by the strength of the edit: each dispatch of a half with one edited copy.

    Dispatches that are said to retell one text are no errors where they are taken for copies, and no hits.
    """
    yield "copies                                            half         made  found  precision  recall"
    for label, edit in EDITS.items():
        for chosen in HALVES:
            mine = {name: report for name, report in reports.items() if half(name) == chosen}
            chance = random.Random(20261122)
            press = [report for name, report in reports.items() if half(name) != chosen]  # leads come from elsewhere
            made = {f"{COPY}{name}": _edited(mine[name], press, edit, chance) for name in sorted(mine)}
            found = [(one.removeprefix(COPY), other.removeprefix(COPY)) for one, other in _pairs({**mine, **made})]
            hit = sum(one == other for one, other in found)
            wrong = sum(labels[one] != labels[other] for one, other in found)
            rates = f"{hit / (hit + wrong):9.3f}  {hit / len(made):6.3f}"
            yield f"{label:48}  {chosen:11}  {len(made):4}  {hit + wrong:5}  {rates}"


def _edited(report: Report, press: Sequence[Report], edit: Edit, chance: random.Random) -> Report:
    alike = [other for other in press if other.filing.language == report.filing.language] or list(press)
    sentences = [s for s in _SENTENCE.split(report.text.strip()) if s]
    kept = sorted(chance.sample(range(len(sentences)), max(1, round(len(sentences) * (1 - edit.cut)))))
    if edit.shuffled:
        chance.shuffle(kept)
    words = _WORD.findall(chance.choice(alike).text)
    swapped = [_WORD.sub(_swap(words, edit.words, chance), sentences[n]) for n in kept]
    leads = [" ".join(chance.choices(words, k=LEAD)).capitalize() + "." for _ in range(edit.leads)]  # words of no text
    filing = replace(report.filing, document=f"{report.filing.document} copy", source="elsewhere")
    return Report(filing, " ".join([*leads, *swapped]), ())


def _swap(words: Sequence[str], share: float, chance: random.Random) -> Callable[[re.Match[str]], str]:
    return lambda match: chance.choice(words) if words and chance.random() < share else match[0]


def _pairs(reports: dict[str, Report]) -> list[tuple[str, str]]:
    """Pairs of names that are counted as one text: copies, and the text that they are counted as."""
    found = find_copies(list(reports.values()))
    families: dict[str, list[str]] = {}
    for name, report in reports.items():
        if report.document in found.leader:
            families.setdefault(found.leader[report.document], []).append(name)
    return [pair for family in families.values() for pair in combinations(sorted(family), 2)]


def speed(case: Case) -> Iterator[str]:
    """Seconds of one processor and memory for stories of 150 words, every fourth a copy with a new lead."""
    yield "documents  claims  CPU seconds  peak memory (MB)"
    for size in SIZES:
        reports = list(_stories(size))
        begun = time.process_time()
        traced = trace(case, reports)
        spent = time.process_time() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        yield f"{size:9}  {len(traced.ways):6}  {spent:11.1f}  {memory:6}"


def _stories(size: int) -> Iterator[Report]:
    chance = random.Random(7)
    stock = [f"word{n}" for n in range(20_000)]
    weights = [1 / (n + 10) for n in range(len(stock))]  # common words are common, as in a language
    last = ""
    for n in range(size):
        story = last if n % 4 == 3 else " ".join(chance.choices(stock, weights, k=150)) + ", a resident told AFP."
        last, text = story, f"Lead number {n} of the day. {story}"
        yield _story(f"doc_{n:020d}", text)


def _story(document: str, text: str) -> Report:
    claim = Claim("", document, Kind.EVENT, Span(30, 60))
    filing = replace(_FILING, document=document, origin=document)
    return Report(filing, text, identified([claim]))


if __name__ == "__main__":
    print(main(sys.argv[1:]))
