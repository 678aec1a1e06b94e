"""Where a shop's language model may be: a URL without secrets in it, and no address that only this machine should see.

People name the endpoint on a page, and this server calls it. Whoever may do that must not be able to make the server
knock at the doors of its own network: public addresses alone, unless the owner says that the model runs inside. Where
clouds tell their machines' secrets no call goes at all.
"""

import ipaddress
from urllib.parse import urlsplit

from jinpai.copilot.llm.model import Reach
from jinpai.kit.errors import BadInput

LONGEST = 300
_SECRETS = ipaddress.ip_address("100.100.100.200"), ipaddress.ip_address("fd00:ec2::254")
"""Metadata services outside the link-local range."""


def check_url(url: str) -> str:
    """The base URL, tidied; BadInput says what is wrong with it."""
    text = url.strip().rstrip("/").removesuffix("/chat/completions")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise BadInput("接口地址不完整，请照 https://example.com/v1 这样写") from None
    if parts.scheme not in ("https", "http") or not host or len(text) > LONGEST or not text.isascii():
        raise BadInput("接口地址要以 https:// 或 http:// 开头，后面是主机名，例如 https://example.com/v1")
    if parts.username is not None or parts.password is not None:
        raise BadInput("接口地址里不要写账号和密码，密钥请填在“密钥”一栏")
    if parts.query or parts.fragment or any(letter.isspace() for letter in text):
        raise BadInput("接口地址里不要带 ? # 和空格，写到 /v1 这一级就可以")
    return text


def origin(url: str) -> tuple[str, str | None, int | None]:
    """Whom a URL speaks to: scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def may_reach(address: str, reach: Reach) -> bool:
    """Whether a call that may go this far may go to this IP address."""
    if reach == "any":
        return True
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    if found.is_link_local or found.is_multicast or found.is_unspecified or found in _SECRETS:
        return False
    return found.is_global or reach == "near"
