# make            the virtual environment, and the sample case built into exports/
# make test       every test but the long ones, browser tests included
# make test-full  the long ones too
# make test-long  only the long ones: quality floors, a thousand kills, reproducible builds
# make test-deep  by hand, hours: a thousand kills of each command, ten thousand cases as RDF, fifty thousand documents, every build 160 times
# make coverage   by hand: which lines and branches no test reaches, with the floors below
# make lint       style, types, layers
# make benchmarks every figure of docs/benchmarks.md anew, in some 25 minutes
# make train      the learned extractor anew, from the annotated reports
# make curve      after it: how well it reads, by the share of the stories that it learnt from
# make lock       write requirements.lock anew from pyproject.toml

VENV ?= .venv
# The first Python that runs and is new enough; `make PYTHON=/path/to/python` takes another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.PHONY: all seeds test test-full test-long test-deep coverage lint lock clean train benchmarks curve
.DELETE_ON_ERROR:

all: seeds

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Casegraph needs Python 3.11 or later with venv: apt-get install python3-venv, or brew install python." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The virtual environment could not be made: apt-get install python3-venv." >&2; exit 1; }
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

seeds: $(READY)
	@$(BIN)/casegraph build seeds -o exports

test: $(READY)
	@.ci/chromium
	@.ci/axe
	$(BIN)/python -m pytest -m "not full and not deep"

test-full: $(READY)
	@.ci/chromium
	@.ci/axe
	$(BIN)/python -m pytest -m "not deep"

test-long: $(READY)
	$(BIN)/python -m pytest -m "full and not deep"

test-deep: $(READY)
	nice -n 15 $(BIN)/python -m pytest -m deep --timeout 0

# What a leak, a lost file or a foreign query would pass through is covered branch by branch; the rest to 95 in a hundred.
WHOLE := graph/files.py,graph/limits.py,graph/errors.py,graph/redaction/*,graph/curation/decisions.py,graph/query/guard.py
coverage: $(READY)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -m "not deep and not browser" --timeout 0
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --include='$(WHOLE)' --fail-under=100
	$(BIN)/coverage report --fail-under=95

lint: $(READY)
	$(BIN)/ruff check graph tests
	$(BIN)/mypy
	$(BIN)/lint-imports

benchmarks: $(READY)
	$(BIN)/python benchmarks/all.py

# uv solves for every Python and system at once. It is needed here only, so it lives in an environment of its own.
# Versions stay as they are unless pyproject.toml wants others; `make lock UPGRADE=--upgrade` takes the newest.
lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(VENV)-lock/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --quiet $(UPGRADE) \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements.lock
	{ echo '# Every dependency with its hashes, for Python 3.11 and later on every system. Made by: make lock'; cat requirements.lock; } > $(VENV)-lock/new
	mv $(VENV)-lock/new requirements.lock
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) $(VENV)-train build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# The learned extractor from the annotated reports: some 50 minutes of one core, PyTorch for CPU in an environment of its own.
GOLD ?= ../shared/gold
RUN ?= build/learned
WEIGHTS ?= graph/extraction/learned/weights
LEARN := PYTHONPATH=.:training OMP_NUM_THREADS=1
TRAIN = $(LEARN) $(VENV)-train/bin/python training/train.py $(RUN)/train.jsonl --made-up $(RUN)/made_up.jsonl
train: $(READY)
	$(PYTHON) -m venv $(VENV)-train
	$(VENV)-train/bin/python -m pip install --quiet --disable-pip-version-check -r training/requirements.txt
	$(PIP) install --quiet $$(grep ^onnxruntime= training/requirements.txt)
	mkdir -p $(RUN)
	$(LEARN) $(BIN)/python training/made_up.py 400 $(RUN)/stories.jsonl
	$(LEARN) $(BIN)/python training/prepare.py $(RUN)/stories.jsonl $(RUN)/made_up.jsonl
	$(LEARN) $(BIN)/python training/prepare.py $(GOLD)/train $(RUN)/train.jsonl
	$(TRAIN) --steps 1750 --out $(RUN)/whole
	$(TRAIN) --steps 650 --fold 0/2 --out $(RUN)/fold0
	$(TRAIN) --steps 650 --fold 1/2 --out $(RUN)/fold1
	for run in fold0 fold1; do $(LEARN) $(VENV)-train/bin/python training/export.py $(RUN)/$$run $(RUN)/$$run/out $(RUN)/train.jsonl || exit 1; done
	$(LEARN) $(VENV)-train/bin/python training/export.py $(RUN)/whole $(WEIGHTS) $(RUN)/train.jsonl
	$(LEARN) $(BIN)/python training/calibrate.py $(WEIGHTS) $(GOLD)/score.py --learn $(GOLD)/train \
		--folds $(RUN)/fold0/out $(RUN)/fold1/out --choose $(GOLD)/dev_a --write
	$(LEARN) $(BIN)/python training/report.py $(WEIGHTS) $(GOLD)/score.py $(GOLD)/dev_a $(GOLD)/dev_b --traps $(GOLD)/traps_dev.jsonl

# The runs of as many steps as the two folds of `make train`, each of which is half of the stories.
curve:
	for share in 0.25 0.75 1.0; do $(TRAIN) --steps 650 --share $$share --out $(RUN)/share$$share || exit 1; \
		$(LEARN) $(VENV)-train/bin/python training/export.py $(RUN)/share$$share $(RUN)/share$$share/out $(RUN)/train.jsonl || exit 1; done
	$(LEARN) $(BIN)/python training/prepare.py $(GOLD)/dev_a $(RUN)/dev_a.jsonl
	for run in share0.25 fold0 fold1 share0.75 share1.0; do echo $$run; \
		$(LEARN) $(BIN)/python training/heads.py $(RUN)/$$run/out $(GOLD)/score.py $(GOLD)/dev_a || exit 1; \
		for mentions in --gold-mentions --rules; do \
			$(LEARN) $(BIN)/python training/evaluate.py $(RUN)/$$run/out $(RUN)/dev_a.jsonl $(RUN)/rows.jsonl $$mentions || exit 1; \
			$(BIN)/python $(GOLD)/score.py $(RUN)/rows.jsonl $(GOLD)/dev_a --json || exit 1; done; done
