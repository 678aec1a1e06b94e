"""What buyers really type, misspelt and short, leads to the record that answers it."""

import pytest
from tests.flows.conftest import Shop

from jinpai.desk.store import get_conversations
from jinpai.flows.advising.advice import read_advice
from jinpai.staff.model import Actor


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("有没优惠卷呀", "新朋友券 满 99 元减 10 元"),
        ("溪崖双人帐发乌鲁木齐要不要运费的", "新疆这边发邮政EMS"),
        ("一年级小朋友背的包有吗", "没有专门给孩子做的"),
        ("爸妈腰不好 有没有适合老人坐的椅子", "推荐您看看松坡高背椅"),
        ("我们一家四口第一次露营 都要买啥", "推荐您看看鹿原家庭帐"),
        ("溪边溯溪鞋 踩水里石头打滑不", "湿石头上抓地不错"),
        ("风口冲锋衣买两件一起能便宜多少", "您付 918 元就好"),
        ("登山扙多少钱", "139.00 元"),
        ("帐篷有没有四季的", "资料里都没有写“四季能用”"),
        ("我收到怎么没有绑带啊 说好有两根的", "少了东西确实扫兴"),
    ],
)
def test_words_as_they_are_typed_find_their_answer(shop: Shop, said: str, told: str) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, said)
    with shop.house.database.read() as connection:
        state = get_conversations(connection, [conversation])[conversation]
    advice = read_advice(shop.house, Actor("a_1", "xiaolin", "小林", "agent", ("demo",)), state)
    assert advice is not None
    assert told in advice.suggestions[0].text
