#!/usr/bin/python3
"""What goes wrong in an office: each is one clear sentence and a status, and nothing is changed."""

import os
import shutil
import sqlite3
import subprocess

import xq_cli
import xq_tap
from xq_cli import DONE, FAILED, REJECTED

# Root reads and writes what it likes; without these capabilities it is held to permissions like anybody.
PLAIN_USER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"] if os.geteuid() == 0 else []


def reading(document):
    return [["tree", document], ["indicators", document], ["rows", document, "compounds"], ["history", document], ["verify", document]]


def writing(document):
    return [["undo", document], ["redo", document], ["snapshot", document, "2024Q4"], ["reopen", document, "2024Q3", "--reason", "补报"]]


class WrongFiles(xq_cli.SampleCase):
    def every_command(self, document):
        out = self.folder / "out.xlsx"
        picture = self.folder / "out.png"
        return reading(document) + writing(document) + [["backup", document, self.folder / "copy.xiaoqu"],
                                                        ["report", document, "coverage", out], ["chart", document, "coverage", picture]]

    def refused_by_all(self, status, code, document):
        before = document.read_bytes() if document.is_file() else None
        for arguments in self.every_command(document):
            with self.subTest(command=arguments[0]):
                error = self.refused(status, code, *arguments)
                self.assertEqual(str(document), error["where"])
        if before is not None:
            self.assertEqual(before, document.read_bytes())
        self.assertEqual([], [name for name in os.listdir(self.folder) if name.startswith(("out", "copy"))])

    def test_no_such_file(self):
        self.refused_by_all(FAILED, "failed", self.folder / "none.xiaoqu")

    def test_a_text_file(self):
        document = self.folder / "text.xiaoqu"
        document.write_text("小区,户数\n丰润园,993\n")
        self.refused_by_all(REJECTED, "not-a-document", document)

    def test_an_empty_file(self):
        document = self.folder / "empty.xiaoqu"
        document.write_bytes(b"")
        self.refused_by_all(REJECTED, "not-a-document", document)

    def test_another_programs_database(self):
        document = self.folder / "other.xiaoqu"
        with sqlite3.connect(document) as database:
            database.execute("CREATE TABLE unit (id INTEGER PRIMARY KEY)")
        database.close()
        self.refused_by_all(REJECTED, "not-a-document", document)

    def test_a_newer_version(self):
        document = self.folder / "newer.xiaoqu"
        shutil.copy(self.sample, document)
        with sqlite3.connect(document) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute(f"PRAGMA user_version = {version + 1}")
        database.close()
        self.refused_by_all(REJECTED, "newer-version", document)

    def test_a_folder(self):
        document = self.folder / "folder.xiaoqu"
        document.mkdir()
        for arguments in reading(document):
            with self.subTest(command=arguments[0]):
                result = xq_cli.run(*arguments)
                self.assertIn(result.returncode, (FAILED, REJECTED))
                self.assertRegex(result.stderr, r"[\u4e00-\u9fff]")


class ReadOnly(xq_cli.SampleCase):
    def test_a_read_only_folder(self):
        folder = self.folder / "fixed"
        folder.mkdir()
        document = folder / "a.xiaoqu"
        shutil.copy(self.sample, document)
        document.chmod(0o444)
        folder.chmod(0o555)
        self.addCleanup(folder.chmod, 0o755)
        self.assertNotEqual(0, subprocess.run([*PLAIN_USER, "touch", str(folder / "x")], capture_output=True, check=False).returncode,
                            "the folder must really be read-only for this test to say anything")
        for arguments in reading(document):
            with self.subTest(command=arguments[0]):
                result = xq_cli.run(*arguments, prefix=PLAIN_USER)
                self.assertEqual(DONE, result.returncode, result.stderr)
        for arguments in writing(document):
            with self.subTest(command=arguments[0]):
                self.refused(FAILED, "read-only", *arguments, prefix=PLAIN_USER)
        self.refused(FAILED, "read-only", "create", folder / "b.xiaoqu", "--scheme", "echeng", "--name", "乙区", prefix=PLAIN_USER)
        result = xq_cli.run("report", document, "coverage", folder / "out.xlsx", prefix=PLAIN_USER)
        self.assertEqual(FAILED, result.returncode)
        self.assertEqual(["a.xiaoqu"], os.listdir(folder))


