"""Member lists into a shop, on each database: foreseen as it becomes, once however often, people's words kept."""

import sqlalchemy as sa
from tests.flows.conftest import Shop

from jinpai.customers.actions import Judgement, change, judge
from jinpai.customers.store import find_known, get_customer
from jinpai.desk.store import buyer
from jinpai.flows.importing.customers import CUSTOMER_FILES
from jinpai.flows.importing.running import lay_out
from jinpai.importing.model import Tally

FILE = "会员名,姓名,手机,生日,免打扰,备注\n山人,王芳,13900139000,5月20日,否,常买露营\n,阿青,13700137001,,是,\n"


def bring(shop: Shop, text: str = FILE) -> tuple[Tally, Tally]:
    job = lay_out(shop.house, CUSTOMER_FILES, "demo", "agent:a_1", text.encode("gbk"))
    return CUSTOMER_FILES.foresee(shop.house, job), CUSTOMER_FILES.run(shop.house, job, lambda tally: None)


def who(shop: Shop, name: str) -> str:
    with shop.house.database.read() as connection:
        return str(connection.execute(sa.select(buyer.c.id).where(buyer.c.name == name)).scalar_one())


def test_a_member_list_brings_every_customer_once_and_says_so_beforehand(shop: Shop) -> None:
    foreseen, told = bring(shop)
    assert (foreseen.created, told.created) == (2, 2)
    foreseen, told = bring(shop)
    assert (foreseen.unchanged, told.unchanged) == (2, 2)
    with shop.house.database.read() as connection:
        assert find_known(connection, who(shop, "王芳")) == {"birthday": "5 月 20 日"}
        quiet = get_customer(connection, who(shop, "阿青"))
    assert quiet is not None
    assert quiet.quiet


def test_what_people_wrote_of_a_customer_is_not_undone_by_a_file(shop: Shop) -> None:
    bring(shop)
    member, quiet = who(shop, "王芳"), who(shop, "阿青")
    shop.house.writer.run(judge(member, Judgement("birthday", "5 月 21 日", "accepted"), "agent:a_1"))
    shop.house.writer.run(change(member, {"note": "常买露营，爱聊天"}, "agent:a_1"))
    _, told = bring(shop, FILE.replace("是,", "否,").replace("王芳", "王小芳"))
    assert (told.updated, told.unchanged) == (1, 1)
    with shop.house.database.read() as connection:
        known, still = get_customer(connection, member), get_customer(connection, quiet)
        assert find_known(connection, member)["birthday"] == "5 月 21 日"
    assert known is not None
    assert known.note == "常买露营，爱聊天"
    assert still is not None
    assert still.quiet
    assert who(shop, "王小芳") == member
