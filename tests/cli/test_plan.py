#!/usr/bin/python3
"""plan-geojson from outside; every division is looked at by a checker of its own."""

import json
import random
import unittest

import plan_checker
import xq_cli
import xq_tap
from xq_cli import DONE, FAILED, REJECTED, USAGE


def feature(name, x, y, width, height, **properties):
    return {"type": "Feature", "id": name, "properties": properties,
            "geometry": {"type": "Polygon", "coordinates": [[[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]]]}}


def collection(features, crs=None):
    document = {"type": "FeatureCollection", "features": features}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    return document


def grid(columns, rows, seed, crs=False, **more):
    """A town of blocks: with a crs in metres, else in degrees."""
    dice = random.Random(seed)
    x0, y0, side = (488000, 3363000, 100) if crs else (114.88, 30.39, 0.001)
    features = []
    for row in range(rows):
        for column in range(columns):
            properties = {"h": dice.choice([0, 12, 40, 90, 130, 210, 350, 500, 900]), "m": dice.choice([0, 0, 1, 1, 2, 3, 4, 9]),
                          "c": f"社区{row // 3}-{column // 4}"}
            properties.update({key: value(row, column) for key, value in more.items()})
            features.append(feature(f"{row}/{column}", x0 + column * side, y0 + row * side, side, side, **properties))
    return collection(features, "urn:ogc:def:crs:EPSG::4547" if crs else None)


