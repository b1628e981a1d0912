#!/usr/bin/env bash
# Fetches the sources of data/objects into a folder: emoji sets from npm, photographs and Unicode's list of emoji from Debian.
# Needs npm, apt-get and dpkg-deb. Usage: build/objects/fetch.sh FOLDER
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$folder"

for set in noto@1.2.9 fluent-emoji-flat@1.2.6 twemoji@1.2.5 emojione@1.2.3; do
    name=${set%@*}
    mkdir -p "npm/$name"
    tar -xzf "$(npm pack --silent "@iconify-json/$set")" -C "npm/$name" --strip-components 1
done

for package in lomiri-wallpapers-16.04 unicode-data; do
    apt-get download -q "$package"
    mkdir -p "debian/$package"
    dpkg-deb -x "$package"_*.deb "debian/$package"
done
