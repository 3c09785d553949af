"""Finding: what people type finds what was said, on both databases, and nobody sees what is not theirs."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from shangliang.base import search
from shangliang.base.search import actions, index, queries, tokens

pytestmark = pytest.mark.django_db
QINGXI, YUNLING = "990000/990100/990101/", "990000/990100/990102/"


def thing(said):
    """Anything with a key and words will do; content types stand in for voices."""
    return ContentType.objects.create(app_label=said[:100], model=f"said{ContentType.objects.count()}")


def say(said, path=QINGXI, *, private=False, kind="voice"):
    row = thing(said)
    search.put(kind, row.pk, said, path, private=private)
    return row


def find(text, scope="990101", kind="voice"):
    return search.newest(kind, text, ContentType.objects.all(), scope)[0]


@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("巷口的路灯坏了三天", "路灯"),
        ("巷口的路灯坏了三天", "路燈"),
        ("巷口的路燈壞了三天", "路灯坏了"),
        ("新城区门口没有路灯", "区门"),
        ("路灯全灭了", "灯"),
        ("路灯全灭了", "了"),
        ("业主叫䶮小明", "䶮"),
        ("住户姓𠮷野", "𠮷野"),
        ("生僻字𱍐𱍑也要能查", "𱍐𱍑"),
        ("请把Ａｐｐ做简单些", "app"),
        ("请把app做简单些", "ＡＰＰ"),
        ("12路公交绕行", "１２路"),
        ("〇〇八号楼漏水", "〇八号"),
        ("佐々木先生问路", "佐々木"),
        ("路灯、垃圾桶都坏了", "垃圾桶 路灯"),
    ],
)
def test_what_was_said_is_found(said, typed, private):
    row = say(said, private=private)
    say("别的一件事，同这个不相干", private=private)
    assert find(typed) == [row]


@pytest.mark.parametrize("typed", ["路标", "路灯 公交", "燈泡"])
def test_what_was_not_said_is_not_found(typed):
    say("巷口的路灯坏了三天")
    say("巷口的路灯坏了三天", private=True)
    assert find(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            '" OR *',
            "NEAR(a b)",
            "a:* | b",
            "\\'",
            "*",
            "'; DROP TABLE search_entry; --",
            "路灯\x00",
        ),
        *("-路灯", "^路灯", "%s", "{tokens}:a", "🦀", "\ud800", "_voice", "=aaaaaaaa", "~lds"),
        *("路" * 5000, "a" * 5000, "路 灯 " * 500),
    ],
)
def test_nothing_typed_is_ever_an_error_or_syntax(typed):
    say("巷口")
    assert find(typed) == []
    assert search.count("voice", typed, ContentType.objects.all(), "990101") == 0
    assert search.similar(typed, "voice", "990101", ContentType.objects.all(), said=str) == []


def test_letters_are_found_from_their_beginning():
    row = say("想装 wifi6 路由器")
    assert find("wif") == [row]
    assert find("fi6") == []


def test_a_scope_holds_its_own_committee_and_those_below():
    here, there = say("路灯坏了"), say("路灯坏了", YUNLING)
    assert find("路灯", "990101") == [here]
    assert find("路灯", YUNLING) == [there]
    assert find("路灯", "990100") == find("路灯", "") == [there, here]
    assert find("路灯", "990199") == find("路灯", "990199') OR ('") == []


def test_a_wrong_scope_or_word_never_shows_what_is_not_ours():
    say("路灯坏了")
    assert search.newest("voice", "路灯", ContentType.objects.none(), "990101") == ([], None)
    assert search.count("voice", "路灯", ContentType.objects.none(), "990101") == 0
    assert search.similar("路灯坏了", "voice", "990101", ContentType.objects.none(), said=str) == []


def test_kinds_are_kept_apart():
    say("路灯坏了", kind="voice")
    assert find("路灯", kind="post") == []


def test_the_index_follows_edits_removal_and_rollback():
    row = say("路灯坏了")
    search.put("voice", row.pk, "公交绕行", QINGXI)
    assert (find("路灯"), find("公交")) == ([], [row])
    with transaction.atomic():
        search.put("voice", row.pk, "河滩停车", QINGXI)
        transaction.set_rollback(True)
    assert (find("河滩"), find("公交")) == ([], [row])
    search.drop("voice", row.pk)
    assert find("公交") == []


def test_a_private_text_leaves_no_word_of_it_in_the_database():
    row = say("我叫王小明，路灯坏了", private=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(tokens AS text) FROM search_entry WHERE item = %s", [row.pk])
        (kept,) = cursor.fetchone()
    assert not set("我叫王小明路灯坏了") & set(kept)
    search.put("voice", row.pk, "路灯坏了", QINGXI)
    assert find("路灯") == [row], "shown to the public: in clear, same kind"


def test_pages_follow_each_other_without_gaps(django_assert_num_queries):
    rows = [say(f"路灯第{n}盏坏了") for n in range(45)]
    hidden = {row.pk for row in rows[::3]}
    mine = ContentType.objects.exclude(pk__in=hidden)
    found, before = [], None
    while True:
        page, before = search.newest("voice", "路灯", mine, "990101", before, size=7)
        found += page
        if before is None:
            break
    assert found == [row for row in reversed(rows) if row.pk not in hidden]
    with django_assert_num_queries(2 if connection.vendor == "sqlite" else 3):
        search.newest("voice", "路灯", ContentType.objects.all(), "990101")


def test_a_count_stops_past_five_hundred():
    row = thing("路灯")
    search.rebuild("voice", ((row.pk + n, "路灯坏了", QINGXI) for n in range(510)))
    everything = ContentType.objects.all()
    assert search.count("voice", "路灯", everything, "990101") == 1, "only what is there to see"
    ContentType.objects.bulk_create(
        ContentType(pk=row.pk + n, app_label="路灯", model=f"m{n}") for n in range(1, 510)
    )
    assert search.count("voice", "路灯", everything, "990101") == search.MOST + 1


def test_names_are_found_by_the_initials_of_their_pinyin(monkeypatch):
    monkeypatch.setattr(search.kinds, "_kinds", {})
    search.kinds.register("studio", list, names=True)
    lamps, wu, zi = (
        say(name, kind="studio") for name in ("渭南路灯所", "长武县工作室", "子长市 马家砭工作室")
    )
    assert find("lds", kind="studio") == find("WNL", kind="studio") == [lamps]
    assert find("cwx", kind="studio") == [wu]
    assert find("zcs", kind="studio") == [zi]
    assert find("nld 路灯", kind="studio") == [lamps]
    assert find("l", kind="studio") == []


def test_a_kind_is_indexed_again_from_nothing(monkeypatch):
    monkeypatch.setattr(search.kinds, "_kinds", {})
    say("旧的话")
    new = thing("路灯")
    secret = thing("水渠")
    rows = [(new.pk, "路灯坏了", QINGXI), search.kinds.Row(secret.pk, "水渠漏了", QINGXI, private=True)]
    search.kinds.register("voice", lambda: rows)
    other = say("旧的话", kind="post")
    assert search.rebuild("voice") == 2
    assert find("旧的") == [] and find("旧的", kind="post") == [other]  # noqa: PT018
    assert (find("路灯"), find("水渠")) == ([new], [secret])
    assert [kind.name for kind in search.kinds.registered()] == ["voice"]
    with pytest.raises(LookupError, match="register"):
        search.rebuild("nothing")


@pytest.mark.parametrize("private", [False, True])
def test_similar_texts_come_with_the_words_they_share(private):
    lamp = say("我们巷子口路灯不亮已经一周，老人夜里出门怕摔", private=private)
    bus = say("公交绕行以后老人要多走两站", private=private)
    asked = say("小区门口的路灯坏了好几天，老人晚上没法走", private=private)
    say("垃圾桶满了没人清运", private=private)
    say("云岭县的路灯也坏了好几天", YUNLING, private=private)
    found = search.similar(
        asked.app_label,
        "voice",
        "990101",
        ContentType.objects.all(),
        exclude=asked.pk,
        said=lambda r: r.app_label,
    )
    assert [match.item for match in found][:2] == [lamp, bus]
    assert "路灯" in found[0].words
    assert found[1].words == ["老人"]
    assert all(len(word) > 1 for match in found for word in match.words)


def test_characters_tell_where_the_words_are_cut_differently_and_not_where_they_are_everywhere():
    """灯 and 亮 say it in another's words; 的 and 了 stand in anything, one character alone may too."""
    lamp, other = say("巷里那盏灯几天没亮了"), say("河边的草长得太高了")
    for n in range(12):
        say(f"水渠里的沙子多了，第{n}回")
    found = search.similar(
        "灯坏了，亮都不亮的", "voice", "990101", ContentType.objects.all(), said=lambda r: r.app_label
    )
    told = {match.item: match.telling for match in found}
    assert (found[0].item, set(found[0].telling)) == (lamp, {"灯", "亮"})
    assert not any("了" in characters or "的" in characters for characters in told.values())
    assert told.get(other, []) == []


