"""The families of rules: stable ids, and what people call them."""

from collections.abc import Mapping
from typing import Literal

FAMILIES: Mapping[str, str] = {
    "negative": "生硬否定",
    "absolute": "绝对化用语",
    "cold": "冷淡敷衍",
    "self_centred": "自说自话",
    "evasive": "答非所问",
    "vague": "含糊其辞",
    "harsh": "生硬伤人",
    "blame": "推卸责任",
    "arguing": "争辩",
    "interrogating": "质问",
    "commanding": "命令",
    "boasting": "炫耀",
    "fault_finding": "直白挑错",
    "criticising": "批评",
    "jargon": "专业术语",
    "typo": "错别字",
    "humour": "不合时宜的玩笑",
    "over_talking": "多言",
    "disparaging": "贬低同行",
    "leak": "泄露联系方式",
    "off_platform": "脱离平台",
    "invoice": "发票违规",
    "free_shipping": "包邮违规",
    "payment_way": "付款方式违规",
    "buyer_privacy": "泄露买家信息",
    "closing": "违规关闭订单",
    "authority": "超出权限",
    "bribery": "好评返现",
    "false_claim": "不实宣传",
    "abuse": "辱骂与违禁内容",
    "timing": "让买家久等",
    "monologue": "自顾自刷屏",
    "repeat_question": "重复提问",
    "stage_missed": "缺少服务环节",
    "promise_unremarked": "承诺未备注",
    "trap": "买家的陷阱",
}
"""The families of rules and what people call them; the ids never change."""

Family = Literal[
    "negative", "absolute", "cold", "self_centred", "evasive", "vague", "harsh", "blame", "arguing",
    "interrogating", "commanding", "boasting", "fault_finding", "criticising", "jargon", "typo", "humour",
    "over_talking", "disparaging", "leak", "off_platform", "invoice", "free_shipping", "payment_way",
    "buyer_privacy", "closing", "authority", "bribery", "false_claim", "abuse", "timing", "monologue",
    "repeat_question", "stage_missed", "promise_unremarked", "trap",
]  # fmt: skip

MANNERS: frozenset[Family] = frozenset(
    (
        "negative", "absolute", "cold", "vague", "harsh", "blame", "arguing", "interrogating", "commanding",
        "boasting", "fault_finding", "criticising", "disparaging", "abuse",
    )
)  # fmt: skip
"""The families that are a manner of speaking, which a message shows by itself; the others depend on facts."""

HEARD: frozenset[Family] = MANNERS | {"evasive"}
"""The families that can be heard without any one word: manners, and an answer beside its question."""

EXPLAINS: frozenset[str] = frozenset(("typo", "humour", "over_talking", "self_centred", "jargon"))
"""The families that only hint and account for how a message sounds: a joke heard as one is not heard as harsh too."""
