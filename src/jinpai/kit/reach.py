"""How far calls may go that shops set for themselves: to no address that only this machine should see.

People name an endpoint on a page, and this server calls it. Whoever may do that must not be able to make the server
knock at the doors of its own network: public addresses alone, unless the owner says that the service runs inside. Where
clouds tell their machines' secrets no call goes at all.
"""

import ipaddress
from typing import Literal

Reach = Literal["any", "near", "public"]
"""Where a call may go: anywhere (the operator's word), the own network too (the owner's), public addresses alone."""

_SECRETS = ipaddress.ip_address("100.100.100.200"), ipaddress.ip_address("fd00:ec2::254")
"""Metadata services outside the link-local range."""


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
