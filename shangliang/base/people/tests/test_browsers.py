"""A session is known by words, not by what browsers say to each other."""

import pytest

from shangliang.base.people.browsers import in_words

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME}", "Windows上的Chrome"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/126.0", "Windows上的Edge"),
        (f"Mozilla/5.0 (Linux; Android 14; V2318A) {CHROME} MicroMessenger/8.0.50", "安卓手机上的微信"),
        (f"Mozilla/5.0 (Phone; OpenHarmony 5.0) {CHROME}", "鸿蒙手机上的Chrome"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "iPhone上的Safari",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5) Firefox/127.0", "苹果电脑上的Firefox"),
        ("curl/8.5.0", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_what_a_browser_says_is_told_in_words(said, words):
    assert in_words(said) == words
