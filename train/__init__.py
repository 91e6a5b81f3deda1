"""The recipe of the embedded model: data → tokenizer → fit → export, each resumable and rerunnable."""
