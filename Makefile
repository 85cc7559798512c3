# Two commands matter: `make run` (a demo school in the browser) and `make test`.
.DEFAULT_GOAL := help
.PHONY: help run test setup lint bench clean
export DB HOST PORT PYTHON ODOO_SOURCE FIX TESTDB WORKERS

help: ## this list
	@sed -nE 's/^([a-z]+): ## (.*)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16
	@echo "Each gets what it needs by itself at the first run. README.md tells more."

run: ## a demo school in the browser; PORT=8069 HOST=127.0.0.1 DB=ejournal
	@scripts/run

test: ## linters, installation, translations, tests; ARGS="-k lock tests/school_ejournal"
	@scripts/test $(ARGS)

setup: ## only get what run and test need: Odoo 19, Python packages, PostgreSQL
	@scripts/setup

lint: ## linters only; FIX=1 mends what can be mended
	@scripts/lint

bench: ## measure speed on a generated school; ARGS="…"
	@scripts/bench $(ARGS)

clean: ## remove all that was made here, the demo school's database too
	@scripts/clean
