#!/usr/bin/env bash
# Packs the library and the command from two copies of the last commit in two folders, as CI does, and compares what is in the packages.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export CI=true

for copy in first second/deeper; do
  git clone --quiet --no-hardlinks "$root" "$place/$copy"
  for project in Pentimento Pentimento.Cli; do
    dotnet pack -v q -nologo -c Release "$place/$copy/src/$project" -o "$place/$copy/packages"
  done
  # A package's own name for its properties is drawn anew each time; all other files count, names and bytes.
  for package in "$place/$copy/packages"/*nupkg; do
    mkdir -p "$place/$copy/unpacked" && cd "$place/$copy/unpacked"
    unzip -q "$package" -d "$(basename "$package")"
    rm -rf "$(basename "$package")/_rels" "$(basename "$package")/package"
  done
  (cd "$place/$copy/unpacked" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) > "$place/$(basename "$copy").sums"
done

diff "$place/first.sums" "$place/deeper.sums" || { echo "The packages differ." >&2; exit 1; }
echo "$(wc -l < "$place/first.sums") files in $(ls "$place/first/packages" | wc -l) packages, the same bytes from both folders"