def test_the_same_topic_weighs_more():
    texts = ["路灯坏了老人怕摔", "路灯坏了行人怕摔", "公交绕行", "河滩停车"]
    first, second, *_ = (say(text) for text in texts)

    def best(topic):
        rows = ContentType.objects.all()
        found = search.similar(
            "路灯坏了怕摔",
            "voice",
            "990101",
            rows,
            topic=topic,
            said=lambda r: r.app_label,
            about=lambda r: r.pk,
        )
        return found[0].item

    assert best(first.pk) == first
    assert best(second.pk) == second


def test_only_the_nearest_are_opened_and_the_rest_where_those_are_not_for_the_reader():
    near = [say(f"路灯坏了第{n}盏") for n in range(queries.OPENED)]
    far = [say(f"木桥坏了第{n}座") for n in range(5)]
    opened = []

    def said(row):
        opened.append(row.pk)
        return row.app_label

    def best(rows):
        opened.clear()
        found = search.similar("路灯坏了", "voice", "990101", rows, said=said)
        return {match.item for match in found}

    assert best(ContentType.objects.all()) <= set(near)
    assert set(opened) == {row.pk for row in near}
    theirs = ContentType.objects.filter(pk__in=[row.pk for row in far])
    assert best(theirs) <= set(far)
    assert len(opened) == len(far)


