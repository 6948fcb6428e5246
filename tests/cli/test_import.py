#!/usr/bin/python3
"""import: maps into a document, compared first, as one step; files that are wrong change nothing."""

import json
import sqlite3

import xq_cli
import xq_tap


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def feature(name, geometry):
    return {"type": "Feature", "properties": {"名称": name, "面积": 1}, "geometry": geometry}


class Import(xq_cli.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls.folder / "a.xiaoqu"
        result = xq_cli.run("sample", "hongan", cls.document)
        if result.returncode != 0:
            raise AssertionError(result.stderr)

    def bases(self, n):
        """Names that only one base unit has, with their shapes."""
        with sqlite3.connect(f"file:{self.document}?mode=ro", uri=True) as database:
            rows = database.execute("SELECT name, shape FROM base_unit WHERE name IN (SELECT name FROM base_unit GROUP BY name"
                                    " HAVING count (*) = 1) ORDER BY id LIMIT ?", (n,)).fetchall()
        return [(name, json.loads(shape)) for name, shape in rows]

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def stored(self):
        with sqlite3.connect(f"file:{self.document}?mode=ro", uri=True) as database:
            return database.execute("SELECT id, shape FROM base_unit ORDER BY id").fetchall(), \
                database.execute("SELECT id, shape FROM map_way ORDER BY id").fetchall()

    def unchanged(self, status, *arguments):
        before = self.stored()
        result = xq_cli.run("import", self.document, *arguments)
        self.assertEqual(status, result.returncode, result.stderr)
        self.assertEqual("", result.stdout)
        self.assertEqual(before, self.stored())
        return result.stderr

    def test_boundaries(self):
        bases = self.bases(6)
        moved = json.loads(json.dumps(bases[0][1]))
        for ring in moved["coordinates"]:
            for point in ring:
                point[0] = round(point[0] + 0.0001, 7)
        path = self.write("map.geojson", collection(feature(bases[0][0], moved), *(feature(*base) for base in bases[1:5]),
                                                    feature("没有这个小区", bases[5][1])))
        before = self.stored()
        dry = self.json("import", self.document, path, "--dry-run")
        self.assertEqual(before, self.stored())
        self.assertTrue(dry["dry_run"])
        found = dry["inputs"][0]
        self.assertEqual(("map.geojson", "boundaries", "名称", 1, 4, 1, 0),
                         tuple(found[key] for key in ("file", "kind", "field", "written", "same", "unmatched", "refused")))
        self.assertEqual(["changed"] + ["same"] * 4 + ["unknown"], [line["state"] for line in found["features"]])
        self.assertEqual(301 - 5, len(found["missing"]))
        steps = len(self.json("history", self.document)["entries"])
        self.done("import", self.document, path)
        entries = self.json("history", self.document)["entries"]
        self.assertEqual(steps + 1, len(entries))
        self.assertIn("map.geojson", entries[0]["label"])
        shapes = {row: json.loads(shape) for row, shape in self.stored()[0]}
        self.assertEqual(1, sum(shape == moved for shape in shapes.values()))
        self.assertTrue(self.json("verify", self.document)["ok"])
        self.done("undo", self.document)
        self.assertEqual(before, self.stored())

    def test_several_files_are_one_step(self):
        name, _ = self.bases(1)[0]
        before = self.stored()
        ways = self.write("ways.geojson", collection({"type": "Feature", "properties": {"name": "新河", "waterway": "river"}, "geometry": {
            "type": "LineString", "coordinates": [[114.6, 31.28], [114.63, 31.3]]}}))
        points = self.write("points.csv", f"名称,经度,纬度\n{name},114.62,31.29\n")
        self.done("import", self.document, ways, "--kind", "ways")
        self.assertEqual(len(before[1]) + 1, len(self.stored()[1]))
        self.done("undo", self.document)
        # A base unit with an outline keeps it.
        kept = self.json("import", self.document, points)["inputs"][0]
        self.assertEqual(("points", 0, ["kept"]), (kept["kind"], kept["written"], [line["state"] for line in kept["features"]]))
        self.assertEqual(before, self.stored())

    def test_wrong_files_change_nothing(self):
        (name, shape), (other, _) = self.bases(2)
        good = self.write("good.geojson", collection(feature(name, {"type": "Point", "coordinates": [114.6, 31.2]})))
        empty = self.write("empty.geojson", collection(feature(other, shape), feature(name, None)))
        self.assertIn(name, self.unchanged(xq_cli.REJECTED, empty))
        cut = self.write("cut.geojson", '{"type":"FeatureCollection","features":[')
        self.assertIn("cut.geojson", self.unchanged(xq_cli.REJECTED, good, cut))
        metres = self.write("metres.geojson", collection(feature(name, {"type": "Point", "coordinates": [500000, 3400000]})))
        self.assertIn("EPSG:4490", self.unchanged(xq_cli.REJECTED, metres))
        strange = self.write("strange.geojson", collection(feature("别处", shape)))
        self.unchanged(xq_cli.REJECTED, strange)
        self.unchanged(xq_cli.REJECTED, empty, "--id", "没有这个字段")
        self.unchanged(xq_cli.FAILED, self.folder / "nothing.geojson")
        self.unchanged(xq_cli.USAGE, good, "--kind", "maps")
        self.unchanged(xq_cli.USAGE)


if __name__ == "__main__":
    xq_tap.main()
