"""What the fields of requests are called for people; programs go by the names in `fields`."""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "account_id": "账号", "active": "是否启用", "address": "收货地址", "agent": "客服", "amount": "金额",
    "anew": "只看新的", "answer": "回答", "archive": "内容包", "at": "时间", "before": "在此之前", "buyer": "买家",
    "buyer_id": "买家", "c": "会话", "care_id": "关怀", "channel": "渠道", "channel_id": "渠道",
    "check": "核对方式", "claim_id": "理赔", "code": "编码", "collect": "到付", "confirm": "确认",
    "contact": "联系方式", "conversation": "会话", "conversation_id": "会话", "correction_id": "改动",
    "counted": "盘点数", "courier": "快递", "cursor": "翻页位置", "customer": "客户", "daily_tokens": "每日用量",
    "day": "日期", "day_at": "日期", "days": "天数", "decision_id": "审批", "defective": "次品数",
    "department": "部门", "domains": "网站域名", "due_at": "截止时间", "edits": "改动", "evidence": "凭证",
    "expires": "到期时间", "fact": "缺什么", "family": "类别", "fields": "各列的含义", "file_id": "文件",
    "files": "文件", "flag": "旗子颜色", "folder": "文件夹", "format": "格式", "freight": "运费", "from": "开始",
    "good": "完好件数", "goods": "商品", "granted": "同意的金额", "group": "分组", "heard": "听成的意图",
    "hit_id": "记录", "id": "编号", "identity": "身份", "ids": "编号", "import_id": "导入", "into": "并入的客户",
    "invoice": "发票", "is_near": "是否在内网", "is_on": "是否打开", "key": "凭据", "kind": "种类",
    "lead_days": "到货天数", "limit": "每页条数", "limit_ms": "时限", "line": "第几行", "lines": "商品行",
    "login": "登录名", "meant": "本来的意图", "medium": "电子或纸质", "mode": "方式", "model": "模型",
    "monthly_tokens": "每月用量", "name": "名称", "new": "新密码", "note": "留言", "number": "单号",
    "off": "减多少", "old": "原密码", "only": "只看", "order": "订单", "order_id": "订单", "orders": "订单",
    "ours": "店里的人", "outcome": "结果", "owner": "负责人", "party": "个人或公司", "password": "密码",
    "penalty_id": "处罚", "per_hour": "每小时次数", "person": "人员", "phone": "电话", "pieces": "件数",
    "points": "分数", "price": "价格", "price_read": "读入单价", "price_written": "写出单价", "product": "商品",
    "promise_id": "承诺", "purchase_id": "采购单", "purpose": "用途", "q": "搜索词", "question": "问题",
    "quiet": "不打扰", "reason": "原因", "received": "收到件数", "recommendation_id": "推荐", "refund": "退款状态",
    "refused": "拒收件数", "remark": "备注", "reminder_id": "催付", "reply_id": "短语", "request_id": "申请",
    "return_id": "退货", "role": "角色", "rule": "规则", "scene": "场景", "script": "话术", "section": "内容类别",
    "seen": "您看到的版本", "segment": "人群", "seq": "消息序号", "shelved": "上架件数", "shop": "店铺",
    "shops": "店铺", "signature": "签名", "since": "开始时间", "size": "尺寸", "sku": "规格编码",
    "skus": "规格编码", "starred": "星标", "stars": "星级", "state": "状态", "status": "状态", "supplier": "供应商",
    "supplier_id": "供应商", "tab": "哪一页", "tag": "标签", "tags": "标签", "takes": "拆出的商品",
    "task_id": "任务", "tax_number": "税号", "text": "文字", "title": "抬头", "to": "目标", "token": "凭证",
    "told": "说出的那句话", "tracking": "运单号", "until": "结束时间", "url": "网址", "uses": "用途", "value": "值",
    "verdict": "答复", "version_id": "版本", "view": "哪些", "violation": "违规", "waits": "等货", "weight": "重量",
    "which": "哪些", "why": "原因", "word": "买家同意的消息", "words": "说明", "year": "年份", "body": "正文",
}  # fmt: skip

LONGEST = 40
"""Characters of an unknown name that are said again."""


def label(field: str) -> str:
    """A field (`lines.0.pieces`) as people call it; a name that is nobody's is said as it was written."""
    return "里".join(map(_say, field.split(".")))


def _say(part: str) -> str:
    return f"第 {int(part) + 1} 项" if part.isdecimal() else LABELS.get(part, f"“{part[:LONGEST]}”")
