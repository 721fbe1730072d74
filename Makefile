# make run     sets everything up and serves the site        make test   runs every test
# make help    says what else there is

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

# Test processes: one per processor, four at most, because each may run a site and a browser of its own.
TEST_PROCESSES ?= logical
PYTEST := $(BIN)/python -m pytest -n $(TEST_PROCESSES) --maxprocesses 4 --dist worksteal

# The benchmarks that make bench runs; each explains itself with --help.
BENCH ?= quality scale pages warm_pages first_views editors crawlers saving growth

.DEFAULT_GOAL := help
.PHONY: help run test lint audit format lock messages bench clean
.DELETE_ON_ERROR:

help:
	@echo "make run     set everything up and serve the site at http://127.0.0.1:8000 (HOST, PORT, DATABASE_URL, DATA_DIR)"
	@echo "make test    run the tests on SQLite, on PostgreSQL and in a browser (REQUIRE_ALL=1 lets nothing be left out)"
	@echo "make lint    check Python, templates, spelling and migrations, as CI does"
	@echo "make audit   ask whether something is known against a locked requirement"
	@echo "make format  format the Python files"
	@echo "make lock    upgrade and lock all requirements"
	@echo "make messages  update and compile the translations (needs gettext)"
	@echo "make bench   measure the search's quality and speed (BENCH=quality runs one benchmark)"
	@echo "make clean   remove the virtual environment and what the tests left; never the data"

run: .venv/.runtime
	@$(BIN)/python -m reportsite.start

# LEFT_OUT carries what the first run skipped to the last lines of the second.
test: .venv/.dev
	@status=0; export LEFT_OUT=$$(mktemp); \
	echo "Tests on SQLite and in the browser:"; \
	$(PYTEST) || status=1; \
	echo; echo "Tests on PostgreSQL:"; \
	$(BIN)/python -m sections.tests.support.postgres $(PYTEST) -m "not browser and not apart" || status=1; \
	rm -f "$$LEFT_OUT"; exit $$status

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/codespell
	$(BIN)/python manage.py makemigrations --check --dry-run

audit: .venv/.dev
	@$(BIN)/python -m sections.tests.support.audit

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/.dev
	$(LOCK) --upgrade --output-file requirements.txt requirements.in
	$(LOCK) --upgrade --output-file requirements-dev.txt requirements-dev.in

messages: .venv/.dev
	$(BIN)/python manage.py makemessages -l es -l fr --no-location --no-wrap --no-obsolete -i .venv \
		-i "sections/tests*"
	cd sections && ../$(BIN)/python ../manage.py compilemessages -l es -l fr

bench: .venv/.dev
	@for name in $(BENCH); do script="bench/$$name.py"; \
	[ -e "$$script" ] || { echo "$$script does not exist; the benchmarks are in bench/."; exit 1; }; \
	echo "$$script …"; $(BIN)/python "$$script" || exit 1; done

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis

# Stamp files: requirements are installed again only after they change.
.venv/.made:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or later is required and was not found. Install it, or give its path: make run PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is not Python 3.11 or later."; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || { echo "$(PYTHON) cannot create virtual environments. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Creating a virtual environment in .venv …"
	@"$(PYTHON)" -m venv .venv
	@touch $@

.venv/.runtime: .venv/.made requirements.txt
	@echo "Installing what the site needs …"
	@$(PIP) -r requirements.txt || { echo "Installation failed; see the lines above. A package index must be reachable."; exit 1; }
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.txt
	@echo "Installing what the tests need …"
	@$(PIP) -r requirements-dev.txt || { echo "Installation failed; see the lines above. A package index must be reachable."; exit 1; }
	@touch $@
