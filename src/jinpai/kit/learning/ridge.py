"""Learns classes from labelled texts in seconds, and sees through wrong labels: kernel ridge regression whose exact
leave-one-out predictions tell, for every text, what the others would have called it.

One inverse gives both the fit and all leave-one-out predictions. From these come the share of wrong labels and the
scale that makes scores probabilities; then every label is taken only as far as it is credible, and the fit is repeated.
Texts are alike by their wording and, where vectors tell it, by their meaning.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import blas, lapack

from jinpai.kit.learning.anchors import Anchors, directions
from jinpai.kit.learning.calibration import fit_curve
from jinpai.kit.learning.classifier import Classifier, Rows
from jinpai.kit.learning.features import Vocabulary, learn_vocabulary
from jinpai.kit.learning.grams import Views
from jinpai.kit.learning.kernel import Texts
from jinpai.kit.learning.matrix import lay_out

Floats: TypeAlias = NDArray[np.float32]
Classes: TypeAlias = NDArray[np.int64]

RIDGE = 0.5
"""How little a single text may bend the fit."""
TRUSTED_RIDGE = 0.4
"""The same where labels were written with care."""
BLOCK = 12_500
"""More texts than this are learned in several parts whose answers are added: memory grows with the square."""
TRUSTED_BLOCK = 5_500
"""The same for labels written with care, where learning is to take seconds and little memory."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A classifier, with what learning showed: the share of labels taken for wrong, and how texts left out fared."""

    classifier: Classifier
    noise: float
    left_out: Floats


def learn(
    cut: Sequence[Views],
    labels: Sequence[str],
    *,
    trusted: bool = False,
    ridge: float = 0.0,
    meanings: Floats | None = None,
) -> Learned:
    """Learn to tell the labels of these cut texts apart (at least one text); `trusted` labels are believed as they are,
    `ridge` says how little a single text may bend the fit (0: as is usual), `meanings` has a vector of each text.

    `left_out` in the result holds, per text, the probabilities of all labels as the other texts would give them.
    """
    names = tuple(sorted(set(labels)))
    number = {name: place for place, name in enumerate(names)}
    classes = np.array([number[label] for label in labels])
    vocabulary = learn_vocabulary(cut)
    middle = None if meanings is None else np.asarray(meanings.mean(0), np.float32)
    meant = None if meanings is None or middle is None else directions(meanings, middle)
    texts = Texts(lay_out(vocabulary, cut), meant)
    parts = _deal(len(cut), TRUSTED_BLOCK if trusted else BLOCK)
    ridge = ridge or (TRUSTED_RIDGE if trusted else RIDGE)
    fits = [_fit(texts.take(part), classes[part], len(names), ridge, trusted=trusted) for part in parts]
    rows, prior = _mean([fit.rows for fit in fits]), _mean([fit.prior for fit in fits])
    left_out, believed = _left_out(texts, parts, fits), np.empty((len(cut), len(names)), np.float32)
    for part, fit in zip(parts, fits, strict=True):
        believed[part] = fit.believed
    scale, noise = _scale(left_out, believed), float(np.mean([fit.noise for fit in fits]))
    shares = probabilities(left_out, scale)
    learned = _classifier(names, vocabulary, rows, prior, scale, is_pruned=trusted)
    learned = replace(learned, anchors=None if middle is None else _anchors(middle, texts, parts, fits))
    if trusted:
        learned = replace(learned, curve=fit_curve(shares, classes))
    return Learned(learned, noise, shares)


def _mean(arrays: Sequence[Floats]) -> Floats:
    return np.asarray(np.mean(arrays, axis=0), np.float32)


def _anchors(middle: Floats, texts: Texts, parts: Sequence[NDArray[np.int64]], fits: Sequence["_Fit"]) -> Anchors:
    """The meanings of all texts, each with its part's say."""
    said = np.empty((texts.count, len(fits[0].prior)), np.float32)
    for part, fit in zip(parts, fits, strict=True):
        said[part] = fit.anchored
    return Anchors(middle, np.asarray(texts.meant), said / np.float32(len(fits)))


def _left_out(texts: Texts, parts: Sequence[NDArray[np.int64]], fits: Sequence["_Fit"]) -> Floats:
    """What all parts together would say of each text, had its own part not seen it."""
    scores = np.zeros((texts.count, len(fits[0].prior)), np.float32)
    for part, fit in zip(parts, fits, strict=True):
        others = np.setdiff1d(np.arange(texts.count), part, assume_unique=True)
        scores[part] += fit.left_out
        scores[others] += texts.take(others).hear(fit.rows, texts.take(part), fit.anchored) + fit.prior
    return np.asarray(scores / np.float32(len(fits)), np.float32)


