#!/usr/bin/python3
"""create, sample, verify and backup."""

import sqlite3
import stat

import xq_cli
import xq_tap
from xq_cli import FAILED, REJECTED


class Create(xq_cli.Case):
    def test_an_empty_document(self):
        document = self.folder / "new.xiaoqu"
        made = self.json("create", document, "--scheme", "standard", "--name", "测试区")
        self.assertRegex(made.pop("open_period"), r"^\d{4}(Q[1-4]|H[12]|-\d\d)?$")
        self.assertEqual({"file": str(document), "name": "测试区", "scheme": "standard", "sample": None}, made)
        self.assertEqual(0o600, stat.S_IMODE(document.stat().st_mode))
        tree = self.json("tree", document)["units"]
        self.assertEqual(["测试区"], [node["unit"]["name"] for node in tree])
        self.assertEqual("district", tree[0]["unit"]["level"])
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", document))

    def test_at_rest_it_is_one_file(self):
        document = self.folder / "one.xiaoqu"
        self.done("create", document, "--scheme", "echeng", "--name", "测试区")
        self.done("tree", document)
        self.assertEqual([document], [path for path in self.folder.iterdir() if path.name.startswith("one.")])

    def test_does_not_overwrite(self):
        document = self.folder / "there.xiaoqu"
        document.write_text("mine")
        self.refused(FAILED, "exists", "create", document, "--scheme", "echeng", "--name", "测试区")
        self.refused(FAILED, "exists", "sample", "echeng", document)
        self.assertEqual("mine", document.read_text())

    def test_unknown_scheme_and_sample(self):
        document = self.folder / "none.xiaoqu"
        self.refused(REJECTED, "not-found", "create", document, "--scheme", "mars", "--name", "测试区", words="echeng")
        self.refused(REJECTED, "not-found", "sample", "mars", document, words="echeng")
        self.assertFalse(document.exists())


class Districts(xq_cli.Case):
    def test_the_pattern_repeats_under_distinct_codes(self):
        document = self.folder / "two.xiaoqu"
        made = self.json("sample", "echeng", document, "--districts", 2)
        self.assertEqual(2, made["districts"])
        tops = self.json("tree", document, "--depth", 0)["units"]
        self.assertEqual(2, len(tops))
        self.assertEqual(2, len({top["unit"]["code"] for top in tops}))
        self.assertEqual([545, 545], [top["compounds"] for top in tops])
        rows = self.json("indicators", document, "--only", "compounds")["rows"]
        self.assertEqual(2 * 545, sum(row["indicators"]["compounds"]["value"] for row in rows))


class VerifyAndBackup(xq_cli.SampleCase):
    def test_a_sample_is_sound(self):
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", self.sample))
        self.assertIn("完好", self.done("verify", self.sample))

    def test_backup_holds_the_same(self):
        copy = self.folder / "copy.xiaoqu"
        self.assertEqual({"file": str(copy)}, self.json("backup", self.sample, copy))
        self.assertEqual(self.json("indicators", self.sample), self.json("indicators", copy))
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", copy))

    def test_backup_to_a_folder(self):
        self.refused(FAILED, "io", "backup", self.sample, self.folder)

    def test_a_wrong_figure_is_found(self):
        copy = self.folder / "wrong.xiaoqu"
        self.done("backup", self.sample, copy)
        with sqlite3.connect(copy) as database:
            changed = database.execute("UPDATE fact SET households = households + 1 WHERE compounds = 1").rowcount
        database.close()
        self.assertEqual(545, changed)
        result = xq_cli.run("verify", copy, "--json")
        self.assertEqual(FAILED, result.returncode)
        self.assertIn('"ok":false', result.stdout)
        self.assertIn('"error"', result.stderr)

    def test_a_damaged_file_is_found(self):
        copy = self.folder / "damaged.xiaoqu"
        data = bytearray(self.sample.read_bytes())
        middle = len(data) // 2 // 4096 * 4096
        data[middle:middle + 8 * 4096] = b"\xff" * (8 * 4096)
        copy.write_bytes(data)
        result = xq_cli.run("verify", copy)
        self.assertIn(result.returncode, (FAILED, REJECTED), result.stdout)
        self.assertNotEqual("", result.stderr)


if __name__ == "__main__":
    xq_tap.main()
