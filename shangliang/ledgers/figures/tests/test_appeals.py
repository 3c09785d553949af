"""Appeals against a withheld wording, counted by reason and by what became of them, each number opening."""

from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries
from shangliang.ledgers.figures import counting, queries, records
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.period import Period

from .conftest import count


def appealed(told, world, reason):
    voice = told.leave(public=True)
    voices.withhold(voice.code, by=world.officer, seen=1, reason=reason, detail="写了邻居的名字")
    by = voice_queries.author_of(voice)
    return voices.appeal(voice.code, by=by, seen=2, words="没有写是哪一户")


def test_appeals_by_reason_and_outcome_open_to_their_records(told, world):
    right, wrong = appealed(told, world, "personal"), appealed(told, world, "advert")
    waits = appealed(told, world, "personal")
    voices.uphold(right.code, by=world.convener, seen=right.review_version)
    voices.dismiss(wrong.code, by=world.convener, seen=wrong.review_version, answer="是店里的广告。")
    count()
    for name, parts, behind in (
        ("voice_appeals", {"personal": 2, "advert": 1}, [right, wrong, waits]),
        ("voice_appeals_upheld", {"personal": 1}, [right]),
        ("voice_appeals_dismissed", {"advert": 1}, [wrong]),
    ):
        found = counting.parts(METRICS[name], world.city.path, Period())
        assert {reason: n for reason, n in found.items() if n} == parts, name
        assert queries.figures([name], world.county, Period())[0].counted == len(behind)
        rows = records.records(name, world.county, actor=world.officer).rows
        assert len(rows) == len(behind), name
        assert all(any(voice.code in row.told.href for voice in behind) for row in rows), name
