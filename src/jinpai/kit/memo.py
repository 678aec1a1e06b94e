"""Results that are remembered as long as what they were worked out from lives."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

Source = TypeVar("Source")
Rest = ParamSpec("Rest")
Result = TypeVar("Result")

MOST = 256
"""Results of one source; then they are worked out anew."""


def remember(
    function: Callable[Concatenate[Source, Rest], Result],
) -> Callable[Concatenate[Source, Rest], Result]:
    """Remember what a pure function makes of its first argument, which is compared by identity and never kept alive.

    Unlike `lru_cache`, content that was replaced is let go at once. Further arguments are hashable.
    """
    kept: WeakKeyDictionary[Source, dict[tuple[object, ...], Result]] = WeakKeyDictionary()

    @wraps(function)
    def remembered(source: Source, /, *rest: Rest.args, **named: Rest.kwargs) -> Result:
        results = kept.get(source)
        if results is None or len(results) > MOST:
            results = kept[source] = {}
        key = (*rest, *named.items())
        found = results.get(key)
        if found is None:
            found = results[key] = function(source, *rest, **named)
        return found

    return remembered
