# Everything the book needs, from a machine with Python 3.11 or later and make. `make` alone tells what there is.

BIN := .venv/bin
ADDRESS ?= 127.0.0.1:8000
UV := $(shell command -v uv 2>/dev/null)
export NO_MKDOCS_2_WARNING = 1 # the book already builds with what comes after Material

# The first interpreter that is new enough, and not newer than the lock knows.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null \
	&& { echo "$$python"; break; }; done)

ifdef UV
    VENV = $(UV) venv --quiet --python "$(or $(PYTHON),>=3.11)" .venv
    PIP = $(UV) pip install --quiet --python $(BIN)/python
else
    VENV = "$(or $(PYTHON),python3)" -m venv --clear .venv
    PIP = $(BIN)/python -m pip install -qq --disable-pip-version-check
endif

# $(call step,what it does,the command,what to do when it fails)
define step
	@printf '%s ...\n' "$(strip $(1))"; start=$$(date +%s); \
	if { $(2); }; then printf '%s: done in %d s\n' "$(strip $(1))" $$(($$(date +%s) - start)); \
	else printf '\n%s: failed after %d s. %s\n' "$(strip $(1))" $$(($$(date +%s) - start)) "$(strip $(3))" >&2; exit 1; fi
endef

.DEFAULT_GOAL := help
.PHONY: help install assets serve build test peers bench bench-web lint mutants lock clean

help: ## say what each target does
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile | awk -F '	' '{ printf "make %-9s %s\n", $$1, $$2 }'

install: .venv/installed ## install what the lock names into .venv (every other target does this first)

.venv/installed: requirements.lock pyproject.toml
	$(call step, Installing what requirements.lock names into .venv, \
		{ $(BIN)/python -c 'import tomllib' && { test -n "$(UV)" || $(BIN)/python -m pip --version; }; } >/dev/null 2>&1 \
		|| { rm -rf .venv && $(VENV); } \
		&& $(PIP) --require-hashes -r requirements.lock \
		&& $(PIP) --no-deps --no-build-isolation -e . \
		&& touch $@, \
		Python 3.11 to 3.14 with venv is needed (Debian: apt-get install python3-venv) and a way to PyPI; then: make install)

assets: .venv/book ## make what the pages need beside the text: fonts, runs from many seeds, Python for the browser

NPM = PATH="$(CURDIR)/$(BIN):$$PATH" NODE_USE_SYSTEM_CA=1 npm ci --no-progress --loglevel=error

.venv/assets: .venv/installed package.json package-lock.json docs/fonts.py docs/runtime.py docs/runtime.mjs $(wildcard docs/editor/*.js)
	$(call step, Making the fonts and the Python that runs in the browser, \
		{ $(NPM) --omit=dev || echo 'npm could not install what package-lock.json names; the book goes on without.' >&2; } \
		&& $(BIN)/python docs/fonts.py && $(BIN)/python docs/runtime.py \
		&& if grep -q '"version"' docs/runtime/manifest.json; then touch $@; fi, \
		A way to the npm registry is needed; then: make assets)

# What 10,000 seeds lead to, for the figures that let the reader choose one.
.venv/seeds: .venv/installed docs/seeds.py $(wildcard src/pencilnet/*.py)
	$(call step, Training the network from ten thousand seeds, \
		$(BIN)/python docs/seeds.py && touch $@, \
		The lines above say what is wrong.)

.venv/book: .venv/assets .venv/seeds $(shell find src -name '*.py')
	@$(BIN)/python docs/runtime.py book && touch $@

.venv/tools: .venv/book
	$(call step, Installing what only the tests need, \
		$(NPM) && touch $@, \
		A way to the npm registry is needed; then: make test)

serve: .venv/book ## serve the book at http://127.0.0.1:8000 and rebuild what an edit changes
	$(call step, Serving the book at http://$(ADDRESS)/ (stop it with Ctrl-C), \
		$(BIN)/mkdocs serve --dirty --dev-addr $(ADDRESS), \
		The lines above name the file and line to mend.)

build: .venv/book ## build the book into site; a number that does not hold stops it
	$(call step, Building the book into site, \
		$(BIN)/mkdocs build --strict && $(BIN)/python docs/seal.py site, \
		The lines above name the file and line to mend.)

test: .venv/tools ## run every test: units, doctests, both builders, a real browser
	$(call step, Testing, \
		$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile $(ARGS), \
		The first failure above says what is wrong; one test alone: make test ARGS='-k name')

# In an environment of their own: they are large, and the book needs none of them.
.venv/peers/installed: .venv/installed
	$(call step, Installing the libraries that pencilnet is compared with, \
		$(or $(PYTHON),python3) -m venv --clear .venv/peers \
		&& .venv/peers/bin/python -m pip install -qq --disable-pip-version-check -e '.[peers]' \
		&& touch $@, \
		A way to PyPI is needed; then: make peers)

peers: .venv/peers/installed ## compare pencilnet with scikit-learn and PyTorch, which it installs for that
	$(call step, Comparing with scikit-learn and PyTorch, \
		.venv/peers/bin/python -m pytest -p no:cacheprovider --noconftest tests/peers $(ARGS), \
		The first failure above says what is not the same.)

bench: .venv/book .venv/peers/installed ## measure the speeds that the README states, and write them there
	$(call step, Measuring the speed of pencilnet, \
		$(BIN)/python tests/bench/part1.py --write README.md, \
		Is anything else busy on this machine? Run it again on a quiet one.)
	$(call step, Measuring it beside scikit-learn and PyTorch and JAX (some minutes), \
		.venv/peers/bin/python tests/bench/part2.py --write README.md, \
		Is anything else busy on this machine? Run it again on a quiet one.)
	$(call step, Measuring what an author waits for, \
		$(BIN)/python tests/bench/build.py --write README.md, \
		Does the book build? make build)

bench-web: .venv/tools ## measure what a reader waits for in the browser, and write it into the README
	$(call step, Measuring the live cells, \
		$(BIN)/python tests/bench/web.py --write README.md, \
		Is anything else busy on this machine? Run it again on a quiet one.)

lint: .venv/installed ## check the style of the code
	$(call step, Checking the code with ruff, \
		$(BIN)/ruff check . && $(BIN)/ruff format --check ., \
		Most of it mends itself: .venv/bin/ruff check --fix . && .venv/bin/ruff format .)

mutants: .venv/installed ## break pencilnet and provenum a little at a time; the tests must notice
	$(call step, Running the tests against mutants (more than half an hour), \
		$(BIN)/python tests/mutants.py, \
		A survivor is a line no test holds: write the test or give its reason in tests/mutants.toml)

lock: ## write requirements.lock anew from pyproject.toml (needs uv)
	$(call step, Locking every version that pyproject.toml allows, \
		uv pip compile pyproject.toml --extra book --extra test --extra bench --extra sklearn --universal --fork-strategy fewest --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade --quiet -o requirements.lock, \
		Is uv installed? If a version cannot be found, say so in pyproject.toml.)

clean: ## remove everything that make made, .venv included
	rm -rf .venv .cache site docs/fonts docs/runtime docs/seeds node_modules mutants .pytest_cache .hypothesis .ruff_cache src/*.egg-info
