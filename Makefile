# Everything a newcomer needs: `make run` and `make test`. Both set up what they need first.

PORT ?= 8080
NPM := npm --no-fund --no-audit
PAGE := client-web/dist/index.html
PAGE_SOURCES := $(shell find client-web/src client-web/index.html client-web/staff.html client-web/package.json client-web/vite.config.ts -type f 2>/dev/null)

.PHONY: run test bench types fixtures page browser-tests stranger tools clean

## Build page and server, and serve both on http://localhost:8080
run: page
	cargo build --release --package ibasho-server
	./target/release/ibasho serve

## Install what the tests need, then run all of them
test: tools page stranger tests/browser/node_modules
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --quiet -- --deny warnings
	cargo build --workspace --all-targets
	cargo test --workspace --quiet
	$(NPM) --prefix client-web run check
	$(NPM) --prefix client-web test
	$(NPM) --prefix tests/browser test

## Two and three people in a real browser
browser-tests: tests/browser/node_modules page
	cargo build --package ibasho-server
	$(NPM) --prefix tests/browser test

## Measure; writes target/bench.json
bench: page
	cargo build --release --workspace
	cargo run --release --package ibasho-tests --bin bench

## Write the TypeScript types and the fixtures anew from the Rust types
types:
	cargo run --quiet --package ibasho-protocol --example typescript -- client-web/src/protocol/types.ts

fixtures:
	cargo run --quiet --package ibasho-protocol --example fixtures

## Build the page
page: $(PAGE)

$(PAGE): client-web/node_modules $(PAGE_SOURCES)
	$(NPM) --prefix client-web run build

client-web/node_modules: client-web/package-lock.json
	$(NPM) --prefix client-web ci
	touch $@

tests/browser/node_modules: tests/browser/package-lock.json
	$(NPM) --prefix tests/browser ci
	touch $@

## A voice client by somebody else (Python), for the tests of the protocol
stranger: target/stranger/ready

target/stranger/ready: tests/stranger/requirements.txt
	python3 -m venv --clear target/stranger
	target/stranger/bin/pip install --quiet --disable-pip-version-check --only-binary :all: --requirement $<
	touch $@

## Chromium, Japanese fonts, a TURN server and Python, for the tests
tools:
	.ci/install-tools

clean:
	cargo clean
	rm -rf client-web/dist client-web/node_modules tests/browser/node_modules
