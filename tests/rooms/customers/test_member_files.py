"""Member lists as sellers have them: dirty headers, masked names, notes, and birthdays as people write them."""

from datetime import date

import pytest

from jinpai.customers.birthdays import find_birthday, next_birthday
from jinpai.customers.importing.reading import CUSTOMERS, CustomerRow, read_members
from jinpai.importing.columns import find_layout
from jinpai.importing.model import Plan
from jinpai.importing.tables import read_table

EXPORT = """会员资料导出,,,,,
 买家会员名 ,收货人姓名（实名）,联系手机,出生日期,是否退订,备注
山人,王芳,="13900139000",1990-05-20,否,常买露营
t**1,李四,13800138000,,,
,张三,138****8000,,,
阿静,,+86 137 0013 7000,2月30日,,
阿青,,13700137001,12-24,是,
山人,王芳,13900139000,1990-05-21,否,常买露营
"""


def read(text: str, encoding: str = "gbk") -> Plan[CustomerRow]:
    table = read_table(text.encode(encoding))
    return read_members(table, find_layout(CUSTOMERS, table, {}))


def test_a_member_list_is_read_to_the_last_line_or_told_why_not() -> None:
    plan = read(EXPORT)
    assert [row for _, row in plan.lines] == [
        CustomerRow("山人", "王芳", "13900139000", "常买露营", False, {"birthday": "5 月 20 日"}),
        CustomerRow("阿青", "", "13700137001", "", True, {"birthday": "12 月 24 日"}),
    ]
    reasons = {one.line: one.reason for one in plan.rejected}
    assert plan.count == len(plan.lines) + len(reasons)
    told = [(4, "星号"), (5, "认不出是谁"), (6, "生日“2月30日”"), (8, "和第 3 行是同一位客户")]
    assert all(word in reasons[line] for line, word in told), reasons


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("我生日是5月20号", "5 月 20 日"),
        ("12月1日是我生日哦", "12 月 1 日"),
        ("农历生日8月15", None),
        ("送朋友生日礼物，5月20前到", None),
    ],
)
def test_a_birthday_is_heard_only_where_the_buyer_tells_it(text: str, kept: str | None) -> None:
    assert find_birthday(text) == kept


def test_the_next_birthday_is_never_today_and_leap_days_come_every_year() -> None:
    assert next_birthday("5 月 20 日", date(2026, 5, 20)) == date(2027, 5, 20)
    assert next_birthday("2 月 29 日", date(2026, 3, 1)) == date(2027, 2, 28)
    assert next_birthday("2 月 29 日", date(2100, 1, 1)) == date(2100, 2, 28)
