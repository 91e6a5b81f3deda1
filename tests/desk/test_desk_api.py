"""The HTTP API over a real socket: answers, errors, limits, credentials, headers."""

import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

pytest.importorskip("gradio", reason="the desk extra is not installed")

from desk_double import Double
from desk_running import running

from desk.config import Limits

TEXT = "云溪市青石县引水工程全线通水\n沿线3个乡镇的4.2万居民用上了自来水。"


@pytest.fixture(scope="module")
def server():
    limits = Limits(chars=2000, upload_bytes=20_000, queue=64, rate=100_000)
    with running(Double(), limits=limits, origins=("https://cms.example",)) as found:
        yield found


@pytest.fixture
def http(server):
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as client:
        yield client


def test_headline(http):
    answer = http.post("/v1/headline", json={"text": TEXT, "candidates": 3})
    assert answer.status_code == 200
    found = answer.json()
    assert found["headline"] == TEXT.split("\n")[0] and len(found["candidates"]) == 3
    assert found["body"] == TEXT and found["model"]["name"] == "embedded"
    assert set(found["candidates"][0]) >= {"text", "chars", "score", "origin", "findings", "evidence"}


def test_summary_and_page(http):
    found = http.post("/v1/summary", json={"text": TEXT, "summary_chars": 40}).json()
    assert found["summary"] == TEXT[:40] and found["key_points"] == ["要点一"]
    report = http.post("/v1/page", json={"text": f"{TEXT}\n\n第二篇。"}).json()
    assert len(report["articles"]) == 2 and report["articles"][1]["headline"] == "第二篇。"
    assert set(report) >= {"source", "model", "seconds", "warnings", "articles"}


def test_a_second_article_is_named_in_a_warning(http):
    found = http.post("/v1/headline", json={"text": f"{TEXT}\n\n第二篇。"}).json()
    assert "/v1/page" in found["warnings"][-1]


def test_a_file_can_be_sent(http):
    answer = http.post("/v1/page/file", files={"file": ("稿件.txt", TEXT.encode("gb18030"))})
    assert answer.status_code == 200 and answer.json()["articles"][0]["headline"] == TEXT.split("\n")[0]


def test_a_lone_surrogate_comes_back_as_an_escape(http):
    body = b'{"text": "\\u4e91\\u6eaa\\ud800\\u5e02\\u901a\\u6c34\\u3002"}'
    answer = http.post("/v1/headline", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 422) and json.loads(answer.content)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": 5}, "text"),
        ({"text": None}, "text"),
        ({"text": TEXT, "candidates": "5"}, "candidates"),
        ({"text": TEXT, "candidates": 99}, "candidates"),
        ({"text": TEXT, "headline_chars": 2.5}, "headline_chars"),
        ({"text": TEXT, "unknown": 1}, "unknown"),
        ([], "body"),
    ],
)
def test_a_wrong_field_is_named_and_its_value_not_repeated(http, body, field):
    answer = http.post("/v1/headline", json=body)
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "invalid" and error["details"][0]["field"] == field
    assert "沿线" not in answer.text and 'input":' not in answer.text


def test_empty_text_and_unknown_model_are_422(http):
    assert http.post("/v1/headline", json={"text": " \n"}).status_code == 422
    answer = http.post("/v1/headline", json={"text": TEXT, "model": "../../etc"})
    assert answer.status_code == 422 and "embedded" in answer.json()["error"]["message"]


def test_an_error_of_the_library_is_one_line(http):
    answer = http.post("/v1/headline", json={"text": "坏稿"})
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "这篇稿子读不了 / this text can't be read"


def test_too_large_is_413_by_length_by_stream_and_by_text(http, server):
    assert http.post("/v1/headline", json={"text": "长" * 2001}).status_code == 413
    assert http.post("/v1/headline", content=b"x" * 200_000).status_code == 413
    stream = (b"x" * 10_000 for _ in range(50))  # no Content-Length
    assert http.post("/v1/headline", content=stream).status_code == 413
    assert http.post("/v1/page/file", files={"file": ("a.txt", b"x" * 20_001)}).status_code == 413


