"""Finding a studio, and its page."""

from django.urls import reverse


def test_a_resident_finds_the_studio_by_two_characters(world, client):
    page = client.get(reverse("portal:studios"), {"place": "草坪"})
    assert page.status_code == 200
    assert "城关委员工作室" in page.text
    assert "农业界委员工作室" not in page.text


def test_an_address_with_nonsense_in_it_gets_a_page(world, client):
    for before in ("9" * 30, "9" * 5000, "²", "-1"):
        assert client.get(reverse("portal:studios"), {"place": "清溪", "before": before}).status_code == 200
    for address in ("/s/%00/", "/studios/?under=a%00b", "/files/%00/small/"):
        assert client.get(address).status_code == 404


def test_step_by_step(world, client):
    for query in (
        {},
        {"under": "990000"},
        {"under": "990101"},
        {"under": "990101", "today": "1"},
        {"place": "没有的地方"},
    ):
        assert client.get(reverse("portal:studios"), query).status_code == 200


def test_page(world, client):
    page = client.get(reverse("portal:studio", args=[world.studio.code]))
    assert page.status_code == 200
    assert "段委员" in page.text
