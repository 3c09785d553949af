"""Hostile files, made by code: no malware, nobody's picture. Each carries the mark, to be looked for in what
was kept of it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

MARK = b"zqhostile"
Made = tuple[str, bytes]


def pictures() -> Iterator[Made]:
    """(name, bytes) of whatever comes as a photo or a paper."""
    plain = {kind: _picture(kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "HEIF")}
    jpeg, png, webp, heif = plain["JPEG"], plain["PNG"], plain["WEBP"], plain["HEIF"]
    yield "gps.jpg", _with_place()
    yield "tail.jpg", jpeg + b"<script>" + MARK
    yield "zip behind.jpg", jpeg + _zip({"a.exe": MARK})
    yield "html behind.png", png + b"<html>" + MARK
    yield "zip behind.webp", webp + _zip({"a": MARK})
    yield "comment.jpg", jpeg[:2] + _segment(0xFE, MARK * 900) + jpeg[2:]
    yield "exif of 60 kB.jpg", jpeg[:2] + _segment(0xE1, b"Exif\0\0" + MARK * 6000) + jpeg[2:]
    yield "a thousand segments.jpg", jpeg[:2] + _segment(0xE2, b"ICC_PROFILE\0\1\1" + MARK) * 1000 + jpeg[2:]
    yield "text in the png.png", png[:33] + _chunk(b"tEXt", b"Comment\0" + MARK * 9) + png[33:]
    yield "text bomb.png", png[:33] + _chunk(b"zTXt", b"c\0\0" + zlib.compress(bytes(80 << 20), 9)) + png[33:]
    yield "icc bomb.png", png[:33] + _chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(80 << 20), 9)) + png[33:]
    for name, whole in plain.items():
        for part in (0.02, 0.3, 0.9):
            yield f"cut off at {part:.0%}.{name}", whole[: max(3, int(len(whole) * part))]
    yield "144 megapixels.png", _flat(12_000, 12_000)
    yield "900 megapixels.png", _flat(30_000, 30_000)
    yield "as wide as it may.png", _flat(2**31 - 1, 1)
    yield "nothing high.png", _flat(9, 0)
    yield "lied about its size.jpg", _taller(jpeg)
    yield "webp of 268 megapixels.webp", webp[:26] + struct.pack("<HH", 0x3FFF, 0x3FFF) + webp[30:]
    yield "frames.gif", _moving("GIF", 400)
    yield "frames.webp", _moving("WEBP", 20)
    yield "frames.png", _moving("PNG", 20)
    yield (
        "script.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>' + MARK + b"</script></svg>",
    )
    yield "svg as.jpg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>' + MARK
    yield "html as.jpg", b"<!doctype html><script>" + MARK
    yield "gif and html.jpg", b"GIF89a/*<svg/onload=x()>*/=1;" + MARK
    yield "program as.png", b"MZ" + bytes(200) + MARK
    yield "postscript as.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(" + MARK + b") run\n"
    yield "tiff as.jpg", _picture("TIFF") + MARK
    yield "bmp as.jpg", _picture("BMP") + MARK
    yield "ico as.png", _picture("ICO") + MARK
    yield "broken.heic", heif[:40] + bytes(400) + heif[440:]
    yield "head only.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + MARK
    yield "head only.avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + MARK
    yield "empty.jpg", b""
    yield "one byte.jpg", b"\xff"
    yield "zeros.png", bytes(4096)
    yield "bomb.zip", _zip({"a": bytes(100 << 20)})
    yield "far cell.xlsx", _sheet('<c r="XFD1048576" t="inlineStr"><is><t>' + MARK.decode() + "</t></is></c>")
    yield "entities.xlsx", _sheet("&e9;", _entities())
    yield "macro.docm", _zip({"word/vbaProject.bin": MARK, "[Content_Types].xml": b"<Types/>"})
    yield "script.pdf", _paper(b"/OpenAction << /S /JavaScript /JS (" + MARK + b") >>")
    yield "escaped script.pdf", _paper(b"/OpenAction << /S /J#61vaScript /#4aS (" + MARK + b") >>")
    yield "starts a program.pdf", _paper(b"/OpenAction << /S /Launch /F (" + MARK + b") >>")
    yield (
        "file within.pdf",
        _paper(b"/Names << /EmbeddedFiles << /Names [(" + MARK + b") << /EF << >> >>] >> >>"),
    )
    yield "zip behind.pdf", _paper(b"") + _zip({"a.exe": MARK})
    yield "html as.pdf", b"%PDF-1.4<html><script>" + MARK
    yield "cut off.pdf", _paper(b"")[:60]


def tables(studio: str) -> Iterator[Made]:
    """(name, bytes) of whatever comes as a table of `studio`'s members. None of them may be taken."""
    head = b"studio,name\r\n"
    cell = studio.encode()
    yield "nul.csv", head + cell + b",a\x00b\r\n"
    yield "only nul.csv", bytes(100_000)
    yield "200 000 columns.csv", head + b"," * 200_000
    yield "a wide head.csv", b",".join([b"studio"] * 100_000)
    yield "a long cell.csv", head + cell + b"," + b"x" * 900_000
    yield "a quote that never ends.csv", head + b'"' + b"x\r\n" * 200_000
    yield "very many lines.csv", (head + (cell + b",x\r\n") * 60_000)[: 1 << 20]
    yield "very many empty lines.csv", head + b"\r\n" * 500_000
    yield "utf-16.csv", (head + cell).decode().encode("utf-16")
    yield "half a character.csv", head + cell[:-1] + b",x\r\n"
    yield "gb18030 and utf-8.csv", head + studio.encode("gb18030") + b"," + cell + b"\xff\xfe\r\n"
    yield "formulas.csv", head + b"=cmd|' /C calc'!A0,@SUM(1)\r\n+1,-1\r\n"
    yield "full width formulas.csv", head + "＝1+1,　＝HYPERLINK(1)\r\n".encode()
    yield "turned round.csv", head + f"\u202e{studio},\u2066x\r\n".encode()
    yield "separators of all kinds.csv", head + "a\u2028b\x0bc\x1cd,e\x85f\r\n".encode()
    yield "bomb as.csv", _zip({"a.csv": bytes(50 << 20)})
    yield "far cell as.csv", _sheet('<c r="XFD1048576"><v>1</v></c>')
    yield "picture as.csv", _picture("JPEG")
    yield "too large.csv", head + b"x" * (2 << 20)


