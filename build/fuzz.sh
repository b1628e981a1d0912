#!/usr/bin/env bash
# Fuzzes a reader with AFL, guided by coverage: build/fuzz.sh READER [MINUTES]. Needs afl-fuzz (Debian's afl++). Findings lie in artifacts/fuzz/READER;
# dotnet run --project bench/Pentimento.Fuzz READER FILE shows one again.
set -euo pipefail
cd "$(dirname "$0")/.."
reader=${1:?build/fuzz.sh READER [MINUTES]}
minutes=${2:-5}
command -v afl-fuzz > /dev/null || { echo "afl-fuzz is needed: apt-get install afl++" >&2; exit 1; }

dotnet tool restore > /dev/null
# The instrumented library is a copy: the build's own output stays as it is.
dotnet publish -v q -nologo -c Release bench/Pentimento.Fuzz -o artifacts/fuzz/bin
dotnet sharpfuzz artifacts/fuzz/bin/Pentimento.dll

export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1
afl-fuzz -i "bench/Pentimento.Fuzz/Corpus/$reader" -o "artifacts/fuzz/$reader" -t 10000 -m none -V $((60 * minutes)) \
  -- artifacts/fuzz/bin/Pentimento.Fuzz "$reader"
echo "$(find "artifacts/fuzz/$reader" -path '*crashes/id*' | wc -l) crashes, $(find "artifacts/fuzz/$reader" -path '*hangs/id*' | wc -l) hangs"
