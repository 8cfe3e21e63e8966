"""A store that was looked at before each step answers as one that is opened anew; filters answer as a look at each
claim does; nothing that was purged stays in memory."""

import random
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faultline.evidence import ClaimFilter, Entry, Snapshot, Store, open_store
from faultline.evidence.counts import By
from faultline.record.claim import Claim
from faultline.record.vocabulary import Kind, Modality, SlotName
from tests.evidence.making import entry, moment
from tests.evidence.test_time_travel import DAY, answer, made_entries

BY: tuple[By, ...] = ("kind", "actor", "place", "month", "source")
steps = st.lists(st.one_of(made_entries, st.sampled_from(("a.txt", "b.txt"))), min_size=1, max_size=8)


def told(snapshot: Snapshot) -> tuple[object, ...]:
    asked = ClaimFilter(actors=("army",), first_day=date(2015, 1, 1))
    worded = tuple(snapshot.claims(ClaimFilter(words="the")))
    return *answer(snapshot), *(snapshot.counts(by) for by in BY), tuple(snapshot.claims(asked)), worded


@settings(max_examples=30, deadline=None)
@given(history=steps, day=DAY, undated=st.booleans(), back=st.integers(0, 3))
def test_a_store_that_grew_is_the_store_that_is_read_anew(
    history: list[Entry | str], day: date, undated: bool, back: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 's.sqlite'}"
        with open_store(url) as held:
            for n, step in enumerate(history):
                held.retract([step], moment(n)) if isinstance(step, str) else held.append([step], moment(n))
                for when in (None, moment(max(n - back, 0))):
                    with open_store(url, create=False) as fresh:
                        assert told(held.snapshot(day, when, undated)) == told(fresh.snapshot(day, when, undated))


def test_a_purge_reaches_what_is_in_memory(store: Store) -> None:
    store.append([entry("Alpha came."), entry("Beta went.", "b.txt", actor="rebels")], moment(0))
    before = store.snapshot(date(2016, 1, 1))
    assert before.counts("actor") == {"army": 1, "rebels": 1}
    store.purge("b.txt", "asked for", moment(1))
    assert store.snapshot(date(2016, 1, 1)).counts("actor") == {"army": 1}
    assert [claim.document for claim in before.claims(ClaimFilter(actors=("rebels",)))] == []


def test_words_are_found_among_what_came_since_and_not_once_they_are_purged(store: Store) -> None:
    def found() -> list[str]:
        claims = store.snapshot(date(2016, 1, 1)).claims(ClaimFilter(words="came"))
        return sorted(claim.document for claim in claims)

    first, second, third = (entry(f"{name} came.", f"{name}.txt") for name in ("alpha", "beta", "gamma"))
    store.append([first], moment(0))
    assert found() == [first.document.id]
    store.append([second, entry("Nobody else.", "n.txt")], moment(1))
    store.append([third], moment(2))
    assert found() == sorted(one.document.id for one in (first, second, third))
    store.purge("beta.txt", "asked for", moment(3))
    assert found() == sorted(one.document.id for one in (first, third))


@pytest.fixture
def many(store: Store) -> Snapshot:
    chance = random.Random(11)
    for n in range(12):
        made = entry(
            ". ".join(f"{chance.choice(('Fighters', 'Soldiers'))} came to town {n}" for _ in range(4)) + ".",
            f"{n}.txt",
            str(date(2015, 1, 1) + timedelta(days=chance.randrange(900))),
            source=chance.choice(("wire", "radio")),
            actor=chance.choice(("army", "rebels")),
        )
        store.append([made], moment(n))
    return store.snapshot(date(2020, 1, 1))


def fits(claim: Claim, asked: ClaimFilter) -> bool:
    """The filter, read off its description."""
    days = claim.days
    inside = not asked.period or (
        (days.first_day is not None or days.last_day is not None)
        and (asked.last_day is None or days.first_day is None or days.first_day <= asked.last_day)
        and (asked.first_day is None or days.last_day is None or days.last_day >= asked.first_day)
    )
    if asked.within and asked.period:
        inside = (
            days.first_day is not None
            and days.last_day is not None
            and (asked.first_day is None or days.first_day >= asked.first_day)
            and (asked.last_day is None or days.last_day <= asked.last_day)
        )
    named = {slot.leading for slot in claim.slots if slot.name in (SlotName.ACTOR, SlotName.RECIPIENT)}
    return (
        inside
        and (not asked.kinds or claim.kind in asked.kinds)
        and (not asked.modalities or claim.modality in asked.modalities)
        and (not asked.actors or bool(named & set(asked.actors)))
    )


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("actors", [(), ("army",), ("nobody", "rebels")])
@pytest.mark.parametrize(
    "period", [(None, None), (date(2015, 3, 1), None), (None, date(2015, 3, 20)), (date(2015, 2, 1), date(2015, 4, 1))]
)
def test_a_filter_leaves_what_a_look_at_each_claim_leaves(
    many: Snapshot, within: bool, actors: tuple[str, ...], period: tuple[date | None, date | None]
) -> None:
    asked = ClaimFilter(
        (Kind.EVENT,), (), actors, (), (), *period, within=within, modalities=(Modality.CLAIMED, Modality.DENIED)
    )
    expected = [claim for claim in many.claims() if fits(claim, asked)]
    assert list(many.claims(asked)) == expected
    assert many.count(asked) == len(expected)
    first = ClaimFilter(actors=actors, limit=5, offset=2, order="first_day")
    ordered = sorted((c for c in many.claims() if fits(c, first)), key=lambda c: c.days.first_day or date.max)
    assert list(many.claims(first)) == ordered[2:7]
