# Nahraum: `make site` builds the demo, `make test` runs every check and test. Python 3.11 or later is all that is needed.
# The system's own, which a town's server has, where it is new enough: one that was compiled by hand is often slower.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; assert sys.version_info >= (3, 11); print(sys.executable)' 2>/dev/null || echo python3)
VENV := .venv
BIN := $(VENV)/bin
# Three workers on two cores: tests in a browser wait a good deal, and each further one collects everything and prepares the demo again.
# One that is gone ends the run: files that it had done would be handed out again, without a test in them, and whoever gets these waits for ever.
TESTS := $(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder --max-worker-restart=0
# Set in many containers: every process that a test starts, and every process of the tests, would compile everything again.
unexport PYTHONDONTWRITEBYTECODE
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
EXAMPLES := $(patsubst examples/%/site_config.yml,%,$(wildcard examples/*/site_config.yml))

.PHONY: site serve test check examples bench schema reference catalogues scripts finished lock old clean

site: finished
	$(BIN)/nahraum build

serve: finished
	$(BIN)/nahraum serve

# `.ci/run` says with it which tests it wants.
QUICK := -m "not whole"
# The linters run beside the tests and speak when these have ended; whichever fails, the whole does.
test: $(VENV)/.dev
	@$(MAKE) --no-print-directory check > $(VENV)/checked 2>&1 & checked=$$!; \
	$(TESTS) $(QUICK) --durations=20; tested=$$?; \
	wait $$checked; checked=$$?; cat $(VENV)/checked; exit $$((tested | checked))

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --num-workers 2
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bench.house --check

# The worked examples, and what is tried with whole cities and corpora.
examples: $(VENV)/.dev finished
	@printf '%s\n' $(EXAMPLES) | xargs -I{} -P 2 $(BIN)/nahraum build --project examples/{}
	$(TESTS) -m whole

bench: $(VENV)/.dev
	$(BIN)/python -m bench.site

# Neither is in the repository: for editors, schemas/ of the demo; to read, every field, message, command and promise, docs/reference/.
schema: $(VENV)/.site
	$(BIN)/nahraum schema

reference: $(VENV)/.site
	$(BIN)/python docs/generate.py

catalogues: $(VENV)/.site
	$(BIN)/python -m generator.edit.translation.catalogues

# What browsers load of generator/assets/js; needs Node.js and npm. Whoever builds a site needs neither: it is in the repository and in the package.
scripts: $(VENV)/.dev
	npm ci --prefix .ci/esbuild --no-audit --no-fund --ignore-scripts --silent
	$(BIN)/python -m bench.bundle

# What every run needs, worked out anew after a change of the program; a wheel brings it.
finished: $(VENV)/.site
	@$(BIN)/python hatch_build.py

$(VENV)/.site: site.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes -r site.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: dev.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) --require-hashes -r dev.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.site

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Needs uv (pip install uv); a lock by pip-compile breaks older Python 3.11.
UV := uv pip compile --universal --generate-hashes --python-version 3.11 --no-annotate --no-header --no-emit-index-url --quiet
lock:
	$(UV) pyproject.toml --group site --extra figures -o site.lock
	$(UV) pyproject.toml --group site -c site.lock -o directory.lock
	$(UV) pyproject.toml --group site --group dev --all-extras -o dev.lock

# What of the locks is older than two years, so that somebody looks whether it is still kept.
old:
	@grep -hoE '^[A-Za-z0-9._-]+==[^ ;\\]+' site.lock dev.lock | sort -u | while read -r one; do \
	  echo "$$one" | uv pip compile - --no-deps --quiet --exclude-newer "$$(date -d '2 years ago' +%F)" >/dev/null 2>&1 && echo "$$one"; done; true

clean:
	rm -rf $(VENV) site site-intern
