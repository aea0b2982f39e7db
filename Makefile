# Two commands matter: `make demo` and `make test`. Everything else is for the people who work here.
PYTHON ?= python3
PORT ?= 8000
export PORT

.PHONY: help demo test bench reset lock messages kit

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

demo: ## install, start everything, load the demo, print the address (PORT=8123 to choose the port)
	@exec $(PYTHON) talentplatform/launch/bootstrap.py demo

test: ## every check and the whole test suite, browser journeys included
	@exec $(PYTHON) talentplatform/launch/bootstrap.py test

bench: ## measure the speed table on this machine
	@exec $(PYTHON) talentplatform/launch/bootstrap.py bench

reset: ## forget the demo's data and start afresh next time
	@exec $(PYTHON) talentplatform/launch/bootstrap.py reset

lock: ## pin requirements.in and requirements-dev.in again, with hashes
	@.venv/bin/uv pip compile -q --generate-hashes --python-version 3.11 requirements.in -o requirements.txt
	@.venv/bin/uv pip compile -q --generate-hashes --python-version 3.11 requirements-dev.in -o requirements-dev.txt

messages: ## collect translatable strings into locale/ (needs gettext)
	@.venv/bin/python manage.py makemessages --no-location --no-wrap -l id -l th -i .venv -i var -i node_modules

kit: ## compile docs/kit into static/kit (needs npm; only when the look or a script changes)
	@cd docs/kit && npm install --silent --no-save && npm run --silent build
