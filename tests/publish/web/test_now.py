"""What the Now view takes for the last visit."""

import re
import time
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.publish.hand import AS_OF

COOKIE = "faultline-seen"


def looked(client: TestClient, seen: str) -> tuple[str, str]:
    """The day since which the view tells changes, and the cookie that it leaves, for somebody with that cookie."""
    while True:
        client.cookies.clear()
        answer = client.get("/now", headers={"cookie": f"{COOKIE}={quote(seen)}"} if seen else {})
        if answer.status_code == 200:
            found = re.search(r'name="since" value="([^"]+)"', answer.text)
            assert found
            return found[1], answer.cookies.get(COOKIE, "").strip('"')
        assert answer.status_code == 202
        time.sleep(0.05)


def test_first_visit_looks_back_three_months(client: TestClient) -> None:
    assert looked(client, "")[0] == "2020-03-03"


def test_next_visit_looks_back_to_the_last_one_and_goes_on_doing_so_all_day(client: TestClient) -> None:
    since, cookie = looked(client, "2020-05-01.2020-02-01")
    assert since == "2020-05-01"
    assert looked(client, cookie) == (since, cookie), "a second look on the same day is the same visit"


@pytest.mark.parametrize("off", ["2020-05-01", "x.y", "9999-01-01.9999-01-01", f"{AS_OF}.{AS_OF}", "<script>"])
def test_cookie_that_nobody_set_so_is_no_visit(client: TestClient, off: str) -> None:
    assert looked(client, off)[0] == "2020-03-03"
