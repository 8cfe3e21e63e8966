from datetime import date

import pytest

from faultline.record.actor import Actor, Alias
from faultline.record.days import parse_days
from faultline.record.errors import NotFoundError
from faultline.record.vocabulary import ActorKind, TieKind
from faultline.resolve.actors_line import Asked, Relation, coalition, line
from tests.resolve.newsroom import newsroom, tie


def group(id, *ties, days=""):
    return Actor(id, id.title(), ActorKind.ARMED_GROUP, ties=ties, days=parse_days(days))


UNION = group("union", tie("union", TieKind.MEMBER, "world", "2017/.."), days="2017/..")
CASE = newsroom(
    [
        UNION,
        group("north", tie("north", TieKind.MERGER, "union", "2017/..", "2017-03-02"), days="../2017"),
        group("south", tie("south", TieKind.MERGER, "union", "2017/..")),
        group("root"),
        group("tribe", tie("tribe", TieKind.SPLIT, "root", "2012", "2013-01-01")),
        group("clan", tie("clan", TieKind.SPLIT, "root", "2011")),
        group("late", tie("late", TieKind.SPLIT, "union", "2019/..", "2019-05-01")),
        group(
            "youth",
            tie("youth", TieKind.MEMBER, "union", "2018/2019"),
            tie("youth", TieKind.MEMBER, "union", "2018/2018-06-30", "2020-01-01"),
        ),
        group("cell", tie("cell", TieKind.MEMBER, "youth")),
        group("world", tie("world", TieKind.BACKING, "union", "2017/..")),
        group("old", tie("old", TieKind.SUCCESSOR, "tribe", "2014/..")),
        group("friend", tie("friend", TieKind.ALLIANCE, "union", "2018/2018")),
        group("chief", tie("chief", TieKind.COMMAND, "union", "2017/..")),
        *[group("a", tie("a", TieKind.SUCCESSOR, "b")), group("b", tie("b", TieKind.MERGER, "a"))],
    ]
)
# north came from tribe, tribe from root
CASE = newsroom(
    [*CASE.actors, group("heir", tie("heir", TieKind.SUCCESSOR, "old"), tie("heir", TieKind.MERGER, "north"))]
)


def followed(actor, relation, **asked):
    return [(s.actor, s.other, s.depth) for s in line(CASE, actor, Asked(**asked)).steps if s.relation is relation]


def test_what_a_group_came_from_is_followed_to_the_root():
    assert followed("union", Relation.CAME_FROM) == [
        ("union", "north", 1),
        ("union", "south", 1),
        ("north", "heir", 2),
        ("heir", "old", 3),
        ("old", "tribe", 4),
        ("tribe", "root", 5),
    ]


def test_siblings_are_no_ancestors():
    assert "clan" not in line(CASE, "tribe").actors(Relation.CAME_FROM)
    assert line(CASE, "root").actors(Relation.BECAME)[:2] == ("clan", "tribe")


def test_becoming_counts_for_good_once_it_began_and_not_before():
    assert followed("union", Relation.BECAME, day=date(2018, 12, 31)) == []
    assert followed("union", Relation.BECAME, day=date(2024, 1, 1)) == [("union", "late", 1)]


def test_tie_counts_from_the_publication_of_its_source():
    assert followed("union", Relation.BECAME, as_of=date(2019, 4, 30)) == []
    assert followed("union", Relation.BECAME, as_of=date(2019, 5, 1)) == [("union", "late", 1)]


def test_tie_without_a_day_of_publication_is_hindsight():
    (step,) = [s for s in line(CASE, "south").steps if s.relation is Relation.BECAME and s.depth == 1]
    assert step.accounts[0].hindsight and step.accounts[0].known_from is None


def test_membership_holds_only_on_its_days():
    assert line(CASE, "union", Asked(day=date(2018, 3, 1))).actors(Relation.MEMBER) == ("youth", "cell")
    assert line(CASE, "union", Asked(day=date(2020, 3, 1))).actors(Relation.MEMBER) == ()


def test_group_that_does_not_exist_yet_has_no_members():
    assert coalition(CASE, "union", Asked(day=date(2016, 1, 1))) == ()


def test_competing_accounts_of_a_tie_stand_side_by_side():
    (step,) = [s for s in line(CASE, "youth").steps if s.relation is Relation.BELONGS_TO and s.depth == 1]
    assert step.competing
    assert [str(account.tie.days) for account in step.accounts] == ["2018-01-01/2018-06-30", "2018-01-01/2019-12-31"]


def test_coalition_on_a_day_names_members_allies_backers_and_commanders():
    found = {(step.relation, step.other) for step in coalition(CASE, "union", Asked(day=date(2018, 3, 1)))}
    assert found == {
        (Relation.MEMBER, "youth"),
        (Relation.MEMBER, "cell"),
        (Relation.ALLY, "friend"),
        (Relation.BACKER, "world"),
        (Relation.COMMANDER, "chief"),
        (Relation.BELONGS_TO, "world"),
    }


def test_circle_of_becoming_ends():
    assert line(CASE, "a").actors(Relation.CAME_FROM) == ("b",)


def test_names_stand_in_the_order_of_their_days():
    names = (Alias("Newer", days=parse_days("2020/..")), Alias("Older", days=parse_days("2012/2019")))
    case = newsroom([Actor("x", "X", ActorKind.ARMED_GROUP, names)])
    assert [alias.name for alias in line(case, "x").names] == ["Older", "Newer"]


def test_unknown_actor_is_an_error():
    with pytest.raises(NotFoundError):
        line(CASE, "nobody")
    with pytest.raises(NotFoundError):
        coalition(CASE, "nobody")
