# Two commands for everybody: `make demo` and `make test`. Everything they make stays inside this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE ?= $(firstword $(sort $(wildcard recordings/samples/*.flac)))
PINS := pyproject.toml constraints.txt

# An installed program keeps these in the user's data folder; a checkout keeps to itself.
export CONSULT_ASSIST_MODELS_FOLDER ?= $(CURDIR)/models
HERE := CONSULT_ASSIST_DATA_FOLDER="$(CURDIR)/demo-data"

# Two processes, each with models of its own (1 GB); a file stays in one, so that it loads once what its tests share.
# In the order of names, for what takes longest comes before the many quick files.
AT_ONCE := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: demo run test test-store check offline-kit clean clean-peers help

help:
	@echo 'make demo         install everything and replay a sample consultation'
	@echo 'make run          open the program with the records of the demo'
	@echo 'make test         install what the tests need and run all of them'
	@echo 'make test-store   run the tests of the store on a PostgreSQL of their own (Debian: postgresql)'
	@echo 'make check        formatting, lint, types, import contracts, fast tests'
	@echo 'make offline-kit  gather everything an offline PC needs in one folder'
	@echo 'make clean        remove everything these commands created'
	@echo 'make clean-peers  remove the programs that benchmarks/compare_peers.py installed (20 GB)'

# Real speed on a screen; without one there is nobody to wait for.
demo: $(VENV)/installed
	@echo 'Preparing the speech model ...'
	@$(BIN)/consult-assist models get base
	@echo 'Replaying the sample consultation $(SAMPLE) ...'
	@if [ -t 0 ] && [ -t 1 ]; then $(HERE) $(BIN)/consult-assist replay "$(SAMPLE)" --speed 1; \
	else $(HERE) $(BIN)/consult-assist replay "$(SAMPLE)" --speed max --no-ui; fi
	@echo 'To see the record on the screens: make run'

run: $(VENV)/installed
	@$(BIN)/consult-assist models get base
	@$(HERE) $(BIN)/consult-assist

test: $(VENV)/installed-test
	@$(BIN)/consult-assist models get base
	$(BIN)/python -m pytest $(AT_ONCE)

# A server of its own for the length of the tests, on a free port; libpq learns from the environment where it is, and an
# address needs no name server, which tests may not ask.
test-store: $(VENV)/installed-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,postgresql]'
	CONSULT_ASSIST_TEST_DATABASE_URL=postgresql+psycopg:// pg_virtualenv -t env PGHOST=127.0.0.1 $(BIN)/python -m pytest tests/contract/test_store.py

check: $(VENV)/installed-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python -m pytest $(AT_ONCE) tests/unit tests/contract

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
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	    || { echo 'Python 3.11, 3.12 or 3.13 is needed; name one like this: make demo PYTHON=python3.12'; exit 1; }
	@echo 'Creating the virtual environment $(VENV) ...'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(PINS) | $(VENV)/bin/python
	@echo 'Installing the program into $(VENV): 0.5 GB to download, pip prints nothing for a minute or more ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/installed-test: $(PINS) | $(VENV)/bin/python
	@echo 'Installing the program and its test tools into $(VENV): up to 0.5 GB, pip prints nothing for a minute or more ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $(VENV)/installed $@
