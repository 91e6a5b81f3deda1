"""The training model is transformers' T5, tensor for tensor and output for output."""

import pytest
import torch

transformers = pytest.importorskip("transformers")

from train.model import SHAPES, Model, Shape, buckets, t5_state  # noqa: E402
from train.start import lay_copying  # noqa: E402


def tiny(vocab: int = 60) -> Model:
    torch.manual_seed(0)
    return Model(Shape(**{**SHAPES["tiny"].asdict(), "vocab": vocab}))


def reference(model: Model):
    config = transformers.T5Config(**{k: v for k, v in model.shape.config().items() if k != "architectures"})
    other = transformers.T5ForConditionalGeneration(config).eval()
    missing, unexpected = other.load_state_dict(t5_state(model), strict=False)
    assert not unexpected
    assert all(
        name in ("lm_head.weight", "encoder.embed_tokens.weight", "decoder.embed_tokens.weight")
        for name in missing
    )
    other.tie_weights()
    return other


def test_logits_equal_transformers():
    model = tiny().eval()
    other = reference(model)
    source = torch.randint(3, 60, (3, 200))
    source[1, 150:] = 0
    target = torch.randint(3, 60, (3, 40))
    mask = source != 0
    with torch.no_grad():
        ours = model.decode(target, model.encode(source, mask), mask) @ model.shared.weight.T
        theirs = other(input_ids=source, attention_mask=mask, decoder_input_ids=target).logits
    torch.testing.assert_close(ours, theirs, atol=2e-4, rtol=1e-4)


@pytest.mark.parametrize("both", [True, False])
def test_buckets_equal_transformers(both):
    from transformers.models.t5.modeling_t5 import T5Attention

    relative = torch.arange(-300, 300)
    expected = T5Attention._relative_position_bucket(relative, both, 32, 128)
    assert torch.equal(buckets(relative, both, 32, 128), expected)


def test_laid_start_copies_what_follows():
    """With the circuit laid, the most likely piece after x is the one that follows x in the source."""
    torch.manual_seed(3)
    model = Model(Shape(**{**SHAPES["mini"].asdict(), "vocab": 500}))
    lay_copying(model)
    model.eval()
    source = torch.randperm(490)[:40][None] + 5
    mask = torch.ones_like(source, dtype=torch.bool)
    target = source[:, 3:25]
    with torch.no_grad():
        logits = model.decode(target, model.encode(source, mask), mask) @ model.shared.weight.T
    right = (logits.argmax(-1) == source[:, 4:26]).float().mean()
    assert right > 0.8, right
