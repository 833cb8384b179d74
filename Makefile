# make run    set everything up and open the app on the sample stamps
# make test   set everything up and run every check and test (what CI runs)
# make help   the rest

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test format check unit window-test bench peers lock docs clean setup

help:
	@sed -n 's/^# make/make/p' Makefile
	@echo "make format   let ruff rewrite the code"
	@echo "make check    format, lint, types and contracts only"
	@echo "make unit     the tests that need no window only"
	@echo "make bench    the benchmarks of tests/benchmarks"
	@echo "make docs     draw the screenshots of resources/docs anew"
	@echo "make lock     resolve requirements.lock anew from pyproject.toml"

setup: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@packaging/system-libraries python
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || { echo "Making a virtual environment in $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing the packages of requirements.lock (about 200 MB to fetch, once)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	@packaging/run $(BIN)

test: setup
	@packaging/system-libraries offscreen window tests
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

unit: setup
	@packaging/system-libraries offscreen
	$(BIN)/python -m pytest -m "not window"

bench: setup
	@packaging/system-libraries offscreen
	$(BIN)/python -m tests.benchmarks

docs: setup
	@packaging/system-libraries offscreen window tests
	$(BIN)/python packaging/screenshots.py resources/docs

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url pyproject.toml --group dev -o requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist demo
