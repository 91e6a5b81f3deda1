"""Our own decoder: step by step against transformers, the search against every text that there is, the lean."""

import json
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from summarizer.errors import ModelError  # noqa: E402
from summarizer.models import load, resolve  # noqa: E402
from summarizer.models.convert import as_float32  # noqa: E402
from summarizer.models.desk.backend import DeskBackend, _groups  # noqa: E402
from summarizer.models.desk.beams import Order, Rules, search  # noqa: E402
from summarizer.models.desk.decoder import Decoder, Fan  # noqa: E402
from summarizer.models.desk.lean import Lean, shifts  # noqa: E402
from summarizer.models.torch import TorchBackend  # noqa: E402
from summarizer.types import Decoding, Request  # noqa: E402
from tests.train.conftest import story  # noqa: E402

END = 1
RULES = Rules(end=END)


@pytest.fixture(scope="module")
def t5():
    """A small T5 of random weights in transformers and its decoder here."""
    torch.manual_seed(3)
    config = transformers.T5Config(
        vocab_size=40,
        d_model=32,
        d_kv=8,
        d_ff=48,
        num_layers=2,
        num_decoder_layers=2,
        num_heads=3,
        feed_forward_proj="relu",
        tie_word_embeddings=True,
        decoder_start_token_id=0,
        dropout_rate=0.0,
    )
    model = transformers.T5ForConditionalGeneration(config).eval()
    with torch.no_grad():
        for weights in model.parameters():
            weights.copy_(torch.randn_like(weights) * 0.4)
    tensors = {k: v.numpy() for k, v in model.state_dict().items()}
    return model, Decoder.of(tensors, json.loads(config.to_json_string(use_diff=False)))


def encoded(model, source):
    with torch.inference_mode():
        return model.get_encoder()(input_ids=torch.tensor([source])).last_hidden_state[0].numpy()


def order(model, allowed, longest=6, shift=None, source=(5, 9, 23, 7, 1), **more):
    allowed = np.array(sorted(allowed))
    shift = np.zeros(len(allowed), np.float32) if shift is None else np.array(shift, np.float32)
    return Order(encoded(model, list(source)), allowed, shift, longest, **{"start": (0,), **more})


def test_each_step_has_the_logits_of_transformers(t5):
    model, decoder = t5
    sources, written = [[5, 9, 23, 7, 1], [8, 2, 1]], [0, *range(3, 37), 4, 4, 6]
    past, fan = decoder.past(4), Fan.of([1, 3])
    memory = decoder.read([encoded(model, s) for s in sources])
    steps = [decoder.step(np.full(4, piece), past, memory, fan) @ decoder.table.T for piece in written]
    for row, source in ((0, sources[0]), (1, sources[1]), (2, sources[1]), (3, sources[1])):
        with torch.inference_mode():
            logits = model(
                input_ids=torch.tensor([source]), decoder_input_ids=torch.tensor([written])
            ).logits[0]
        ours = np.stack([step[row] for step in steps])
        assert ours == pytest.approx(logits.numpy(), abs=2e-4)


def total(model, o, ids):
    """Mean log-probability of ``ids`` under the order's pieces and shift, by transformers."""
    with torch.inference_mode():
        states = transformers.modeling_outputs.BaseModelOutput(torch.tensor(o.states)[None])
        logits = model(encoder_outputs=states, decoder_input_ids=torch.tensor([[*o.start, *ids[:-1]]]))
        logits = logits.logits[0, len(o.start) - 1 :]
    places = np.searchsorted(o.allowed, ids)
    found = (logits[:, o.allowed] + torch.tensor(o.shift)).log_softmax(-1)
    return float(found[range(len(ids)), places].mean())


def test_a_wide_beam_finds_the_best_of_all_texts(t5):
    model, decoder = t5
    o = order(model, {END, 5, 9, 23}, longest=4, shift=[0, 0.5, -1, 0], rows=40)
    pieces = [5, 9, 23]
    ended = [[*ids, END] for n in (1, 2, 3) for ids in product(pieces, repeat=n)]
    best = max(ended, key=lambda ids: total(model, o, ids))
    found = [t for t in search(decoder, [o], RULES)[0] if t.ids[-1] == END]
    assert found[0].ids == best and found[0].score == pytest.approx(total(model, o, best), abs=1e-4)
    for text in found:
        assert text.score == pytest.approx(total(model, o, text.ids), abs=1e-4)


