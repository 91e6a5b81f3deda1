# The environment lies in .venv; `make test VENV=/tmp/x` makes another.
VENV ?= .venv
PYTHON ?= python3
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: demo test lint bench eval gate model desk clean

$(READY): requirements.txt pyproject.toml setup.py
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade pip
	$(PY) -m pip install --quiet -r requirements.txt
	touch $(READY)

demo: $(READY)  ## headlines and summaries for a sample newspaper page
	$(PY) -m summarizer write examples/page.txt

test: $(READY)  ## all tests
	$(PY) -m pytest

lint: $(READY)
	$(PY) -m ruff check . && $(PY) -m ruff format --check .

desk: $(READY)  ## the web desk on http://127.0.0.1:7860
	$(PY) app.py

gate: $(READY)  ## the embedded model must not fall below its pinned floors
	$(PY) -m eval gate

bench: $(READY)  ## quality and speed side by side
	$(PY) -m eval bench --out out/bench.json

# DATA: your rows; DEV: held-out rows.  make eval DATA=dev.jsonl
eval: $(READY)
	$(PY) -m eval run --data $(DATA) --system embedded --system extractive --out out/eval

# make model DATA="train.jsonl" DEV="dev.jsonl" SUMMARIES="summaries.jsonl" HOURS=2
HOURS ?= 2
SHAPE ?= mini
RUN ?= runs/$(SHAPE)
model: $(READY)  ## data → tokenizer → encode → fit → score → export
	$(PY) -m train data --train $(DATA) $(if $(DEV),--dev $(DEV)) --out runs/data
	$(PY) -m train tokenizer --data runs/data/train.jsonl --out runs/tokenizer
	$(PY) -m train encode --data runs/data/train.jsonl $(if $(SUMMARIES),--summaries $(SUMMARIES)) --out runs/ids
	$(PY) -m train fit --shape $(SHAPE) --hours $(HOURS) --out $(RUN)
	$(PY) -m train export --run $(RUN) --out runs/model
	$(if $(DEV),$(PY) -m train score --model runs/model --data $(firstword $(DEV)) --out runs/score.json)
	$(if $(DEV),$(PY) -m train export --run $(RUN) --out runs/model --score runs/score.json)

clean:
	rm -rf $(VENV) runs out
