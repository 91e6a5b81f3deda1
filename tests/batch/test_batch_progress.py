"""What a run says of itself."""

import io
import json

from summarizer.batch.progress import Progress


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def made(mode, every=0.0):
    stream, clock = io.StringIO(), Clock()
    return Progress(mode, stream, clock, every), stream, clock


def test_rate_remaining_time_and_failures():
    progress, stream, clock = made("json")
    progress.begin(1000, 100, 2)
    clock.now = 10.0
    progress.advance(50, 1)
    resumed, told = map(json.loads, stream.getvalue().splitlines())
    assert resumed == {"event": "resume", "done": 100, "total": 1000}
    assert told == {
        "event": "progress",
        "done": 150,
        "total": 1000,
        "failed": 3,
        "rate": 5.0,
        "eta_seconds": 170.0,
    }


def test_the_rate_is_that_of_the_last_minute():
    progress, _, clock = made("none")
    progress.begin(10_000, 0, 0)
    for second in range(1, 201):
        clock.now = float(second)
        progress.advance(100 if second <= 100 else 10, 0)
    assert progress.values()["rate"] == 10.0


def test_nothing_is_known_before_the_first_batch():
    progress, _, _ = made("none")
    progress.begin(10, 0, 0)
    assert progress.values()["eta_seconds"] is None


def test_lines_come_now_and_then_and_events_at_once():
    progress, stream, clock = made("lines", every=5.0)
    progress.begin(100, 0, 0)
    for second in range(1, 11):
        clock.now = float(second)
        progress.advance(1, 0)
    progress.event("done", "完成")
    assert stream.getvalue().splitlines() == [
        "1/100 条  1.0 条/秒  剩余 1:39  失败 0",
        "6/100 条  1.0 条/秒  剩余 1:34  失败 0",
        "完成",
    ]


def test_hours_are_told_as_hours():
    progress, stream, clock = made("lines")
    progress.begin(10_000, 0, 0)
    clock.now = 1.0
    progress.advance(1, 0)
    assert "剩余 2:46:39" in stream.getvalue()


def test_quiet_says_nothing():
    progress, stream, _ = made("none")
    progress.begin(1, 0, 0)
    progress.advance(1, 0)
    progress.event("done", "完成")
    assert stream.getvalue() == ""


def test_a_terminal_has_its_line_rewritten():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    stream = Terminal()
    progress = Progress("auto", stream, Clock(), 0.0)
    progress.begin(2, 0, 0)
    progress.advance(1, 0)
    progress.close()
    assert stream.getvalue().startswith("\r\x1b[K1/2 条") and stream.getvalue().endswith("\n")
