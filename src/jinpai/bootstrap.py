"""The only place where ports meet adapters: builds the house a process works in."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from jinpai.adapters.channels.companion import CompanionChannel
from jinpai.adapters.channels.simulator import SimulatorChannel
from jinpai.adapters.channels.widget import WidgetChannel
from jinpai.adapters.embedding import meanings_of
from jinpai.adapters.files.local import LocalFiles
from jinpai.adapters.llm.compatible import CompatibleModels
from jinpai.adapters.sms.gateway import GatewaySms
from jinpai.adapters.sms.log import LogSms
from jinpai.adapters.tracking.asking import HttpCouriers
from jinpai.adapters.tracking.folder import FolderTracker
from jinpai.copilot.actions import settled_suggestions
from jinpai.copilot.recommending.outcome import settled_recommendations
from jinpai.desk.board import Board
from jinpai.desk.presence import TOPIC as DESK_TOPIC
from jinpai.desk.projection import conversation_projection
from jinpai.desk.store import shop as shop_table
from jinpai.flows.answering.planning import planned_answers
from jinpai.flows.caring.planning import planned_care
from jinpai.flows.caring.stopping import heard_stop
from jinpai.flows.content.shop import ShopContent, load_shop_content
from jinpai.flows.guarding.reviewing import planned_reviews
from jinpai.flows.learning.lessons import with_corrections
from jinpai.flows.learning.understanding import Understandings
from jinpai.flows.planning import planned_rows
from jinpai.flows.ports import Channel, House, Sms
from jinpai.flows.reception.watching import planned_watch
from jinpai.flows.reminding.planning import planned_reminders
from jinpai.flows.send import outbound_rows
from jinpai.flows.stocking.stock import followed_orders
from jinpai.journal.store import installation
from jinpai.journal.writer import Hint, Writer
from jinpai.kit.clock import Clock, SystemClock, local_date
from jinpai.kit.database import Database, check_reachable, open_database
from jinpai.kit.errors import BadInput
from jinpai.kit.migrate import is_current
from jinpai.kit.sealing import Sealer, load_master_key, make_sealer
from jinpai.kit.settings import Settings
from jinpai.packs.actions import TOPIC as CONTENT_TOPIC
from jinpai.packs.box import ContentBox
from jinpai.packs.store import find_current
from jinpai.playbook.actions import TOPIC as SCRIPTS_TOPIC
from jinpai.playbook.usage import counted_uses
from jinpai.quality.actions import kept_hits

if TYPE_CHECKING:
    from jinpai.adapters.bus.postgres import PostgresBus

KEY_SAMPLE = "key_sample"


def build_house(settings: Settings, clock: Clock | None = None, channels: Mapping[str, Channel] | None = None) -> House:
    """The house of this process, not yet started; BadInput when it has not been prepared by `jinpai init`."""
    database = open_database(settings.database)
    check_reachable(database)
    with database.read() as connection:
        if not is_current(connection):
            raise BadInput("数据库还没有准备好，请先运行 jinpai init")
    sealer = make_sealer(load_master_key(settings.home, settings.secret))
    check_key(database, sealer)
    time = clock or SystemClock()
    content = ContentBox(_content_loader(database, time))
    outside = channels or _channels()
    bus = None if database.is_sqlite else _postgres_bus(settings.database)
    board = Board()
    answered = (counted_uses, settled_suggestions, settled_recommendations, kept_hits, planned_reviews)
    planned = (planned_rows(content.shop, board.status), planned_watch(content.shop), planned_answers(content.shop))
    hooks = (*planned, heard_stop(content.shop), outbound_rows(outside), *answered)
    writer = Writer(
        database,
        time,
        (conversation_projection(hooks), planned_reminders(), planned_care(), followed_orders(content.shop)),
        bus,
    )
    return House(
        settings,
        database,
        writer,
        sealer,
        time,
        content,
        outside,
        _files(settings),
        bus,
        board,
        sms=_sms(settings),
        tracker=FolderTracker(settings.home / "tracking"),
        understandings=Understandings(settings.home, meanings_of(settings.embed)),
        models=CompatibleModels(),
        couriers=HttpCouriers(),
    )


def sketch_house() -> House:
    """A house without data, to describe the interface or to look at its routes; it cannot be opened."""
    settings = Settings(Path(), "sqlite:///:memory:", None, secure_cookies=False, metrics_token=None)
    database = open_database(settings.database)
    sealer = make_sealer(bytes(32))
    writer = Writer(database, SystemClock())
    content: ContentBox[ShopContent] = ContentBox(_no_content)
    return House(
        settings, database, writer, sealer, SystemClock(), content, _channels(), _files(settings), None, Board()
    )


def _no_content(shop: str) -> ShopContent:
    raise BadInput("这里没有店铺")


def open_house(house: House) -> None:
    """Start the writer and listen for what other processes do."""
    refresh = _listener(house)
    house.writer.listen(lambda committed: _each(committed.hints, refresh))
    load_all_content(house)
    _load_board(house)
    house.writer.start()
    if house.bus is not None:
        house.bus.listen(lambda heads, hints: _each(hints, refresh), lambda: _refresh_all(house))
        house.bus.start()


def load_all_content(house: House) -> None:
    """Read the content of every shop anew; one whose content cannot be used keeps what it had, or refuses to send."""
    with house.database.read() as connection:
        shops = connection.execute(sa.select(shop_table.c.id)).scalars().all()
    for waiting in [house.content.refresh(shop) for shop in shops]:
        waiting.result()


def close_house(house: House) -> None:
    """Commit what was accepted, then give everything back."""
    house.writer.stop()
    if house.bus is not None:
        house.bus.stop()
    house.content.close()
    house.database.close()


def check_key(database: Database, sealer: Sealer) -> None:
    """BadInput when the database was sealed with another key."""
    with database.read() as connection:
        query = sa.select(installation.c.value).where(installation.c.key == KEY_SAMPLE)
        sample = connection.execute(query).scalar_one_or_none()
    if sample is None:
        raise BadInput("数据库还没有准备好，请先运行 jinpai init")
    sealer.open(KEY_SAMPLE, sample)


def _content_loader(database: Database, clock: Clock) -> Callable[[str], ShopContent]:
    def load(shop: str) -> ShopContent:
        with database.read() as connection:
            current = find_current(connection, shop)
        content = load_shop_content(shop, current, on=local_date(clock.now()))
        with database.read() as connection:
            return replace(content, lessons=with_corrections(connection, shop, content.lessons))

    return load


def _listener(house: House) -> Callable[[Hint], None]:
    """Keeps what this process remembers in step with what any process did."""

    def hear(hint: Hint) -> None:
        topic, payload = hint
        if topic == CONTENT_TOPIC:
            with suppress(RuntimeError):
                house.content.refresh(payload["shop"])
        elif topic == DESK_TOPIC:
            house.board.hear(payload)
        elif topic == SCRIPTS_TOPIC:
            house.shelves.forget(payload["shop"])

    return hear


def _refresh_all(house: House) -> None:
    """Read everything remembered anew: while the bus was away, a hint may have gone unheard."""
    for shop in house.content.shops():
        house.content.refresh(shop)
    house.shelves.forget_all()
    _load_board(house)


def _load_board(house: House) -> None:
    with house.database.read() as connection:
        house.board.load(connection)


def _each(hints: Sequence[Hint], do: Callable[[Hint], None]) -> None:
    for hint in hints:
        do(hint)


def _postgres_bus(url: str) -> "PostgresBus":
    from jinpai.adapters.bus.postgres import PostgresBus

    return PostgresBus(url)


def _channels() -> dict[str, Channel]:
    return {"widget": WidgetChannel(), "companion": CompanionChannel(), "simulator": SimulatorChannel()}


def _files(settings: Settings) -> LocalFiles:
    return LocalFiles(settings.home / "files")


def _sms(settings: Settings) -> Sms:
    return LogSms() if settings.sms_url is None else GatewaySms(settings.sms_url, settings.sms_token)
