# make          build the program (release)
# make run      a real table in minutes: train experiments/quickstart.yaml and print its summary
# make test     lint, size check and all tests
# make soak     kill, stop and starve a sweep at random moments: EVENTS=200 SEED=1
# make fuzz     fuzz every reader of bytes from outside: FOR=60 (seconds each) TARGETS="notation idx"
# make sanitize all tests under AddressSanitizer, then under ThreadSanitizer
# make test-report: install Chromium and librsvg (440 MB) and run the tests of the report that need them
# make install  copy the program, its manual page and the shells' completions to PREFIX
# Debian packages that are missing are installed first, as root or through sudo.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
.PHONY: build run test test-report soak fuzz sanitize lint sizes setup install clean

PREFIX ?= /usr/local
PROGRAM := .build/release/ablate
SHARE = $(DESTDIR)$(PREFIX)/share
PACKAGES := git libc6-dev libstdc++-12-dev libjpeg62-turbo-dev libpng-dev libsqlite3-dev libssl-dev zlib1g-dev dataset-fashion-mnist
# Without it the tests of what a terminal shows are skipped.
TEST_PACKAGES := tmux
REPORT_PACKAGES := chromium fonts-dejavu-core librsvg2-bin
# No Swift file is longer.
LONGEST := 400

build: setup
	swift build -c release --product ablate

run: build
	$(PROGRAM) run experiments/quickstart.yaml

test: PACKAGES += $(TEST_PACKAGES)
test: setup sizes lint
	swift build -c release --build-tests
	swift test -c release --skip-build

soak: setup
	swift build -c release --build-tests
	ABLATE_SOAK_EVENTS=$(or $(EVENTS),200) ABLATE_SOAK_SEED=$(or $(SEED),1) \
	  swift test -c release --skip-build --filter SoakTests

fuzz: setup
	ABLATE_FUZZER=1 swift build -c release --sanitize=fuzzer --scratch-path .build-fuzz --product fuzz
	Tests/Fuzzing/fuzz.sh .build-fuzz/release/fuzz $(or $(FOR),60) $(TARGETS)

# Release builds, in which the tests take minutes instead of hours. Leaks are not looked for: what lives as long as the program
# is never given back. Some tests end workers by SIGSEGV.
sanitize: setup
	ABLATE_SANITIZED=1 ASAN_OPTIONS=detect_leaks=0:handle_segv=0 \
	  swift test -c release --sanitize=address --scratch-path .build-asan
	ABLATE_SANITIZED=1 TSAN_OPTIONS=handle_segv=0:suppressions=$(CURDIR)/Tests/thread-sanitizer.txt \
	  swift test -c release --sanitize=thread --scratch-path .build-tsan

# A browser is large, so a person who tests something else need not have it; what is installed is tested by `make test`, too.
test-report: PACKAGES += $(REPORT_PACKAGES)
test-report: setup
	swift build -c release --build-tests
	swift test -c release --skip-build --filter 'BrowserTests|ReportCommandTests'

lint:
	swift format lint --strict --parallel --configuration .swift-format -r Package.swift Sources Tests

sizes:
	@find Package.swift Sources Tests -name '*.swift' -exec wc -l {} + | awk -v longest=$(LONGEST) \
	  '$$2 != "total" && $$1 > longest { print $$2 ": " $$1 " lines, more than " longest; bad = 1 } END { exit bad }'

install: build
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/ablate
	$(PROGRAM) manual | install -D -m 644 /dev/stdin $(SHARE)/man/man1/ablate.1
	$(PROGRAM) completions bash | install -D -m 644 /dev/stdin $(SHARE)/bash-completion/completions/ablate
	$(PROGRAM) completions zsh | install -D -m 644 /dev/stdin $(SHARE)/zsh/site-functions/_ablate
	$(PROGRAM) completions fish | install -D -m 644 /dev/stdin $(SHARE)/fish/vendor_completions.d/ablate.fish

clean:
	rm -rf .build .build-*

# Installs what is missing and nothing else; without the right to, says in one line what to install.
setup:
	@command -v swift >/dev/null || { echo 'ablate: Swift 6.3 or newer must be on the PATH: see https://swift.org/install' >&2; exit 1; }
	@command -v dpkg-query >/dev/null || exit 0; \
	missing=(); \
	for package in $(PACKAGES); do \
	  [[ "$$(dpkg-query -W -f='$${Status}' $$package 2>/dev/null || true)" == *'ok installed' ]] || missing+=($$package); \
	done; \
	[[ $${#missing[@]} -gt 0 ]] || exit 0; \
	if [[ $$(id -u) == 0 ]]; then super=; \
	elif [[ -t 0 ]] && command -v sudo >/dev/null; then super=sudo; \
	elif sudo -n true 2>/dev/null; then super='sudo -n'; \
	else echo "ablate: packages are missing: apt-get install $${missing[*]}" >&2; exit 1; fi; \
	{ $$super apt-get update -q && \
	  $$super env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$${missing[@]}"; } \
	|| { echo "ablate: packages are missing and could not be installed: apt-get install $${missing[*]}" >&2; exit 1; }
