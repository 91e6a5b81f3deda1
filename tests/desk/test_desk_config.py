"""Settings from the environment."""

from pathlib import Path

import pytest

from desk.config import Config, Limits, from_environment
from summarizer.errors import SettingsError


def test_the_defaults_are_safe():
    config = from_environment({})
    assert (config.host, config.port) == ("127.0.0.1", 7860)
    assert config.loopback and not config.guarded and config.origins == ()
    assert config.default_model == "embedded"


def test_values_are_read():
    env = {
        "HOST": "0.0.0.0", "PORT": "8000", "DESK_MODELS": "big=/models/big, extractive", "DESK_USER": "desk",
        "DESK_PASSWORD": "p", "DESK_QUEUE": "7", "DESK_CHOICES": "/tmp/x.sqlite", "DESK_ORIGINS": "https://a.cn,https://b.cn",
    }  # fmt: skip
    config = from_environment(env)
    assert config.models == {"big": "/models/big", "extractive": "extractive"}
    assert config.limits.queue == 7 and config.choices == Path("/tmp/x.sqlite")
    assert config.guarded and not config.loopback and len(config.origins) == 2


@pytest.mark.parametrize(
    "env",
    [
        {"PORT": "abc"},
        {"PORT": "70000"},
        {"DESK_QUEUE": "0"},
        {"DESK_MODELS": " , "},
        {"DESK_USER": "x"},
        {"PORT": "٣"},
    ],
)
def test_a_bad_value_is_named(env):
    with pytest.raises(SettingsError):
        from_environment(env)


def test_secrets_are_not_shown():
    assert "geheim" not in repr(Config(user="u", password="geheim", token="geheim"))


def test_limits_must_be_positive():
    with pytest.raises(SettingsError):
        Limits(rate=0)


def test_the_log_can_be_switched_off():
    assert from_environment({"DESK_CHOICES": "off"}).choices is None


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), (["-h"], 0), (["--port", "8000"], 2)])
def test_arguments_are_answered_and_nothing_is_started(arguments, code, capsys, monkeypatch):
    server = pytest.importorskip("desk.server")
    monkeypatch.setattr(server, "serve", lambda config: pytest.fail("started"))
    assert server.main(arguments) == code
    said = capsys.readouterr()
    assert ("PORT" in said.out) if code == 0 else ("--port" in said.err and "--help" in said.err)
