"""Hiring, changing and closing accounts."""

import pytest
from office import PASSWORD, Office

from jinpai.kit.errors import BadInput, Conflict, NotAllowed, NotFound, NotSignedIn
from jinpai.staff.actions import change_account, create_account
from jinpai.staff.model import Account, AccountChange, NewAccount, Role, check_login, check_name, check_password
from jinpai.staff.store import list_accounts


def change(office: Office, by: str | None, account: Account, **what: object) -> Account:
    actor = None if by is None else office.who(f"cookie-of-{by}")
    return office.writer.run(change_account(actor, account.id, AccountChange(**what)))  # type: ignore[arg-type]


def test_a_new_agent_can_sign_in_and_is_in_the_audit_without_the_password(office: Office) -> None:
    account = office.hire("小林", Role.AGENT)
    assert office.enter("小林").id == account.id
    created = office.audit()[0]
    assert created["kind"] == "account_created"
    assert created["author"] == "system:"
    everything = str(office.audit())
    assert PASSWORD not in everything
    assert "argon2" not in everything
    assert "cookie-of" not in everything


def test_the_same_login_in_other_letters_is_the_same_person(office: Office) -> None:
    office.hire("XiaoLin", Role.AGENT)
    with pytest.raises(Conflict, match="登录名已经有人用了"):
        office.hire("ｘｉａｏｌｉｎ ", Role.AGENT)
    assert office.enter("XIAOLIN").login == "xiaolin"


@pytest.mark.parametrize("login", ["", "a", "x" * 65, "小 林", "a\nb", "a\0b", "<b>x</b>", "a/b"])
def test_a_login_that_cannot_be_one_is_explained(login: str) -> None:
    with pytest.raises(BadInput, match="登录名要"):
        check_login(login)


@pytest.mark.parametrize("name", ["", "  ", "林" * 41, "小\n林", "小\0林", "小\u202e林"])
def test_a_name_nobody_could_read_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="姓名"):
        check_name(name)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("短密码", "至少要 10 位"),
        ("x" * 201, "最多 200 位"),
        ("Supervisor-01", "不能和登录名一样"),
        ("admin123456", "太容易被猜到"),
        ("abababababab", "太容易被猜到"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        check_password(password, "supervisor-01")
    assert check_password("山野里的风很轻啊真好", "supervisor-01")


def test_an_account_needs_a_shop(office: Office) -> None:
    new = NewAccount("小林", "小林", Role.AGENT, ())
    with pytest.raises(BadInput, match="至少选择一家店铺"):
        office.writer.run(create_account(None, new, "x"))
    assert office.audit() == []


def test_an_owner_gives_only_shops_of_their_own(office: Office) -> None:
    office.hire("owner", Role.OWNER, "demo")
    owner = office.enter("owner")
    with pytest.raises(NotFound):
        office.hire("小林", Role.AGENT, "demo", "other", by=owner)
    agent = office.hire("小林", Role.AGENT, "demo", by=owner)
    with pytest.raises(NotFound):
        change(office, "owner", agent, shops=("other",))


def test_accounts_of_another_shop_do_not_exist_for_this_owner(office: Office) -> None:
    office.hire("owner", Role.OWNER, "demo")
    office.enter("owner")
    elsewhere = office.hire("far", Role.AGENT, "other")
    with pytest.raises(NotFound):
        change(office, "owner", elsewhere, name="新名字")
    both = office.hire("both", Role.AGENT, "demo", "other")
    with pytest.raises(NotAllowed, match="那家店的店主"):
        change(office, "owner", both, name="新名字")
    with office.database.read() as connection:
        assert [a.login for a in list_accounts(connection, ["demo"])] == ["both", "owner"]


def test_an_owner_rights_are_needed_even_for_the_action_itself(office: Office) -> None:
    office.hire("lead", Role.SUPERVISOR)
    agent = office.hire("小林", Role.AGENT)
    office.enter("lead")
    with pytest.raises((NotAllowed, NotFound)):
        change(office, "lead", agent, role=Role.OWNER)
    with pytest.raises(NotAllowed):
        office.hire("another", Role.AGENT, by=office.who("cookie-of-lead"))


def test_the_last_owner_cannot_be_demoted_closed_or_moved_away(office: Office) -> None:
    owner = office.hire("owner", Role.OWNER, "demo", "second")
    for what in ({"role": Role.AGENT}, {"active": False}, {"shops": ("demo",)}):
        with pytest.raises(Conflict, match="最后一位"):
            change(office, None, owner, **what)
    office.hire("heir", Role.OWNER, "demo", "second")
    assert change(office, None, owner, role=Role.AGENT).role is Role.AGENT


def test_a_closed_owner_does_not_count_as_an_owner(office: Office) -> None:
    first = office.hire("first", Role.OWNER)
    second = office.hire("second", Role.OWNER)
    change(office, None, second, active=False)
    with pytest.raises(Conflict, match="最后一位"):
        change(office, None, first, active=False)


@pytest.mark.parametrize("what", [{"role": Role.AGENT}, {"shops": ("second",)}, {"active": False}])
def test_losing_rights_ends_every_session_and_tells_every_process(office: Office, what: dict[str, object]) -> None:
    lead = office.hire("lead", Role.SUPERVISOR, "demo", "second")
    office.enter("lead")
    office.commits.clear()
    change(office, None, lead, **what)
    with pytest.raises(NotSignedIn):
        office.who("cookie-of-lead")
    assert office.hints() == [("sessions", {"account": lead.id, "keep": None})]


def test_another_name_ends_no_session(office: Office) -> None:
    agent = office.hire("小林", Role.AGENT)
    office.enter("小林")
    office.commits.clear()
    change(office, None, agent, name="林晓")
    assert office.who("cookie-of-小林").name == "林晓"
    assert office.hints() == []


def test_a_change_that_changes_nothing_leaves_no_trace(office: Office) -> None:
    agent = office.hire("小林", Role.AGENT)
    before = len(office.audit())
    assert change(office, None, agent, name="小林", role=Role.AGENT, active=True) == agent
    assert len(office.audit()) == before


def test_an_owner_resets_a_forgotten_password_but_not_their_own(office: Office) -> None:
    owner = office.hire("owner", Role.OWNER)
    agent = office.hire("小林", Role.AGENT)
    office.enter("owner")
    office.enter("小林")
    new = office.passwords.hash("一个全新的十位密码哦")
    change(office, "owner", agent, password_hash=new)
    with pytest.raises(NotSignedIn):
        office.who("cookie-of-小林")
    assert office.enter("小林", "一个全新的十位密码哦").id == agent.id
    with pytest.raises(BadInput, match="修改密码"):
        change(office, "owner", owner, password_hash=new)
