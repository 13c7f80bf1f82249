# Hydra's common jobs. `make help` lists them.
# ARGS passes flags on, for example: make demo ARGS=--once

SHELL := /bin/sh
MVNW := ./mvnw --batch-mode
ARGS ?=

# Everything that, when newer than the last build, makes a new one necessary.
SOURCES := pom.xml mvnw $(wildcard .mvn/*) $(shell find src-shared native tls manager docto appman cli examples testing \
	-type d -name target -not -path '*/src/*' -prune -o -type f -path '*/src/main/*' -not -path '*/src/main/container/*' -print -o -type f -name pom.xml -print)
BUILT := target/built

.PHONY: help demo demo-kubernetes test test-unit test-native test-images test-api test-cluster test-kubernetes bench-agents bench-fetch bench-footprint build format native images clean
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(BUILT) ## publish real models, roll three replicas over under live traffic (ARGS=--once ends by itself, ARGS=--help)
	@./testing/demo $(ARGS)

demo-kubernetes: ## the same in a real Kubernetes of this machine, by kubectl (as root; with the executables of make native, or on the JVM; ARGS=--help)
	@./testing/demo-kubernetes $(ARGS)

test: ## all tests: unit, integration against the packaged programs, end to end, kills
	@./testing/test $(ARGS)

test-native: ## integration, end-to-end and kill tests against native executables; needs GRAALVM_HOME
	@./testing/test --native $(ARGS)

test-images: ## build the container images twice, compare them, run them in a real containerd (as root; ARGS=--jvm, ARGS=--help)
	@./testing/images-test $(ARGS)

test-api: $(BUILT) ## throw whatever the API's description allows at the packaged manager (Schemathesis; ARGS=--help)
	@./testing/api-test $(ARGS)

test-cluster: ## test the Kubernetes that tests run in: without root with fake nodes, as root with real ones (ARGS=--help)
	@./testing/cluster/test $(ARGS)

test-kubernetes: ## Hydra against a real API server with fake nodes and, as root, real ones (ARGS='DiscoveryIT', ARGS=--help)
	@./testing/kubernetes-test $(ARGS)

test-unit: ## the plain unit tests only
	$(MVNW) -q test

bench-footprint: $(BUILT) ## start time, memory, size and build time of each program, native (as built by `make native`) beside JVM (ARGS=--idle=30s, ARGS=--help)
	@./testing/bench-footprint $(ARGS)

bench-agents: $(BUILT) ## load test: 5,000 and 10,000 simulated agents, 10,000 channels, one manager (native where built; ARGS=--agents=500, ARGS=--help)
	@./testing/bench-agents $(ARGS)

bench-fetch: $(BUILT) ## Docto (JVM, and native where built) beside s5cmd, rclone and aws-cli, from a real S3 server (ARGS=--quick, ARGS=--help)
	@./testing/bench-fetch $(ARGS)

build: $(BUILT) ## package all programs (JVM)

$(BUILT): $(SOURCES)
	@echo 'Building Hydra (the first time brings its dependencies, which takes a few minutes) …'
	@$(MVNW) -q -DskipTests package
	@mkdir -p $(@D) && touch $@

native: ## native executables of all programs; needs GRAALVM_HOME with GraalVM or Mandrel 25
	@./bin/build-native $(ARGS)

images: ## container images as OCI archives in target/images, without a container engine (ARGS=--jvm, ARGS=--help)
	@./bin/build-images $(ARGS)

format: ## format the sources as the build wants them
	$(MVNW) -q spotless:apply

clean: ## remove what was built
	@# The demo's nodes commit datasets as read-only directories.
	@find . -type d -name target -not -path '*/src/*' -prune -exec chmod -R u+w {} +
	$(MVNW) -q clean
	rm -rf target
