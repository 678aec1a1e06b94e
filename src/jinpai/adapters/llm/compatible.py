"""Language models behind any endpoint that speaks the OpenAI chat completions form."""

import socket
import ssl
import time
import urllib.request
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from http.client import HTTPResponse
from urllib.error import HTTPError, URLError

import orjson

from jinpai.adapters.reaching import Forbidden, make_opener
from jinpai.copilot.llm.model import Endpoint
from jinpai.flows.ports import LanguageModel, ModelFailure, Prompt, Written

AT_ONCE = 4
"""So many calls of one endpoint run beside each other; a further one waits, within its time."""
MAX_ANSWER = 200_000
"""Bytes of an answer that are read."""
PIECE = 16_384
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
        self._key = endpoint.key
        self._opener = make_opener(endpoint.reach)
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="language-model")

    def write(self, prompt: Prompt, seconds: float) -> Written:
        """What the model answers within `seconds`; ModelFailure where it is late, away, or answers in another form."""
        waiting: Future[bytes] = self._pool.submit(self._post, self._body(prompt), seconds)
        try:
            return _read(waiting.result(seconds))
        except TimeoutError:
            waiting.cancel()
            raise ModelFailure("slow") from None
        except ModelFailure:
            raise
        except Exception as error:
            raise _failure(error) from None

    def _body(self, prompt: Prompt) -> bytes:
        shape = {"name": prompt.purpose, "strict": True, "schema": dict(prompt.schema)}
        said = orjson.dumps(prompt.data).decode()
        body = {
            "model": self.name,
            "messages": [{"role": "system", "content": prompt.rules}, {"role": "user", "content": said}],
            "response_format": {"type": "json_schema", "json_schema": shape},
            "max_tokens": MAX_TOKENS,
            "temperature": 0.3,
        }
        return orjson.dumps(body)

    def _post(self, body: bytes, seconds: float) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(self._url, body, headers, method="POST")  # noqa: S310
        until = time.monotonic() + seconds
        with self._opener.open(request, timeout=seconds) as answer:
            return _read_until(answer, until)


@lru_cache(ENDPOINTS)
def _make(endpoint: Endpoint) -> CompatibleModel:
    return CompatibleModel(endpoint)


def _read_until(answer: HTTPResponse, until: float) -> bytes:
    """The answer as far as it has come by then: who sends it drop by drop keeps nobody."""
    told = b""
    while len(told) < MAX_ANSWER and (piece := answer.read1(PIECE)):
        told += piece
        if time.monotonic() > until:
            raise TimeoutError
    return told


def _failure(error: Exception) -> ModelFailure:
    """What went wrong, in a word."""
    reason = error.reason if isinstance(error, URLError) and not isinstance(error, HTTPError) else error
    if isinstance(reason, HTTPError):
        return ModelFailure("failed", f"http_{reason.code}")
    if isinstance(reason, TimeoutError):
        return ModelFailure("slow")
    kinds = {
        Forbidden: "forbidden", socket.gaierror: "unknown_host", ConnectionRefusedError: "refused",
        ssl.SSLError: "tls",
    }  # fmt: skip
    named = next((word for kind, word in kinds.items() if isinstance(reason, kind)), type(reason).__name__)
    return ModelFailure("failed", named)


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
