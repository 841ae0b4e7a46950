#!/bin/sh
# Writes the lock files beside this script: names, versions and hashes for every platform.
set -eu
cd "$(dirname "$0")/.."
compile() {
  out=requirements/$1; shift
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-annotate --no-header "$@" -o "$out" pyproject.toml
}
compile default.txt --extra build
compile develop.txt --extra build --extra postgresql --extra dev
compile bench.txt --extra build --extra postgresql --extra dev --extra train --extra bench
