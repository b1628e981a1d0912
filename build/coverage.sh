#!/usr/bin/env bash
# Measures which lines of src/Pentimento the tests run, room by room. Further words go to the tests: build/coverage.sh --filter-namespace '*.Attacks'
set -euo pipefail
cd "$(dirname "$0")/.."
out=artifacts/coverage
failed=0
rm -rf "$out" && mkdir -p "$out"

dotnet build -v q -nologo -c Release tests/Pentimento.Tests
dotnet test -c Release --no-build --project tests/Pentimento.Tests --results-directory "$out" \
  --coverlet --coverlet-include '[Pentimento]*' --coverlet-exclude '[xunit*]*' --coverlet-output-format cobertura "$@" || failed=$?

# A table of rooms from the classes of the report, each line once.
report=$(find "$out" -name '*cobertura*.xml' | head -n 1)
awk '
  /<class / { match($0, /filename="[^"]*"/); file = substr($0, RSTART + 10, RLENGTH - 11); sub(/.*src\/Pentimento\//, "", file); sub(/^Pentimento\//, "", file)
              room = file; if (!sub(/\/.*/, "", room)) room = "(the top)" }
  /<line / { match($0, /number="[0-9]+"/); n = substr($0, RSTART + 8, RLENGTH - 9); match($0, /hits="[0-9]+"/); hit = substr($0, RSTART + 6, RLENGTH - 7) > 0
             key = file ":" n; if (!(key in seen)) { seen[key] = 0; rooms[key] = room } if (hit) seen[key] = 1 }
  END { for (key in seen) { lines[rooms[key]]++; hits[rooms[key]] += seen[key] }
        for (room in lines) printf "| %s | %d | %.1f%% |\n", room, lines[room], 100 * hits[room] / lines[room] }
' "$report" | LC_ALL=C sort | { echo "| room | lines | run by the tests |"; echo "|---|---|---|"; cat; } | tee "$out/rooms.md"
exit "$failed"
