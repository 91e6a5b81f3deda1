"""The chat backend against a scripted server: faults, limits, options, keys, streaming, sections."""

import json
import pickle
import random
from collections import Counter

import made_up_texts
import pytest
from scripted_server import Act, article_of, items, serving

from summarizer.errors import ModelError, SettingsError
from summarizer.types import Decoding, Request

pytest.importorskip("openai")

from summarizer.models.base import Backend
from summarizer.models.chat.retry import Again, GaveUp, Retry
from summarizer.models.chat.settings import ChatSettings, Secret, settings
from summarizer.models.openai import OpenAIBackend

TEXT = made_up_texts.PARAGRAPHS[3]
GOOD = items("云溪至枫桥城际公交8月1日开通", "城际公交全程42公里 票价6元")
DECODING = Decoding(candidates=3)


def headline(text=TEXT, **changes):
    return Request("headline", text, 20, **changes)


def backend(server, waits=None, attempts=4, **changes):
    slept = [] if waits is None else waits
    chat = ChatSettings(server.url, "tiny", attempts=attempts, **changes)
    retry = Retry(attempts, sleep=slept.append, chance=random.Random(1))
    return OpenAIBackend(chat=chat, retry=retry, announce=lambda plan: None)


def texts(found):
    return [generated.text for generated in found[0]]


def test_it_is_a_backend_and_writes():
    with serving(lambda body, n: Act(GOOD)) as server:
        chat = backend(server)
        assert isinstance(chat, Backend)
        assert texts(chat.generate([headline()], DECODING)) == json.loads(GOOD)["items"]
        assert chat.usage == (100, 20)
        sent = server.bodies[0]
        assert sent["model"] == "tiny" and sent["response_format"]["type"] == "json_schema"
        assert article_of(sent) == TEXT


def test_load_takes_a_url_and_asks_for_the_only_model(monkeypatch):
    from summarizer.models import load

    monkeypatch.delenv("SUMMARIZER_CHAT_MODEL", raising=False)
    with serving(lambda body, n: Act(GOOD)) as server:
        chat = load(server.url)
        assert chat.info.name == f"tiny@127.0.0.1:{server.server_port}" and chat.info.engine == "openai"
        assert load(server.url + "#other").info.name.startswith("other@")


def test_a_server_that_is_not_there_is_one_line():
    with serving(lambda body, n: Act(GOOD)) as server:
        url = server.url
    with pytest.raises(ModelError, match="连不上 127.0.0.1") as caught:
        OpenAIBackend(url)
    assert "\n" not in str(caught.value)


def test_results_name_every_prompt_with_version_and_hash():
    from dataclasses import asdict

    with serving(lambda body, n: Act(GOOD)) as server:
        info = asdict(backend(server).info)
    assert any(ref.startswith("headline@1:") for ref in info["prompts"]) and len(info["sha256"]) == 64


# --- 200 documents on a bad day --------------------------------------------------------------------------


def bad_day(seed):
    """20% dropped, 15% 429, 15% half JSON, 5% stalls past the timeout; two documents never answered."""
    chance = random.Random(seed)

    def script(body, number):
        article = article_of(body)
        if "第77号" in article or "第133号" in article:
            return Act(status=503)
        dice = chance.random()
        if dice < 0.20:
            return Act(drop=True)
        if dice < 0.35:
            return Act(status=429, headers={"Retry-After": "1"})
        if dice < 0.45:
            return Act(raw=b'{"id": "c", "choices": [{"mess')
        if dice < 0.50:
            return Act('{"items": ["' + article[:8] + "造林动员", finish="length")
        if dice < 0.55:
            return Act(GOOD, stall=0.9)
        return Act(items(article[:12], article[4:16]))

    return script


