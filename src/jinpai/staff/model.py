"""The people who work here, and the two kinds of party that may ask for something: staff and buyers."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from jinpai.kit.errors import BadInput, NotFound


class Role(StrEnum):
    """What an account is for; the rights that go with it are in `staff.rights`."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    TRAINER = "trainer"
    OPERATIONS = "operations"
    OWNER = "owner"


SESSION_IDLE = 12 * 3_600_000
"""A session unused for this long has ended (milliseconds)."""

SESSION_LIFE = 14 * 86_400_000
"""No session lives longer than this (milliseconds)."""

SEEN_STEP = 5 * 60_000
"""How exactly the last use of a session is kept (milliseconds), so that reading costs no write."""

ELSEWHERE = "没有找到；可能已经不在了，或者不归您的店铺管"
"""Said of what does not exist and of what is somebody else's alike."""

MIN_PASSWORD = 10
MAX_PASSWORD = 200
MAX_LOGIN = 64
MAX_NAME = 40

_LOGIN = re.compile(rf"[\w.@:+-]{{2,{MAX_LOGIN}}}")
# fmt: off
_SILLY = frozenset((
    "1234567890", "0123456789", "12345678910", "1234512345", "1122334455", "9876543210", "1qaz2wsx3edc",
    "1q2w3e4r5t", "qwertyuiop", "asdfghjkl123", "qwerty1234", "abcdefghij", "abcd123456", "abc1234567", "a123456789",
    "admin12345", "admin123456", "administrator", "password12", "password123", "passw0rd123", "jinpai1234",
    "jinpaikefu", "welcome123", "iloveyou123", "taobao1234", "kefu123456", "woaini1314", "5201314520",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account; times in milliseconds."""

    id: str
    login: str
    name: str
    role: Role
    shops: tuple[str, ...]
    active: bool
    created_at: int
    changed_at: int


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What is asked for a new account; `login` and `name` as typed."""

    login: str
    name: str
    role: Role
    shops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountChange:
    """What is asked to be changed of an account; None leaves it as it is."""

    name: str | None = None
    role: Role | None = None
    shops: tuple[str, ...] | None = None
    active: bool | None = None
    password_hash: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person and the session they act through (`session` is the hex of its fingerprint)."""

    id: str
    login: str
    name: str
    role: Role
    shops: tuple[str, ...]
    session: str = field(default="", repr=False)
    csrf: str = field(default="", repr=False)

    @property
    def author(self) -> str:
        """This person as the journal names an author."""
        return f"agent:{self.id}"

    def serves(self, shop: str) -> bool:
        """Whether this person works for the shop."""
        return shop in self.shops

    def must_serve(self, shop: str) -> None:
        """NotFound when the shop is not theirs: nobody learns of what other shops have."""
        if not self.serves(shop):
            raise NotFound(ELSEWHERE)


@dataclass(frozen=True, slots=True)
class BuyerParty:
    """A buyer, who may speak in one conversation of one shop and nowhere else."""

    id: str
    conversation: str
    shop: str

    def must_own(self, conversation: str) -> None:
        """NotFound when the conversation is somebody else's."""
        if conversation != self.conversation:
            raise NotFound(ELSEWHERE)


Party = Actor | BuyerParty


def fold_login(text: str) -> str:
    """The login as it is compared and stored: full-width, case and blanks around make no difference."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def check_login(text: str) -> str:
    """The folded login; BadInput when it cannot be one."""
    login = fold_login(text)
    if _LOGIN.fullmatch(login) is None:
        raise BadInput(f"登录名要 2 到 {MAX_LOGIN} 个字，只能用汉字、字母、数字和 . _ - @ : +，请换一个")
    return login


def check_name(text: str) -> str:
    """The display name without blanks around; BadInput when it is empty, too long or has invisible characters."""
    name = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        raise BadInput(f"姓名要 1 到 {MAX_NAME} 个字，不能有换行等看不见的字符，请改一下")
    return name


def check_password(password: str, login: str) -> str:
    """The password unchanged; BadInput when it is too short, too long, the login, or one everybody guesses."""
    if len(password) < MIN_PASSWORD:
        raise BadInput(f"密码至少要 {MIN_PASSWORD} 位，请设得长一些，例如几个不相干的词连在一起")
    if len(password) > MAX_PASSWORD:
        raise BadInput(f"密码最多 {MAX_PASSWORD} 位，请缩短一些")
    folded = fold_login(password)
    if folded == fold_login(login):
        raise BadInput("密码不能和登录名一样，请换一个")
    if folded in _SILLY or len(set(folded)) < 4:
        raise BadInput("这个密码太容易被猜到，请换一个")
    return password


def check_shops(shops: tuple[str, ...]) -> tuple[str, ...]:
    """The shops, sorted and each once; BadInput when there is none."""
    if not shops:
        raise BadInput("请至少选择一家店铺，没有店铺的账号谁也管不到")
    return tuple(sorted(set(shops)))
