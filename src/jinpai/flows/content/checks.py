"""What content must keep beyond its shape: the rules of scripts, the proofs of guard rules, references that lead on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinpai.catalog.checks import check_couriers, check_freight, check_products, check_promotions
from jinpai.copilot.modes.checks import check_modes
from jinpai.flows.content.history_checks import check_history
from jinpai.flows.content.sections import (
    ANSWERS,
    AUTO_REPLIES,
    COURIERS,
    FREIGHT,
    INTENTS,
    MODES,
    ORDERING,
    PRODUCTS,
    PROMOTIONS,
    RADAR,
    RULES,
    SCRIPTS,
    SEVERITIES,
    SHOPS,
    STEPS,
    TASKS,
    load_own_files,
    load_shop_pack,
)
from jinpai.guard.compiling import RuleError, compile_rules
from jinpai.guard.content import Lexicon, unwrap
from jinpai.guard.engine import Guard
from jinpai.guard.proof import unproved
from jinpai.guard.severities import overrides_of, unknown_ids
from jinpai.packs.model import Pack, Problem, Section
from jinpai.packs.overlay import needless_removals
from jinpai.playbook.checks import check_auto_reply, check_script, repeated_codes


def check_shop_files(shop: str, files: Mapping[str, str], root: Path | None = None) -> list[Problem]:
    """Everything wrong with a shop's own files, read over the packs on the disk (`root` holds them)."""
    own = load_own_files(files)
    if own.problems:
        return list(own.problems)
    below = load_shop_pack(shop, {}, root)
    merged = load_shop_pack(shop, files, root)
    return [*merged.problems, *needless_removals(below.pack, own.pack), *check_pack(merged.pack, shop)]


def check_pack(pack: Pack, shop: str | None = None) -> list[Problem]:
    """Everything wrong with a pack whose files can all be read; `shop` is whose pack it is."""
    problems = _check_catalog(pack)
    for entry in pack.entries(SHOPS):
        if entry.id != shop:
            problems.append(pack.problem(SHOPS, entry.id, f"店铺资料的 id 要写成店铺编号“{shop}”"))
    problems += [*_check_words(pack), *_check_tasks(pack)]
    rules, severities = pack.entries(RULES), pack.entries(SEVERITIES)
    problems += [pack.problem(SEVERITIES, id, message) for id, message in unknown_ids(severities, rules)]
    try:
        guard = compile_rules(rules)
    except RuleError as error:
        return [*problems, pack.problem(RULES, error.rule, error.message)]
    weighed = compile_rules(rules, severity_overrides=overrides_of(severities)) if severities else guard
    return [*problems, *_check_proofs(pack, guard), *_check_hits(pack, weighed), *check_history(pack, weighed)]


def _check_catalog(pack: Pack) -> list[Problem]:
    products, promotions = pack.entries(PRODUCTS), pack.entries(PROMOTIONS)
    problems = [pack.problem(PRODUCTS, id, message) for id, message in check_products(products)]
    problems += [pack.problem(PROMOTIONS, id, message) for id, message in check_promotions(promotions, products)]
    for entry in pack.entries(SHOPS):
        found = check_couriers(pack.entries(COURIERS), entry)
        problems += [pack.problem(SHOPS, entry.id, message) for message in found]
    own = next(iter(pack.entries(SHOPS)), None)
    for rules in pack.entries(FREIGHT):
        found = check_freight(rules, pack.entries(COURIERS), own)
        problems += [pack.problem(FREIGHT, rules.id, message) for message in found]
    return problems


def _check_words(pack: Pack) -> list[Problem]:
    scripts, replies = pack.entries(SCRIPTS), pack.entries(AUTO_REPLIES)
    problems = [pack.problem(SCRIPTS, id, message) for id, message in repeated_codes(scripts)]
    problems += [pack.problem(SCRIPTS, script.id, message) for script in scripts for message in check_script(script)]
    for reply in replies:
        problems += [pack.problem(AUTO_REPLIES, reply.id, message) for message in check_auto_reply(reply)]
    for modes in pack.entries(MODES):
        problems += [pack.problem(MODES, modes.id, message) for message in check_modes(modes, pack.entries(INTENTS))]
    return problems


def _check_tasks(pack: Pack) -> list[Problem]:
    """What the radar opens and says, and what merged orders hand over, must be there."""
    tasks, scripts = ({entry.id for entry in pack.entries(section)} for section in (TASKS, SCRIPTS))
    problems = []
    for rules in pack.entries(ORDERING):
        if rules.refund_task is not None and rules.refund_task not in tasks:
            problems.append(pack.problem(ORDERING, rules.id, f"没有交办“{rules.refund_task}”，请写 tasks/ 里有的"))
    for rule in pack.entries(RADAR):
        if rule.task not in tasks:
            problems.append(pack.problem(RADAR, rule.id, f"没有交办“{rule.task}”，请写 tasks/ 里有的"))
        if rule.script is not None and rule.script not in scripts:
            problems.append(
                pack.problem(RADAR, rule.id, f"没有话术“{rule.script}”，请写 scripts/ 里有的，或者不写 script")
            )
    return problems


def _check_proofs(pack: Pack, guard: Guard) -> list[Problem]:
    return [
        pack.problem(RULES, rule.id, message)
        for rule in map(unwrap, pack.entries(RULES))
        if not isinstance(rule, Lexicon)
        for message in unproved(guard, rule)
    ]


def texts_for_buyers(pack: Pack) -> list[tuple[Section[Any], str, str]]:
    """Everything a pack lets us say to buyers: its section, the id of its entry, the text."""
    texts: list[tuple[Section[Any], str, str]] = [(SCRIPTS, entry.id, entry.text) for entry in pack.entries(SCRIPTS)]
    texts += [(AUTO_REPLIES, entry.id, entry.text) for entry in pack.entries(AUTO_REPLIES)]
    texts += [(FREIGHT, rules.id, line) for rules in pack.entries(FREIGHT) for line in rules.words.all()]
    texts += [(STEPS, card.id, line) for card in pack.entries(STEPS) for line in (*card.lines, *card.short)]
    texts += [(MODES, modes.id, text) for modes in pack.entries(MODES) for text in modes.texts()]
    texts += [(ANSWERS, wording.id, text) for wording in pack.entries(ANSWERS) for text in wording.texts]
    return texts


def _check_hits(pack: Pack, guard: Guard) -> list[Problem]:
    problems: list[Problem] = []
    for section, id, text in texts_for_buyers(pack):
        for hit in guard.check(text.replace("{", "").replace("}", "")):
            if hit.severity != "hint":
                message = f"“{hit.text}”会被规则 {hit.rule} 拦下（{hit.why}），请换个说法"
                problems.append(pack.problem(section, id, message))
    return problems
