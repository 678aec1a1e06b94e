"""The shape of what a shop says and links to when it writes an order for a buyer."""

import re
from typing import Annotated, Final

from pydantic import Field, model_validator

from jinpai.packs.model import ContentEntry, Id, Shape, Text

NUMBER: Final = "订单编号"
VARIABLES: Final = ("商品", "地区", "货款", "运费", "金额", "付款", NUMBER)
FREE, COLLECT = "包邮", "运费到付"


class OrderingWords(Shape):
    """The sentences laid into the composer; {商品} {地区} {货款} {运费} {金额} {付款} {订单编号} are filled in.

    {付款} is `page` with the link where the shop has a payment page, else `no_page`.
    """

    placed: Annotated[Text, Field(description="替买家下好单以后说的话")]
    difference: Annotated[Text, Field(description="请买家补运费时说的话")]
    page: Annotated[Text, Field(description="怎样付款：有付款页面时，{链接} 是这一单的付款链接")]
    no_page: Annotated[Text, Field(description="怎样付款：没有付款页面时")]

    @model_validator(mode="after")
    def _knows_variables(self) -> "OrderingWords":
        for name in re.findall(r"\{([^{}]*)\}", self.placed + self.difference + self.no_page):
            if name not in VARIABLES:
                raise ValueError(f"下单的话里没有变量“{name}”，可用的有：{'、'.join(VARIABLES)}")
        if "{链接}" not in self.page:
            raise ValueError("page 里要有 {链接}，买家才点得到")
        return self


class OrderingRules(ContentEntry):
    """One entry a shop; `payment_page` is where a buyer pays an order, with {订单编号} in its place.

    `refund_task` is handed over when merged orders were charged too much freight. Trades complete by
    themselves `complete_days` after dispatch, `surface_days` where the parcel goes by surface mail.
    """

    payment_page: Annotated[Text | None, Field(description="付款页面的网址，网址里要有 {订单编号}")] = None
    words: OrderingWords
    refund_task: Annotated[Id | None, Field(description="合并多收的运费交办成哪种事")] = "refund-freight"
    complete_days: Annotated[int, Field(ge=1, le=90, description="发货后多少天自动完成")] = 10
    surface_days: Annotated[int, Field(ge=1, le=180, description="平邮发货后多少天自动完成")] = 30

    @model_validator(mode="after")
    def _is_a_page(self) -> "OrderingRules":
        page = self.payment_page
        if page is not None and (not page.startswith("https://") or f"{{{NUMBER}}}" not in page):
            raise ValueError(f"payment_page 要以 https:// 开头，里面要有 {{{NUMBER}}}")
        return self

    def link(self, number: str) -> str | None:
        """Where the order with this number is paid."""
        return None if self.payment_page is None else self.payment_page.replace(f"{{{NUMBER}}}", number)

    def how_to_pay(self, number: str) -> str:
        """The sentence that tells the buyer how to pay this order."""
        link = self.link(number)
        return self.words.no_page if link is None else self.words.page.replace("{链接}", link)
