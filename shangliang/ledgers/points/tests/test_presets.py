"""The offices' tables: for every rule of every preset an example reckoned by hand, in hundredths."""

import pytest

from shangliang.ledgers.points import lists, tariff, telling

from .said import deeds, reckoned, totals

SIX = {"simple", "jinan-2015", "tongcheng-2019", "minhang", "anqing-2018", "hefei-county"}
# (preset, the rules it shows, the acts, what each member's year comes to by hand)
EXAMPLES = [
    # 济南: 70 to begin with.
    ("jinan-2015", "plenary_present", ["A plenary present"], {"A": 7000}),
    ("jinan-2015", "plenary_leave", ["A plenary leave"], {"A": 7000 - 1000}),
    ("jinan-2015", "plenary_absent", ["A plenary absent"], {"A": 7000 - 3000}),
    ("jinan-2015", "activity visit", ["A activity present x3", "A visit present"], {"A": 7000}),
    ("jinan-2015", "proposal information", ["A proposal lead", "A information author"], {"A": 7000}),
    # three filed: the second and third bring 5 each
    ("jinan-2015", "proposal_second", ["A proposal_filed lead"] * 3, {"A": 7000 + 2 * 500}),
    ("jinan-2015", "proposal_key", ["A proposal_key lead @K"], {"A": 7000 + 500}),
    ("jinan-2015", "proposal_excellent", ["A proposal_excellent lead @K"], {"A": 7000 + 1000}),
    # six times 2 would be 12: at most 10
    ("jinan-2015", "public_good", ["A public_good present"] * 6, {"A": 7000 + 1000}),
    # 桐城
    ("tongcheng-2019", "plenary_present", ["A plenary present"], {"A": 5000}),
    ("tongcheng-2019", "plenary_leave", ["A plenary leave"], {"A": 3000}),
    ("tongcheng-2019", "plenary_absent", ["A plenary absent"], {"A": 0}),
    ("tongcheng-2019", "standing_leave", ["A plenary present", "A standing leave x2"], {"A": 5000 - 400}),
    ("tongcheng-2019", "standing_absent", ["A plenary present", "A standing absent"], {"A": 5000 - 500}),
    # six activities would be 12: at most 10
    ("tongcheng-2019", "activity", ["A activity present"] * 6, {"A": 1000}),
    ("tongcheng-2019", "speech", ["A speech_paper author"], {"A": 500}),
    # four signed: the leader has half of 10, the others 5 / 3 = 1.66 each; 0.02 is nobody's
    ("tongcheng-2019", "proposal", ["A proposal lead @P", "B proposal part @P", "C proposal part @P",
     "D proposal part @P"], {"A": 500, "B": 166, "C": 166, "D": 166}),
    # two signed, and it was filed: (10 + 15) / 2 each
    ("tongcheng-2019", "proposal_filed", ["A proposal lead @P", "B proposal part @P",
     "A proposal_filed lead @P", "B proposal_filed part @P"], {"A": 1250, "B": 1250}),
    # one's own, filed: 10 + 15 = 25; a second one brings nothing more
    ("tongcheng-2019", "proposal proposal_filed", ["A proposal lead @P", "A proposal_filed lead @P",
     "A proposal lead @Q", "A proposal_filed lead @Q"], {"A": 2500}),
    # two handed in, one taken: 10 + 10 + 5 = 25: at most 15
    ("tongcheng-2019", "information information_taken", ["A information author", "A information_taken author",
     "A information author"], {"A": 1500}),
    ("tongcheng-2019", "public_good", ["A public_good present"], {"A": 0}),
    # 闵行
    ("minhang", "plenary", ["A plenary present x5"], {"A": 5 * 500}),
    ("minhang", "standing", ["A standing present x2"], {"A": 1000}),
    ("minhang", "activity", ["A activity present x3"], {"A": 1500}),
    ("minhang", "training_long training_short", ["A training_long present", "A training_short present"],
     {"A": 1000 + 500}),
    # the same proposal written and signed by one person: 15, not 18
    ("minhang", "proposal_lead proposal_part", ["A proposal part @P", "A proposal lead @P",
     "B proposal part @P"], {"A": 1500, "B": 300}),
    # two proposals, written one, signed the other
    ("minhang", "proposal_lead proposal_part", ["A proposal lead @P", "A proposal part @Q"],
     {"A": 1500 + 300}),
    ("minhang", "key_lead key_part", ["A proposal lead @P", "A proposal_key lead @P",
     "A proposal_key part @P", "B proposal_key part @P"], {"A": 1500 + 1500, "B": 300}),
    ("minhang", "excellent_lead excellent_part", ["A proposal_excellent lead @P",
     "A proposal_excellent part @P", "B proposal_excellent part @P"], {"A": 1000, "B": 200}),
    ("minhang", "information", ["A information author"], {"A": 0}),
    # 安庆: 50 for meetings to begin with
    ("anqing-2018", "plenary_present standing_present meeting_present", ["A plenary present",
     "A standing present", "A meeting present"], {"A": 5000}),
    ("anqing-2018", "plenary_absent", ["A plenary absent"], {"A": 5000 - 1000}),
    ("anqing-2018", "standing_absent meeting_absent", ["A standing absent", "A meeting absent x2"],
     {"A": 5000 - 3 * 500}),
    ("anqing-2018", "proposal information", ["A proposal lead", "A information author"], {"A": 5000}),
    # 合肥辖一个县级市
    ("hefei-county", "plenary", ["A plenary present"] * 2, {"A": 3500}),
    ("hefei-county", "standing", ["A standing present"], {"A": 3000}),
    # five activities would be 37.5: four are 30
    ("hefei-county", "activity", ["A activity present"] * 5, {"A": 3000}),
    ("hefei-county", "activity", ["A activity present"], {"A": 750}),
    ("hefei-county", "proposal", ["A proposal lead @P"], {"A": 1500}),
    ("hefei-county", "proposal_lead proposal_part", ["A proposal lead @P", "B proposal part @P"],
     {"A": 1000, "B": 500}),
    # one's own 15, and 5 for each further one: five further would be 25, at most 20
    ("hefei-county", "proposal proposal_second", ["A proposal lead"] * 6, {"A": 1500 + 2000}),
    ("hefei-county", "proposal_excellent", ["A proposal_excellent lead @P"], {"A": 800}),
    ("hefei-county", "information", ["A information_taken author"], {"A": 1000}),
    ("hefei-county", "information_second", ["A information_taken author"] * 3, {"A": 1000 + 2 * 300}),
    # 5 × 3 and 7 × 1 are 22: at most 20
    ("hefei-county", "information_second information_not_taken", ["A information_taken author x6",
     "A information_not_taken author x7"], {"A": 1000 + 2000}),
    ("hefei-county", "information_upper", ["A information_upper author x2"], {"A": 1200}),
    # the sample
    ("simple", "reception", ["A reception_held present x11"], {"A": 2000}),
    ("simple", "visit", ["A voice_recorded recorder x3"], {"A": 150}),
    ("simple", "topic", ["A consultation_opened raiser x4"], {"A": 900}),
    ("simple", "post", ["A review_shown author x2"], {"A": 200}),
    ("simple", "report_issued", ["A opinion_report_issued author x2"], {"A": 400}),
    # one act of a plain list says no level: the county's 2 and the province's 5
    ("simple", "report_adopted report_adopted_above", ["A opinion_report_adopted author"], {"A": 700}),
    ("simple", "report_endorsed", ["A opinion_report_endorsed author x4"], {"A": 900}),
    # the lead writer 6 and 6, a third one brings nothing more; who wrote along 3, who went along 1
    ("simple", "research_lead research_writer research_team", ["A research_sent lead x3",
     "B research_sent writers", "C research_sent team"], {"A": 1200, "B": 300, "C": 100}),
    ("simple", "research_adopted", ["A research_adopted lead", "B research_adopted writers"],
     {"A": 400, "B": 400}),
    ("simple", "research_endorsed", ["A research_endorsed lead x4"], {"A": 900}),
    ("simple", "study_closed", ["A research_closed lead", "B research_closed team"], {"A": 400, "B": 400}),
    ("simple", "activity", ["A activity_recorded present x11"], {"A": 2000}),
    ("simple", "activity_lead", ["A activity_recorded lead", "B activity_recorded present"],
     {"A": 300, "B": 200}),
    ("simple", "activity_late", ["A participation_came present"], {"A": 200}),
    ("simple", "proposal_lead", ["A proposal_filed lead x4"], {"A": 1500}),
    ("simple", "proposal_part", ["A proposal_filed part x2"], {"A": 400}),
    ("simple", "merged_lead", ["A proposal_merged lead x2"], {"A": 600}),
    ("simple", "merged_part", ["A proposal_merged part x5"], {"A": 400}),
    ("simple", "proposal_answered", ["A proposal_answered lead x2"], {"A": 200}),
    ("simple", "proposal_excellent", ["A proposal_excellent lead @P", "B proposal_excellent part @P",
     "C proposal_excellent part @P"], {"A": 300, "B": 150, "C": 150}),
    ("simple", "meeting", ["A meeting_held present"], {"A": 200}),
    ("simple", "recommendation", ["A recommendation_answered proposers @R",
     "B recommendation_answered proposers @R"], {"A": 150, "B": 150}),
]  # fmt: skip


