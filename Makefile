# Installs Needle and slack-sandbox into .venv, from pinned and hashed requirements.
SHELL := bash
.SHELLFLAGS := -eo pipefail -c
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test test-long record-store torture check check-page bench mutants load picture lock clean

# Prints the name of each package, so that progress shows in a log too.
define install
	@echo "Installing the packages of $(1) into .venv …"
	@PYTHONUNBUFFERED=1 $(BIN)/pip install --require-hashes --no-deps -r $(1) | sed -un 's/^Collecting \([^ ;]*\).*/  \1/p'
endef

.venv/demo: requirements/demo.txt pyproject.toml sandbox/pyproject.toml
	@$(PYTHON) -m venv .venv
	$(call install,$<)
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable sandbox --editable .
	@touch $@

.venv/dev: requirements/dev.txt .venv/demo
	$(call install,$<)
	@touch $@

setup: .venv/dev

demo: .venv/demo
	@$(BIN)/needle demo $(if $(ONCE),--once)

# Keeps bytecode even if the environment says not to: many processes load the same modules.
test: export PYTHONDONTWRITEBYTECODE :=
test: setup
	$(BIN)/pytest
	cd sandbox && ../$(BIN)/pytest

# Tests that take many seconds each: the whole demo, a wheel, load, the page in Chromium.
test-long: setup
	$(BIN)/pytest -m long
	cd sandbox && ../$(BIN)/pytest -m long

# Records the store and the Slack workspace of this commit. `make test` then tests upgrades from it.
# Run this at each release and at the last commit of each issue. See tests/upgrade/README.md.
record-store: NAME ?= $(shell git rev-parse --short HEAD)
record-store: setup
	$(BIN)/python -m tests.upgrade.record "$(NAME)"

# Kills the bot for MINUTES, at least 300 times. Then runs 20,000 steps in which messages get lost,
# and pairs of processes on one store. To repeat a run, set SEED.
SEED ?= $(shell date +%s)
torture: export TORTURE_MINUTES := $(or $(MINUTES),10)
torture: export TORTURE_SEED := $(SEED)
torture: setup
	@echo "SEED=$(TORTURE_SEED)"
	$(BIN)/pytest tests/chaos/test_kills.py -n 0 -s
	$(BIN)/pytest tests/chaos -k "many or again" -n 4 --dist load

check: setup check-page
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd sandbox && ../$(BIN)/mypy
	cd sandbox && ../$(BIN)/lint-imports

sandbox/node_modules: sandbox/package.json sandbox/package-lock.json
	@echo "Installing the packages of sandbox/package-lock.json …"
	@cd sandbox && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# Checks the types and style of the sandbox's page. The page itself needs no build.
check-page: sandbox/node_modules
	cd sandbox && npm run --silent check

bench: setup
	$(BIN)/python -m benchmarks

# Mutates the arithmetic and the reconciler, and lists the mutants that no test notices. Takes an
# hour, or a few minutes for one module: make mutants OF=domain.ranking.scoring
mutants: export PYTHONDONTWRITEBYTECODE :=
mutants: setup
	$(BIN)/mutmut run --max-children 3 "$(or $(OF),*).*"
	@$(BIN)/mutmut results | grep -v "not checked" || echo "Every one of them was noticed."

# Loads the sandbox with 500 events per second for a minute.
load: setup
	cd sandbox && SANDBOX_LOAD_SECONDS=60 ../$(BIN)/pytest tests/delivery/test_load.py -m long -n 0 -s

# Needs Debian's chromium.
picture: setup
	$(BIN)/python docs/picture.py

# Needs uv. Writes versions and hashes, but no registry addresses.
lock: COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml
lock: SANDBOX := sandbox/pyproject.toml --group build
lock:
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) --extra postgresql -c requirements/run.txt -o requirements/postgresql.txt
	$(COMPILE) $(SANDBOX) -c requirements/postgresql.txt -o requirements/demo.txt
	$(COMPILE) $(SANDBOX) --extra postgresql --group dev --group sandbox/pyproject.toml:dev -c requirements/postgresql.txt -c requirements/demo.txt -o requirements/dev.txt

clean:
	rm -rf .venv sandbox/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
