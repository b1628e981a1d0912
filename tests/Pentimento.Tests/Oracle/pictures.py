"""Odd pictures and what Pillow makes of them: Image.open, ImageOps.exif_transpose, convert("RGB"). Run with Debian's python3-pil (9.4.0)."""
import io
import os
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

here = os.path.dirname(os.path.abspath(__file__))
folder = os.path.join(here, "pictures")
os.makedirs(folder, exist_ok=True)
rng = np.random.default_rng(20)
H, W = 14, 22
rows, columns = np.mgrid[0:H, 0:W]
rgb = np.stack([columns * 255 / W, rows * 255 / H, (rows + columns) * 255 / (H + W)], -1)
rgb = np.clip(rgb + rng.normal(0, 12, rgb.shape), 0, 255).astype(np.uint8)
alpha = np.clip(columns * 12, 0, 255).astype(np.uint8)
photo = Image.fromarray(rgb)
grey = photo.convert("L")
names = []


def keep(image, name, **options):
    image.save(os.path.join(folder, name), **options)
    names.append(name)


def raw_png(name, values, colour, depth, extra=b""):
    """A PNG whose samples are written as they are, big-endian where they have two bytes."""
    lines = b"".join(b"\0" + row.tobytes() for row in values)

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    height, width = values.shape[:2]
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    png += extra + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    with open(os.path.join(folder, name), "wb") as file:
        file.write(png)
    names.append(name)


def oriented(value):
    exif = Image.Exif()
    exif[0x0112] = value
    exif[0x010F], exif[0x0110] = "Maker", f"Camera {value}"
    return exif


keep(photo, "rgb.png")
keep(photo, "rgb.bmp")
keep(photo, "rgb.webp", lossless=True)
keep(photo, "baseline.jpg", quality=90, subsampling=0)
keep(photo, "subsampled.jpg", quality=75, subsampling=2)
keep(photo, "progressive.jpg", quality=60, progressive=True)
keep(photo, "lossy.webp", quality=80)
for value in range(2, 9):
    keep(photo, f"orientation-{value}.jpg", quality=90, subsampling=0, exif=oriented(value))
keep(photo, "orientation-6.png", exif=oriented(6))
keep(photo, "orientation-6.webp", lossless=True, exif=oriented(6).tobytes())
keep(grey, "grey.jpg", quality=85)
keep(grey, "grey.png")
keep(grey.point(lambda value: 255 * (value > 120)).convert("1"), "one-bit.png")
keep(photo.quantize(16), "palette.png")
keep(photo.quantize(16), "palette-transparent.png", transparency=3)
keep(Image.fromarray(np.dstack([rgb, alpha])), "alpha.png")
keep(Image.fromarray(np.dstack([rgb, alpha])), "alpha.webp", lossless=True, exact=True)
keep(Image.merge("LA", [grey, Image.fromarray(alpha)]), "grey-alpha.png")
keep(photo, "transparent-colour.png", transparency=tuple(int(value) for value in rgb[3, 4]))
sixteen = (np.asarray(grey).astype(np.uint16) * 3 + rng.integers(0, 40, (H, W))).astype(">u2")
raw_png("grey-16.png", sixteen, 0, 16)
raw_png("rgb-16.png", (rgb.astype(np.uint16) * 257 + rng.integers(-90, 90, rgb.shape)).clip(0, 65535).astype(">u2"), 2, 16)
raw_png("alpha-16.png", (np.dstack([rgb, alpha]).astype(np.uint16) * 257).astype(">u2"), 6, 16)
raw_png("grey-alpha-16.png", (np.dstack([np.asarray(grey), alpha]).astype(np.uint16) * 251).astype(">u2"), 4, 16)
gamma = b"gAMA" + struct.pack(">I", 100000)
raw_png("gamma.png", rgb, 2, 8, struct.pack(">I", 4) + gamma + struct.pack(">I", zlib.crc32(gamma)))
keep(photo.convert("CMYK"), "cmyk.jpg", quality=90)
lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
swapped = lab.replace(b"rXYZ", b"tXYZ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"tXYZ", b"gXYZ", 1)
keep(photo, "profile.png", icc_profile=swapped)
keep(photo, "profile.jpg", quality=90, subsampling=0, icc_profile=swapped)
frames = [photo.quantize(32), ImageOps.mirror(photo).quantize(32)]
frames[0].save(os.path.join(folder, "animated.gif"), save_all=True, append_images=frames[1:], duration=50)
photo.save(os.path.join(folder, "animated.webp"), save_all=True, append_images=[ImageOps.invert(photo)], lossless=True)
photo.save(os.path.join(folder, "animated.png"), save_all=True, append_images=[ImageOps.invert(photo)], default_image=False)
names += ["animated.gif", "animated.webp", "animated.png"]
keep(photo.quantize(8), "transparent.gif", transparency=2)
for compression in ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"]:
    keep(photo, f"{compression}.tif", compression=compression)
keep(grey, "grey.tif")
keep(photo.quantize(16), "palette.tif", compression="tiff_lzw")
keep(photo, "orientation-8.tif", exif=oriented(8))
keep(photo, "rgb.ppm")
keep(grey, "grey.pgm")

expected = {}
for name in sorted(names):
    with Image.open(os.path.join(folder, name)) as opened:
        # Pillow 9.4 turns a TIFF when it is loaded, and exif_transpose once more; later versions turn it once.
        upright = opened if name.endswith(".tif") else ImageOps.exif_transpose(opened)
        upright.load()
        expected[name] = np.asarray(upright.convert("RGB"))

wide = Image.fromarray(np.kron(rgb, np.ones((5, 5, 1), np.uint8)))
keep(wide, "wide.png")
expected["wide.png"] = np.asarray(wide)
for height, width in [(32, 32), (100, 80), (10, 150)]:
    expected[f"wide.png@{height}x{width}"] = np.asarray(wide.resize((width, height), Image.BILINEAR))
for size in [32, 50, 90]:
    # torchvision's Resize(size) and CenterCrop(size).
    w, h = wide.size
    short = (int(size * w / h), size) if h < w else (size, int(size * h / w))
    scaled = wide.resize(short, Image.BILINEAR)
    left, top = int(round((scaled.size[0] - size) / 2.0)), int(round((scaled.size[1] - size) / 2.0))
    expected[f"wide.png#{size}"] = np.asarray(scaled.crop((left, top, left + size, top + size)))
np.savez_compressed(os.path.join(here, "pictures.npz"), **expected)
print(len(names), "pictures,", sum(os.path.getsize(os.path.join(folder, name)) for name in names), "bytes")
