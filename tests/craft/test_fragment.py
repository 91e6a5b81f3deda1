"""Lines that tell nothing: they are refused, and what editors print in the same shapes is not."""

import pytest

from summarizer import Summarizer
from summarizer.forms.fragment import fragment
from summarizer.models.fake import Fake
from summarizer.types import Article

NOTHING = {
    "云溪列车脱轨事故7日发生后": "背景",
    "云溪市博物馆恢复开放期间": "背景",
    "云溪纪念馆正式对公众开放以来": "背景",
    "云溪队主帅章明远：纠正上周比赛时": "背景",
    "小姐妹在云溪边玩耍时": "背景",
    "临河国武装部队日称 14人受伤": "日期",
    "临河国向临河国交付两列火车": "自己",
    "官员在的发布会上披露成果": "缺了话",
    "市政府通过决定自2031年起": "缺了话",
    "针对临河国议长访问青石岛": "背景",
    "随着云溪天气转暖": "背景",
    "轴承二期项目的生产车间里": "背景",
    "云溪市市长陆文清宣布": "没说",
    "云溪市统计局公布的数据显示": "没说",
    "云溪队后卫何小满接受了采访": "没说",
    "教练章明远接受记者的采访": "没说",
    "“双11”让消费者甘愿为此": "没说",
    "导读 云溪房价连涨三月": "提示语",
    "云溪讯 主队进行第二场比赛": "提示语",
    "是云溪市第三个环卫工人节": "上文",
    "不仅挖掘好苗子": "上文",
    "让“课间一刻钟”": "没有动作",
    "让云溪乡村文化服务项目": "没有动作",
    "青石山守护者的“青石精神”": "名称",
    "云溪的秋天的街巷": "名称",
    "春运客流过亿 春运": "多出来",
    "章明远来青石县冬季供热保障工作": "没说做什么",
}
SOMETHING = [
    "云溪列车脱轨事故发生后两小时恢复通车",
    "青石山脱贫前后",
    "云溪“00后”",
    "临河国国王和太后访问云溪",
    "云溪扶贫进行时",
    "云溪通车进入倒计时",
    "云溪电站发电突破百亿千瓦时",
    "一天只睡四小时",
    "云溪市25日宣布停航",
    "美日称将恢复磋商",
    "云溪实实在在的变化",
    "自2031年起云溪供水免费",
    "云溪最令人惊叹的二十个目的地",
    "让云溪的老桥更加牢固",
    "打通供水的最后一公里",
    "云溪市政府宣布通水",
    "机器人大赛 详情未宣布",
    "云溪市长接受采访谈防汛",
    "青石通讯 十年再出发",
    "是什么撑起一座城",
    "是否加价？云溪供水回应",
    "让老街焕发新活力",
    "让“课间一刻钟”动起来",
    "云溪人的“青石精神”感动全国",
    "云溪的冬天比往年的冷",
    "春运启动 云溪春运客流过亿",
    "云溪新增3例 累计3例",
    "章明远到青石县检查冬季供热保障工作",
    "章明远到青石县工作",
    "云溪医疗队赴青石县支援防疫工作",
]


@pytest.mark.parametrize(("text", "why"), NOTHING.items())
def test_it_tells_nothing(text, why):
    assert why in fragment(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_it_may_be_printed(text):
    assert fragment(text) == ""


BODY = (
    "云溪市青石镇7日举行丰收节，“小满集市”上人来人往。百亩“云溪稻”喜获丰收，亩产过千斤，村民章明远说，今年收成最好。"
    "丰收节持续三天，县城到青石镇加开班车。"
)


@pytest.mark.parametrize("bad", ["让云溪青石镇集市", "“小满集市”的“云溪稻”"])
def test_a_better_one_leads_and_the_editor_is_told(bad):
    desk = Summarizer(
        backend=Fake(script={"headline": (bad, "青石镇丰收节持续三天"), "summary": ("喜获丰收。",)})
    )
    found = desk.draft(Article(BODY))
    assert found.headline and bad not in [c.text for c in found.candidates]
    assert any(f"未采用“{bad}”" in w for w in found.warnings)
