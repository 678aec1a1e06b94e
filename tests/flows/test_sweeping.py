"""Pictures that were uploaded and never sent go after a day; those that were sent stay, and so do their twins."""

from io import BytesIO

import pytest
from PIL import Image
from tests.flows.conftest import AGENT, Shop

from jinpai.desk.files import KEPT_MS, File, find_file
from jinpai.flows.attaching import attach
from jinpai.flows.due import work_once
from jinpai.flows.pictures.filing import file_picture
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.kit.errors import NotFound


def picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (320, 200), colour).save(out, "PNG")
    return out.getvalue()


def uploaded(shop: Shop, chat: str, colour: str = "teal") -> File:
    return file_picture(shop.house, chat, AGENT, picture(colour))


def sent(shop: Shop, chat: str, file: File) -> None:
    hung = attach(shop.house, "demo", chat, AGENT, {"kind": "image", "file": file.id})
    answer = clear(shop.house, shop.draft(chat, "您看，就是这样的😊", attach=hung), ())
    assert isinstance(answer, Cleared), answer
    shop.house.writer.run(say(answer))


def a_day_later(shop: Shop) -> None:
    shop.clock.advance(KEPT_MS + 1_000)
    while work_once(shop.house):
        pass


def is_kept(shop: Shop, file: File) -> bool:
    with shop.house.database.read() as connection:
        return find_file(connection, file.id) is not None


def test_a_picture_nobody_sent_is_gone_after_a_day(shop: Shop) -> None:
    chat = shop.chat()
    shop.buyer_says(chat, "有实拍图吗")
    file = uploaded(shop, chat)
    shop.clock.advance(KEPT_MS - 60_000)
    work_once(shop.house)
    assert is_kept(shop, file)
    a_day_later(shop)
    assert not is_kept(shop, file)
    for digest in (file.digest, file.thumb):
        with pytest.raises(NotFound):
            shop.house.files.get(digest)


def test_a_picture_that_was_sent_stays(shop: Shop) -> None:
    chat = shop.chat()
    shop.buyer_says(chat, "有实拍图吗")
    file = uploaded(shop, chat)
    sent(shop, chat, file)
    a_day_later(shop)
    assert is_kept(shop, file)
    assert shop.house.files.get(file.digest)


def test_the_bytes_stay_while_another_message_shows_them(shop: Shop) -> None:
    chat = shop.chat()
    shop.buyer_says(chat, "有实拍图吗")
    first, second = uploaded(shop, chat), uploaded(shop, chat)
    assert first.digest == second.digest
    sent(shop, chat, second)
    a_day_later(shop)
    assert (is_kept(shop, first), is_kept(shop, second)) == (False, True)
    assert shop.house.files.get(second.digest)


def test_a_picture_swept_and_uploaded_again_is_there_again(shop: Shop) -> None:
    chat = shop.chat()
    shop.buyer_says(chat, "有实拍图吗")
    uploaded(shop, chat, "coral")
    a_day_later(shop)
    again = uploaded(shop, chat, "coral")
    sent(shop, chat, again)
    assert shop.house.files.get(again.digest)
