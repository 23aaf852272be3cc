# "make" without arguments lists the targets.
#
# Required are Go 1.26, Node 20 with npm, and, for the release engine and the
# tests, Debian as root or with sudo (see "make toolchain"). Whatever else is
# missing is named and then installed.

MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
.DEFAULT_GOAL := help

# The sources of the modules, without the packages that none of them imports.
BESIDE := registry bench starters merge replay
NO_MODULE := $(BESIDE:%=-not -path 'share/%/*')
GO_FILES  := $(shell find share wasm -name '*.go' -not -name '*_test.go' -not -path 'wasm/toolchain/*' $(NO_MODULE))
GO_DATA   := $(shell find share -name '*.json' -not -path '*/testdata/*' $(NO_MODULE))
FIREFOX ?= $(firstword $(wildcard /usr/bin/firefox-esr /usr/bin/firefox))
WEBKIT ?= $(firstword $(wildcard /usr/lib/*/webkit2gtk-4.1/MiniBrowser))
export FIREFOX WEBKIT
# Tests and linters in Go have short lives, and memory is cheaper than collecting it.
GOGC ?= 400
export GOGC

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: go www/node_modules ## build everything and serve the demo on a free port of localhost
	@$(MAKE) toolchain || echo 'demo: going on without TinyGo'
	@$(MAKE) build
	@node www/serve.mjs

.PHONY: build
build: www/dist/engine.wasm page ## build the engine and the page into www/dist

.PHONY: page
page: www/node_modules
	@node www/build.mjs

.PHONY: wasm
wasm: www/node_modules ## build the engine with TinyGo and with standard Go, and print the sizes
	@$(MAKE) toolchain || true
	@wasm/build.sh

www/dist/engine.wasm: $(GO_FILES) $(GO_DATA) go.mod go.sum wasm/target.json $(wildcard wasm/exports.*.json) wasm/build.sh | www/node_modules
	@wasm/build.sh

.PHONY: toolchain
toolchain: ## get TinyGo: one built here against Debian's LLVM, or the one on PATH
	@wasm/toolchain/install.sh

.PHONY: reproducible
reproducible: www/node_modules ## build the engine twice with the pinned toolchain, in two folders, and compare every byte
	@wasm/toolchain/install.sh --pinned
	@wasm/reproducible.sh

.PHONY: size
size: build ## print what a visitor downloads, and what the engine consists of
	@node www/size.mjs www/dist/engine.wasm www/dist/bulk.wasm www/dist/engine.go.wasm www/dist/*.js
	@wasm/attribute.sh

# The other engines are installed here, in packages of their own, and
# nowhere else. "make bench BENCH=--quick" takes a minute instead of ten.
.PHONY: bench
bench: build ## measure Sharewise and other engines, and write www/docs/benchmarks.html
	@$(MAKE) chromium
	@cmp -s www/bench/package-lock.json www/bench/node_modules/.installed || { echo 'npm: installing the engines to measure' && \
		cd www/bench && npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed; }
	@www/node_modules/.bin/tsc -p www/bench
	@node www/bench/run.js $(BENCH)

# The other share libraries are installed here in the same way.
.PHONY: bench-ux
bench-ux: build ## run the same checks on the sheet and other share libraries, and write www/docs/ux.html
	@$(MAKE) chromium
	@cmp -s www/bench-ux/package-lock.json www/bench-ux/node_modules/.installed || { echo 'npm: installing the share libraries to compare' && \
		cd www/bench-ux && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed; }
	@www/node_modules/.bin/tsc -p www/bench-ux
	@node www/bench-ux/run.js $(BENCH)

# The module of share/replay has the dependencies of Apache Beam, and the others
# don't.
.PHONY: replay
replay: go ## count ten million requests with Apache Beam on this machine, and print the figures: make replay REQUESTS=10000000
	@mkdir -p .cache/replay
	cd share/replay && go vet ./... && go test -tags prism .
	cd share/replay && go build -o ../../.cache/replay ./cmd/...
	go build -o .cache/replay ./share/cmd/sharewise
	@.cache/replay/measure -folder .cache/replay -requests $(or $(REQUESTS),10000000) \
		-before share/cmd/sharewise/testdata/before.json -after share/cmd/sharewise/testdata/after.json

.PHONY: picture
picture: build ## take the README's pictures, and one of the sheet in every size and mode (.cache/contact-sheet)
	@$(MAKE) chromium
	@node www/picture.mjs
	@node www/contact-sheet.mjs

.PHONY: check
check: check-go check-page ## check formatting, types, and what linters find

# No Go code calls the functions that the engine exports, so staticcheck's U1000
# is off there, and deadcode does not analyse them.
.PHONY: check-go
check-go: go .cache/staticcheck .cache/revive .cache/deadcode
	@files=$$(gofmt -l share wasm); if [ -n "$$files" ]; then echo "gofmt: $$files"; exit 1; fi
	go vet ./...
	GOOS=js GOARCH=wasm go vet ./...
	.cache/staticcheck ./...
	.cache/revive -config .ci/lint/revive.toml ./share/... ./wasm/...
	@unused=$$(.cache/deadcode -test ./...); if [ -n "$$unused" ]; then echo "$$unused"; exit 1; fi
	go run ./share/cmd/sharewise check
	go run ./share/cmd/sharewise test --strict >/dev/null
	GOOS=js GOARCH=wasm .cache/staticcheck -tags inspector -checks inherit,-U1000 ./wasm ./wasm/media

.PHONY: check-page
check-page: page
	cd www && node_modules/.bin/tsc -p .
	cd www && node_modules/.bin/prettier --check --log-level warn .
	cd www && node_modules/.bin/eslint .
	cd www && node_modules/.bin/knip
	cd www && node_modules/.bin/stylelint --ignore-pattern dist --ignore-pattern '**/node_modules' '**/*.css'

# The linters are built from a module of their own, so that their dependencies
# aren't ours.
.cache/staticcheck: LINTER = honnef.co/go/tools/cmd/staticcheck
.cache/revive: LINTER = github.com/mgechev/revive
.cache/deadcode: LINTER = golang.org/x/tools/cmd/deadcode
.cache/staticcheck .cache/revive .cache/deadcode: .ci/lint/go.mod .ci/lint/go.sum
	@echo '$(@F): building it from the Go module proxy'
	@cd .ci/lint && go build -o ../../$@ $(LINTER)

# The output of all tests is kept and summed up at the end. Passing Go tests are
# not shown one by one.
PRINTED := .cache/tests.txt
TERSE = tee -a $(PRINTED) | grep -Ev '^ *(=== |--- (PASS|SKIP))|^PASS$$|^\||_test\.go:[0-9]+: counted: '

# Go and the page are tested at the same time, so that both cores are used.
.PHONY: test
test: go ## run all tests: Go natively, Go as WebAssembly, TinyGo's engine, the page in Chromium, Firefox and WebKit
	@mkdir -p .cache && rm -f $(PRINTED)
	@$(MAKE) media-tools
	@$(MAKE) test-go & go=$$!; \
	$(MAKE) test-page; page=$$?; \
	wait $$go || { echo 'go: failed:' && grep -E '^ *--- FAIL|^FAIL|^panic' $(PRINTED); exit 1; }; \
	exit $$page
	@node www/sum.mjs $(PRINTED)

IN_PAGES = GOOS=js GOARCH=wasm go list -deps -tags inspector ./wasm/... | grep ^sharewise

# As WebAssembly, the packages are tested that pages load, and tests whose subject
# is an amount of work do less of it (-short): steps are counted, and so are the
# same in every build. "go vet" is a part of check-go.
.PHONY: test-go
test-go: go media-tools
	set -o pipefail; MEDIA_ORACLE=required go test -vet=off -timeout 30m -v ./... | $(TERSE)
	set -o pipefail; PATH="$$(go env GOROOT)/lib/wasm:$$PATH" NODE_OPTIONS='--import=$(CURDIR)/wasm/host.mjs' \
		GOOS=js GOARCH=wasm go test -vet=off -short -timeout 30m -v $$($(IN_PAGES)) | $(TERSE)
	set -o pipefail; go test -tags sheets -short -run 'Verdict|Sheet|Decide|Bounded' -v ./share | $(TERSE)
	@$(MAKE) conformance
	@$(MAKE) check-go

# To compile Apache Beam takes two cores a minute and a half, so "make test" leaves
# this module out. With Beam's direct runner that is half as long as with Prism, on
# which "make replay" runs the same tests.
.PHONY: test-replay
test-replay: go ## run the tests of share/replay, which "make test" leaves out since they compile Apache Beam
	cd share/replay && go test -vet=all -v .

.PHONY: test-page
test-page: check-page
	@$(MAKE) toolchain
	@$(MAKE) build
	@$(MAKE) browsers
	set -o pipefail; cd www && node --test --test-concurrency=3 --test-reporter=spec test/*.test.js | tee -a ../$(PRINTED)

.PHONY: package
package: www/node_modules ## make the package for npm, sharewise-VERSION.tgz, with the pinned toolchain
	@wasm/toolchain/install.sh --pinned
	@mkdir -p .cache && wasm/toolchain/pinned.sh >.cache/pinned
	@cmp -s .cache/pinned .cache/built-by || rm -f www/dist/engine.wasm www/dist/bulk.wasm www/dist/media.wasm
	@$(MAKE) build
	@node www/package.mjs .

.PHONY: licences
licences: page ## list what the project depends on, by licence, and print the notices that ship
	@node www/licences.mjs

.PHONY: audit
audit: page ## look for known vulnerabilities of dependencies; exits with 1 if there are any, with 2 if a database is unreachable
	@node www/audit.mjs

# Each edit breaks one promise of www/docs/security.md in a copy of the tree.
.PHONY: sabotage
sabotage: build ## break every promise on purpose and check that its test fails: make sabotage ONLY=words
	@$(MAKE) browsers
	@node www/sabotage.mjs $(if $(ONLY),"$(ONLY)")

.PHONY: go
go:
	@command -v go >/dev/null || { echo 'Go is missing; install Go 1.26 or later from https://go.dev/dl/' >&2; exit 1; }

# Seeds are printed, so that a failure can be reproduced.
.PHONY: soak
soak: build ## compare a million generated pairs in every build, a million rulesets with their documentation, a million odd requests in bulk and alone, look at many generated cases of every kind, and use one page for long: make soak PAIRS=1000000 RULESETS=1000000 OPENINGS=100000 VERDICTS=10000000 SEED=1
	@$(MAKE) browsers
	RULESETS=$(or $(RULESETS),1000000) SEED=$(or $(SEED),$(shell date +%s)) go test -v -timeout 24h ./share/internal/checker
	QUESTIONS=$(or $(QUESTIONS),100000) go test -v -timeout 24h ./share/internal/prove
	go test -v -timeout 24h ./share -pairs $(or $(PAIRS),1000000) -seed $(or $(SEED),$(shell date +%s))
	cd www && PAIRS=$(or $(PAIRS),1000000) SEED=$(or $(SEED),$(shell date +%s)) OPENINGS=$(or $(OPENINGS),100000) VERDICTS=$(or $(VERDICTS),10000000) \
		node --test --test-concurrency=1 test/everywhere.test.js test/odd.test.js test/load.test.js

.PHONY: fuzz
fuzz: go ## run every fuzz target of every package, by default for ten minutes each: make fuzz FUZZTIME=10m
	@for package in $$(go list ./...); do \
		for name in $$(go test $$package -list '^Fuzz' | grep '^Fuzz'); do \
			echo "fuzz: $$package $$name"; \
			go test $$package -run '^$$' -fuzz "^$$name\$$" -fuzztime $(or $(FUZZTIME),10m) -fuzzminimizetime 5s || exit 1; \
		done; \
	done

# N changes of each file are drawn at random; the seed is printed.
.PHONY: mutate
mutate: go ## change one place of a Go file at a time and list the changes that no test notices: make mutate FILE=share/rules.go N=10 SEED=1
	@go build -o .cache/mutate ./share/internal/mutate
	@.cache/mutate -n $(or $(N),10) $(if $(SEED),-seed $(SEED)) \
		$(or $(FILE),$(filter share/%,$(filter-out share/cmd/% share/internal/mutate/%,$(GO_FILES))))

.PHONY: conformance
conformance: ## print which cases of JsonLogic's test suites are accepted, and why the others are refused
	@go test ./share -run EquallyOrRefused -v | grep '^|'

# The whole browser works as well, at three times the cost (www/chromium.mjs).
CHROMIUMS := /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome
.PHONY: chromium
chromium:
	@[ -n "$$CHROMIUM" ] || [ -x /usr/bin/chromium-headless-shell ] || [ -e .cache/whole-chromium ] || \
		.ci/apt.sh chromium-headless-shell || { mkdir -p .cache && touch .cache/whole-chromium; }
	@[ -n "$$CHROMIUM$(wildcard $(CHROMIUMS))" ] || [ -x /usr/bin/chromium-headless-shell ] || .ci/apt.sh chromium || \
		{ echo 'chromium: the page is tested in Chromium; install the package chromium' >&2; exit 1; }

# What others find in pictures and videos is what share/media has to remove.
.PHONY: media-tools
media-tools:
	@{ command -v exiftool && command -v ffmpeg && command -v convert && command -v identify; } >/dev/null || \
		.ci/apt.sh libimage-exiftool-perl ffmpeg imagemagick || \
		{ echo 'media: cleaned files are looked at by ExifTool, FFmpeg and ImageMagick; install the packages libimage-exiftool-perl, ffmpeg and imagemagick' >&2; exit 1; }

# WebKit's browser needs a display, for which there is Xvfb.
.PHONY: browsers
browsers: chromium
	@[ -n "$(FIREFOX)" ] || .ci/apt.sh firefox-esr || { echo 'firefox: the sheet is tested in Firefox too; install the package firefox-esr' >&2; exit 1; }
	@{ [ -n "$(WEBKIT)" ] && command -v WebKitWebDriver && command -v Xvfb; } >/dev/null || .ci/apt.sh webkit2gtk-driver xvfb || { echo 'webkit: the sheet is tested in WebKit too; install the packages webkit2gtk-driver and xvfb' >&2; exit 1; }

.PHONY: clean
clean: ## remove everything built or installed in this folder
	rm -rf .cache www/dist www/node_modules

# Dependencies are installed again only if the lock file has changed. Its content
# is compared each time, since git does not preserve modification times.
.PHONY: www/node_modules
www/node_modules: www/package-lock.json
	@command -v npm >/dev/null || { echo 'npm is missing; install Node 20 or later from https://nodejs.org/' >&2; exit 1; }
	@cmp -s $< $@/.installed || { echo 'npm: installing what the build and the tests use' && \
		cd www && npm ci --no-audit --no-fund --loglevel=error && cp package-lock.json node_modules/.installed; }
	@touch $@
