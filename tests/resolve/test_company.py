import numpy as np

from faultline.resolve.company import COMPANY, company

A, B = np.array([0, 0, 1]), np.array([1, 2, 2])


def row(likeness: list[float], n: int = 0) -> dict[str, float]:
    found = company(4, A, B, np.array(likeness))
    return dict(zip(COMPANY, found[n].tolist(), strict=True))


def test_a_pair_whose_third_is_like_both_has_common_company() -> None:
    assert row([0.5, 0.9, 0.9])["best_common"] == 0.9
    assert row([0.5, 0.9, 0.0])["best_common"] == 0.0


def test_the_next_best_partner_is_another_one() -> None:
    assert row([0.9, 0.3, 0.1]) | {"next_less": 0.1, "next_more": 0.3} == row([0.9, 0.3, 0.1])


def test_company_is_the_same_from_either_side() -> None:
    likeness = np.array([0.7, 0.2, 0.4])
    np.testing.assert_allclose(company(4, A, B, likeness), company(4, B, A, likeness))


def test_no_pairs_have_no_company() -> None:
    assert company(3, A[:0], B[:0], np.zeros(0)).shape == (0, len(COMPANY))
