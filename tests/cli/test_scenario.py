#!/usr/bin/python3
"""plan: the whole way of a re-draw by command line, on the sample district; every division is looked at by a checker of its own."""

import csv
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
import unittest

import plan_checker
import xq_cli
import xq_tap
from xq_cli import DONE, FAILED, REJECTED, USAGE

ORIGINAL, PRESENT = "原划分 936", "现行划分 545"
STREET = "凤凰街道"


def drain(terminal, seen):
    """Reads until the other end is closed."""
    try:
        while data := os.read(terminal, 1000):
            seen += data
    except OSError:
        pass
    os.close(terminal)


class Plans(xq_cli.Case):
    """What the document says of itself, read without the program. All work on copies of one sample."""

    sample = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if Plans.sample is None:
            folder = tempfile.TemporaryDirectory(prefix="xiaoqu-cli-")
            unittest.addModuleCleanup(folder.cleanup)
            Plans.sample = pathlib.Path(folder.name) / "鄂城区.xiaoqu"
            made = xq_cli.run("sample", "echeng", Plans.sample)
            if made.returncode != 0:
                raise AssertionError(made.stderr)

    def setUp(self):
        self.document = self.folder / f"{self.id().split('.')[-1]}.xiaoqu"
        shutil.copy(self.sample, self.document)

    def plan(self, action, *arguments, **options):
        return self.json("plan", self.document, action, *arguments, **options)

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.document}?mode=ro", uri=True) as connection:
            return connection.execute(sql, values).fetchall()

    def ground(self, plan):
        """Base units as features for the checker, and the pairs that one may go between."""
        shown = self.plan("show", plan)
        features = [{"properties": dict(base)} for base in shown["ground"]["base"]]
        ids = [base["id"] for base in shown["ground"]["base"]]
        edges = shown["ground"]["edges"]
        return shown, features, ids, edges

    def open_pairs(self, edges, barriers=True):
        return {frozenset((edge["a"], edge["b"])) for edge in edges
                if not edge["cut"] and (edge["link"] or not (barriers and edge["barrier"]))}

    def accept(self, plan, result, *, barriers=True, community="community", **rules):
        """The checker finds nothing wrong with a plan of @plan's ground, and the same figures."""
        _, features, ids, edges = self.ground(plan)
        wrong, units, unable = plan_checker.check(features, ids, result["assignment"], self.open_pairs(edges, barriers),
                                                  households="households", members="members", community=community,
                                                  property_area="property_area", **rules)
        self.assertEqual([], wrong)
        self.assertEqual([], result["violations"])
        self.assertEqual((units, unable), (result["units"], result["unable"]))


