"""How sure the copilot says it is, is how often it is right."""

import numpy as np
import pytest

from jinpai.kit.learning.calibration import STEPS, Curve, fit_curve


def test_what_boasted_is_taken_down_and_what_was_modest_is_believed_more() -> None:
    chance = np.random.default_rng(0)
    sure = chance.uniform(0.35, 1.0, 20_000)
    classes = np.where(chance.random(20_000) < 0.5 + (sure - 0.5) / 2, 0, 1)
    left_out = np.stack([sure, (1 - sure) * 0.6, (1 - sure) * 0.4], 1).astype(np.float32)
    curve = fit_curve(left_out, classes)
    assert list(curve.right) == sorted(curve.right)
    assert curve.at(0.95) == pytest.approx(0.725, abs=0.05)
    shares = curve.bend(np.log(np.array([0.95, 0.03, 0.02], np.float32)))
    assert shares.sum() == pytest.approx(1, abs=1e-5)
    assert shares[0] == pytest.approx(curve.at(0.95), abs=0.01)
    assert shares[0] > shares[1] > shares[2]


def test_without_texts_enough_probabilities_stay_as_they_are() -> None:
    few = np.full((STEPS, 2), 0.5, np.float32)
    assert fit_curve(few, np.zeros(STEPS, np.int64)) == Curve()
    assert Curve().bend(np.log(np.array([0.8, 0.2], np.float32))) == pytest.approx([0.8, 0.2], abs=1e-5)


def test_even_who_is_never_right_leaves_an_order() -> None:
    shares = Curve((0.5,), (0.0,)).bend(np.array([3.0, 1.0, 0.0], np.float32))
    assert shares[0] > shares[1] > shares[2]
