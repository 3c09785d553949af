"""What is asked of places. Everybody may see them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from ..prepared import Prepared
from .models import Committee, Department, Level, LiaisonGroup, Sector, SpecialCommittee, Zone


def committees() -> QuerySet[Committee]:
    """The committees that stand today, from the top of the tree down."""
    return Committee.objects.filter(valid_until=None).select_related("parent").order_by("path")


def committee(code: str) -> Committee:
    """The standing committee with this six-digit code. Http404 if there is none."""
    found = committees().filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def at(path: str) -> Committee:
    """The committee at a path of the tree. Http404 if there is none."""
    for found in _at(path=path):
        return found
    raise Http404(path)


@Prepared
def _at(*, path: str) -> QuerySet[Committee]:
    return committees().filter(path=path)


def by_path(paths: set[str]) -> dict[str, Committee]:
    """The committees at these paths, in one query."""
    return {found.path: found for found in _by_path(paths=tuple(sorted(paths)))}


@Prepared
def _by_path(*, paths: tuple[str, ...]) -> QuerySet[Committee]:
    return committees().filter(path__in=paths)


def line(of: Committee) -> list[Committee]:
    """From the province down to the committee itself, for a crumb trail."""
    codes = of.path.strip("/").split("/")
    return list(committees().filter(code__in=codes))


def children(of: Committee) -> QuerySet[Committee]:
    return committees().filter(parent=of).order_by("code")


def counties(under: Committee) -> QuerySet[Committee]:
    """The standing county committees at or below one, in the order of the tree."""
    return committees().filter(level=Level.COUNTY, **below(under.path, "path"))


def provinces() -> QuerySet[Committee]:
    return committees().filter(level=Level.PROVINCE).order_by("code")


def below(path: str, field: str = "committee__path") -> dict[str, Any]:
    """Filter keywords for "this committee and all under it": one range of the index. `/` + 1 is `0`."""
    return {f"{field}__gte": path, f"{field}__lt": path[:-1] + "0"}


def up_from(path: str) -> list[str]:
    """The paths of a committee and of all above it, the highest first."""
    return [path[: at + 1] for at, letter in enumerate(path) if letter == "/" and at]


def handling_below(of: Committee) -> QuerySet[Committee]:
    """The committees under it that handle their matters on this platform."""
    found = committees().filter(records_since__isnull=False, **below(of.path, "path"))
    return found.exclude(pk=of.pk)


def keeps_records(of: Committee) -> bool:
    """Whether it, or a committee under it, handles its matters on this platform."""
    return Committee.objects.filter(records_since__isnull=False, **below(of.path, "path")).exists()


def departments(of: Committee) -> QuerySet[Department]:
    return Department.objects.filter(committee=of).order_by("name")


def department(code: str) -> Department:
    """Http404 if there is none."""
    found = Department.objects.select_related("committee").filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def sectors(of: Committee) -> QuerySet[Sector]:
    return Sector.objects.filter(committee=of).order_by("name")


def special_committees(of: Committee) -> QuerySet[SpecialCommittee]:
    return SpecialCommittee.objects.filter(committee=of).order_by("name")


def liaison_groups(of: Committee) -> QuerySet[LiaisonGroup]:
    return LiaisonGroup.objects.filter(committee=of).order_by("name")


def zones(of: Committee) -> list[Zone]:
    """The zones of a committee's towns, each with its town, in the towns' order."""
    return _zones(of=of.pk)


@Prepared
def _zones(*, of: int) -> QuerySet[Zone]:
    rows = Zone.objects.filter(group__committee_id=of).select_related("group")
    return rows.order_by("group__name", "name", "pk")
