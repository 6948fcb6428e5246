#!/usr/bin/python3
"""report and chart: the files are there and hold what the command says. (The layers below test what is inside.)"""

import xml.etree.ElementTree as ElementTree

import openpyxl
import xq_cli
import xq_tap


class Report(xq_cli.SampleCase):
    def test_workbook_of_each_form(self):
        for form, rows in (("coverage", 15), ("satisfaction", 15)):
            with self.subTest(form=form):
                target = self.folder / f"{form}.xlsx"
                answer = self.json("report", self.sample, form, target)
                self.assertEqual((str(target), form, "2024Q4", rows), tuple(answer[key] for key in ("file", "form", "period", "rows")))
                self.assertTrue(answer["balanced"] and answer["generated"], answer)
                self.assertTrue(all(check["passed"] for check in answer["checks"]))
                self.assertGreater(len(answer["checks"]), 0)
                book = openpyxl.load_workbook(target)
                formulas = [cell.value for sheet in book for line in sheet.iter_rows() for cell in line
                            if isinstance(cell.value, str) and cell.value.startswith("=")]
                self.assertTrue(any("SUM(" in formula for formula in formulas), formulas[:5])

    def test_the_same_figures_as_indicators(self):
        target = self.folder / "values.xlsx"
        self.done("report", self.sample, "coverage", target)
        sheet = openpyxl.load_workbook(target, data_only=True).worksheets[0]
        cells = {str(line[0].value): [cell.value for cell in line] for line in sheet.iter_rows() if line[0].value is not None}
        text = {str(cell.value) for line in sheet.iter_rows() for cell in line}
        for row in self.json("indicators", self.sample, "--by", "street", "--only", "compounds")["rows"]:
            self.assertIn(row["unit"]["name"], text)
        self.assertTrue(cells)

    def test_unit_and_period(self):
        for unit in ("凤凰街道", "澜湖社区"):
            answer = self.json("report", self.sample, "coverage", self.folder / "part.xlsx", "--unit", unit, "--period", "2024Q3")
            self.assertEqual((unit, "2024Q3"), (answer["unit"]["name"], answer["period"]))
            self.assertGreater(answer["rows"], 0)

    def test_other_formats(self):
        for extension, magic in (("pdf", b"%PDF-"), ("csv", "\ufeff".encode())):
            target = self.folder / f"a.{extension}"
            text = self.done("report", self.sample, "coverage", target)
            self.assertIn("示例数据", text)
            self.assertTrue(target.read_bytes().startswith(magic), extension)


class Chart(xq_cli.SampleCase):
    def charts(self):
        """The ids that the refusal of an unknown one names."""
        message = xq_cli.run("chart", self.sample, "none", self.folder / "none.png").stderr
        return message.strip().rsplit(" ", 1)[1].split("、")

    def test_every_chart_in_every_format(self):
        ids = self.charts()
        self.assertGreaterEqual(len(ids), 4)
        for chart in ids:
            for extension in ("png", "svg", "pdf"):
                with self.subTest(chart=chart, extension=extension):
                    target = self.folder / f"{chart}.{extension}"
                    answer = self.json("chart", self.sample, chart, target)
                    self.assertEqual((str(target), chart), (answer["file"], answer["chart"]))
                    self.assertGreater(target.stat().st_size, 1000)

    def test_size_and_colours(self):
        target = self.folder / "a.png"
        self.done("chart", self.sample, "coverage", target, "--size", "800x600")
        data = target.read_bytes()
        self.assertEqual((800, 600), (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")))
        self.done("chart", self.sample, "coverage", target, "--size", "800x600", "--dark")
        self.assertNotEqual(data, target.read_bytes())

    def test_it_is_drawn_of_the_unit(self):
        target = self.folder / "a.svg"
        answer = self.json("chart", self.sample, "coverage", target, "--unit", "凤凰街道", "--period", "2024Q3")
        self.assertEqual("凤凰街道", answer["unit"]["name"])
        self.assertIn("凤凰街道", answer["summary"] + answer["title"])
        ElementTree.parse(target)


if __name__ == "__main__":
    xq_tap.main()
