"""``summarizer batch`` with the test double in place of the library: a process to be killed by tests."""

import argparse
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from batch_doubles import FACTORY  # noqa: E402

from summarizer import batch  # noqa: E402
from summarizer.errors import SummarizerError  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser()
    batch.add_arguments(parser)
    parser.set_defaults(factory=FACTORY)
    try:
        return batch.run(parser.parse_args())
    except SummarizerError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
