"""What a script says that must be true: each kind of claim needs a condition on the fact it claims."""

import re
from dataclasses import dataclass

from jinpai.playbook.predicates import When, named


@dataclass(frozen=True, slots=True)
class Claim:
    """A kind of claim: the words that make it, and the conditions of which one must stand beside them."""

    title: str
    words: re.Pattern[str]
    conditions: tuple[str, ...]


CLAIMS = (
    Claim(
        "库存",
        re.compile(r"现货|有货的|库存充足|仅剩|只剩|最后[一二两三四五\d]+[件个套双条]|手慢"),
        ("in_stock", "stock_at_most"),
    ),
    Claim(
        "今天发货",
        re.compile(r"(?:今天|当天|马上|当日)[^，。？！?!]{0,8}(?:发货|发出|寄出|安排发)(?!时间)"),
        ("before_cutoff",),
    ),
    Claim(
        "活动价",
        re.compile(r"活动价|特价|限时|折扣价|今天[^，。？！?!]{0,6}(?:最后一天|结束)|优惠力度"),
        ("promotion_running", "promotion_ends_today"),
    ),
    Claim("包邮", re.compile(r"包邮|免邮|免运费"), ("free_shipping",)),
    Claim("快递公司", re.compile(r"顺丰|圆通|中通|申通|韵达|极兔|京东快递|EMS"), ("courier",)),
    Claim(
        "热销",
        re.compile(r"热销|热卖|爆款|畅销|卖得(?:很|最|特别)?好|经常断货|很多(?:人|顾客|买家)(?:都)?(?:买|选)"),
        ("best_seller",),
    ),
    Claim("新品", re.compile(r"新品|新款|刚上(?:新|架)|最新款"), ("new_product",)),
    Claim("口碑", re.compile(r"好评如潮|口碑(?:很|特别|一直)|评价(?:都)?(?:很|特别)好|好评率"), ("well_reviewed",)),
    Claim("保障", re.compile(r"七天无理由|7\s*天无理由|假一赔[三十]|运费险|质保|极速退款|保修"), ("guarantee",)),
    Claim("付款方式", re.compile(r"花呗|余额宝|分期|信用卡|微信支付|快捷支付|网银"), ("payment_way",)),
    Claim("已改价", re.compile(r"(?:价格|金额)(?:已经|给您|帮您)*(?:改好|改过来)"), ("price_changed",)),
    Claim("已改邮费", re.compile(r"(?:邮费|运费)(?:已经|给您|帮您)*(?:改好|改过来|更正)"), ("freight_corrected",)),
)


def unproven(text: str, when: When) -> tuple[Claim, ...]:
    """The claims of a text that no condition stands behind."""
    given = named(when)
    return tuple(claim for claim in CLAIMS if given.isdisjoint(claim.conditions) and claim.words.search(text))
