"""Checks a division without the program's help: its own geometry, its own rules, nothing shared with the engine.

Works on polygons of a few corners; neighbours are found by cutting shared edges exactly, which is slow and plain.
"""

import collections
import math


def rings(geometry):
    if geometry["type"] == "Polygon":
        return geometry["coordinates"]
    return [ring for polygon in geometry["coordinates"] for ring in polygon]


def segments(geometry):
    return [(tuple(a[:2]), tuple(b[:2])) for ring in rings(geometry) for a, b in zip(ring, ring[1:]) if a != b]


def shared(a, b, near):
    """Length that two straight stretches have in common."""
    (x0, y0), (x1, y1) = a
    length = math.hypot(x1 - x0, y1 - y0)
    dx, dy = (x1 - x0) / length, (y1 - y0) / length
    along = []
    for x, y in b:
        if abs((x - x0) * dy - (y - y0) * dx) > near:
            return 0
        along.append((x - x0) * dx + (y - y0) * dy)
    return max(0, min(max(along), length) - max(min(along), 0))


def neighbours(features, ids, near=1e-9):
    """Pairs of ids that share a border."""
    boxes, lines = {}, {}
    for feature, name in zip(features, ids):
        lines[name] = segments(feature["geometry"])
        xs = [x for line in lines[name] for x, _ in line]
        ys = [y for line in lines[name] for _, y in line]
        boxes[name] = min(xs), min(ys), max(xs), max(ys)
    pairs = set()
    order = sorted(ids, key=lambda name: boxes[name][0])
    for i, a in enumerate(order):
        for b in order[i + 1:]:
            if boxes[b][0] > boxes[a][2] + near:
                break
            if boxes[b][1] > boxes[a][3] + near or boxes[a][1] > boxes[b][3] + near:
                continue
            if sum(shared(s, t, near) for s in lines[a] for t in lines[b]) > 1e-3 * max(boxes[a][2] - boxes[a][0], near):
                pairs.add(frozenset((a, b)))
    return pairs


def crosses(p, q, a, b):
    def side(o, u, v):
        return (u[0] - o[0]) * (v[1] - o[1]) - (u[1] - o[1]) * (v[0] - o[0])
    return side(p, q, a) * side(p, q, b) < 0 and side(a, b, p) * side(a, b, q) < 0


def centre(feature):
    points = rings(feature["geometry"])[0][:-1]
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def cut_by(features, ids, pairs, barrier):
    """Pairs whose middles are on two sides of a straight barrier from end to end of the map."""
    middle = {name: centre(feature) for feature, name in zip(features, ids)}
    return {pair for pair in pairs if crosses(*(middle[name] for name in sorted(pair)), *barrier)}


def pieces(members, links):
    """How many pieces the members fall into."""
    left, count = set(members), 0
    while left:
        count += 1
        stack = [left.pop()]
        while stack:
            for other in links[stack.pop()] & left:
                left.discard(other)
                stack.append(other)
    return count


def check(features, ids, assignment, pairs, *, households, members, floor=3, least=0, most=0, community=None, locked=None,
          property_area=None, most_base=0, together=(), apart=()):
    """What is wrong with a division, a sentence each. Units below the floor are not wrong; they are returned as unable."""
    wrong = []
    if set(assignment) != set(ids):
        wrong.append("not every base unit is assigned once")
        return wrong, 0, 0
    links = collections.defaultdict(set)
    for pair in pairs:
        a, b = pair
        links[a].add(b)
        links[b].add(a)
    properties = {name: feature["properties"] for feature, name in zip(features, ids)}
    units = collections.defaultdict(list)
    for name, unit in assignment.items():
        if not isinstance(unit, int):
            wrong.append(f"{name} is in no unit")
        units[unit].append(name)
    unable = 0
    for unit, inside in units.items():
        total = sum(properties[name][households] for name in inside)
        if pieces(inside, links) != 1:
            wrong.append(f"unit {unit} is in {pieces(inside, links)} pieces")
        if sum(properties[name][members] for name in inside) < floor:
            unable += 1
        if total < least:
            wrong.append(f"unit {unit} has {total} households")
        if most and total > most and len(inside) > 1:
            wrong.append(f"unit {unit} has {total} households")
        if most_base and len(inside) > most_base:
            wrong.append(f"unit {unit} has {len(inside)} base units")
        if community and len({properties[name][community] for name in inside}) > 1:
            wrong.append(f"unit {unit} is in several communities")
        if locked:
            groups = {properties[name].get(locked) for name in inside}
            if groups != {None} and len(groups) > 1:
                wrong.append(f"unit {unit} mixes a locked group with others")
    if locked:
        for group in {p.get(locked) for p in properties.values()} - {None}:
            if len({assignment[name] for name in ids if properties[name].get(locked) == group}) != 1:
                wrong.append(f"locked group {group} is split")
    if property_area:
        for area in {p.get(property_area) for p in properties.values()} - {None}:
            if len({assignment[name] for name in ids if properties[name].get(property_area) == area}) != 1:
                wrong.append(f"property area {area} is split")
    wrong += [f"{a} and {b} are not together" for a, b in together if assignment[a] != assignment[b]]
    wrong += [f"{a} and {b} are not apart" for a, b in apart if assignment[a] == assignment[b]]
    return wrong, len(units), unable


def best_by_force(ids, pairs, properties, *, households, members, floor, most):
    """(fewest unable, most units) of all divisions of a handful of base units into connected groups."""
    links = collections.defaultdict(set)
    for pair in pairs:
        a, b = pair
        links[a].add(b)
        links[b].add(a)
    order = list(ids)
    n = len(order)
    bit = {name: 1 << i for i, name in enumerate(order)}
    near = [sum(bit[other] for other in links[name]) for name in order]

    def connected(mask):
        reached, frontier = mask & -mask, mask & -mask
        while frontier:
            i = frontier.bit_length() - 1
            frontier &= ~(1 << i)
            new = near[i] & mask & ~reached
            reached |= new
            frontier |= new
        return reached == mask

    legal = {}
    for mask in range(1, 1 << n):
        inside = [order[i] for i in range(n) if mask >> i & 1]
        total = sum(properties[name][households] for name in inside)
        if (most == 0 or total <= most or len(inside) == 1) and connected(mask):
            legal[mask] = sum(properties[name][members] for name in inside) < floor
    best = {0: (0, 0)}
    for mask in range(1, 1 << n):
        low, sub, found = mask & -mask, mask, None
        while sub:
            if sub & low and sub in legal and mask ^ sub in best:
                unable, units = best[mask ^ sub]
                value = (unable + legal[sub], units - 1)
                found = value if found is None or value < found else found
            sub = (sub - 1) & mask
        if found is not None:
            best[mask] = found
    unable, units = best[(1 << n) - 1]
    return unable, -units
