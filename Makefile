# Everything a person does with a checkout. GNU make and a plain sh are enough.
#   PORT=8600        the port of the app (a free one is taken where none is named)
#   NO_BROWSER=1     print the app's address without opening a browser
#   PYTHON=python3.12  the Python to make .venv with, where `python3` is not the right one
#   TESTS="..."      arguments for pytest: make test TESTS="tests/model -k dates"
#   WORKERS=4        how many processes run the tests, each with engines of its own; 0 runs them in one

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test coverage lint format docs pictures soak build clean
export PORT NO_BROWSER PYTHON

BIN := .venv/bin
COGGED := README.md docs/architecture.md docs/data-model.md docs/methods.md
TESTS ?=
WORKERS ?= 2
IN_PARALLEL := -n $(WORKERS) --dist loadfile --no-loadscope-reorder

help: ## what there is
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: .venv/installed ## the sample inventory in the app; Ctrl-C stops all of it
	@trap : INT; $(BIN)/cocommuns demo || test $$? -eq 130

test: lint ## lint, then every test
	@$(BIN)/python -m pytest $(IN_PARALLEL) --durations=10 --durations-min=5 $(TESTS)

coverage: .venv/installed-test ## every test, and which lines none of them runs; takes half as long again
	@$(BIN)/python -m pytest $(IN_PARALLEL) --cov --cov-report=term:skip-covered $(TESTS)

lint: .venv/installed-test ## ruff, mypy, import-linter, and the tables in the documents
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/cog -I . --check $(COGGED)

format: .venv/installed-test ## lay out the code and mend what can be mended by itself
	@$(BIN)/ruff check --fix --exit-zero .
	@$(BIN)/ruff format .

docs: .venv/installed-test ## write the tables in the documents from the code
	@$(BIN)/cog -I . -r $(COGGED)

pictures: .venv/installed-test ## take the pictures of docs/pictures from a running demo (needs chromium)
	@$(BIN)/python docs/pictures.py

soak: .venv/installed-test ## the long runs; what they found goes into docs/soak.md
	@$(BIN)/python -m pytest -n $(WORKERS) -o faulthandler_timeout=3600 -m soak --soak-log docs/soak.md $(TESTS)

build: .venv/installed ## the wheel, in dist/
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove what make made; your inventories stay
	rm -rf .venv .engines .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A checkout that was moved or copied brings a .venv that leads elsewhere; tools/venv makes it anew.
ifeq ($(shell grep -q -F '$(CURDIR)/.venv' .venv/bin/pip 2>/dev/null && .venv/bin/python -c 'print("good")' 2>/dev/null),)
.venv/installed .venv/installed-test: again
.PHONY: again
endif

.venv/installed: pyproject.toml tools/venv
	@tools/venv

.venv/installed-test: pyproject.toml tools/venv
	@tools/venv test
	@touch .venv/installed
