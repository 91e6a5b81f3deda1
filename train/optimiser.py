"""AdamW whose step is a share of each tensor's own size, as Adafactor's is (Shazeer & Stern 2018, section 8).

T5's tensors differ in scale by two orders of magnitude; one absolute step for all of them crawls.
"""

from __future__ import annotations

import torch


class ScaledAdamW(torch.optim.Optimizer):
    """``lr`` is relative: a tensor moves by about ``lr`` times its root mean square (at least ``floor``) a step."""

    def __init__(self, params, lr=1e-2, betas=(0.9, 0.98), eps=1e-8, weight_decay=0.0, floor=1e-3):
        super().__init__(
            params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "floor": floor}
        )

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            params = [p for p in group["params"] if p.grad is not None]
            for p in params:
                self._step_one(p, group)

    def _step_one(self, p: torch.Tensor, group: dict) -> None:
        state = self.state[p]
        if not state:
            state |= {"step": 0, "mean": torch.zeros_like(p), "square": torch.zeros_like(p)}
        state["step"] += 1
        first, second = group["betas"]
        state["mean"].lerp_(p.grad, 1 - first)
        state["square"].mul_(second).addcmul_(p.grad, p.grad, value=1 - second)
        correction = (1 - second ** state["step"]) ** 0.5 / (1 - first ** state["step"])
        size = p.pow(2).mean().sqrt().clamp(min=group["floor"])
        rate = group["lr"] * size
        if group["weight_decay"]:
            p.mul_(1 - rate * group["weight_decay"])
        denominator = state["square"].sqrt().add_(group["eps"])
        p.add_(state["mean"].div(denominator).mul_(-rate * correction))
