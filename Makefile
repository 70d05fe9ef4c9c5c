# Each target sets up what it needs and is safe to repeat.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test lint install bench soak accept
demo: install
	@$(BIN)/jiballim demo

test: install lint
	$(BIN)/pytest -n 2 --dist loadgroup -m "not soak" $(ARGS)

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

install: $(STAMP)

$(STAMP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[serve]" --group dev
	@touch $(STAMP)

bench: install
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	$(BIN)/python -m bench

soak: install
	$(BIN)/pytest -m soak $(ARGS)

# Renew the expected outputs after reading their differences: git diff tests/
accept: install
	$(BIN)/pytest -m "not soak" --accept $(ARGS)