class Ground(Plans):
    def test_the_ground_is_the_documents(self):
        listed = {plan["name"]: plan for plan in self.json("plan", self.document, "list")["plans"]}
        self.assertEqual({ORIGINAL: 936, PRESENT: 545}, {name: plan["units"] for name, plan in listed.items()})
        shown, features, ids, edges = self.ground(ORIGINAL)
        self.assertEqual(936, len(ids))
        self.assertEqual(sorted(ids), sorted(str(row[0]) for row in self.rows("SELECT id FROM base_unit")))
        holders = dict(self.rows("SELECT id, unit FROM base_unit"))
        for one in features:
            self.assertEqual(str(holders[int(one["properties"]["id"])]), one["properties"]["unit"])
        # Parts of a unit add up to the unit.
        per_unit = {}
        for one in features:
            per_unit[one["properties"]["unit"]] = per_unit.get(one["properties"]["unit"], 0) + one["properties"]["households"]
        declared = self.rows("SELECT unit, households FROM compound WHERE unit IN (SELECT unit FROM base_unit)")
        self.assertEqual(545, len(declared))
        for unit, households in declared:
            self.assertEqual(households, per_unit[str(unit)])
        # No pair twice, none with itself; neighbours by border are neighbours.
        pairs = [frozenset((edge["a"], edge["b"])) for edge in edges]
        self.assertEqual(len(pairs), len(set(pairs)))
        self.assertEqual({2}, set(map(len, pairs)))

    def test_shapes_make_neighbours(self):
        community = self.rows("SELECT u.parent FROM base_unit b JOIN unit u ON u.id = b.unit GROUP BY u.parent "
                              "ORDER BY count(*) DESC, u.parent LIMIT 1")[0][0]
        name = self.rows("SELECT name FROM unit WHERE id = ?", community)[0][0]
        self.plan("new", "--name", "社区", "--unit", name)
        _, _, ids, edges = self.ground("社区")
        shapes = {str(row[0]): {"geometry": json.loads(row[1])} for row in self.rows("SELECT id, shape FROM base_unit WHERE shape IS NOT NULL")}
        borders = plan_checker.neighbours([shapes[name] for name in ids], ids)
        self.assertGreater(len(borders), 8)
        self.assertLessEqual(borders, {frozenset((edge["a"], edge["b"])) for edge in edges})

    def test_scores_agree(self):
        shown, features, ids, edges = self.ground(PRESENT)
        score = self.plan("score", PRESENT)["score"]
        groups = {}
        for one in features:
            unit = groups.setdefault(shown["assignment"][one["properties"]["id"]], [0, 0])
            unit[0] += one["properties"]["households"]
            unit[1] += one["properties"]["members"]
        households = sorted(unit[0] for unit in groups.values())
        self.assertEqual(545, score["units"])
        self.assertEqual(540, sum(unit[1] >= 3 for unit in groups.values()))
        self.assertEqual((540, 5), (score["able"], score["unable"]))
        self.assertEqual((households[0], households[272], households[-1]),
                         (score["households_least"], score["households_median"], score["households_most"]))
        inside = self.open_pairs(edges)
        cut = sum(shown["assignment"][a] != shown["assignment"][b] for a, b in map(tuple, inside))
        self.assertEqual(cut, score["cut_edges"])
        # Every unit of the present division is a plan unit with exactly its base units.
        holders = {}
        for one in features:
            holders.setdefault(one["properties"]["unit"], set()).add(one["properties"]["id"])
        self.assertEqual({frozenset(base) for base in holders.values()}, {frozenset(unit["base"]) for unit in shown["plan_units"]})


