import re
from dataclasses import fields
from pathlib import Path

import pytest

from faultline.intake import Limits
from faultline.intake.packaged import table

REASON = re.compile(r"(?:RefusedError|Skipped)\(\s*(?:[^\"()]*(?:\([^()]*\))?,\s*)?\"([a-z >]+)\"")


@pytest.fixture(scope="module")
def guide(root: Path) -> str:
    return (root / "docs/guide/intake.md").read_text()


def test_every_reason_for_leaving_something_out_is_explained(root: Path, guide: str) -> None:
    sources = [path.read_text() for path in (root / "src/faultline/intake").glob("*.py")]
    reasons = {reason for source in sources for reason in REASON.findall(source)}
    assert {"bomb", "bad date", "several documents", "low > high", "unreadable"} <= reasons
    assert {reason for reason in reasons if f"`{reason}`" not in guide} == set()


def test_every_limit_and_every_word_of_a_mapping_is_explained(guide: str) -> None:
    words = {*(f.name for f in fields(Limits)), *table("csv.yaml")["words"], *table("figures.yaml")["words"], "ignore"}
    assert {word for word in words if f"`{word}`" not in guide} == set()
