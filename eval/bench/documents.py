"""Reports of any length for timing: made-up county news, the same from the same seed.

Names, places and figures vary from sentence to sentence, so that no engine profits from repeated text.
"""

from __future__ import annotations

import random

_PLACES = "云溪市 青石县 临河区 枫桥镇 双桥村 南塘街道 白鹭湖 东岭乡 柳湾社区 石门水库".split()
_PEOPLE = "章明远 陆文清 何小满 程立秋 方知行 许南星 顾长河 沈怀谷".split()
_POSTS = "市长 县委书记 区水务局局长 镇党委书记 项目经理 村民 驻村干部 工程师".split()
_WORKS = "引水工程 环城公路 中心医院新院区 职业学校实训楼 粮食储备库 污水处理厂 农贸市场 光伏电站".split()
_PATTERNS = (
    "{month}月{day}日，{place}{work}{act}，总投资{big}亿元，计划工期{n}个月。",
    "{post}{name}介绍，该项目占地{n}亩，建成后可惠及周边{m}个村、{k}万群众。",
    "“要把好事办好、实事办实。”{post}{name}在现场说，“今年要完成{n}项任务。”",
    "据统计，前{q}个季度{place}实现地区生产总值{big}亿元，同比增长{small}%，高于去年同期{tiny}个百分点。",
    "{place}共出动{n}人次，排查隐患{m}处，已完成整改{tiny}成，未发现重大险情。",
    "记者在{place}看到，{work}施工现场机器轰鸣，{n}多名工人正在紧张作业。",
    "{name}算了一笔账：每亩增收{n}元，全村{m}户一年就能多收{k}万元。",
    "与上年相比，{place}城镇居民人均收入增加{n}元，农村居民人均收入提高{small}%。",
    "为解决群众反映的问题，{place}先后召开{m}次协调会，拿出{k}条具体措施。",
    "目前，{work}已完成总工程量的{n}%，比原计划提前{m}天。",
    "{place}今年新增就业{n}人，其中高校毕业生{m}人，城镇登记失业率控制在{small}%以内。",
    "下一步，{place}将围绕{work}建设，加快推进配套道路和管网改造，确保年底前全部投入使用。",
)
_ACTS = "正式开工 通过竣工验收 投入使用 全面复工 进入收尾阶段".split()


def document(chars: int, seed: int) -> str:
    """A report of at least ``chars`` code points and at most a sentence more, in paragraphs of four."""
    rng = random.Random(seed)
    sentences, size = [], -1  # the first paragraph has no break before it
    while size < chars:
        sentence = _sentence(rng)
        sentences.append(sentence)
        size += len(sentence) + (len(sentences) % 4 == 1)  # a line break before every fourth but the first
    return "\n".join("".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4))


def _sentence(rng: random.Random) -> str:
    return rng.choice(_PATTERNS).format(
        month=rng.randint(1, 12),
        day=rng.randint(1, 28),
        place=rng.choice(_PLACES),
        work=rng.choice(_WORKS),
        act=rng.choice(_ACTS),
        post=rng.choice(_POSTS),
        name=rng.choice(_PEOPLE),
        big=f"{rng.uniform(1, 900):.1f}",
        small=f"{rng.uniform(2, 12):.1f}",
        tiny=f"{rng.uniform(0.1, 2):.1f}",
        n=rng.randint(11, 99),
        m=rng.randint(2, 30),
        k=f"{rng.uniform(1, 30):.1f}".rstrip("0").rstrip("."),
        q=rng.choice("一二三"),
    )


def many(chars: int, count: int) -> list[str]:
    """``count`` different reports of that length."""
    return [document(chars, 1000 * chars + index) for index in range(count)]
