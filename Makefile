# The memory diet. `make demo` shows it, `make test` checks it; `make help` lists the rest.

PREFIX ?= /usr/local
DESTDIR ?=
PYTHON := $(shell command -v python3.11 || command -v python3)
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
DIET := .build/release/diet
STATIC := .build-static
WHEEL := .build-wheel
SWIFT_FILES := Package.swift Sources Tests
LIBRARIES := libcsv-dev libzstd-dev liblz4-dev zlib1g-dev libisal-dev libbz2-dev liblzma-dev \
  libsnappy-dev libxxhash-dev nettle-dev pkg-config

.PHONY: help demo build test smoke install install-files wheel bench format lint clean libraries venv-module static \
  fuzz fuzz-build sanitize spark

help:
	@echo "make demo     build, then analyse 336,776 flights"
	@echo "make build    build for release: $(DIET)"
	@echo "make test     formatting, build and all tests"
	@echo "make smoke    the quick tests, which need no other program"
	@echo "make install  put a self-contained diet, completions and man pages into $(PREFIX) (PREFIX=… elsewhere)"
	@echo "make wheel    the Python package memory_diet, as a wheel in $(WHEEL)"
	@echo "make bench    measure beside polars, pyarrow, pandas, DuckDB and datatable"
	@echo "make fuzz     each fuzz target for SECONDS=60, or TARGET=\"scanner numbers\" alone"
	@echo "make sanitize what threads share, under the thread sanitizer"
	@echo "make spark    install PySpark and Ray (530 MB) into .venv-spark, so that the tests run them too"
	@echo "make format   format the Swift code"
	@echo "make clean    remove everything that was built"

demo: build
	@$(DIET) analyze fixtures/flights.csv.zst

build: libraries
	@echo "building for release; the first time takes some minutes" >&2
	@swift build --quiet -c release --product diet

# A release build: the loops under test take most of the time. The tests themselves are not worth an
# optimiser's (Package.swift). A hang ends as a failure.
TEST_BUILD := -c release -Xswiftc -enable-testing --disable-xctest --scratch-path .build-tests

test: export DIET_OPTIMIZED_TESTS = 1
test: libraries .venv-tests/installed.txt lint
	@echo "building the tests; the first time takes some minutes" >&2
	@swift build --quiet --build-tests $(TEST_BUILD)
	@Tests/run $(TEST_BUILD)

# Without what starts the command or Python, and without the longest laws.
smoke: export DIET_OPTIMIZED_TESTS = 1
smoke: libraries lint
	@echo "building the tests; the first time takes some minutes" >&2
	@swift build --quiet --build-tests $(TEST_BUILD)
	@timeout 600 swift test --quiet --skip-build $(TEST_BUILD) --skip DietCommandTests \
	  --skip PythonPackageTests --skip EngineTests --skip Foreign --skip OddFileTests \
	  --skip RoundTripTests --skip BlockWritingTests --skip MovingLawTests --skip SelectionLawTests

lint:
	@swift format lint --strict --parallel --recursive $(SWIFT_FILES)

format:
	@swift format --in-place --parallel --recursive $(SWIFT_FILES)

bench: build
	@PYTHON="$(PYTHON)" bench/run $(BENCH)

SECONDS ?= 60

fuzz: fuzz-build
	@Tests/Fuzzing/run $(SECONDS) $(TARGET)

fuzz-build: libraries
	@echo "building the fuzz targets; the first time takes some minutes" >&2
	@swift build --quiet -c release --package-path Tests/Fuzzing --scratch-path .build-fuzz

# What shares memory between threads, in a build of its own.
sanitize: libraries
	@echo "building with the thread sanitizer; the first time takes some minutes" >&2
	@swift build --quiet --build-tests --sanitize=thread --scratch-path .build-threads
	@swift test --quiet --skip-build --sanitize=thread --scratch-path .build-threads \
	  --filter 'cutsAndThreadsDoNotMatter|ManyFilesTests|DirtyFileTests|RecordFindingsTests|ArrowRoundTripTests|ArrowBlockWritingTests|ParquetRoundTripTests|ArrowInterfaceTests|WideReportTests'

# Everything is linked into the program, so that it runs on any Linux of the same processor and
# starts at once. lld, because the others warn about calls that are never made. Debian has no archive
# of ISA-L: STATIC_LIBRARIES leaves gzip to zlib.
static: libraries
	@echo "building a self-contained diet; the first time takes some minutes" >&2
	@swift build --quiet -c release --product diet --scratch-path $(STATIC) \
	  -Xswiftc -static-executable -Xswiftc -use-ld=lld -Xswiftc -DSTATIC_LIBRARIES -Xlinker -s

# What is installed; another build, such as .build/debug/diet, is put in place by INSTALLED=….
INSTALLED := $(STATIC)/release/diet

install: static
	@$(MAKE) --no-print-directory install-files

