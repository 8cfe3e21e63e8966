"""Turns claims into lines of hand-coded gold, as `evaluate coder` reads them. Invariant: a claim whose sentence is held
back is no line, and no name that is masked elsewhere stands in one."""

from collections import defaultdict
from typing import Any

from faultline.coding.gold import to_gold
from faultline.publish.export.leaving import Leaving
from faultline.publish.policy import Released
from faultline.record.claim import Claim, Coded


def gold_lines(leaving: Leaving) -> list[dict[str, Any]]:
    """One object a claim, by document and place in its text; `doc` is the id of the document."""
    by_document: dict[str, list[Released]] = defaultdict(list)
    for one in leaving.released.values():
        if one.sentence:
            by_document[one.claim.document].append(one)
    return [line for id in sorted(by_document) for line in _of_document(leaving, id, by_document[id])]


def _of_document(leaving: Leaving, id: str, released: list[Released]) -> list[dict[str, Any]]:
    document, _ = leaving.seen.snapshot.document(id)
    claims = tuple(one.claim for one in sorted(released, key=lambda one: _place(one.claim)))
    lines = to_gold(leaving.case, document, Coded(claims))
    for line, claim in zip(lines, claims, strict=True):
        line["claim"] = claim.id
    masked: list[dict[str, Any]] = [_masked(leaving, id, line) for line in lines]
    return masked


def _masked(leaving: Leaving, document: str, value: Any) -> Any:
    if isinstance(value, str):
        return leaving.gate.masked(document, value)
    if isinstance(value, list):
        return [_masked(leaving, document, one) for one in value]
    if isinstance(value, dict):
        return {name: _masked(leaving, document, one) for name, one in value.items()}
    return value


def _place(claim: Claim) -> tuple[int, int, str]:
    return (claim.span.start, claim.span.end, claim.id)
