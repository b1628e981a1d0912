#!/usr/bin/env bash
# Changes formulas one by one and counts how many changes the tests of their own room notice.
#     build/mutants.sh Evaluation ['**/Share*.cs']                   every mutant of a room, or of some of its files
#     build/mutants.sh --sample 200 --seed 1 Evaluation Attacks      so many of several rooms' mutants, drawn by a seed
# Reports lie in artifacts/mutants. One process at a time: tests and libtorch's threads share the cores.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/artifacts/mutants

# mutate ROOM REPORT CONFIGURATION-OPTIONS...: Stryker with the tests of one room; the report becomes OUT/ROOM/REPORT.json.
mutate() {
  local room=$1 report=$2; shift 2
  rm -rf "$out/$room/stryker"
  (cd tests/Pentimento.Tests && ROOM_UNDER_TEST=$room dotnet stryker --project Pentimento.csproj --test-runner mtp --configuration Release \
    --concurrency 1 --mutation-level Standard --reporter json --reporter cleartext --output "$out/$room/stryker" "$@" > "$out/$room/$report.log") || true
  cp "$out/$room/stryker/reports/mutation-report.json" "$out/$room/$report.json"
}

dotnet tool restore > /dev/null
if [ "${1:-}" != --sample ]; then
  room=${1:?build/mutants.sh ROOM [FILES], or --sample COUNT --seed SEED ROOM...}
  mkdir -p "$out/$room"
  mutate "$room" all --mutate "${2:-**/$room/**/*.cs}"
  cat "$out/$room/all.log"
  exit
fi

count=$2 seed=$4
shift 4
# A place where nothing stands: the report lists every mutant of every room as left out.
mkdir -p "${@/#/$out/}"
[ -f "$out/$1/list.json" ] || mutate "$1" list --mutate "**/$1/*.cs{0..1}"
for room in "${@:2}"; do cp "$out/$1/list.json" "$out/$room/"; done

dotnet run build/SampleMutants.cs draw "$count" "$seed" "$out" "$@"
for room in "$@"; do
  mapfile -t patterns < <(jq -r '.[]' "$out/$room/mutate.json")
  mutate "$room" tried "${patterns[@]/#/--mutate=}"
done
dotnet run build/SampleMutants.cs count "$out" "$@"
