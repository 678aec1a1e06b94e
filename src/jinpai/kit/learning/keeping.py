"""What was learned, kept in a file beside the shop's data, named by what it was learned from."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from jinpai.kit.learning.anchors import Anchors
from jinpai.kit.learning.calibration import Curve
from jinpai.kit.learning.classifier import Classifier, Rows
from jinpai.kit.learning.features import Vocabulary

KEPT = 8
"""How many files of a kind (what stands before the first `-`) stay; older ones go."""


def keep(classifier: Classifier, path: Path) -> None:
    """Write the file whole or not at all, and take away those nobody has used for longest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    vocabulary = classifier.vocabulary
    told = {
        "names": classifier.names,
        "columns": [list(view) for view in vocabulary.columns],
        "unseen": vocabulary.unseen,
        "scale": classifier.scale,
        "sure": classifier.curve.sure,
        "right": classifier.curve.right,
        "factor": float(classifier.rows.factor),
    }
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with draft.open("wb") as file:
        np.savez(
            file,
            told=np.frombuffer(json.dumps(told).encode(), np.uint8),
            rows=classifier.rows.values,
            prior=classifier.prior,
            weights=vocabulary.weights,
            **_anchors_kept(classifier.anchors),
        )
    draft.replace(path)
    kind = path.name.partition("-")[0]
    for old in sorted(path.parent.glob(f"{kind}-*.npz"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def find_kept(path: Path) -> Classifier | None:
    """The classifier in this file; None where there is none. What is broken is taken away, to be learned anew."""
    try:
        with np.load(path, allow_pickle=False) as file:
            told = json.loads(file["told"].tobytes())
            rows, prior, weights = file["rows"], file["prior"], file["weights"]
            anchors = _anchors_found(file) if "middle" in file else None
    except OSError:
        return None
    except (EOFError, ValueError, KeyError, BadZipFile):
        path.unlink(missing_ok=True)
        return None
    with suppress(OSError):  # a folder one may only read keeps its files anyway
        os.utime(path)
    curve = Curve(tuple(told["sure"]), tuple(told["right"]))
    start, columns = 0, []
    for pieces in told["columns"]:
        columns.append({piece: place for place, piece in enumerate(pieces, start)})
        start += len(pieces)
    vocabulary = Vocabulary(tuple(columns), weights, told["unseen"])
    return Classifier(
        tuple(told["names"]), vocabulary, Rows(rows, np.float32(told["factor"])), prior, told["scale"], curve, anchors
    )


def _anchors_kept(anchors: Anchors | None) -> Mapping[str, Any]:
    if anchors is None:
        return {}
    return {
        "middle": anchors.middle,
        "directions": anchors.directions.astype(np.float16),
        "said": anchors.rows.astype(np.float16),
    }


def _anchors_found(file: Mapping[str, Any]) -> Anchors:
    return Anchors(file["middle"], *(np.asarray(file[name], np.float32) for name in ("directions", "said")))
