import json

import numpy as np
import pytest

from faultline.record.errors import InputError
from faultline.resolve.match import calibrated, read_model, shipped_model, write_model

KNOTS = ((-4.0, -5.0), (0.0, 0.5), (4.0, 3.0))


def test_calibration_keeps_the_order_of_pairs() -> None:
    raw = np.linspace(0, 1, 201)
    assert np.all(np.diff(calibrated(raw, KNOTS)) >= 0)


def test_calibration_goes_through_its_knots_and_stays_a_probability() -> None:
    given = 1 / (1 + np.exp(-np.array([k[0] for k in KNOTS])))
    found = calibrated(given, KNOTS)
    np.testing.assert_allclose(np.log(found / (1 - found)), [k[1] for k in KNOTS], atol=1e-9)
    assert 0 < calibrated(np.array([0.0]), KNOTS)[0] < calibrated(np.array([1.0]), KNOTS)[0] < 1


def test_a_model_survives_being_written_and_read() -> None:
    model = shipped_model()
    again = read_model(write_model(model, {"what": "a copy"}))
    assert again == model
    assert again.name == model.name


def test_a_model_of_other_features_is_refused() -> None:
    found = json.loads(write_model(shipped_model(), {}))
    found["features"] = ["something else"]
    with pytest.raises(InputError, match="other features"):
        read_model(json.dumps(found))


def test_the_shipped_model_is_surest_only_above_its_threshold() -> None:
    model = shipped_model()
    assert 0 < model.threshold < model.sure <= 1
