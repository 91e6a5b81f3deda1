"""Posts (职务) and how a name stands beside them."""

from __future__ import annotations

import re

_PLACE = r"(?:国家|全国|中央|[省市区县州镇乡村])?"
_BASE = (
    "总书记|书记|主席|总理|总统|首相|部长|局长|厅长|处长|科长|司长|署长|院长|校长|省长|市长|区长|县长|镇长|乡长|州长|村长|主任|"
    "董事长|总经理|总裁|行长|首席执行官|秘书长|会长|理事长|队长|教练|大使|外长|防长|财长|司令|政委|检察长|所长|站长|馆长|台长|社长|"
    "发言人|议长|国王|教授|院士|常委|委员|党组书记|经理|店长|园长|护士长|总监|总编辑|领事|特使|专员|组长|主教练|老师|医生|记者"
)
_DEPUTY = "(?:副|代|常务副|第一副|原|前|新任)?"
#: A post with what stands before it: 市委书记, 副市长, 省委常委, 党委副书记.
POST = re.compile(rf"{_PLACE}(?:委|政府|人大|政协|纪委|党委|党组|支部|工委)?{_DEPUTY}(?:{_BASE})")
TITLE = re.compile(rf"(?:{_BASE})$")
#: Surnames that are mostly other words.
WORD_SURNAMES = frozenset(
    "农解应时常支习易终满养容双从全乐连镜向水云花和时平成家都通有能后空公别须从广国文东年爱利计经言福相红益"
)
SURNAMES = (
    frozenset(
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
        "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
        "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
        "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
        "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉"
        "宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧"
        "殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公岳帅缑亢况有琴商牟佘佴伯赏"
        "墨哈谯笪年爱阳佟言福肖闫覃付代仝苟"
    )
    - WORD_SURNAMES
)
"""The Hundred Family Surnames with later ones; those that are mostly other words are left out."""
TRANSLITERATION = frozenset(
    "阿埃艾安奥巴白贝本比彼宾波伯布查达大戴丹道德登迪蒂丁杜多厄恩尔法凡菲费芬弗夫福盖甘戈格古哈海汉赫亨霍基吉加贾杰金卡凯坎康柯科克肯库"
    "拉莱赖兰朗劳勒雷里利莉丽连列林琳隆卢鲁路伦罗洛马玛迈麦曼梅门蒙米密明莫默姆穆纳娜南尼内妮宁努诺欧帕派佩彭皮珀普奇恰乔切琼屈让热日荣萨塞"
    "桑瑟森沙莎山尚圣史斯丝舒思苏索塔泰坦汤陶特提廷图托瓦万旺威韦维魏温沃乌武伍西希锡夏谢辛欣休雅亚扬耶叶伊易因英尤于约赞泽扎詹珍朱兹祖佐"
)


FOREIGN = re.compile(f"[{''.join(sorted(TRANSLITERATION))}]{{3,8}}")


def foreign(run: str) -> bool:
    """Whether a run of three to eight characters is written wholly with those used for foreign names."""
    return 3 <= len(run) <= 8 and all(c in TRANSLITERATION for c in run)
