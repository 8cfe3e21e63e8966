"""What is appended comes out equal, whatever it holds."""

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from faultline.evidence import ClaimFilter, Entry, Store, open_store
from faultline.record.analysis import Figure
from faultline.record.claim import Casualties, Claim, Coded, Slot, Speaker, identified
from faultline.record.days import DayPrecision, Days, parse_days
from faultline.record.ids import bytes_hash, document_id
from faultline.record.text import Candidate, Document, Filing, Mention, Span
from faultline.record.vocabulary import Action, Kind, MentionKind, Modality, SlotName
from tests.evidence.making import entry, moment

BODY = "Бой у Кидаля: 3 убитых. المدينة محاصرة. Un cafe\u0301 à Ménaka 🚁 brûle.\n" * 3
words = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)
chance = st.floats(0, 1)
spans = st.tuples(st.integers(0, len(BODY)), st.integers(0, len(BODY))).map(lambda pair: Span(min(pair), max(pair)))
days_or_none = st.none() | st.dates()
counts = st.none() | st.integers(0, 10**9)


def interval(first: date | None, last: date | None, precision: DayPrecision, anchor: str) -> Days:
    if first and last and last < first:
        first, last = last, first
    return Days(first, last, precision, anchor)


intervals = st.builds(interval, days_or_none, days_or_none, st.sampled_from(DayPrecision), words)
candidates = st.lists(st.builds(Candidate, words, chance, words), max_size=3).map(tuple)
slots = st.builds(
    Slot, st.sampled_from(SlotName), words, st.none() | spans, words, words, chance, candidates, st.none() | spans
)
claims = st.builds(
    lambda kind, span, rest: Claim("", DOCUMENT.id, kind, span, 0, *rest),
    st.sampled_from(Kind),
    spans,
    st.tuples(
        st.none() | st.sampled_from(Action),
        words,
        st.builds(Speaker, st.lists(words, min_size=1, max_size=3).map(tuple), words),
        st.sampled_from(Modality),
        intervals,
        st.lists(st.builds(Casualties, words, counts, counts, counts, words, words), max_size=2).map(tuple),
        st.lists(slots, max_size=4).map(tuple),
        chance,
    ),
)
mentions = st.builds(
    lambda span, *rest: Mention(DOCUMENT.id, span, *rest), spans, st.sampled_from(MentionKind), words, candidates
)
figures = st.builds(
    Figure, words, words, intervals, st.floats(-1e9, 1e9), words, st.just(parse_days("2015")), st.booleans()
)
DOCUMENT = Document(document_id(BODY.encode()), bytes_hash(BODY.encode()), "text/plain", BODY)
filings = st.builds(
    lambda *rest: Filing("a.txt", DOCUMENT.id, *rest[:4], parse_days("2015"), *rest[4:]),
    *[words] * 8,
)


@settings(max_examples=25)
@given(
    st.lists(claims, max_size=6),
    st.lists(mentions, max_size=4),
    st.lists(figures, max_size=3),
    filings,
    st.lists(words, max_size=2),
)
def test_what_is_appended_comes_out_equal(
    claimed: list[Claim], named: list[Mention], counted: list[Figure], filing: Filing, notes: list[str]
) -> None:
    coded = Coded(identified(claimed), tuple(named), tuple(notes))
    made = Entry(BODY.encode(), DOCUMENT, filing, "coder", "1", coded, tuple(counted))
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 's.sqlite'}") as store:
        comes_out_equal(store, made)


def comes_out_equal(store: Store, made: Entry) -> None:
    store.append([made], moment(0))
    snapshot = store.snapshot(date(2016, 1, 1))
    assert tuple(snapshot.claims()) == made.coded.claims
    assert snapshot.document(DOCUMENT.id) == (DOCUMENT, made.filing)
    assert sorted(snapshot.mentions(DOCUMENT.id), key=repr) == sorted(made.coded.mentions, key=repr)
    assert sorted(snapshot.figures(), key=repr) == sorted(made.figures, key=repr)
    assert [snapshot.words(claim) for claim in made.coded.claims] == [
        claim.span.of(BODY) for claim in made.coded.claims
    ]
    columns_agree(store, made.coded.claims)
    verified = store.verify()
    assert verified.ok, verified.wrong


def columns_agree(store: Store, claimed: tuple[Claim, ...]) -> None:
    rows = store.snapshot(date(2016, 1, 1)).columns().to_pylist()
    assert [row["id"] for row in rows] == [claim.id for claim in claimed]
    for row, claim in zip(rows, claimed, strict=True):
        assert (row["kind"], row["start"], row["stop"]) == (claim.kind, claim.span.start, claim.span.end)
        assert (row["first_day"], row["last_day"]) == (claim.days.first_day, claim.days.last_day)
        assert (row["modality"], row["precision"]) == (claim.modality, claim.days.precision)
        assert (row["document"], row["confidence"]) == (claim.document, claim.confidence)


@settings(max_examples=25)
@given(st.lists(claims, max_size=6), st.sampled_from(Kind), st.dates(), st.dates())
def test_filters_leave_what_their_words_say(claimed: list[Claim], kind: Kind, one: date, other: date) -> None:
    coded = Coded(identified(claimed))
    made = Entry(BODY.encode(), DOCUMENT, Filing("a.txt", DOCUMENT.id, published=parse_days("2015")), "c", "1", coded)
    period = Days(min(one, other), max(one, other))
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 's.sqlite'}") as store:
        store.append([made], moment(0))
        snapshot = store.snapshot(date(2016, 1, 1))
        asked = ClaimFilter(kinds=(kind,))
        expected = [claim for claim in coded.claims if claim.kind == kind]
        assert list(snapshot.claims(asked)) == expected and snapshot.count(asked) == len(expected)
        asked = ClaimFilter(first_day=period.first_day, last_day=period.last_day)
        expected = [claim for claim in coded.claims if claim.days.known and claim.days.overlaps(period)]
        assert list(snapshot.claims(asked)) == expected
        assert snapshot.undated(asked) == sum(not claim.days.known for claim in coded.claims)


def test_pages_put_together_are_the_whole(store: Store) -> None:
    store.append([entry("One. Two. Three. Four.", f"{n}.txt", f"201{n}-01-01") for n in (3, 1, 2)], moment(0))
    store.append([entry("Five. Six. Seven.", "9.txt", "2012-06-01")], moment(0))
    snapshot = store.snapshot(date(2016, 1, 1))
    for order in ("text", "first_day", "last_day"):
        whole = [claim.id for claim in snapshot.claims(ClaimFilter(order=order))]
        pages = [ClaimFilter(order=order, offset=n, limit=2) for n in range(0, len(whole), 2)]
        assert [claim.id for page in pages for claim in snapshot.claims(page)] == whole
        assert len(set(whole)) == 7
