# GNU make and Python 3.11 or newer are all that is needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready-$(shell cat pyproject.toml requirements.lock 2>/dev/null | cksum | cut -d' ' -f1)

.DEFAULT_GOAL := help
.PHONY: help run test setup check bench format lock schema

help:  ## Lists these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup  ## Serves on http://127.0.0.1:8000, with a database of its own under .data/
	@exec $(BIN)/segments serve

test: setup  ## Runs all tests; they start their own PostgreSQL
	$(BIN)/pytest

setup: $(READY)  ## Makes .venv with the locked dependencies; quick when nothing changed

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
		echo "Python's venv is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/ready-*
	@touch $@

check: setup  ## What CI runs: format, lint, types, layers, schema, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/segments schema diff
	$(BIN)/pytest

bench: setup  ## Runs the benchmarks; results under bench/results/
	$(BIN)/python -m bench

format: setup  ## Formats the code and mends what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: setup  ## Writes graph/schema.graphql from the code
	$(BIN)/segments schema export

lock:  ## Makes requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --output-file requirements.lock
