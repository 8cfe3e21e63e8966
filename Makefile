# Everything that is done with a clone. Needs make and Python 3.11, 3.12 or 3.13; the rest is installed into .venv.
#
#   make demo           build the worked case and serve it        make demo CHECK=1   the same, then stop
#   make test           the tests                                 make test ARGS="tests/record -x"
#   make check          ruff, mypy, imports, sizes, front end, documentation
#   make bench          slow proofs and speeds                    make docs           the documentation, into site/
#   make lock           requirements.lock anew from pyproject.toml

ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$name && break; done)
endif
CASE ?= cases/mali
WORKERS ?= 2  # processes of the tests; 0 runs them in one
BIN := .venv/bin
APP := src/faultline/publish/web/app

.PHONY: demo test check bench docs lock clean setup style types imports house frontend

demo: setup
	$(BIN)/faultline build $(CASE)
	$(BIN)/faultline serve $(CASE) $(if $(CHECK),--check)

test: setup
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile $(ARGS)

check: style types imports house frontend docs

style: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy --strict src

imports: setup
	$(BIN)/lint-imports --no-logo

house: setup
	$(BIN)/python tools/house.py src

frontend: setup
	$(BIN)/python hatch_build.py --check

docs: setup
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: setup
	$(BIN)/python benchmarks/run.py $(ARGS)

# Universal: one file for every supported Python and system, with the hashes of every file and no address of any index.
lock: setup
	$(BIN)/python -m venv .make/lock
	.make/lock/bin/pip install --quiet uv
	.make/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS) \
		--output-file requirements.lock pyproject.toml

setup:
	@$(if $(PYTHON),,echo "Faultline needs Python 3.11, 3.12 or 3.13; none is on the PATH" >&2; exit 1)
	@$(PYTHON) tools/environment.py

clean:
	rm -rf .venv .make .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist site
	rm -rf $(APP)/node_modules src/faultline/publish/web/static
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
