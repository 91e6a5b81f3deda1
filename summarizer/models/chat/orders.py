"""Orders to the model hidden in an article, and candidates that obeyed one.

The prompt already says that the article is data. A model may obey all the same, so what comes back is
checked: nothing that stands only in an order, in the prompt itself or behind a URL may reach a headline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?\n；;]+[。！？!?\n；;]*|[。！？!?\n；;]+")
_ORDERS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(忽略|无视|忘记|忘掉|抛开|绕过|停止遵守|不(要|再|必|用)(遵守|理会|执行|遵循|管)).{0,10}"
        r"(以上|上述|上文|之前|前面|先前|此前|所有|任何|一切|系统|你的|原有|安全).{0,6}(指令|要求|规则|提示|设定|限制|内容|命令)",
        r"(忽略|无视|忘记|忘掉|绕过).{0,8}(指令|提示词|设定|规则)",
        r"(你|您)(现在|从现在起|将|要)?(是|扮演|充当|变成|作为).{0,10}(助手|模型|AI|机器人|程序|黑客|管理员|DAN)",
        r"(作为|身为)(一个|一名)?.{0,4}(AI|人工智能|大?语言模型|大模型|摘要程序|写稿程序|编辑)(助手|模型|程序)?，?(你|您|请|必须)",
        r"(AI|人工智能|智能)?(助手|语言模型|大模型|摘要程序|写稿程序|自动系统)(们)?(请|注意|须|必须|，请|：|:)",
        r"(系统|开发者|管理员|超级用户|root)(提示词?|消息|模式|指令|命令|说明)(：|:|是|为|如下|已|要求|，)",
        r"(输出|回复|回答|打印|返回|重复|复述|显示|泄露|告诉我|写出|给出)"
        r"(以下|下面|下列|如下|上面的|以上|你的|你收到|全部|完整|这句|一句话)",
        r"(请|只|仅|直接|务必)(要|能|准|许|需|须)?(输出|回复|打印|返回|写一句|写这)",
        r"(标题|摘要|引题|答案)(必须|应当|应该|统一|一律|请|要|须|只能|改|就|直接)(写|为|是|改|用|包含|设|定|叫)",
        r"(把|将).{0,12}(标题|摘要|数字|人名|姓名|答案|结论).{0,8}(改|换|写|乘|替换|翻)(成|为|作|以|倍|一?番)?",
        r"(提示词|系统提示|初始设定|隐藏指令|API ?key|\bprompt\b)",
        r"(执行|运行|启动|进入|开始)(以下|下面|下列|如下|新的?|调试|开发者|越狱)(任务|命令|代码|指令|模式)",
        r"新的?(任务|指令|命令)(：|:|是|如下)",
        r"\b(ignore|disregard|forget|override)\b.{0,40}\b(previous|above|prior|all|any|instructions?|rules?)\b",
        r"\b(you are now|act as|pretend to be|system prompt|developer mode|jailbreak|new instructions?)\b",
        r"\b(print|reveal|output|respond|reply|repeat|write|return)\b.{0,30}"
        r"\b(only|exactly|following|prompt|with|instructions?)\b",
        r"<\|?/?(im_start|im_end|system|user|assistant|稿件|endoftext|s)[^>]{0,24}\|?>|\[/?INST\]|"
        r"^\s*#{2,}\s*(instruction|system|指令|系统)|\"items\"\s*:|^\s*(system|assistant|user)\s*[:：]",
    )
)
# No single phrase betrays every order. Speaking of the writing itself, of this text, to a machine or to "you", in
# a commanding tone, is rare in news one by one and all but absent three at a time.
_SIGNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"标题|摘要|题目|导语|输出|答案|回答|写作|翻译|抄写|改写|笑话|诗歌|采用|夹带|\btitle|\bsummar|\btranslate",
        r"上文|以上内容|上面|前文|本段|本稿|这段|这句话|该样本|下文|第一段|从这里开始|如下|\babove\b|\bthis article",
        r"AI|模型|给机器|自动|摘要系统|程序|算法|审计|训练|标注|样本|优先级|override|\btask\b|instructions?\b",
        r"请|必须|务必|不要|请勿|须|应为|改为|改做|改发|停止|无论|假设|作废|正确的|注意|\bplease\b|\bmust\b|\bstop\b",
        r"你|\byou\b",
    )
)
_TAG = re.compile(
    r"</?[A-Za-z][\w-]{2,}[^<>\n]{0,40}>|\b(?:BEGIN|END)\s+[A-Z]{4,}|^\s*(?:human|user|ai)\s*[:：]", re.I
)
_LINK = re.compile(r"https?:[\w./-]*|www\.[\w./-]+|[\w-]+\.(?:com|cn|net|org|io|top|xyz)\b|<\|", re.A | re.I)
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_ENOUGH = 3
_LEAK = 10  # characters in a row from the prompt
_RELATED = 0.25  # share of a candidate's character pairs that the news holds, asked where there are orders
_RUN = 3  # characters in a row that stand only in an order


@dataclass(frozen=True)
class Screen:
    """An article seen as ``news`` and ``orders``; ``judge`` says why a candidate may not be used."""

    news: str
    orders: str
    prompt: str

    def judge(self, candidate: str) -> str:
        """ "" where the candidate is clean, else the reason."""
        if _LINK.search(candidate) and not _in(self.news, candidate, _LINK):
            return "含网址或控制标记 / a link or control mark"
        if _shares_run(candidate, self.prompt, self.news + self.orders, _LEAK):
            return "复述了提示词 / repeats the prompt"
        related = _related(candidate, self.news)
        if not related:
            return "与稿件无关 / has nothing to do with the article"
        if not self.orders:
            return ""
        if related < _RELATED:
            return "稿件夹带指令，内容又与新闻无关 / an order in the article, and off its news"
        if _shares_run(candidate, self.orders, self.news, _RUN) or _only_numbers(candidate, self):
            return "执行了稿件中夹带的指令 / obeys an order in the article"
        if is_order(candidate) and candidate not in self.news:
            return "内容是对模型的指令 / an order to the model"
        return ""


def is_order(sentence: str) -> bool:
    """Whether a sentence speaks to the model rather than to readers."""
    if _TAG.search(sentence) or any(pattern.search(sentence) for pattern in _ORDERS):
        return True
    return sum(bool(pattern.search(sentence)) for pattern in _SIGNS) >= _ENOUGH


def screen(article: str, prompt: str = "") -> Screen:
    """``article`` split into news and orders; what follows an order on its line is its payload."""
    news, orders, follows = [], [], False
    for match in _SENTENCE.finditer(article):
        sentence = match.group()
        order = is_order(sentence)
        (orders if order or follows else news).append(sentence)
        follows = order and not sentence.endswith("\n")
    return Screen("".join(news), "".join(orders), prompt)


def _in(text: str, candidate: str, pattern: re.Pattern) -> bool:
    return all(match.group() in text for match in pattern.finditer(candidate))


def _shares_run(candidate: str, inside: str, outside: str, length: int) -> bool:
    """Whether ``length`` characters in a row stand in ``inside`` and not in ``outside``."""
    runs = (candidate[i : i + length] for i in range(len(candidate) - length + 1))
    return any(run in inside and run not in outside for run in runs)


def _related(candidate: str, news: str) -> float:
    """Share of the candidate's pairs of adjacent letters or Han characters that stand in the news."""
    bare = "".join(filter(str.isalnum, candidate))
    pairs = [bare[i : i + 2] for i in range(len(bare) - 1)] or [bare]
    return sum(pair in news for pair in pairs) / len(pairs)


def _only_numbers(candidate: str, seen: Screen) -> bool:
    """Whether a number of the candidate comes from an order and not from the news."""
    news = set(_NUMBER.findall(seen.news))
    orders = set(_NUMBER.findall(seen.orders))
    return any(number in orders and number not in news for number in _NUMBER.findall(candidate))
