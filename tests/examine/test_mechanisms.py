"""What the words of an assertion ask, answered by series, by days and by what is told of."""

from dataclasses import replace
from datetime import date

from tests.examine.articles import NOW, grounds, report

from faultline.case import Case
from faultline.examine.asks import Asked, Asks
from faultline.examine.described import fronts_tested
from faultline.examine.ends import wanted_for
from faultline.examine.grounds import Grounds
from faultline.examine.outlook import prediction_tested
from faultline.examine.trends import largest_tested, rising_tested
from faultline.record.analysis import Figure, Frame
from faultline.record.days import Days, parse_days
from faultline.record.vocabulary import Verdict

LARGEST = Asked(Asks.LARGEST)


def with_figures(case: Case, counts: list[tuple[str, list[int]]], text: str = "The war goes on.") -> Grounds:
    """Grounds of the last months of 2023 on, one figure a month and series from January 2014."""
    framed = replace(case, frames=(Frame("table", "one", "month", systematic=True),))
    made = grounds(framed, report(case, text, "three", "2023-06-20/2023-06-30"), [])
    figures = tuple(
        Figure(series, "land", parse_days(f"{2014 + k // 12}-{k % 12 + 1:02d}"), value, "one")
        for series, values in counts
        for k, value in enumerate(values)
    )
    return replace(made, sight=replace(made.sight, figures=figures))


FLAT = [5, 4, 6, 5, 4, 5] * 19


def test_largest_is_a_vector_supported_only_where_every_series_has_it(case: Case) -> None:
    high = [*FLAT[:113], 40]  # June 2023 is the 114th month
    day = date(2023, 6, 10)
    assert largest_tested(with_figures(case, [("a events", high)]), LARGEST, day).verdict is Verdict.SUPPORTED
    both = largest_tested(with_figures(case, [("a events", high), ("b events", FLAT)]), LARGEST, day)
    assert both.verdict is Verdict.MIXED and len(both.numbers) == 2
    assert largest_tested(with_figures(case, [("b events", FLAT)]), LARGEST, day).verdict is Verdict.CONTRADICTED


def test_month_that_no_series_has_yet_is_not_testable_and_says_so(case: Case) -> None:
    tested = largest_tested(with_figures(case, [("a events", FLAT[:90])]), LARGEST, date(2023, 6, 10))
    assert tested.verdict is Verdict.NOT_TESTABLE and "2023-06 is not in it" in tested.why


def test_rise_is_told_from_a_level_and_says_its_power(case: Case) -> None:
    asked, day = Asked(Asks.RISING, since=date(2022, 1, 1)), date(2023, 6, 1)
    rising = FLAT[:96] + [4 + 2 * k for k in range(18)]
    assert rising_tested(with_figures(case, [("a events", rising)]), asked, day).verdict is Verdict.SUPPORTED
    flat = rising_tested(with_figures(case, [("a events", FLAT)]), asked, day)
    assert flat.verdict in (Verdict.CHANCE, Verdict.CONTRADICTED) and "power" in flat.why


def test_attacks_at_three_places_of_one_day_by_two_voices_are_on_several_fronts(case: Case) -> None:
    said = "Red Front attacked the army in {} on 5 March 2024, {}."
    others = [
        report(
            case, said.format("Nordale", "a trader said") + " " + said.format("Sudbury", "he said"), "one", "2024-03-06"
        ),
        report(case, said.format("Midtown", "an officer said"), "two", "2024-03-07"),
    ]
    article = report(case, "Attacks came at once.", "three", "2024-03-20/2024-03-31")
    tested = fronts_tested(grounds(case, article, others, NOW), Days(date(2024, 3, 5), date(2024, 3, 5)))
    assert tested is not None and tested.verdict is Verdict.SUPPORTED and "does not follow" in tested.why
    assert fronts_tested(grounds(case, article, others[1:], NOW), Days(date(2024, 3, 5), date(2024, 3, 5))) is None


def test_prediction_without_day_is_tested_by_the_direction_of_later_months_only(case: Case) -> None:
    text = "Violence will spread."
    later = with_figures(case, [("a events", FLAT + [20] * 12)], text)
    [claim, *_] = later.article.claims
    assert prediction_tested(later, claim, ("violence",)).verdict is Verdict.SUPPORTED
    early = with_figures(case, [("a events", FLAT)], text)
    assert prediction_tested(early, claim, ("violence",)).verdict is Verdict.NOT_TESTABLE


def test_arrow_names_what_each_end_would_take() -> None:
    assert wanted_for(("violence", "talks")) == "daily counts of violence and talks from a systematic event table"
    slow = wanted_for(("external_losses", "army_strength", "weather"))
    assert "dated and sourced reports of external losses" in slow and "army strength: numbers of troops" in slow
    assert "weather: a level of it that can be counted" in slow


def test_places_won_back_in_reports_chosen_by_hand_contradict_no_foretold_erosion(case: Case) -> None:
    article = report(case, "Violence will spread.", "three", "2024-03-08/2024-03-10")
    taken = "Red Front took {0} on 2 March 2024, residents said. The Red Front holds {0}."
    back = "The army retook {0} on 9 May 2024, residents said. The army holds {0}."
    towns = ("Nordale", "Midtown", "Sudbury")
    others = [report(case, taken.format(town), "one", "2024-03-03") for town in towns]
    others += [report(case, back.format(town), "two", "2024-05-10") for town in towns]
    found = grounds(case, article, others, date(2024, 5, 11))
    declared = replace(found.sight.declared, defender="army")
    found = replace(found, sight=replace(found.sight, declared=declared))
    tested = prediction_tested(found, article.claims[0], ("control",))
    assert tested.verdict is Verdict.NOT_TESTABLE and "won back: " in tested.why and tested.against
