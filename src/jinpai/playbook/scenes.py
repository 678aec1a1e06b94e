"""The scenes scripts are written for: twelve families in the order of a conversation."""

from collections.abc import Mapping

FAMILIES: Mapping[str, Mapping[str, str]] = {
    "welcome": {
        "first_contact": "首次问候",
        "returning": "老客回访",
        "anyone_there": "在吗",
        "asked_product": "开口就问商品",
        "made_to_order": "定制商品",
    },
    "dialogue": {
        "quality": "品质做工",
        "authenticity": "正品与保障",
        "colour_difference": "图片与实物、色差",
        "size": "尺码与合身",
        "stock": "库存",
        "out_of_stock": "缺货推荐替代",
        "comparison": "两款对比与价差",
        "praise_taste": "称赞眼光",
        "wish_not_met": "满足不了的要求",
    },
    "bargaining": {
        "ladder": "议价阶梯",
        "listed_price": "按标价爽快下单",
    },
    "payment": {
        "balance": "余额",
        "yuebao": "余额宝",
        "bank_page": "网银",
        "quick_pay": "快捷支付",
        "huabei": "花呗",
        "instalments": "分期",
        "price_changed": "改价后确认",
        "freight_corrected": "邮费更正",
        "unpaid": "未付款原因",
    },
    "logistics": {
        "couriers": "默认快递",
        "courier_choice": "指定快递",
        "unreachable": "不到地区换快递",
        "dispatch_time": "发货时间",
        "arrival": "预计到达",
        "delay": "延迟",
        "tracking": "查询物流",
        "chase": "催件",
    },
    "after_sale": {
        "ten_steps": "投诉十步",
        "quality_problem": "质量问题",
        "wrong_item": "发错",
        "missing_item": "少件",
        "damage": "破损",
        "size_exchange": "换尺码",
        "refund_only": "仅退款",
        "late_refund": "退款未到",
        "complaint_threat": "扬言投诉",
    },
    "farewell": {
        "after_purchase": "购买后告别",
        "no_purchase": "未购买告别",
        "invite_follow": "邀请关注收藏",
    },
    "review": {
        "invite": "邀请客观评价",
        "thank": "感谢好评",
        "neutral": "回复中评",
        "bad": "回复差评",
    },
    "special": {
        "busy": "忙碌",
        "away": "暂离",
        "off_hours": "非工作时间",
        "packing": "打包中",
        "holiday": "节假日",
        "rush": "大促高峰",
    },
    "reminder": {
        "messenger": "旺旺催付",
        "sms": "短信催付",
        "phone": "电话提纲",
    },
    "courtesy": {
        "just_looking": "随便看看",
        "please_wait": "请稍等",
        "back_again": "久等回来",
        "apologised": "买家道歉",
        "thanked": "买家感谢",
        "praised": "买家夸奖",
        "troubled_you": "麻烦您了",
        "checking": "发货前核查",
        "recommends": "买家会推荐",
        "unknown_product": "请发链接或截图",
    },
    "objections": {
        "price": "对价格的疑虑",
        "quality": "对品质的疑虑",
        "fit": "对合适的疑虑",
        "delivery": "对时效的疑虑",
        "after_sale": "对售后的疑虑",
    },
}
"""Family → scene → what people call it."""

FAMILY_TITLES: Mapping[str, str] = {
    "welcome": "欢迎",
    "dialogue": "答疑",
    "objections": "顾虑",
    "bargaining": "议价",
    "payment": "付款",
    "reminder": "催付",
    "logistics": "物流",
    "after_sale": "售后",
    "review": "评价",
    "farewell": "告别",
    "courtesy": "礼貌",
    "special": "忙时",
}
"""What people call each family."""

SCENES: Mapping[str, str] = {
    f"{family}.{scene}": title for family, scenes in FAMILIES.items() for scene, title in scenes.items()
}
"""`family.scene` → what people call it."""

SMILING = frozenset({"welcome.first_contact", "farewell.after_purchase", "farewell.no_purchase"})
"""The scenes whose words carry a smile."""
