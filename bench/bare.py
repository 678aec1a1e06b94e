"""The limit: the same web server with nothing behind it — one message in, one ack and two deliveries out.

No sign-in, no guard, no log, no checks: whatever a real pipeline costs comes on top of this.
"""

import sys
from collections import defaultdict
from typing import Any

import orjson
import uvicorn

rooms: dict[str, list[Any]] = defaultdict(list)


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Serve one socket; any HTTP request is answered with 200."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await _serve(receive, send)
    else:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})


async def _serve(receive: Any, send: Any) -> None:
    seq = 0
    while (message := await receive())["type"] == "websocket.receive":
        frame = orjson.loads(message["text"])
        if frame["t"] == "sub":
            rooms[frame["c"]].append(send)
            await _tell(send, {"t": "events", "c": frame["c"], "after": 0, "seq": 0, "events": []})
        elif frame["t"] == "send":
            seq += 1
            event = {"kind": "message", "id": frame["id"], "text": frame["text"], "seq": seq}
            delivery = orjson.dumps({"t": "events", "c": frame["c"], "events": [event]}).decode()
            await _tell(send, {"t": "ack", "id": frame["id"], "seq": seq})
            for member in rooms[frame["c"]]:
                await member({"type": "websocket.send", "text": delivery})


async def _tell(send: Any, frame: dict[str, Any]) -> None:
    await send({"type": "websocket.send", "text": orjson.dumps(frame).decode()})


if __name__ == "__main__":
    uvicorn.run(
        app,
        port=int(sys.argv[1]),
        ws="websockets-sansio",
        ws_ping_interval=10,
        ws_ping_timeout=10,
        ws_max_size=64 * 1024,
        ws_per_message_deflate=False,
        access_log=False,
        log_level="warning",
    )
