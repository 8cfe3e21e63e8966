"""A build killed at any moment leaves a store that opens, verifies and is completed by the next build, which codes
nothing again."""

from pathlib import Path

from tests.killing import kill_many


def test_a_killed_build_leaves_a_sound_store_and_the_next_goes_on_from_there(tmp_path: Path) -> None:
    expected, found = kill_many(tmp_path, times=3, seed=20120324)
    assert len(expected) > 100
    assert all(left.verified for left in found)
    assert all(left.ids == expected for left in found)
    assert [left.coded for left in found] == [left.read - left.stood for left in found]
