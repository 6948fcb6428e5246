#!/usr/bin/python3
"""How the command line is read: help, usage errors, where options may stand, which language people get."""

import os

import xq_cli
import xq_tap
from xq_cli import USAGE

COMMANDS = ["create", "sample", "tree", "indicators", "rows", "snapshot", "reopen", "report", "chart", "history",
            "undo", "redo", "verify", "backup", "check", "acknowledge", "unacknowledge", "confirm", "confirmations",
            "import", "plan", "plan-geojson", "record", "erase", "unit", "scheme"]


class Help(xq_cli.Case):
    def test_overview_names_every_command(self):
        text = self.done("--help")
        listed = [line.split()[0] for line in text.splitlines() if line.startswith("  ")]
        self.assertEqual(sorted(COMMANDS), sorted(listed))
        self.assertIn("不得录入、处理涉密信息", text)

    def test_each_command_has_help(self):
        for command in COMMANDS:
            with self.subTest(command=command):
                text = self.done(command, "--help")
                self.assertTrue(text.startswith(f"用法：xiaoqu-cli {command} "), text)
                self.assertIn("--json", text)

    def test_help_wins_over_what_is_missing(self):
        self.assertEqual(self.done("rows", "--help"), self.done("--help", "rows", "a", "b", "c"))
        self.assertEqual(self.done("rows", "--help"), self.done("rows", "-h"))

    def test_version(self):
        self.assertRegex(self.done("--version"), r"^xiaoqu-cli \d+\.\d+\.\d+\n$")


class Usage(xq_cli.Case):
    def test_what_is_refused(self):
        document = self.folder / "a.xiaoqu"
        self.done("create", document, "--scheme", "echeng", "--name", "甲区")
        before = set(os.listdir(self.folder))
        cases = [
            ((), "没有给出命令"),
            (("fly",), "fly"),
            (("tree",), "xiaoqu-cli tree FILE"),
            (("tree", document, "more"), "xiaoqu-cli tree FILE"),
            (("tree", document, "--colour"), "--colour"),
            (("tree", document, "-x"), "-x"),
            (("tree", document, "--depth"), "--depth N"),
            (("tree", document, "--depth", "deep"), "deep"),
            (("tree", document, "--depth", "-1"), "-1"),
            (("tree", document, "--depth", "1", "--depth", "2"), "两次"),
            (("tree", document, "--by", "street"), "--by"),
            (("tree", document, "--json=yes"), "=yes"),
            (("indicators", document, "--by", "building"), "street、community、compound"),
            (("rows", document, "compounds", "--part", "half"), "half"),
            (("create", self.folder / "b.xiaoqu", "--name", "乙区"), "--scheme"),
            (("create", self.folder / "b.xiaoqu", "--scheme", "echeng"), "--name"),
            (("sample", "echeng", self.folder / "b.xiaoqu", "--districts", "0"), "1"),
            (("reopen", document, "2024Q1"), "--reason"),
            (("report", document, "coverage", self.folder / "out.doc"), ".xlsx"),
            (("report", document, "coverage", self.folder / "out.xlsx", "--mask", "--full"), "--full"),
            (("report", document, "coverage", self.folder / "out.xlsx", "--division", "later"), "then、now"),
            (("chart", document, "coverage", self.folder / "out.bmp"), ".png"),
            (("chart", document, "coverage", self.folder / "out.png", "--size", "big"), "big"),
        ]
        for arguments, words in cases:
            with self.subTest(arguments=arguments[1:]):
                self.refused(USAGE, "usage", *arguments, words=words)
        self.assertEqual(before, set(os.listdir(self.folder)), "nothing was written")

    def test_options_stand_anywhere(self):
        document = self.folder / "c.xiaoqu"
        self.done("--name", "丙区", "create", "--scheme=echeng", document)
        expected = self.done("tree", document, "--json", "--depth", "0")
        self.assertEqual(expected, self.done("--json", "tree", "--depth=0", document))
        self.assertEqual(expected, self.done("--depth", "0", "tree", document, "--json"))
        self.assertIn('"name":"丙区"', expected)

    def test_two_dashes_end_the_options(self):
        os.chdir(self.folder)
        self.done("create", "--scheme", "echeng", "--name", "丁区", "--", "--odd.xiaoqu")
        self.assertTrue((self.folder / "--odd.xiaoqu").is_file())
        self.assertIn("丁区", self.done("tree", "--", "--odd.xiaoqu"))
        self.refused(USAGE, "usage", "tree", "--odd.xiaoqu")


class Language(xq_cli.Case):
    def help_in(self, **variables):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("LC_") and key not in ("LANG", "LANGUAGE")}
        return self.done("--help", environment=environment | variables)

    def test_chinese_where_the_system_has_no_language(self):
        for variables in ({}, {"LANG": "C"}, {"LC_ALL": "POSIX"}, {"LANG": "zh_CN.UTF-8"}, {"LANG": "xx_YY.UTF-8"}):
            with self.subTest(variables=variables):
                self.assertIn("用法", self.help_in(**variables))

    def test_english_where_it_is_asked_for(self):
        self.assertIn("Usage", self.help_in(LANG="C.UTF-8", LANGUAGE="en"))


if __name__ == "__main__":
    xq_tap.main()
