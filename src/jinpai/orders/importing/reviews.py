"""From a table of reviews: every line either tells of one, or is refused with its reason."""

import re
from typing import Any, Final

from jinpai.importing import cells
from jinpai.importing.cells import Unreadable, short
from jinpai.importing.columns import check_complete
from jinpai.importing.model import Form, Layout, Plan, Rejected, told_by
from jinpai.importing.rows import check_shape, find_readers, read_values
from jinpai.importing.tables import Table
from jinpai.orders.reviews import Rating, Review

REVIEWS: Final = Form(
    "reviews",
    "评价",
    {
        "number": told_by("订单编号", "订单编号 订单号 订单id 主订单编号 交易编号 ordernumber orderid"),
        "rating": told_by("评价", "评价 评价结果 评价类型 评级 好中差评 评价等级 星级 评分 打分 rating stars score"),
        "text": told_by("评价内容", "评价内容 评论 评论内容 评价正文 买家评价 初次评价 首评内容 内容 text content"),
        "addition": told_by("追评", "追评 追评内容 追加评价 追加评论"),
        "reply": told_by("回复", "回复 商家回复 卖家回复 回复内容 解释 卖家解释 掌柜回复 reply"),
        "reviewed_at": told_by("评价时间", "评价时间 评论时间 初评时间 时间 日期 reviewedat"),
        "title": told_by("商品", "宝贝标题 商品标题 商品名称 宝贝名称 商品 宝贝 title"),
        "buyer_name": told_by("买家会员名", "买家会员名 买家昵称 买家 评价人 会员名 昵称 buyer"),
    },
    (("number",), ("rating",)),
)

_WORDS: tuple[tuple[str, Rating], ...] = (
    ("不满意", "bad"), ("好评", "good"), ("满意", "good"), ("中评", "neutral"), ("一般", "neutral"), ("差评", "bad"),
    ("good", "good"), ("neutral", "neutral"), ("bad", "bad"),
)  # fmt: skip
_STARS = re.compile(r"([1-5])(?:\.0+)?\s*(?:星|分|颗星)?|(★{1,5})☆*")
_MAX_TEXT = 5_000


def read_reviews(table: Table, layout: Layout) -> Plan[Review]:
    """Read every line; BadInput when there is no column of order numbers or of ratings."""
    check_complete(layout)
    reads = {"number": cells.number, "reviewed_at": cells.moment, "rating": _rating}
    readers = find_readers(layout, reads)
    lines: list[tuple[int, Review]] = []
    rejected: list[Rejected] = []
    heard: dict[tuple[str, str], tuple[int, Review]] = {}
    for line, row in table.rows[layout.start :]:
        try:
            check_shape(row, len(layout.columns))
            review = _review(read_values(row, readers))
            first, told = heard.setdefault((review.number, review.title), (line, review))
            if told != review:
                raise Unreadable(f"和第 {first} 行是同一个订单的同一件商品，内容却不一样，请核对后只留一行")
            lines.append((line, review))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    return Plan(len(table.rows) - layout.start, lines, rejected)


def _review(values: dict[str, Any]) -> Review:
    missing = [name for name in ("number", "rating") if name not in values]
    if missing:
        raise Unreadable(f"没有{REVIEWS.name_of(missing[0])}；合计行可以忽略，其他行请补上再导入")
    for name in ("text", "addition", "reply"):
        if len(values.get(name, "")) > _MAX_TEXT:
            raise Unreadable(f"{REVIEWS.name_of(name)}超过 {_MAX_TEXT} 字，请核对这一行")
    rating, stars = values.pop("rating")
    return Review(rating=rating, stars=stars, **values)


def _rating(text: str, name: str) -> tuple[Rating, int | None]:
    """How good: in the trade's words, or by stars (4 and 5 are good, 3 is neutral)."""
    found = _STARS.fullmatch(text.strip())
    if found is not None:
        stars = int(found[1] or len(found[2]))
        return ("good" if stars >= 4 else "neutral" if stars == 3 else "bad"), stars
    word = next((rating for word, rating in _WORDS if word in text.lower()), None)
    if word is None:
        raise Unreadable(f"{name}“{short(text)}”不认识；应写成 好评、中评、差评，或 1 到 5 星")
    return word, None