def _picture(kind: str) -> bytes:
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    held = io.BytesIO()
    picture = Image.effect_noise((96, 64), 60).convert("RGB")
    picture.save(held, kind)
    return held.getvalue()


def _with_place() -> bytes:
    from PIL import ExifTags, Image

    held, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.Base.ImageDescription] = MARK.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (33.0, 4.0, 5.0), 3: "E", 4: (107.0, 1.0, 2.0)})
    Image.effect_noise((96, 64), 60).convert("RGB").save(held, "JPEG", exif=exif)
    return held.getvalue()


def _moving(kind: str, frames: int) -> bytes:
    from PIL import Image

    held = io.BytesIO()
    each = [Image.new("RGB", (32, 32), (n % 256, 9, 9)) for n in range(frames)]
    each[0].save(held, kind, save_all=True, append_images=each[1:])
    return held.getvalue()


def _segment(kind: int, said: bytes) -> bytes:
    return bytes((0xFF, kind)) + struct.pack(">H", min(len(said), 65_533) + 2) + said[:65_533]


def _chunk(kind: bytes, said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))


def _flat(width: int, height: int) -> bytes:
    """A PNG of one colour, a bit a pixel: megapixels in kilobytes."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    squeeze = zlib.compressobj(9)
    line = bytes(1 + (min(width, 40_000) + 7) // 8)
    said = b"".join(squeeze.compress(line) for _ in range(min(height, 30_000))) + squeeze.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", said) + _chunk(b"IEND", b"")


def _taller(jpeg: bytes) -> bytes:
    """The same JPEG, which says of itself that it is 60,000 lines high."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">H", 60_000) + jpeg[at + 2 :]


def _zip(held: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, said in held.items():
            packed.writestr(name, said)
    return out.getvalue()


def _sheet(cell: str, head: str = "") -> bytes:
    said = f'<?xml version="1.0"?>{head}<worksheet><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    return _zip({"xl/worksheets/sheet1.xml": said.encode(), "[Content_Types].xml": b"<Types/>"})


def _entities() -> str:
    each = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY e0 "{MARK.decode()}">{each}]>'


def _paper(more: bytes) -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R " + more + b" >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [] /Count 0 >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    )


def colourful(width: int, height: int) -> bytes:
    """A PNG of four bytes a pixel, small as a file and large when it is opened."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    squeeze = zlib.compressobj(1)
    line = bytes(1 + width * 4)
    said = b"".join(squeeze.compress(line) for _ in range(height)) + squeeze.flush()
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", said) + _chunk(b"IEND", b"")
