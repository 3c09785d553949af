"""County outlines from GeoJSON to small SVG paths, drawn once by `manage.py draw_map`.

Borders that two counties share are simplified once and used by both: no gap, no overlap."""

import heapq
import math
from collections import defaultdict
from collections.abc import Callable
from typing import Any

WIDTH = 480
MARGIN = 4
LEAST_AREA = 0.8  # square pixels; less adds only weight, and at 0.5 two counties overlapped
Point = tuple[float, float]
Ring = list[Point]


def drawn(features: list[dict[str, Any]], area: float = LEAST_AREA, width: int = WIDTH) -> dict[str, Any]:
    """Paths, label points and the outlines of cities. Properties needed: code and city_code.

    ValueError if a county would vanish at this least area."""
    rings = [(feature["properties"]["code"], ring) for feature in features for ring in _rings(feature)]
    flat, height = _projection([point for _code, ring in rings for point in ring], width)
    city = {f["properties"]["code"]: f["properties"]["city_code"] for f in features}
    shapes, arcs = _simplified(rings, flat, area)
    if gone := {code for code, _ring in rings} - set(shapes):
        raise ValueError(f"{', '.join(sorted(gone))} vanished: use a smaller area")
    places = []
    for code in sorted(shapes):
        _room, x, y = label_point(max(shapes[code], key=len))
        places.append({"code": code, "d": path(shapes[code]), "x": round(x, 1), "y": round(y, 1)})
    edges = [line for line, codes in arcs if len({city[code] for code in codes}) > 1 or len(codes) == 1]
    return {
        "width": width,
        "height": height,
        "places": places,
        "edges": "".join(path([e], False) for e in edges),
    }


def _rings(feature: dict[str, Any]) -> list[Ring]:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [[(x, y) for x, y, *_more in ring] for polygon in polygons for ring in polygon]


def _projection(points: list[Point], width: int) -> tuple[Callable[[Point], Point], int]:
    """Equirectangular at the middle latitude: true enough for one province."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (width - 2 * MARGIN) / ((east - west) * squeeze)

    def flat(p: Point) -> Point:
        return MARGIN + (p[0] - west) * squeeze * scale, MARGIN + (north - p[1]) * scale

    return flat, round((north - south) * scale + 2 * MARGIN)


def _simplified(
    rings: list[tuple[str, Ring]], flat: Callable[[Point], Point], area: float
) -> tuple[dict[str, list[Ring]], list[tuple[Ring, set[str]]]]:
    """Each county's rings, and every arc between knots with the counties at its sides."""
    knots = _knots(ring for _code, ring in rings)
    done: dict[tuple[Point, ...], Ring] = {}
    beside: dict[tuple[Point, ...], set[str]] = defaultdict(set)
    shapes: dict[str, list[Ring]] = defaultdict(list)
    for code, ring in rings:
        out: Ring = []
        for arc in _arcs(ring[:-1], knots):
            key = tuple(min(arc, arc[::-1]))
            if key not in done:
                done[key] = _visvalingam([flat(p) for p in key], area)
            beside[key].add(code)
            out += (done[key] if key == tuple(arc) else done[key][::-1])[:-1]
        if len(out) >= 3:
            shapes[code].append(out)
    return shapes, [(done[key], codes) for key, codes in beside.items()]


def _knots(rings: Any) -> set[Point]:
    """Where three counties meet, or two at the outer edge."""
    near: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        loop = ring[:-1]
        for i, point in enumerate(loop):
            near[point] |= {loop[i - 1], loop[(i + 1) % len(loop)]}
    return {point for point, others in near.items() if len(others) > 2}


def _arcs(loop: Ring, knots: set[Point]) -> list[Ring]:
    at = [i for i, p in enumerate(loop) if p in knots] or [loop.index(min(loop))]  # an island: its smallest
    ends = [*at[1:], at[0] + len(loop)]
    return [[loop[i % len(loop)] for i in range(a, b + 1)] for a, b in zip(at, ends, strict=True)]


def _visvalingam(line: Ring, least: float) -> Ring:
    """Drop the point that spans the smallest triangle until all are larger than `least`."""
    if len(line) < 3:
        return line
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))

    def triangle(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = line[before[i]], line[i], line[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    size = {i: triangle(i) for i in range(1, len(line) - 1)}
    heap = [(span, i) for i, span in size.items()]
    heapq.heapify(heap)
    closed, left = line[0] == line[-1], len(line)
    while heap:
        span, i = heapq.heappop(heap)
        if size.get(i) != span:
            continue
        if span >= least or (closed and left <= 4):
            break
        del size[i]
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            if j in size:
                size[j] = max(triangle(j), span)
                heapq.heappush(heap, (size[j], j))
    return [p for i, p in enumerate(line) if i in size or i in (0, len(line) - 1)]


def path(rings: list[Ring], closed: bool = True) -> str:
    """Relative, whole tenths, blanks dropped: about half the bytes of absolute pairs."""
    return "".join(_ring_path(ring, "z" if closed else "") for ring in rings)


def _ring_path(ring: Ring, end: str) -> str:
    x, y = (round(c * 10) for c in ring[0])
    text, steps = f"M{_tenths(x)} {_tenths(y)}l", ""
    for px, py in ring[1:]:
        nx, ny = round(px * 10), round(py * 10)
        for step in (nx - x, ny - y):
            word = _tenths(step)
            last = steps.rsplit("-", 1)[-1].rsplit(" ", 1)[-1]
            joined = not steps or word[0] == "-" or (word[0] == "." and "." in last)
            steps += word if joined else f" {word}"
        x, y = nx, ny
    return text + steps + end


def _tenths(n: int) -> str:
    whole, rest = divmod(abs(n), 10)
    return ("-" if n < 0 else "") + (str(whole) if whole or not rest else "") + (f".{rest}" if rest else "")


def label_point(ring: Ring, steps: int = 24) -> tuple[float, float, float]:
    """The middle of the widest free place, so that a name never stands outside its county: room, x, y."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    trials = (
        (min(xs) + width * i / steps, min(ys) + height * j / steps)
        for i in range(1, steps)
        for j in range(1, steps)
    )
    return max((_room(ring, x, y), x, y) for x, y in trials)


def _room(ring: Ring, x: float, y: float) -> float:
    """How far the edge is, height counted more because names are wide; below 0 outside."""
    inside, near = False, 1e9
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / (((bx - ax) ** 2 + (by - ay) ** 2) or 1)
        t = max(0.0, min(1.0, along))
        near = min(near, math.hypot(x - ax - t * (bx - ax), (y - ay - t * (by - ay)) / 0.55))
    return near if inside else -near
