"""The house stays one in which a newcomer finds their way."""

from django.conf import settings

from supply.secrets import tracked

LONGEST = 400  # lines
WRITTEN = {".py", ".html", ".js", ".mjs", ".txt"}
ASIDE = ("vendor/", "migrations/", "requirements/")  # generated, or as others wrote it


def too_long(files):
    for file in files:
        if file.suffix in WRITTEN and not any(part in str(file) for part in ASIDE):
            lines = len(file.read_text("utf-8").splitlines())
            if lines > LONGEST:
                yield f"{file.relative_to(settings.ROOT)}: {lines}"


def test_no_file_is_longer_than_one_can_read():
    files = [file for file in tracked() if file.is_file()]
    assert len(files) > 500
    assert not list(too_long(files))


def test_a_long_one_is_found(settings, tmp_path):
    settings.ROOT = tmp_path
    (tmp_path / "long.py").write_text("x = 1\n" * 401)
    (tmp_path / "short.py").write_text("x = 1\n" * 400)
    assert list(too_long(tmp_path.iterdir())) == ["long.py: 401"]
