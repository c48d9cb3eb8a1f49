# Everything a developer or an operator starts. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
SOURCES := shared services gateway tests bench
WORKERS ?= 2
# a start that may not keep what it compiled compiles everything anew, and the tests start some hundred programs
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-long lint bench lock clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  PORT=8000  BANGFU_DATA=var/  DATABASE_URL=postgresql://…  AMQP_URL=amqp://…  SPLIT=1  change what run does"
	@echo "  WORKERS=2  how many tests run at the same time"

run:  ## Start the whole centre (installs what is missing); Ctrl-C stops it
	@scripts/bootstrap run
	@$(BIN)/bangfu run

test: lint  ## Lint, types, import boundaries and all tests but the long ones
	@$(BIN)/pytest -n $(WORKERS)

test-long:  ## The tests that take minutes
	@scripts/bootstrap dev
	@$(BIN)/pytest -m long

lint:  ## Style, types and import boundaries only
	@scripts/bootstrap dev
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench:  ## Measure throughput and latency on this machine
	@scripts/bootstrap dev
	@$(BIN)/python -m bench

lock:  ## Choose the newest allowed version of every library anew (requirements/*.lock)
	@scripts/bootstrap dev
	@scripts/lock

clean:  ## Remove the virtual environment and caches; the data in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -not -path './var/*' -exec rm -rf {} +
