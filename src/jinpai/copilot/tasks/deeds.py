"""The words that ask for each deed of a shop, and the words with which they do not ask for it."""

from collections.abc import Sequence
from typing import NamedTuple


class Cue(NamedTuple):
    """A deed, the words that ask for it, and those with which they ask for something else."""

    deed: str
    asks: str
    unless: str = ""


_CARD = r"(?:[Ee]\s*卡|[Ee]card|ecard|电子卡)"
_VISIT = r"预约|约.{0,4}上门|安排"

CUES: Sequence[Cue] = (
    Cue("transfer", r"转(?:接)?(?:人工|专线|专员|专属)|(?:找|要)(?:人工|专线|专属)客服|人工客服"),
    Cue("compare", r"差异|差别|对比|比较|区别|哪个好|哪一?款更"),
    Cue(
        "discount",
        r"优惠|折扣|促销|满减|国补|补贴|以旧换新|(?:618|双11|双十一|店铺|什么|该)活动|活动(?:的)?(?:具体|规则|政策)",
    ),
    Cue("card", rf"{_CARD}.{{0,6}}(?:政策|说明|规则|怎么|如何|信息|使用方法|介绍)|(?:咨询|了解|询问).{{0,6}}{_CARD}"),
    Cue("balance", r"余额.{0,4}(?:查|多少|还有|是否)|(?:查|看).{0,8}余额", r"余额不[够足]"),
    Cue(
        "install",
        r"安装.{0,4}(?:教程|流程|说明|服务|费|步骤|政策|方式|方法|要求|信息|指导|情况|条件|准备|时间)"
        r"|安装.{0,6}(?:免费|收费|多少钱|要钱)|(?:怎么|如何)安装",
        _VISIT,
    ),
    Cue("repair", r"维修|保修|质保|修理", r"预约|上门|安排.{0,6}(?:维修|师傅)|同意"),
    Cue("materials", r"辅材|配件|安装材料|角阀"),
    Cue("gift", r"赠品|赠送|送什么|附赠", r"符合要求"),
    Cue("fault", r"故障码|故障代码|错误代码|报错|代码|错误"),
    Cue(
        "product",
        r"参数|功能|价格|多少钱|详情|具体信息|生产日期|商品信息|规格|尺寸|材质|介绍|库存|特点",
        r"价格(?:变化|比)|价保",
    ),
    Cue(
        "order",
        r"订单.{0,20}(?:状态|详情|信息|地址|金额|情况)|查询订单|(?:查看|看).{0,30}收货地址|买的是什么|买了什么",
    ),
    Cue("logistics", r"物流|快递|(?:运输|配送|派送)(?:情况|进度|信息|状态)|(?<!退)到哪|什么时候(?:能)?到"),
    Cue("protect", r"价保|保价|(?:退|补).{0,4}差[价额]|差[价额].{0,6}(?:退|补)"),
    Cue("cancel", r"取消", r"取消(?:了|过)|取消不了|取消.{0,4}(?:预约|服务|安装|发票)"),
    Cue(
        "return",
        r"退货|退掉|退了(?!款)|申请退款|要退|想退|全退|退回去",
        r"退货(?:政策|规则|流程|运费)|(?:支持|包|七天|7天).{0,8}退货",
    ),
    Cue(
        "exchange",
        r"换货|换成|更换|换一|换个|替换|换为|换新|可换|换大|换小|推荐.{0,8}型号",
        r"无法换|以旧换新|改购",
    ),
    Cue(
        "modify",
        r"(?:修改|改成|改为|更改|变更|改一下).{0,10}(?:地址|手机|电话|收)"
        r"|(?:地址|手机号?|电话).{0,12}(?:修改|改成|改为|更改|变更|换成)",
    ),
    Cue("urge", r"加急|催(?:一下|促|发|单)|尽快(?:发货|送|配送|发出)|快点(?:发|送)|加快"),
    Cue(
        "schedule",
        r"预约|约.{0,6}上门|安排.{0,8}(?:上门|师傅|维修|安装|检查|人)"
        r"|上门(?:安装|维修|检查|检测).{0,4}(?:时间|服务)|同意",
        r"预约(?:记录|政策|流程)",
    ),
    Cue("invoice", r"发票|开票|专票"),
    Cue("cashback", r"返现|晒单", r"返现的?(?:方法|规则|流程|政策)|拒绝返现"),
    Cue("cashback_how", r"返现的?(?:方法|规则|流程|政策|方式)|(?:怎么|如何)返现"),
    Cue("recommend", r"推荐", r"推荐.{0,8}型号.{0,4}进行换"),
    Cue(
        "buy",
        r"下单|购买|买|支付|付款",
        r"(?:购买|下单|买)(?:的|了|过|错|到)|(?:之前|刚才|已经?|上次)[^，]{0,6}(?:购买|下单|买)|改购|无法购买|可购买|考虑"
        r"|(?:购买|下单)(?:记录|时|后|价)|支付(?:了|过|的|成功|方式)|已支付",
    ),
)
"""In the order in which one clause's wishes are done: looked up first, then changed."""

CHANGES = frozenset(("cancel", "return", "modify", "buy"))
"""Deeds that a buyer may only be asking about."""