def test_orders_of_unlike_sources_and_lengths_do_not_touch_each_other(t5):
    model, decoder = t5
    orders = [
        order(model, {END, 5, 9, 23, 7}, longest=9, rows=5),
        order(model, {END, 30, 31}, longest=3, source=(30, 31, 1)),
        order(model, {END, *range(3, 39)}, longest=12, source=(*range(3, 30), 1), apart=True),
    ]
    together = search(decoder, orders, RULES)
    for texts, one in zip(together, orders, strict=True):
        alone = search(decoder, [one], RULES)[0]
        assert [t.ids for t in texts] == [t.ids for t in alone]
        assert all(set(t.ids) <= set(one.allowed.tolist()) and len(t.ids) <= one.longest for t in texts)


def test_neighbours_of_one_source_write_what_each_writes_alone(t5):
    """Beams, other beginnings, a prefix and barred words of one source stand in one place and end at unlike times."""
    model, decoder = t5
    one = order(model, {END, 5, 9, 23, 7, 12}, longest=9, rows=5)
    other = order(model, {END, 30, 31}, longest=4, source=(30, 31, 1))
    orders = [
        one,
        replace(one, rows=3, apart=True, longest=4),
        replace(one, rows=2, prefix=(33, 9), barred=((5,),)),
        other,
        replace(other, rows=2, apart=True, longest=11),
    ]
    together = search(decoder, orders, Rules(end=END, no_repeat=2))
    for texts, alone in zip(together, orders, strict=True):
        found = search(decoder, [alone], Rules(end=END, no_repeat=2))[0]
        assert [t.ids for t in texts] == [t.ids for t in found]
        assert [t.score for t in texts] == pytest.approx([t.score for t in found], abs=1e-4)
    assert all(5 not in t.ids and t.ids[:2] == [33, 9] for t in together[2])


def test_other_beginnings_all_begin_otherwise_and_go_on_greedily(t5):
    model, decoder = t5
    o = order(model, {END, 5, 9, 23, 7, 12}, longest=7, rows=5, apart=True)
    texts = search(decoder, [o], RULES)[0]
    assert len({t.ids[0] for t in texts}) == 5 and all(t.ids[0] != END for t in texts)
    for text in texts:
        step = [
            max(o.allowed.tolist(), key=lambda p: total(model, o, [*text.ids[:1], p]))
            if len(text.ids) > 1
            else None
        ]
        assert step == [text.ids[1] if len(text.ids) > 1 else None]


def test_prefix_barred_and_repeats_are_held(t5):
    model, decoder = t5
    free = order(model, {END, 5, 9, 23}, longest=10)
    best = search(decoder, [free], RULES)[0][0].ids
    held = order(model, {END, 5, 9, 23}, longest=10, barred=(tuple(best[:1]),))
    assert all(best[0] not in t.ids for t in search(decoder, [held], RULES)[0])
    pair = order(model, {END, 5, 9, 23}, longest=10, barred=((5, 9), (9, 5)))
    for text in search(decoder, [pair], RULES)[0]:
        assert {(5, 9), (9, 5)}.isdisjoint(zip(text.ids, text.ids[1:], strict=False))
    # A prefix may hold pieces that the source lacks.
    led = order(model, {END, 5, 9, 23}, longest=10, prefix=(33, 9, 34))
    assert all(t.ids[:3] == [33, 9, 34] and len(t.ids) > 3 for t in search(decoder, [led], RULES)[0])
    for text in search(decoder, [free], Rules(END, no_repeat=2))[0]:
        pairs = list(zip(text.ids, text.ids[1:], strict=False))
        assert len(pairs) == len(set(pairs))


def test_what_the_decoder_starts_with_shapes_the_text_and_is_no_part_of_it(t5):
    model, decoder = t5
    orders = [order(model, {END, 5, 9, 23, 7}, longest=4, start=(0, led), rows=40) for led in (30, 31)]
    found = [texts[0] for texts in search(decoder, orders, RULES)]
    for text, o in zip(found, orders, strict=True):
        assert len(text.ids) <= 4 and set(text.ids) <= {END, 5, 9, 23, 7}
        assert text.score == pytest.approx(total(model, o, text.ids), abs=1e-4)
    assert found[0].score != pytest.approx(found[1].score, abs=1e-3)