class Proposals(Plans):
    def test_the_936_original_compounds(self):
        """Within communities, most units with three members each: proven, in seconds."""
        begun = time.monotonic()
        result = self.plan("propose", ORIGINAL, "--households-min", "0", "--households-max", "0", "--save", "自动划分")
        print(f"# 936 base units: {result['units']} units in {result['seconds']:.1f} s, {time.monotonic() - begun:.1f} s with reading")
        self.assertEqual("optimal", result["status"])
        self.assertLessEqual({"unable", "goal"}, set(result["proven"]))
        self.assertEqual((0, result["value"], 0.0), (result["unable"], result["bound"], result["gap"]))
        self.assertLess(result["seconds"], 60)
        self.accept(ORIGINAL, result, floor=3)
        kept = self.plan("score", "自动划分")
        self.assertEqual(result["score"], kept["score"])
        self.assertEqual(result["assignment"], kept["assignment"])
        # Communities are planned apart: what each comes to adds up.
        self.assertEqual(result["units"], sum(part["units"] for part in result["parts"]))
        (step,) = self.json("history", self.document, "--limit", "1")["entries"]
        self.assertIn("自动划分", step["label"])
        self.done("undo", self.document)
        self.assertEqual({ORIGINAL, PRESENT}, {plan["name"] for plan in self.plan("list")["plans"]})

    def test_every_rule(self):
        self.plan("new", "--name", "底", "--unit", STREET)
        shown, _, ids, edges = self.ground("底")
        locked = shown["plan_units"][3]
        lock = {base: "锁" for base in locked["base"]}
        pair = next(edge for edge in edges if not edge["barrier"] and not {edge["a"], edge["b"]} & set(lock))
        other = next(edge for edge in edges if not edge["barrier"] and not {edge["a"], edge["b"]} & (set(lock) | {pair["a"], pair["b"]}))
        result = self.plan("propose", "底", "--min-members", "4", "--households-min", "90", "--households-max", "1200", "--max-base", "6",
                           "--lock", str(locked["number"]), "--together", f"{pair['a']}={pair['b']}", "--apart", f"{other['a']}={other['b']}",
                           "--seconds", "4")
        _, features, ids, edges = self.ground("底")
        for one in features:
            one["properties"]["locked"] = lock.get(one["properties"]["id"])
        wrong, units, unable = plan_checker.check(
            features, ids, result["assignment"], self.open_pairs(edges), households="households", members="members", floor=4, least=90,
            most=1200, most_base=6, community="community", property_area="property_area", locked="locked",
            together=[(pair["a"], pair["b"])], apart=[(other["a"], other["b"])])
        broken = {violation["kind"] for violation in result["violations"]}
        if result["status"] in ("optimal", "feasible"):
            self.assertEqual(([], set()), (wrong, broken))
        else:
            self.assertTrue(wrong)
        self.assertEqual((units, unable), (result["units"], result["unable"]))

    def test_wider_than_a_community(self):
        self.plan("new", "--name", "底", "--unit", STREET)
        within = self.plan("propose", "底", "--min-members", "10")
        across = self.plan("propose", "底", "--min-members", "10", "--containment", "street")
        self.accept("底", within, floor=10)
        self.accept("底", across, floor=10, community="street")
        self.assertGreaterEqual((-across["unable"], across["units"]), (-within["unable"], within["units"]))
        self.assertEqual("street", across["rules"]["containment"])
        anywhere = self.plan("propose", "底", "--min-members", "10", "--containment", "none", "--ignore", "barriers")
        self.accept("底", anywhere, floor=10, community=None, barriers=False)
        self.assertGreaterEqual((-anywhere["unable"], anywhere["units"]), (-across["unable"], across["units"]))

    def test_goals(self):
        self.plan("new", "--name", "底", "--unit", STREET)
        same = self.plan("propose", "底", "--objective", "least-change", "--min-members", "0")
        self.assertEqual(0, same["score"]["moved_households"])
        balanced = self.plan("propose", "底", "--objective", "balance", "--target", "500", "--seconds", "1")
        self.assertEqual(500, balanced["score"]["target_households"])
        self.accept("底", balanced, floor=3)
        self.assertEqual("balance", balanced["rules"]["goal"])
        few = self.plan("propose", "底", "--min-members", "12", "--contact-units", "0", "--explain")
        self.assertEqual(bool(few["unable"]), bool(few["violations"]))
        self.assertEqual(0, few["rules"]["contact_units"])

    def test_ctrl_c_gives_the_best_so_far(self):
        """On a terminal one sees how far it is; what was found when it is stopped is kept."""
        terminal, end = pty.openpty()
        process = subprocess.Popen([xq_cli.CLI, "plan", str(self.document), "propose", ORIGINAL, "--containment", "none", "--min-members", "12",
                                    "--households-max", "900", "--seconds", "120", "--save", "停下", "--json"],
                                   stdout=subprocess.PIPE, stderr=end, stdin=subprocess.DEVNULL, text=True)
        os.close(end)
        seen = bytearray()
        # Something has been found.
        while not re.search(rb"%[^0-9\r]*[1-9]", seen):
            seen += os.read(terminal, 1000)
        process.send_signal(signal.SIGINT)
        # Else a full terminal would hold it up.
        reader = threading.Thread(target=drain, args=(terminal, seen))
        reader.start()
        out, _ = process.communicate(timeout=120)
        reader.join()
        self.assertEqual(DONE, process.returncode, seen.decode(errors="replace"))
        result = json.loads(out)
        self.assertTrue(result["stopped"])
        self.assertFalse(result["deterministic"])
        self.assertIn("停下", {plan["name"] for plan in self.plan("list")["plans"]})
        self.assertEqual(set(result["assignment"]), {str(row[0]) for row in self.rows("SELECT id FROM base_unit")})


