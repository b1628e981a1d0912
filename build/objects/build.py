#!/usr/bin/python3
"""Renders data/objects: emoji with their alpha, and grounds cut out of photographs, both of 64x64 pixels.

Usage: build/objects/build.py SOURCES data/objects, with SOURCES as build/objects/fetch.sh leaves it.
Needs python3 with numpy and PIL (Debian: python3-numpy, python3-pil) and rsvg-convert (Debian: librsvg2-bin).
Every choice is a function of names: the same sources give the same arrays.
"""

import hashlib
import io
import json
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from PIL import Image

SIDE = 64
TEST_SHARE = 0.3
LEAST_CROPS = 10
MOST_CROPS = 100

VENDORS = {"noto": "noto", "fluent": "fluent-emoji-flat", "twemoji": "twemoji", "emojione": "emojione"}

# Unicode's subgroups. Clocks, weather, landscapes and maps are left out: they are grounds, or show them.
CLASSES = {
    "nature": re.compile("animal-.*|plant-.*"),
    "travel": re.compile("transport-(ground|water|air)|place-building|place-religious|place-other"),
}

# These of place-other are landscapes, too.
SCENES = ["foggy", "night-with-stars", "cityscape", "sunrise-over-mountains", "sunrise", "cityscape-at-dusk", "sunset", "bridge-at-night"]

# An emoji that covers more of its square than this is a scene with a sky of its own: the ground would hardly be seen.
LARGEST_COVER = 0.8
SMALLEST_COVER = 0.05

# Photographs with vegetation or sky, and the split that each belongs to; author and licence are those of Debian's copyright file.
PHOTOGRAPHS = [
    ("lomiri-wallpapers-16.04", "life_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi, 2018", "CC-BY-4.0", "train"),
    ("lomiri-wallpapers-16.04", "seeding_by_Clements_Engelhardt.jpg", "Clemens Engelhardt, 2018", "CC0-1.0", "train"),
    ("lomiri-wallpapers-16.04", "picosdeeuropa_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi, 2018", "CC-BY-4.0", "train"),
    ("lomiri-wallpapers-16.04", "Bridge_by_Sander_Klootwijk.jpg", "Sander Klootwijk, 2018", "CC-BY-SA-4.0", "train"),
    ("lomiri-wallpapers-16.04", "Dragonfly_by_Bolly.jpg", "Bolly, 2018", "CC-BY-SA-4.0", "test"),
    ("lomiri-wallpapers-16.04", "aitzgorri_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi, 2018", "CC-BY-4.0", "test"),
    ("lomiri-wallpapers-16.04", "sunset_by_Aitzol_Berasategi.jpg", "Aitzol Berasategi, 2018", "CC-BY-4.0", "test"),
]


def main(sources, out):
    out.mkdir(parents=True, exist_ok=True)
    glyphs, rows = all_glyphs(sources)
    grounds, kinds, photographs, table = all_grounds(sources)
    write_npz(out / "objects.npz", {"glyphs": glyphs, "grounds": grounds, "kinds": kinds, "photographs": photographs})
    write_table(out / "glyphs.tsv", ["vendor", "name", "class", "split"], rows)
    write_table(out / "photographs.tsv", ["package", "file", "author", "licence", "split", "green", "blue"], table)
    files = ["objects.npz", "glyphs.tsv", "photographs.tsv"]
    sums = [f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in files]
    (out / "SHA256SUMS").write_text("".join(sums))
    print(f"{len(rows)} emoji, {len(grounds)} grounds, {(out / 'objects.npz').stat().st_size / 1e6:.1f} MB")


def all_glyphs(sources):
    """The pictures, uint8 (N, 64, 64, 4), and a row of the table for each."""
    motifs = motifs_of(sources / "debian/unicode-data/usr/share/unicode/emoji/emoji-test.txt")
    wanted = []
    for vendor, package in VENDORS.items():
        icons = json.loads((sources / "npm" / package / "icons.json").read_text())
        for name in sorted(motifs):
            if name in icons["icons"]:
                wanted.append((vendor, name, svg_of(icons, name)))
    with ThreadPoolExecutor() as pool:
        pictures = list(pool.map(render, [svg for _, _, svg in wanted]))
    chosen = [
        (vendor, name, picture)
        for (vendor, name, _), picture in zip(wanted, pictures)
        if SMALLEST_COVER < (picture[..., 3] > 127).mean() < LARGEST_COVER
    ]
    tests = test_motifs({name: motifs[name] for _, name, _ in chosen})
    rows = [(vendor, name, motifs[name], "test" if name in tests else "train") for vendor, name, _ in chosen]
    return np.stack([picture for _, _, picture in chosen]), rows


