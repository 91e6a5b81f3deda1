"""The MCP tools: headline and summary, nothing else."""

import asyncio
import json

import httpx
import pytest

pytest.importorskip("gradio", reason="the desk extra is not installed")

from desk_double import Double
from desk_running import running

from desk.config import Limits

TEXT = "云溪市青石县引水工程全线通水\n沿线3个乡镇的4.2万居民用上了自来水。"


@pytest.fixture(scope="module")
def server():
    with running(Double(), limits=Limits(chars=500, rate=100_000)) as found:
        yield found


def rpc(server, method, params=None, number=1):
    body = {"jsonrpc": "2.0", "id": number, "method": method} | (
        {"params": params} if params is not None else {}
    )
    return httpx.post(f"{server.url}/mcp", json=body, trust_env=False, timeout=30).json()


def test_two_tools_and_their_schemas(server):
    tools = rpc(server, "tools/list")["result"]["tools"]
    assert [tool["name"] for tool in tools] == ["headline", "summary"]
    assert tools[0]["inputSchema"]["required"] == ["text"] and tools[0]["annotations"]["readOnlyHint"]


def test_a_call_answers_with_the_api_s_fields(server):
    result = rpc(server, "tools/call", {"name": "headline", "arguments": {"text": TEXT, "candidates": 2}})[
        "result"
    ]
    assert not result["isError"] and len(result["structuredContent"]["candidates"]) == 2
    assert json.loads(result["content"][0]["text"])["headline"] == TEXT.split("\n")[0]
    assert (
        rpc(server, "tools/call", {"name": "summary", "arguments": {"text": TEXT}})["result"]["isError"]
        is False
    )


def test_failures_of_the_work_are_results_and_of_the_call_are_errors(server):
    result = rpc(server, "tools/call", {"name": "headline", "arguments": {"text": "长" * 501}})["result"]
    assert result["isError"] and "上限" in result["content"][0]["text"]
    assert rpc(server, "tools/call", {"name": "page", "arguments": {}})["error"]["code"] == -32602
    wrong = rpc(server, "tools/call", {"name": "headline", "arguments": {"text": 5}})["error"]
    assert wrong["code"] == -32602 and "text" in wrong["message"]
    assert rpc(server, "resources/list")["error"]["code"] == -32601
    assert rpc(server, "tools/list", [])["error"]["code"] == -32602


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"x"', b"{}", b"[" * 100_000, b'{"method": 5}', b'{"method":"ping","id":[]}']
)
def test_what_is_no_request_is_400(server, body):
    answer = httpx.post(
        f"{server.url}/mcp", content=body, headers={"content-type": "application/json"}, trust_env=False
    )
    assert answer.status_code in (400, 413) and "error" in answer.json()


def test_notifications_get_no_answer(server):
    body = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    answer = httpx.post(f"{server.url}/mcp", json=body, trust_env=False)
    assert answer.status_code == 202 and answer.content == b""
    assert httpx.get(f"{server.url}/mcp", trust_env=False).status_code == 405


def test_the_official_client_can_use_it(server):
    streamable = pytest.importorskip("mcp.client.streamable_http", reason="the mcp package is not installed")
    from mcp import ClientSession

    connect = getattr(streamable, "streamable_http_client", None) or streamable.streamablehttp_client

    async def talk():
        async with connect(f"{server.url}/mcp") as streams, ClientSession(*streams[:2]) as session:
            await session.initialize()
            tools = await session.list_tools()
            result = await session.call_tool("headline", {"text": TEXT})
            return [tool.name for tool in tools.tools], result.content[0].text

    names, text = asyncio.run(asyncio.wait_for(talk(), 30))
    assert names == ["headline", "summary"] and TEXT.split("\n")[0] in text
