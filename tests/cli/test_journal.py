#!/usr/bin/python3
"""history, undo, redo, snapshot and reopen."""

import csv
import io

import xq_cli
import xq_tap
from xq_cli import FAILED, REJECTED, USAGE

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
        self.assertEqual(["entry", "time", "actor", "label", "undoes", "redoes", "undone", "units", "changes", "kind", "added",
                          "changed", "deleted"], list(entries[0]))
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


class Filters(xq_cli.SampleCase):
    """Who, when, what; cells; undo to a step."""

    def labels(self, *arguments):
        return [entry["label"] for entry in self.json("history", self.sample, *arguments)["entries"]]

    def test_filters_cells_and_undo_to(self):
        start = self.indicators()
        xq_cli.edit(self.sample, COMPOUND, "households", "1000")
        first = self.json("history", self.sample, "--limit", 1)["entries"][0]
        after_first = self.indicators()
        xq_cli.edit(self.sample, COMPOUND, "households", "1001")
        xq_cli.edit(self.sample, COMPOUND, "built_year", "1999")
        self.done("undo", self.sample)
        self.assertEqual([first["label"]] * 2, self.labels("--unit", COMPOUND, "--kind", "edit,change,compound", "--limit", "9")[-2:])
        self.assertEqual(1, len(self.labels("--kind", "undo")))
        self.assertEqual(1, len(self.labels("--kind", "make")))
        self.assertEqual([], self.labels("--kind", "ticket"))
        self.assertEqual([], self.labels("--since", "2999-01-01"))
        self.assertEqual([], self.labels("--actor", "谁也不是"))
        self.assertEqual(len(self.labels()), len(self.labels("--until", "2999年1月1日")))

        rows = self.json("history", self.sample, "--unit", COMPOUND, "--cells", "--kind", "edit")["entries"]
        cell = {"field": "户数", "old": "993 户", "new": "1000 户"}
        found = [row for entry in rows for row in entry["rows"] if cell in row["cells"]]
        self.assertEqual(1, len(found))
        self.assertEqual(("compound", "change", COMPOUND), (found[0]["record"], found[0]["operation"], found[0]["unit"]))
        self.assertIn("993 户 → 1000 户", self.done("history", self.sample, "--cells"))

        table = self.folder / "历史.csv"
        self.done("history", self.sample, "--unit", COMPOUND, "--output", table)
        text = table.read_text(encoding="utf-8-sig")
        self.assertIn("993 户,1000 户", text)
        self.assertEqual({11}, {len(row) for row in csv.reader(io.StringIO(text))})

        self.assertEqual({"undone_to": first["entry"]}, self.json("undo", self.sample, "--to", first["entry"]))
        self.assertEqual(after_first, self.indicators())
        self.refused(REJECTED, "invalid", "undo", self.sample, "--to", "1")
        self.done("undo", self.sample)
        self.assertEqual(start, self.indicators())
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", self.sample))

    def test_what_is_refused(self):
        self.refused(USAGE, "usage", "history", self.sample, "--kind", "nonsense", words="nonsense")
        self.refused(USAGE, "usage", "history", self.sample, "--since", "soon", words="soon")
        self.refused(USAGE, "usage", "undo", self.sample, "--to", "x", words="x")


class NothingDone(xq_cli.Case):
    def test_nothing_to_undo_or_redo(self):
        document = self.folder / "new.xiaoqu"
        self.done("create", document, "--scheme", "echeng", "--name", "测试区")
        self.assertEqual([], [entry for entry in self.json("history", document)["entries"] if entry["changes"] > 0])
        self.refused(FAILED, "nothing-to-undo", "undo", document)
        self.refused(FAILED, "nothing-to-undo", "redo", document)


class Confirmations(xq_cli.SampleCase):
    """Who has confirmed; a locking without all of them needs a reason; what a correction changes is told and kept."""

    def test_confirm_lock_reopen_correct(self):
        community = "鄂城区/凤凰街道/澜湖社区"
        before = self.json("confirmations", self.sample)
        self.assertEqual(("2024Q4", 0, 171), (before["period"], before["confirmed"], before["communities"]))
        done = self.json("confirm", self.sample, "--unit", community, "--by", "社区书记")["confirmations"]
        self.assertEqual([("data", "社区书记", 0)], [(row["state"], row["post"], row["changes"]) for row in done])
        xq_cli.edit(self.sample, COMPOUND, "households", "1000")
        row = self.json("confirmations", self.sample, "--unit", community)["confirmations"][0]
        self.assertEqual((community, "data", 1), (row["unit"]["path"], row["state"], row["changes"]))
        self.refused(REJECTED, "invalid", "confirm", self.sample, "--unit", community, "--by", "社区书记", "--no-change")
        self.refused(REJECTED, "invalid", "confirm", self.sample, "--unit", COMPOUND, "--by", "社区书记")
        self.refused(USAGE, "usage", "confirm", self.sample, "--unit", community)
        self.assertIn("澜湖社区", self.done("confirmations", self.sample))

        self.refused(REJECTED, "invalid", "snapshot", self.sample, "2024Q4", words="170")
        self.assertTrue(self.json("snapshot", self.sample, "2024Q4", "--reason", "其余下期补确认")["locked"])
        self.refused(REJECTED, "invalid", "confirm", self.sample, "--unit", community, "--period", "2024Q4", "--by", "社区书记")
        self.assertEqual("漏报", self.json("reopen", self.sample, "2024Q4", "--reason", "漏报")["reason"])
        xq_cli.edit(self.sample, COMPOUND, "households", "1010")
        corrections = self.json("snapshot", self.sample, "2024Q4", "--reason", "其余下期补确认")["corrections"]
        self.assertIn((COMPOUND, "households", "1000", "1010"),
                      [(row["unit"]["path"], row["indicator"], row["before"], row["after"]) for row in corrections])
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", self.sample))


class Periods(xq_cli.SampleCase):
    def test_a_locked_period_does_not_change(self):
        locked = self.json("snapshot", self.sample, "2024Q4")
        self.assertEqual({"period": "2024Q4", "locked": True, "open_period": "2025Q1", "corrections": []}, locked)
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
