"""What an invoice needs: its title, a tax number whose check digit is right, the amount, and where it goes. Pure.

Tax numbers are unified social credit codes (GB 32100-2015, 18 characters, modulo 31), or of older companies 15
characters: six digits of the region and the organisation code (GB 11714, modulo 11).
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final, Literal

from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.model import Order, mask_name

Medium = Literal["electronic", "paper"]
Party = Literal["company", "personal"]

_SIGNS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_OLD_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_OLD: Final = re.compile(r"\d{6}[0-9A-Z]{8}[0-9X]")
_MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")
SHORTEST_ADDRESS: Final = 8


@dataclass(frozen=True, slots=True)
class Invoice:
    """What is written on an invoice and where it goes: an e-mail address, or for paper a postal address."""

    medium: Medium
    party: Party
    title: str
    tax_number: str
    to: str = field(repr=False)


def read_invoice(medium: Medium, party: Party, title: str, tax_number: str, to: str) -> Invoice:
    """The request as it was typed, put in order; BadInput that says what is wrong with it."""
    name, to = " ".join(_narrow(title).split()), _narrow(to).strip()
    if len(name) < 2:
        raise BadInput("请写完整的发票抬头")
    number = read_tax_number(tax_number) if party == "company" or tax_number.strip() else ""
    if medium == "electronic" and not _MAIL.fullmatch(to):
        raise BadInput("电子发票要发到邮箱，请写一个完整的邮箱地址")
    if medium == "paper" and len(to) < SHORTEST_ADDRESS:
        raise BadInput("纸质发票要寄给买家，请写完整的收件人、电话和地址")
    return Invoice(medium, party, name, number, to)


def read_tax_number(text: str) -> str:
    """The tax number without spaces, in capitals; BadInput when it has another length, a wrong sign or check digit."""
    number = "".join(_narrow(text).split()).replace("-", "").upper()
    if not number:
        raise BadInput("单位抬头要写税号，请向买家要统一社会信用代码")
    if len(number) == 18:
        wrong = [sign for sign in number if sign not in _SIGNS]
        if wrong:
            raise BadInput(f"税号里不会有“{wrong[0]}”，请核对（字母 I、O、S、V、Z 不用）")
        right = _SIGNS[-sum(_SIGNS.index(sign) * by for sign, by in zip(number, _WEIGHTS, strict=False)) % 31]
    elif _OLD.fullmatch(number):
        rest = -sum(int(sign, 36) * by for sign, by in zip(number[6:], _OLD_WEIGHTS, strict=False)) % 11
        right = "X" if rest == 10 else str(rest)
    else:
        raise BadInput(f"税号应当是 18 位（老税号 15 位），现在是 {len(number)} 位，请和买家核对")
    if number[-1] != right:
        raise BadInput("税号的校验位不对，多半是抄错了一位，请和买家核对")
    return number


def amount_for(order: Order) -> int:
    """What the invoice is for, in fen: the goods as paid, without freight and refunds; Conflict if that is nothing."""
    if order.state == "unpaid" or not order.paid:
        raise Conflict("这个订单还没有付款，付款后再开发票")
    amount = order.paid - order.freight - order.refunded
    if amount <= 0:
        raise Conflict("这个订单除去运费和退款，没有可以开票的金额")
    return amount


def mask_to(invoice: Invoice) -> str:
    """Where it goes, as lists show it: `w***@qq.com`, or no more than the beginning of the address."""
    if invoice.medium == "electronic":
        name, _, host = invoice.to.partition("@")
        return f"{name[:1]}***@{host}"
    return f"{invoice.to[:3]}****"


def mask_title(invoice: Invoice) -> str:
    """The title as lists show it: a company's in full, a person's family name alone."""
    return invoice.title if invoice.party == "company" else mask_name(invoice.title)


def _narrow(text: str) -> str:
    """Full-width letters and digits as people paste them, as plain ones."""
    return unicodedata.normalize("NFKC", text)
