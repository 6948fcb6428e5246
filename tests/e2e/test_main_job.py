#!/usr/bin/python3
"""A newcomer's way: open the sample from the first page, find a compound by pinyin, read its figures, export the form."""

import pathlib

import openpyxl
import xq_tap
import xq_window
from xq_window import says, wait_for


class MainJob(xq_window.Case):
    def export(self, window, target):
        """On the report page: where to, and the button."""
        window.write(window.find(("list", "文件"), ("text", "文件夹")), str(target.parent))
        window.write(window.find(("list", "文件"), ("text", "文件名")), target.name)
        window.click(window.find(("push button", "导出 Excel")))
        wait_for(f"the file {target.name}", target.exists)

    def check_workbook(self, target, figures):
        """An independent reader finds live formulas and, as their values, the figures of the command line."""
        formulas = openpyxl.load_workbook(target)
        values = openpyxl.load_workbook(target, data_only=True).worksheets[0]
        sums = [(cell.row, cell.column) for row in formulas.worksheets[0].iter_rows() for cell in row
                if isinstance(cell.value, str) and cell.value.startswith("=") and "SUM" in cell.value]
        self.assertGreater(len(sums), 3)
        self.assertIn(figures["compounds"]["value"], [values.cell(*place).value for place in sums])
        self.assertTrue(any("说明" in name for name in formulas.sheetnames), formulas.sheetnames)

    def test_open_search_read_export(self):
        window = self.open()
        window.point(window.find(("list item", "鄂城区")))
        search = window.find(("entry", "按名称、拼音或编码查找"))
        self.assertTrue(window.find(("push button", says("治理单元 545"))))
        self.assertTrue(window.find(("push button", says("组织覆盖率 99.1%、540 / 545"))))

        window.point(search)
        window.type("fry")
        window.find(("list", "查找结果"), ("list item", "丰润园"))
        window.key("Return")
        window.find(("push button", says("户数 993")))
        window.find(("push button", says("楼栋数 25")))
        window.find(("list item", lambda name: "丰润园" in name))

        window.click(window.find(("page tab", "报表")))
        window.click(window.find(("push button", "转到上级单位")))
        target = self.folder / "澜湖.xlsx"
        self.export(window, target)
        document = next(pathlib.Path.home().rglob("*.xiaoqu"))
        figures = self.figures(document, "--unit", "鄂城区/凤凰街道/澜湖社区")
        self.check_workbook(target, figures)

        window.click(window.find(("push button", "鄂城区")))
        target = self.folder / "全区.xlsx"
        self.export(window, target)
        self.check_workbook(target, self.figures(document))
        self.assertEqual([], list(self.folder.glob(".*")), "nothing but the files is left behind")


if __name__ == "__main__":
    xq_tap.main()
