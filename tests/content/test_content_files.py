"""Everything in content/ passes its own check, and the demo shop is as complete as it says."""

import copy
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from jinpai.flows.content.checks import check_pack, check_shop_files
from jinpai.flows.content.sections import BASE, RULES, SCRIPTS, SECTIONS, SHOP_FOLDER, load_shop_pack
from jinpai.flows.content.shop import DEMO_SHOP, ShopContent, known_facts, load_shop_content, offered_scripts
from jinpai.guard.model import verdict_of
from jinpai.kit.errors import BadInput
from jinpai.packs.files import content_root, read_folder
from jinpai.packs.loader import load_folder
from jinpai.packs.schema import section_schema
from jinpai.packs.store import Summary, Version
from jinpai.packs.yaml import Document
from jinpai.playbook.scenes import FAMILIES

ROOT = content_root()
HEAD = "name: demo\ntitle: 店\nkind: shop\n"


@pytest.fixture(scope="module")
def demo() -> ShopContent:
    return load_shop_content(DEMO_SHOP)


def own(files: dict[str, str], id: int = 7) -> Version:
    return Version(Summary(id, DEMO_SHOP, 0, "agent:a", "", ""), files)


def test_the_base_pack_has_no_problem() -> None:
    loaded = load_folder(ROOT / BASE, SECTIONS, BASE)
    assert loaded.problems == ()
    assert check_pack(loaded.pack) == []


def test_every_shop_pack_has_no_problem() -> None:
    for folder in sorted((ROOT / SHOP_FOLDER).iterdir()):
        assert check_shop_files(folder.name, {}) == []


def test_the_base_pack_speaks_in_all_twelve_families() -> None:
    scripts = load_folder(ROOT / BASE, SECTIONS, BASE).pack.entries(SCRIPTS)
    assert {script.scene.partition(".")[0] for script in scripts} == set(FAMILIES)
    assert len(scripts) >= 20


def test_our_own_scripts_never_say_i() -> None:
    for script in load_shop_pack(DEMO_SHOP, {}).pack.entries(SCRIPTS):
        assert "我" not in script.text.replace("我们", ""), script.id


def test_the_demo_shop_is_complete(demo: ShopContent) -> None:
    assert demo.shop is not None
    assert demo.shop.name == "山野集"
    assert len(demo.products) >= 30
    roles = [person.role for person in demo.staff]
    assert (roles.count("agent"), set(roles)) == (5, {"agent", "operations", "owner", "supervisor", "trainer"})
    assert next(person.login for person in demo.staff if person.role == "agent") == "xiaolin"
    pack = load_folder(ROOT / SHOP_FOLDER / DEMO_SHOP, SECTIONS, "demo").pack
    assert len(pack.entries(SCRIPTS)) == 20
    for product in demo.products:
        assert len(product.faq) >= 3, product.id
        assert product.flaws, product.id


def test_the_demo_shops_own_wording_lies_over_the_base_pack(demo: ShopContent) -> None:
    greeting = next(script for script in demo.scripts if script.id == "welcome.first-contact.warm")
    assert "露营" in greeting.text


def test_only_what_the_shop_has_joined_is_offered(demo: ShopContent) -> None:
    offered = {script.id for script in offered_scripts(demo, known_facts(demo))}
    assert "dialogue.authenticity.seven-days" in offered
    assert "payment.huabei.brief" in offered
    assert "dialogue.authenticity.triple" not in offered
    assert "dialogue.stock.brief" not in offered


def test_the_compiled_guard_blocks_what_the_rules_say(demo: ShopContent) -> None:
    assert verdict_of(demo.guard.check("您加我微信 13800138000 聊吧")) == "block"
    assert demo.guard.check("好的，您选的帐篷下单后会为您仔细检查再发出😊") == ()


def test_the_editor_schemas_accept_all_our_content_and_refuse_a_slip() -> None:
    for section in SECTIONS:
        validator: Any = jsonschema_rs.validator_for(section_schema(section))
        for folder in (ROOT / BASE, ROOT / SHOP_FOLDER / DEMO_SHOP):
            for name, text in read_folder(folder, "x")[0].items():
                if name.startswith(f"{section.folder}/"):
                    entries = Document(text).data
                    assert validator.is_valid(entries), name
                    slip = copy.deepcopy(entries)
                    slip[0]["tpyo"] = 1
                    assert not validator.is_valid(slip), name


def test_a_published_version_lies_over_both_packs() -> None:
    files = {"scripts/own.yaml": "- {id: courtesy.please-wait.brief, removed: true}\n"}
    content = load_shop_content(DEMO_SHOP, own(files))
    assert content.version == 7
    assert "courtesy.please-wait.brief" not in {script.id for script in content.scripts}


SCRIPT = """
- id: own.script
  scene: courtesy.please_wait
  audience: [pre_sale]
  title: 试
  tone: warm
  text: {text}
"""


