# One command for each thing to do; all of them first bring the virtual environment up to date.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python
STAMP := .venv/.installed
DATABASES := sqlite postgres
export DJANGO_SETTINGS_MODULE ?= lotse.config.settings

.PHONY: install
install: $(STAMP)

$(STAMP): requirements/dev.txt pyproject.toml build_hook.py tools/make_venv.sh
	bash tools/make_venv.sh $(PYTHON)
	$(RUN) -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(RUN) -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $(STAMP)

.PHONY: lint
lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

.PHONY: types
types: $(STAMP)
	$(BIN)/mypy

.PHONY: layers
layers: $(STAMP)
	$(BIN)/lint-imports

.PHONY: messages
messages: $(STAMP)
	$(RUN) tools/messages.py

# Where the pins with hashes come from; no address of an index is written down.
.PHONY: requirements
requirements: $(STAMP)
	for name in base dev; do \
	    $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	        --no-header --quiet requirements/$$name.in -o requirements/$$name.txt; \
	done
