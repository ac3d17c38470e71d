# `make run` and `make test` do everything, and set up on first use; `make bench` measures against peers.
.PHONY: run test lab bench bench-engine bench-scrape bench-faces set-up

run: set-up
	@.venv/bin/python tools/run_notebooks.py 01_scrape 02_normalize 03_filter 04_autoencoder

test: set-up
	@.venv/bin/python tools/run_tests.py

lab: set-up
	@.venv/bin/jupyter lab --notebook-dir=notebooks

bench: bench-engine bench-scrape bench-faces

# Each has its own folder, main.ts, README.md and peers (requirements.txt, an environment of its own).
bench-engine bench-scrape bench-faces: bench-%: set-up
	@tools/set_up_bench.sh $*
	@.venv/bin/deno run -A --no-check bench/$*/main.ts

set-up:
	@tools/set_up.sh
