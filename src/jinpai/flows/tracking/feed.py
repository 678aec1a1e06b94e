"""Takes in what the tracker brings: the same file again changes nothing, so a crash in between is none."""

import structlog

from jinpai.flows.importing.running import lay_out
from jinpai.flows.ports import House, News
from jinpai.flows.tracking.traces import TRACE_FILES
from jinpai.importing.columns import check_complete
from jinpai.importing.model import Tally
from jinpai.kit.errors import Refusal

AUTHOR = "system:tracking"
_log = structlog.get_logger()


def take_news(house: House) -> int:
    """Take in all news of all shops; how many files there were."""
    tracker, count = house.tracker, 0
    if tracker is None:
        return count
    for shop in house.content.shops():
        for news in tracker.fetch(shop):
            tracker.settle(news, _take(house, news))
            count += 1
    return count


def _take(house: House, news: News) -> str:
    """Take one file in; what became of it, in words."""
    try:
        job = lay_out(house, TRACE_FILES, news.shop, AUTHOR, news.content)
        check_complete(job.layout)
        tally = TRACE_FILES.run(house, job, lambda _: None)
    except Refusal as refusal:
        _log.warning("tracking_file_refused", shop=news.shop, name=news.name, why=refusal.message)
        return f"没有导入：{refusal.message}"
    _log.info("tracking_file_taken", shop=news.shop, new=tally.created, refused=len(tally.rejected))
    return _words(tally)


def _words(tally: Tally) -> str:
    lines = [f"共 {tally.rows} 行，新增 {tally.created}，已经有的 {tally.unchanged}，没有导入 {len(tally.rejected)}"]
    return "\n".join([*lines, *(f"第 {one.line} 行：{one.reason}" for one in tally.rejected)])
