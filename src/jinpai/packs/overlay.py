"""One pack over another: an entry with the same id replaces the whole entry, `removed: true` takes it away."""

from jinpai.packs.model import ContentSource, Pack, Problem


def overlay(below: Pack, above: Pack) -> Pack:
    """What both packs say together; entries keep the place they have below, new ones come after."""
    sources: dict[str, dict[str, ContentSource]] = {}
    for section in {**below.sources, **above.sources}:
        merged = {**below.sources.get(section, {}), **above.sources.get(section, {})}
        sources[section] = {id: source for id, source in merged.items() if source.entry is not None}
    return Pack(above.info or below.info, sources)


def needless_removals(below: Pack, above: Pack) -> list[Problem]:
    """A problem for every `removed: true` whose entry is not there below: most likely a misspelt id."""
    return [
        Problem(source.file, source.line, f"“{id}”：下面的包里没有这一条，不用去掉，请检查 id 是否写对")
        for section, sources in above.sources.items()
        for id, source in sources.items()
        if source.entry is None and id not in below.sources.get(section, {})
    ]
