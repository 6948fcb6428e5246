#!/usr/bin/python3
"""What goes wrong is said in a dialog, in Chinese, and nothing is changed."""

import os
import sqlite3
import subprocess

import xq_tap
import xq_window
from xq_window import says

# Root reads and writes what it likes; without these capabilities it is held to permissions like anybody.
PLAIN_USER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all"] if os.geteuid() == 0 else []


class Trouble(xq_window.Case):
    def refused(self, document, heading, *arguments):
        """Opening @document ends in a dialog; the window stays and the file is as it was."""
        before = document.read_bytes() if document.is_file() else None
        window = self.open(document, *arguments)
        dialog = window.dialog(heading)
        text = window.dialog_text(dialog)
        self.assertIn(document.name, text)
        window.click(window.find(("push button", says("关闭")), within=dialog))
        window.find(("list item", "鄂城区"))
        self.assertIsNone(window.process.poll())
        window.close()
        if before is not None:
            self.assertEqual(before, document.read_bytes())
        return text

    def test_not_a_document(self):
        document = self.folder / "表格.xiaoqu"
        document.write_text("小区,户数\n丰润园,993\n", encoding="utf-8")
        self.refused(document, "不是小区治理文件，或已损坏")

    def test_a_newer_version(self):
        document = self.sample()
        with sqlite3.connect(document) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute(f"PRAGMA user_version = {version + 1}")
        database.close()
        self.refused(document, None)

    def test_no_such_file(self):
        self.refused(self.folder / "没有.xiaoqu", None)

    def test_a_read_only_folder(self):
        document = self.sample()
        document.chmod(0o444)
        self.folder.chmod(0o555)
        self.addCleanup(self.folder.chmod, 0o755)
        window = self.open(document, prefix=PLAIN_USER)
        window.find(("push button", says("治理单元 545")))
        window.find(("label", lambda name: "只读" in name))
        window.close()
        self.assertEqual([document], list(self.folder.iterdir()))

    def test_an_unknown_unit(self):
        document = self.sample()
        window = self.open(document, "--unit", "无此单位")
        self.assertIn("无此单位", window.dialog_text(window.dialog()))

    def test_export_to_what_cannot_be_written(self):
        document = self.sample()
        window = self.open(document, "--page", "reports")
        folder = self.folder / "导出.xlsx"
        folder.mkdir()
        window.write(window.find(("list", "文件"), ("text", "文件夹")), str(self.folder))
        window.write(window.find(("list", "文件"), ("text", "文件名")), folder.name)
        window.click(window.find(("push button", "导出 Excel")))
        dialog = window.dialog()
        self.assertIn("文件夹", window.dialog_text(dialog))
        window.click(window.find(("push button", says("关闭")), within=dialog))

        window.write(window.find(("list", "文件"), ("text", "文件夹")), str(self.folder / "没有这个文件夹"))
        window.write(window.find(("list", "文件"), ("text", "文件名")), "a.xlsx")
        window.click(window.find(("push button", "导出 Excel")))
        self.assertIn("没有这个文件夹", window.dialog_text(window.dialog()))
        self.assertEqual([], os.listdir(folder))

    def test_a_full_disk(self):
        """A limit on the size of files stands for it: the edit is refused, and what was there is there."""
        document = self.sample()
        before = self.figures(document)
        window = self.open(document, "--page", "ledger", "--unit", "鄂城区/凤凰街道/澜湖社区/丰润园")
        window.find(("list item", "三无小区"))
        subprocess.run(["prlimit", f"--pid={window.process.pid}", "--fsize=4096"], check=True)
        window.click(window.find(("list item", "三无小区"), ("check box", "三无小区")))
        # Said where the value was entered.
        window.find(("list item", "三无小区"), ("label", lambda name: "磁盘空间不足" in name))
        window.close()
        self.assertEqual(before, self.figures(document))
        self.assertIn("完好", self.cli("verify", document))


if __name__ == "__main__":
    xq_tap.main()
