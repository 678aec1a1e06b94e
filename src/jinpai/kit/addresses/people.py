"""Who a parcel goes to: the name and the phone in a text that also holds an address."""

import re

from jinpai.kit.addresses.gazetteer import simplify

_DIGIT_BEFORE, _DIGIT_AFTER = r"(?<![\d*-])", r"(?![\d*])"
_PHONE = re.compile(
    rf"{_DIGIT_BEFORE}(?:(?:\+|00)?86[- ]?)?(1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}}){_DIGIT_AFTER}"
    r"(?:[ ]*(?:转|-|,)[ ]*(\d{3,6})(?!\d))?"
    rf"|{_DIGIT_BEFORE}(0\d{{2,3}}[- ]?\d{{7,8}}){_DIGIT_AFTER}"
)
_PHONE_LABEL = re.compile(r"(?:联系|收货|收件人?)?(?:电话|手机|号码|方式|tel|TEL|Tel|mobile)(?:号码?|号)?[\s:：]*$")
_NAME_LABEL = re.compile(
    r"(?:收货人|收件人|收件|联系人|姓名|名字|称呼)(?:姓名)?[\s:：]*([\u4e00-\u9fff·]{2,4}?)(?=$|[\s,，;；。、/|(（]|收货|收件|电话|手机|联系|地址|所在)"
)
_SEPARATOR = re.compile(r"[\s,，;；。、/|]+")
_EDGES = " ,，;；。、/|:：-"
_POLITE = ("先生", "女士", "小姐", "老师", "阿姨", "叔叔", "太太", "同学")
_RECEIVES = re.compile(r"(?:\(收\)|（收）|收|亲启)$")
_ENDINGS = frozenset("省市区县镇乡村路街道巷弄号栋幢楼室层座单元园苑厦场店厂司院校城庄屯湾旁边内里口站")
"""What ends part of an address, and hardly ever a name."""

_AFTER_DOOR = re.compile(r"(?<=[室号楼栋幢元座户房\d])(?![室号楼栋幢元座户房])([\u4e00-\u9fff]{2,3}?)收?$")
_COMPOUND = frozenset((
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "端木", "夏侯", "南宫",
    "宇文", "长孙",
))  # fmt: skip
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾"
    "尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲"
    "虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井"
    "祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾"
    "戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)


def find_phone(text: str) -> tuple[str, str]:
    """The first phone (digits; an extension behind `-`) and the text without it; empty when there is none."""
    match = _PHONE.search(text)
    if match is None:
        return "", text
    mobile, extension, landline = match.groups()
    digits = re.sub(r"\D", "", mobile or landline)
    before = _PHONE_LABEL.sub("", text[: match.start()])
    return digits + (f"-{extension}" if extension else ""), f"{before} {text[match.end() :]}"


def find_labelled_name(text: str) -> tuple[str, str]:
    """The name that follows a label such as 收货人, and the text without both."""
    match = _NAME_LABEL.search(text)
    if match is None:
        return "", text
    return match[1], f"{text[: match.start()]} {text[match.end() :]}"


def find_name(text: str) -> tuple[str, str]:
    """A name that stands by itself or right behind the door number, and the text without it."""
    pieces = [(match.start(), match[0]) for match in re.finditer(r"[^\s,，;；。、/|]+", text)]
    for start, piece in pieces:
        name = _RECEIVES.sub("", piece).strip("()（）")
        if is_name(name):
            return name, f"{text[:start]} {text[start + len(piece) :]}"
    match = _AFTER_DOOR.search(text.rstrip(_EDGES))
    if match is not None and is_name(match[1]):
        return match[1], text[: match.start()]
    return "", text


def is_name(word: str) -> bool:
    """Whether the word is like a Chinese person's name: a surname and one or two letters more, or 王女士."""
    word = simplify(word)
    for polite in _POLITE:
        if word.endswith(polite) and word[:1] in _SURNAMES and len(word) <= 4:
            return True
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", word) is None or word[-1] in _ENDINGS:
        return False
    if word[:2] in _COMPOUND:
        return len(word) >= 3
    return word[0] in _SURNAMES and len(word) <= 3
