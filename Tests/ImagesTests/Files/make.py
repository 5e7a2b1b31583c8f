"""Makes the pictures of ImagesTests and what Pillow decodes and resizes them to (written with Pillow 12)."""
import math
import os

import numpy
from PIL import Image

folder = os.path.dirname(os.path.abspath(__file__))


def place(name):
    return os.path.join(folder, name)


y, x = numpy.mgrid[0:17, 0:23]
noise = numpy.random.default_rng(5).integers(0, 80, (17, 23, 3))
base = numpy.stack([x * 7, y * 10, (x + y) * 4], axis=2) + noise
base[5:9, 6:12] = [255, 0, 128]
picture = Image.fromarray(base.clip(0, 255).astype(numpy.uint8))
alpha = Image.fromarray(((x * y) % 256).astype(numpy.uint8))
transparent = picture.copy()
transparent.putalpha(alpha)

picture.save(place("colour.png"))
transparent.save(place("transparent.png"))
picture.convert("L").save(place("grey.png"))
picture.quantize(16).save(place("palette.png"))
picture.save(place("baseline.jpg"), quality=85)
picture.save(place("progressive.jpg"), quality=85, progressive=True, subsampling=0)
picture.convert("L").save(place("grey.jpg"), quality=85)
for name in ["colour.png", "transparent.png", "grey.png", "palette.png", "baseline.jpg", "progressive.jpg", "grey.jpg"]:
    open(place(name + ".rgb"), "wb").write(Image.open(place(name)).convert("RGB").tobytes())
for width, height in [(40, 31), (9, 7), (23, 6), (50, 17)]:
    resized = picture.resize((width, height), Image.Resampling.BICUBIC)
    open(place(f"resized-{width}x{height}.rgb"), "wb").write(resized.tobytes())


def prepared(height, width, fraction, squash):
    """torchvision's Resize and CenterCrop and timm's rules, written out."""
    scaled = (math.floor(height / fraction), math.floor(width / fraction))
    if squash:
        size = scaled
    elif scaled[0] == scaled[1]:
        short = min(picture.size)
        size = tuple(int(scaled[0] * side / short) for side in (picture.height, picture.width))
    else:
        ratio = min(picture.height / scaled[0], picture.width / scaled[1])
        size = tuple(round(side / ratio) for side in (picture.height, picture.width))
    resized = picture.resize((size[1], size[0]), Image.Resampling.BICUBIC)
    top, left = round((size[0] - height) / 2), round((size[1] - width) / 2)
    crop = numpy.asarray(resized)[top:top + height, left:left + width].astype(numpy.float32) / numpy.float32(255)
    mean = numpy.array([0.485, 0.456, 0.406], numpy.float32)
    return (crop - mean) / numpy.array([0.229, 0.224, 0.225], numpy.float32)


for height, width, fraction, squash in [(8, 8, 1.0, False), (8, 8, 0.93, False), (13, 13, 0.93, True), (12, 8, 0.9, False)]:
    name = f"prepared-{height}x{width}-{fraction}-{'squashed' if squash else 'cropped'}.f32"
    prepared(height, width, fraction, squash).astype("<f4").tofile(place(name))
