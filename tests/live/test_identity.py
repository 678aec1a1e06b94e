"""A site signs its user: the customer's own conversation, everywhere; anything else stays an anonymous visitor."""

import json
import time
from typing import Any

from tests.support import nursery
from tests.support.server import Server

from jinpai.desk.identity import sign_identity


def secret_of(server: Server) -> str:
    done = nursery.run(["channel", "demo-web", "--secret", "--json"], server.environment)
    secret: str = json.loads(done.stdout)[0]["secret"]
    return secret


def identity(secret: str, id_: str, **changed: Any) -> dict[str, Any]:
    expires = changed.pop("expires", int(time.time()) + 600)
    signed = {"id": id_, "name": "山行者老周", "phone": "138 0013 8000", "expires": expires}
    signature = sign_identity(secret, id_, signed["name"], signed["phone"], expires)
    return {**signed, "signature": signature, **changed}


def test_a_signed_customer_has_one_conversation_on_every_device(shared_server: Server) -> None:
    secret = secret_of(shared_server)
    laptop = shared_server.open_chat(identity=identity(secret, "u-100"))
    phone = shared_server.open_chat(identity=identity(secret, "u-100"))
    assert laptop["buyer"] == phone["buyer"]
    assert laptop["buyer"]["known"] is True
    assert laptop["buyer"]["name"] == "山行者老周"
    assert laptop["conversation"] == phone["conversation"]
    assert laptop["token"] != phone["token"]


def test_a_visitor_who_signs_in_keeps_the_conversation(shared_server: Server) -> None:
    secret = secret_of(shared_server)
    before = shared_server.open_chat()
    after = shared_server.open_chat(token=before["token"], identity=identity(secret, "u-101"))
    assert after["conversation"] == before["conversation"]
    assert (before["buyer"]["known"], after["buyer"]["known"]) == (False, True)


def test_wrong_expired_and_altered_signatures_stay_anonymous(shared_server: Server) -> None:
    secret = secret_of(shared_server)
    owner = shared_server.open_chat(identity=identity(secret, "u-102"))
    for claim in (
        identity("another secret", "u-102"),
        identity(secret, "u-102", signature="0" * 64),
        identity(secret, "u-102", name="别人"),
        identity(secret, "u-102", expires=int(time.time()) - 1),
    ):
        opened = shared_server.open_chat(identity=claim)
        assert opened["buyer"]["known"] is False
        assert opened["conversation"] != owner["conversation"]


def test_after_signing_out_of_the_site_the_browser_is_a_stranger_again(shared_server: Server) -> None:
    secret = secret_of(shared_server)
    customer = shared_server.open_chat(identity=identity(secret, "u-103"))
    stranger = shared_server.open_chat(token=customer["token"])
    assert stranger["conversation"] != customer["conversation"]
    assert stranger["buyer"]["known"] is False


def test_the_phone_is_sealed_in_the_database(shared_server: Server) -> None:
    import sqlalchemy as sa

    from jinpai.desk.store import buyer
    from jinpai.kit.database import open_database
    from jinpai.kit.sealing import load_master_key, make_sealer

    shared_server.open_chat(identity=identity(secret_of(shared_server), "u-104"))
    sealer = make_sealer(load_master_key(shared_server.home, None))
    database = open_database(shared_server.database or "")
    with database.read() as connection:
        row = connection.execute(sa.select(buyer).where(buyer.c.external_id == "u-104")).one()
        tail = sealer.blind("buyer.phone.tail", "8000")
        found = connection.execute(sa.select(buyer.c.external_id).where(buyer.c.phone_tail_index == tail)).scalars()
        assert "u-104" in set(found)
    assert b"13800138000" not in bytes(row.phone)
    assert sealer.open("buyer.phone", bytes(row.phone)) == "13800138000"
    database.close()
