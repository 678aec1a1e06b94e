"""From a table of members to what the shop knows of them: every line tells of one, or is refused with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from jinpai.customers.birthdays import read_birthday
from jinpai.customers.model import FactKind
from jinpai.importing import cells
from jinpai.importing.cells import Unreadable, short
from jinpai.importing.columns import check_complete
from jinpai.importing.model import Form, Layout, Plan, Rejected, told_by
from jinpai.importing.rows import check_shape, find_readers, read_values
from jinpai.importing.tables import Table
from jinpai.orders.model import phone_digits

CUSTOMERS: Final = Form(
    "customers",
    "客户",
    {
        "member": told_by("会员名", "会员名 买家会员名 客户会员名 买家昵称 会员昵称 会员账号 旺旺 旺旺号 买家id"),
        "name": told_by("称呼", "姓名 客户姓名 真实姓名 收货人 收货人姓名 称呼 联系人 昵称 客户名称 name"),
        "phone": told_by("手机", "手机 手机号 手机号码 联系手机 联系电话 联系方式 电话 电话号码 mobile phone"),
        "birthday": told_by("生日", "生日 出生日期 会员生日 生日日期 出生年月日 birthday"),
        "height": told_by("身高", "身高 身高厘米 height"),
        "weight": told_by("体重", "体重 体重公斤 weight"),
        "size": told_by("常穿尺码", "常穿尺码 尺码 衣服尺码 size"),
        "quiet": told_by("请勿打扰", "请勿打扰 免打扰 是否免打扰 拒收 是否拒收 退订 是否退订 黑名单"),
        "note": told_by("备注", "备注 客户备注 会员备注 买家备注 说明 note remark"),
    },
    (("member", "phone"),),
)  # fmt: skip

MAX_NOTE = 500
_YES = frozenset(("是", "有", "1", "y", "yes", "true", "√", "已退订", "退订", "拒收", "免打扰"))
_NO = frozenset(("否", "没有", "0", "n", "no", "false", "×", "未退订", "正常", "接收"))
_FACTS: tuple[FactKind, ...] = ("birthday", "height", "weight", "size")


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """What a line tells of one customer: the phone in digits, empty while masked; `facts` as the profile has them."""

    member: str = ""
    name: str = ""
    phone: str = ""
    note: str = ""
    quiet: bool = False
    facts: Mapping[FactKind, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Whom the line is about: the member, else who has this phone."""
        return self.member or self.phone


def read_members(table: Table, layout: Layout) -> Plan[CustomerRow]:
    """Read every line; BadInput when there is neither a column of member names nor one of phones."""
    check_complete(layout)
    reads = {
        "member": _member, "name": _line, "phone": _phone, "birthday": _birthday, "height": _height,
        "weight": _weight, "quiet": _yes, "size": _line,
    }  # fmt: skip
    readers = find_readers(layout, reads)
    lines: list[tuple[int, CustomerRow]] = []
    rejected: list[Rejected] = []
    heard: dict[str, tuple[int, CustomerRow]] = {}
    for line, row in table.rows[layout.start :]:
        try:
            check_shape(row, len(layout.columns))
            customer = _customer(read_values(row, readers))
            first, told = heard.setdefault(customer.key, (line, customer))
            if told != customer:
                raise Unreadable(f"和第 {first} 行是同一位客户，内容却不一样，请核对后只留一行")
            lines.append((line, customer))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    return Plan(len(table.rows) - layout.start, lines, rejected)


def _customer(values: dict[str, Any]) -> CustomerRow:
    if not values.get("member") and not values.get("phone"):
        raise Unreadable("没有会员名，也没有完整的手机号，认不出是谁；请补上其中一项再导入")
    if len(values.get("note", "")) > MAX_NOTE:
        raise Unreadable(f"备注超过 {MAX_NOTE} 字，请核对这一行")
    facts = {kind: values.pop(kind) for kind in _FACTS if kind in values}
    return CustomerRow(**values, facts=facts)


def _member(text: str, name: str) -> str:
    if "*" in text:
        raise Unreadable(f"{name}“{short(text)}”打了星号，分不清是谁，请导出完整的会员名")
    return _line(text, name)


def _line(text: str, name: str) -> str:
    text = cells.digits(text, name)
    if len(text) > 64 or not text.isprintable() or text[:1] in "=@":
        raise Unreadable(f"{name}“{short(text)}”不像{name}，请核对这一行")
    return text


def _phone(text: str, name: str) -> str:
    """The digits; a masked number tells nothing of whom it is."""
    written = cells.phone(text, name)
    if "*" in written:
        return ""
    digits = phone_digits(written).removeprefix("0086")
    digits = digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
    if not 5 <= len(digits) <= 20:
        raise Unreadable(f"{name}“{short(text)}”不像电话号码，请核对这一行")
    return digits


def _birthday(text: str, name: str) -> str:
    found = read_birthday(text)
    if found is None:
        raise Unreadable(f"{name}“{short(text)}”不认识，应写成 1990-05-20 或 5 月 20 日")
    return found


def _height(text: str, name: str) -> str:
    return _measure(text.lower().removesuffix("cm").removesuffix("厘米"), name, "cm", 50, 250)


def _weight(text: str, name: str) -> str:
    text = text.lower()
    half = text.endswith("斤") and not text.endswith("公斤")
    number = text.removesuffix("kg").removesuffix("公斤").removesuffix("斤")
    return _measure(number, name, "kg", 5, 300, 2 if half else 1)


def _measure(text: str, name: str, unit: str, least: int, most: int, share: int = 1) -> str:
    try:
        value = float(text) / share
    except ValueError:
        value = 0.0
    if not least <= value <= most:
        raise Unreadable(f"{name}“{short(text)}”不像一个人的{name}，应以 {unit} 为单位")
    return f"{value:g} {unit}"


def _yes(text: str, name: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise Unreadable(f"{name}“{short(text)}”不认识，应写成 是 或 否")
