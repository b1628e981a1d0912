#!/usr/bin/env bash
# Changes formulas one by one and counts how many changes the tests of their own rooms notice.
#     build/mutants.sh Evaluation ['**/Share*.cs']                  every mutant of a room, or of some of its files
#     build/mutants.sh --lines 300 --seed 1 Attribution Attacks     those that lie on so many of the rooms' lines, drawn by a seed
# Reports lie in artifacts/mutants. One process at a time: tests and libtorch's threads share the cores.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/artifacts/mutants
lines='' seed=0
if [ "${1:-}" = --lines ]; then
  lines=$2 seed=$4
  shift 4
fi

rooms=${1:?build/mutants.sh ROOM [FILES], or --lines COUNT --seed SEED ROOM...}
mkdir -p "$out"
if [ -n "$lines" ]; then
  rooms=$(IFS=';'; echo "$*")
  mapfile -t patterns < <(dotnet run build/SampleMutants.cs draw "$lines" "$seed" "$@")
else
  patterns=("${2:-**/$1/**/*.cs}")
fi

dotnet tool restore > /dev/null
export ROOM_UNDER_TEST=$rooms
rm -rf "$out/stryker"
(cd tests/Pentimento.Tests && dotnet stryker --project Pentimento.csproj --test-runner mtp --configuration Release --concurrency 1 \
  --mutation-level Standard --reporter json --reporter cleartext --output "$out/stryker" "${patterns[@]/#/--mutate=}")
dotnet run build/SampleMutants.cs count "$out/stryker/reports/mutation-report.json"
