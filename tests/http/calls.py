"""One valid call per route, for the generated tests of rights and of bad input; a new route needs a line here."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bargain_calls import BARGAIN_CALLS
from care_calls import CARE_CALLS
from copilot_calls import COPILOT_CALLS
from customer_calls import CUSTOMER_CALLS
from deed_calls import DEED_CALLS
from front import PASSWORD, Front, picture
from hit_calls import HIT_CALLS
from order_calls import ORDER_CALLS
from parcel_calls import PARCEL_CALLS
from promise_calls import PROMISE_CALLS
from question_calls import QUESTION_CALLS
from reminder_calls import REMINDER_CALLS
from situations import at_desk, ended, waiting
from stock_calls import STOCK_CALLS
from task_calls import TASK_CALLS

from jinpai.bootstrap import sketch_house
from jinpai.entrypoints.http.access import Rule, list_rules
from jinpai.entrypoints.server import create_server
from jinpai.packs.archive import pack_files


@dataclass(frozen=True)
class Call:
    """How to call a route rightly: `make` gives the URL and the body for a shop's things (None = none, bytes = a file).

    `placed` says that URL or body name something of that shop, so that it must not be found from another.
    """

    make: Callable[[Front, str], tuple[str, Any]]
    placed: bool = False


def after(
    situation: Callable[[Front, str], None], make: Callable[[Front, str], tuple[str, Any]]
) -> Callable[[Front, str], tuple[str, Any]]:
    """The call, made once the shop's conversation is in this situation."""

    def prepared(front: Front, shop: str) -> tuple[str, Any]:
        situation(front, shop)
        return make(front, shop)

    return prepared


def account(front: Front, shop: str) -> str:
    return front.people.accounts["agent", shop].id


def conversation(front: Front, shop: str) -> str:
    return f"/api/v1/conversations/{front.people.chats[shop].visitor.conversation}"


def version(front: Front, shop: str) -> str:
    return f"/api/v1/content/versions/{front.people.versions[shop]}"


def new_account(shop: str) -> dict[str, Any]:
    return {
        "login": f"new-{shop}",
        "name": "新同事",
        "role": "agent",
        "shops": [shop],
        "password": "一个全新的十位密码哦",
    }


def sent(body: Any) -> dict[str, Any]:
    """The body as the test client takes it."""
    return {"content": body} if isinstance(body, bytes) else {"json": body}


def new_reply(shop: str) -> dict[str, Any]:
    return {"shop": shop, "folder": "物流", "code": "zt", "title": "自提", "text": "您也可以到店自提，今天都有人"}


REPLIES = "标题,内容\n自提,您也可以到店自提".encode()
EMPTY_ZIP = base64.b64encode(pack_files({})).decode()

