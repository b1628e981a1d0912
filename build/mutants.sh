#!/usr/bin/env bash
# Changes one room's formulas one by one and counts how many changes its tests notice: build/mutants.sh ROOM [FILES], as in
#     build/mutants.sh Evaluation '**/Share*.cs'
# The report lies in artifacts/mutants/ROOM. One process at a time: tests and libtorch's threads share the cores.
set -euo pipefail
cd "$(dirname "$0")/.."
room=${1:?build/mutants.sh ROOM [FILES]}
export ROOM_UNDER_TEST=$room

dotnet tool restore > /dev/null
rm -rf "artifacts/mutants/$room"
cd tests/Pentimento.Tests
dotnet stryker --project Pentimento.csproj --test-runner mtp --configuration Release --concurrency 1 \
  --mutate "${2:-**/$room/**/*.cs}" --mutation-level Standard --reporter json --reporter cleartext --output "../../artifacts/mutants/$room"
