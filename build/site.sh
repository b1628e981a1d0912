#!/usr/bin/env bash
# Builds the site from docs/ and the doc comments into artifacts/site. Links from docs/ to files of the repository are warned of: the site does not hold them.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore > /dev/null
rm -rf artifacts/site artifacts/site-api
dotnet docfx metadata docs/docfx.json
dotnet docfx build docs/docfx.json
echo "artifacts/site/index.html"
