"""The small country that articles are examined by."""

from pathlib import Path

import pytest
from tests.examine.articles import small_case

from faultline.case import Case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A case of four towns, an army and an armed group."""
    return small_case(tmp_path)
