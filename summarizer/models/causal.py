"""Backend ``causal``: a local causal model through transformers, without a server. ``causal:FOLDER``.

The same prompts, screening and measuring as for chat servers. Only safetensors is loaded, no remote code
runs, and nothing is fetched. Control marks that an article spells, such as ``<|im_end|>``, are broken up by a
space before the model sees them.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from ..errors import MissingDependency, ModelError
from ..prompting.prompt import Rendered
from ..prompting.registry import Registry
from ..types import Decoding, Generated, Request
from .chat import asking
from .families.base import Checkpoint
from .folder import file_sha256
from .inspection import refuse_unsafe

try:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig
    from transformers.utils import logging
except ImportError as error:
    raise MissingDependency("本地因果模型 / local causal models", "torch") from error

logging.disable_progress_bar()  # as in models.torch

# Context is memory: more than this many tokens of it is not used, whatever the model claims.
MOST_CONTEXT = 8192


class CausalBackend:
    """``model`` is a folder that ``save_pretrained`` wrote. Raises ModelError where it isn't safe."""

    languages: tuple[str, ...] = ("zh",)
    tasks = ("headline", "kicker", "subhead", "summary")
    prefer = "model"

    def __init__(self, model: str | Path, prompts: Registry | None = None, device: str | None = None):
        folder = Path(model)
        if not folder.is_dir():
            raise ModelError(f"没有模型文件夹 {folder} / no such model folder")
        refuse_unsafe(Checkpoint(folder))
        self.device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self.prompts = prompts or Registry()
        self._tokenizer, self._model = self._load(folder)
        self._marks = sorted(
            {*self._tokenizer.all_special_tokens, *self._tokenizer.get_added_vocab()}, key=len
        )
        self.source_budget = self._budget()
        self.rejections: deque[asking.Rejection] = deque(maxlen=1000)
        refs = tuple(map(str, asking.refs(self.prompts)))
        hashes = [file_sha256(path) for path in sorted(folder.glob("*.safetensors"))]
        digest = hashlib.sha256("\n".join((*hashes, *refs)).encode()).hexdigest()
        self.info = asking.ChatInfo(folder.resolve().name, digest, "causal", refs)

    def _load(self, folder: Path):
        safe = {"local_files_only": True, "trust_remote_code": False}
        kind = torch.bfloat16 if self.device == "cuda" else torch.float32
        try:
            tokenizer = AutoTokenizer.from_pretrained(folder, **safe)
            model = AutoModelForCausalLM.from_pretrained(folder, use_safetensors=True, dtype=kind, **safe)
        except (OSError, ValueError, KeyError) as error:
            said = " ".join(str(error).split())[:200]
            raise ModelError(f"transformers 无法加载 {folder}：{said} / can't load the model") from error
        model.generation_config = GenerationConfig()
        return tokenizer, model.eval().to(self.device)

    def _budget(self) -> int:
        """Tokens of article: the context less the longest prompt and answer."""
        context = getattr(self._model.config, "max_position_embeddings", None) or 2048
        context = min(context, MOST_CONTEXT)
        names = ("headline", "kicker", "subhead", "summary_short", "summary", "summary_long")
        rendered = [self.prompts.render(name, self.prompts.get(name).sample) for name in names]
        taken = max(len(self._ids(one)) + one.output_tokens for one in rendered)
        if context - taken < 128:
            raise ModelError(f"模型上下文只有 {context} 个词元，放不下提示词 / the context is too short")
        return context - taken

    def count(self, text: str) -> int:
        return len(self._tokenizer(self._tame(text), add_special_tokens=False)["input_ids"])

    def _tame(self, text: str) -> str:
        """``text`` in which no control mark of the tokenizer can be read as one."""
        for mark in self._marks:
            if len(mark) > 1 and mark in text:
                text = text.replace(mark, f"{mark[0]} {mark[1:]}")
        return text

    def _ids(self, rendered: Rendered) -> list[int]:
        messages = [{"role": m.role, "content": self._tame(m.content)} for m in rendered.messages]
        if not self._tokenizer.chat_template:
            text = "\n\n".join(message["content"] for message in messages) + "\n"
            return self._tokenizer(text)["input_ids"]
        text = self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        return self._tokenizer(text, add_special_tokens=False)["input_ids"]

    def generate(self, requests: Sequence[Request], decoding: Decoding) -> list[list[Generated]]:
        """See ``base.Backend.generate``; one request at a time, the same for the same seed."""
        return [self._answer(request, decoding) for request in requests]

    def _answer(self, request: Request, decoding: Decoding) -> list[Generated]:
        rendered = asking.render(self.prompts, request, decoding, self.source_budget, self.count)
        text, finished = self._write(rendered, decoding)
        return asking.candidates(text, finished, request, rendered, decoding, self.rejections)

    @torch.inference_mode()
    def _write(self, rendered: Rendered, decoding: Decoding) -> tuple[str, bool]:
        """(the answer, whether the model ended it itself)."""
        torch.manual_seed(decoding.seed)
        ids = torch.tensor([self._ids(rendered)], device=self.device)
        end = self._tokenizer.eos_token_id
        written = self._model.generate(
            input_ids=ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=rendered.output_tokens,
            do_sample=decoding.temperature > 0,
            temperature=decoding.temperature or None,
            top_k=decoding.top_k,
            eos_token_id=end,
            pad_token_id=self._tokenizer.pad_token_id if self._tokenizer.pad_token_id is not None else end,
        )[0, ids.shape[1] :].tolist()
        return self._tokenizer.decode(written, skip_special_tokens=True), end in written

    def close(self) -> None:
        self._model = None
