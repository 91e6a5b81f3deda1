"""Encodings are found by evidence, and doubt is said."""

import pytest

from summarizer.errors import InputError
from summarizer.read import decode, read_bytes

SIMPLIFIED = "云溪市今天召开全市经济工作会议，市委书记章明远出席并讲话。\n记者沈知夏报道。"
TRADITIONAL = "雲溪市今天召開全市經濟工作會議，市委書記章明遠出席並講話。\n記者沈知夏報道。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
def test_simplified_text_is_read_in_every_encoding(encoding):
    page = read_bytes(SIMPLIFIED.encode(encoding), "x")
    assert page.text == SIMPLIFIED
    assert not page.warnings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "big5", "gb18030"])
def test_traditional_text_is_read_in_every_encoding(encoding):
    page = read_bytes(TRADITIONAL.encode(encoding), "x")
    assert page.text == TRADITIONAL
    assert not page.warnings


def test_big5_is_not_taken_for_gb18030_although_it_decodes_as_such():
    data = TRADITIONAL.encode("big5")
    data.decode("gb18030")  # no error: decoding proves nothing
    assert read_bytes(data, "x").encoding == "big5hkscs"


def test_too_short_to_tell_is_said():
    page = read_bytes("匪".encode("gb18030") * 2, "x")
    assert any("不确定" in warning and "uncertain" in warning for warning in page.warnings)


def test_ascii_and_digits_are_plain_utf8():
    assert read_bytes(b"12345\n67", "x").encoding == "utf-8"


def test_ascii_in_utf16_without_mark():
    assert read_bytes("hello world\nagain".encode("utf-16-le"), "x").text == "hello world\nagain"


@pytest.mark.parametrize(
    "data", [b"\x00" * 50, bytes(range(256)) * 3, b"\x7fELF" + b"\x00\x01" * 200, b"\x80\x81\x82\xff"]
)
def test_binary_is_refused_in_one_line(data):
    with pytest.raises(InputError) as caught:
        read_bytes(data, "x.bin")
    assert "x.bin" in str(caught.value) and "\n" not in str(caught.value)


def test_decode_of_nothing_is_empty():
    assert decode(b"").text == ""
