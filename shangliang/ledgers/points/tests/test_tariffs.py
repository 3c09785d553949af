"""A tariff's file: what does not hold together is named."""

from datetime import date

import pytest

from shangliang.ledgers.points import tariff

LINE = {"name": "a", "act": "x", "to": "present", "label": "", "what": "", "points": 100}
SAID = {"name": "t", "label": "", "kind": "sample", "place": "", "source": "", "rules": [LINE]}


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"rules": [LINE, LINE]}, "两条"),
        ({"rules": [LINE | {"points": 1.5}]}, "整数"),
        ({"rules": [LINE | {"points": True}]}, "整数"),
        ({"rules": [LINE | {"cap": -5}]}, "正数"),
        ({"rules": [LINE | {"group": "g"}]}, "没有叫 g 的组"),
        ({"rules": [LINE | {"bucket": "b"}]}, "没有叫 b 的类"),
        ({"rules": [LINE | {"shared": True}]}, "equal"),
        ({"rules": [LINE | {"points": -100, "shared": "equal"}]}, "分摊"),
        ({"rules": [LINE | {"to": []}]}, "给谁"),
        ({"from": date(2026, 7, 1)}, "1 月 1 日"),
        ({"kind": "draft"}, "real"),
        ({"buckets": [{"name": "b", "label": "", "start": 200, "ceiling": 100}]}, "起始分"),
        ({"buckets": [{"name": "b", "label": "", "floor": 100}]}, "下限"),
        ({"buckets": [{"name": "b", "label": "", "start": 200}], "ceiling": 100}, "总分上限"),
        ({"grades": [{"label": "低", "least": 1}, {"label": "高", "least": 2}]}, "从高到低"),
        ({"grades": [{"label": "低"}, {"label": "高", "least": 2}]}, "从高到低"),
        ({"minimum": [{"label": "一件", "least": 1, "of": ["b"]}]}, "没有叫 b 的一条"),
        ({"ceilng": 100}, "ceilng"),
        ({"groups": [{"name": "g", "label": "", "most": 3}]}, "most"),
        (
            {
                "groups": [{"name": "g", "label": ""}],
                "rules": [LINE | {"group": "g"}, LINE | {"name": "b", "points": -1, "group": "g"}],
            },
            "又加又减",
        ),
    ],
)
def test_what_does_not_hold_together_is_named(more, word):
    with pytest.raises(ValueError, match=word):
        tariff.build(SAID | more)


@pytest.mark.parametrize("text", ["- 一条", "name: [", "name: t\nlabel: 没有别的"])
def test_a_file_that_is_no_tariff(tmp_path, text):
    file = tmp_path / "ours.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"ours\.yaml"):
        tariff.read(file)
