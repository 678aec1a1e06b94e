"""What chat logs tell, one message a line: the columns and the headers they go by."""

from typing import Final

from jinpai.importing.model import Form, told_by

CHATS: Final = Form(
    "chats",
    "聊天记录",
    {
        "time": told_by("时间", "时间 消息时间 发送时间 聊天时间 日期时间 日期 发送日期 time sendtime createdat"),
        "sender": told_by("发送人", "发送人 发送方 发送者 发言人 说话人 消息发送者 发信人 from sender 昵称"),
        "receiver": told_by("接收人", "接收人 接收方 接收者 收信人 to receiver"),
        "buyer": told_by("买家", "买家 买家昵称 买家旺旺 买家会员名 客户 客户昵称 顾客 访客 聊天对象 buyer customer"),
        "agent": told_by("客服", "客服 接待客服 客服昵称 客服账号 客服旺旺 坐席 agent"),
        "side": told_by("谁说的", "方向 消息方向 角色 发送方类型 发送者类型 发送人类型 role direction"),
        "talk": told_by("会话编号", "会话编号 会话id 会话号 对话编号 sessionid conversationid"),
        "text": told_by("内容", "内容 消息内容 聊天内容 消息 文本 对话内容 text content message"),
    },
    (("time",), ("text",), ("sender", "side")),
)
