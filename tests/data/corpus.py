"""Files as collectors have them: every kind that is read, every kind that must be refused.

All whole pictures show the same: 64 × 48 pixels, the left half ``LEFT``, the right half ``RIGHT``.
``write_corpus(folder)`` writes them all, for tests of whole imports.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageCms

WIDTH, HEIGHT = 64, 48
LEFT, RIGHT = (200, 60, 40), (40, 70, 190)
GREY_LEFT, GREY_RIGHT = 60, 190
NEUTRAL = (128, 128, 128)

Colour = tuple[int, int, int]
CUT = "the picture breaks off: the file is damaged or was not copied whole"
NO_PICTURE = "it is no picture"
DAMAGED = "the picture is damaged and cannot be decoded"


def picture(mode: str = "RGB") -> Image.Image:
    halves = Image.new("RGB", (WIDTH, HEIGHT), LEFT)
    halves.paste(RIGHT, (WIDTH // 2, 0, WIDTH, HEIGHT))
    return halves.convert(mode)


def grey() -> Image.Image:
    halves = Image.new("L", (WIDTH, HEIGHT), GREY_LEFT)
    halves.paste(GREY_RIGHT, (WIDTH // 2, 0, WIDTH, HEIGHT))
    return halves


def deep_grey(dtype: str, white: float) -> Image.Image:
    values = np.asarray(grey()).astype(np.float64) / 255 * white
    return Image.fromarray(values.astype(dtype))


def see_through(mode: str) -> Image.Image:
    """The left half shows, the right half is transparent."""
    image = picture(mode)
    alpha = Image.new("L", image.size, 255)
    alpha.paste(0, (WIDTH // 2, 0, WIDTH, HEIGHT))
    image.putalpha(alpha)
    return image


def encoded(image: Image.Image, form: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def noise(form: str, side: int = 200, **options: object) -> bytes:
    values = np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)
    return encoded(Image.fromarray(values), form, **options)


def jpeg(image: Image.Image | None = None, **options: object) -> bytes:
    return encoded(image or picture(), "JPEG", quality=95, subsampling=0, **options)


def turned_jpeg(orientation: int) -> bytes:
    """A picture that is upright only after its orientation tag is obeyed."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = picture() if orientation == 1 else picture().transpose(undo[orientation])
    return jpeg(stored, exif=orientation_tag(orientation))


def orientation_tag(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def cmyk_jpeg_of_another_program() -> bytes:
    """CMYK as the JPEG standard means it: ink is ink, and no Adobe marker."""
    contents = jpeg(ImageChops.invert(picture("CMYK")))
    start = contents.index(b"\xff\xee")
    length = struct.unpack(">H", contents[start + 2 : start + 4])[0]
    return contents[:start] + contents[start + 2 + length :]


def red_blue_profile() -> bytes:
    """An ICC profile whose red is blue: converted with it, a picture has the two swapped."""
    contents = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = contents.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return swapped.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))


def animation(form: str) -> bytes:
    second = Image.new("RGB", (WIDTH, HEIGHT), (0, 255, 0))
    lossless = {"lossless": True} if form == "WEBP" else {}
    return encoded(picture(), form, save_all=True, append_images=[second], duration=50, **lossless)


def palette_with_transparency() -> bytes:
    image = picture().quantize(4)
    return encoded(image, "PNG", transparency=image.getpixel((WIDTH - 1, 0)))


