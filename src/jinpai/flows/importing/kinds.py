"""Every kind of file that can be brought in."""

from collections.abc import Mapping
from typing import Final

from jinpai.flows.dispatch.waybills import WAYBILL_FILES
from jinpai.flows.importing.chats import CHAT_FILES
from jinpai.flows.importing.counts import COUNT_FILES
from jinpai.flows.importing.customers import CUSTOMER_FILES
from jinpai.flows.importing.jobs import Kind
from jinpai.flows.importing.orders import ORDER_FILES
from jinpai.flows.importing.products import PRODUCT_FILES
from jinpai.flows.importing.reviews import REVIEW_FILES
from jinpai.flows.tracking.traces import TRACE_FILES
from jinpai.kit.errors import NotFound

_ALL = (ORDER_FILES, PRODUCT_FILES, CHAT_FILES, CUSTOMER_FILES, REVIEW_FILES, WAYBILL_FILES, TRACE_FILES, COUNT_FILES)
KINDS: Final[Mapping[str, Kind]] = {kind.form.kind: kind for kind in _ALL}
"""Kind → how it is brought in, in the order they are offered."""


def find_kind(name: str) -> Kind:
    """The kind of this name; NotFound when there is none."""
    kind = KINDS.get(name)
    if kind is None:
        raise NotFound("没有这种导入，请刷新页面再试")
    return kind