def test_200_documents_on_a_bad_day_are_all_done_or_failed_with_a_reason():
    documents = [f"第{n}号通告：云溪市第{n}次会议昨日召开，部署造林{n}万亩。" for n in range(200)]
    attempts = 5
    waits = []
    with serving(bad_day(7)) as server:
        chat = backend(server, waits, attempts=attempts, timeout=0.3, concurrency=8)
        outcome = {}
        for start in range(0, 200, 20):
            part = documents[start : start + 20]
            try:
                found = chat.generate([headline(text) for text in part], DECODING)
                outcome.update(zip(part, found, strict=True))
                continue
            except ModelError:
                pass
            for text in part:  # as the batch does: the failed part again, one by one
                try:
                    outcome[text] = chat.generate([headline(text)], DECODING)[0]
                except ModelError as error:
                    outcome[text] = str(error)
        sends = Counter(article_of(body) for body in server.bodies)
    assert set(outcome) == set(documents) == set(sends)
    failed = {text: reason for text, reason in outcome.items() if isinstance(reason, str)}
    assert documents[77] in failed and documents[133] in failed
    assert all(f"发送 {attempts} 次均失败" in reason for reason in failed.values())
    assert max(sends.values()) <= attempts
    # 55% of sends fail: 0.55^5 of 200 documents, about ten, use up their five sends beside the two.
    assert 2 <= len(failed) <= 50
    assert all(found for found in outcome.values())
    assert waits and max(waits) <= 30


def test_through_the_library_a_document_fails_alone_with_its_reason():
    from summarizer import Summarizer
    from summarizer.errors import SummarizerError

    bodies = list(made_up_texts.PARAGRAPHS[:5])

    def script(body, number):
        article = article_of(body)
        if "城际公交" in article:
            return Act(status=500)
        return Act(items(article[:14]))

    with serving(script) as server:
        desk = Summarizer(backend=backend(server, attempts=2))
        done, failed = [], []
        for text in bodies:
            try:
                done.append(desk.write(text))
            except SummarizerError as error:
                failed.append(str(error))
    assert len(done) == len(bodies) - 1 and len(failed) == 1 and "500" in failed[0]
    assert all(report.model.prompts for report in done)


# --- faults one by one -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Act(drop=True), "连接中断"),
        (Act(status=429), "429"),
        (Act(status=500), "500"),
        (Act(raw=b'{"choices": [{"mess'), "JSON"),
        (Act(raw=b"{}"), "JSON"),
        (Act(raw=b'{"choices": []}'), "JSON"),
        (Act(raw=b"<html>busy</html>"), "JSON"),
        (Act(content="  "), "空"),
        (Act('{"items": ["公交', finish="length"), "没有一条完整"),
        (Act(GOOD, stall=0.9), "无应答"),
    ],
)
def test_each_fault_is_sent_again_up_to_the_limit_and_told(fault, reason):
    with serving(lambda body, n: fault) as server:
        chat = backend(server, attempts=3, timeout=0.25)
        with pytest.raises(ModelError, match=reason) as caught:
            chat.generate([headline()], DECODING)
        assert len(server.bodies) == 3 and "\n" not in str(caught.value)
        with pytest.raises(ModelError, match=reason):  # remembered: not sent a fourth time
            chat.generate([headline()], DECODING)
        assert len(server.bodies) == 3


def test_one_fault_then_an_answer():
    with serving(lambda body, n: Act(drop=True) if n == 1 else Act(GOOD)) as server:
        assert len(texts(backend(server).generate([headline()], DECODING))) == 2


def test_an_answer_is_remembered_and_same_requests_are_sent_once():
    with serving(lambda body, n: Act(GOOD)) as server:
        chat = backend(server)
        assert len(chat.generate([headline()] * 5, DECODING)) == 5
        chat.generate([headline()], DECODING)
        assert len(server.bodies) == 1
        assert chat.plan_calls([headline()], DECODING).calls == 0


def test_retry_after_is_respected_within_the_cap():
    def script(body, number):
        return Act(status=429, headers={"Retry-After": {1: "7", 2: "9999", 3: "soon"}[number]})

    waits = []
    with serving(script) as server, pytest.raises(ModelError):
        backend(server, waits, attempts=3).generate([headline()], DECODING)
    assert waits == [7.0, 30.0]


def test_waits_grow_and_never_follow_the_last_send():
    waits = []
    retry = Retry(5, base=1.0, cap=4.0, sleep=waits.append, chance=random.Random(2))

    def send():
        raise Again("x")

    with pytest.raises(GaveUp, match="5 次"):
        retry.call(send)
    assert [low <= wait <= high for wait, low, high in zip(waits, (0.5, 1, 2, 2), (1, 2, 4, 4), strict=True)]
    assert len(waits) == 4


