"""Visits, invoices, and cash back for a review: written down once everything that belongs to them is known."""

import re

from jinpai.copilot.tasks.hearing import Heard
from jinpai.copilot.tasks.talk import Talk, is_alive

_KINDS = {"维修": r"维修|修理|报修", "检查": r"检查|检测|看看", "安装": r"安装"}
_INVOICES = {"增值税专用发票": r"增值税|专票|专用发票", "企业发票": r"企业|公司|单位", "个人发票": r"个人"}


def book(talk: Talk, heard: Heard) -> str:
    """Books a visit for an order on the day asked for."""
    kind = next((name for name, asks in _KINDS.items() if re.search(asks, heard.text)), "") or talk.booking
    numbers = talk.choose_orders(heard, is_alive)
    if not kind or not heard.day or not numbers:
        talk.booking = kind or "安装"
        return "好的，请告诉我订单和方便上门的日子（周几），我来预约。"
    person, talk.booking = talk.person(), ""
    for number in numbers:
        talk.of_order(
            "schedule_service",
            number,
            user_name=heard.name or person["用户姓名"],
            phone_number=heard.phone or person["电话号码"],
            service_type=kind,
            service_time=heard.day,
        )
    return f"已经预约{heard.day}上门{kind}，订单{'、'.join(numbers)}。"


def write_invoice(talk: Talk, heard: Heard) -> str:
    """Writes the invoice for an order; the buyer's own name and phone where no other is given."""
    kind = next((name for name, asks in _INVOICES.items() if re.search(asks, heard.text)), "")
    numbers = talk.choose_orders(heard, is_alive)
    if not kind or not numbers:
        talk.invoicing = "asked"
        return "请问开个人发票、企业发票还是增值税专用发票？是哪一笔订单的？"
    person, talk.invoicing = talk.person(), ""
    for number in numbers:
        talk.tools(
            "manage_invoice",
            title=heard.title or person["用户姓名"],
            order_id=number,
            phone_number=heard.phone or person["电话号码"],
            invoice_type=kind,
        )
    return f"已经开好{kind}，订单{'、'.join(numbers)}。"


def cash_back(talk: Talk, heard: Heard) -> str:
    """Says whether cash back is registered; registers it once a picture of the review has passed."""
    numbers = talk.choose_orders(heard, is_alive)
    if not numbers:
        return "请告诉我是哪一笔订单，我来查返现。"
    number = talk.order = numbers[0]
    told = talk.of_order("register_cashback_by_review", number, action="查询")
    if told["已登记返现"]:
        return f"订单{number}已经登记过返现了。"
    shows = bool(heard.pictures) or re.search(r"登记(?:返现|一下)|办理返现|给.{0,3}返现", heard.text)
    if not shows or talk.passed is None:
        return f"订单{number}还没有返现记录，晒单后把截图发给我，核实后登记。"
    if not talk.passed:
        talk.failed = "图片不是晒单截图"
        return "抱歉，这张图不是晒单评论的截图，暂时不能登记返现。"
    talk.of_order("register_cashback_by_review", number, action="返现")
    return f"核实好了，订单{number}的返现已经登记。"


def tell_cash_back(talk: Talk, heard: Heard) -> str:
    """How cash back is got."""
    return "收到商品后晒图评价，把评价的截图发给我，核实后就为您登记返现。"
