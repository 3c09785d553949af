"""Two journeys in a real browser, on whichever database is connected: a resident's word through a
consultation to 「解决了」 and the figures; an old man's word at the desk, refused with a next owner."""

from shangliang import chores
from shangliang.base.places import queries as places
from shangliang.flow.consultations.models import Consultation, Recommendation
from shangliang.flow.voices.models import Voice
from shangliang.ledgers.figures import queries as figures

from ..visitor import PHONE, in_days, photo
from .ways import BOTH, JOURNEY, leaves_a_word, verified

pytestmark = JOURNEY


def test_a_word_at_the_door_becomes_a_result(world, visitor):
    solved_before = solved(world)
    resident = visitor(size=PHONE)
    code = leaves_a_word(resident, world)
    voice = Voice.objects.get()

    officer = visitor().signs_in_by_the_form("officer")
    officer.goes_to("/desk/").reads("巷口的路灯")
    officer.goes_to(f"/desk/voices/{voice.code}/").sends("/take_up/", kind="help")
    officer.goes_to(f"/desk/review/voice/{voice.code}/").sends("/show/")
    officer.goes_to(f"/desk/topics/?voice={voice.code}")
    officer.sends(
        "/desk/topics/voices/", title="巷子里的灯谁来管", question="坏了谁修，多久修好？", voices=[voice.code]
    )
    topic = Consultation.objects.get()
    at_desk = f"/desk/consultations/{topic.code}/"
    officer.goes_to(at_desk).sends(
        "/open/", studio=world.studio.code, last_day=in_days(3), asked=[world.lamps.code]
    )

    member = visitor().signs_in("member")
    member.goes_to(f"/consultations/{topic.code}/").sends(
        "/post/", words="我去看过，是线老化。", suggestions="换线，不只换灯"
    )
    says_with_a_door_code(officer, visitor(size=PHONE, scripts=False), topic)
    for post in topic.posts.all():
        officer.goes_to(f"/desk/review/post/{post.code}/").sends("/show/")

    officer.goes_to(at_desk).sends(
        "/hold_meeting/", day=in_days(0), place="城关工作室", members=[world.member.key], others=5
    )
    officer.goes_to(at_desk).sends("/minute/", agreed="换线换灯", not_agreed="谁出电费")
    officer.goes_to(at_desk).sends(
        "/send/", words1="换线换灯，列一本账", department1=world.lamps.code, rests1="1,2"
    )
    advice = Recommendation.objects.get()

    handler = visitor().signs_in("handler")
    handler.goes_to(f"/handle/recommendations/{advice.code}/")
    handler.sends("/answer/", decision="adopt", reason="同意", measure="换 6 盏灯", promised_for=in_days(5))
    handler.goes_to(f"/handle/recommendations/{advice.code}/")
    handler.sends("/report_done/", words="都换好了", evidence=[photo()])

    resident.goes_to("/track/")
    resident.sends("/track/", code=code)
    resident.reads("单位说办完")
    resident.sends("/track/thread/judge/", verdict="solved", attitude="1")
    resident.reads("解决了")

    officer.goes_to(at_desk).sends("/result/", text="巷子里 6 盏灯都换了线，亮了。", evidence=[photo()])
    officer.goes_to(at_desk).sends("/publish/")
    resident.goes_to("/results/").reads("巷子里的灯谁来管")
    chores.everything()
    member.goes_to("/work/statement/").reads("+1.0")
    assert solved(world) == [n + 1 for n in solved_before]
    resident.goes_to("/data/990101/voices_confirmed_solved/").reads("巷口的路灯")
    verified()


@BOTH
def test_an_old_mans_word_is_taken_down_and_refused_with_a_next_owner(world, visitor, scripts):
    officer = visitor(scripts=scripts).signs_in("officer")
    officer.goes_to("/desk/record/").sends(
        "/desk/record/",
        studio=world.studio.code,
        channel="reception",
        words="判下来的官司执行不到，想请委员说句话。",
        consent=True,
    )
    code = officer.page.locator("[data-code]").first.get_attribute("data-code")
    voice = Voice.objects.get()
    assert (voice.channel, voice.consent, voice.recorded_by) == ("reception", True, world.officer.key)
    officer.goes_to(f"/desk/voices/{voice.code}/").sends(
        "/refuse/",
        why="court",
        owner="县人民法院诉讼服务中心",
        contact="12368",
        words="判了的案子由法院执行。",
    )
    old_man = visitor(size=PHONE, scripts=scripts).goes_to("/track/").sends("/track/", code=code)
    old_man.reads("县人民法院诉讼服务中心")
    old_man.reads("12368")
    chores.everything()
    assert figures.figure("voices_assisted", places.committee("990101")).counted == 1
    verified()


def says_with_a_door_code(officer, other, topic):
    """The officer prints a code; another resident enters it, without scripts, and says a piece."""
    officer.goes_to(f"/desk/consultations/{topic.code}/").sends("/codes/", number=1)
    code = "".join(officer.page.locator(".slip .c").first.inner_text().split())
    other.goes_to(f"/consultations/{topic.code}/enter/").sends("/enter/", code=code)
    other.goes_to(f"/consultations/{topic.code}/").sends(
        "/post/", words="晚上摔过人，快点修。", suggestions="先修学校墙外的"
    )


def solved(world):
    """What the county, the city and the province count."""
    chores.everything()
    return [
        figures.figure("voices_confirmed_solved", committee).counted or 0
        for committee in (world.county, world.city, world.province)
    ]
