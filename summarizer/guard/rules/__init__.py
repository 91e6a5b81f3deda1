"""One module per kind of claim; each has ``findings(text, facts) -> list[Finding]``."""