def test_no_text_is_empty_and_an_unfinished_one_has_no_end(t5):
    model, decoder = t5
    o = order(model, {END, 5, 9}, longest=2, shift=[9, 0, 0])
    texts = search(decoder, [o], RULES)[0]
    assert texts and all(t.ids != [END] for t in texts)
    never = order(model, {END, 5, 9}, longest=3, shift=[-90, 0, 0])
    assert all(len(t.ids) == 3 and END not in t.ids for t in search(decoder, [never], RULES)[0])


def test_a_decoder_of_another_build_is_refused():
    with pytest.raises(ModelError, match="relu"):
        Decoder.of({}, {"feed_forward_proj": "gated-gelu"})


# --- the lean ----------------------------------------------------------------------------------------


def test_shifts_by_common_list_and_most_salient_place():
    within = {7: (3, 7), 8: (3, 8), 9: ()}.get
    values = np.array([0.5, 0.9, 0.1])
    found = shifts([9, 7, 8], np.array([1, 2, 3, 7, 8]), 1, within, values, Lean(2.0, 1.0))
    #                       the end, common, in 7 and 8, 7, 8
    assert found.tolist() == pytest.approx([0, -2, 0.9, 0.9, 0.1])


@pytest.mark.parametrize(
    "told", [{"commen": 1}, {"common": -1}, {"common": "2"}, {"salience": True}, {"common": 30}]
)
def test_a_lean_that_is_no_lean_is_named(told):
    with pytest.raises(ModelError, match=next(iter(told))):
        Lean.of({"lean": told})


@pytest.fixture(scope="module")
def float32(tmp_path_factory):
    return as_float32(resolve("embedded"), tmp_path_factory.mktemp("float32"))[0]


@pytest.mark.parametrize("lean", [Lean(), Lean(2.0, 1.0)])
def test_our_decoder_writes_what_generate_writes(float32, lean):
    """Greedily the same text, by beams the same best text, of the same weights in float32.

    Repeats are free here: ``generate`` with a lean takes them out before the softmax, we after it.
    """
    ours, reference = DeskBackend(float32, part="ct2-encoder-float32"), TorchBackend(float32, device="cpu")
    ours.lean = reference.lean = lean
    requests = [Request("headline", story(i)["body"], 12 + i % 3 * 6) for i in range(40)]
    for decoding in (
        Decoding(candidates=1, beams=1, no_repeat_ngram=0),
        Decoding(candidates=4, no_repeat_ngram=0),
    ):
        for mine, theirs in zip(
            ours._drawn(requests, decoding), reference._search(requests, decoding), strict=True
        ):
            assert mine[0].text == theirs[0].text


def test_the_lean_keeps_common_pieces_of_its_own_out():
    backend = load("embedded")
    requests = [Request("headline", story(i)["body"], 20) for i in range(30)]
    lacking = []
    for lean in (Lean(), Lean(8.0)):
        backend.lean = lean
        texts = [g[0].text for g in backend.generate(requests, Decoding())]
        bodies = [request.text for request in requests]
        lacking.append(
            sum(c not in body for t, body in zip(texts, bodies, strict=True) for c in t if c.isalnum())
        )
    assert lacking[1] == 0 or lacking[1] < lacking[0]


def test_the_embedded_model_is_decoded_here():
    assert isinstance(load("embedded"), DeskBackend) and isinstance(load("embedded", "ct2"), DeskBackend)
    assert load("embedded").info.engine == "ct2"


@pytest.mark.parametrize(
    ("sources", "groups"),
    [
        ([], []),
        ([(3,) * 5, (2,) * 3, (3,) * 5, (4,) * 3], [[1, 3, 0, 2]]),  # by length, equal ones side by side
        ([(n,) * 8 for n in range(40)], [[*range(32)], [*range(32, 40)]]),
        ([(n,) * 1500 for n in (1, 2, 3, 1, 2, 3)], [[0, 3, 1, 4], [2, 5]]),  # two such sources are enough
        ([(1,) * 9000, (2,)], [[1], [0]]),  # a source over the bound stands alone
    ],
)
def test_groups_hold_a_bounded_number_of_requests_and_pieces(sources, groups):
    assert _groups(sources) == groups
