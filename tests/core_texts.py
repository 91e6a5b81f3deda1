"""Texts for the core tests: a fictional town, 云溪市."""

ARTICLE = (
    "12月20日晚，云溪市委书记章明远主持召开市委常委会会议，研究部署岁末年初安全生产工作。"
    "会议强调，要压实责任，全面排查隐患，坚决防范重特大事故发生。\n"
    "市长陆文清指出，全市今年前十一个月完成固定资产投资312.5亿元，同比增长8.6%。"
    "“安全生产是底线，一刻也不能放松。”他说。\n"
    "青石县、临河区等地将于12月底前完成危旧房屋排查，涉及居民1.2万户。"
)
SECOND = (
    "近日，枫桥镇敬老院迎来一批特殊的客人。云溪一中三十名学生利用周末时间来到敬老院，为老人理发、打扫房间。"
    "该校志愿服务队成立三年来，已累计开展活动96次，服务老人1500余人次。"
)


def report(characters: int) -> str:
    """An official report of about ``characters`` characters, in numbered sections, no two sentences alike."""
    parts, size, number = [], 0, 0
    while size < characters:
        number += 1
        heading = f"（{'一二三四五六七八九十'[number % 10]}）第{number}项工程有序推进\n"
        text = "".join(
            f"第{number}项工程第{step}标段完成投资{number * 7 + step}万元，修建道路{step + 3}公里，"
            f"惠及青石县第{number + step}村群众{number * 13 + step}户。"
            for step in range(1, 7)
        )
        parts.append(heading + text + "\n")
        size += len(parts[-1])
    return "".join(parts)
