"""What is cut, since when, how it ends, what things cost."""

from tests.measure.control.saying import said, sight

from faultline.measure.blockade import BLOCKADE, blockades
from faultline.measure.form import NOT_ENOUGH

BEGUN = said(
    "the Front besieges Tarn: no fuel on the road, schools shut",
    "siege_blockade",
    actor="front",
    place="tarn",
    days="2021-03-01",
)
ENDED = said("the siege was lifted under a deal", "siege_lifted", place="tarn", days="2021-06-01")
PRICE = said("a sack of rice costs 40,000 francs in Tarn", "displaced", "quantity", place="tarn", days="2021-04-10")
LATER = said("rice costs 20,000 francs in Tarn", "displaced", "quantity", place="tarn", days="2022-04-10")


def test_blockade_with_what_is_cut_how_it_was_lifted_and_its_prices() -> None:
    (cut,) = blockades(sight(BEGUN, ENDED, PRICE, LATER))
    assert cut.things == ("roads", "fuel", "schools")
    assert cut.lifted == "by agreement"
    assert [claim.id for claim in cut.prices] == [PRICE[0].id]
    assert cut.interval.length == 93


def test_finding_tells_each_blockade_and_each_price_with_its_claims() -> None:
    found = BLOCKADE.run(sight(BEGUN, ENDED, PRICE))
    assert [told.form for told in found.told] == ["blockade", "price"]
    assert found.told[1].claims == (PRICE[0].id,)
    assert "Front" in found.told[0].text
    assert [row.name for row in found.rows] == ["median length", "lifted by agreement"]
    assert found.rows[0].verdict == NOT_ENOUGH


def test_blockade_whose_end_nobody_tells_of_is_not_over() -> None:
    (cut,) = blockades(sight(BEGUN))
    assert cut.interval.last_day is None
    assert "no end known" in BLOCKADE.run(sight(BEGUN)).told[0].text
    assert BLOCKADE.run(sight()).rows[0].verdict == NOT_ENOUGH
