"""Small rows of our own, all fictional, for the tests of whole commands."""

import json

PLACES = ["青石县", "临河区", "枫桥镇", "云溪市"]
WORKS = ["引水工程", "环城公路", "中心医院", "职业学校", "粮食储备库", "污水处理厂"]
ACTS = [("正式开工", "开工"), ("竣工验收", "竣工"), ("投入使用", "启用")]


def rows(count=24):
    """``count`` rows with ids r0…; headline and summary are said by the body."""
    found = []
    for i in range(count):
        place, work, (act, word) = PLACES[i % 4], WORKS[i % 6], ACTS[i % 3]
        number, month = 12 + i, i % 12 + 1
        lead = f"{month}月{i % 27 + 1}日，{place}{work}{act}，总投资{number}.5亿元。"
        body = (
            lead
            + f"据介绍，该项目占地{300 + i}亩，建成后预计惠及群众{i + 3}万人，就业岗位增加{80 + i}个。"
            + "市长陆文清表示：“要把好事办好、实事办实。”"
            + f"去年以来，{place}固定资产投资增长{i % 9 + 2}.{i % 10}%，居民收入稳步提高。"
            + "下一步，当地将加快配套道路建设。" * (i % 5)
        )
        found.append(
            {
                "id": f"r{i}",
                "source": "云溪日报" if i % 2 else "云溪广播",
                "title": f"{place}{number}.5亿元{work}{word}",
                "summary": f"{place}{work}{act}，总投资{number}.5亿元，预计惠及群众{i + 3}万人。",
                "body": body,
            }
        )
    return found


def write(path, records):
    """``records`` as JSON Lines in ``path``, which is returned."""
    path.write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8"
    )
    return path
