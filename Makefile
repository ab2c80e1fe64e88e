# `make run` shows the main job, `make test` runs the tests. Both create the environment they need.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
LIBRARY := $(wildcard scenarios/*.yaml scenarios/published/*.yaml scenarios/patterns/*.yaml)

.PHONY: run test check lint library search bench schema screens clean

run: $(READY)
	$(BIN)/staffcalc compare scenarios/brooklyn-laboratory.yaml

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal

# All that must hold of the project: style, types, tests, the scenario library.
check: lint library test

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

library: $(READY)
	$(BIN)/staffcalc check --format github $(LIBRARY)

# Random files of all features against the second calculator, then damaged files of the library, some 100,000 of them; it
# takes an hour or two.
search: $(READY)
	STAFFCALC_SEARCH=10000 $(BIN)/python -m pytest -n auto tests/costing/test_oracle.py tests/costing/test_columns.py
	$(BIN)/python -m pytest -n auto -m search --hypothesis-profile=search

bench: $(READY)
	$(BIN)/python tests/benchmarks/bench.py

schema: $(READY)
	$(BIN)/staffcalc schema --output scenarios/staffcalc.schema.json

# What the commands in the README and the guide print today; read what has changed before it is kept.
screens: $(READY)
	cd tests && ../$(BIN)/python -m program.manual

clean:
	rm -rf $(VENV) build *.egg-info .hypothesis .pytest_cache .mypy_cache .ruff_cache

# The environment is made again when what it holds changes. The modules are compiled once, so that each start is quick.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m compileall -q staffcalc
	touch $(READY)
