#!/usr/bin/env bash
# Builds the site from docs/ and the doc comments into artifacts/site. A warning is an error: a link that leads nowhere is one.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore > /dev/null
rm -rf artifacts/site artifacts/site-api
dotnet docfx metadata docs/docfx.json
dotnet docfx build docs/docfx.json --warningsAsErrors
echo "artifacts/site/index.html"
