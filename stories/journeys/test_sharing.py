"""A journey in a browser: a voice goes to a host and one beside it, both act, the resident says solved."""

from shangliang import chores
from shangliang.flow.voices.models import Voice

from ..visitor import PHONE, photo
from .ways import BROWSER, leaves_a_word, verified

pytestmark = BROWSER
OPINION = "田边那两根杆归农业农村局，本月底前移走。"


def test_a_voice_goes_to_a_host_and_one_beside_it(world, visitor):
    resident = visitor(size=PHONE)
    code = leaves_a_word(resident, world)
    voice = Voice.objects.get()
    officer = visitor().signs_in("officer")
    at_desk = f"/desk/voices/{voice.code}/"
    officer.goes_to(at_desk).sends("/take_up/", kind="help")
    officer.goes_to(at_desk).sends("/assign/", department=world.lamps.code, beside=[world.farms.code])

    resident.goes_to("/track/").sends("/track/", code=code)
    resident.reads("城管局主办，正在等农业农村局的会办意见")

    other = visitor(size=PHONE, scripts=False).signs_in("handler2")
    other.goes_to("/handle/").reads("会办意见")
    other.goes_to(f"/handle/voices/{voice.code}/").sends("/give_opinion/", words=OPINION)

    host = visitor().signs_in("handler")
    host.goes_to(f"/handle/voices/{voice.code}/").reads(OPINION)
    host.sends("/answer/", words="六盏灯都换了线，田边两根杆月底移走。")
    host.goes_to(f"/handle/voices/{voice.code}/").sends("/report_done/", words="都亮了。", uploads=[photo()])

    resident.goes_to("/track/thread/").reads("城管局说办完了")
    resident.sends("/track/thread/judge/", verdict="solved", attitude="1")
    resident.reads("解决了")
    assert OPINION not in resident.page.content(), "an opinion is for the host"
    chores.everything()
    assert Voice.objects.get().confirmed_on
    verified()
