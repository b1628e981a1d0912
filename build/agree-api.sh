#!/usr/bin/env bash
# Agrees to the library's public surface as it is now: writes every public symbol into src/Pentimento/PublicAPI.Shipped.txt.
set -euo pipefail
cd "$(dirname "$0")/../src/Pentimento"
trap 'test -s PublicAPI.Shipped.txt || git checkout -q -- PublicAPI.Shipped.txt' EXIT
: > PublicAPI.Shipped.txt
echo "#nullable enable" > PublicAPI.Unshipped.txt
symbols=$(dotnet build -nologo --no-incremental -p:TreatWarningsAsErrors=false 2>&1 | sed -nE "s/.*warning RS0016: Symbol '(.*)' is not part of the declared public API.*/\1/p" | LC_ALL=C sort -u)
if [ -z "$symbols" ]; then echo "The build named no symbol: build src/Pentimento and see why." >&2; exit 1; fi
{ echo "#nullable enable"; echo "$symbols"; } > PublicAPI.Shipped.txt
echo "$(echo "$symbols" | wc -l) public symbols"