def test_unknown_addresses_and_methods(http):
    assert http.get("/v1/nothing").status_code == 404
    assert http.get("/v1/headline").status_code == 405
    assert http.delete("/v1/headline").status_code == 405
    assert http.get("/desk/../desk/server.py").status_code == 404


def test_health_names_models_but_no_paths(http):
    found = http.get("/healthz").json()
    assert found["status"] == "ok" and set(found["models"]) == {"embedded", "extractive"}


def test_openapi_and_its_page_need_no_other_host(http):
    spec = http.get("/v1/openapi.json").json()
    assert set(spec["paths"]) == {"/v1/headline", "/v1/summary", "/v1/page", "/v1/page/file", "/healthz"}
    for operation in (spec["paths"]["/v1/headline"]["post"], spec["paths"]["/v1/page"]["post"]):
        assert {"200", "401", "413", "422", "429", "503"} <= set(operation["responses"])
    page = http.get("/v1/docs")
    assert page.status_code == 200 and "/v1/summary" in page.text and "headline_chars" in page.text
    assert "<script" not in page.text and "cdn" not in page.text and "http://127.0.0.1:7860" in page.text


def test_security_headers_are_on_every_answer(http):
    for path in ("/", "/en/", "/healthz", "/v1/docs", "/nothing", "/desk/desk.js"):
        headers = http.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"].split("style-src")[0]
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
        assert "server" not in headers
    assert http.get("/healthz").headers["cache-control"] == "no-store"


def test_every_inline_script_carries_the_nonce(http):
    answer = http.get("/")
    nonce = answer.headers["content-security-policy"].split("nonce-")[1].split("'")[0]
    assert answer.text.count("<script") == answer.text.count(f'<script nonce="{nonce}"') > 3
    assert nonce not in http.get("/").text
    assert "og:" not in answer.text and 'lang="zh-CN"' in answer.text


def test_the_language_follows_the_browser_and_the_choice(http):
    english = {"accept-language": "en-US,en"}
    assert http.get("/", headers=english).headers["location"] == "/en/"
    chosen = http.get("/?lang=1", headers=english)
    assert chosen.status_code == 200 and "desk_lang=zh" in chosen.headers["set-cookie"]
    assert http.get("/", headers=english | {"cookie": "desk_lang=zh"}).status_code == 200
    assert http.get("/", headers={"accept-language": "zh-CN"}).status_code == 200


def test_another_site_can_neither_write_nor_read(http):
    evil = {"origin": "https://evil.example"}
    assert http.post("/v1/headline", json={"text": TEXT}, headers=evil).status_code == 403
    assert http.post("/gradio_api/queue/join", json={}, headers=evil).status_code == 403
    assert "access-control-allow-origin" not in http.get("/healthz", headers=evil).headers
    listed = {"origin": "https://cms.example"}
    answer = http.post("/v1/headline", json={"text": TEXT}, headers=listed)
    assert (
        answer.status_code == 200 and answer.headers["access-control-allow-origin"] == "https://cms.example"
    )
    assert http.options("/v1/headline", headers=listed).status_code == 204


def test_a_rebound_name_is_not_answered(http):
    assert http.get("/healthz", headers={"host": "evil.example"}).status_code == 421
    assert http.get("/healthz", headers={"host": "localhost:7860"}).status_code == 200


def test_only_the_page_s_own_gradio_routes_exist(http):
    for path in "run/predict api/predict call/single_write component_server vibe-edit".split():
        assert http.post(f"/gradio_api/{path}", json={"data": []}).status_code in (404, 405), path
    for path in (
        "/gradio_api/proxy=http://127.0.0.1/",
        "/monitoring",
        "/gradio_api/deep_link",
        "/gradio_api/runs",
    ):
        assert http.get(path).status_code == 404, path


