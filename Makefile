# The front door; CMake and Ninja do the work. `make help` lists the targets.
PRESET ?= release
BUILD ?= build/$(PRESET)
NEWS ?= ../shared/data/news
BENCH_NEWS = $(wildcard $(NEWS)/wikinews.jsonl.gz $(NEWS)/bbc.jsonl.gz $(NEWS)/insightcrime.jsonl.gz)

.PHONY: all help deps demo test check asan tsan clang fuzz bench install clean
all: $(BUILD)/build.ninja ## build the library, the command and the model
	@ninja -C $(BUILD)

$(BUILD)/build.ninja: CMakeLists.txt CMakePresets.json
	@cmake --preset $(PRESET) -B $(BUILD) >/dev/null

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' Makefile

deps: ## install the Debian packages that are missing
	@./bootstrap deps

demo: all ## code the example dispatches and show a table
	@$(BUILD)/demarche code --format table examples/*.txt

test: all ## run the tests
	@ctest --test-dir $(BUILD) --output-on-failure --timeout 300 $(TESTS)

check: all ## layers, size budget, stage purity, exported symbols, lexicon
	@python3 tools/layers.py
	@python3 tools/size.py
	@python3 tools/purity.py $(BUILD)
	@python3 tools/lint_lexicon.py

asan: ## tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory PRESET=asan test

tsan: ## tests under ThreadSanitizer, but for large inputs of one thread and killed processes, which ASan runs
	@$(MAKE) --no-print-directory PRESET=tsan TESTS="-E 'prop/(junk|hostile)|store/faults'" test

clang: ## build with clang, warnings are errors
	@$(MAKE) --no-print-directory PRESET=clang all

fuzz: ## build the fuzz targets (clang) into build/fuzz
	@$(MAKE) --no-print-directory PRESET=fuzz all

bench: all ## speed of the whole way and of the text stage, the share of each part, one core
	@for b in bench bench_text; do if [ -n "$(BENCH_NEWS)" ]; then zcat $(BENCH_NEWS); else \
	  echo "no $(NEWS): the examples instead" >&2; $(BUILD)/demarche read examples/*.txt; fi | $(BUILD)/$$b $(BUILD)/en.dmm; done

install: all ## install under /usr/local (DESTDIR works)
	@cmake --install $(BUILD)

clean: ## remove everything built
	@rm -rf build
