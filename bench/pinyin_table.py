"""Writes src/jinpai/kit/pinyin.txt from pypinyin's readings: `python -m bench.pinyin_table`.

pypinyin takes half a second and 58 MiB to load; the table of what a search needs takes neither.
"""

from collections import defaultdict

from pypinyin import Style, pinyin
from pypinyin.constants import PINYIN_DICT

from jinpai.kit.pinyin import TABLE

FIRST, LAST = 0x4E00, 0x9FA5
ALSO = {
    "行": "xing hang", "重": "zhong chong", "长": "chang zhang", "还": "hai huan", "得": "de dei", "地": "di de",
    "了": "le liao", "都": "dou du", "会": "hui kuai", "调": "tiao diao", "差": "cha chai", "色": "se shai",
    "弹": "tan dan", "便": "bian pian", "着": "zhe zhao zhuo", "大": "da dai", "落": "luo la", "露": "lu lou",
    "薄": "bao bo", "乐": "le yue", "系": "xi ji", "率": "lv shuai", "藏": "cang zang", "传": "chuan zhuan",
    "给": "gei ji", "没": "mei mo", "折": "zhe she", "卡": "ka qia", "盛": "sheng cheng", "粘": "zhan nian",
    "血": "xue xie", "熟": "shu shou", "壳": "ke qiao", "参": "can shen", "角": "jiao jue", "觉": "jue jiao",
    "称": "cheng chen", "朝": "chao zhao", "模": "mo mu", "择": "ze zhai", "校": "xiao jiao", "似": "si shi",
    "提": "ti di", "圈": "quan juan", "塞": "sai se", "吓": "xia he", "降": "jiang xiang", "单": "dan shan",
    "曾": "ceng zeng", "哪": "na nei", "这": "zhe zhei", "那": "na nei", "什": "shen shi", "省": "sheng xing",
    "解": "jie xie", "应": "ying", "供": "gong", "间": "jian", "和": "he huo", "干": "gan", "难": "nan", "种": "zhong",
    "相": "xiang", "好": "hao", "看": "kan", "少": "shao", "当": "dang", "把": "ba", "为": "wei", "不": "bu",
    "家": "jia", "说": "shuo", "车": "che ju", "石": "shi dan", "宿": "su xiu", "泊": "bo po", "溪": "xi", "贴": "tie",
    "剥": "bao bo", "拆": "chai", "秘": "mi bi", "厦": "sha xia", "蚌": "beng bang", "六": "liu lu", "番": "fan pan",
}  # fmt: skip
"""Characters that shops use with more than one reading; the first is the usual one. Others keep their first reading."""


def build() -> str:
    """The table: one line a syllable, its characters behind it, each with the rank of this reading among its own."""
    lines: dict[tuple[int, str], list[str]] = defaultdict(list)
    for code in range(FIRST, LAST + 1):
        if code not in PINYIN_DICT:
            continue
        character = chr(code)
        usual = pinyin(character, style=Style.NORMAL, v_to_u=False)[0][0]
        for rank, syllable in enumerate(ALSO[character].split() if character in ALSO else [usual]):
            lines[rank, syllable].append(character)
    return "".join(f"{rank} {syllable} {''.join(found)}\n" for (rank, syllable), found in sorted(lines.items()))


if __name__ == "__main__":
    TABLE.write_text(build(), "utf-8")
