"""As of a day and by a moment: the store answers as a naive model in memory does, and goes on doing so whatever is
appended later."""

import tempfile
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from faultline.evidence import Entry, Snapshot, Store, open_store
from faultline.record.claim import Claim, identified
from tests.evidence.making import entry, moment

TEXTS = ("Alpha came.", "Beta went. Beta slept.", "Gamma fell. Gamma rose. Gamma fell again.")
DAYS = ("2015-01-01", "2015-01-02", "2015-01-03/2015-01-05", "2015-01-02/..", "../2015-01-03", "")
DAY = st.integers(0, 5).map(lambda n: date(2015, 1, 1) + timedelta(days=n))


@dataclass
class Model:
    """Everything ever said, in order; answers by looking through all of it."""

    filings: list[tuple[int, str, Entry | None]] = field(default_factory=list)  # moment, origin, entry or removal
    runs: list[tuple[int, Entry]] = field(default_factory=list)

    def append(self, when: int, made: Entry) -> None:
        newest = next((e for _, origin, e in reversed(self.filings) if origin == made.filing.origin), None)
        if newest is None or newest.filing != made.filing:
            self.filings.append((when, made.filing.origin, made))
        run = next((e for _, e in reversed(self.runs) if e.document.id == made.document.id), None)
        if run is None or (run.coder_version, run.coded) != (made.coder_version, made.coded):
            self.runs.append((when, made))

    def retract(self, when: int, origin: str) -> None:
        newest = next((e for _, o, e in reversed(self.filings) if o == origin), None)
        if newest is not None:
            self.filings.append((when, origin, None))

    def documents(self, as_of: date, by: int, undated: bool) -> set[str]:
        found = set()
        for origin in {o for _, o, _ in self.filings}:
            chain = [e for when, o, e in self.filings if o == origin and when <= by]
            for n, each in reversed(list(enumerate(chain))):
                if each is None:
                    break
                later = [e for e in chain[n + 1 :] if e is not None]
                corrected = any(e.document.text == each.document.text for e in later)
                if not corrected and self.public(each, as_of, undated):
                    found.add(each.document.id)
                    break
        return found

    @staticmethod
    def public(made: Entry, as_of: date, undated: bool) -> bool:
        days = made.filing.published
        if days.last_day is not None:
            return days.last_day <= as_of
        return undated and (days.first_day is None or days.first_day <= as_of)

    def claims(self, as_of: date, by: int, undated: bool) -> set[Claim]:
        found: set[Claim] = set()
        for document in self.documents(as_of, by, undated):
            newest = [e for when, e in self.runs if when <= by and e.document.id == document]
            found.update(newest[-1].coded.claims if newest else ())
        return found


made_entries = st.builds(
    lambda text, origin, published, version, actor: entry(text, origin, published, version, actor=actor),
    st.sampled_from(TEXTS),
    st.sampled_from(("a.txt", "b.txt")),
    st.sampled_from(DAYS),
    st.sampled_from(("1", "2")),
    st.sampled_from(("army", "rebels")),
)
steps = st.lists(st.one_of(made_entries, st.sampled_from(("a.txt", "b.txt"))), min_size=1, max_size=10)


def answer(snapshot: Snapshot) -> tuple[object, ...]:
    held = tuple(snapshot.documents())
    ids = snapshot.columns().column("id").to_pylist()
    return held, tuple(snapshot.claims()), tuple(ids), snapshot.counts("document"), snapshot.left_out


def apply(store: Store, model: Model, n: int, step: Entry | str) -> None:
    if isinstance(step, str):
        store.retract([step], moment(n))
        model.retract(n, step)
    else:
        store.append([step], moment(n))
        model.append(n, step)


def agrees(store: Store, model: Model, when: tuple[date, int], undated: bool) -> Snapshot:
    day, by = when
    snapshot = store.snapshot(day, moment(by), undated)
    claims = list(snapshot.claims())
    assert {held.document_id for held in snapshot.documents()} == model.documents(day, by, undated)
    assert set(claims) == model.claims(day, by, undated)
    assert len(claims) == len(set(claims)) == snapshot.count()
    ever = [claim.id for _, made in model.runs for claim in made.coded.claims]
    assert snapshot.known([*ever, "clm_nothing", ""]) == {claim.id for claim in claims}
    every = model.documents(day, by, True)
    assert snapshot.left_out == (0 if undated else len(every - model.documents(day, by, False)))
    return snapshot


