import pytest

from faultline.publish.export import Leaving
from faultline.publish.worlds import Seen
from tests.publish.hand import HandDesk


@pytest.fixture(scope="session")
def leaving(desk: HandDesk) -> Leaving:
    return Leaving(Seen(desk.case, desk.snapshot()))
