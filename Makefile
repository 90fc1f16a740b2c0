# The manual of this checkout: `make` lists what there is to do.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules
.PHONY: help demo test check fix bench hunt docs wheel knowledge clean

BIN := .venv/bin
LOCKED := pyproject.toml uv.lock tools/setup

help: ## list what there is to do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

demo: .venv/.run knowledge ## from a bare checkout to a first plan, in the terminal
	@$(BIN)/spondyl demo

test: .venv/.dev knowledge ## everything that must hold: style, types, imports, knowledge, all tests
	@$(BIN)/python tools/verify.py test

check: .venv/.dev ## the same without the slow tests, in a few minutes; changes nothing
	@$(BIN)/python tools/verify.py check

fix: .venv/.dev ## repair what a machine can: format, imports, generated files
	@$(BIN)/ruff check --quiet --fix --exit-zero .
	@$(BIN)/ruff format --quiet .
	@$(MAKE) knowledge
	@$(BIN)/python tools/generate.py
	@$(BIN)/ruff check .

bench: .venv/.dev knowledge ## measure, each beside a peer or a limit in the same run
	@$(BIN)/python tools/bench.py

hunt: .venv/.dev knowledge ## the laws and slow tests, with many more examples (HUNT=laws per test, default 2000)
	@HYPOTHESIS_PROFILE=hunt $(BIN)/python -m pytest -m "law or slow" -q

docs: .venv/.dev knowledge ## write the generated pages again
	@$(BIN)/python tools/generate.py

wheel: .venv/.run knowledge # the distribution, with the compiled knowledge inside
	@.tools/bin/uv build --quiet --wheel --out-dir dist

knowledge: .venv/.run # compiled only where a source changed
	@$(BIN)/python -m spondyl.knowledge.build
	@$(BIN)/python -m spondyl.intake.phrases
	@$(BIN)/python -m compileall -q src/spondyl # also where Python may not write caches by itself

clean: # back to the bare checkout
	@rm -rf .venv .tools dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tests/cql/node_modules

.venv/.run: $(LOCKED)
	@tools/setup run
	@touch $@

.venv/.dev: $(LOCKED)
	@tools/setup dev
	@touch $@ .venv/.run
