"""Money: whole fen inside, decimal strings of yuan outside, never a float."""

from decimal import Decimal, InvalidOperation

MAX_FEN = 10**13
"""A hundred thousand million yuan: more is a mistake."""


def fen_from(text: str) -> int:
    """The amount as whole fen, from plain decimal yuan such as `128`, `12.5` or `0.99`; ValueError else."""
    try:
        fen = Decimal(text) * 100
    except InvalidOperation:
        raise ValueError(text) from None
    if not fen.is_finite() or not 0 <= fen <= MAX_FEN or fen != fen.to_integral_value():
        raise ValueError(text)
    return int(fen)


def yuan(fen: int) -> str:
    """Whole fen as decimal yuan with two places, such as `12.50`."""
    return f"{fen // 100}.{fen % 100:02}"


def short_yuan(amount: Decimal) -> str:
    """An amount in yuan as people write it in a talk: `1299`, but `12.50`."""
    return f"{amount:.2f}".removesuffix(".00")
