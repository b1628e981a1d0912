#!/usr/bin/env bash
# Fuzzes readers with AFL, guided by coverage: build/fuzz.sh READER|--all [MINUTES each]. Needs afl-fuzz (Debian's afl++). Ends with 1 where an input
# crashed a reader or held it up. Findings lie in artifacts/fuzz/READER; dotnet artifacts/fuzz/bin/Pentimento.Fuzz.dll READER FILE shows one again.
set -euo pipefail
cd "$(dirname "$0")/.."
corpus=bench/Pentimento.Fuzz/Corpus
wanted=${1:?build/fuzz.sh READER|--all [MINUTES each]}
minutes=${2:-5}
[[ $minutes =~ ^[1-9][0-9]*$ ]] || { echo "MINUTES is a whole number; got $minutes" >&2; exit 2; }
readers=("$wanted")
if [ "$wanted" = --all ]; then mapfile -t readers < <(ls "$corpus"); fi
[ -d "$corpus/${readers[0]}" ] || { echo "there is no reader $wanted; there are: $(ls "$corpus" | tr '\n' ' ')" >&2; exit 2; }
command -v afl-fuzz > /dev/null || { echo "afl-fuzz is needed: apt-get install afl++" >&2; exit 2; }

dotnet tool restore > /dev/null
# The instrumented library is a copy: the build's own output stays as it is.
rm -rf artifacts/fuzz/bin
dotnet publish -v q -nologo -c Release bench/Pentimento.Fuzz -o artifacts/fuzz/bin
dotnet sharpfuzz artifacts/fuzz/bin/Pentimento.dll

export AFL_SKIP_BIN_CHECK=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 AFL_AUTORESUME=1
found=0
table="| reader | executions | inputs kept | edges | crashes | hangs |"$'\n'"|---|---|---|---|---|---|"
for reader in "${readers[@]}"; do
  out="artifacts/fuzz/$reader"
  mkdir -p "$out"
  afl-fuzz -i "$corpus/$reader" -o "$out" -x bench/Pentimento.Fuzz/tokens.dict -t 10000 -m none -V $((60 * minutes)) \
    -- artifacts/fuzz/bin/Pentimento.Fuzz "$reader" > "$out/log" 2>&1 || { tail -20 "$out/log" >&2; echo "$reader could not be fuzzed; all of it: $out/log" >&2; found=1; continue; }
  said() { sed -n "s/^$1 *: //p" "$out/default/fuzzer_stats"; }
  crashes=$(find "$out" -path '*crashes*/id*' | wc -l)
  hangs=$(find "$out" -path '*hangs*/id*' | wc -l)
  ((crashes + hangs == 0)) || found=1
  table+=$'\n'"| \`$reader\` | $(said execs_done) | $(said corpus_count) | $(said edges_found) | $crashes | $hangs |"
  echo "$reader: $(said execs_done) executions, $crashes crashes, $hangs hangs" >&2
done

echo "$table"
exit $found