class FullDisk(xq_cli.SampleCase):
    """A limit on the size of files stands for a full disk: the same write fails in the same place."""

    def test_nothing_is_left_behind(self):
        limit = 64 * 1024
        cases = [
            ["create", self.folder / "small.xiaoqu", "--scheme", "echeng", "--name", "测试区"],
            ["sample", "echeng", self.folder / "sample.xiaoqu"],
            ["backup", self.sample, self.folder / "copy.xiaoqu"],
        ]
        for arguments in cases:
            with self.subTest(command=arguments[0]):
                self.refused(FAILED, "full", *arguments, limit=limit)
                self.assertEqual([self.sample.name], os.listdir(self.folder))

    def test_a_report_that_does_not_fit(self):
        target = self.folder / "out.xlsx"
        target.write_text("old")
        self.refused(FAILED, "full", "report", self.sample, "coverage", target, limit=4096)
        self.assertEqual("old", target.read_text(), "the older file is untouched")
        target.unlink()
        self.assertEqual([self.sample.name], os.listdir(self.folder))

    def test_output_that_does_not_fit(self):
        with open(self.folder / "out.txt", "w", encoding="utf-8") as out:
            result = subprocess.run(["prlimit", "--fsize=4096", xq_cli.CLI, "tree", str(self.sample), "--json"], stdout=out,
                                    stderr=subprocess.PIPE, text=True, check=False)
        os.unlink(self.folder / "out.txt")
        self.assertEqual(FAILED, result.returncode)
        self.assertIn('"error"', result.stderr)

    def test_locking_a_period_that_does_not_fit(self):
        before = self.json("indicators", self.sample)
        self.refused(FAILED, "full", "snapshot", self.sample, "2024Q4", limit=64 * 1024)
        self.assertEqual(before, self.json("indicators", self.sample))
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", self.sample))


class InUse(xq_cli.SampleCase):
    def test_another_program_writes(self):
        with subprocess.Popen([xq_cli.EDIT, str(self.sample), "--hold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            try:
                self.assertEqual("open\n", other.stdout.readline())
                for arguments in reading(self.sample):
                    with self.subTest(command=arguments[0]):
                        self.done(*arguments)
                for arguments in writing(self.sample):
                    with self.subTest(command=arguments[0]):
                        self.refused(FAILED, "locked", *arguments)
                copy = self.folder / "copy.xiaoqu"
                self.done("backup", self.sample, copy)
            finally:
                other.stdin.close()
            self.assertEqual(0, other.wait(timeout=60))
        self.assertEqual(self.json("indicators", self.sample), self.json("indicators", copy))


class Targets(xq_cli.SampleCase):
    def test_a_folder_in_the_place_of_the_file(self):
        for name in ("a.xlsx", "a.csv", "a.pdf", "a.png", "a.svg"):
            target = self.folder / name
            target.mkdir()
            command = "chart" if name.endswith(("png", "svg")) else "report"
            with self.subTest(name=name):
                error = self.refused(FAILED, "io", command, self.sample, "coverage", target)
                self.assertEqual(str(target), error["where"])
                self.assertEqual([], os.listdir(target))
            target.rmdir()

    def test_a_missing_folder(self):
        for command, name in (("report", "a.xlsx"), ("chart", "a.png")):
            self.refused(FAILED, "io", command, self.sample, "coverage", self.folder / "none" / name)
        self.assertFalse((self.folder / "none").exists())

    def test_unknown_form_and_chart(self):
        self.refused(REJECTED, "not-found", "report", self.sample, "weather", self.folder / "a.xlsx", words="coverage")
        self.refused(REJECTED, "not-found", "chart", self.sample, "weather", self.folder / "a.png", words="coverage")
        self.assertEqual([self.sample.name], os.listdir(self.folder))

    def test_unknown_unit_and_period(self):
        for command, name in (("report", "a.xlsx"), ("chart", "a.png")):
            target = self.folder / name
            error = self.refused(REJECTED, "not-found", command, self.sample, "coverage", target, "--unit", "无此单位")
            self.assertEqual(str(self.sample), error["where"])
            self.refused(REJECTED, "invalid-period", command, self.sample, "coverage", target, "--period", "2024Q9")
            self.assertFalse(target.exists())


if __name__ == "__main__":
    xq_tap.main()
