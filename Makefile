# make help      says what there is
# PYTHON=...     names the interpreter for a new .venv; otherwise the first of the usual names that is 3.11 or later,
#                those that durable-rules runs on (before 3.13) first
# SECONDS=...    how long `make soak` and each part of `make fuzz` try random cases, 600 if left out

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?=
VENV := .venv
BIN := $(VENV)/bin
# What the tests need besides the package itself.
TEST_EXTRAS := dev,bom,evidence,inventory,api,postgresql,client
PIP := $(BIN)/python -m pip --disable-pip-version-check

# A stamp says that an install was finished with the pyproject.toml and constraints.txt of its time.
INSTALLED := $(VENV)/.stamp-installed
DEV_INSTALLED := $(VENV)/.stamp-dev
SERVED := $(VENV)/.stamp-api

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(INSTALLED) ## judge the example designs
	@$(BIN)/supportable demo

.PHONY: serve
serve: $(SERVED) ## the page and the HTTP API on http://127.0.0.1:8000
	@$(BIN)/supportable serve

.PHONY: test
test: $(DEV_INSTALLED) ## every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: fuzz
fuzz: $(DEV_INSTALLED) ## hostile documents, expressions, packs and designs, each for SECONDS=600
	@for door in document expression packs design; do \
	  $(BIN)/python -m tests.hostile.targets $$door --seconds $(or $(SECONDS),600) || exit 1; done

.PHONY: soak
soak: $(DEV_INSTALLED) ## random policies and designs through every reading, for SECONDS=600
	$(BIN)/python -m tests.soak.soak --seconds $(or $(SECONDS),600)

.PHONY: lint
lint: $(DEV_INSTALLED) ## style, format, types, and the one-way imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: $(DEV_INSTALLED) ## put files into the form that lint asks for
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: docs
docs: $(DEV_INSTALLED) ## the pages that are made from packs and code, and the examples of the HTTP API
	$(BIN)/supportable packs docs --output docs/rules --sources docs/sources.md
	$(BIN)/supportable packs lint --codes > docs/lint.md
	$(BIN)/python -m tests.api.openapi.sending

.PHONY: page
page: web/node_modules/.stamp ## build the page from web/ into the package; needs Node.js
	cd web && npm run --silent types && npm run --silent build

web/node_modules/.stamp: web/package.json web/package-lock.json
	cd web && npm ci --silent --no-audit --no-fund
	@touch $@

.PHONY: screenshots
screenshots: $(DEV_INSTALLED) ## pictures of the page's views for docs/images/page, as the real server gives them
	$(BIN)/python -m tests.page.screenshots docs/images/page

.PHONY: mutate
mutate: $(DEV_INSTALLED) ## change our rules one thing at a time: does some case notice? (a minute on two cores)
	$(BIN)/supportable packs mutate --min 95

.PHONY: bench
bench: $(DEV_INSTALLED) ## measure; no test depends on it
	@for script in bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

.PHONY: install
install: $(DEV_INSTALLED) ## .venv with the package, editable, and all that tests and checks need

.PHONY: constraints
constraints: ## pin anew, from the newest of everything, in an environment of its own
	rm -rf build/constraints
	@$(find_python); "$$python" -m venv build/constraints
	build/constraints/bin/python -m pip --disable-pip-version-check install -q '.[dev,api,postgresql,client,bom,evidence,inventory,durable,fleet]'
	{ sed -n '/^#/p' constraints.txt; \
	  build/constraints/bin/python -m pip freeze --exclude supportable --exclude pip --exclude setuptools; } > build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/constraints

.PHONY: clean
clean: ## remove the environment, caches and build output
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find engine api policies tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# Sets the shell variable `python`. A name on the path may be a shim for a version that is not there, and some
# systems ship Python without venv: so each candidate is run, not just found.
define find_python
python=''; \
for candidate in $(or $(PYTHON),python3.12 python3.11 python3.13 python3); do \
  if "$$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
    python="$$candidate"; break; \
  fi; \
done; \
if [ -z "$$python" ]; then \
  echo 'Python 3.11 or later with its venv module is needed; name one with: make PYTHON=/path/to/python' >&2; exit 1; \
fi
endef

$(BIN)/python:
	@$(find_python); echo "creating $(VENV) with $$("$$python" --version)"; "$$python" -m venv $(VENV)

# Order-only on the interpreter: it is a link, and as old as the Python it points to.
$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable .
	@touch $@

$(SERVED): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable '.[api]'
	@touch $@ $(INSTALLED)

$(DEV_INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --constraint constraints.txt --editable '.[$(TEST_EXTRAS)]'
	@if [ -x .ci/durable ]; then .ci/durable $(BIN)/python; fi
	@if [ -x .ci/chromium ]; then .ci/chromium; fi
	@if [ -x .ci/postgresql ]; then .ci/postgresql; fi
	@touch $@ $(INSTALLED) $(SERVED)
