"""The link by which an account is opened: once, seven days, and only while its post is held."""

from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people import actions, links, queries
from shangliang.base.people.models import Invitation, Person, Post, Role

NEW = {"password": "a long new word 7", "again": "a long new word 7"}


def invited(world, username="xin", **more):
    post, code = actions.invite(
        world.county, "officer", username, "新干事", by=world.officer, form_key=f"key of {username}", **more
    )
    return post, code


def door(code):
    return reverse("account_link", args=[code])


def test_a_link_opens_the_account_once(world):
    post, code = invited(world)
    browser = Client()
    page = browser.get(door(code)).content.decode()
    assert "新干事" in page
    assert "政协干部" in page
    assert browser.post(door(code), {"password": "short", "again": "short"}).status_code == 422
    assert browser.post(door(code), NEW).status_code == 302
    assert browser.post(door(code), NEW).status_code == 404
    said = {"login": "xin", "password": NEW["password"]}
    assert browser.post(reverse("account_login"), said).status_code == 302
    assert browser.get(reverse("desk:queue")).status_code == 200
    names = set(Act.objects.filter(subject=post.holder.subject).values_list("name", flat=True))
    assert {"post_granted", "account_invited", "account_opened"} <= names


def holds(code):
    return Client().get(door(code)).status_code == 200


def test_no_table_holds_the_code(world):
    _post, code = invited(world)
    ours = [model for model in apps.get_models() if model._meta.model_name != "personkey"]
    kept = [row for model in ours for row in model._base_manager.values_list()]
    assert not [row for row in kept if any(code in str(cell) for cell in row)]
    assert [
        row for row in kept if any(links.digest(code) == cell for cell in row)
    ]  # the look finds what is there


@pytest.mark.parametrize("why", ["used", "withdrawn", "replaced", "post ended", "closed"])
def test_a_link_that_does_not_hold_says_the_same_whatever_the_reason(world, why):
    post, code = invited(world)
    assert holds(code)
    if why == "used":
        actions.use_link(code, NEW["password"])
    elif why == "withdrawn":
        actions.withdraw(post.holder, by=world.officer)
        assert queries.actor_of(post.holder).posts == ()  # nobody came: the post goes with the link
    elif why == "replaced":
        assert holds(actions.send_link(post.holder, by=world.officer, form_key="another"))
    elif why == "post ended":
        actions.end_post(Post.objects.get(pk=post.pk), by=world.officer.key)
    else:
        actions.close_account(post.holder, by=world.officer)
    unknown = Client().get(door("0" * 20))
    answer = Client().get(door(code))
    assert answer.status_code == unknown.status_code == 404
    assert answer.content.replace(code.encode(), b"") == unknown.content.replace(b"0" * 20, b"")
    assert actions.use_link(code, NEW["password"]) is None


def test_a_link_lasts_seven_days(world):
    _post, code = invited(world)
    with clock.at(clock.now() + timedelta(days=7, seconds=-5)):
        assert holds(code)
    with clock.at(clock.now() + timedelta(days=7, seconds=5)):
        assert not holds(code)


def test_a_link_without_end_would_be_found_out(world, monkeypatch):
    """The planted fault: seven days become seven years."""
    monkeypatch.setattr(actions.accounts, "LINK_DAYS", 7 * 365)
    _post, code = invited(world)
    with clock.at(clock.now() + timedelta(days=7, seconds=5)):
        assert holds(code)


def test_two_at_one_moment_set_one_password(world, monkeypatch):
    post, code = invited(world)
    stale = queries.open_link(code)
    assert actions.use_link(code, NEW["password"]) == post.holder
    monkeypatch.setattr(queries, "open_link", lambda code: stale)  # the second looked before the first wrote
    assert actions.use_link(code, "a thief's long word") is None
    assert Person.objects.get(username="xin").check_password(NEW["password"])


def test_a_new_link_ends_every_session_and_lets_the_old_password_stand_until_used(world):
    browser = Client()
    said = {"login": "handler", "password": "long enough 1"}
    browser.post(reverse("account_login"), said)
    code = actions.send_link(world.accounts["handler"], by=world.officer, form_key="lost")
    assert browser.get(reverse("departments:list")).status_code == 200
    actions.use_link(code, NEW["password"])
    assert browser.get(reverse("departments:list")).status_code == 302


def test_only_the_officers_of_every_post_keep_an_account(world):
    member = world.accounts["member2"]
    for stranger in (world.neighbour_officer, world.city_officer, world.leader, world.operator):
        with pytest.raises(PermissionDenied):
            actions.send_link(member, by=stranger, form_key="k")
    actions.grant(member, Role.MEMBER, committee=world.province, by="clock")
    for one_of_two in (world.officer, world.province_officer):
        for deed in (actions.close_account, actions.reset_second_factor):
            with pytest.raises(PermissionDenied):
                deed(member, by=one_of_two)
    with pytest.raises(PermissionDenied):
        actions.close_account(world.accounts["officer"], by=world.officer)
    with pytest.raises(PermissionDenied):
        actions.invite(world.county, "operator", "x-y", "某", by=world.officer, form_key="k")
    with pytest.raises(PermissionDenied):
        actions.invite(world.neighbour, "officer", "x-y", "某", by=world.officer, form_key="k")


def test_a_link_and_a_reset_never_come_from_one_hand(world, monkeypatch):
    from allauth.mfa.models import Authenticator

    person = world.accounts["handler"]
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    actions.send_link(person, by=world.officer, form_key="k")
    with pytest.raises(ValidationError, match="一个人的手"):
        actions.reset_second_factor(person, by=world.officer)
    with clock.at(clock.now() + timedelta(days=8)):
        actions.reset_second_factor(person, by=world.officer)
        with pytest.raises(ValidationError, match="一个人的手"):
            actions.send_link(person, by=world.officer, form_key="k2")