def test_a_client_over_its_rate_gets_429_with_retry_after():
    with (
        running(Double(), limits=Limits(rate=5)) as server,
        httpx.Client(base_url=server.url, trust_env=False) as http,
    ):
        answers = [http.post("/v1/headline", json={"text": TEXT}) for _ in range(8)]
    assert [a.status_code for a in answers[:5]] == [200] * 5
    assert {a.status_code for a in answers[5:]} == {429}
    assert (
        int(answers[-1].headers["retry-after"]) >= 1
        and answers[-1].json()["error"]["code"] == "too_many_requests"
    )


def test_a_full_queue_is_503_and_every_answer_goes_to_its_client():
    with running(Double(seconds=0.02), limits=Limits(queue=16, rate=100_000)) as server:

        def ask(n):
            with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as http:
                answer = http.post("/v1/headline", json={"text": f"金丝雀{n:04d}号\n正文。"})
            return n, answer

        with ThreadPoolExecutor(40) as pool:
            answers = list(pool.map(ask, range(80)))
        with httpx.Client(base_url=server.url, timeout=10, trust_env=False) as http:
            assert http.post("/v1/headline", json={"text": TEXT}).status_code == 200
    assert {answer.status_code for _, answer in answers} == {200, 503}
    for n, answer in answers:
        if answer.status_code == 200:
            assert answer.json()["headline"] == f"金丝雀{n:04d}号"
        else:
            assert int(answer.headers["retry-after"]) >= 1 and answer.json()["error"]["code"] == "busy"


def test_a_model_that_cannot_load_is_503_and_the_other_still_answers():
    with (
        running(Double(broken=("embedded",))) as server,
        httpx.Client(base_url=server.url, trust_env=False) as http,
    ):
        answer = http.post("/v1/headline", json={"text": TEXT})
        assert answer.status_code == 503 and answer.json()["error"]["code"] == "model_unavailable"
        assert http.post("/v1/headline", json={"text": TEXT, "model": "extractive"}).status_code == 200
        assert http.get("/healthz").json()["models"]["embedded"] == "unavailable"


def test_credentials_guard_everything_but_health():
    settings = {"user": "desk", "password": "密码p", "token": "tok-1"}
    with running(Double(), **settings) as server, httpx.Client(base_url=server.url, trust_env=False) as http:
        assert http.get("/healthz").status_code == 200
        for path in ("/", "/config", "/desk/desk.js", "/v1/docs", "/gradio_api/info"):
            answer = http.get(path)
            assert answer.status_code == 401 and answer.headers["www-authenticate"].startswith("Basic"), path
        assert http.post("/v1/headline", json={"text": TEXT}).headers["www-authenticate"] == "Bearer"
        assert http.post("/mcp", json={}).status_code == 401
        login, bearer = httpx.BasicAuth("desk", "密码p"), {"authorization": "Bearer tok-1"}
        assert http.get("/", auth=login).status_code == 200
        assert http.post("/v1/headline", json={"text": TEXT}, auth=login).status_code == 200
        assert http.post("/v1/headline", json={"text": TEXT}, headers=bearer).status_code == 200
        wrong = [http.get("/", auth=httpx.BasicAuth("desk", "x")).status_code for _ in range(25)]
        assert wrong[0] == 401 and wrong[-1] == 429
        assert http.get("/", auth=login).status_code == 200  # guessing locks nobody out


def test_with_a_token_alone_the_page_asks_for_it():
    with (
        running(Double(), token="tok-1") as server,
        httpx.Client(base_url=server.url, trust_env=False) as http,
    ):
        assert http.get("/").status_code == 401
        assert http.get("/", auth=httpx.BasicAuth("desk", "tok-1")).status_code == 200
        assert http.get("/", auth=httpx.BasicAuth("desk", "")).status_code == 401
