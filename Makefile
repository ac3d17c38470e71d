# Two commands do everything: `make run` and `make test`. Both set up on first use.
.PHONY: run test lab set-up

run: set-up
	@.venv/bin/python tools/run_notebooks.py 01_scrape 02_normalize 03_filter 04_autoencoder

test: set-up
	@.venv/bin/python tools/run_tests.py

lab: set-up
	@.venv/bin/jupyter lab --notebook-dir=notebooks

set-up:
	@tools/set_up.sh
