#!/usr/bin/python3
"""unit: edits of the tree, and past figures in the present division."""

import json

import xq_cli
import xq_tap
from xq_cli import DONE, REJECTED, USAGE

COMMUNITY = "鄂城区/凤凰街道/澜湖社区"
KEPT = ("households", "residents", "resident_full_members", "buildings")


class Units(xq_cli.SampleCase):
    def setUp(self):
        self.children = [child["unit"]["name"] for child in self.json("tree", self.sample, "--unit", COMMUNITY, "--depth", 1)["units"][0]["children"]]

    def past(self, unit, division):
        rows = self.json("indicators", self.sample, "--unit", unit, "--period", "2024Q3", "--division", division)
        self.assertEqual(division, rows["division"])
        return rows["rows"][0]["indicators"]

    def paths(self, *names):
        return [f"{COMMUNITY}/{name}" for name in names]

    def test_merge_and_undo(self):
        first, second = self.children[0], self.children[1]
        before = [self.past(path, "then") for path in self.paths(first, second)]
        whole = self.past(COMMUNITY, "then")
        preview = self.json("unit", self.sample, "merge", *self.paths(first, second), "--name", "和园", "--preview")
        self.assertTrue(preview["preview"])
        self.assertEqual([], preview["units"])
        self.assertEqual("sum", preview["carries"]["households"])
        self.assertEqual("none", preview["carries"]["branch_rate"])
        conflicts = {conflict["id"]: conflict for conflict in preview["conflicts"]}
        self.assertEqual("all", conflicts["organisations"]["chosen"])
        self.assertIn(first, self.done("tree", self.sample, "--unit", COMMUNITY, "--depth", 1))
        kept = conflicts["organisations"]["choices"][1]["id"]
        done = self.json("unit", self.sample, "merge", *self.paths(first, second), "--name", "和园", "--choose", f"organisations={kept}")
        self.assertEqual(["和园"], [row["unit"]["name"] for row in done["units"]])
        now = self.past(f"{COMMUNITY}/和园", "now")
        for id in KEPT:
            self.assertEqual(sum(figures[id]["value"] for figures in before), now[id]["value"], id)
            self.assertEqual(whole[id]["value"], self.past(COMMUNITY, "now")[id]["value"], id)
        self.assertTrue(now["branch_rate"]["uncarried"])
        self.assertIsNone(now["branch_rate"]["value"])
        self.assertIsNone(now["branch_rate"]["numerator"])
        self.assertNotIn("uncarried", self.past("鄂城区/古楼街道", "now")["branch_rate"])
        rows = self.json("rows", self.sample, "households", "--unit", COMMUNITY, "--period", "2024Q3", "--division", "now")["rows"]
        self.assertEqual(whole["households"]["value"], sum(row["amount"] for row in rows))
        self.assertIn("和园", [row["unit"]["name"] for row in rows])
        self.assertTrue(self.json("verify", self.sample)["ok"])
        self.done("undo", self.sample)
        self.assertEqual(self.children, [child["unit"]["name"] for child in
                                         self.json("tree", self.sample, "--unit", COMMUNITY, "--depth", 1)["units"][0]["children"]])
        self.assertTrue(self.json("verify", self.sample)["ok"])
        self.assertEqual(whole, self.past(COMMUNITY, "then"))

    def test_split(self):
        path = f"{COMMUNITY}/丰润园"
        before = self.past(path, "then")
        done = self.json("unit", self.sample, "split", path, "丰润园:2", "丰润园北区:1", "--place", "1栋=丰润园北区,2栋=丰润园北区")
        self.assertEqual(["丰润园", "丰润园北区"], [row["unit"]["name"] for row in done["units"]])
        self.assertEqual({"share", "none"}, set(done["carries"].values()))
        parts = [self.past(part, "now") for part in (path, f"{COMMUNITY}/丰润园北区")]
        for id in KEPT:
            self.assertEqual(before[id]["value"], sum(part[id]["value"] for part in parts), id)
        self.assertEqual(["1栋", "2栋"], [child["unit"]["name"] for child in
                                         self.json("tree", self.sample, "--unit", f"{COMMUNITY}/丰润园北区")["units"][0]["children"]])
        self.done("undo", self.sample)
        self.assertTrue(self.json("verify", self.sample)["ok"])

    def test_small_edits(self):
        self.done("unit", self.sample, "add", COMMUNITY, "--name", "试验小区")
        path = f"{COMMUNITY}/试验小区"
        self.done("unit", self.sample, "rename", path, "--name", "新试验小区")
        self.done("unit", self.sample, "recode", f"{COMMUNITY}/新试验小区", "--code", "420704001014-9999")
        self.done("unit", self.sample, "move", "420704001014-9999", "--into", "鄂城区/古楼街道/儒学社区")
        closed = self.json("unit", self.sample, "close", "鄂城区/古楼街道/儒学社区/新试验小区")
        self.assertEqual("close", closed["edit"])
        self.assertIn("undoes", json.dumps(self.json("history", self.sample)))
        for _ in range(5):
            self.done("undo", self.sample)
        self.assertTrue(self.json("verify", self.sample)["ok"])

    def test_refused(self):
        first, second = self.paths(*self.children[:2])
        for status, arguments in ((USAGE, ("merge", first)), (USAGE, ("merge", first, second)), (USAGE, ("melt", first)),
                                  (USAGE, ("merge", first, second, "--name", "和园", "--into", first)), (USAGE, ("rename", first)),
                                  (USAGE, ("add", COMMUNITY)), (USAGE, ("move", first)), (USAGE, ("split", first, "一半:1")),
                                  (REJECTED, ("merge", first, second, "--name", "和园", "--day", "2024-06-01")),
                                  (REJECTED, ("merge", first, second, "--name", "和园", "--day", "不知道")),
                                  (REJECTED, ("close", "凤凰街道")), (REJECTED, ("split", first, "甲:0", "乙:1")),
                                  (REJECTED, ("split", first, "甲", "乙", "--place", "没有=甲")),
                                  (REJECTED, ("rename", first, "--name", self.children[1])),
                                  (REJECTED, ("move", first, "--into", "凤凰街道"))):
            result = xq_cli.run("unit", self.sample, *arguments)
            self.assertEqual((status, ""), (result.returncode, result.stdout), arguments)
            self.assertEqual(1, result.stderr.count("\n"), result.stderr)
        self.assertEqual(DONE, xq_cli.run("verify", self.sample).returncode)


if __name__ == "__main__":
    xq_tap.main()
