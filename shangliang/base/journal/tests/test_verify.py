"""Somebody with the database's password: each thing they could do is named, or stands in docs/security.md."""

import pytest
from django.db import connection

from shangliang.base.journal import merkle, queries
from shangliang.base.journal.checkpoints import checkpoint, public_keys
from shangliang.base.journal.models import Act, Node, Seal, Unsealed
from shangliang.base.journal.seal import _node, canonical, seal
from shangliang.base.journal.verify import WORDS, _Walk, verify

from .conftest import drop_guards

ACTS = 600  # two full nodes and a tail of 88


def sql(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def kept(six_hundred, db):
    """600 sealed acts, two more in the queue, triggers dropped by somebody who owns the database."""
    six_hundred.lay()
    drop_guards()


@pytest.fixture
def told(kept):
    """The same, with a checkpoint told outside."""
    checkpoint()


def act_of(number):
    return Seal.objects.get(number=number).act_id


def found():
    report = verify()
    assert not report.ok
    assert not report.root
    assert report.broken in WORDS
    return report.broken, report.where


def reckon(*numbers):
    """Forge the leaves of these seals so that they fit their acts again."""
    for row in Seal.objects.filter(number__in=numbers):
        leaf = merkle.leaf_hash(canonical(Act.objects.get(pk=row.act_id)))
        Seal.objects.filter(pk=row.pk).update(leaf=leaf)


def reckon_nodes():
    for node in Node.objects.all():
        Node.objects.filter(pk=node.pk).update(hash=_node(node.level, node.index))


def swap(a, b):
    """Two acts change places, each with its leaf."""
    one, two = Seal.objects.get(number=a), Seal.objects.get(number=b)
    Seal.objects.filter(number=a).update(act_id=-1)
    Seal.objects.filter(number=b).update(act_id=one.act_id, leaf=bytes(one.leaf), at=one.at)
    Seal.objects.filter(number=a).update(act_id=two.act_id, leaf=bytes(two.leaf), at=two.at)


def test_an_untouched_journal_holds(told):
    report = verify()
    assert report.ok
    assert (report.acts, report.sealed, report.unsealed, report.checkpoint) == (602, 600, 2, 600)
    assert report.root == merkle.root(600).hex()
    assert (report.broken, report.where) == ("", "")


def test_an_empty_journal_holds(db):
    report = verify()
    assert report.ok
    assert report.root == merkle.EMPTY.hex()


@pytest.mark.parametrize("column", ["name", "subject", "thread", "committee", "studio", '"by"'])
def test_an_altered_act_is_named(kept, column):
    act = act_of(300)
    sql(f"UPDATE journal_act SET {column} = 'x' WHERE id = {act}")
    assert found() == ("act_altered", f"act {act}, seal 300")


def test_an_act_altered_in_its_facts_or_time_is_named(told):
    act = act_of(590)
    sql(f"""UPDATE journal_act SET at = '2020-01-01 00:00:00+00:00' WHERE id = {act}""")
    assert found() == ("act_altered", f"act {act}, seal 590")
    earlier = act_of(5)
    sql(f"""UPDATE journal_act SET facts = '{{"turn": 6}}' WHERE id = {earlier}""")
    assert found() == ("act_altered", f"act {earlier}, seal 5")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("rubbish", ["", "2020-13-45", "soon"])
def test_an_act_made_unreadable_is_named(kept, rubbish):
    sql(f"UPDATE journal_act SET at = '{rubbish}' WHERE id = {act_of(7)}")
    assert found() == ("act_altered", f"act {act_of(7)}, seal 7")


@pytest.mark.skipif("connection.vendor != 'sqlite'")
@pytest.mark.parametrize("change", ["leaf = 'x'", "leaf = 5", "at = 'soon'", "at = '2020-13-45'"])
def test_a_seal_made_unreadable_is_named(told, change):
    act = act_of(7)
    sql(f"UPDATE journal_seal SET {change} WHERE number = 7")
    assert found() == ("seal_altered", f"act {act}, seal 7")


def test_an_act_altered_in_the_tail_without_checkpoint_can_be_the_seal_as_well(kept):
    sql(f"UPDATE journal_act SET subject = 'lamp:x' WHERE id = {act_of(590)}")
    assert found() == ("act_or_seal_altered", f"act {act_of(590)}, seal 590")


@pytest.mark.parametrize("number", [0, 255, 300, 599])
def test_a_removed_act_is_named(kept, number):
    act = act_of(number)
    sql(f"DELETE FROM journal_act WHERE id = {act}")
    assert found() == ("act_removed", f"act {act}, seal {number}")


@pytest.mark.parametrize("number", [0, 255, 300, 598])
def test_a_removed_seal_is_named(kept, number):
    sql(f"DELETE FROM journal_seal WHERE number = {number}")
    assert found() == ("seal_removed", f"seal {number}")


def test_of_two_broken_places_the_first_is_named(kept):
    sql("DELETE FROM journal_seal WHERE number = 40", f"DELETE FROM journal_act WHERE id = {act_of(30)}")
    assert found()[1].endswith("seal 30")
    sql(f"UPDATE journal_act SET subject = 'lamp:x' WHERE id = {act_of(20)}")
    assert found()[1].endswith("seal 20")


def test_a_removed_act_whose_followers_moved_up_is_named(kept):
    act = act_of(300)
    sql("DELETE FROM journal_seal WHERE number = 300", f"DELETE FROM journal_act WHERE id = {act}")
    for number in range(301, ACTS):
        sql(f"UPDATE journal_seal SET number = {number - 1} WHERE number = {number}")
    assert found() == ("seals_or_node_altered", "seals 256–511, level 1, node 1")


@pytest.mark.parametrize("number", [300, 590])
def test_an_altered_leaf_is_named(told, number):
    Seal.objects.filter(number=number).update(leaf=merkle.leaf_hash(b"forged"))
    assert found() == ("seal_altered", f"act {act_of(number)}, seal {number}")


def test_an_altered_time_of_a_seal_is_named(kept):
    sql("UPDATE journal_seal SET at = '2020-01-01 00:00:00+00:00' WHERE number = 300")
    assert found() == ("seal_altered", f"act {act_of(300)}, seal 300")


def test_acts_that_changed_places_are_named(kept):
    one, two = act_of(3), act_of(8)
    for number, act in [(3, -1), (8, one), (3, two)]:
        Seal.objects.filter(number=number).update(act_id=act)
    assert found()[0] == "seals_reordered"


def test_seals_that_changed_places_with_their_acts_are_named(kept):
    swap(3, 8)
    assert found() == ("seals_or_node_altered", "seals 0–255, level 1, node 0")
    swap(3, 8)
    assert verify().ok


def test_with_a_checkpoint_it_is_known_that_it_was_the_seals(told):
    swap(3, 8)
    assert found() == ("seals_replaced", "seals 0–255, level 1, node 0")
    swap(3, 8)
    swap(590, 591)
    broken, where = found()
    assert (broken, where[:11]) == ("checkpoint_differs", "seals 0–599")


def test_an_act_altered_with_its_leaf_is_named(told):
    sql(f"UPDATE journal_act SET subject = 'lamp:x' WHERE id = {act_of(300)}")
    reckon(300)
    assert found() == ("seals_replaced", "seals 256–511, level 1, node 1")


def test_a_node_is_altered_removed_or_added(told):
    first = Node.objects.get(level=1, index=0)
    Node.objects.filter(pk=first.pk).update(hash=b"\0" * 32)
    assert found() == ("node_altered", "seals 0–255, level 1, node 0")
    Node.objects.filter(pk=first.pk).update(hash=bytes(first.hash))
    added = Node.objects.create(level=1, index=2, hash=b"\0" * 32)
    assert found()[0] == "node_added"
    added.delete()
    first.delete()
    assert found() == ("node_removed", "level 1, node 0")


def test_history_reckoned_anew_is_told_by_the_checkpoint(told):
    sql(f"UPDATE journal_act SET subject = 'lamp:x' WHERE id = {act_of(300)}")
    reckon(300)
    reckon_nodes()
    broken, where = found()
    assert (broken, where[:11]) == ("checkpoint_differs", "seals 0–599")


def test_between_two_checkpoints_the_place_is_narrow(kept, write):
    checkpoint()
    seal()
    checkpoint()
    swap(600, 601)
    broken, where = found()
    assert (broken, where[:13]) == ("checkpoint_differs", "seals 600–601")


def test_without_checkpoint_it_is_not_seen(kept, settings):
    """What verify cannot see, as docs/security.md says."""
    sql(f"UPDATE journal_act SET subject = 'lamp:x' WHERE id = {act_of(300)}")
    reckon(300)
    reckon_nodes()
    assert verify().ok
    assert verify().checkpoint == 0


def test_a_cut_tail_is_told_by_the_checkpoint(told):
    tail = list(Seal.objects.filter(number__gte=590).values_list("act_id", flat=True))
    Seal.objects.filter(number__gte=590).delete()
    Act.objects.filter(pk__in=tail).delete()
    broken, where = found()
    assert (broken, where[:13]) == ("tail_removed", "seals 590–599")


def test_what_is_sealed_and_told_meanwhile_is_no_false_alarm(told, write):
    walk = _Walk(public_keys())
    write(300)
    seal()
    checkpoint()
    walk.through()
    assert walk.agreed == 600
    assert verify().checkpoint == 902


def test_a_tail_without_its_seals_is_named(kept):
    act = act_of(599)
    Seal.objects.filter(number=599).delete()
    assert found() == ("act_unsealed", f"act {act}")


def test_an_act_slipped_in_is_named(kept):
    act = Act.objects.last()
    act.pk = None
    act.save()
    assert found() == ("act_unsealed", f"act {act.pk}")


def test_a_seal_outside_the_row_hides_no_act(kept):
    act = Act.objects.last()
    act.pk = None
    act.save()
    Seal.objects.create(number=-1, act_id=act.pk, at=act.at, leaf=merkle.leaf_hash(canonical(act)))
    assert found() == ("seal_added", "seal -1")


def test_the_queue_is_checked_both_ways(kept):
    waiting = Unsealed.objects.first()
    sealed = act_of(0)
    Unsealed.objects.create(act_id=sealed, at=waiting.at)
    assert found() == ("queue_of_sealed", f"act {sealed}")
    Unsealed.objects.filter(act_id=sealed).delete()
    Unsealed.objects.filter(act_id=waiting.act_id).delete()
    assert found() == ("act_unsealed", f"act {waiting.act_id}")
    Unsealed.objects.create(act_id=waiting.act_id, at=waiting.at)
    Act.objects.filter(pk=waiting.act_id).delete()
    assert found() == ("queue_without_act", f"act {waiting.act_id}")


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_an_act_sealed_twice_is_named_even_without_its_constraint(kept):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'journal_seal'::regclass AND contype = 'u'"
        )
        [(constraint,)] = cursor.fetchall()
    sql(f"ALTER TABLE journal_seal DROP CONSTRAINT {constraint}")
    act = Act.objects.get(pk=act_of(0))
    Seal.objects.create(number=600, act_id=act.pk, at=act.at, leaf=merkle.leaf_hash(canonical(act)))
    assert found() == ("seal_repeated", f"act {act.pk}")
    sql("ALTER TABLE journal_seal DROP CONSTRAINT journal_seal_pkey")
    Seal.objects.bulk_create([Seal(number=5, act_id=10**9, at=act.at, leaf=b"\0" * 32)])
    assert found() == ("seal_repeated", "seal 5")


def test_a_file_of_checkpoints_that_goes_backwards_is_named(told, write, settings):
    line = settings.CHECKPOINTS.read_text()
    seal()
    checkpoint()
    settings.CHECKPOINTS.write_text(settings.CHECKPOINTS.read_text() + line)
    assert found() == ("checkpoint_disordered", "size 600 after 602")


def test_memory_and_queries_grow_by_blocks_not_by_acts(kept, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        verify()
    assert queries.size() == ACTS
