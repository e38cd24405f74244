# Pendopo. Two commands are enough: `make run` and `make test`.
# Override the interpreter with `make run PYTHON=python3.12`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The real files live outside the project; without them their tests are left out, and that is said.
EVERY := $(if $(PENDOPO_REAL_DATA),,not real)
LONG := $(if $(PENDOPO_REAL_DATA),slow,slow and not real)
# Without compiled modules every process started would compile them all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test every again test-long shots bench check style types debian lock
.DEFAULT_GOAL := run

$(READY): requirements.txt requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python tidak ditemukan. Pasang dahulu: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Pendopo memerlukan Python 3.11 atau lebih baru."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Modul venv belum ada. Pasang dahulu: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-dev.txt
	@touch $(READY)

# Exit code 3 means: published, but some delivery was refused. The dashboard shows which.
run: $(READY)
	$(BIN)/python -m journal migrate
	$(BIN)/python -m pipelines sample
	$(BIN)/python -m pipelines run || [ $$? -eq 3 ]
	$(BIN)/python -m operations --with-dashboard

check: style types

style: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	nice $(BIN)/mypy

# What is installed, what is checked and what is tested do not wait for each other, but for what is quick.
test:
	@$(MAKE) --no-print-directory --jobs=2 style debian
	@$(MAKE) --no-print-directory --jobs=2 every types

every: $(READY)
	@test -n "$(PENDOPO_REAL_DATA)" || echo "PENDOPO_REAL_DATA tidak diisi: uji berkas nyata dilewati."
	$(BIN)/python -m pytest -m "$(EVERY)" || { [ $$? -eq 1 ] && $(MAKE) --no-print-directory again; }

# The seconds promised to people are measured while other tests use the machine. What failed so must pass alone, or it fails.
again:
	@echo "Yang gagal di atas diuji sekali lagi, tanpa uji lain di sebelahnya. Yang gagal lagi, gagal."
	$(BIN)/python -m pytest -n0 -m "$(EVERY)" --last-failed --last-failed-no-failures none --maxfail=3

test-long: $(READY) debian
	$(BIN)/python -m pytest -m "$(LONG)" --full-scale

# What the tests start for real: a browser, a proxy, database servers. Debian's own packages, installed when root.
debian:
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	test -x /usr/sbin/nginx || missing="$$missing nginx-light"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	test -x /usr/sbin/mariadbd || missing="$$missing mariadb-server"; \
	test -z "$$missing" || { \
	  if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; \
	  else echo "Uji ini memerlukan paket Debian. Pasang dahulu: sudo apt install$$missing"; exit 1; fi; }

shots: $(READY) debian
	$(BIN)/python -m tests.browser.shots

bench: $(READY)
	$(BIN)/python -m benchmarks

# Pins for Linux, macOS and Windows, with hashes.
lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q requirements.in -o requirements.txt
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q requirements-dev.in -o requirements-dev.txt