def motifs_of(file):
    """The names of the emoji of both classes, as emoji sets spell them, with their class."""
    motifs, subgroup = {}, ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("# subgroup:"):
            subgroup = line.split(":")[1].strip()
        found = re.match(r"[0-9A-F ]+; fully-qualified\s*# \S+ E[0-9.]+ (.*)$", line)
        label = next((label for label, subgroups in CLASSES.items() if subgroups.fullmatch(subgroup)), None)
        if found and label:
            motifs[re.sub("[^a-z0-9]+", "-", found[1].lower()).strip("-")] = label
    return {name: label for name, label in motifs.items() if name not in SCENES}


def test_motifs(classes):
    """Three in ten of each class, whatever the vendor: nobody's bear is for testing where another's is for training."""
    chosen = set()
    for label in CLASSES:
        names = sorted((name for name in classes if classes[name] == label), key=digest)
        chosen.update(names[: round(TEST_SHARE * len(names))])
    return chosen


def svg_of(icons, name):
    icon = icons["icons"][name]
    width, height = (icon.get(key, icons.get(key, 16)) for key in ("width", "height"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{SIDE}" height="{SIDE}" viewBox="0 0 {width} {height}">{icon["body"]}</svg>'
    )


def render(svg):
    drawn = subprocess.run(["rsvg-convert", "-w", str(SIDE), "-h", str(SIDE)], input=svg.encode(), capture_output=True, check=True)
    picture = np.array(Image.open(io.BytesIO(drawn.stdout)).convert("RGBA"))
    picture[picture[..., 3] == 0] = 0
    return picture


def all_grounds(sources):
    """The grounds, uint8 (M, 64, 64, 3), 0 for green and 1 for blue, the photograph of each, and the table of photographs."""
    grounds, kinds, photographs, table = [], [], [], []
    for at, (package, file, author, licence, split) in enumerate(PHOTOGRAPHS):
        image = Image.open(sources / "debian" / package / "usr/share/backgrounds" / file).convert("RGB")
        crops = crops_of(image, file)
        counts = []
        for kind in (0, 1):
            of_kind = [crop for _, found, crop in sorted(crops, key=lambda crop: crop[0]) if found == kind][:MOST_CROPS]
            of_kind = of_kind if len(of_kind) >= LEAST_CROPS else []
            counts.append(len(of_kind))
            grounds += of_kind
            kinds += [kind] * len(of_kind)
            photographs += [at] * len(of_kind)
        table.append((package, file, author, licence, split, *counts))
    return np.stack(grounds), np.array(kinds, np.uint8), np.array(photographs, np.uint8), table


def crops_of(image, name):
    """Squares of several sizes, half a square apart, that are mostly green or mostly blue: digest, kind and pixels."""
    crops = []
    for part in (2.5, 4, 6, 9):
        side = round(min(image.size) / part)
        for top in range(0, image.height - side + 1, side // 2):
            for left in range(0, image.width - side + 1, side // 2):
                crop = image.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.BOX)
                kind = kind_of(crop)
                if kind is not None:
                    crops.append((digest(f"{name} {side} {top} {left}"), kind, np.array(crop)))
    return crops



def kind_of(crop):
    """0 where most pixels have a green or yellow-green hue, 1 where most have a blue one, else None; PIL's hues, 0..255."""
    hue, saturation, value = (np.array(channel).astype(int) for channel in crop.convert("HSV").split())
    coloured = (saturation > 30) & (value > 35)
    if (coloured & (hue > 34) & (hue < 120)).mean() > 0.6:
        return 0
    if (coloured & (hue > 128) & (hue < 190)).mean() > 0.65:
        return 1
    return None


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def write_npz(file, arrays):
    """Writes an npz whose bytes do not say when."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), content.getvalue(), zipfile.ZIP_DEFLATED, 9)


def write_table(file, header, rows):
    file.write_text("".join("\t".join(map(str, row)) + "\n" for row in [header, *rows]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
