"""A buyer asks where the parcel is: the answer says what the courier told last, and never of another parcel."""

from dataclasses import replace
from datetime import datetime

from jinpai.copilot.skills.answers import tell
from jinpai.copilot.skills.ground import Ground
from jinpai.copilot.skills.orders import tracking
from jinpai.flows.content.sections import ANSWERS, load_section
from jinpai.kit.clock import SHOP_TIME
from jinpai.orders.model import Order, Parcel
from jinpai.orders.tracking.model import STATES, Track

NOW = 1_795_399_200_000
WORDINGS = {one.id: one for one in load_section(ANSWERS)}
ORDER = Order("o_1", "demo", "2611230001", NOW, NOW, state="shipped", parcels=(Parcel("ZT10001", "中通快递"),))


def test_each_state_is_told_with_the_courier_s_words_and_another_parcel_s_never() -> None:
    track = Track("ZT10001", "moving", NOW, NOW, "离开杭州转运中心")
    ground = Ground("到哪了", {}, datetime.fromtimestamp(NOW / 1000, SHOP_TIME), order=ORDER, track=track)
    for state in STATES:
        first, *_ = tracking(replace(ground, track=replace(track, state=state)))
        told = tell(first, WORDINGS)
        assert told is not None, state
        assert "ZT10001" in told.text
        assert "11 月 23 日 10:00" in told.text
    told = tell(tracking(ground)[0], WORDINGS)
    assert told is not None
    assert "离开杭州转运中心" in told.text
    wordless = tell(tracking(replace(ground, track=replace(track, text="")))[0], WORDINGS)
    assert wordless is not None
    assert "{" not in wordless.text
    other = tracking(replace(ground, track=replace(track, number="ZT99999")))
    assert [one.wording for one in other] == ["tracking.number"]
