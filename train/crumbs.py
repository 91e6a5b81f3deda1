"""What stands around a story and is not the story: datelines, bylines, column tags, portal crumbs."""

from __future__ import annotations

import re

_NAMES = r"[^）)\n]{0,60}"
_LEAD = [
    re.compile(r"^[\s　]*(?:原标题|标题)[：:][^\n]{0,60}\n"),
    re.compile(r"^[\s　]*核心阅读\n"),
    re.compile(r"^[\s　]*【[^】\n]{1,16}】"),
    re.compile(rf"^[\s　]*[（(](?:[^）)\n]{{0,12}})(?:记者|通讯员|见习|实习|作者|编辑|特约){_NAMES}[）)]"),
    re.compile(
        r"^[\s　]*(?:据)?(?:新华社|中新社|中新网|中新财经|中国新闻网|本报|人民网|央视网|新华网"
        r"|环球网|参考消息网|证券日报网|全景网|东北网"
        r"|虎扑体育|虎扑|南开新闻网|新浪[^\s，。]{0,4}|腾讯[^\s，。]{0,4}|网易[^\s，。]{0,4}|财联社|观点网|[^\s，。：（(]{2,8}网)"
        r"[^，。：\n（(]{0,24}?(?:电|讯|消息|报道)(?=[\s　（(：:，\n“《【\u4e00-\u9fff])[\s　：:]*"
    ),
    re.compile(r"^[\s　]*本报讯[\s　：:]*"),
    re.compile(
        rf"^[\s　]*[（(](?:{_NAMES})(?:记者|通讯员|摄影|作者|编译|报道|实习生){_NAMES}[）)][\s　：:]*"
    ),
    re.compile(r"^[\s　]*[（(][\u4e00-\u9fff·、\s]{2,24}[）)](?=[\u4e00-\u9fff\d])"),
    re.compile(r"^[\s　]*(?:□|■|▲|●)?[\s　]*(?:本报)?(?:记者|通讯员)[\s　：:][^\n，。]{2,30}\n"),
    re.compile(r"^[\s　]*(?:来源|作者|记者|编辑|责编)[：:][^\n，。]{1,30}\n"),
]
_TAIL = re.compile(
    r"[\s　]*(?:[（(](?:记者|完|作者|编辑|责任编辑|来源|央视|总台)[^（()）\n]{0,40}[）)]"
    r"|（[\u4e00-\u9fff]{2,4}）|@\S{2,12}|\S{2,8}的微博视频)[\s　]*$"
)
_INLINE = re.compile(
    r"^(?:事件追踪|媒体报道|相关新闻|相关阅读|延伸阅读|责任编辑|编辑|来源)[：:]?.{0,30}$", re.M
)
_TITLE_TAG = re.compile(
    r"^(?:【[^】]{1,20}】|\[[^\]]{1,16}\]|（[^）]{1,12}）)+|(?:（[^）]{1,20}）|\([^)]{1,20}\)|【[^】]{1,12}】)+$"
)
_TITLE_PORTAL = re.compile(
    r"[\s_\-－|｜—]+(?:[^\s_\-|｜—]{0,10}(?:网|频道|日报|晚报|时报|新闻|在线|论坛|专题))+$"
)


def strip_body(body: str) -> str:
    """``body`` without the dateline and byline that open it and the credit that ends it."""
    before = None
    while before != body:
        before = body
        for pattern in _LEAD:
            body = pattern.sub("", body, count=1)
    body = _INLINE.sub("", body)
    for _ in range(2):
        body = _TAIL.sub("", body)
    return body.strip()


def strip_title(title: str) -> str:
    """``title`` without column tags, hash marks and the name of the portal."""
    title = title.strip().strip("#").strip()
    title = _TITLE_PORTAL.sub("", title)
    inner = re.fullmatch(r"【#?([^】#]+)#?】", title)
    if inner:
        title = inner.group(1)
    title = _TITLE_TAG.sub("", title).strip()
    return re.sub(r"\s+", " ", title).rstrip("。，、；： ").strip()
