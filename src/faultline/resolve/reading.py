"""Turns each report into its tellings, once for as long as nothing about it changes. Invariant: the tellings of a
report depend on the report, the case and what people decided inside the report, on nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from faultline.case import Case
from faultline.record.claim import Claim
from faultline.record.decision import Decision
from faultline.record.halting import breathe
from faultline.record.vocabulary import Kind
from faultline.resolve.corrected import correct
from faultline.resolve.happening import Context, Happening, happenings
from faultline.resolve.judged import Judged, Pair
from faultline.resolve.report import Report
from faultline.resolve.running import is_running_total
from faultline.resolve.spread import Spread, spread_of
from faultline.resolve.telling import Told, as_one, tellings

_STATES = frozenset({Kind.CONTROL.value, Kind.RELATION.value})


@dataclass(frozen=True, slots=True)
class Read:
    """A report as it is fed to the world: what people rejected or retracted left out, what they corrected put right;
    its tellings, each of them as one view, and those that name several places (`spread`)."""

    report: Report
    told: tuple[Told, ...]
    views: tuple[Happening, ...]
    spread: Spread


_Inside = Mapping[str, dict[Pair, Decision]]


class Readings:
    """Reads reports and keeps what it read of those that it was given last. It gives what a new one would. Not for two
    threads at once."""

    def __init__(self) -> None:
        self._case: Case | None = None
        self._kept: dict[str, tuple[Report, Judged, Read]] = {}

    def of(self, case: Case, reports: Sequence[Report], judged: Judged) -> list[Read]:
        """What each of the reports tells, in their order."""
        if self._case is not case and self._case != case:
            self._kept = {}
        self._case, context = case, Context(case)
        documents = {claim.id: report.document for report in reports for claim in report.claims}
        same, apart = _inside(judged.same, documents), _inside(judged.apart, documents)
        kept = {}
        for report in reports:
            breathe()
            fed = _fed(report, judged)
            bonds = Judged(same=same.get(report.document, {}), apart=apart.get(report.document, {}))
            last = self._kept.get(report.document)
            if last and last[0] == fed and last[1] == bonds:
                kept[report.document] = last
            else:
                kept[report.document] = fed, bonds, _read(case, context, fed, bonds)
        self._kept = kept
        return [kept[report.document][2] for report in reports]


def _inside(decided: Mapping[Pair, Decision], documents: Mapping[str, str]) -> _Inside:
    """The decisions on two claims of one document, by document."""
    found: _Inside = defaultdict(dict)
    for (one, other), decision in decided.items():
        if one in documents and documents[one] == documents.get(other):
            found[documents[one]][one, other] = decision
    return found


def _read(case: Case, context: Context, report: Report, bonds: Judged) -> Read:
    """What sums up a period, and what is so for a while, is no happening."""
    sums = {claim.id for claim in report.claims if is_running_total(case, report, claim)}
    found = (h for h in happenings(context, [report]) if h.id not in sums and h.kind not in _STATES)
    told = tellings([report], found, bonds)
    views = tuple(as_one(parts) for parts in told)
    return Read(report, told, views, spread_of(case, told, views, report))


def _fed(report: Report, judged: Judged) -> Report:
    """The report with what people rejected or retracted left out and what they corrected put right."""
    kept = [claim for claim in report.claims if not judged.out(claim.id, report.document)]
    corrected = tuple(_corrected(claim, judged.corrections.get(claim.id, ())) for claim in kept)
    return report if corrected == report.claims else replace(report, claims=corrected)


def _corrected(claim: Claim, corrections: Iterable[Decision]) -> Claim:
    for decision in corrections:
        claim = correct(claim, decision)
    return claim
