"""The web desk: one service layer under a Gradio page, a typed HTTP API and MCP tools.

Nothing here knows about language: every text operation is a call into ``summarizer``.
"""