@pytest.mark.parametrize(("by", "rules", "rows", "by_hand"), EXAMPLES)
def test_a_rule_gives_what_was_reckoned_by_hand(by, rules, rows, by_hand):
    assert totals(by, *rows) == by_hand
    taken = {line.mark.rule.name for found in reckoned(by, *rows).values() for line in found.lines}
    assert set(rules.split()) <= taken


def test_every_rule_of_every_preset_has_an_example():
    assert {one.name for one in tariff.tariffs()} == SIX
    held = {(one.name, rule.name) for one in tariff.tariffs() for rule in one.rules}
    assert held == {(by, rule) for by, rules, _, _ in EXAMPLES for rule in rules.split()}


def test_jinan_ends_at_120():
    # reward: 5 × 5 second proposals, 4 × 5 key, 2 × 10 excellent = 65: at most 50; with the base 70: 120
    rows = [*["A proposal_filed lead"] * 6, *["A proposal_key lead"] * 4, *["A proposal_excellent lead"] * 2]
    found = reckoned("jinan-2015", *rows)["A"]
    assert ([part.value for part in found.parts], found.total) == ([7000, 5000], 12000)
    assert found.grade.label == "优秀"
    # absent: 40 + 50, never 40 + 65
    found = reckoned("jinan-2015", "A plenary absent", *rows)["A"]
    assert (found.total, found.grade.label) == (9000, "优秀")


