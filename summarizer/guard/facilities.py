"""Words for facilities that carry a name before them: 龙门水库, 柳湾大桥."""

from __future__ import annotations

import re

FACILITY = re.compile(
    "水库|水电站|电站|大桥|隧道|机场|火车站|车站|港口|码头|公园|广场|大厦|医院|中学|小学|景区|博物馆|图书馆|体育馆|"
    "体育场|剧院|大坝|灌区|林场|农场|煤矿|工业园|开发区|街道|社区|灯塔|渡口|古镇|老街|湿地|书院"
)
