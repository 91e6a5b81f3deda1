"""A checkpoint of transformers as a CTranslate2 folder, and the proof that both write the same.

CTranslate2's own converter asks AutoTokenizer for the vocabulary, which fails for half of the Chinese
families (Randeng-Pegasus has no working one), and Pegasus and BART lack two config fields since transformers
5. Both come from the family here. Needs the extra ``torch``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from ..errors import MissingDependency, ModelError
from ..types import Request
from . import families
from .families.base import Family, SeqCodec
from .folder import CARD, ENCODER, ModelFolder, open_folder

try:
    import ctranslate2
    import torch
    import transformers
    from ctranslate2.converters import TransformersConverter
    from ctranslate2.converters.transformers import T5Loader
    from ctranslate2.specs.transformer_spec import TransformerEncoderModelSpec
except ImportError as error:  # pragma: no cover - the message is tested through add
    raise MissingDependency("模型转换 / model conversion", "torch") from error


class _Names:
    """What the converter's loaders ask of a tokenizer, answered by a codec."""

    def __init__(self, codec: SeqCodec, size: int):
        self._tokens = codec.vocabulary_tokens(size)
        if len(set(self._tokens)) != size:
            raise ModelError("词表有重复词元，无法转换为 CTranslate2 / the vocabulary repeats a token")
        self.eos_token = self._tokens[codec.end_id]
        self.pad_token = self._tokens[codec.pad_id]
        self.bos_token = self._tokens[codec.decoder_start[0]]
        self.unk_token = self._tokens[codec.unknown_id]

    def get_vocab(self) -> dict[str, int]:
        return {token: index for index, token in enumerate(self._tokens)}

    def convert_ids_to_tokens(self, index: int) -> str:
        return self._tokens[index]


class _Converter(TransformersConverter):
    def __init__(self, folder: Path, family: Family, codec: SeqCodec):
        super().__init__(str(folder))
        self._family = family
        self._codec = codec

    def load_model(self, model_class, model_name_or_path, **kwargs):
        for name, value in self._family.ct2_fields.items():
            setattr(kwargs["config"], name, value)
        return model_class.from_pretrained(
            model_name_or_path, use_safetensors=True, local_files_only=True, **kwargs
        )

    def load_tokenizer(self, tokenizer_class, model_name_or_path, **kwargs):
        config = transformers.AutoConfig.from_pretrained(model_name_or_path, local_files_only=True)
        self._names = _Names(self._codec, config.vocab_size)
        return self._names

    def _load(self):
        spec = super()._load()
        # The rule for every family: CTranslate2 starts at decoder_start[0], the rest is a target prefix.
        spec.config.decoder_start_token = self._names.convert_ids_to_tokens(self._codec.decoder_start[0])
        return spec


def convert(folder: Path, family: Family, codec: SeqCodec, out: Path, quantization: str = "int8") -> Path:
    """Writes ``out`` (which must not exist) in CTranslate2's format. Raises ModelError where it can't."""
    try:
        _Converter(folder, family, codec).convert(str(out), quantization=quantization)
    except (ValueError, KeyError, NotImplementedError, AttributeError, RuntimeError) as error:
        raise ModelError(f"不能转换为 CTranslate2：{error} / CTranslate2 can't convert this model") from error
    return out


def convert_encoder(folder: Path, vocabulary: Sequence[str], out: Path, quantization: str = "int8") -> Path:
    """Writes ``out`` (which must not exist): the encoder alone of the T5 in ``folder``, for ``DeskBackend``."""
    model = transformers.T5ForConditionalGeneration.from_pretrained(
        folder, dtype=torch.float32, local_files_only=True, use_safetensors=True
    )
    with torch.no_grad():
        spec = TransformerEncoderModelSpec(T5Loader().get_model_spec(model).encoder)
    spec.config.bos_token = spec.config.eos_token = "</s>"
    spec.config.unk_token = "<unk>"
    spec.register_vocabulary(list(vocabulary))
    spec.validate()
    spec.optimize(quantization=quantization)
    out.mkdir(parents=True)
    spec.save(str(out))
    return out


def as_float32(model: Path | ModelFolder, out: Path) -> tuple[Path, str]:
    """A copy of a model folder in ``out`` whose CTranslate2 part has float32, and that part's name.

    For parity tests and benches: what is left between it and ``generate`` is not rounding.
    """
    opened = model if isinstance(model, ModelFolder) else open_folder(model)
    shutil.copytree(opened.path, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns("ct2-*", "*.py*"))
    card = dict(opened.card)
    card["sha256"] = {n: s for n, s in card.get("sha256", {}).items() if not n.startswith("ct2-")}
    (out / CARD).write_text(json.dumps(card, ensure_ascii=False), "utf-8")
    codec = families.codec(opened)
    if (opened.path / ENCODER).is_dir():
        part = ENCODER.replace("int8", "float32")
        convert_encoder(out, codec.vocabulary, out / part, "float32")
    else:
        part = "ct2-float32"
        convert(out, families.family(card["family"]), codec, out / part, "float32")
    return out, part


def greedy_torch(folder: Path, codec: SeqCodec, requests: Sequence[Request]) -> list[list[int]]:
    """The ids that ``generate`` writes greedily in float32, without the decoder's start and the end mark."""
    model = transformers.AutoModelForSeq2SeqLM.from_pretrained(
        folder, use_safetensors=True, local_files_only=True, dtype=torch.float32
    ).eval()
    return [_greedy_one(model, codec, request) for request in requests]


def _greedy_one(model, codec: SeqCodec, request: Request) -> list[int]:
    plain = transformers.GenerationConfig(
        max_new_tokens=codec.max_target(request),
        min_new_tokens=1,
        do_sample=False,
        num_beams=1,
        eos_token_id=codec.end_id,
        pad_token_id=codec.pad_id,
        decoder_start_token_id=codec.decoder_start[0],
        suppress_tokens=list(codec.suppress),
    )
    model.generation_config = plain
    source = torch.tensor([codec.encode(request)])
    start = torch.tensor([codec.decoder_start])
    with torch.inference_mode():
        written = model.generate(
            input_ids=source, attention_mask=torch.ones_like(source), decoder_input_ids=start
        )
    ids = written[0].tolist()[len(codec.decoder_start) :]
    return ids[: ids.index(codec.end_id)] if codec.end_id in ids else ids


def greedy_ct2(folder: Path, codec: SeqCodec, requests: Sequence[Request]) -> list[list[str]]:
    """The tokens that CTranslate2 writes greedily, without the target prefix and the end mark."""
    translator = ctranslate2.Translator(str(folder), device="cpu", intra_threads=1)
    prefix = codec.tokens(codec.decoder_start[1:])
    return [_translate_one(translator, codec, request, prefix) for request in requests]


def _translate_one(translator, codec: SeqCodec, request: Request, prefix: list[str]) -> list[str]:
    result = translator.translate_batch(
        [codec.tokens(codec.encode(request))],
        target_prefix=[prefix] if prefix else None,
        beam_size=1,
        max_input_length=0,
        max_decoding_length=codec.max_target(request) + len(prefix),
        min_decoding_length=1 + len(prefix),
        suppress_sequences=[[token] for token in codec.tokens(codec.suppress)],
        disable_unk=False,
    )[0]
    return result.hypotheses[0][len(prefix) :]
