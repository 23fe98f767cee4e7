# One command for each thing to do; all of them first bring the virtual environment up to date.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python
RUNS := .venv/.runs
STAMP := .venv/.installed
# How many processes the tests take.
JOBS ?= 2
PYTEST := $(RUN) -m pytest --quiet

.PHONY: help
help:
	@echo "make demo         a company to look at, on http://127.0.0.1:8000"
	@echo "make demo-reset   the same, begun anew"
	@echo "make test         everything that is checked before a change goes in"
	@echo "make lint types layers messages requirements install   one step alone"
	@echo "make chaos        kills workers while they remind, and counts what became of every mail"
	@echo "make pictures     the pictures of the README, taken anew"

.PHONY: install
install: $(STAMP)

# What Lotse runs with: enough for the demonstration. The lists are complete, so that pip need not look
# for what belongs together; what is never imported need not be compiled.
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check --no-compile

$(RUNS): requirements/base.txt tools/make_venv.sh
	bash tools/make_venv.sh $(PYTHON)
	$(PIP) --no-deps --require-hashes -r requirements/base.txt
	touch $(RUNS)

$(STAMP): $(RUNS) requirements/dev.txt pyproject.toml build_hook.py
	$(PIP) --no-deps --require-hashes -r requirements/dev.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $(STAMP)

# The demonstration has a home of its own, so that it never meets real data.
.PHONY: demo
demo: export LOTSE_HOME := $(CURDIR)/var/demo
demo: export LOTSE_COMPANY ?= Brise Wärmetechnik
demo: $(RUNS)
	$(RUN) -m lotse demo
	$(RUN) -m lotse serve

.PHONY: demo-reset
demo-reset:
	rm -rf var/demo
	$(MAKE) demo

.PHONY: pictures
pictures: $(STAMP)
	$(RUN) tools/chromium.py
	$(RUN) tools/pictures.py

.PHONY: test
test: lint types layers migrations test-sqlite test-postgres test-browser

# A company of its own on each database; the last line of each says what came of it.
.PHONY: chaos
chaos: $(STAMP)
	$(RUN) -m tools.chaos sqlite
	$(RUN) -m tools.chaos postgres

.PHONY: lint
lint: $(STAMP)
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(RUN) tools/lint_templates.py

.PHONY: types
types: $(STAMP)
	$(BIN)/mypy

.PHONY: layers
layers: $(STAMP)
	$(BIN)/lint-imports --no-cache

.PHONY: migrations
migrations: $(STAMP)
	$(RUN) manage.py makemigrations --check --dry-run

.PHONY: test-sqlite
test-sqlite: $(STAMP)
	LOTSE_TEST_DB=sqlite $(PYTEST) -n $(JOBS) -m "not browser"

# On LOTSE_TEST_DATABASE_URL if it is set, else on a server that lives as long as the tests.
.PHONY: test-postgres
test-postgres: $(STAMP)
	LOTSE_TEST_DB=postgres $(PYTEST) -n $(JOBS) -m "not browser"

.PHONY: test-browser
test-browser: $(STAMP)
	$(RUN) tools/chromium.py
	LOTSE_TEST_DB=sqlite $(PYTEST) -n $(JOBS) -m browser

.PHONY: messages
messages: $(STAMP)
	$(RUN) tools/messages.py

# Where the pins with hashes come from; no address of an index is written down. Extras are pinned by
# their names, or pip would look at a version of them that came out since, and find it without a hash.
.PHONY: requirements
requirements: $(STAMP)
	for name in base dev; do \
	    $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	        --no-header --no-strip-extras --quiet requirements/$$name.in -o requirements/$$name.txt; \
	done

.PHONY: format
format: $(STAMP)
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet --fix .
	$(RUN) tools/lint_templates.py --mend
