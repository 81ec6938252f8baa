# Development tasks. `make` lists them: the text after ## is a target's help.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -eo pipefail -c
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo test test-long record-store torture check check-page check-packaging bench mutants load pictures lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Print the name of each package, because pip shows no progress bar in a log.
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

setup: .venv/dev ## Install Needle, the sandbox, and the development tools into .venv

demo: .venv/demo ## Play a team's two quarters on a local Slack; ONCE=1 exits at the end
	@$(BIN)/needle demo $(if $(ONCE),--once)

# Keep bytecode even if the environment says not to: many processes load the same modules.
test: export PYTHONDONTWRITEBYTECODE :=
test: setup ## Run the tests
	$(BIN)/pytest
	cd sandbox && ../$(BIN)/pytest

test-long: setup ## Run the slow tests: the whole demo, a wheel, load, the page in Chromium
	$(BIN)/pytest -m long
	cd sandbox && ../$(BIN)/pytest -m long

# Run this at each release and at the last commit of each issue. `make test` then tests upgrades from
# the recording. See tests/upgrade/README.md.
record-store: NAME ?= $(shell git rev-parse --short HEAD)
record-store: setup ## Record this commit's database and Slack workspace for the upgrade tests
	$(BIN)/python -m tests.upgrade.record "$(NAME)"

# Kill the bot for MINUTES, at least KILLS times, on SQLite and again on PostgreSQL. Then run STEPS in
# which messages get lost, and pairs of processes on one database. To repeat a run, set SEED. pytest
# fails if it selects no tests.
SEED ?= $(shell date +%s)
torture: export TORTURE_MINUTES := $(or $(MINUTES),10)
torture: export TORTURE_KILLS := $(or $(KILLS),400)
torture: export TORTURE_STEPS := $(or $(STEPS),20000)
torture: export TORTURE_SEED := $(SEED)
torture: setup ## Kill and disturb the bot: MINUTES=10, KILLS=400, STEPS=20000; SEED repeats a run
	@echo "SEED=$(TORTURE_SEED)"
	$(BIN)/pytest tests/chaos/test_kills.py -m torture -n 0 -s
	$(BIN)/pytest tests/chaos --ignore tests/chaos/test_kills.py -m torture -n 4 --dist load

check: setup check-page check-packaging ## Check style, types, and imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd sandbox && ../$(BIN)/mypy
	cd sandbox && ../$(BIN)/lint-imports

sandbox/node_modules: sandbox/package.json sandbox/package-lock.json
	@echo "Installing the packages of sandbox/package-lock.json …"
	@cd sandbox && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

check-page: sandbox/node_modules ## Check the style and types of the sandbox's page (needs npm)
	cd sandbox && npm run --silent check

.venv/packaging: requirements/packaging.txt .venv/dev
	$(call install,$<)
	@touch $@

check-packaging: .venv/packaging ## Check the Dockerfile, compose.yml, Kubernetes manifests, and workflow
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/zizmor --offline --no-progress --quiet .github
	$(BIN)/kubernetes-validate --strict --quiet packaging/kubernetes/*.yaml

bench: setup ## Measure Needle's speed; JSON=file also writes the rows; ONLY=ranking measures a part
	$(BIN)/python -m benchmarks $(if $(JSON),--json "$(JSON)") $(ONLY)

# This takes an hour, or a few minutes for one module: make mutants OF=domain.ranking.scoring
mutants: export PYTHONDONTWRITEBYTECODE :=
mutants: setup ## List mutants of the domain and the reconciler that survive the tests; OF=module
	$(BIN)/mutmut run --max-children 3 "$(or $(OF),*).*"
	@$(BIN)/mutmut results | grep -v "not checked" || echo "No mutant survived."

load: setup ## Load the sandbox with 500 events per second for a minute
	cd sandbox && SANDBOX_LOAD_SECONDS=60 ../$(BIN)/pytest tests/delivery/test_load.py -m long -n 0 -s

pictures: setup ## Draw the pictures in README and docs (needs Debian's chromium)
	$(BIN)/python docs/pictures.py

# Pin versions and hashes, but no registry addresses.
lock: GROUP := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"
lock: COMPILE = $(GROUP) pyproject.toml
lock: SANDBOX := sandbox/pyproject.toml --group build
lock: ## Update the pinned requirements (needs uv)
	$(COMPILE) -o requirements/run.txt
	$(COMPILE) --extra postgresql -c requirements/run.txt -o requirements/postgresql.txt
	$(COMPILE) $(SANDBOX) -c requirements/postgresql.txt -o requirements/demo.txt
	$(GROUP) --group build -c requirements/demo.txt -o requirements/build.txt
	$(COMPILE) $(SANDBOX) --extra postgresql --group dev --group sandbox/pyproject.toml:dev -c requirements/postgresql.txt -c requirements/demo.txt -o requirements/dev.txt
	$(GROUP) --group packaging -c requirements/dev.txt -o requirements/packaging.txt
	$(GROUP) --group sbom -c requirements/dev.txt -o requirements/sbom.txt

clean: ## Remove .venv, node_modules, and caches
	rm -rf .venv sandbox/node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