@pytest.mark.parametrize(
    ("status", "hint"), [(401, "密钥无效"), (403, "权限"), (404, "没有模型"), (400, "拒绝")]
)
def test_what_no_retry_can_mend_is_sent_once(status, hint):
    with serving(lambda body, n: Act(status=status)) as server:
        with pytest.raises(ModelError, match=hint):
            backend(server).generate([headline()], DECODING)
        assert len(server.bodies) == 1


def test_options_that_a_server_refuses_are_left_out_from_then_on():
    def script(body, number):
        kind = body.get("response_format", {}).get("type")
        if kind == "json_schema":
            return Act(status=400, error="response_format.type must be text or json_object")
        if "seed" in body:
            return Act(status=422, error="unknown field: seed")
        if "max_tokens" in body:
            return Act(status=400, error="Unsupported: 'max_tokens'. Use 'max_completion_tokens' instead.")
        return Act(GOOD)

    with serving(script) as server:
        chat = backend(server)
        assert texts(chat.generate([headline()], DECODING))
        assert texts(chat.generate([headline("云溪市昨日下雨。")], DECODING))
        assert len(server.bodies) == 5
        assert server.bodies[-1]["response_format"] == {"type": "json_object"}
        assert "max_completion_tokens" in server.bodies[-1]


def test_no_more_than_the_set_number_of_requests_at_once():
    import threading

    lock = threading.Lock()
    now, most = [0], [0]
    gate = threading.Barrier(3, timeout=5)

    def script(body, number):
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        gate.wait()
        with lock:
            now[0] -= 1
        return Act(GOOD)

    with serving(script) as server:
        requests = [headline(text) for text in made_up_texts.inputs(9)]
        backend(server, concurrency=3).generate(requests, DECODING)
    assert most[0] == 3


# --- budget, plan, sections, streaming -------------------------------------------------------------------


def test_a_text_over_the_budget_is_refused_before_anything_is_sent():
    with serving(lambda body, n: Act(GOOD)) as server:
        chat = backend(server, budget=200)
        with pytest.raises(ModelError, match="上限"):
            chat.generate([headline("云" * 201)], DECODING)
        assert server.bodies == []


def test_the_number_of_calls_is_said_before_they_are_made():
    said = []
    with serving(lambda body, n: Act(GOOD)) as server:
        chat = backend(server)
        chat.announce = lambda plan: said.append((plan.calls, len(server.bodies)))
        chat.generate([headline(text) for text in made_up_texts.inputs(7)], DECODING)
        assert said == [(7, 0)] and len(server.bodies) == 7


def test_a_long_report_is_summed_up_by_sections_in_the_planned_number_of_calls():
    def script(body, number):
        user = body["messages"][-1]["content"]
        return Act("合并后的摘要。" if "各部分的摘要" in user else f"摘要：{article_of(body)[:6]}。")

    sections = list(made_up_texts.PARAGRAPHS[:5])
    with serving(script) as server:
        chat = backend(server)
        plan = chat.plan_sections(sections)
        assert chat.summarise(sections, 120) == "合并后的摘要。"
        assert plan.calls == len(server.bodies) == 6
        merged = article_of(server.bodies[-1]).split("\n")
    assert merged == [text[:6] + "。" for text in sections]


def test_a_section_cut_at_the_limit_is_an_error_not_half_a_summary():
    with serving(lambda body, n: Act("市里召开", finish="length")) as server:
        with pytest.raises(ModelError, match="上限"):
            backend(server).summarise(["甲。" * 10, "乙。" * 10], 60)


def test_a_long_report_through_the_library_covers_every_part():
    from summarizer import Summarizer

    report = "".join(made_up_texts.PARAGRAPHS) * 3
    with serving(lambda body, n: Act(items(article_of(body)[:16]))) as server:
        desk = Summarizer(backend=backend(server, budget=400))
        draft = desk.write(report, summary_chars=200).articles[0]
        seen = "".join(article_of(body) for body in server.bodies)
    assert draft.coverage == 1.0
    assert all(paragraph[-20:] in seen for paragraph in made_up_texts.PARAGRAPHS)


