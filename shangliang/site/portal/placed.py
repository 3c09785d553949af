"""Where studios are: what a real province's offices reported, on its map; the sample province in tiles."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee
from shangliang.flow.studios import queries as studios
from shangliang.ledgers.figures import maps
from shangliang.ledgers.figures import queries as figures
from shangliang.ledgers.figures.models import ReportedTotal

STUDIOS = ("studios", "studios_sector", "studios_specialty", "studios_area")
REAL, SAMPLE = "610000", "990000"


@dataclass(frozen=True)
class Placed:
    """`picture`: the map, None where none may be shown; `totals`: the same numbers; `tiles`: 示例省."""

    picture: maps.Picture | None
    totals: list[ReportedTotal]
    tiles: maps.Picture | None


def placed() -> Placed:
    """Reported totals of studios in the real province, and studios online in the invented one."""
    here = places.committees().filter(code=REAL).first()
    counties = {c.code: c for c in _under(here)} if here else {}
    totals = figures.standing().filter(metric__in=STUDIOS, committee__code__in=counties)
    picture = maps.of_reported("studios", here, counties) if here else None
    return Placed(picture, list(totals), _tiles())


def _tiles() -> maps.Picture | None:
    sample = places.committees().filter(code=SAMPLE).first()
    if sample is None:
        return None
    counties = [c for c in _under(sample) if c.level == "county"]
    online = studios.counts_by_path([c.path for c in counties])
    return maps.of_lines(_("示例省已上线的工作室"), "studio", [(c, online[c.path]) for c in counties])


def _under(province: Committee) -> QuerySet[Committee]:
    return places.committees().filter(**places.below(province.path, "path"))