CALLS: dict[str, Call] = {
    "POST /api/v1/session": Call(
        lambda front, shop: ("/api/v1/session", {"login": f"agent-{shop}", "password": PASSWORD})
    ),
    "GET /api/v1/session": Call(lambda front, shop: ("/api/v1/session", None)),
    "DELETE /api/v1/session": Call(lambda front, shop: ("/api/v1/session", None)),
    "PUT /api/v1/session/password": Call(
        lambda front, shop: ("/api/v1/session/password", {"old": PASSWORD, "new": "一个全新的十位密码哦"})
    ),
    "GET /api/v1/staff": Call(lambda front, shop: ("/api/v1/staff", None)),
    "POST /api/v1/staff": Call(lambda front, shop: ("/api/v1/staff", new_account(shop)), placed=True),
    "PATCH /api/v1/staff/{account_id}": Call(
        lambda front, shop: (f"/api/v1/staff/{account(front, shop)}", {"name": "新名字"}), placed=True
    ),
    "GET /api/v1/conversations": Call(lambda front, shop: (f"/api/v1/conversations?shop={shop}", None), placed=True),
    "GET /api/v1/conversations/{conversation_id}": Call(
        lambda front, shop: (conversation(front, shop), None), placed=True
    ),
    "GET /api/v1/conversations/{conversation_id}/events": Call(
        lambda front, shop: (f"{conversation(front, shop)}/events?limit=5", None), placed=True
    ),
    "POST /api/v1/conversations/{conversation_id}/take": Call(
        lambda front, shop: (f"{conversation(front, shop)}/take", {}), placed=True
    ),
    "POST /api/v1/conversations/{conversation_id}/close": Call(
        lambda front, shop: (f"{conversation(front, shop)}/close", {}), placed=True
    ),
    "POST /api/v1/conversations/{conversation_id}/reopen": Call(
        after(ended, lambda front, shop: (f"{conversation(front, shop)}/reopen", {})), placed=True
    ),
    "POST /api/v1/conversations/{conversation_id}/waive": Call(
        after(waiting, lambda front, shop: (f"{conversation(front, shop)}/waive", {})), placed=True
    ),
    "POST /api/v1/conversations/{conversation_id}/transfer": Call(
        after(
            waiting,
            lambda front, shop: (f"{conversation(front, shop)}/transfer", {"group": "aftersale", "note": "要换货"}),
        ),
        placed=True,
    ),
    "POST /api/v1/conversations/{conversation_id}/assign": Call(
        lambda front, shop: (f"{conversation(front, shop)}/assign", {"agent": at_desk(front, shop)}), placed=True
    ),
    "PUT /api/v1/conversations/{conversation_id}/tags": Call(
        lambda front, shop: (f"{conversation(front, shop)}/tags", {"tags": ["老客户"]}), placed=True
    ),
    "POST /api/v1/conversations/{conversation_id}/whisper": Call(
        lambda front, shop: (f"{conversation(front, shop)}/whisper", {"id": "w" * 22, "text": "可以送个防潮垫"}),
        placed=True,
    ),
    "GET /api/v1/presence": Call(lambda front, shop: ("/api/v1/presence", None)),
    "PUT /api/v1/presence": Call(lambda front, shop: ("/api/v1/presence", {"status": "busy"})),
    "PUT /api/v1/presence/{account_id}": Call(
        lambda front, shop: (f"/api/v1/presence/{account(front, shop)}", {"status": "away"}), placed=True
    ),
    "POST /api/v1/widget/rating": Call(
        after(ended, lambda front, shop: ("/api/v1/widget/rating", {"stars": 5, "words": "很耐心"}))
    ),
    "POST /api/v1/conversations/{conversation_id}/note": Call(
        lambda front, shop: (f"{conversation(front, shop)}/note", {"id": "n" * 22, "text": "老客户，喜欢小辣"}),
        placed=True,
    ),
    "POST /api/v1/conversations/{conversation_id}/files": Call(
        lambda front, shop: (f"{conversation(front, shop)}/files", picture()), placed=True
    ),
    "POST /api/v1/companion/conversations": Call(
        lambda front, shop: ("/api/v1/companion/conversations", {"shop": shop, "buyer": "清风徐来"}), placed=True
    ),
    "POST /api/v1/companion/conversations/{conversation_id}/lines": Call(
        lambda front, shop: (
            f"/api/v1/companion/conversations/{front.people.companions[shop]}/lines",
            {"id": "l" * 22, "text": "这顶帐篷两个人住挤不挤"},
        ),
        placed=True,
    ),
    "GET /api/v1/files/{file_id}": Call(
        lambda front, shop: (f"/api/v1/files/{front.people.files[shop].id}", None), placed=True
    ),
    "POST /api/v1/widget/files": Call(lambda front, shop: ("/api/v1/widget/files", picture())),
    "GET /api/v1/widget/files/{file_id}": Call(
        lambda front, shop: (f"/api/v1/widget/files/{front.people.files[shop].id}", None), placed=True
    ),
    "GET /api/v1/products": Call(lambda front, shop: (f"/api/v1/products?shop={shop}&q=", None), placed=True),
    "GET /api/v1/conversations/{conversation_id}/advice": Call(
        lambda front, shop: (f"{conversation(front, shop)}/advice", None), placed=True
    ),
    "GET /api/v1/scripts": Call(lambda front, shop: (f"/api/v1/scripts?shop={shop}", None), placed=True),
    "GET /api/v1/scripts/find": Call(lambda front, shop: (f"/api/v1/scripts/find?shop={shop}&q=fh", None), placed=True),
    "GET /api/v1/scripts/folders": Call(
        lambda front, shop: (f"/api/v1/scripts/folders?shop={shop}", None), placed=True
    ),
    "PUT /api/v1/scripts/stars": Call(
        lambda front, shop: ("/api/v1/scripts/stars", {"shop": shop, "script": "welcome.hello", "starred": True}),
        placed=True,
    ),
    "PUT /api/v1/scripts/mine/{reply_id}": Call(
        lambda front, shop: (f"/api/v1/scripts/mine/q_own-{front.clock.now()}", new_reply(shop)), placed=True
    ),
    "PUT /api/v1/scripts/team/{reply_id}": Call(
        lambda front, shop: (f"/api/v1/scripts/team/q_all-{front.clock.now()}", new_reply(shop)), placed=True
    ),
    "DELETE /api/v1/scripts/mine/{reply_id}": Call(
        lambda front, shop: (f"/api/v1/scripts/mine/q_gone-gone?shop={shop}", None), placed=True
    ),
    "DELETE /api/v1/scripts/team/{reply_id}": Call(
        lambda front, shop: (f"/api/v1/scripts/team/q_gone-gone?shop={shop}", None), placed=True
    ),
    "POST /api/v1/scripts/mine/import": Call(
        lambda front, shop: (f"/api/v1/scripts/mine/import?shop={shop}", REPLIES), placed=True
    ),
    "POST /api/v1/scripts/team/import": Call(
        lambda front, shop: (f"/api/v1/scripts/team/import?shop={shop}", REPLIES), placed=True
    ),
    "GET /api/v1/scripts/export": Call(lambda front, shop: (f"/api/v1/scripts/export?shop={shop}", None), placed=True),
    "GET /api/v1/scripts/usage": Call(lambda front, shop: (f"/api/v1/scripts/usage?shop={shop}", None), placed=True),
    "GET /api/v1/search": Call(lambda front, shop: (f"/api/v1/search?q=你好&shop={shop}", None), placed=True),
    "GET /api/v1/search/choices": Call(lambda front, shop: (f"/api/v1/search/choices?shop={shop}", None), placed=True),
    "GET /api/v1/content/versions": Call(
        lambda front, shop: (f"/api/v1/content/versions?shop={shop}", None), placed=True
    ),
    "POST /api/v1/content/versions": Call(
        lambda front, shop: ("/api/v1/content/versions", {"shop": shop, "note": "第一版", "files": {}}), placed=True
    ),
    "POST /api/v1/content/versions/{version_id}/publish": Call(
        lambda front, shop: (f"/api/v1/content/versions/{front.people.versions[shop]}/publish", {"shop": shop}),
        placed=True,
    ),
    "GET /api/v1/content/versions/{version_id}": Call(
        lambda front, shop: (f"{version(front, shop)}?shop={shop}", None), placed=True
    ),
    "GET /api/v1/content/versions/{version_id}/changes": Call(
        lambda front, shop: (f"{version(front, shop)}/changes?shop={shop}", None), placed=True
    ),
    "GET /api/v1/content/versions/{version_id}/archive": Call(
        lambda front, shop: (f"{version(front, shop)}/archive?shop={shop}", None), placed=True
    ),
    "GET /api/v1/content/sections": Call(
        lambda front, shop: (f"/api/v1/content/sections?shop={shop}", None), placed=True
    ),
    "GET /api/v1/content/entries": Call(
        lambda front, shop: (f"/api/v1/content/entries?shop={shop}&section=auto_replies", None), placed=True
    ),
    "POST /api/v1/content/check": Call(
        lambda front, shop: ("/api/v1/content/check", {"shop": shop, "files": {}, "edits": []}), placed=True
    ),
    "POST /api/v1/content/import": Call(
        lambda front, shop: ("/api/v1/content/import", {"shop": shop, "archive": EMPTY_ZIP}), placed=True
    ),
    "GET /api/v1/orders/close-reasons": Call(lambda front, shop: ("/api/v1/orders/close-reasons", None)),
    "GET /api/v1/shops": Call(lambda front, shop: ("/api/v1/shops", None)),
    "POST /api/v1/shops": Call(lambda front, shop: ("/api/v1/shops", {"id": "third", "name": "第三家店"})),
    "GET /api/v1/channels": Call(lambda front, shop: (f"/api/v1/channels?shop={shop}", None), placed=True),
    "POST /api/v1/channels": Call(
        lambda front, shop: (
            "/api/v1/channels",
            {"shop": shop, "kind": "widget", "name": "官网", "domains": ["shop.example"]},
        ),
        placed=True,
    ),
    "PATCH /api/v1/channels/{channel_id}": Call(
        lambda front, shop: (f"/api/v1/channels/{shop}-web", {"name": "官网"}), placed=True
    ),
    "POST /api/v1/channels/{channel_id}/secret": Call(
        lambda front, shop: (f"/api/v1/channels/{shop}-web/secret", {}), placed=True
    ),
    "GET /api/v1/audit": Call(lambda front, shop: (f"/api/v1/audit?shop={shop}", None), placed=True),
    "GET /api/v1/wall/today": Call(lambda front, shop: (f"/api/v1/wall/today?shop={shop}", None), placed=True),
    "POST /api/v1/widget/session": Call(
        lambda front, shop: (
            "/api/v1/widget/session",
            {"channel": f"{shop}-web", "token": front.people.chats[shop].token},
        )
    ),
    "GET /api/v1/widget/orders": Call(lambda front, shop: ("/api/v1/widget/orders", None)),
    "GET /api/v1/widget/events": Call(lambda front, shop: ("/api/v1/widget/events?limit=5", None)),
    "GET /api/v1/openapi.json": Call(lambda front, shop: ("/api/v1/openapi.json", None)),
}
PLACED = BARGAIN_CALLS | COPILOT_CALLS | CUSTOMER_CALLS | ORDER_CALLS | DEED_CALLS | HIT_CALLS
PLACED |= CARE_CALLS | PARCEL_CALLS | PROMISE_CALLS | QUESTION_CALLS | REMINDER_CALLS | STOCK_CALLS | TASK_CALLS
CALLS |= {route: Call(make, placed=True) for route, make in PLACED.items()}
"""Route → a valid call, as `METHOD /path/{template}`; pages and health checks have tests of their own."""

ELSEWHERE = ("/healthz", "/readyz", "/metrics", "/assets/{name:path}", "/{name:file}", "/demo", "/{page:page}")

RAW = [route for route in CALLS if route.endswith(("/files", "/imports", "/mine/import", "/team/import"))]
"""Routes whose body is a file."""

WITH_BODY = [route for route in CALLS if route.split()[0] in ("POST", "PUT", "PATCH") and route not in RAW]


def read_rules() -> dict[str, Rule]:
    """The rule of every route but pages, health checks and sockets, as the server itself has them."""
    rules = list_rules(create_server(sketch_house()))
    return {f"{method} {path}": rule for method, path, (rule,) in rules if path not in ELSEWHERE and method != "WS"}


RULES = read_rules()