def probabilities(scores: Floats, scale: float) -> Floats:
    """Scores (texts × classes) as probabilities."""
    shifted = scores * np.float32(scale)
    shifted -= shifted.max(1, keepdims=True)
    np.exp(shifted, out=shifted)
    return np.asarray(shifted / shifted.sum(1, keepdims=True), np.float32)


def _classifier(
    names: tuple[str, ...], vocabulary: Vocabulary, rows: Floats, prior: Floats, scale: float, *, is_pruned: bool
) -> Classifier:
    """Pruned: without the pieces only one text has, which say little of others."""
    often = vocabulary.weights < vocabulary.unseen - np.log(2) - 1e-4
    if is_pruned and often.any():
        places = np.cumsum(often) - 1
        columns = tuple(
            {piece: int(places[place]) for piece, place in view.items() if often[place]} for view in vocabulary.columns
        )
        vocabulary = Vocabulary(columns, vocabulary.weights[often], vocabulary.unseen)
        rows = rows[often]
    return Classifier(names, vocabulary, Rows.pack(rows), prior.astype(np.float32), scale)


def _deal(count: int, most: int) -> list[NDArray[np.int64]]:
    parts = -(-count // most)
    order = np.random.default_rng(0).permutation(count)
    return [np.sort(order[part::parts]) for part in range(parts)]


@dataclass(frozen=True, slots=True)
class _Fit:
    rows: Floats
    prior: Floats
    noise: float
    left_out: Floats
    believed: Floats
    anchored: Floats | None


def _fit(texts: Texts, classes: Classes, count: int, ridge: float, *, trusted: bool) -> _Fit:
    inverse = _invert(texts, ridge)
    given = np.eye(count, dtype=np.float32)[classes]
    prior, believed, noise = given.mean(0), given, 0.0
    scores, weights = _solve(inverse, given)
    if not trusted:
        scale, noise = _calibrate(scores, classes, prior)
        believed = _credible(probabilities(scores, scale), given, prior, noise)
        scores, weights = _solve(inverse, believed)
    return _Fit(texts.columns(weights), believed.mean(0), noise, scores, believed, texts.anchored(weights))


def _solve(inverse: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """What texts left out would get, and what each text says about each class."""
    weights = blas.ssymm(1.0, inverse, np.asfortranarray(wanted - wanted.mean(0)), lower=1)
    return wanted - weights / np.diag(inverse)[:, None], weights


def _invert(texts: Texts, ridge: float) -> Floats:
    """(K + ridge·1)⁻¹ of the texts' likenesses K, its lower half, in place."""
    likeness = texts.likeness()
    likeness[np.diag_indices(texts.count)] += ridge
    factor, failed = lapack.spotrf(likeness, lower=1, clean=0, overwrite_a=1)
    inverse, failed_too = lapack.spotri(factor, lower=1, overwrite_c=1)
    if failed or failed_too:
        raise ArithmeticError("the likenesses of these texts cannot be inverted")
    return np.asarray(inverse, np.float32)


def _credible(guessed: Floats, given: Floats, prior: Floats, noise: float) -> Floats:
    """Each given label as far as it is credible, and what the other texts say for the rest."""
    right = (1 - noise) * (guessed * given).sum(1)
    wrong = noise * (prior * given).sum(1)
    credit = (right / (right + wrong + 1e-12))[:, None]
    return np.asarray(credit * given + (1 - credit) * guessed, np.float32)


def _scale(scores: Floats, wanted: Floats) -> float:
    """The scale under which the wanted probabilities are likeliest."""
    return _likeliest(lambda scale: -float((wanted * np.log(probabilities(scores, scale) + 1e-9)).sum(1).mean()))


def _calibrate(scores: Floats, classes: Classes, prior: Floats) -> tuple[float, float]:
    """The scale that makes scores probabilities, and the share of wrong labels, under which labels are likeliest."""
    by_chance = prior[classes]

    def right(scale: float) -> Floats:
        return np.asarray(probabilities(scores, scale)[np.arange(len(classes)), classes], np.float32)

    def loss(scale: float) -> float:
        shares = right(scale)
        noise = _noise(shares, by_chance)
        return -float(np.log((1 - noise) * shares + noise * by_chance + 1e-9).mean())

    scale = _likeliest(loss)
    return scale, _noise(right(scale), by_chance)


def _likeliest(loss: Callable[[float], float]) -> float:
    """The scale with the least loss, searched ever more finely."""
    low, high, best = 1.0, 120.0, 1.0
    for _ in range(3):
        best = min((float(scale) for scale in np.geomspace(low, high, 9)), key=loss)
        step = (high / low) ** (1 / 8)
        low, high = best / step, best * step
    return best


def _noise(right: Floats, by_chance: Floats) -> float:
    """The share of labels given by chance that explains how likely the given ones are."""
    noise = 0.3
    for _ in range(12):
        wrong = noise * by_chance
        noise = float((wrong / (wrong + (1 - noise) * right + 1e-12)).mean())
    return noise
