"""Files, folders, strings: what can't be read is said in one line that tells what to do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.errors import InputError, SummarizerError
from summarizer.read import files, read_bytes, read_path, read_str


def test_a_file_is_read_with_its_path_as_source(tmp_path):
    path = tmp_path / "报道.md"
    path.write_text("# 标题\n\n正文。", encoding="utf-8")
    page = read_path(path)
    assert (page.text, page.source) == ("# 标题\n\n正文。", str(path))
    assert [page.text[block.start : block.end] for block in page.blocks] == ["# 标题", "正文。"]


def test_missing_file_and_folder_say_what_to_do(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(InputError, match="/"):
            read_path(path)


def test_a_name_with_nul_is_an_input_error():
    with pytest.raises(InputError):
        read_path("a\x00b")


def test_too_large_is_refused_before_decoding(monkeypatch, tmp_path):
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 11)
    for call in (lambda: read_path(path), lambda: read_bytes(b"x" * 11, "x"), lambda: read_str("x" * 11)):
        with pytest.raises(InputError, match="10"):
            call()


@pytest.mark.parametrize("head", [b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG"])
def test_known_formats_are_named(head):
    with pytest.raises(InputError, match="PDF|Word|gzip|PNG"):
        read_bytes(head + b"rest", "f")


def test_a_string_keeps_what_is_wrong_with_it_and_warns():
    page = read_str("云\x00溪\ud800")
    assert page.text == "云\x00溪\ud800"
    assert len(page.warnings) == 2


@pytest.mark.parametrize("text", ["", " \n　\t", "\ufeff"])
def test_empty_is_said(text):
    assert any("空" in warning for warning in read_str(text).warnings)


def test_not_a_string():
    with pytest.raises(InputError):
        read_str(b"bytes")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_page_or_an_input_error(data):
    try:
        page = read_bytes(data, "x")
    except SummarizerError as error:
        assert "\n" not in str(error)
    else:
        assert all(0 <= block.start < block.end <= len(page.text) for block in page.blocks)
