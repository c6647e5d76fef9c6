# Every command installs what it needs into .venv first. All paths are relative, so blanks in the
# path of this folder do no harm.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test check soak bench generate pictures format clean

BIN := .venv/bin
STAMP := .venv/installed
ARGS ?=
WORKERS ?= 2

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile

demo: $(STAMP) ## the main job on sample reports; make demo ARGS=--once ends by itself
	@$(BIN)/gxcrawl demo $(ARGS)

test: check ## everything that the gate asks for: check, then the tests
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile

check: $(STAMP) ## format, lint, types, generated files; each is run even when one before it fails
	@sh scripts/check.sh

soak: $(STAMP) ## the long versions of the random tests; prints the results per layout
	@GXCRAWL_SOAK=1 $(BIN)/python -m pytest -q -m soak -rA -n $(WORKERS) --dist loadfile

bench: $(STAMP) ## measures, and prints ratios
	@$(BIN)/python -m bench $(ARGS)

generate: $(STAMP) ## writes the generated pages of docs/
	@$(BIN)/python scripts/generate.py

pictures: $(STAMP) ## takes the pictures of the README with the browser of the system
	@$(BIN)/python -m scripts.pictures

format: $(STAMP) ## formats the code and mends what ruff can mend
	@$(BIN)/ruff check --fix --quiet .; $(BIN)/ruff format .

clean: ## removes everything that these commands made
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml scripts/install.sh
	@sh scripts/install.sh
	@touch $@
