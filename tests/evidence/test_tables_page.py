"""The page of tables says what the tables are."""

from faultline.evidence.schema import metadata
from tests.evidence.tables_page import PAGE, PLAN, SAYS, page


def test_the_page_is_made_from_the_tables_as_they_are() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.evidence.tables_page"


def test_every_table_is_described_and_drawn() -> None:
    assert set(SAYS) == set(metadata.tables)
    assert all(name in PLAN for name in SAYS)
