"""The batch job: many records in, one row each out, nothing lost and nothing twice (see docs/batch.md)."""

from .command import add_arguments, run

__all__ = ["add_arguments", "run"]
