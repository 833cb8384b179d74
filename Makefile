# make run    set everything up and open the app on the sample stamps
# make test   set everything up and run every check and test (what CI runs)
# make help   the rest

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
NUMPY := .venv-numpy
KERNELS := $(wildcard core/tinyclf/nn/kernels/*.py core/tinyclf/nn/kernels/*/*.py)
WORKERS ?= 2
TEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test format check unit numpy-only bench peers lock docs states clean setup fresh-kernels

help:
	@sed -n 's/^# make/make/p' Makefile
	@echo "make format   let ruff rewrite the code"
	@echo "make check    format, lint, types and contracts only"
	@echo "make unit     the tests that need no window only"
	@echo "make numpy-only  the core's tests on an installation that has NumPy alone"
	@echo "make bench    the benchmarks of tests/benchmarks, beside the peers"
	@echo "make peers    the tests that compare with the peers: PyTorch, scikit-learn"
	@echo "make docs     draw the screenshots of resources/docs anew"
	@echo "make states OUT=DIR  draw every state of the window, to be looked at"
	@echo "make lock     resolve requirements.lock and packaging/numpy-only.lock anew"

setup: $(VENV)/.compiled

# numba compares its machine code with a kernel's own file alone: what is older than any file that
# a kernel can call goes.
fresh-kernels:
	@find core -name '*.nb[ic]' ! -newer "$$(ls -t $(KERNELS) | head -n 1)" -delete

$(VENV)/.compiled: $(VENV)/.installed $(KERNELS) | fresh-kernels
	@$(BIN)/python -m tinyclf.nn.compile_ahead
	@touch $@

# A virtual environment in the folder $(1), empty.
define venv
@packaging/system-libraries python
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
@test -x $(1)/bin/python || { echo "Making a virtual environment in $(1)"; $(PYTHON) -m venv $(1); }
endef

# The packages of requirements.lock and this one, in the environment $(1).
define install
@$(1)/bin/python -m pip install --quiet --require-hashes -r requirements.lock
@$(1)/bin/python -m pip install --quiet --no-deps --no-build-isolation --editable .
endef

$(VENV)/.installed: requirements.lock pyproject.toml
	$(call venv,$(VENV))
	@echo "Installing the packages of requirements.lock (about 260 MB to fetch, once)"
	$(call install,$(VENV))
	@touch $@

$(NUMPY)/.installed: packaging/numpy-only.lock
	$(call venv,$(NUMPY))
	@$(NUMPY)/bin/python -m pip install --quiet --require-hashes -r $<
	@touch $@

$(BENCH)/.installed: requirements.lock pyproject.toml packaging/peers.txt | fresh-kernels
	$(call venv,$(BENCH))
	@echo "Installing the peers beside requirements.lock (several GB on disk, once)"
	$(call install,$(BENCH))
	@$(BENCH)/bin/python -m pip install --quiet -r packaging/peers.txt
	@touch $@

run: setup
	@packaging/run $(BIN)

test: setup
	@packaging/system-libraries offscreen window tests
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target check numpy-only
	$(TEST)

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
	$(TEST) -m "not window"

numpy-only: $(NUMPY)/.installed
	PYTHONPATH=core $(NUMPY)/bin/python -m pytest -c packaging/numpy-only.ini --rootdir=.

bench: $(BENCH)/.installed
	@packaging/system-libraries offscreen
	$(BENCH)/bin/python -m tests.benchmarks

peers: $(BENCH)/.installed
	@packaging/system-libraries offscreen
	$(BENCH)/bin/python -m pytest -m peers

docs: setup
	@packaging/system-libraries offscreen window tests
	$(BIN)/python packaging/screenshots.py resources/docs

states: setup
	@packaging/system-libraries offscreen window tests
	@test -n "$(OUT)" || { echo "Where to? make states OUT=DIR"; exit 2; }
	$(BIN)/python packaging/states.py $(OUT)

lock:
	$(BIN)/python -m pip install --quiet uv
	$(COMPILE) pyproject.toml --extra fast --extra plot --extra server --group dev -o requirements.lock
	$(COMPILE) packaging/numpy-only.in -c requirements.lock -o packaging/numpy-only.lock

clean:
	rm -rf $(VENV) $(BENCH) $(NUMPY) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist demo
