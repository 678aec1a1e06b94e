"""How long what is known of people is kept, as a shop chooses it."""

from typing import Annotated

from pydantic import Field

from jinpai.packs.model import ContentEntry


class Retention(ContentEntry):
    """Days: `model_words_days` what a language model was shown and said, `model_calls_days` the figures of its calls.

    `profile_days` after their last sign of life customers' profiles go, and notes about them; 0 keeps them.
    """

    model_words_days: Annotated[int, Field(ge=1, le=90)] = 14
    model_calls_days: Annotated[int, Field(ge=31, le=1_095)] = 400
    profile_days: Annotated[int, Field(ge=0, le=3_650)] = 1_095
