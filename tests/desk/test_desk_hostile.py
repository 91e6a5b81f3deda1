"""300 hostile requests: never a 500, a traceback, a file of the server, or markup that came back alive."""

# ruff: noqa: E501 - tables of inputs, one case after the other

import io
import itertools
import json
import os
import socket
import zipfile

import httpx
import pytest

pytest.importorskip("gradio", reason="the desk extra is not installed")

from desk_running import running

from desk.config import Limits

SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"
LEAKS = ("Traceback (most recent", "root:x:0", "site-packages", 'File "', "GNU/Linux", "HOSTILE_SECRET")
REPORT = "本报讯（记者 沈知夏）云溪市水务局11月20日通报，青石县引水工程当天全线通水，4.2万居民用上了自来水。"


def archive():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr("../../etc/passwd", "x" * 1000)
    return data.getvalue()


@pytest.fixture(scope="module")
def server():
    os.environ["HOSTILE_SECRET"] = "HOSTILE_SECRET"
    limits = Limits(chars=3000, upload_bytes=30_000, rate=1_000_000, queue=64)
    with running(limits=limits) as found:
        yield found


@pytest.fixture
def http(server):
    with httpx.Client(base_url=server.url, timeout=60, trust_env=False) as client:
        yield client


def harmless(answer):
    assert answer.status_code < 500 or answer.status_code == 503, (
        answer.request.url,
        answer.status_code,
        answer.text[:300],
    )
    for leak in LEAKS:
        assert leak not in answer.text, (answer.request.url, leak)
    if "html" in answer.headers.get("content-type", ""):
        assert SCRIPT not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


FILES = [
    "/etc/passwd", "/etc/os-release", "/proc/self/environ", "/proc/self/cmdline", "../app.py", "app.py", "desk/server.py",
    "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//....//etc/passwd", "C:\\Windows\\win.ini",
    "file:///etc/passwd", "http://127.0.0.1:22/", "/root/.ssh/id_rsa", "~/.bashrc", "\x00/etc/passwd", "/dev/zero", "/tmp", ".",
]  # fmt: skip
PREFIXES = ["/gradio_api/file=", "/en/gradio_api/file=", "/file=", "/assets/", "/static/", "/desk/"]


def test_paths(http):
    """120: every way to name a file of the server."""
    for prefix, path in itertools.product(PREFIXES, FILES):
        target = prefix + path.replace("\x00", "%00").replace("\\", "%5c")
        answer = http.send(httpx.Request("GET", httpx.URL(http.base_url, raw_path=target.encode())))
        harmless(answer)
        assert answer.status_code != 200, target


VALUES = [
    None, True, 0, -1, 1e308, "", " ", "\u0000", "\ud800".encode("unicode_escape").decode(), SCRIPT, [], {}, [[]], "长" * 4000,
    {"text": REPORT}, ["a"] * 500, "\r\nSet-Cookie: a=b", "${7*7}{{7*7}}", "'; DROP TABLE choices;--", "../../etc/passwd",
]  # fmt: skip


def test_wrong_types(http):
    """120: every field of the API with every kind of wrong value."""
    for path, (name, value) in itertools.product(
        ["/v1/headline", "/v1/page"], itertools.product(["text", "model", "candidates"], VALUES)
    ):
        body = {"text": REPORT, "headline_chars": 14} | {name: value}
        harmless(http.post(path, json=body))


BODIES = [
    b"", b"{", b"null", b"[]", b'"x"', b"{}" * 3, b"\xff\xfe\x00", b"[" * 30_000, b'{"text":' * 5000, b"NaN", b'{"text": NaN}',
    b'{"text": 1e999}', b'{"text": "\\ud800"}', b'{"text": "' + SCRIPT.encode() + b'"}', b'{"text":"a","text":"b"}',
]  # fmt: skip


def test_broken_json(http):
    """30 on the API and MCP."""
    for path, body in itertools.product(["/v1/headline", "/mcp"], BODIES):
        harmless(http.post(path, content=body, headers={"content-type": "application/json"}))


def events():
    """Events for the page's own route, as a hostile client may send them."""
    base = {"fn_index": 0, "session_hash": "hostile1", "data": [], "event_data": None, "trigger_id": 1}
    file = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}, "orig_name": "a.txt"}
    url = {"path": "x", "url": "http://127.0.0.1:1/", "meta": {"_type": "gradio.FileData"}}
    yield from (
        base, base | {"fn_index": 9999}, base | {"fn_index": -1}, base | {"fn_index": "x"}, base | {"fn_index": None},
        base | {"data": "x"}, base | {"data": {}}, base | {"data": [None] * 500}, base | {"session_hash": None},
        base | {"session_hash": SCRIPT}, base | {"session_hash": ["x"]}, base | {"session_hash": "../../x"},
        base | {"event_data": {"n": SCRIPT}}, base | {"event_data": "x"}, base | {"event_id": "x"}, base | {"simple_format": True},
        base | {"data": [REPORT, file, 20, 5, 120, "embedded", ""]}, base | {"data": [REPORT, url, 20, 5, 120, "embedded", ""]},
        base | {"data": [REPORT, [file] * 9, "x", None, [], {}, 5]}, base | {"data": [SCRIPT, None, 20, 5, 120, SCRIPT, ""]},
        {}, [], "x", base | {"batched": True}, base | {"request": {"x": 1}},
    )  # fmt: skip


