"""Moments of a shop's past, told relative to the time it is set up, so that a demo shop never grows old."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from jinpai.kit.clock import SHOP_TIME
from jinpai.packs.model import Shape, TimeOfDay


class Moment(Shape):
    """A time of day so many calendar days before, or so many minutes before."""

    days: Annotated[int, Field(ge=1, le=3_650)] | None = None
    at: TimeOfDay | None = None
    minutes: Annotated[int, Field(ge=0, le=1_440)] | None = None

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "Moment":
        if (self.days is None) == (self.minutes is None) or (self.days is None) != (self.at is None):
            raise ValueError("时间写成 {days: 几天前, at: 几点}，或 {minutes: 几分钟前}，两种选一种")
        return self

    def before(self, now: int) -> int:
        """This moment in milliseconds, as seen from `now` in milliseconds."""
        if self.days is None or self.at is None:
            return now - (self.minutes or 0) * 60_000
        hour, minute = map(int, self.at.split(":"))
        day = datetime.fromtimestamp(now / 1000, SHOP_TIME) - timedelta(days=self.days)
        return int(day.replace(hour=hour, minute=minute, second=0, microsecond=0).timestamp() * 1000)
