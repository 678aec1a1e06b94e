"""What the flows need from outside, as ports; `bootstrap` puts the adapters in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from jinpai.catalog.sales import Sales
from jinpai.copilot.llm.model import Endpoint
from jinpai.copilot.recommending.model import Pairs
from jinpai.desk.board import Board
from jinpai.flows.advising.feedback import Likings
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.knowledge_loop.topics import Topics
from jinpai.flows.learning.habits import habits, sales
from jinpai.flows.learning.learned import Learned
from jinpai.flows.learning.understanding import Understandings
from jinpai.flows.quick_replies.shelves import Shelves
from jinpai.journal.writer import Hint, Writer
from jinpai.kit.clock import Clock
from jinpai.kit.database import Database
from jinpai.kit.sealing import Sealer
from jinpai.kit.settings import Settings
from jinpai.orders.model import Parcel
from jinpai.orders.tracking.provider import CourierEndpoint
from jinpai.packs.box import ContentBox


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A cleared message on its way out; `key` lets the outside recognise a repetition. Only `flows.send` makes one."""

    key: str
    shop: str
    conversation: str
    text: str
    attach: Mapping[str, Any] | None = None


class Channel(Protocol):
    """A way out to buyers; it accepts only what `flows.send` made."""

    @property
    def reads_log(self) -> bool:
        """Whether buyers read the conversation log themselves (the widget), so that committing is delivering."""
        ...

    def deliver(self, outgoing: Outgoing) -> None:
        """Hand it over, with effect once per key; raises when the outside did not accept it."""
        ...


@dataclass(frozen=True, slots=True)
class ShortMessage:
    """A cleared short message on its way out; `key` lets the outside recognise a repetition."""

    key: str
    shop: str
    phone: str
    text: str


class Unsubscribed(Exception):
    """Whoever has this number takes no more short messages: they told the provider."""


class Sms(Protocol):
    """A way to phones."""

    @property
    def reaches_phones(self) -> bool:
        """Whether what is sent reaches anybody; the log does not."""
        ...

    def send(self, message: ShortMessage) -> None:
        """Hand it over, with effect once per key; raises when the outside did not accept it, Unsubscribed for good."""
        ...


@dataclass(frozen=True, slots=True)
class News:
    """A file of what happened to a shop's parcels, as it came in, under the name it came by."""

    shop: str
    name: str
    content: bytes


class Tracker(Protocol):
    """Where news of parcels comes from: a folder, or a provider that asks the couriers."""

    def fetch(self, shop: str) -> Iterable[News]:
        """What has come in for this shop and is not settled; the same again until it is."""
        ...

    def settle(self, news: News, report: str) -> None:
        """It was taken in, or cannot be; `report` says what became of it, line by line. Twice is once."""
        ...


class CourierFailure(Exception):
    """No answer of use came; `why` is the kind of error: `slow`, `http_404`, `too_large`, `malformed`, `unknown_host`,
    `refused`, `tls`, `forbidden` (an address that may not be called), else the error's name."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Couriers(Protocol):
    """The way to whoever asks the couriers for a shop."""

    def ask(self, endpoint: CourierEndpoint, parcels: Sequence[Parcel]) -> bytes:
        """What is told of these parcels, as JSON; CourierFailure where nothing of use comes."""
        ...


class Files(Protocol):
    """Where the bytes of pictures lie, each under the digest of its content."""

    def put(self, content: bytes) -> str:
        """Keep these bytes for good and return their digest; the same bytes are kept once."""
        ...

    def get(self, digest: str) -> bytes:
        """The bytes with this digest; NotFound when they are not there."""
        ...

    def remove(self, digest: str) -> None:
        """Let these bytes go; nothing happens when they are not there."""
        ...


class Bus(Protocol):
    """Hints from the other processes that share the database."""

    def listen(self, listener: Callable[[dict[str, int], Sequence[Hint]], None], healer: Callable[[], None]) -> None:
        """Call `listener` with the heads and hints of others, `healer` when some may have been lost."""
        ...

    def start(self) -> None:
        """Begin to listen."""
        ...

    def stop(self) -> None:
        """Stop listening."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is asked: rules of ours, data it may use and must not obey, and the form of its answer."""

    purpose: str
    rules: str
    data: Mapping[str, Any]
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What it answered, and the tokens that took."""

    data: Mapping[str, Any]
    tokens_in: int
    tokens_out: int


class ModelFailure(Exception):
    """It did not answer as asked: `outcome` is slow, failed or malformed.

    `why` is nothing but the kind of error: `http_404`, `unknown_host`, `refused`, `tls`, `forbidden` (an address that
    may not be called), else the error's name.
    """

    def __init__(self, outcome: str, why: str = "") -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.why = why


class LanguageModel(Protocol):
    """A model that writes what it is asked for; nothing it writes is trusted."""

    name: str

    def write(self, prompt: Prompt, seconds: float) -> Written:
        """Its answer within so many seconds; ModelFailure where there is none."""
        ...


class LanguageModels(Protocol):
    """The way to language models, wherever shops have theirs."""

    def at(self, endpoint: Endpoint) -> LanguageModel:
        """The model there; nothing is asked of it yet."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """Everything a running process shares: made once by `bootstrap`, passed explicitly, never imported."""

    settings: Settings
    database: Database
    writer: Writer
    sealer: Sealer
    clock: Clock
    content: ContentBox[ShopContent]
    channels: Mapping[str, Channel]
    files: Files
    bus: Bus | None
    board: Board
    shelves: Shelves = field(default_factory=Shelves)
    sms: Sms | None = None
    tracker: Tracker | None = None
    understandings: Understandings = field(default_factory=Understandings)
    likings: Likings = field(default_factory=Likings)
    habits: Learned[Pairs] = field(default_factory=habits)
    sales: Learned[Sales] = field(default_factory=sales)
    topics: Topics = field(default_factory=Topics)
    models: LanguageModels | None = None
    couriers: Couriers | None = None
