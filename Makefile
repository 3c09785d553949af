# The system's own first: distributions build theirs to be fast, one compiled by hand is often half as fast.
ENOUGH := import ensurepip, sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(or $(shell for one in /usr/bin/python3 python3; do $$one -c '$(ENOUGH)' 2>/dev/null && echo $$one && break; done),python3)
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := true
# Writes hashes, but no download address and no command line, into the lock files.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade

.DEFAULT_GOAL := help
.PHONY: help demo practice test install check dev draw bench prove sbom locks words

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

$(BIN)/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11")'
	@$(PYTHON) -m venv $(VENV) || { echo 'On Debian or Ubuntu: apt install python3-venv'; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/runtime: requirements/runtime.txt $(BIN)/uv
	@$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements/runtime.txt && rm -f $(VENV)/dev && touch $@

$(VENV)/dev: requirements/dev.txt $(BIN)/uv
	@$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements/dev.txt && touch $@ $(VENV)/runtime

install: $(VENV)/dev ## the environment only, with the tools for developers

demo: $(VENV)/runtime ## the demonstration on 127.0.0.1 (PORT=8000), from nothing
	@PORT=$(PORT) exec $(BIN)/python manage.py serve --demo

practice: $(VENV)/runtime ## the practice room on 127.0.0.1 (PORT=8000): invented people, reset every night
	@exec $(BIN)/python manage.py practice --port $(PORT)

dev: $(VENV)/dev ## the server for developers, reloading
	@SHANGLIANG_DEBUG=1 $(BIN)/python manage.py serve --reload

check: $(VENV)/dev ## format, lint, types, contracts, printed parts: under a minute
	@mkdir -p var
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache > var/contracts.txt 2>&1 || { cat var/contracts.txt; exit 1; }
	@$(BIN)/mypy .
	@SHANGLIANG_MODE=test SHANGLIANG_VAR=$$(mktemp -d) $(BIN)/python manage.py makemigrations --check --dry-run
	@SHANGLIANG_MODE=test $(BIN)/python manage.py draw --check
	@$(BIN)/python -m supply --check

test: $(VENV)/dev ## everything: checks, tests on both databases, the browser, queries and kB
	@$(BIN)/python -m stories.everything

draw: $(VENV)/dev ## print charts and glossary, draw pictures of the pages and papers into docs/screens/
	@SHANGLIANG_MODE=test $(BIN)/python manage.py draw
	@$(BIN)/python -m stories.draw

bench: $(VENV)/dev ## queries, milliseconds, kB and ratios of each page
	@$(BIN)/python -m bench

prove: $(VENV)/dev ## the long proofs: crash, power, faults, fuzz, erasure; one JSON line a figure
	@$(BIN)/python -m prove

sbom: $(VENV)/dev ## the bill of materials: var/sbom.json and docs/dependencies.md
	@$(BIN)/python -m supply

words: $(VENV)/dev ## extract the words for translation
	@$(BIN)/pybabel -q extract -F babel.cfg -k lazy -k _lazy -k gettext_noop -k gettext_lazy -k ngettext_lazy:1,2 -k pgettext:1c,2 -k pgettext_lazy:1c,2 -k npgettext:1c,2,3 -k _n:1c,2,3 --no-location --no-wrap --sort-output --project=shangliang -o locale/django.pot .
	@$(BIN)/pybabel -q update -l en -i locale/django.pot -d locale -D django --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date

locks: $(BIN)/uv ## resolve the dependencies anew
	@for name in uv runtime dev; do $(LOCK) requirements/$$name.in -o requirements/$$name.txt || exit 1; done
