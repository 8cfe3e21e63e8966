"""Groups that tell one happening twice meet; what a report tells apart does not."""

from dataclasses import replace

from faultline.record.claim import Casualties
from faultline.record.text import Filing
from faultline.resolve.folding import Within, folded
from faultline.resolve.happening import Happening
from faultline.resolve.judged import Pair, pair
from faultline.resolve.linking import Linked
from faultline.resolve.report import Report
from tests.resolve.views import view

NONE: frozenset[Pair] = frozenset()


def twice(documents: int = 3, **second: object) -> list[Happening]:
    """Each document tells of a happening in two stretches: the act, and what became of it."""
    found = []
    for n in range(documents):
        found.append(view(f"a{n}", document=f"d{n}"))
        found.append(view(f"b{n}", document=f"d{n}", killed=None, **second))  # type: ignore[arg-type]
    return found


def groups(
    views: list[Happening],
    likely: float = 0.5,
    apart: frozenset[Pair] = NONE,
    text: str = "",
    table: bool = False,
    copies: dict[str, str] | None = None,
) -> set[frozenset[str]]:
    ids = [one.id for one in views]
    parts: dict[str, list[int]] = {}
    for n, one in enumerate(views):
        parts.setdefault(one.id[0], []).append(n)
    links = {pair(a.id, b.id): likely for a in views for b in views if a.document < b.document}
    linked = Linked(tuple(map(tuple, parts.values())), links, "hand", copies or {}, threshold=0.3)
    reports = {one.document: _report(one.document, text, table) for one in views}
    told = {one.id: (one,) for one in views}
    found = folded(linked, ids, Within(reports, told, dict(zip(ids, views, strict=True))), apart)
    return {frozenset(ids[n] for n in group) for group in found}


def _report(document: str, text: str, table: bool) -> Report:
    return Report(Filing(origin=document, document=document), text or " " * 10, (), table=table)


def test_one_happening_told_twice_by_the_same_reports_is_one() -> None:
    assert len(groups(twice())) == 1


def test_groups_that_are_unlike_stay_two() -> None:
    assert len(groups(twice(), likely=0.2)) == 2


def test_groups_without_a_report_in_common_stay_as_average_link_left_them() -> None:
    assert len(groups([view("a0", document="d0"), view("b1", document="d1")])) == 2


def test_other_days_places_or_tolls_in_one_report_keep_groups_apart() -> None:
    assert len(groups(twice(days="2020-03-05"))) == 2
    assert len(groups(twice(town=29))) == 2
    assert len(groups(twice(counts=(Casualties("killed", 9, 9, 9),)))) == 2


def test_one_report_of_many_that_tells_apart_does_not_keep_groups_apart_but_half_of_them_do() -> None:
    views = twice(4)
    other = [
        replace(one, days=view("x", days="2020-03-05").days) if one.id in ("b1", "b2", "b3") else one for one in views
    ]
    assert len(groups([*other[:3], *views[3:]])) == 1
    assert len(groups(other)) == 2


def test_an_exact_copy_has_no_voice_in_what_is_told_apart() -> None:
    views = twice(3)
    late = view("x", days="2020-03-05").days
    views = [replace(one, days=late) if one.id == "b0" else one for one in views]
    copies = {f"{kind}{n}": f"{kind}0" for kind in "ab" for n in (7, 8, 9)}
    again = [replace(one, id=f"{one.id[0]}{n}", document=f"d{n}") for n in (7, 8, 9) for one in views[:2]]
    assert len(groups(views)) == len(groups([*views, *again], copies=copies)) == 1


def test_another_attack_keeps_groups_apart() -> None:
    second = twice()
    placed = [replace(one, start=21, end=40) if one.id[0] == "b" else one for one in second]
    assert len(groups(placed, text="Gunmen raided Tarn. In another attack gunmen fired.")) == 2


def test_rows_of_a_table_stay_apart() -> None:
    assert len(groups(twice(), table=True)) == 2


def test_what_people_hold_apart_stays_apart() -> None:
    assert len(groups(twice(), apart=frozenset({("a0", "b2")}))) == 2


def test_order_does_not_matter() -> None:
    views = twice(4)
    assert groups(views) == groups(views[::-1])
