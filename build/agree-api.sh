#!/usr/bin/env bash
# Agrees to the library's public surface as it is now. What differs from the last release goes into PublicAPI.Unshipped.txt: new symbols as they are, those
# that are gone as *REMOVED*. With --release, what stands there moves to PublicAPI.Shipped.txt.
set -euo pipefail
cd "$(dirname "$0")/../src/Pentimento"
export LC_ALL=C
shipped=PublicAPI.Shipped.txt
unshipped=PublicAPI.Unshipped.txt

symbols() { sed -e '/^#nullable/d' -e '/^$/d' "$1"; }
write() { { echo "#nullable enable"; cat; } > "$1"; }

if [ "${1:-}" = --release ]; then
  gone=$(symbols $unshipped | sed -n 's/^\*REMOVED\*//p' | sort -u)
  kept=$(symbols $shipped | sort -u | comm -23 - <(echo "$gone"))
  { echo "$kept"; symbols $unshipped | grep -v '^\*REMOVED\*' || true; } | sed '/^$/d' | sort -u | write $shipped
  write $unshipped < /dev/null
  echo "$(symbols $shipped | wc -l) public symbols are released"
  exit
fi
if [ $# -gt 0 ]; then echo "Usage: build/agree-api.sh [--release]" >&2; exit 2; fi

before=$(mktemp)
cp $unshipped "$before"
trap 'rm -f "$before"' EXIT
write $unshipped < /dev/null
if ! said=$(dotnet build -nologo --no-incremental -p:RunAnalyzers=true -p:TreatWarningsAsErrors=false 2>&1); then
  cp "$before" $unshipped
  echo "$said" | grep -E 'error' | sort -u | head >&2
  echo "The build failed: the files are as they were." >&2
  exit 1
fi
{
  echo "$said" | sed -nE "s/.*warning RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p"
  echo "$said" | sed -nE "s/.*warning RS0017: Symbol '(.*)' is part of the declared API, but is.*/*REMOVED*\1/p"
} | sort -u | write $unshipped
echo "$(symbols $unshipped | grep -vc '^\*REMOVED\*' || true) new public symbols, $(symbols $unshipped | grep -c '^\*REMOVED\*' || true) gone"
