"""Parts of the chat backends: settings, asking, retrying, reading answers, and orders hidden in articles."""