def test_a_script_that_the_guard_would_stop_is_refused_with_its_place() -> None:
    problems = check_shop_files(DEMO_SHOP, {"scripts/own.yaml": SCRIPT.format(text="您加微信 13800138000，咱们细聊")})
    assert problems
    assert {(problem.file, problem.line) for problem in problems} == {("scripts/own.yaml", 2)}
    assert any("leak" in problem.message for problem in problems)


def test_a_rule_that_would_stop_our_own_scripts_is_refused() -> None:
    rule = """
- id: own.smile
  kind: words
  family: cold
  severity: warn
  owner: 运营
  source: 本店规定
  why: 本店不说这个词
  find: [慢慢挑]
  must_block: [您慢慢挑, 慢慢挑吧]
  must_pass: [您好, 请稍等]
"""
    problems = check_shop_files(DEMO_SHOP, {"guard/own.yaml": rule})
    assert [problem.message.partition("：")[0] for problem in problems] == ["“welcome.returning.warm”"]


def test_a_rule_that_breaks_its_own_proof_is_refused() -> None:
    rule = """
- id: own.rule
  kind: words
  family: cold
  severity: warn
  owner: 运营
  source: 本店规定
  why: 太冷淡
  find: [随您便]
  must_block: [随您便, 随便您]
  must_pass: [您好, 我可没说随您便]
"""
    messages = [problem.message for problem in check_shop_files(DEMO_SHOP, {"guard/own.yaml": rule})]
    assert messages == [
        "“own.rule”：must_block 里的“随便您”没有被这条规则查到",
        "“own.rule”：must_pass 里的“我可没说随您便”被这条规则误伤了",
    ]


def test_a_rule_that_cannot_be_compiled_never_comes_into_force() -> None:
    rule = """
- id: own.rule
  kind: words
  family: cold
  severity: warn
  owner: 运营
  source: 本店规定
  why: 太冷淡
  find: ["{nowhere.list}"]
  must_block: [甲, 乙]
  must_pass: [丙, 丁]
"""
    files = {"guard/own.yaml": rule}
    (problem,) = check_shop_files(DEMO_SHOP, files)
    assert "nowhere.list" in problem.message
    with pytest.raises(BadInput, match=r"nowhere\.list"):
        load_shop_content(DEMO_SHOP, own(files))


def test_a_rule_with_dates_is_in_force_on_those_days_only() -> None:
    rule = """
- id: own.rush
  kind: words
  family: cold
  severity: warn
  owner: 运营
  source: 大促值班规定
  since: 2026-11-01
  until: 2026-11-11
  why: 大促期间不这样回
  find: [等大促过了再说]
  must_block: [等大促过了再说, 您等大促过了再说吧]
  must_pass: [您好, 请稍等]
"""
    current = own({"guard/own.yaml": rule})
    assert check_shop_files(DEMO_SHOP, current.files) == []
    verdicts = [
        verdict_of(load_shop_content(DEMO_SHOP, current, on=day).guard.check("您等大促过了再说吧"))
        for day in (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 11), date(2026, 11, 12))
    ]
    assert verdicts == ["pass", "warn", "warn", "pass"]


def test_staff_cannot_be_published_and_another_shops_entry_is_refused() -> None:
    files = {"staff/s.yaml": "- {id: x, login: x1, name: 客, role: owner, shops: [demo]}\n"}
    assert "不认识文件夹“staff”" in check_shop_files(DEMO_SHOP, files)[0].message
    text = (ROOT / "shops/demo/shop/shop.yaml").read_text().replace("id: demo", "id: other")
    assert any(
        "要写成店铺编号“demo”" in problem.message for problem in check_shop_files(DEMO_SHOP, {"shop/s.yaml": text})
    )


def test_taking_away_what_is_not_there_is_told() -> None:
    (problem,) = check_shop_files(DEMO_SHOP, {"scripts/own.yaml": "- {id: welcome.frist, removed: true}\n"})
    assert "welcome.frist" in problem.message


def test_a_shop_without_a_pack_of_its_own_lives_from_the_base_pack() -> None:
    content = load_shop_content("corner-shop")
    assert content.shop is None
    assert content.staff == ()
    assert content.scripts
    assert content.auto_replies
    assert content.guard.rules


def test_a_shop_id_that_climbs_reads_nothing_outside(tmp_path: Path) -> None:
    for name, text in {
        "base/pack.yaml": "name: base\ntitle: 包\nkind: base\n",
        "evil/pack.yaml": HEAD,
        "evil/scripts/s.yaml": SCRIPT.format(text="您好"),
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "shops").mkdir()
    loaded = load_shop_pack("../evil", {}, tmp_path)
    assert loaded.problems == ()
    assert loaded.pack.entries(SCRIPTS) == ()
    assert loaded.pack.entries(RULES) == ()
