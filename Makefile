# Everything is installed into .venv, from the pinned and hashed requirements/dev.txt.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: setup demo test test-long record-store torture check bench mutants load picture lock clean

setup: .venv/installed

.venv/installed: requirements/dev.txt pyproject.toml
	@echo "Installing into .venv (once; a minute or two) …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	@$(BIN)/needle demo $(if $(ONCE),--once)

# Bytecode is kept, whatever the environment says: many processes run the same modules.
test: export PYTHONDONTWRITEBYTECODE :=
test: setup
	$(BIN)/pytest

# What takes many seconds by its nature: the demo whole, a wheel, load, the page in Chromium.
test-long: setup
	$(BIN)/pytest -m long

# Records the store and the Slack posts of this commit for the upgrade tests, from then on in
# `make test`: at each release, and at the last commit of each issue. See tests/upgrade/README.md.
record-store: NAME ?= $(shell git rev-parse --short HEAD)
record-store: setup
	$(BIN)/python -m tests.upgrade.record "$(NAME)"

# The bot is killed for so many MINUTES, 300 times at least; then 20,000 steps of what goes astray,
# and pairs of processes on one store. SEED repeats a run.
SEED ?= $(shell date +%s)
torture: export TORTURE_MINUTES := $(or $(MINUTES),10)
torture: export TORTURE_SEED := $(SEED)
torture: setup
	@echo "SEED=$(TORTURE_SEED)"
	$(BIN)/pytest tests/chaos/test_kills.py -n 0 -s
	$(BIN)/pytest tests/chaos -k "many or again" -n 4 --dist load

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd sandbox && ../$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python -m benchmarks

# Whether tests notice when a line of the arithmetic or of the reconciler is wrong: an hour; a module
# takes a minute or a few: make mutants OF=domain.ranking.scoring. Lists what no test noticed.
mutants: export PYTHONDONTWRITEBYTECODE :=
mutants: setup
	$(BIN)/mutmut run --max-children 3 "$(or $(OF),*).*"
	@$(BIN)/mutmut results | grep -v "not checked" || echo "Every one of them was noticed."

# The sandbox under 500 events a second, for a minute.
load: setup
	SANDBOX_LOAD_SECONDS=60 $(BIN)/pytest sandbox/tests/test_load.py -m long -n 0 -s

# Needs Debian's chromium.
picture: setup
	$(BIN)/python docs/picture.py

# Needs uv. Writes no registry address: only versions and hashes.
lock: COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" pyproject.toml
lock:
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) --extra postgresql -c requirements/run.txt -o requirements/postgresql.txt
	$(COMPILE) --extra dev -c requirements/postgresql.txt -o requirements/dev.txt

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