def test_events_of_the_page(http):
    """25 events for one handler, 20 handlers with nothing, and files of the server for those that take files."""
    for body in events():
        answer = http.post("/gradio_api/queue/join", json=body)
        harmless(answer)
    config = http.get("/config").json()
    for dependency in config["dependencies"][:20]:
        harmless(
            http.post(
                "/gradio_api/queue/join",
                json={"fn_index": dependency["id"], "session_hash": "h2", "data": []},
            )
        )
    for session in ("hostile1", "h2", "nobody", SCRIPT):
        with http.stream(
            "GET", "/gradio_api/queue/data", params={"session_hash": session}, timeout=3
        ) as answer:
            assert answer.status_code < 500
            try:
                text = "".join(itertools.islice(answer.iter_text(), 50))
            except (httpx.ReadTimeout, httpx.RemoteProtocolError):
                continue
            assert not any(leak in text for leak in LEAKS)


def test_a_file_of_the_server_is_not_read_by_an_event(http):
    """The event that takes a file, given a path of the server: an error, never the content."""
    config = http.get("/config").json()
    write = next(d["id"] for d in config["dependencies"] if d["api_name"] == "single_write")
    file = {"path": "/etc/os-release", "meta": {"_type": "gradio.FileData"}, "orig_name": "a.txt"}
    body = {"fn_index": write, "session_hash": "h3", "data": ["", file, 20, 5, 120, "embedded", ""]}
    assert http.post("/gradio_api/queue/join", json=body).status_code == 200
    with http.stream("GET", "/gradio_api/queue/data", params={"session_hash": "h3"}) as answer:
        text = "".join(answer.iter_text())
    assert "process_completed" in text and '"success":false' in text
    assert not any(leak in text for leak in LEAKS) and "PRETTY_NAME" not in text


def multiparts():
    kind = "multipart/form-data; boundary=b"
    part = (
        'Content-Disposition: form-data; name="{}"; filename="{}"\r\nContent-Type: text/plain\r\n\r\n{}\r\n'
    )
    whole = "--b\r\n" + part.format("file", "a.txt", REPORT) + "--b--\r\n"
    yield from (
        (kind, body)
        for body in (b"", b"--b", b"--b\r\n\r\n", whole[:-20].encode(), b"\xff" * 500, b"--b--\r\n")
    )
    yield "multipart/form-data", whole.encode()
    yield "multipart/form-data; boundary=", whole.encode()
    yield "multipart/form-data; boundary=" + "b" * 5000, whole.encode()
    yield "text/plain", whole.encode()
    for name in (
        "../../../tmp/evil.txt",
        "/etc/cron.d/evil",
        SCRIPT,
        "a" * 3000,
        "",
        ".",
        "\u202etxt.exe",
        "a\\..\\b.txt",
        "con.txt",
    ):
        yield kind, ("--b\r\n" + part.format("file", name, REPORT) + "--b--\r\n").encode()
    yield kind, ("--b\r\n" + part.format("files", SCRIPT, SCRIPT) + "--b--\r\n").encode()
    yield (
        kind,
        ("".join("--b\r\n" + part.format("file", "a.txt", "x") for _ in range(1500)) + "--b--\r\n").encode(),
    )
    yield kind, ("--b\r\n" + part.format("file", "big.txt", "x" * 40_000) + "--b--\r\n").encode()


def test_uploads(http):
    """44: broken multipart, hostile names, archives under a text's name; on the API and on the page."""
    for path, (kind, body) in itertools.product(["/v1/page/file", "/gradio_api/upload"], multiparts()):
        harmless(http.post(path, content=body, headers={"content-type": kind}))
    for name, data in (
        ("a.txt", archive()),
        ("b.txt", b"\x89PNG\r\n\x1a\n" + bytes(500)),
        ("c.md", b"%PDF-1.7\n" + bytes(99)),
    ):
        answer = http.post("/v1/page/file", files={"file": (name, data, "text/plain")})
        harmless(answer)
        assert answer.status_code in (200, 422)
    assert not os.path.exists("/tmp/evil.txt") and not os.path.exists("/etc/cron.d/evil")


RAW = [
    b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", b"\x16\x03\x01\x02\x00" * 20, b"G" * 70_000,
    b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"POST /v1/headline HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
    b"POST /v1/headline HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
    b"POST /v1/headline HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 40_000 + b"\r\n\r\n",
    b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"CONNECT a:1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /gradio_api/heartbeat/x HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
]  # fmt: skip


def test_raw_sockets(server):
    """12 that no HTTP library would send."""
    for data in RAW:
        with socket.create_connection(("127.0.0.1", server.port), timeout=3) as connection:
            connection.settimeout(1.0)
            try:
                connection.sendall(data)
                answer = connection.recv(65536).decode("latin-1")
            except (TimeoutError, ConnectionError):
                continue
            assert " 500 " not in answer.split("\r\n")[0] and not any(leak in answer for leak in LEAKS)


def test_markup_in_a_report_comes_back_as_text(http):
    answer = http.post("/v1/page", json={"text": REPORT + SCRIPT})
    harmless(answer)
    assert answer.headers["content-type"].startswith("application/json")
    assert SCRIPT in json.loads(answer.content)["articles"][0]["body"] or answer.status_code == 422


def test_the_desk_still_works_after_all_this(http):
    assert http.get("/healthz").json()["queued"]["embedded"] == 0
    assert http.post("/v1/headline", json={"text": REPORT, "model": "extractive"}).status_code == 200
