"""A linker that remembers gives exactly what one without memory gives, whatever came when."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from faultline.record.days import Days
from faultline.resolve import blocking, scored
from faultline.resolve.columns import Weighing, columns
from faultline.resolve.happening import Happening
from faultline.resolve.linker import Remembering
from faultline.resolve.match import shipped_model
from tests.resolve.views import months_of_views

FEW = Weighing(whole=40, step=1.5)  # of the invented views, so that most days move no weight
NONE: frozenset[tuple[str, str]] = frozenset()


def press(seed: int) -> list[Happening]:
    """Views in the order of publication, some undated, two of them in one document now and then."""
    chance, found = random.Random(seed), []
    for n, one in enumerate(months_of_views(seed, 90)[0]):
        told = replace(one, days=Days()) if chance.random() < 0.2 else one
        later = (one.published.first_day or chance) + timedelta(days=chance.randrange(5))  # type: ignore[operator]
        document = found[-1].document if n % 7 == 0 and n else one.document
        found.append(replace(told, published=Days(later, later), document=document, id=f"{later}-{one.id}"))
    return by_document(found)


def by_document(views: Iterable[Happening]) -> list[Happening]:
    """As resolve gives them: by document."""
    return sorted(views, key=lambda view: (view.document, view.id))


@pytest.mark.parametrize("seed", [21, 22, 23])
@pytest.mark.parametrize("way", ["by day", "by chance"])
def test_what_came_bit_by_bit_is_linked_as_if_it_had_come_at_once(seed: int, way: str) -> None:
    views = press(seed)
    arriving = sorted(views, key=lambda view: (str(view.published), view.id))
    if way == "by chance":
        random.Random(seed).shuffle(arriving)
    remembering, chance, came = Remembering(weighing=FEW), random.Random(seed), 120
    while came <= len(arriving) + 20:
        there = by_document(arriving[:came])
        assert remembering(there, NONE, NONE) == Remembering(weighing=FEW)(there, NONE, NONE)
        came += chance.randrange(1, 25)


@pytest.mark.parametrize("seed", [24, 25])
def test_what_changes_or_goes_leaves_no_trace(seed: int) -> None:
    views, chance = press(seed), random.Random(seed)
    remembering = Remembering(weighing=FEW)
    for _ in range(5):
        there = [view for view in views if chance.random() < 0.95]
        there = [replace(v, actors=("others",), kin=("others",)) if chance.random() < 0.05 else v for v in there]
        decided = tuple(sorted((there[3].id, there[90].id)))
        for same, apart in ((NONE, NONE), (frozenset({decided}), NONE), (NONE, frozenset({decided}))):
            assert remembering(there, same, apart) == Remembering(weighing=FEW)(there, same, apart)  # type: ignore[arg-type]


def test_a_report_of_today_makes_only_its_own_pairs_be_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    views = sorted(press(26), key=lambda view: (str(view.published), view.id))
    compared: list[int] = []

    def counting(table: object, a: object, b: object) -> object:
        compared.append(len(a))  # type: ignore[arg-type]
        return features(table, a, b)  # type: ignore[arg-type]

    features = scored.features
    monkeypatch.setattr(scored, "features", counting)
    remembering = Remembering(weighing=FEW)
    remembering(by_document(views[:-2]), NONE, NONE)
    whole = sum(compared)
    compared.clear()
    remembering(by_document(views), NONE, NONE)
    assert 0 < sum(compared) < 0.25 * whole


def test_only_the_earliest_documents_say_what_words_weigh() -> None:
    views = sorted(press(27), key=lambda view: (str(view.published), view.id))
    before, after = (columns(by_document(some), FEW) for some in (views[:-1], views))
    for name, then in before.weights.items():
        assert all(after.weights[name][word] == weight for word, weight in then.items())
    assert 0 < before.counted.sum() < len(before.counted)


@pytest.mark.parametrize(("documents", "counted"), [(10, 10), (40, 40), (59, 40), (60, 60), (89, 60), (90, 90)])
def test_counted_documents_grow_in_steps(documents: int, counted: int) -> None:
    assert FEW.counted(documents) == counted


def test_where_pairs_are_no_longer_sought_so_far_everything_is_compared_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "WIDE_UP_TO", 105)
    monkeypatch.setattr(blocking, "WIDE", blocking.Reach(days=30, papers=40, cosine=0.02))
    alone = [replace(view, document=f"doc_{view.id}") for view in press(26)]
    views = sorted(alone, key=lambda view: (str(view.published), view.id))
    few, many = by_document(views[:100]), by_document(views[:120])  # 90 say what words weigh, now as then
    model, before = shipped_model(), None
    for there in (few, many, few):
        fresh = scored.scored(model, tuple(there), columns(there, FEW), None)
        before = scored.scored(model, tuple(there), columns(there, FEW), before)
        assert list(zip(before.pairs.a, before.pairs.b, strict=True)) == list(
            zip(fresh.pairs.a, fresh.pairs.b, strict=True)
        )
