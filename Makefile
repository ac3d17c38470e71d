# `make run` and `make test` do everything, and set up on first use; `make bench` measures against peers.
.PHONY: run run-all test lab bench bench-engine bench-scrape bench-faces set-up

run: set-up
	@.venv/bin/python tools/run_notebooks.py 01_scrape 02_normalize 03_filter 04_autoencoder

# Beyond the post: new faces by three more models, half an hour more.
run-all: set-up
	@.venv/bin/python tools/run_notebooks.py 01_scrape 02_normalize 03_filter 04_autoencoder 05_vae 06_gan 07_modern_gan

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
