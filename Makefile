# Linli: `make up` runs it, `make test` checks it. Both build .venv first, from the lock files.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	--python-version 3.11 pyproject.toml --group build

.PHONY: help up test test-kafka lint types imports docs browser screenshots bench faults lock clean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: .venv/.installed node_modules/.installed ## everything on this machine, with the sample; Ctrl-C stops it
	@exec $(BIN)/linli up --sample

test: lint types imports node_modules/.installed ## lint, types, import contracts, every test
	$(BIN)/pytest -n 2 --dist loadgroup -m "not faults"
	$(BIN)/pytest -m faults

test-kafka: .venv/.installed-dev ## the tests on Apache Kafka; needs Java 17 and Maven
	LINLI_KAFKA_REQUIRED=1 $(BIN)/pytest -m kafka

lint: .venv/.installed-dev ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.installed-dev ## mypy, strict
	$(BIN)/mypy

imports: .venv/.installed-dev ## who may import whom
	$(BIN)/lint-imports

docs: .venv/.installed-dev ## write the API descriptions anew
	$(BIN)/python -m deploy.local.openapi

browser: ## Debian's Chromium and Chinese fonts, for the tests of pages; needs root where they lack
	@test -x /usr/bin/chromium && fc-list :lang=zh | grep -q . || \
		{ apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk fontconfig; }

screenshots: browser .venv/.installed-dev node_modules/.installed ## every page as a picture, into .screenshots
	$(BIN)/python -m tests.pages.screenshots

bench: .venv/.installed-dev ## measure, each figure beside its limit
	$(BIN)/python -m bench

faults: .venv/.installed-dev ## long rounds: processes killed at random, an hour under load, APIs asked at random
	LINLI_FAULT_ROUNDS=40 LINLI_ORDER_EVENTS=100000 LINLI_SOAK_MINUTES=60 $(BIN)/pytest -m faults -s
	LINLI_FUZZ_EXAMPLES=50 $(BIN)/pytest -k test_every_answer_is_as_described
	LINLI_TAMPER_EVENTS=1000000 LINLI_TAMPER_CASES=1000 $(BIN)/pytest -k test_every_deed_is_found
	LINLI_FAULT_ROUNDS=40 $(BIN)/pytest tests/shared/test_sealing_on_bad_days.py
	LINLI_LEDGER_HISTORIES=100000 $(BIN)/pytest tests/points/test_ledger.py
	LINLI_FAULT_ROUNDS=100 $(BIN)/pytest tests/points/test_shop_killed.py tests/points/test_sweep_killed.py

lock: .venv/.installed-dev ## both lock files anew, from what pyproject.toml allows
	$(COMPILE) --group dev --upgrade --output-file requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock --output-file requirements.lock

clean: ## remove what was built; data in .linli stays
	rm -rf .venv node_modules .screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.made requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# what pages load in a browser, and what checks them there
node_modules/.installed: package-lock.json .npmrc
	npm ci --silent
	@touch $@