def test_put_together_at_night_the_index_finds_the_same():
    rows = [say(f"路灯坏了第{n}盏") for n in range(30)]
    search.drop("voice", rows[3].pk)
    actions.tidy()
    assert find("路灯") == [row for row in reversed(rows) if row != rows[3]][:20]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT segid) FROM search_words_idx")
            assert cursor.fetchone() == (1,)


def test_the_triggers_stand():
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL needs none: the index is on the column itself")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_entry'"
        )
        assert cursor.fetchone() == (3,)
        cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('integrity-check', 1)")


def test_runs_are_cut_where_words_cannot_join():
    assert tokens.runs("路灯，A1 路燈！") == ["路灯", "a1", "路灯"]
    assert tokens.grams("路灯坏") == ["路灯", "灯坏", "路", "灯", "坏"]


def test_a_text_dropped_while_it_is_looked_for_is_passed_over(monkeypatch):
    row = say("路灯坏了三天")
    found, newest = index._newest, [(1 << 40, row.pk + 1)]
    monkeypatch.setattr(index, "_newest", lambda *asked: newest + found(*asked))
    near = search.similar(
        "路灯坏了", "voice", "990101", ContentType.objects.all(), said=lambda one: one.app_label
    )
    assert [match.item.pk for match in near] == [row.pk]
