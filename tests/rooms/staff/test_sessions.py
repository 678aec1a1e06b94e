"""Signing in, staying signed in, and being signed out."""

import json

import pytest
from office import PASSWORD, Office

from jinpai.kit.errors import Conflict, NotSignedIn
from jinpai.staff.actions import change_account, change_password, find_session, sign_in, sign_out, touch
from jinpai.staff.model import AccountChange, Role
from jinpai.staff.passwords import Passwords

HOUR = 3_600_000
DAY = 24 * HOUR


def test_the_database_does_not_hold_what_the_cookie_holds(office: Office) -> None:
    office.hire("小林", Role.AGENT)
    office.enter("小林", secret="the-cookie-value")
    with office.database.read() as connection:
        rows = [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM session")]
    assert len(rows) == 1
    assert "the-cookie-value" not in str(rows)


@pytest.mark.parametrize(("login", "password"), [("小林", "不是这个密码啊啊啊啊"), ("没有这个人", PASSWORD), ("", "")])
def test_wrong_password_and_unknown_login_sound_the_same(office: Office, login: str, password: str) -> None:
    office.hire("小林", Role.AGENT)
    with pytest.raises(NotSignedIn, match="登录名或密码不对"):
        office.enter(login, password)


def test_an_unknown_login_costs_the_same_work(office: Office) -> None:
    class Counting:
        def __init__(self, passwords: Passwords) -> None:
            self.inner = passwords._hash.current_hasher
            self.verified = 0

        def identify(self, hash: str) -> bool:
            return True

        def hash(self, password: str, *, salt: bytes | None = None) -> str:
            return self.inner.hash(password, salt=salt)

        def verify(self, password: str, hash: str) -> bool:
            self.verified += 1
            return self.inner.verify(password, hash)

        def check_needs_rehash(self, hash: str) -> bool:
            return False

    office.hire("小林", Role.AGENT)
    hasher = Counting(office.passwords)
    office.passwords = Passwords(hasher)  # type: ignore[arg-type]
    for login in ("小林", "没有这个人"):
        hasher.verified = 0
        with pytest.raises(NotSignedIn):
            office.enter(login, "不是这个密码啊啊啊啊")
        assert hasher.verified == 1, login


def test_a_closed_account_cannot_sign_in(office: Office) -> None:
    agent = office.hire("小林", Role.AGENT)
    office.writer.run(change_account(None, agent.id, AccountChange(active=False)))
    with pytest.raises(NotSignedIn, match="登录名或密码不对"):
        office.enter("小林")


def test_a_password_changed_while_the_old_one_was_being_verified_lets_nobody_in(office: Office) -> None:
    agent = office.hire("小林", Role.AGENT)
    old = office.proof("小林")
    office.writer.run(change_account(None, agent.id, AccountChange(password_hash=office.passwords.hash("x" * 12))))
    with pytest.raises(NotSignedIn):
        office.writer.run(sign_in(agent.id, old, "cookie"))


def test_a_session_ends_after_twelve_idle_hours(office: Office) -> None:
    office.hire("小林", Role.AGENT)
    office.enter("小林", secret="cookie")
    office.clock.advance(12 * HOUR - 1)
    assert office.who("cookie").login == "小林"
    office.clock.advance(1)
    with pytest.raises(NotSignedIn, match="重新登录"):
        office.who("cookie")


def test_a_session_in_use_lives_fourteen_days_and_no_longer(office: Office) -> None:
    office.hire("小林", Role.AGENT)
    actor = office.enter("小林", secret="cookie")
    for _ in range(28 * 2 - 1):
        office.clock.advance(6 * HOUR)
        office.who("cookie")
        office.writer.run(touch(actor.session))
    office.clock.advance(6 * HOUR - 1)
    office.who("cookie")
    office.clock.advance(1)
    with pytest.raises(NotSignedIn):
        office.who("cookie")


def test_being_seen_is_written_at_most_every_five_minutes(office: Office) -> None:
    office.hire("小林", Role.AGENT)
    actor = office.enter("小林", secret="cookie")
    office.clock.advance(5 * 60_000 - 1)
    with office.database.read() as connection:
        assert find_session(connection, "cookie", office.clock.now())[1] is False
    office.clock.advance(1)
    with office.database.read() as connection:
        assert find_session(connection, "cookie", office.clock.now())[1] is True
    office.writer.run(touch(actor.session))
    with office.database.read() as connection:
        assert find_session(connection, "cookie", office.clock.now())[1] is False


def test_ended_sessions_are_swept_when_somebody_signs_in(office: Office) -> None:
    office.hire("小林", Role.AGENT)
    office.enter("小林", secret="old")
    office.clock.advance(13 * HOUR)
    office.enter("小林", secret="new")
    with office.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM session").scalar_one() == 1


def test_changing_the_password_keeps_this_browser_and_ends_the_others(office: Office) -> None:
    agent = office.hire("小林", Role.AGENT)
    here = office.enter("小林", secret="here")
    office.enter("小林", secret="phone")
    office.commits.clear()
    office.writer.run(change_password(here, office.proof("小林"), office.passwords.hash("一个全新的十位密码哦")))
    assert office.who("here").id == agent.id
    with pytest.raises(NotSignedIn):
        office.who("phone")
    assert office.hints() == [("sessions", {"account": agent.id, "keep": here.session})]
    assert office.audit()[-1]["kind"] == "password_changed"


def test_two_password_changes_at_once_let_only_the_first_through(office: Office) -> None:
    office.hire("小林", Role.AGENT)
    here = office.enter("小林", secret="here")
    proof = office.proof("小林")
    office.writer.run(change_password(here, proof, office.passwords.hash("第一个新的十位密码哦")))
    with pytest.raises(Conflict):
        office.writer.run(change_password(here, proof, office.passwords.hash("第二个新的十位密码哦")))


def test_signing_out_ends_this_session_only(office: Office) -> None:
    agent = office.hire("小林", Role.AGENT)
    here = office.enter("小林", secret="here")
    office.enter("小林", secret="phone")
    office.commits.clear()
    office.writer.run(sign_out(here))
    with pytest.raises(NotSignedIn):
        office.who("here")
    assert office.who("phone").id == agent.id
    assert office.hints() == [("sessions", {"account": agent.id, "keep": None, "only": here.session})]
    assert [row["kind"] for row in office.audit()][-3:] == ["signed_in", "signed_in", "signed_out"]


def test_signing_in_again_in_the_same_browser_ends_what_was_there(office: Office) -> None:
    agent = office.hire("小林", Role.AGENT)
    office.hire("小周", Role.AGENT)
    before = office.enter("小林", secret="first")
    office.commits.clear()
    found = office.proof("小周")
    account = next(row["data"] for row in office.audit() if "小周" in str(row["content"]))
    colleague = json.loads(account)["account"]
    office.writer.run(sign_in(colleague, found, "second", replacing="first"))
    with pytest.raises(NotSignedIn):
        office.who("first")
    assert office.who("second").login == "小周"
    assert office.hints() == [("sessions", {"account": agent.id, "keep": None, "only": before.session})]
