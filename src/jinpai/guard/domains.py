"""Which hosts belong to a domain."""


def within_domain(host: str, domain: str) -> bool:
    """Whether the host is this domain or one below it."""
    domain = domain.strip().strip(".").lower()
    return bool(domain) and (host == domain or host.endswith("." + domain))
