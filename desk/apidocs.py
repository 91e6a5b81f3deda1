"""The OpenAPI page, drawn here: the usual viewers load their scripts from other hosts."""

from __future__ import annotations

import json
from html import escape

_HEAD = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>标题台接口 / Headline desk API</title>
<link rel="stylesheet" href="/desk/desk.css"></head><body class="desk-docs"><main>"""


def page(spec: dict) -> str:
    """``spec`` (an OpenAPI document) as one HTML page without scripts."""
    info = spec["info"]
    parts = [
        _HEAD,
        f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>",
        f"<p>{escape(info.get('summary', ''))}</p>",
        '<p><a href="/v1/openapi.json">openapi.json</a> · MCP: <code>POST /mcp</code></p>',
    ]
    for path, methods in spec["paths"].items():
        parts += [_operation(path, method, operation, spec) for method, operation in methods.items()]
    return "".join([*parts, "</main></body></html>"])


def _operation(path: str, method: str, operation: dict, spec: dict) -> str:
    body = operation.get("requestBody", {}).get("content", {})
    inside = [f"<p>{escape(operation.get('summary', ''))}</p>"]
    for kind, content in body.items():
        inside.append(
            f"<h3>请求 / Request <small>{escape(kind)}</small></h3>" + _fields(content["schema"], spec)
        )
        if kind == "application/json":
            inside.append(_curl(path, content["schema"], spec))
    inside.append("<h3>回答 / Responses</h3>" + _responses(operation["responses"], spec))
    return f"<section><h2><b>{escape(method.upper())}</b> {escape(path)}</h2>{''.join(inside)}</section>"


def _responses(responses: dict, spec: dict) -> str:
    rows = []
    for status, response in responses.items():
        schema = next(iter(response.get("content", {}).values()), {}).get("schema", {})
        fields = _fields(schema, spec) if status == "200" else ""
        rows.append(
            f"<tr><td>{escape(status)}</td><td>{escape(response.get('description', ''))}{fields}</td></tr>"
        )
    return f"<table>{''.join(rows)}</table>"


def _fields(schema: dict, spec: dict) -> str:
    found = _resolve(schema, spec)
    needed = set(found.get("required", ()))
    rows = [
        f"<tr><td><code>{escape(name)}</code>{'<em>*</em>' if name in needed else ''}</td>"
        f"<td>{escape(_type(value))}</td><td>{escape(_about(value))}</td></tr>"
        for name, value in found.get("properties", {}).items()
    ]
    return f"<table>{''.join(rows)}</table>" if rows else ""


def _resolve(schema: dict, spec: dict) -> dict:
    while "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _type(schema: dict) -> str:
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " | ".join(_type(part) for part in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {})) or '…'}]"
    return schema.get("type", "")


def _about(schema: dict) -> str:
    said = [schema.get("description", "")]
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        said.append(f"{low}–{high}")
    if schema.get("default") is not None:
        said.append(f"= {schema['default']}")
    return "  ".join(part for part in said if part)


def _curl(path: str, schema: dict, spec: dict) -> str:
    text = _resolve(schema, spec)["properties"].get("text", {}).get("examples", [""])[0]
    body = json.dumps({"text": text}, ensure_ascii=False)
    call = f"curl -s http://127.0.0.1:7860{path} -H 'content-type: application/json' -d '{body}'"
    return f"<pre><code>{escape(call)}</code></pre>"