@settings(max_examples=40)
@given(history=steps, later=steps, day=DAY, by=st.integers(0, 12), undated=st.booleans())
def test_a_snapshot_is_the_naive_answer_and_stays(
    history: list[Entry | str], later: list[Entry | str], day: date, by: int, undated: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 's.sqlite'}") as store:
        model = Model()
        for n, step in enumerate(history):
            apply(store, model, n, step)
        by = min(by, len(history) - 1)
        snapshot = agrees(store, model, (day, by), undated)
        now = store.snapshot(day, None, undated)
        before, before_now = answer(snapshot), answer(now)
        for n, step in enumerate(later, len(history)):
            apply(store, model, n, step)
        assert answer(snapshot) == before == answer(store.snapshot(day, moment(by), undated))
        assert answer(now) == before_now
        agrees(store, model, (day, len(history) + len(later)), undated)


def test_the_same_story_on_each_database(store: Store) -> None:
    model = Model()
    story: list[Entry | str] = [
        entry(TEXTS[0]),
        entry(TEXTS[1], published="2015-05-01"),  # A -> B
        entry(TEXTS[0]),  # -> A
        entry(TEXTS[0], "b.txt", published=""),  # the same bytes at another origin, undated
        entry(TEXTS[0], version="2", actor="rebels"),
        "a.txt",
        entry(TEXTS[2], "b.txt", published="2015-06-01/.."),
        entry(TEXTS[0]),
    ]
    for n, step in enumerate(story):
        apply(store, model, n, step)
    for by in range(len(story)):
        for day in (date(2015, 1, 1), date(2015, 4, 1), date(2015, 5, 1), date(2015, 6, 1)):
            for undated in (False, True):
                agrees(store, model, (day, by), undated)
    assert store.verify().ok


def test_a_corrected_day_of_publication_holds_for_every_day(store: Store) -> None:
    store.append([entry(TEXTS[0], published="2015-01-01")], moment(0))
    store.append([entry(TEXTS[0], published="2018-01-01")], moment(1))
    assert store.snapshot(date(2016, 1, 1)).count() == 0
    assert store.snapshot(date(2016, 1, 1), recorded_by=moment(0)).count() == 1
    assert store.snapshot(date(2018, 1, 1)).count() == 1


def test_a_newer_coder_supersedes_and_the_older_stays_replayable(store: Store) -> None:
    first, second = entry(TEXTS[0]), entry(TEXTS[0], version="2", actor="rebels")
    store.append([first], moment(0))
    store.append([second], moment(1))
    day = date(2016, 1, 1)
    assert tuple(store.snapshot(day).claims()) == second.coded.claims
    assert tuple(store.snapshot(day, moment(0)).claims()) == first.coded.claims
    returned = store.append([first], moment(2))
    assert (returned.runs, returned.claims) == (1, 0), "its reading is stored already"
    assert tuple(store.snapshot(day).claims()) == first.coded.claims
    assert store.standing()["a.txt"].coders == {"sentences": "1"}


def test_a_moment_before_the_newest_counts_as_the_newest(store: Store) -> None:
    store.append([entry(TEXTS[0])], moment(5))
    store.append([entry(TEXTS[1], "b.txt")], moment(1))
    assert store.snapshot(date(2016, 1, 1), moment(4)).count() == 0
    assert store.snapshot(date(2016, 1, 1), moment(5)).count() == 3


def test_that_a_claim_was_the_first_of_several_on_its_words_is_known_after_a_newer_reading(store: Store) -> None:
    alone, first = entry(TEXTS[1], "b.txt"), entry(TEXTS[0])
    twice = replace(first, coded=replace(first.coded, claims=identified([*first.coded.claims, first.coded.claims[0]])))
    store.append([twice, alone], moment(0))
    store.append([entry(TEXTS[0], version="2", actor="rebels")], moment(1))
    asked = {claim.id for made in (twice, alone) for claim in made.coded.claims}
    snapshot = store.snapshot(date(2016, 1, 1))
    assert snapshot.firsts(asked) == frozenset(), "the newer reading has one claim there: readings disagree"
    changed = entry(TEXTS[0], version="3")
    gone = replace(changed, coded=replace(changed.coded, claims=changed.coded.claims[1:]))
    store.append([gone], moment(2))
    assert snapshot.firsts(asked) == frozenset()


def test_a_first_of_several_is_told_by_the_readings_that_the_store_has_kept(store: Store) -> None:
    first = entry(TEXTS[0])
    twice = replace(first, coded=replace(first.coded, claims=identified([*first.coded.claims, first.coded.claims[0]])))
    store.append([twice], moment(0))
    gone = entry(TEXTS[0], version="2")
    store.append([replace(gone, coded=replace(gone.coded, claims=gone.coded.claims[1:]))], moment(1))
    asked = {claim.id for claim in twice.coded.claims}
    (one,) = store.snapshot(date(2016, 1, 1)).firsts(asked)
    assert one == first.coded.claims[0].id and first.coded.claims[0].ordinal == 0