# The program itself prints what shells complete and what `man` shows, so that both are of the build that is installed,
# and nothing else is needed.
install-files:
	@root="$(DESTDIR)$(PREFIX)"; sudo=; \
	mkdir -p "$$root/bin" "$$root/share" 2>/dev/null && [ -w "$$root/bin" ] && [ -w "$$root/share" ] || \
	  sudo="$(SUDO)"; \
	made="$$(mktemp -d)" && trap 'rm -rf "$$made"' EXIT && mkdir "$$made/man1" && \
	for shell in bash zsh fish; do \
	  $(INSTALLED) --generate-completion-script $$shell > "$$made/$$shell" || exit 1; done && \
	$(INSTALLED) manual "$$made/man1" && \
	$$sudo install -D -m 755 $(INSTALLED) "$$root/bin/diet" && \
	$$sudo install -D -m 644 "$$made/bash" "$$root/share/bash-completion/completions/diet" && \
	$$sudo install -D -m 644 "$$made/zsh" "$$root/share/zsh/site-functions/_diet" && \
	$$sudo install -D -m 644 "$$made/fish" "$$root/share/fish/vendor_completions.d/diet.fish" && \
	$$sudo install -d "$$root/share/man/man1" && \
	$$sudo install -m 644 "$$made"/man1/*.1 "$$root/share/man/man1" && \
	echo "installed $$root/bin/diet, completions for bash, zsh and fish, and man pages" >&2

# The Python package. The library in it holds all that it needs, the C libraries too: the linker
# finds nothing but their archives where pkg-config sends it.
wheel: libraries venv-module
	@echo "building the library; the first time takes some minutes" >&2
	@rm -rf $(WHEEL)/archives $(WHEEL)/package && mkdir -p $(WHEEL)/archives
	@for name in csv zstd lz4 xxhash nettle snappy z lzma; do \
	  ln -s "$$(cc -print-file-name=lib$$name.a)" $(WHEEL)/archives/lib$$name.a || exit 1; done
	@for name in libzstd liblz4 libxxhash nettle snappy zlib liblzma; do \
	  printf 'Name: %s\nDescription: %s\nVersion: 0\nLibs: -L%s\n' $$name $$name \
	    "$(CURDIR)/$(WHEEL)/archives" > $(WHEEL)/archives/$$name.pc; done
	@PKG_CONFIG_PATH="$(CURDIR)/$(WHEEL)/archives" swift build --quiet -c release \
	  --product dietc --scratch-path $(WHEEL) -Xswiftc -static-stdlib -Xswiftc -use-ld=lld \
	  -Xswiftc -DSTATIC_LIBRARIES -Xswiftc -DWITHOUT_BZIP2 \
	  -Xlinker -s -Xlinker -soname=libdietc.so \
	  -Xlinker --version-script="$(CURDIR)/Sources/CDiet/exports.map"
	@cp -r Sources/Python $(WHEEL)/package
	@cp LICENSE $(WHEEL)/package
	@cp $(WHEEL)/release/libdietc.so $(WHEEL)/package/memory_diet/
	@[ -x $(WHEEL)/venv/bin/pip ] || $(PYTHON) -m venv $(WHEEL)/venv
	@rm -f $(WHEEL)/*.whl
	@$(WHEEL)/venv/bin/pip wheel --quiet --disable-pip-version-check --no-deps \
	  --wheel-dir $(WHEEL) $(WHEEL)/package
	@$(WHEEL)/venv/bin/python Tests/PythonPackageTests/check_wheel.py $(WHEEL)/*.whl
	@ls $(WHEEL)/*.whl

clean:
	@rm -rf .build .build-tests .build-fuzz .build-threads $(STATIC) $(WHEEL) .venv-tests .venv-spark bench/.venv

# Installs what is missing of the C libraries; does nothing, and asks for nothing, when all are there.
libraries:
	@command -v swift >/dev/null || \
	  { echo "there is no Swift toolchain: see https://www.swift.org/install" >&2; exit 1; }
	$(call install-missing,$$(for name in $(LIBRARIES); do \
	  dpkg-query -W -f '$${db:Status-Status}\n' $$name 2>/dev/null | grep -qx installed || \
	    echo $$name; done))

venv-module:
	@[ -n "$(PYTHON)" ] || { echo "there is no python3: the tests need it" >&2; exit 1; }
	$(call install-missing,$$($(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  echo python3-venv))

# The real engines, for the tests that let them read what we wrote.
.venv-tests/installed.txt: Tests/requirements.txt | venv-module
	@echo "installing the Python packages of Tests/requirements.txt into .venv-tests" >&2
	@rm -rf .venv-tests
	@$(PYTHON) -m venv .venv-tests
	@.venv-tests/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
	@cp Tests/requirements.txt $@

# Spark and Ray are larger than everything else together, so that the tests run them only where they are asked for.
spark: .venv-spark/installed.txt

.venv-spark/installed.txt: Tests/requirements-spark.txt | venv-module
	@echo "installing PySpark and Ray into .venv-spark: about 530 MB" >&2
	@rm -rf .venv-spark
	@$(PYTHON) -m venv .venv-spark
	@.venv-spark/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements-spark.txt
	@cp Tests/requirements-spark.txt $@

# Installs the Debian packages that the argument prints; elsewhere it names them.
define install-missing
	@missing=$(1); missing=$$(echo $$missing); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	  echo "please make sure that these are installed: $$missing" >&2; exit 0; \
	fi; \
	echo "installing with apt-get: $$missing" >&2; \
	$(SUDO) apt-get update -qq && \
	$(SUDO) env DEBIAN_FRONTEND=noninteractive \
	  apt-get install -qq --no-install-recommends $$missing >/dev/null
endef
