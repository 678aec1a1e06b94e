"""Small whole numbers as people write them: figures, or Chinese numerals up to 九千九百九十九."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1_000}


def read_number(text: str) -> int:
    """The number these figures or numerals stand for; ValueError when they are none."""
    if text.isdecimal():
        return int(text)
    total = pending = 0
    for char in text:
        if char in _UNITS:
            total += (pending or 1) * _UNITS[char]
            pending = 0
        elif char in _DIGITS:
            pending = pending * 10 + _DIGITS[char]
        else:
            raise ValueError(f"不是数字：{text}")
    return total + pending
