"""The project's own model decoded by ourselves: CTranslate2's encoder, a grounded beam search with a lean in numpy."""
