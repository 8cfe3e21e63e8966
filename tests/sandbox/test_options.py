from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faultline.record.errors import UsageError
from faultline.sandbox.folder import write_all
from faultline.sandbox.options import SandboxOptions, small, with_settings
from faultline.sandbox.simulate import simulate

SHARE = st.floats(0, 1)
VALID = st.builds(
    SandboxOptions,
    seed=st.integers(0, 2**40),
    days=st.integers(120, 500),
    dispatches=st.integers(1, 30),
    regions=st.integers(2, 8),
    cercles=st.integers(2, 6),
    villages=st.integers(1, 8),
    homonyms=st.integers(0, 4),
    groups=st.integers(3, 8),
    splits=st.integers(0, 4),
    mergers=st.integers(0, 3),
    renamings=st.integers(0, 4),
    backer_gap=st.integers(0, 365),
    backer_leaves=st.floats(0.1, 0.9),
    rate=st.floats(0.01, 1),
    offensives=st.integers(0, 4),
    fronts=st.integers(2, 20),
    batches=st.floats(0, 0.9),
    feedback=st.floats(0, 0.9),
    cycles=st.integers(0, 6),
    restrictions=st.integers(0, 8),
    copies=SHARE,
    reliability=SHARE,
    undated=SHARE,
    waves=st.floats(0, 0.95),
    share_french=SHARE,
    false_claims=st.floats(0, 0.5),
)


@settings(max_examples=25, deadline=None)
@given(VALID)
def test_every_allowed_set_of_options_gives_a_world_and_exactly_the_dispatches_asked_for(
    options: SandboxOptions,
) -> None:
    written = write_all(simulate(options))
    assert len(written) == options.dispatches
    assert all(0 <= start < end <= len(w.text) for w in written.values() for _, start, end in w.claims)


@pytest.mark.parametrize(
    ("name", "value"),
    [("feedback", 1.0), ("feedback", float("nan")), ("days", 3), ("rate", -1), ("share_french", 1.1), ("groups", 0)],
)
def test_a_value_out_of_its_bounds_is_refused_by_name(name: str, value: float) -> None:
    with pytest.raises(UsageError, match=name):
        replace(SandboxOptions(), **{name: value})


def test_settings_change_what_they_name_and_nothing_else() -> None:
    changed = with_settings(small(4), ["feedback=0", "dispatches=7", "first_day=2011-02-03"])
    assert changed == replace(small(4), feedback=0.0, dispatches=7, first_day=date(2011, 2, 3))


@pytest.mark.parametrize("setting", ["feedbak=0", "days=many", "days", "first_day=2011-02-30", ""])
def test_a_setting_that_does_not_fit_is_refused(setting: str) -> None:
    with pytest.raises(UsageError, match="--set"):
        with_settings(SandboxOptions(), [setting])
