"""Every shipped rule keeps its own word: its proof lines, its rewrite, its form."""

from functools import partial

import pytest
from tests.rooms.guard.rulebook import base_entries, base_guard

from jinpai.guard.content import AnyRule, Lexicon, unwrap
from jinpai.guard.families import FAMILIES
from jinpai.guard.model import RANK, Situation, verdict_of
from jinpai.guard.proof import situation_of, unproved
from jinpai.guard.rewriting import rewrite_all

RULES = [rule for rule in map(unwrap, base_entries()) if not isinstance(rule, Lexicon)]
REWRITTEN = [
    rule for rule in RULES if rule.family in ("negative", "absolute", "cold", "self_centred", "vague", "harsh")
]
"""The rules whose finds are put into better words, not only explained."""


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_hits_what_it_must_and_spares_what_it_must(rule: AnyRule) -> None:
    assert unproved(base_guard(), rule) == ()


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_offers_a_wording_that_passes(rule: AnyRule) -> None:
    assert rule.rewrite
    assert verdict_of(base_guard().check(rule.rewrite)) == "pass"


@pytest.mark.parametrize("rule", REWRITTEN, ids=[rule.id for rule in REWRITTEN])
def test_what_a_rule_stops_can_be_sent_in_better_words(rule: AnyRule) -> None:
    for line in rule.must_block:
        text = line if isinstance(line, str) else line.text
        check = partial(base_guard().check, situation=Situation() if isinstance(line, str) else situation_of(line))
        better = rewrite_all(text, check(text), check)
        assert better, text
        assert RANK[verdict_of(check(better))] <= RANK["hint"], text


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_a_rule_is_named_after_its_family_and_explains_itself(rule: AnyRule) -> None:
    assert rule.family in FAMILIES
    assert rule.id.startswith(f"{rule.family}.")
    assert 8 <= len(rule.why) <= 80


def test_ids_are_used_once() -> None:
    ids = [entry.id for entry in base_entries()]
    assert len(ids) == len(set(ids))


def test_every_word_list_is_used() -> None:
    written = "\n".join(rule.model_dump_json() for rule in RULES)
    lexicons = [entry for entry in map(unwrap, base_entries()) if isinstance(entry, Lexicon)]
    assert [entry.id for entry in lexicons if f"{{{entry.id}}}" not in written] == []


def test_the_innocent_lines_of_one_rule_are_not_blocked_by_another() -> None:
    blocked = [
        (rule.id, line, hit.rule)
        for rule in RULES
        if rule.trap is None
        for line in rule.must_pass
        if isinstance(line, str)
        for hit in base_guard().check(line)
        if RANK[hit.severity] > RANK["hint"]
    ]
    assert blocked == []


def test_each_family_of_this_pack_has_several_rules() -> None:
    families = [rule.family for rule in RULES]
    for family in ("leak", "off_platform", "abuse", "cold"):
        assert families.count(family) >= 5
