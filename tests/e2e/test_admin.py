"""An owner keeps the shop in the browser: a colleague who signs in, a greeting changed, compared, published, undone."""

from playwright.sync_api import expect
from tests.e2e.conftest import Agent, Buyer
from tests.support.server import Server

WORDS = "您好，欢迎来山野集😊 想去哪儿走走，慢慢说给我听。"


def test_a_new_colleague_signs_in_with_what_the_owner_was_shown(agent: Agent, reception: Server) -> None:
    page = agent.sign_in(reception, "luoshan").page
    page.goto(f"{agent.url}/admin/staff")
    page.get_by_role("button", name="添加员工").click()
    form = page.get_by_role("dialog")
    form.get_by_label("账号", exact=True).fill("xiaotao")
    form.get_by_label("姓名（买家看到的服务名）").fill("小陶")
    form.get_by_role("button", name="保存").click()
    told = page.locator(".copy code")
    expect(told).to_have_count(2)
    login, password = told.all_inner_texts()
    page.get_by_role("button", name="知道了").click()
    expect(page.get_by_text("小陶", exact=True)).to_be_visible()
    other = page.context.browser
    assert other is not None
    theirs = other.new_context(locale="zh-CN").new_page()
    theirs.goto(agent.url)
    theirs.locator("input[name=login]").fill(login)
    theirs.locator("input[name=password]").fill(password)
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_text("全部").first).to_be_visible()
    theirs.context.close()
    page.goto(f"{agent.url}/admin/audit")
    expect(page.get_by_text("添加了员工小陶")).to_be_visible()


def test_a_greeting_is_changed_compared_published_and_taken_back(agent: Agent, buyer: Buyer, reception: Server) -> None:
    page = agent.sign_in(reception, "shenyi").page
    page.goto(f"{agent.url}/admin/content")
    publish_as_it_is(agent)
    page.goto(f"{agent.url}/admin/service")
    page.locator(".row").filter(has=page.get_by_text("客服在线", exact=True)).click()
    field = page.get_by_label("内容", exact=False).and_(page.locator("textarea")).first
    field.fill("{天气}真好")
    expect(page.get_by_role("button", name="放进草稿")).to_be_disabled()
    expect(page.locator(".outcome .problem")).to_contain_text("天气")
    field.fill(WORDS)
    expect(page.locator(".outcome ins").first).to_contain_text("慢慢说给我听")
    page.get_by_role("button", name="放进草稿").click()
    expect(page.get_by_role("button", name="查看并发布")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="查看并发布").click()
    expect(page.locator(".changes ins").first).to_contain_text("慢慢说给我听")
    page.get_by_label("这次改了什么").fill("换欢迎语")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("第 2 版已发布")).to_be_visible()
    page.goto(f"{agent.url}/admin/content")
    page.get_by_role("button", name="版本").click()
    page.get_by_role("button", name="比较").click()
    expect(page.locator(".changes del").first).to_contain_text("慢慢说给我听")
    page.get_by_role("button", name="改用第 1 版").click()
    expect(page.get_by_text("第 1 版已发布")).to_be_visible()


def publish_as_it_is(agent: Agent) -> None:
    """A first version to go back to: the shop's own files as they are, none."""
    page = agent.page
    csrf = page.evaluate("async () => (await (await fetch('/api/v1/session')).json()).csrf")
    headers = {"X-CSRF-Token": csrf}
    made = page.request.post(
        f"{agent.url}/api/v1/content/versions", data={"shop": "demo", "note": "照旧", "files": {}}, headers=headers
    ).json()
    put = page.request.post(
        f"{agent.url}/api/v1/content/versions/{made['id']}/publish", data={"shop": "demo"}, headers=headers
    )
    assert put.ok, put.text()


def test_the_wall_shows_who_waits_and_lets_the_supervisor_take_over(
    agent: Agent, buyer: Buyer, reception: Server
) -> None:
    page = agent.sign_in(reception, "zhoulan").page
    page.goto(f"{agent.url}/wall")
    buyer.open()
    buyer.say("这顶帐篷下大雨漏不漏")
    row = page.locator("li").filter(has_text="下大雨漏不漏")
    expect(row).to_contain_text("排队中")
    row.locator(".what").click()
    expect(page.get_by_text("旁听中")).to_be_visible()
    page.get_by_placeholder("写给客服的提醒").fill("问问她露营的地方")
    page.get_by_role("button", name="悄悄提醒").click()
    expect(page.get_by_text("提醒已送到")).to_be_visible()
    page.keyboard.press("Escape")
    row.get_by_title("接管或改派").click()
    page.get_by_text("我来接管").last.click()
    expect(row).to_contain_text("周岚")


def test_a_colleague_reads_english_and_finds_it_so_the_next_time(agent: Agent, reception: Server) -> None:
    page = agent.sign_in(reception, "luoshan").page
    page.get_by_role("button", name="罗山的账号菜单").click()
    page.get_by_text("English").click()
    expect(page.get_by_text("Queue").first).to_be_visible()
    page.goto(f"{agent.url}/admin/staff")
    expect(page.get_by_role("button", name="Add a colleague")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en-GB"
