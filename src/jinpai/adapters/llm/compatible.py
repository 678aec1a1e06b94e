"""Language models behind any endpoint that speaks the OpenAI chat completions form."""

from collections.abc import Mapping
from functools import lru_cache

import orjson

from jinpai.adapters.posting import Call, Caller, word_of
from jinpai.copilot.llm.model import Endpoint
from jinpai.flows.ports import LanguageModel, ModelFailure, Prompt, Written

MAX_ANSWER = 200_000
"""Bytes of an answer that are read; of a longer one nothing is understood."""
MAX_TOKENS = 500
ENDPOINTS = 64
"""So many endpoints are kept ready; a slow one is in nobody else's way."""


class CompatibleModels:
    """The models of all endpoints, each made once."""

    def at(self, endpoint: Endpoint) -> LanguageModel:
        """The model there."""
        return _make(endpoint)


class CompatibleModel:
    """The model of one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.name = endpoint.model
        self._url = f"{endpoint.url.rstrip('/')}/chat/completions"
        self._key, self._reach = endpoint.key, endpoint.reach
        self._caller = Caller("language-model")

    def write(self, prompt: Prompt, seconds: float) -> Written:
        """What the model answers within `seconds`; ModelFailure where it is late, away, or answers in another form."""
        call = Call(self._url, self._body(prompt), MAX_ANSWER, self._key, self._reach)
        try:
            told = self._caller.post(call, seconds)
        except Exception as error:
            word = word_of(error)
            raise (ModelFailure("slow") if word == "slow" else ModelFailure("failed", word)) from None
        return _read(told)

    def _body(self, prompt: Prompt) -> dict[str, object]:
        shape = {"name": prompt.purpose, "strict": True, "schema": dict(prompt.schema)}
        said = orjson.dumps(prompt.data).decode()
        return {
            "model": self.name,
            "messages": [{"role": "system", "content": prompt.rules}, {"role": "user", "content": said}],
            "response_format": {"type": "json_schema", "json_schema": shape},
            "max_tokens": MAX_TOKENS,
            "temperature": 0.3,
        }


@lru_cache(ENDPOINTS)
def _make(endpoint: Endpoint) -> CompatibleModel:
    return CompatibleModel(endpoint)


def _read(told: bytes) -> Written:
    try:
        answer = orjson.loads(told)
        data = orjson.loads(answer["choices"][0]["message"]["content"])
        usage = answer.get("usage") or {}
        spent = [max(0, int(usage.get(name) or 0)) for name in ("prompt_tokens", "completion_tokens")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise ModelFailure("malformed") from None
    if not isinstance(data, Mapping):
        raise ModelFailure("malformed")
    return Written(data, *spent)
