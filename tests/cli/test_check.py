#!/usr/bin/python3
"""check, acknowledge, unacknowledge."""

import csv
import shutil

import openpyxl

import xq_cli
import xq_tap
from xq_cli import REJECTED, USAGE

COMPOUND = "鄂城区/凤凰街道/澜湖社区/丰润园"


class Check(xq_cli.SampleCase):
    """丰润园 has lost its branch: one finding more than before."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clean = cls.folder / "clean.xiaoqu"
        shutil.copy(cls.sample, cls.clean)
        xq_cli.edit(cls.sample, COMPOUND, "organisation", "none")

    def findings(self, *arguments, document=None):
        return self.json("check", document or self.sample, *arguments)["findings"]

    def test_a_fault_is_found_and_nothing_else_changes(self):
        def known(findings):
            return {(f["rule"], f["unit"]["id"], f["subject"]["id"], str(f["figures"])) for f in findings}

        before, after = self.findings(document=self.clean), self.findings()
        self.assertEqual(set(), known(before) - known(after))
        new = [f for f in after if (f["rule"], f["unit"]["id"], f["subject"]["id"], str(f["figures"])) not in known(before)]
        self.assertEqual(["kit_incomplete", "should_have_branch"], sorted(f["rule"] for f in new))

    def test_shape(self):
        found, = self.findings("--unit", COMPOUND, "--rule", "should_have_branch")
        self.assertEqual(["rule", "severity", "unit", "message", "figures", "source", "subject", "state"], list(found))
        self.assertEqual(("should_have_branch", "warning", "open"), (found["rule"], found["severity"], found["state"]))
        self.assertEqual(COMPOUND, found["unit"]["path"])
        self.assertEqual({"table": "unit", "id": found["unit"]["id"]}, found["subject"])
        members = self.indicators("--unit", COMPOUND, "--only", "resident_full_members")["resident_full_members"]["value"]
        self.assertEqual({"basis": "resident_full", "members": members, "needed": 3}, found["figures"])
        self.assertRegex(found["message"], r"[\u4e00-\u9fff]")
        self.assertRegex(found["source"], r"[\u4e00-\u9fff]")

    def test_what_is_asked_for(self):
        everything = self.findings()
        order = ["error", "warning", "notice"]
        severities = [order.index(f["severity"]) for f in everything]
        self.assertEqual(sorted(severities), severities, "the weightiest first")
        for severity in order:
            self.assertEqual([f for f in everything if f["severity"] == severity], self.findings("--severity", severity))
        street = self.findings("--unit", "凤凰街道")
        self.assertEqual([f for f in everything if "/凤凰街道" in f["unit"]["path"]], street)
        self.assertEqual([f for f in everything if f["rule"] == "term_ending"], self.findings("--rule", "term_ending"))
        text = self.done("check", self.sample, "--unit", COMPOUND)
        self.assertIn(COMPOUND, text)
        self.assertIn("疑点", text)

    def test_acknowledge(self):
        document = self.folder / "acknowledged.xiaoqu"
        shutil.copy(self.sample, document)
        one = ("--unit", COMPOUND, "--rule", "should_have_branch")
        self.json("acknowledge", document, "should_have_branch", "--unit", COMPOUND, "--reason", "正在筹建", "--until", "2025-06-30",
                  "--actor", "组织科")
        self.assertEqual([], self.findings(*one, document=document))
        found, = self.findings(*one, "--all", document=document)
        self.assertEqual("acknowledged", found["state"])
        self.assertEqual({"reason": "正在筹建", "until": "2025-06-30", "decided": "2024-12-31", "by": "组织科"},
                         found["acknowledgement"])
        self.assertIn("确认疑点", self.json("history", document, "--limit", 1)["entries"][0]["label"])
        self.done("undo", document)
        self.assertEqual("open", self.findings(*one, document=document)[0]["state"])
        self.done("redo", document)
        self.done("unacknowledge", document, "should_have_branch", "--unit", COMPOUND)
        self.assertEqual("open", self.findings(*one, document=document)[0]["state"])
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", document))

    def test_files(self):
        expected = self.findings("--unit", "凤凰街道")
        target = self.folder / "疑点.csv"
        self.done("check", self.sample, "--unit", "凤凰街道", "--output", target)
        with open(target, newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
        self.assertEqual(len(expected) + 1, len(rows))
        self.assertIn("示例数据", rows[0][-1])
        self.assertEqual([f["message"] for f in expected], [row[6] for row in rows[1:]])
        target = self.folder / "疑点.xlsx"
        self.done("check", self.sample, "--unit", "凤凰街道", "--output", target)
        sheet = openpyxl.load_workbook(target).active
        values = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.assertIn("鄂城区", values[0][0])
        self.assertIn("示例数据", values[1][0])
        self.assertEqual([f["message"] for f in expected], [row[6] for row in values[3:]])

    def test_what_is_refused(self):
        self.refused(REJECTED, "not-found", "check", self.sample, "--rule", "no_such", words="no_such")
        self.refused(USAGE, "usage", "check", self.sample, "--severity", "fatal", words="fatal")
        self.refused(USAGE, "usage", "acknowledge", self.sample, "should_have_branch", "--unit", COMPOUND)
        self.refused(USAGE, "usage", "acknowledge", self.sample, "should_have_branch", "--reason", "x")
        for arguments in (["orphan", "--reason", "x"], ["should_have_branch", "--reason", "x", "--until", "2024-12-31"],
                          ["should_have_branch", "--reason", " "]):
            result = xq_cli.run("acknowledge", self.sample, *arguments, "--unit", COMPOUND)
            self.assertEqual(REJECTED, result.returncode, result.stderr)
        result = xq_cli.run("check", self.sample, "--output", self.folder / "疑点.pdf")
        self.assertNotEqual(0, result.returncode)


if __name__ == "__main__":
    xq_tap.main()
