# ruff: noqa: E501
"""Units of measure: surface form → dimension and exact factor, so that 3公里 equals 3000米.

Strong units measure (money, length, time …) and must agree. Weak ones count (人, 名, 家, 个 …): Chinese
changes them freely between headline and body, so they agree with one another.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

#: 90后, the young: no count, and the same whichever of them a headline names, unless the body names one.
GENERATION = re.compile("[05-9][05]后")


@dataclass(frozen=True, slots=True)
class Unit:
    """``dimension`` is a name; ``factor`` converts to its base; a weak unit only counts."""

    name: str
    dimension: str
    factor: Fraction = Fraction(1)
    weak: bool = False


#: dimension → {surface: factor to the base unit}
_STRONG: dict[str, dict[str, str]] = {
    "ratio": {"%": "1/100", "个百分点": "1/100", "百分点": "1/100", "‰": "1/1000", "成": "1/10", "折": "1/10"},
    "times": {"倍": "1"},
    "元": {"元": "1", "元人民币": "1", "人民币": "1", "块钱": "1", "块": "1", "角": "1/10", "元钱": "1"},
    "美元": {"美元": "1", "美金": "1"},
    "欧元": {"欧元": "1"},
    "英镑": {"英镑": "1"},
    "日元": {"日元": "1"},
    "韩元": {"韩元": "1"},
    "港元": {"港元": "1", "港币": "1"},
    "卢布": {"卢布": "1"},
    "卢比": {"卢比": "1"},
    "加元": {"加元": "1"},
    "澳元": {"澳元": "1"},
    "metre": {"公里": "1000", "千米": "1000", "里": "500", "华里": "500", "米": "1", "分米": "1/10", "厘米": "1/100",
              "公分": "1/100", "毫米": "1/1000", "微米": "1/1000000", "纳米": "1/1000000000", "海里": "1852",
              "英里": "1609344/1000", "km": "1000", "m": "1", "cm": "1/100", "mm": "1/1000", "光年": "9460730472580800"},
    "square": {"平方米": "1", "平米": "1", "平方公里": "1000000", "平方千米": "1000000", "公顷": "10000",
               "亩": "2000/3", "亩地": "2000/3", "顷": "200000/3"},
    "cubic": {"立方米": "1", "方": "1", "立方": "1", "升": "1/1000", "毫升": "1/1000000", "立方公里": "1000000000"},
    "gram": {"吨": "1000000", "公斤": "1000", "千克": "1000", "斤": "500", "克": "1", "毫克": "1/1000", "两重": "50",
             "kg": "1000", "t": "1000000", "g": "1", "磅": "45359237/100000"},
    "second": {"秒": "1", "秒钟": "1", "分钟": "60", "小时": "3600", "个小时": "3600", "个多小时": "3600", "刻钟": "900"},
    "day": {"天": "1", "日": "1", "日夜": "1", "昼夜": "1", "天时间": "1", "周": "7", "星期": "7", "个星期": "7", "个礼拜": "7"},
    "month": {"个月": "1", "年": "12", "载": "12", "周年": "12", "个季度": "3", "余年": "12", "个世纪": "1200",
              "赛季": "12", "个赛季": "12"},
    "degree": {"℃": "1", "°c": "1", "摄氏度": "1", "度": "1"},
    "watt": {"瓦": "1", "千瓦": "1000", "兆瓦": "1000000", "kw": "1000", "mw": "1000000", "吉瓦": "1000000000"},
    "volt": {"伏": "1", "千伏": "1000", "kv": "1000", "万伏": "10000"},
    "watt-hour": {"千瓦时": "1000", "瓦时": "1", "度电": "1000", "kwh": "1000"},
    "magnitude": {"级地震": "1"},
    "岁": {"岁": "1", "周岁": "1"},
    "byte": {"gb": "1", "g": "1", "mb": "1/1024", "tb": "1024"},
}  # fmt: skip
_WEAK = (
    "个人 人次 人 名 位 员 口 例 起 家 件 项 条 种 批 座 台 辆 架 艘 只 头 株 棵 张 份 次 届 场 所 处 间 栋 幢 套 户 对 双 "
    "级 层 期 集 部 本 册 篇 首 幅 支 枚 颗 粒 片 段 组 队 群 类 款 门 班 轮 站 局 步 招 大 省份 省 市 县 区 镇 乡 村 国 校 地 "
    "路 线 城 店 个 万人 连胜 连败 连冠 连 冠 金 银 铜 胜 负 平 球 分 板 助 篮 盘 杆 环 子 女 孩 老 将 兄弟 夫妻 姐妹 强 季 关 "
    "代 方面 面 点 字 句 声 眼 手 脚 针 剂 药 餐 菜 瓶 箱 包 袋 桶 车 船 机 列 趟 班次 航班 节 课 题 道 封 则 幕 宗 笔 单 "
    "票 股 手机 栏 版 页 幢 撞 死 伤 亡 病 房 床 岗 倍速 码 号 期间 通 股份 部委 部门 院 园 馆 企 社 市场 联 星 环节 维 会 "
    "军 镖 连板 涨停 跌停 强度 级别 月 夜 晚 朵 根 把 串 排 行 桩 样 番 回 遍 顿 阵 户籍 伙 帮 具 尊 块地 亿 万 标 营 连环 "
    "年级 号线 号楼 号院 省区市 省市 尺 丈 寸 亩地 户人家 人家 学子 学生 教师 老师 医生 企业 国家 城市 高校 车企 股民 网友"
).split()

PERSONS = frozenset("人 名 位 员 口 个人 例 个 女 孩 死 伤 亡 学子 学生".split())
UNITS: dict[str, Unit] = {w: Unit(w, "count", weak=True) for w in _WEAK}
UNITS |= {s: Unit(s, d, Fraction(f)) for d, table in _STRONG.items() for s, f in table.items()}
NONE = Unit("", "count", weak=True)
_PATTERN = re.compile("|".join(re.escape(s) for s in sorted(UNITS, key=len, reverse=True)))
_COMPOUND = frozenset("度味货初末底中内夜报薪俗终会")
MONEY = frozenset("元 美元 欧元 英镑 日元 韩元 港元 卢布 卢比 加元 澳元".split())


def unit_at(text: str, at: int) -> tuple[Unit, int]:
    """The longest unit that starts at ``text[at]`` and its length; ``(NONE, 0)`` where none does."""
    spaced = text[at : at + 1] == " "
    found = _PATTERN.match(text, at + spaced)
    if not found or (spaced and text[found.end() : found.end() + 1] in _COMPOUND):
        return NONE, 0  # 1538亿 年度目标, 初五 年味
    if found.group().isascii() and found.group() != "%" and text[found.end() : found.end() + 1].isalnum():
        if text[found.end()].isascii():
            return NONE, 0
    return UNITS[found.group()], found.end() - at


def agree(a: Unit, b: Unit) -> bool:
    """Whether two units can measure one thing: same dimension, or one of them is missing."""
    return a.dimension == b.dimension or not a.name or not b.name