class Plan(xq_cli.Case):
    def write(self, name, document):
        path = self.folder / name
        path.write_text(document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    def plan(self, document, *arguments):
        path = self.write("in.geojson", document)
        out = self.folder / "out.geojson"
        result = self.json("plan-geojson", path, out, "--households", "h", "--members", "m", *arguments)
        written = json.loads(out.read_text(encoding="utf-8"))
        ids = [str(one["id"]) for one in document["features"]]
        self.assertEqual(result["assignment"], {name: one["properties"]["unit"] for name, one in zip(ids, written["features"])})
        for before, after in zip(document["features"], written["features"]):
            del after["properties"]["unit"]
            self.assertEqual(before, after, "nothing but the unit is changed")
        self.assertEqual(document.get("crs"), written.get("crs"))
        return result

    def accept(self, document, result, pairs=None, **rules):
        """The checker finds nothing wrong, and the same figures."""
        features = document["features"]
        ids = [one["id"] for one in features]
        if pairs is None:
            pairs = plan_checker.neighbours(features, ids)
        wrong, units, unable = plan_checker.check(features, ids, result["assignment"], pairs, households="h", members="m", **rules)
        self.assertEqual([], wrong)
        self.assertEqual([], result["violations"])
        self.assertEqual((units, unable), (result["units"], result["unable"]))
        self.assertEqual(units, result["score"]["units"])

    def test_floor_only(self):
        for seed in range(3):
            document = grid(10, 8, seed, crs=seed == 1)
            result = self.plan(document)
            self.accept(document, result)
            self.assertEqual("optimal", result["status"])
            self.assertEqual(10 * 7 + 9 * 8, result["edges"])

    def test_community_and_ceiling(self):
        for seed in range(3):
            document = grid(12, 9, seed)
            result = self.plan(document, "--community", "c", "--households-max", "1000", "--min-members", "4")
            self.accept(document, result, community="c", most=1000, floor=4)
            self.assertGreaterEqual(len(result["parts"]), 9)

    def test_agrees_with_force(self):
        for seed in range(12):
            dice = random.Random(seed)
            most = dice.choice([0, 400, 900])
            floor = dice.choice([2, 3, 5])
            document = grid(*dice.choice([(4, 2), (3, 3), (9, 1), (5, 2)]), seed)
            ids = [one["id"] for one in document["features"]]
            pairs = plan_checker.neighbours(document["features"], ids)
            result = self.plan(document, "--min-members", floor, *(["--households-max", most] if most else []))
            self.accept(document, result, most=most, floor=floor)
            best = plan_checker.best_by_force(ids, pairs, {one["id"]: one["properties"] for one in document["features"]},
                                              households="h", members="m", floor=floor, most=most)
            self.assertEqual("optimal", result["status"])
            self.assertEqual(best, (result["unable"], result["units"]), f"seed {seed}")

    def test_barrier(self):
        document = grid(8, 6, 5)
        barrier = ((114.87, 30.393), (114.9, 30.393))
        for kind, coordinates in (("LineString", [list(p) for p in barrier]),
                                  ("Polygon", [[[114.87, 30.39299], [114.9, 30.39299], [114.9, 30.39301], [114.87, 30.39301], [114.87, 30.39299]]])):
            path = self.write("river.geojson", {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}})
            result = self.plan(document, "--barriers", path)
            ids = [one["id"] for one in document["features"]]
            pairs = plan_checker.neighbours(document["features"], ids)
            cut = plan_checker.cut_by(document["features"], ids, pairs, barrier)
            self.assertEqual(8, len(cut))
            self.assertEqual(len(cut), result["edges_cut"])
            self.accept(document, result, pairs - cut)
            self.assertEqual(2, len(result["parts"]))

    def test_edges_replace_shapes(self):
        document = grid(6, 2, 8)
        for one in document["features"][:3]:
            one["geometry"] = None
        # Two rows, each a chain.
        lines = ["a,b"] + [f"{row}/{column},{row}/{column + 1}" for row in range(2) for column in range(5)]
        edges = self.write("edges.csv", "\n".join(lines) + "\n")
        result = self.plan(document, "--edges", edges)
        self.accept(document, result, {frozenset(line.split(",")) for line in lines[1:]})
        self.assertEqual(10, result["edges"])

    def test_adjacency(self):
        document = grid(3, 3, 1, crs=True)
        # Streets of 12 m between the blocks.
        for i, one in enumerate(document["features"]):
            one["geometry"]["coordinates"] = [[[x + 12 * (i % 3), y + 12 * (i // 3)] for x, y in one["geometry"]["coordinates"][0]]]
        self.assertEqual(0, self.plan(document)["edges"])
        self.assertEqual(12, self.plan(document, "--adjacency", "gap:12.5")["edges"])
        self.assertEqual(20, self.plan(document, "--adjacency", "gap:18")["edges"])
        self.assertEqual(20, self.plan(grid(3, 3, 1), "--adjacency", "queen")["edges"])
        self.assertEqual(12, self.plan(grid(3, 3, 1), "--adjacency", "rook")["edges"])

    def test_points(self):
        document = grid(5, 5, 2)
        for one in document["features"]:
            one["geometry"] = {"type": "Point", "coordinates": one["geometry"]["coordinates"][0][0]}
        result = self.plan(document)
        self.assertEqual(40, result["edges"])
        links = {frozenset((f"{r}/{c}", f"{r + dr}/{c + dc}")) for r in range(5) for c in range(5) for dr, dc in ((0, 1), (1, 0))
                 if r + dr < 5 and c + dc < 5}
        self.accept(document, result, links)
        self.assertIsNone(result["score"]["compactness"])

    def test_locks(self):
        document = grid(8, 6, 3, lock=lambda row, column: f"锁{row // 2}" if column in (3, 4) and row in (0, 1) else None)
        result = self.plan(document, "--locked", "lock")
        self.accept(document, result, locked="lock")

    def test_other_goals(self):
        document = grid(6, 5, 4, now=lambda row, column: f"单元{column // 2}-{row}")
        same = self.plan(document, "--objective", "least-change", "--current", "now", "--min-members", "0")
        self.accept(document, same, floor=0)
        self.assertEqual(0, same["score"]["moved_households"])
        groups = {}
        for one in document["features"]:
            groups.setdefault(one["properties"]["now"], set()).add(same["assignment"][one["id"]])
        self.assertEqual({1}, {len(units) for units in groups.values()})
        balanced = self.plan(document, "--objective", "balance", "--target", "800", "--households-max", "1200")
        self.accept(document, balanced, most=1200)
        self.assertEqual(800, balanced["score"]["target_households"])

    def test_same_seed_same_plan(self):
        document = grid(14, 12, 9)
        arguments = ("--households-max", "700", "--min-members", "6", "--seed", "5")
        first, second = self.plan(document, *arguments), self.plan(document, *arguments)
        self.accept(document, first, most=700, floor=6)
        self.assertTrue(first["deterministic"])
        self.assertEqual(first["assignment"], second["assignment"])
        if first["status"] == "feasible":
            self.assertGreaterEqual(first["bound"], first["units"])

    def test_mended_shapes_are_told(self):
        document = grid(4, 4, 1, crs=True)
        x, y = document["features"][5]["geometry"]["coordinates"][0][0]
        document["features"][5]["geometry"]["coordinates"][0] = [[x, y], [x + 100, y], [x, y + 100], [x + 100, y + 100], [x, y]]
        document["features"][6]["geometry"]["coordinates"][0].insert(1, document["features"][6]["geometry"]["coordinates"][0][0])
        notes = self.plan(document)["notes"]
        self.assertEqual({("1/1", "mended"), ("1/2", "points")}, {(note["id"], note["kind"]) for note in notes})
        for note in notes:
            self.assertRegex(note["message"], r"[\u4e00-\u9fff]")

    def test_explanations(self):
        document = grid(5, 4, 1)
        for one in document["features"]:
            one["properties"]["m"] = 5
        # Cut off in a corner, alone and short.
        document["features"][0]["properties"]["m"] = 1
        barrier = self.write("wall.geojson", {"type": "LineString", "coordinates": [[114.87, 30.391], [114.881, 30.391], [114.881, 30.38]]})
        result = self.plan(document, "--barriers", barrier, "--explain")
        self.assertEqual(1, result["unable"])
        self.assertEqual([["0/0"]], [one["base"] for one in result["explanations"]])
        self.assertIn("0/0", result["explanations"][0]["message"])
        self.assertNotIn("explanations", self.plan(document, "--barriers", barrier))

    def test_text(self):
        path = self.write("in.geojson", grid(4, 4, 1))
        text = self.done("plan-geojson", path, self.folder / "o.geojson", "--households", "h", "--members", "m")
        self.assertRegex(text, r"[\u4e00-\u9fff]")
        self.assertNotRegex(text, r"[a-z]{4}")

    def test_refusals(self):
        good = grid(3, 3, 1)
        path = self.write("in.geojson", good)
        out = self.folder / "refused.geojson"

        def refuse(status, code, document, *arguments, words=""):
            source = path if document is None else self.write("bad.geojson", document)
            self.refused(status, code, "plan-geojson", source, out, *arguments, words=words)
            self.assertFalse(out.exists())

        usual = ("--households", "h", "--members", "m")
        refuse(USAGE, "usage", None, "--members", "m")
        refuse(USAGE, "usage", None, *usual, "--adjacency", "bishop")
        refuse(USAGE, "usage", None, *usual, "--adjacency", "gap:x")
        refuse(USAGE, "usage", None, *usual, "--objective", "beauty")
        refuse(USAGE, "usage", None, *usual, "--objective", "least-change")
        refuse(USAGE, "usage", None, *usual, "--households-min", "9", "--households-max", "3")
        refuse(REJECTED, "invalid", None, "--households", "h", "--members", "党员", words="党员")
        refuse(REJECTED, "invalid", "{\"type\":", *usual)
        refuse(REJECTED, "invalid", "{\"type\":\"FeatureCollection\",\"features\":[]}", *usual)
        for change, words in ((lambda one: one["properties"].update(h=-3), "1/1"),
                              (lambda one: one["properties"].update(m="三"), "1/1"),
                              (lambda one: one["properties"].pop("m"), "1/1"),
                              (lambda one: one.update(geometry=None), "1/1"),
                              (lambda one: one.update(id="0/0"), "0/0"),
                              (lambda one: one["geometry"].update(coordinates=[[[1, 2]]]), "1/1"),
                              (lambda one: one["geometry"].update(coordinates=[[[488000, 3363000], [488100, 3363000], [488100, 3363100], [488000, 3363000]]]), "1/1"),
                              (lambda one: one["geometry"].update(type="Blob"), "1/1")):
            document = grid(3, 3, 1)
            change(document["features"][4])
            refuse(REJECTED, "invalid", document, *usual, words=words)
        refuse(REJECTED, "invalid", None, *usual, "--edges", self.write("e.csv", "0/0,0/1\n0/0,9/9\n"), words="9/9")
        refuse(REJECTED, "invalid", None, *usual, "--barriers", self.write("b.geojson", {"type": "Point", "coordinates": [114.9, 30.4]}))
        refuse(FAILED, "io", None, *usual, "--edges", self.folder / "none.csv")

    def test_help_names_every_option(self):
        text = self.done("plan-geojson", "--help")
        for option in ("households", "members", "community", "id", "min-members", "households-min", "households-max", "objective", "edges",
                       "adjacency", "barriers", "seed", "seconds"):
            self.assertIn(f"--{option}", text)


class Checker(unittest.TestCase):
    """The checker itself can say no."""

    def setUp(self):
        self.features = grid(3, 1, 0)["features"]
        for one, (h, m) in zip(self.features, ((100, 3), (200, 0), (300, 3))):
            one["properties"].update(h=h, m=m, c="甲")
        self.ids = [one["id"] for one in self.features]
        self.pairs = plan_checker.neighbours(self.features, self.ids)

    def look(self, units, **rules):
        return plan_checker.check(self.features, self.ids, dict(zip(self.ids, units)), self.pairs, households="h", members="m", **rules)

    def test_it_sees(self):
        self.assertEqual(2, len(self.pairs))
        self.assertEqual(([], 2, 0), self.look([1, 1, 2]))
        self.assertEqual(1, self.look([1, 2, 3])[2])
        self.assertTrue(self.look([1, 2, 1])[0])
        self.assertTrue(self.look([1, 1, 2], most=250)[0])
        self.assertTrue(self.look([1, 1, 2], least=301)[0])
        self.features[1]["properties"]["c"] = "乙"
        self.assertTrue(self.look([1, 1, 2], community="c")[0])
        self.features[1]["properties"]["l"] = "锁"
        self.assertTrue(self.look([1, 1, 2], locked="l")[0])


if __name__ == "__main__":
    xq_tap.main()