@pytest.mark.parametrize(
    ("by", "rows", "grade"),
    [
        ("jinan-2015", ["A plenary present"], "称职"),  # 70
        ("jinan-2015", ["A plenary present", *["A proposal_filed lead"] * 4], "优秀"),  # 70 + 15 = 85
        ("jinan-2015", ["A plenary absent"], "不称职"),  # 40
        ("anqing-2018", ["A plenary present"], None),  # 50: the source has no word for it
    ],
)
def test_grades(by, rows, grade):
    assert reckoned(by, *rows)["A"].grade.label == grade


def test_grades_begin_where_the_source_says():
    anqing = [(grade.label, grade.least) for grade in tariff.called("anqing-2018").grades]
    assert anqing == [("优秀", 9000), ("良好", 8000), ("称职", 6000), (None, None)]
    assert [t.passed for t in map(tariff.called, ("tongcheng-2019", "jinan-2015"))] == [6000, None]


def test_tongcheng_passes_at_60():
    # 50 + 10 = 60, and 50 + 10 − 2 = 58
    rows = ["A plenary present", "A information author"]
    assert reckoned("tongcheng-2019", *rows)["A"].passed
    assert not reckoned("tongcheng-2019", *rows, "A standing leave")["A"].passed


def test_tongcheng_ends_at_100():
    # 50 + 10 + 2 × 5 + 25 + 15 = 110
    rows = ["A plenary present", "A activity present x5", "A speech_paper author x2", "A proposal lead",
            "A proposal_filed lead", "A information author x2"]  # fmt: skip
    assert reckoned("tongcheng-2019", *rows)["A"].total == 10000


def test_jinans_three_and_minhangs_set():
    met = reckoned("jinan-2015", "A plenary present", "A information author", "A visit present")["A"]
    assert [need.met for need in met.needs] == [True, True, True]
    rows = ["A plenary present x4", "A activity present", "A activity present", "A proposal part @P"]
    found = reckoned("minhang", *rows)["A"]
    assert [(need.done, need.met) for need in found.needs] == [(4, True), (2, False), (1, True), (0, False)]


def test_what_a_source_does_not_say_is_said_not_made_up():
    found = reckoned("anqing-2018", "A proposal lead", "A activity present", "A plenary leave")["A"]
    assert (found.total, found.unsaid) == (5000, 3)
    gaps = telling.gaps(tariff.called("minhang"))
    assert {"等次", "及格线", "总分上限", "公益", "社情民意信息的分值", "哪年起用"} <= set(gaps)
    assert not {"等次", "总分上限"} & set(telling.gaps(tariff.called("jinan-2015")))
    for one in tariff.tariffs():
        assert one.kind == ("sample" if one.name == "simple" else "real")
        assert (one.since is None) == (one.kind == "real"), "real ones are in force nowhere"
        assert one.source
        assert one.place


def test_what_nothing_here_feeds_is_reckoned_from_the_readings(monkeypatch):
    found = {one.name: telling.unfed(one) for one in tariff.tariffs()}
    assert found == {
        "simple": [], "anqing-2018": [], "hefei-county": [], "jinan-2015": ["公益"], "minhang": ["外出培训"],
        "tongcheng-2019": ["书面发言", "公益"],
    }  # fmt: skip
    said = lists.plain()
    less = [line for line in said["journal"] if line["is"] != "standing"]
    monkeypatch.setattr(telling, "plain", lambda: said | {"journal": less})
    more = ["常委会会议请假", "常委会会议缺席", "书面发言", "公益"]
    assert telling.unfed(tariff.called("tongcheng-2019")) == more


def test_one_list_is_read_by_every_preset():
    rows = [list(lists.NEEDED)]
    words = lists.plain()["acts"]
    rows += [["王明", act, role, "2019-03-01"] for act, said in words.items() for role in said["roles"]]
    for one in tariff.tariffs():
        divided = [rule.act for rule in one.rules if rule.shared == "leader_half"]
        mine = [row for row in rows if not (row[2] == "part" and row[1] in divided)]
        found, faults = lists.read(mine, one)
        assert not faults
        assert len(found) == len(mine) - 1
        lists.tried(one, found)


def test_what_cannot_be_divided_is_named():
    rows = ["A proposal lead @P", "B proposal part @P", "C proposal part @P", "D proposal part @P"]
    [rest] = lists.tried(tariff.called("tongcheng-2019"), deeds(*rows)).rests
    assert (rest.thing, rest.points) == ("P", 1000 - 500 - 3 * 166)
