"""A language model behind any endpoint that speaks the OpenAI chat completions form."""

import urllib.request
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import orjson

from jinpai.flows.ports import ModelFailure, Prompt, Written

AT_ONCE = 4
"""So many calls run beside each other; a further one waits, within its time."""
MAX_ANSWER = 200_000
"""Bytes of an answer that are read."""
MAX_TOKENS = 500


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The key goes to the endpoint the operator named and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class CompatibleModel:
    """The model of this name at a base URL such as `https://example.com/v1`."""

    def __init__(self, url: str, key: str | None, model: str) -> None:
        self.name = model
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._key = key
        self._opener = urllib.request.build_opener(_NoRedirect)
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
            raise ModelFailure("failed", type(error).__name__) from None

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
        with self._opener.open(request, timeout=seconds) as answer:
            told: bytes = answer.read(MAX_ANSWER)
        return told


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