def png_chunk(kind: bytes, body: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + crc


def png(width: int, height: int, *, bits: int, colour: int, pixels: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(*chunk) for chunk in chunks)


def bomb() -> bytes:
    """30,000 × 30,000 whole black pixels in about 110 kB."""
    side = 30_000
    row = bytes(1 + side // 8)
    pack = zlib.compressobj(1)
    pixels = b"".join(pack.compress(row * 1000) for _ in range(side // 1000)) + pack.flush()
    return png(side, side, bits=1, colour=0, pixels=pixels)


def half(contents: bytes) -> bytes:
    return contents[: len(contents) // 2]


def zero_filled(contents: bytes) -> bytes:
    return half(contents) + bytes(len(contents) - len(contents) // 2)


def _grey_pair() -> tuple[Colour, Colour]:
    return (GREY_LEFT,) * 3, (GREY_RIGHT,) * 3


COLOUR = (LEFT, RIGHT)
GREY = _grey_pair()
ON_NEUTRAL = (LEFT, NEUTRAL)
GREY_OF_LEFT = picture("L").getpixel((0, 0))

GOOD: dict[str, tuple[Callable[[], bytes], tuple[Colour, Colour]]] = {
    "plain.jpg": (jpeg, COLOUR),
    "progressive.jpg": (lambda: jpeg(progressive=True), COLOUR),
    "grey.jpg": (lambda: jpeg(grey()), GREY),
    "cmyk adobe inverted.jpg": (lambda: jpeg(picture("CMYK")), COLOUR),
    "cmyk.jpg": (cmyk_jpeg_of_another_program, COLOUR),
    "stereo.mpo": (
        lambda: encoded(picture(), "MPO", save_all=True, append_images=[grey()], quality=95),
        COLOUR,
    ),
    "really png.jpg": (lambda: encoded(picture(), "PNG"), COLOUR),
    "really jpeg.TIFF": (jpeg, COLOUR),
    "corrupt exif.jpg": (lambda: jpeg(exif=b"Exif\0\0II*\0\xff\xff\xff\x7f garbage"), COLOUR),
    "orientation 99.jpg": (lambda: jpeg(exif=orientation_tag(99)), COLOUR),
    "broken profile.jpg": (lambda: jpeg(icc_profile=b"no profile at all"), COLOUR),
    "profile of another kind.jpg": (lambda: jpeg(grey(), icc_profile=red_blue_profile()), GREY),
    "swapping profile.png": (
        lambda: encoded(picture(), "PNG", icc_profile=red_blue_profile()),
        ((40, 60, 200), (190, 70, 40)),
    ),
    "trailer.jpg": (lambda: jpeg() + b"a camera's remarks" * 40, COLOUR),
    "zeros behind the end.jpg": (lambda: jpeg() + bytes(100_000), COLOUR),
    "grey 16 bit.png": (lambda: encoded(deep_grey("<u2", 65535), "PNG"), GREY),
    "grey 16 bit.tif": (lambda: encoded(deep_grey("<u2", 65535), "TIFF"), GREY),
    "grey 16 bit big-endian.tif": (lambda: encoded(deep_grey(">u2", 65535), "TIFF"), GREY),
    "white is zero 16 bit.tif": (
        lambda: encoded(
            deep_grey("<u2", 65535).point(lambda v: v * -1 + 65535), "TIFF", tiffinfo={262: 0}
        ),
        GREY,
    ),
    "grey 32 bit.tif": (lambda: encoded(deep_grey("<i4", 65535), "TIFF"), GREY),
    "grey float of 16 bits.tif": (lambda: encoded(deep_grey("<f4", 65535), "TIFF"), GREY),
    "grey 8 bit in 32.tif": (lambda: encoded(deep_grey("<i4", 255), "TIFF"), GREY),
    "grey float.tif": (lambda: encoded(deep_grey("<f4", 1.0), "TIFF"), GREY),
    "colour 16 bit.png": (
        lambda: png(
            WIDTH,
            HEIGHT,
            bits=16,
            colour=2,
            pixels=zlib.compress(
                b"".join(
                    b"\0" + (row.astype(">u2") * 257).tobytes()
                    for row in np.asarray(picture()).reshape(HEIGHT, -1)
                )
            ),
        ),
        COLOUR,
    ),
    "cmyk.tif": (lambda: encoded(picture("CMYK"), "TIFF"), COLOUR),
    "lab.tif": (lambda: encoded(lab(), "TIFF"), COLOUR),
    "jpeg in.tif": (lambda: encoded(picture(), "TIFF", compression="jpeg", quality=95), COLOUR),
    "turned.tif": (
        lambda: encoded(
            picture().transpose(Image.Transpose.ROTATE_90), "TIFF", exif=orientation_tag(6)
        ),
        COLOUR,
    ),
    "turned.png": (
        lambda: encoded(
            picture().transpose(Image.Transpose.ROTATE_90), "PNG", exif=orientation_tag(6)
        ),
        COLOUR,
    ),
    "turned.webp": (
        lambda: encoded(
            picture().transpose(Image.Transpose.ROTATE_90),
            "WEBP",
            lossless=True,
            exif=orientation_tag(6),
        ),
        COLOUR,
    ),
    "turned.avif": (
        lambda: encoded(
            picture().transpose(Image.Transpose.ROTATE_90),
            "AVIF",
            quality=100,
            subsampling="4:4:4",
            exif=orientation_tag(6),
        ),
        COLOUR,
    ),
    "animated.gif": (lambda: animation("GIF"), COLOUR),
    "animated.webp": (lambda: animation("WEBP"), COLOUR),
    "animated.png": (lambda: animation("PNG"), COLOUR),
    "see-through.png": (lambda: encoded(see_through("RGB"), "PNG"), ON_NEUTRAL),
    "see-through.webp": (lambda: encoded(see_through("RGB"), "WEBP", lossless=True), ON_NEUTRAL),
    "see-through grey.png": (
        lambda: encoded(see_through("L"), "PNG"),
        ((GREY_OF_LEFT,) * 3, NEUTRAL),
    ),
    "see-through palette.png": (palette_with_transparency, ON_NEUTRAL),
    "see-through palette.gif": (lambda: encoded(see_through("RGB"), "GIF"), ON_NEUTRAL),
    "see-through colour.png": (lambda: encoded(picture(), "PNG", transparency=RIGHT), ON_NEUTRAL),
    "one bit.png": (
        lambda: encoded(grey().point(lambda v: 255 * (v > 100)).convert("1"), "PNG"),
        ((0, 0, 0), (255, 255, 255)),
    ),
    "palette.bmp": (lambda: encoded(picture().quantize(4), "BMP"), COLOUR),
    "plain.avif": (lambda: encoded(picture(), "AVIF", quality=100, subsampling="4:4:4"), COLOUR),
    "plain.jp2": (lambda: encoded(picture(), "JPEG2000"), COLOUR),
    "plain.ppm": (lambda: encoded(picture(), "PPM"), COLOUR),
}

BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.jpg": (lambda: b"", "the file is empty"),
    "text.jpg": (lambda: b"This is a letter about stamps.\n" * 20, NO_PICTURE),
    "zeros.jpg": (lambda: bytes(5000), DAMAGED),
    "signature only.jpg": (lambda: b"\xff\xd8\xff", DAMAGED),
    "postscript.jpg": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NO_PICTURE),
    "phone.heic": (
        lambda: b"\0\0\0\x18ftypheic" + bytes(200),
        "it is a HEIC picture, which cannot be read: save it as JPEG",
    ),
    "half.jpg": (lambda: half(noise("JPEG")), CUT),
    "half progressive.jpg": (lambda: half(noise("JPEG", progressive=True)), CUT),
    "half zeros.jpg": (lambda: zero_filled(noise("JPEG")), CUT),
    "half.png": (lambda: half(noise("PNG")), CUT),
    "half.gif": (lambda: half(noise("GIF")), CUT),
    "half.webp": (lambda: half(noise("WEBP")), "damaged or cut"),
    "half.tif": (lambda: half(noise("TIFF")), "damaged or cut"),
    "half packed.tif": (lambda: half(noise("TIFF", compression="tiff_lzw")), "damaged or cut"),
    "half.bmp": (lambda: half(noise("BMP")), CUT),
    "half.avif": (lambda: half(noise("AVIF")), "damaged or cut"),
    "half.jp2": (lambda: half(noise("JPEG2000")), "damaged or cut"),
    "bomb.png": (
        bomb,
        "the picture has 30,000 × 30,000 pixels, more than the 200 million that are opened: "
        "save it smaller",
    ),
    "huge claim.png": (
        lambda: png(12_000, 12_000, bits=1, colour=0, pixels=zlib.compress(b"tiny")),
        CUT,
    ),
    "huge claim.gif": (
        lambda: noise("GIF")[:6] + b"\xff\xff\xff\xff" + noise("GIF")[10:],
        "the picture has 65,535 × 65,535 pixels, more than the 200 million that are opened: "
        "save it smaller",
    ),
    "huge claim.jpg": (
        lambda: half(
            noise("JPEG").replace(struct.pack(">HH", 200, 200), struct.pack(">HH", 14_000, 14_000))
        ),
        CUT,
    ),
    "huge claim.bmp": (
        lambda: noise("BMP")[:18] + struct.pack("<ii", 60_000, 60_000) + noise("BMP")[26:],
        "the picture has 60,000 × 60,000 pixels, more than the 200 million that are opened: "
        "save it smaller",
    ),
}


def lab() -> Image.Image:
    to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    return ImageCms.applyTransform(picture(), to_lab)


def write_corpus(folder: Path) -> tuple[list[Path], list[Path]]:
    """Write every file into ``folder`` and return the good and the bad ones' paths."""
    for name, (contents, _) in {**GOOD, **BAD}.items():
        (folder / name).write_bytes(contents())
    return [folder / name for name in GOOD], [folder / name for name in BAD]