class Work(Plans):
    def test_compare(self):
        self.plan("propose", ORIGINAL, "--save", "自动")
        compared = self.plan("compare", ORIGINAL, PRESENT, "自动")
        self.assertEqual([936, 545], compared["metrics"]["units"][:2])
        self.assertEqual([(ORIGINAL, PRESENT), (ORIGINAL, "自动"), (PRESENT, "自动")],
                         [(one["one"], one["other"]) for one in compared["differences"]])
        shown = {name: self.plan("show", name) for name in (ORIGINAL, PRESENT)}
        units = {name: {frozenset(unit["base"]) for unit in plan["plan_units"]} for name, plan in shown.items()}
        first = compared["differences"][0]
        self.assertEqual(len(units[ORIGINAL] & units[PRESENT]), first["same_units"])
        self.assertEqual(936 - first["same_units"], len(first["changes"]))
        self.assertTrue(0 < first["overlap"] < 1)
        for k in range(3):
            self.assertEqual(compared["metrics"]["units"][k], sum(bin["count"][k] for bin in compared["sizes"]))
        same = self.plan("compare", PRESENT, "today")
        self.assertEqual((1.0, 545, []), (same["differences"][0]["overlap"], same["differences"][0]["same_units"], same["differences"][0]["changes"]))
        self.assertIn(PRESENT, self.done("plan", self.document, "compare", PRESENT, "自动"))

    def test_explain(self):
        shown = self.plan("show", PRESENT)
        unable = [unit for unit in shown["plan_units"] if not unit["able"]]
        self.assertEqual(5, len(unable))
        explained = self.plan("explain", PRESENT)["explanations"]
        about = {base for one in explained for base in one["base"]}
        for unit in unable:
            self.assertTrue(about & set(unit["base"]), unit["name"])
        one = self.plan("explain", PRESENT, str(unable[0]["number"]))["explanations"]
        self.assertTrue(one)
        self.assertTrue(all(set(each["base"]) & set(unable[0]["base"]) for each in one))
        able = next(unit for unit in shown["plan_units"] if unit["able"] and unit["members"] > 20 and unit["households"] < 700 and len(unit["base"]) == 1)
        self.assertEqual([], self.plan("explain", PRESENT, str(able["number"]))["explanations"])
        self.refused(REJECTED, "not-found", "plan", self.document, "explain", PRESENT, "没有这个小区")

    def test_files_of_who_is_where(self):
        out = self.folder / "who.csv"
        self.plan("propose", "today", "--unit", STREET, "--min-members", "5", "--save", "甲")
        self.plan("export", "甲", out)
        self.plan("new", "--name", "乙", "--unit", STREET, "--from", out)
        same = self.plan("compare", "甲", "乙")["differences"][0]
        self.assertEqual((1.0, 0), (same["overlap"], same["differs"]))
        with open(out, encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        shown = self.plan("show", "甲")
        self.assertEqual({(base, str(unit["number"])) for unit in shown["plan_units"] for base in unit["base"]},
                         {tuple(line[:2]) for line in lines[1:]})
        drawn = self.folder / "who.geojson"
        self.plan("export", "甲", drawn)
        features = json.loads(drawn.read_text(encoding="utf-8"))["features"]
        self.assertEqual(len(lines) - 1 + len(shown["plan_units"]), len(features), "base units, then units")
        copied = self.plan("new", "--name", "丙", "--from", "甲", "--stage", "consultation", "--decider", "区政府常务会议")
        self.assertEqual(("consultation", "区政府常务会议", "copy"), (copied["stage"], copied["decider"], copied["source"]))
        self.assertEqual(shown["score"], copied["score"])
        bad = self.folder / "bad.csv"
        bad.write_text("base,unit\n没有的小区,1\n", encoding="utf-8")
        error = self.refused(REJECTED, "invalid", "plan", self.document, "new", "--name", "丁", "--unit", STREET, "--from", bad)
        self.assertIn("没有的小区", error["message"])
        self.assertEqual(str(bad), error["where"])
        self.plan("delete", "丙")
        self.assertNotIn("丙", {plan["name"] for plan in self.plan("list")["plans"]})
        self.done("undo", self.document)
        self.assertIn("丙", {plan["name"] for plan in self.plan("list")["plans"]})

    def test_pictures(self):
        for name, start in (("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a.pdf", b"%PDF")):
            path = self.folder / name
            self.assertTrue(self.plan("export", PRESENT, path, *(["--kind", "map"] if name == "a.pdf" else []))["generated"])
            self.assertTrue(path.read_bytes().startswith(start))
        wide = self.folder / "wide.png"
        self.plan("export", PRESENT, wide, "--size", "900x700", "--layer", "coverage", "--dark")
        data = wide.read_bytes()
        self.assertEqual((900, 700), (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")))
        text = subprocess.run(["pdftotext", self.folder / "a.pdf", "-"], capture_output=True, text=True, check=True).stdout
        self.assertIn(PRESENT, text)
        self.assertIn("不作为行政区划界线依据", re.sub(r"\s", "", text))
        fonts = subprocess.run(["pdffonts", self.folder / "a.pdf"], capture_output=True, text=True, check=True).stdout
        self.assertNotRegex(fonts, r"CJKjp|JP")

    def test_put_into_force(self):
        self.plan("propose", "today", "--unit", STREET, "--households-min", "100", "--save", "生效方案")
        before = self.plan("score", "today")["units"]
        past = self.json("indicators", self.document, "--period", "2024Q3", "--by", "street", "--division", "then")
        size = os.stat(self.document).st_mtime_ns
        preview = self.plan("apply", "生效方案", "--date", "2024-11-20", "--dry-run")
        self.assertTrue(preview["preview"])
        self.assertEqual(size, os.stat(self.document).st_mtime_ns, "a preview writes nothing")
        self.assertGreater(preview["closed"], 0)
        self.assertEqual(preview["before"] - preview["closed"] + preview["new"], preview["after"])
        for flow in preview["flows"]:
            self.assertTrue(0 < flow["numerator"] <= flow["denominator"])
        steps = len(self.json("history", self.document)["entries"])
        applied = self.plan("apply", "生效方案", "--date", "2024-11-20", "--decider", "鄂城区人民政府")
        self.assertEqual((preview["flows"], preview["closed"]), (applied["flows"], applied["closed"]))
        self.assertEqual(steps + 1, len(self.json("history", self.document)["entries"]), "one step")
        self.assertTrue(self.json("verify", self.document)["ok"])
        self.assertEqual(before - preview["before"] + preview["after"], self.plan("score", "today")["units"])
        listed = {plan["name"]: plan["stage"] for plan in self.plan("list")["plans"]}
        self.assertEqual("in_force", listed["生效方案"])
        kept = self.plan("show", "生效方案")
        self.assertEqual(("鄂城区人民政府", "2024-11-20"), (kept["decider"], kept["effective"]))
        # What the last quarter said is still said, in the division of its time.
        self.assertEqual(past, self.json("indicators", self.document, "--period", "2024Q3", "--by", "street", "--division", "then"))
        # Base units are where the plan has them.
        holders = {str(base): unit for base, unit in self.rows("SELECT id, unit FROM base_unit")}
        for unit in kept["plan_units"]:
            self.assertEqual(1, len({holders[base] for base in unit["base"]}), unit["name"])
        self.assertEqual(len(kept["plan_units"]), len({holders[unit["base"][0]] for unit in kept["plan_units"]}))
        self.done("undo", self.document)
        self.assertEqual(before, self.plan("score", "today")["units"])
        self.assertEqual("survey", {plan["name"]: plan["stage"] for plan in self.plan("list")["plans"]}["生效方案"])


class Refusals(Plans):
    def test_what_is_refused(self):
        document = self.document
        self.refused(USAGE, "usage", "plan", document, "dream")
        self.refused(USAGE, "usage", "plan", document, "score")
        self.refused(USAGE, "usage", "plan", document, "compare", ORIGINAL)
        self.refused(USAGE, "usage", "plan", document, "propose", "--layer", "unit")
        self.refused(USAGE, "usage", "plan", document, "propose", "--containment", "moon")
        self.refused(USAGE, "usage", "plan", document, "propose", "--ignore", "gravity")
        self.refused(USAGE, "usage", "plan", document, "propose", "--households-min", "9", "--households-max", "3")
        self.refused(USAGE, "usage", "plan", document, "propose", "--together", "甲")
        self.refused(USAGE, "usage", "plan", document, "new")
        self.refused(USAGE, "usage", "plan", document, "export", ORIGINAL, self.folder / "a.docx")
        self.refused(REJECTED, "not-found", "plan", document, "score", "没有的方案")
        self.refused(REJECTED, "not-found", "plan", document, "propose", "--lock", "没有的单元")
        self.refused(REJECTED, "not-found", "plan", document, "apply", "today", "--date", "2024-11-20")
        self.refused(REJECTED, "not-found", "plan", document, "apply", ORIGINAL, "--date", "随便哪天")
        self.plan("new", "--name", "街道", "--unit", STREET)
        self.refused(REJECTED, "not-found", "plan", document, "compare", "街道", ORIGINAL)

    def test_writes_wait_for_the_window(self):
        holder = sqlite3.connect(self.document, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            self.refused(FAILED, "locked", "plan", self.document, "new", "--name", "甲")
        finally:
            holder.close()


if __name__ == "__main__":
    xq_tap.main()
