#!/usr/bin/python3
"""The written proposal of a plan, read again by others: openpyxl, gnumeric, poppler."""

import re
import subprocess
import zipfile

import openpyxl
import xq_cli
import xq_tap
from test_scenario import ORIGINAL, Plans

BANNER = "示例数据，不得上报"


class Proposal(Plans):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("方案.xlsx", "方案.pdf"):
            result = xq_cli.run("plan", Plans.sample, "export", ORIGINAL, cls.folder / name)
            if result.returncode != 0:
                raise AssertionError(result.stderr)

    def book(self, path=None, **options):
        return openpyxl.load_workbook(path or self.folder / "方案.xlsx", **options)

    @staticmethod
    def table(sheet, head):
        """Rows below the head whose first cell is @head, to the last that is numbered."""
        rows = list(sheet.iter_rows(values_only=True))
        first = next(i for i, row in enumerate(rows) if row[0] == head)
        return rows[first], [row for row in rows[first + 1:] if row[1] is not None and (row[0] is None or isinstance(row[0], (int, float)))]

    def test_units_before_and_after(self):
        book = self.book(data_only=True)
        self.assertEqual(["前后对照表", "变动清单", "规则核对", "指标对比", "地图"], book.sheetnames)
        head, rows = self.table(book["前后对照表"], "序号")
        total, body = rows[0], rows[1:]
        self.assertEqual(936, len(body))
        shown = self.plan("show", ORIGINAL)
        figures = sorted((unit["name"], len(unit["base"]), unit["households"], unit["members"], unit["able"]) for unit in shown["plan_units"])
        self.assertEqual(figures, sorted((row[1], row[5], row[6], row[8], row[9] == "能") for row in body))
        self.assertEqual((936, sum(f[2] for f in figures), sum(f[3] for f in figures), sum(f[4] for f in figures)),
                         (total[5], total[6], total[8], total[9]))
        texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
        self.assertIn(BANNER, texts)
        for blank in ("表　　号：", "制定机关：", "批准文号："):
            self.assertIn(blank, texts)

    def test_changes(self):
        head, rows = self.table(self.book(data_only=True)["变动清单"], "序号")
        body = rows[1:]
        changed = [row for row in body]
        self.assertEqual(rows[0][5], sum(row[5] for row in changed))
        for row in changed:
            self.assertEqual(round(100 * row[5] / row[6] + 1e-9, 1) if row[6] else "—", row[7])
        # A unit of today that is parted has all its households in the list.
        parted = {}
        for row in changed:
            parted.setdefault((row[1], row[6]), []).append(row[5])
        whole = [key for key, parts in parted.items() if sum(parts) == key[1]]
        self.assertGreater(len(whole), 0.9 * len(parted))

    def test_figures_beside_todays(self):
        head, rows = self.table(self.book(data_only=True)["指标对比"], "序号")
        compared = self.plan("compare", "today", ORIGINAL)["metrics"]
        by_row = [row for row in rows if len(row) > 5 and row[5] is not None]
        self.assertEqual(compared["units"], [by_row[0][2], by_row[0][3]])
        for row in by_row:
            if isinstance(row[4], (int, float)):
                self.assertAlmostEqual(row[3] - row[2], row[4], places=3)

    def test_formulas_are_live(self):
        """A copy whose cached values were spoilt, computed again by another program."""
        spoilt, again = self.folder / "spoilt.xlsx", self.folder / "again.xlsx"
        n = 0
        with zipfile.ZipFile(self.folder / "方案.xlsx") as old, zipfile.ZipFile(spoilt, "w") as new:
            for item in old.infolist():
                data = old.read(item)
                if item.filename.startswith("xl/worksheets/sheet"):
                    text, spoiled = re.subn(r"(</f><v>)[^<]*(</v>)", r"\g<1>77\2", data.decode())
                    n += spoiled
                    data = re.sub(r't="str"(?=[^>]*><f>)', "", text).encode()
                new.writestr(item, data)
        self.assertGreater(n, 936)
        subprocess.run(["ssconvert", "--recalc", spoilt, again], capture_output=True, check=True)
        before, after = self.book(data_only=True), self.book(again, data_only=True)
        for name in before.sheetnames:
            for row in self.book()[name].iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        was, now = before[name][cell.coordinate].value, after[name][cell.coordinate].value
                        if isinstance(was, (int, float)):
                            self.assertAlmostEqual(was, now, places=6, msg=f"{name}!{cell.coordinate}")
                        else:
                            self.assertEqual(was, now, f"{name}!{cell.coordinate}")

    def test_the_map_is_in_it(self):
        with zipfile.ZipFile(self.folder / "方案.xlsx") as book:
            pictures = [name for name in book.namelist() if name.startswith("xl/media/")]
            self.assertEqual(1, len(pictures))
            self.assertTrue(book.read(pictures[0]).startswith(b"\x89PNG"))
        texts = [str(cell) for row in self.book()["地图"].iter_rows(values_only=True) for cell in row if cell is not None]
        self.assertIn("示意图，不作为行政区划界线依据。", texts)

    def test_the_pdf_says_the_same(self):
        path = self.folder / "方案.pdf"
        text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout)
        for words in ("鄂城区治理单元划分调整方案", "变动清单", "规则核对", "指标对比", "划分示意图", BANNER, "不作为行政区划界线依据"):
            self.assertIn(words, text)
        for row in self.table(self.book(data_only=True)["前后对照表"], "序号")[1][1::97]:
            self.assertIn(re.sub(r"\s", "", row[1]), text)
        fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
        self.assertIn("CJKsc", fonts)
        self.assertNotRegex(fonts, r"CJKjp|JP")


if __name__ == "__main__":
    xq_tap.main()