def test_somebody_with_an_account_gets_the_post_alone_and_no_other_takes_their_name(world):
    post, code = actions.invite(
        world.county, "leader", "member2", "何委员", by=world.officer, form_key="k", email="thief@example.cn"
    )
    assert (post.holder, code) == (world.accounts["member2"], "")
    assert Person.objects.get(username="member2").email == ""
    with pytest.raises(ValidationError, match="登录名有人在用"):
        actions.invite(world.county, "leader", "member2", "别人", by=world.officer, form_key="k")


def test_the_database_keeps_one_open_link_for_each(world):
    _post, code = invited(world)
    again = Invitation.objects.get(digest=links.digest(code))
    again.pk, again.digest = None, "other"
    with pytest.raises(ValidationError):
        again.validate_constraints()


@pytest.mark.django_db(transaction=False)
def test_the_link_is_mailed_where_mail_is_on(world, settings, mailoutbox, django_capture_on_commit_callbacks):
    settings.MAIL = True
    with django_capture_on_commit_callbacks(execute=True):
        _post, code = invited(world, email="xin@example.cn", address=lambda code: f"https://a.example/{code}")
    [letter] = mailoutbox
    assert letter.to == ["xin@example.cn"]
    assert f"https://a.example/{code}" in letter.body
    settings.MAIL = False
    with django_capture_on_commit_callbacks(execute=True):
        invited(world, "ling", email="ling@example.cn")
    assert len(mailoutbox) == 1


def test_tries_of_links_are_counted(world):
    browser = Client()
    answers = {browser.post(door(f"{n:020}"), NEW).status_code for n in range(20)}
    assert answers == {404}
    assert browser.post(door("0" * 20), NEW).status_code == 429


def test_a_link_taken_back_takes_no_post_from_who_came_in_before(world):
    post, code = invited(world)
    actions.use_link(code, NEW["password"])
    Person.objects.filter(pk=post.holder.pk).update(last_login=clock.now())
    now = clock.now()
    Invitation.objects.create(person=post.holder, post=post, digest="d", by="clock", made_at=now, until=now)
    actions.withdraw(Person.objects.get(pk=post.holder.pk), by=world.officer)
    assert [held.role for held in queries.actor_of(post.holder).posts] == ["officer"]


def test_a_password_set_otherwise_ends_the_open_link(world):
    person, old = world.accounts["handler"], "long enough 1"
    browser = Client()
    browser.post(reverse("account_login"), {"login": "handler", "password": old})
    code = actions.send_link(person, by=world.officer, form_key="changed")
    said = {"oldpassword": old, "password1": NEW["password"], "password2": NEW["password"]}
    door_of_change = reverse("account_change_password")
    assert browser.post(door_of_change, said | {"oldpassword": "wrong"}).status_code == 200
    assert holds(code)
    assert browser.post(door_of_change, said).status_code == 302
    assert not holds(code)

    code = actions.send_link(person, by=world.officer, form_key="forgotten")
    person.refresh_from_db()
    where = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    stranger = Client()
    form = stranger.get(reverse("account_reset_password_from_key", kwargs=where))
    assert form.status_code == 302
    said = {"password1": "quite another word 8", "password2": "quite another word 8"}
    assert holds(code)
    assert stranger.post(form["Location"], said).status_code == 302
    assert Person.objects.get(pk=person.pk).check_password("quite another word 8")
    assert not holds(code)


def test_an_address_that_another_account_has_is_refused(world):
    invited(world, email="xin@example.cn")
    with pytest.raises(ValidationError, match="别的账号") as fault:
        invited(world, "ling", email="Xin@Example.cn")
    assert set(fault.value.message_dict) == {"email"}
    assert not Person.objects.filter(username="ling").exists()


def test_who_has_no_password_yet_gets_a_link_with_a_second_post_only_from_who_keeps_the_account(world):
    post, first = invited(world)
    again = {"by": world.officer, "form_key": "second"}
    _second, code = actions.invite(world.county, "leader", "xin", "新干事", **again)
    assert holds(code)
    assert not holds(first)
    far = {"by": world.neighbour_officer, "form_key": "far"}
    assert actions.invite(world.neighbour, "leader", "xin", "新干事", **far)[1] == ""
    assert holds(code)
    Person.objects.filter(pk=post.holder.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="停用了"):
        actions.invite(world.county, "auditor", "xin", "新干事", by=world.officer, form_key="third")


def test_an_erased_account_is_not_opened_again(world):
    post, _code = invited(world)
    actions.close_account(post.holder, by=world.officer)
    assert post.holder in queries.closed_at(world.county.path)
    actions.end_post(post, by=world.officer.key)
    actions.erase_account(Person.objects.get(pk=post.holder.pk), by=world.officer)
    assert queries.closed_at(world.county.path) == []
    with pytest.raises(ValidationError, match="注销了"):
        actions.reopen_account(Person.objects.get(pk=post.holder.pk), by=world.officer)


def test_a_post_whose_term_is_over_is_not_taken_back(world):
    post, _code = invited(world)
    day = clock.today()
    Post.objects.filter(pk=post.pk).update(since=day - timedelta(days=9), until=day - timedelta(days=1))
    with pytest.raises(ValidationError, match="已经结束"):
        actions.take_back(post.pk, by=world.officer)
    Post.objects.filter(pk=post.pk).update(until=day)
    assert actions.take_back(post.pk, by=world.officer).ended_at


def test_who_signs_in_by_the_office_alone_has_no_password_to_change(world, client):
    person = world.accounts["officer"]
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    answer = client.get(reverse("account_change_password"))
    assert answer.status_code == 409
    assert "这里没有密码可改" in answer.text
