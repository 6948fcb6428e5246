#!/usr/bin/python3
"""history, undo, redo, snapshot and reopen."""

import xq_cli
import xq_tap
from xq_cli import FAILED, REJECTED

COMPOUND = "鄂城区/凤凰街道/澜湖社区/丰润园"


class Journal(xq_cli.SampleCase):
    def households(self):
        return self.indicators("--unit", COMPOUND, "--only", "households")["households"]["value"]

    def test_a_step_is_listed_undone_and_redone(self):
        before = self.json("history", self.sample)["entries"]
        all_before = self.indicators()
        xq_cli.edit(self.sample, COMPOUND, "households", "1000")
        self.assertEqual(1000, self.households())
        entries = self.json("history", self.sample)["entries"]
        self.assertEqual(len(before) + 1, len(entries))
        self.assertEqual(["entry", "time", "actor", "label", "undoes", "redoes", "undone", "units", "changes"], list(entries[0]))
        self.assertIn("丰润园", entries[0]["label"])
        self.assertEqual((None, False, 1), (entries[0]["undoes"], entries[0]["undone"], entries[0]["units"]))
        self.assertIsInstance(entries[0]["entry"], str)
        self.assertIn(entries[0]["label"], self.done("history", self.sample))

        self.assertEqual({"undone": entries[0]["label"]}, self.json("undo", self.sample))
        self.assertEqual(all_before, self.indicators(), "everything is as it was")
        undone = self.json("history", self.sample, "--limit", 2)["entries"]
        self.assertEqual((entries[0]["entry"], True), (undone[0]["undoes"], undone[1]["undone"]))

        self.assertEqual({"redone": entries[0]["label"]}, self.json("redo", self.sample))
        self.assertEqual(1000, self.households())
        self.assertIn("已撤销", self.done("undo", self.sample))
        self.assertEqual(993, self.households())
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", self.sample))

    def test_history_of_one_unit(self):
        street = "鄂城区/凤凰街道"
        other = self.json("indicators", self.sample, "--unit", "古楼街道", "--by", "compound", "--only", "compounds")["rows"][0]["unit"]
        xq_cli.edit(self.sample, other["path"], "built_year", "1999")
        labels = [entry["label"] for entry in self.json("history", self.sample, "--unit", other["path"])["entries"]]
        self.assertEqual(f"{other['path']}: built_year", labels[0])
        self.assertNotIn(labels[0], [entry["label"] for entry in self.json("history", self.sample, "--unit", street)["entries"]])
        self.done("undo", self.sample)


class NothingDone(xq_cli.Case):
    def test_nothing_to_undo_or_redo(self):
        document = self.folder / "new.xiaoqu"
        self.done("create", document, "--scheme", "echeng", "--name", "测试区")
        self.assertEqual([], [entry for entry in self.json("history", document)["entries"] if entry["changes"] > 0])
        self.refused(FAILED, "nothing-to-undo", "undo", document)
        self.refused(FAILED, "nothing-to-undo", "redo", document)


class Periods(xq_cli.SampleCase):
    def test_a_locked_period_does_not_change(self):
        locked = self.json("snapshot", self.sample, "2024Q4")
        self.assertEqual({"period": "2024Q4", "locked": True, "open_period": "2025Q1"}, locked)
        then = self.json("indicators", self.sample, "--period", "2024Q4")
        xq_cli.edit(self.sample, COMPOUND, "households", "500")
        self.assertEqual(then, self.json("indicators", self.sample, "--period", "2024Q4"))
        now = self.json("indicators", self.sample, "--unit", COMPOUND, "--only", "households")
        self.assertEqual("2025Q1", now["period"])
        self.assertEqual(500, now["rows"][0]["indicators"]["households"]["value"])

        self.refused(REJECTED, "invalid", "snapshot", self.sample, "2024Q4")
        reopened = self.json("reopen", self.sample, "2024Q4", "--reason", "补报")
        self.assertEqual((False, "2024Q4"), (reopened["locked"], reopened["period"]))
        self.assertIn("锁定", self.done("history", self.sample))

    def test_what_is_refused(self):
        self.refused(REJECTED, "invalid-period", "snapshot", self.sample, "soon", words="soon")
        self.refused(REJECTED, "invalid", "snapshot", self.sample, "2030Q1")
        self.refused(REJECTED, "invalid", "reopen", self.sample, "2023Q4", "--reason", " ")
        result = xq_cli.run("reopen", self.sample, "2010Q1", "--reason", "补报")
        self.assertEqual(REJECTED, result.returncode, result.stderr)


if __name__ == "__main__":
    xq_tap.main()
