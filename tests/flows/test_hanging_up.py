"""Who is called and answers drop by drop, head or body, is hung up on when the time is over."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest

from jinpai.adapters.posting import AT_ONCE, Call, Caller, word_of

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\nX-Slow: " + b"a" * 9_000
BODY = b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + b"a" * 9_000


@contextmanager
def dripping(at_once: int, words: bytes) -> Iterator[tuple[str, list[Event]]]:
    """An endpoint that sends so many bytes at once and the rest one by one; its URL, and each call's end."""
    ended: list[Event] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve(to: socket.socket, over: Event) -> None:
            with to, suppress(OSError):
                to.sendall(words[:at_once])
                for at in range(at_once, len(words)):
                    to.sendall(words[at : at + 1])
                    time.sleep(0.05)
            over.set()

        def accept() -> None:
            with suppress(OSError):
                while True:
                    to, _ = server.accept()
                    ended.append(Event())
                    Thread(target=serve, args=(to, ended[-1]), daemon=True).start()

        Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/", ended
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(("at_once", "words"), [(30, HEAD), (45, BODY)], ids=["head", "body"])
def test_who_answers_drop_by_drop_keeps_no_thread(at_once: int, words: bytes) -> None:
    caller = Caller("dripped-on")
    with dripping(at_once, words) as (url, ended):
        for _ in range(AT_ONCE + 1):
            with pytest.raises(TimeoutError) as late:
                caller.post(Call(url, {}, 1_000, reach="near"), seconds=0.5)
            assert word_of(late.value) == "slow"
        assert len(ended) == AT_ONCE + 1
        assert all(over.wait(30) for over in ended)