def test_streaming_shows_whole_candidates_only():
    with serving(lambda body, n: Act(GOOD)) as server:
        grown = list(backend(server).stream(headline(), DECODING))
    first, second = json.loads(GOOD)["items"]
    assert grown == [(first,), (first, second)]


# --- keep, avoid, rewrites -------------------------------------------------------------------------------


def test_keep_and_avoid_are_asked_for_and_measured_here():
    with serving(lambda body, n: Act(items("公交开通", "枫桥公交开通", "枫桥公交便民"))) as server:
        request = headline(keep=("枫桥",), avoid=("便民",))
        assert texts(backend(server).generate([request], DECODING)) == ["枫桥公交开通"]
        assert "必须原样包含：枫桥" in server.bodies[0]["messages"][-1]["content"]


def test_more_candidates_than_asked_for_are_not_taken():
    with serving(lambda body, n: Act(items(*(f"公交开通之{i}" for i in range(40))))) as server:
        assert len(texts(backend(server).generate([headline()], Decoding(candidates=3)))) == 3


@pytest.mark.parametrize(
    ("request_", "prompt"),
    [
        (Request("summary", TEXT, 50), "summary_short"),
        (Request("summary", TEXT, 120), "summary"),
        (Request("summary", TEXT, 300), "summary_long"),
        (Request("kicker", TEXT, 12, "公交开通"), "kicker"),
        (Request("headline", TEXT, 8, "云溪至枫桥城际公交开通"), "shorter"),
        (Request("headline", TEXT, 24, "公交开通"), "longer"),
    ],
)
def test_each_task_has_its_prompt(request_, prompt):
    from summarizer.models.chat import asking
    from summarizer.prompting import Registry

    assert asking.render(Registry(), request_, DECODING, 6000).ref.name == prompt


# --- keys and settings -----------------------------------------------------------------------------------


def test_a_key_shows_nowhere(capsys):
    key = "sk-very-secret-123456"
    with serving(lambda body, n: Act(status=400, error=f"bad key {key}")) as server:
        chat = backend(server, key=Secret(key))
        with pytest.raises(ModelError) as caught:
            chat.generate([headline()], DECODING)
        shown = [repr(chat), repr(chat.settings), str(chat.settings), repr(vars(chat)), str(caught.value)]
        assert server.headers[0]["authorization"] == f"Bearer {key}"
    assert not any(key in text for text in shown)
    assert caught.value.__cause__ is None
    with pytest.raises(TypeError):
        pickle.dumps(chat.settings)


def test_a_key_goes_only_to_the_server_it_is_for():
    env = {"OPENAI_API_KEY": "for-openai"}
    assert settings("http://example.org/v1#m", env).key.reveal() == ""
    assert settings("gpt", env).key.reveal() == "for-openai"
    named = {**env, "OPENAI_BASE_URL": "http://example.org/v1"}
    assert settings("http://example.org/v1#m", named).key.reveal() == "for-openai"
    assert settings("http://example.org/v1", {"SUMMARIZER_API_KEY": "mine"}).key.reveal() == "mine"


@pytest.mark.parametrize("url", ["http://user:pass@example.org/v1", "http:///v1"])
def test_urls_with_keys_or_without_hosts_are_refused(url):
    with pytest.raises(ModelError):
        settings(url, {})


def test_no_key_for_the_vendor_is_said_before_any_call():
    with pytest.raises(ModelError, match="SUMMARIZER_API_KEY"):
        settings("gpt", {})


@pytest.mark.parametrize(
    "env",
    [{"SUMMARIZER_CHAT_TIMEOUT": "soon"}, {"SUMMARIZER_CHAT_ATTEMPTS": "0"}, {"SUMMARIZER_CHAT_BUDGET": "5"}],
)
def test_settings_out_of_range_are_refused(env):
    with pytest.raises(SettingsError):
        settings("http://example.org/v1#m", env)


def test_redirects_are_not_followed_with_a_key():
    with serving(lambda body, n: Act(GOOD)) as other:
        where = {"Location": other.url + "/chat/completions"}
        with serving(lambda body, n: Act(status=307, headers=where)) as server:
            with pytest.raises(ModelError):
                backend(server, key=Secret("secret-key")).generate([headline()], DECODING)
        assert other.bodies == []
