# Two commands for everybody: `make demo` and `make test`. Everything they make stays inside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE ?= $(firstword $(sort $(wildcard recordings/samples/*.flac)))
PINS := pyproject.toml constraints.txt

# An installed program keeps these in the user's data folder; a checkout keeps to itself.
export CONSULT_ASSIST_MODELS_FOLDER ?= $(CURDIR)/models
HERE := CONSULT_ASSIST_DATA_FOLDER="$(CURDIR)/demo-data"

.PHONY: demo run test check offline-kit clean clean-peers help

help:
	@echo 'make demo         set everything up and replay a sample consultation'
	@echo 'make run          open the program on the same records as the demo'
	@echo 'make test         set up what tests need and run all of them'
	@echo 'make check        format, lint, types, imports, quick tests'
	@echo 'make offline-kit  gather one folder to carry to a separated network'
	@echo 'make clean        remove what these commands made'
	@echo 'make clean-peers  remove the programs that benchmarks/compare_peers.py installed (20 GB)'

# Real speed on a screen; without one there is nobody to wait for.
demo: $(VENV)/installed
	@$(BIN)/consult-assist models get base
	@if [ -t 0 ] && [ -t 1 ]; then $(HERE) $(BIN)/consult-assist replay "$(SAMPLE)" --speed 1; \
	else $(HERE) $(BIN)/consult-assist replay "$(SAMPLE)" --speed max --no-ui; fi
	@echo 'To see the record on the screens: make run'

run: $(VENV)/installed
	@$(BIN)/consult-assist models get base
	@$(HERE) $(BIN)/consult-assist

test: $(VENV)/installed-test
	@$(BIN)/consult-assist models get base
	$(BIN)/python -m pytest

check: $(VENV)/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python -m pytest tests/unit tests/contract

offline-kit: $(VENV)/installed
	$(BIN)/python scripts/offline_kit.py offline-kit $(KIT)

clean:
	rm -rf $(VENV) demo-data offline-kit build dist models/base models/base.* .mypy_cache .ruff_cache .pytest_cache \
	    .hypothesis .import_linter_cache snapshot_report.html
	find consult_assist tests scripts benchmarks -name __pycache__ -prune -exec rm -rf {} +

# Not part of clean: they are downloaded again only at great length.
clean-peers:
	rm -rf benchmarks/.peers

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'Python 3.11 or newer is needed; name it like this: make demo PYTHON=python3.12'; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(PINS) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-test: $(PINS) | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $(VENV)/installed $@
