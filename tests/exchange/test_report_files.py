"""What is written is read again by others: openpyxl, gnumeric, a CSV reader and poppler."""

import csv
import hashlib
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree as ET
import zipfile

import openpyxl

import xq_tap

TOOL = os.environ["XIAOQU_REPORT_TOOL"]
BANNER = "示例数据，不得上报"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DASH = "—"
# Column numbers of the coverage form of the sample, and the part of an indicator each shows.
COVERAGE = {1: ("compounds", 0), 3: ("merged_compounds", 0), 4: ("organisational_coverage", 0), 5: ("coverage_own", 0),
            6: ("coverage_joint", 0), 7: ("coverage_group", 0), 8: ("coverage_contact", 0), 9: ("coverage_none", 0),
            13: ("owners_body_coverage", 0), 14: ("owners_body_coverage", 1), 16: ("households", 0),
            17: ("resident_full_members", 0)}
COVERAGE_RATES = {10: "branch_rate", 11: "organisational_coverage", 12: "work_coverage", 15: "owners_body_coverage"}


def tool(*arguments, **options):
    return subprocess.run([TOOL, *map(str, arguments)], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
                          **options)


def rate(numerator, denominator):
    """Per cent with one decimal, half up, exact."""
    return DASH if denominator == 0 else ((numerator * 2000 + denominator) // (denominator * 2)) / 10


class Report(xq_tap.Case):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="xiaoqu-report-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.document = cls.folder / "鄂城.xiaoqu"
        made = tool("sample", cls.document)
        if made.returncode != 0:
            raise AssertionError(made.stderr)

    @classmethod
    def write(cls, form, name, *arguments):
        path = cls.folder / name
        written = tool("write", cls.document, form, path, *arguments)
        if written.returncode != 0 or written.stderr:
            raise AssertionError(written.stderr)
        return path

    @classmethod
    def figures(cls, level, *arguments):
        """{unit: {indicator: (numerator, denominator)}}, units in order."""
        result = tool("figures", cls.document, level, *arguments)
        if result.returncode != 0:
            raise AssertionError(result.stderr)
        found = {}
        for line in result.stdout.splitlines():
            unit, indicator, numerator, denominator = line.split("\t")
            found.setdefault(unit, {})[indicator] = (int(numerator), int(denominator))
        return found


class Sheet:
    """The form's sheet of a workbook: where its table stands and what is in it."""

    def __init__(self, path, values=False):
        self.book = openpyxl.load_workbook(path, data_only=values)
        self.sheet = self.book.worksheets[0]
        for row in self.sheet.iter_rows(min_col=1, max_col=1):
            if row[0].value == "甲":
                self.numbers = row[0].row
        self.columns = {cell.value: cell.column for cell in self.sheet[self.numbers] if cell.value not in (None, "甲")}

    def rows(self):
        """Row numbers from the total down to the last with a name."""
        row = self.numbers + 1
        while self.sheet.cell(row, 1).value and not str(self.sheet.cell(row, 1).value).startswith("平衡关系"):
            yield row
            row += 1

    def value(self, row, number):
        return self.sheet.cell(row, self.columns[str(number)]).value

    def name(self, row):
        return self.sheet.cell(row, 1).value

    def texts(self):
        return [str(cell.value) for row in self.sheet.iter_rows() for cell in row if cell.value is not None]


class Workbook(Report):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.path = cls.write("coverage", "coverage.xlsx")
        cls.satisfaction = cls.write("satisfaction", "satisfaction.xlsx")

    def assert_figures(self, values, units, total):
        """@values shows for each row what the indicators say."""
        for row in values.rows():
            name = values.name(row)
            figures = total if name == "合　计" else units[name]
            for number, (indicator, part) in COVERAGE.items():
                self.assertEqual(figures[indicator][part], values.value(row, number), f"{name}, column {number}")
            self.assertEqual(figures["compounds"][0] - figures["merged_compounds"][0], values.value(row, 2), name)
            for number, indicator in COVERAGE_RATES.items():
                self.assertEqual(rate(*figures[indicator]), values.value(row, number), f"{name}, column {number}")

    def test_values(self):
        units = self.figures("street")
        values = Sheet(self.path, values=True)
        self.assertEqual(["合　计", *units], [values.name(row) for row in values.rows()])
        self.assertEqual(15, len(units))
        (total,) = self.figures("district").values()
        self.assertEqual((545, 540), (total["compounds"][0], total["organisational_coverage"][0]))
        self.assert_figures(values, units, total)

    def test_formulas(self):
        sheet = Sheet(self.path)
        total, *rows = sheet.rows()
        for number in range(1, 18):
            letter = openpyxl.utils.get_column_letter(sheet.columns[str(number)])
            text = sheet.value(total, number)
            self.assertTrue(str(text).startswith("="), f"total of column {number}: {text}")
            if number in COVERAGE and number != 4:
                self.assertEqual(f"=SUM({letter}{rows[0]}:{letter}{rows[-1]})", text)
            for row in rows:
                self.assertEqual(number in (2, 4) or number in COVERAGE_RATES, str(sheet.value(row, number)).startswith("="))
        self.assertEqual(f'=IF(B{total}=0,"—",ROUND(100*F{total}/B{total},1))', sheet.value(total, 10))

    def test_recalculated(self):
        """A copy whose cached values were spoilt, computed again by another program."""
        for path, period in ((self.path, ()), (self.write("coverage", "old.xlsx", "period=2022Q4"), ("period=2022Q4",))):
            spoilt, again = self.folder / "spoilt.xlsx", self.folder / "again.xlsx"
            n = 0
            with zipfile.ZipFile(path) as old, zipfile.ZipFile(spoilt, "w") as new:
                for item in old.infolist():
                    data = old.read(item)
                    if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", item.filename):
                        data, found = re.subn(rb"(<f>[^<]*</f>)<v>[^<]*</v>", rb"\1<v>999</v>", data)
                        n += found
                    new.writestr(item, data)
            self.assertGreater(n, 100)
            self.assertEqual(999, Sheet(spoilt, values=True).value(next(Sheet(spoilt).rows()), 1))
            subprocess.run(["ssconvert", "--recalc", spoilt, again], check=True, capture_output=True)
            (total,) = self.figures("district", *period).values()
            self.assert_figures(Sheet(again, values=True), self.figures("street", *period), total)

    def test_satisfaction_recalculated(self):
        """The formulas of rate and margin, and the sum over a merged row, by another program."""
        path = self.write("satisfaction", "hidden.xlsx", "by=community")
        again = self.folder / "hidden-again.xlsx"
        subprocess.run(["ssconvert", "--recalc", path, again], check=True, capture_output=True)
        written, computed = Sheet(path, values=True), Sheet(again, values=True)
        hidden = 0
        for row in written.rows():
            for number in range(1, 11):
                self.assertEqual(written.value(row, number), computed.value(row, number), f"{written.name(row)}, column {number}")
            hidden += written.value(row, 3) == DASH
        self.assertGreater(hidden, 1)

    def test_head_and_foot(self):
        sheet = Sheet(self.write("coverage", "numbered.xlsx", "number=小治1表"))
        texts = sheet.texts()
        for text in ("小区（治理单元）党组织覆盖情况统计表", "2024年四季度", "填报单位（盖章）：鄂城区委组织部", "填报日期：2024年10月8日",
                     "计量单位：个、户、名、%", "表　　号：小治1表", "制定机关：", "有效期至：", "填表人：", "审核人：", "单位负责人：", "联系电话：",
                     "报出日期：", BANNER):
            self.assertIn(text, texts)
        self.assertIn("表　　号：", Sheet(self.path).texts(), "blank until it is entered")
        merged = {str(area) for area in sheet.sheet.merged_cells.ranges}
        self.assertTrue(any(area.startswith("A1:") for area in merged), "the title spans the form")
        self.assertIn("A6:A7", merged, "a heading over two rows")
        self.assertIn("B6:D6", merged, "a heading over three columns")

    def test_merged_cells_are_apart(self):
        """Spreadsheet programs take a workbook whose merged cells overlap for damaged."""
        for form in ("coverage", "satisfaction"):
            for arguments in (("by=street",), ("by=community", "paper=a3"), ("by=compound",), ("unit=澜湖社区",)):
                book = openpyxl.load_workbook(self.write(form, "merged.xlsx", *arguments))
                for sheet in book.worksheets:
                    seen = {}
                    for area in sheet.merged_cells.ranges:
                        for cell in area.cells:
                            self.assertNotIn(cell, seen, f"{form} {arguments} {sheet.title}: {area} and {seen.get(cell)}")
                            seen[cell] = str(area)

    def test_page(self):
        for paper, size in ((), 9), (("paper=a3",), 8):
            sheet = Sheet(self.write("coverage", "page.xlsx", *paper)).sheet
            numbers = Sheet(self.path).numbers
            self.assertEqual(("landscape", size), (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)))
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            self.assertIn(sheet.page_setup.fitToWidth, (None, 1))
            self.assertEqual(f"${numbers - 2}:${numbers}", sheet.print_title_rows)
            self.assertEqual(f"B{numbers + 1}", sheet.freeze_panes)
            self.assertIn("第 &P 页", sheet.oddFooter.center.text)

    def test_long_form_runs_over_pages(self):
        sheet = Sheet(self.write("coverage", "long.xlsx", "by=community"))
        self.assertEqual(0, sheet.sheet.page_setup.fitToHeight)
        self.assertEqual(171, len(list(sheet.rows())) - 1)

    def test_number_formats(self):
        sheet = Sheet(self.path)
        row = next(sheet.rows())
        self.assertEqual('#,##0;-#,##0;"—"', sheet.sheet.cell(row, sheet.columns["16"]).number_format)
        self.assertEqual("0.0", sheet.sheet.cell(row, sheet.columns["10"]).number_format)
        for cell_row in sheet.rows():
            self.assertNotIn("%", str(sheet.value(cell_row, 10)), "per cent stands in the head, not in cells")

    def test_sample_marks(self):
        """Every sheet says so, and each sample value by its style; a document without any has neither."""
        sheet = Sheet(self.path)
        for each in sheet.book.worksheets:
            texts = [str(cell.value) for row in each.iter_rows() for cell in row if cell.value is not None]
            self.assertTrue(any(BANNER in text for text in texts), each.title)
            self.assertIn(BANNER, each.oddHeader.right.text)
        # Of the district it was published how many units there are and how they are covered; of its streets nothing was.
        published = {1, 4, 5, 6, 7, 8, 9, 10, 11, 12}
        for index, row in enumerate(sheet.rows()):
            for number in range(1, 18):
                cell = sheet.sheet.cell(row, sheet.columns[str(number)])
                marked = bool(cell.font.italic) and cell.font.color.rgb == "FF7A6A55"
                self.assertEqual(index > 0 or number not in published, marked, cell.coordinate)
            self.assertFalse(sheet.sheet.cell(row, 1).font.italic, "streets are real")
        empty, out = self.folder / "empty.xiaoqu", self.folder / "empty.xlsx"
        self.assertEqual(0, tool("empty", empty).returncode)
        written = tool("write", empty, "coverage", out, "by=street")
        self.assertEqual(0, written.returncode, written.stderr)
        self.assertFalse(any(BANNER in text for text in Sheet(out).texts()))
        self.assertEqual(0, Sheet(out, values=True).value(next(Sheet(out).rows()), 1))

    def test_compound_names_are_marked(self):
        sheet = Sheet(self.write("coverage", "compounds.xlsx", "unit=澜湖社区"))
        marks = {sheet.name(row): bool(sheet.sheet.cell(row, 1).font.italic) for row in sheet.rows()}
        self.assertFalse(marks["丰润园"], "a compound that is there")
        self.assertTrue(any(marks.values()), "compounds made up by the program")

    def test_notes_sheet(self):
        book = openpyxl.load_workbook(self.path)
        sheet = book["说明"]
        facts = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
        self.assertEqual(hashlib.sha256(self.document.read_bytes()).hexdigest(), facts["文档指纹（SHA-256）"])
        self.assertEqual("2024年四季度", facts["报告期"])
        self.assertEqual("2024年12月31日", facts["数据时点"])
        self.assertEqual("实时数据，期末未锁定", facts["数据状态"])
        self.assertTrue(facts["治理模式"].startswith("鄂城"))
        self.assertRegex(facts["编制程序"], r"小区治理 \d+\.\d+")
        self.assertIn("不得上报", facts["示例数据"])
        definitions = {row[0].value: row[4].value for row in sheet.iter_rows(max_col=5)}
        self.assertNothing(f"column {n} is not defined" for n in range(1, 18) if not definitions.get(str(n)))
        checks = [row[0].value for row in sheet.iter_rows(max_col=1)].count("通过")
        self.assertEqual(9, checks)
        locked = openpyxl.load_workbook(self.write("coverage", "locked.xlsx", "period=2024Q3"))["说明"]
        facts = {row[0].value: row[1].value for row in locked.iter_rows(max_col=2)}
        self.assertEqual(("2024年三季度", "期末已锁定"), (facts["报告期"], facts["数据状态"]))
        self.assertTrue(facts["锁定时间"])

    def chart_parts(self, path):
        with zipfile.ZipFile(path) as archive:
            return {name: ET.fromstring(archive.read(name)) for name in archive.namelist()
                    if re.match(r"xl/charts/chart\d+\.xml", name)}

    def test_charts(self):
        """Series point at cells with constants, and their caches say what those hold."""
        for path in (self.path, self.satisfaction, self.write("satisfaction", "chart-hidden.xlsx", "unit=泽林镇")):
            book = openpyxl.load_workbook(path)
            charts = self.chart_parts(path)
            self.assertEqual(2, len(charts), path)
            for chart in charts.values():
                series = list(chart.iter(CHART + "ser"))
                self.assertGreaterEqual(len(series), 1)
                for each in series:
                    for part in ("cat", "val"):
                        reference = next(each.find(CHART + part).iter(CHART + "f")).text
                        sheet, area = re.fullmatch(r"'?([^'!]+)'?!(\S+)", reference).groups()
                        cells = [cell for row in book[sheet][area.replace("$", "")] for cell in row]
                        cached = {int(point.get("idx")): point.find(CHART + "v").text
                                  for point in each.find(CHART + part).iter(CHART + "pt")}
                        self.assertEqual(len(cells), int(next(each.find(CHART + part).iter(CHART + "ptCount")).get("val")))
                        for index, cell in enumerate(cells):
                            self.assertFalse(str(cell.value).startswith("="), f"{reference} holds a formula")
                            if cell.value is None:
                                self.assertNotIn(index, cached, reference)
                            elif part == "val":
                                self.assertEqual(float(cell.value), float(cached[index]), f"{reference}[{index}]")
                            else:
                                self.assertEqual(str(cell.value), cached[index])
                    self.assertIsNone(each.find(f"{CHART}val/{CHART}strRef"), "values are numbers")

    def test_chart_is_left_out(self):
        path = self.write("coverage", "no-chart.xlsx", "chart=no")
        self.assertEqual({}, self.chart_parts(path))

    def test_trend_breaks_at_redraw(self):
        sheet = openpyxl.load_workbook(self.path)["图表数据"]
        rows = {row[0].value: [cell.value for cell in row[1:3]] for row in sheet.iter_rows(max_col=3)}
        self.assertEqual(["936个单元口径", "545个单元口径"], rows["报告期"])
        self.assertIsNotNone(rows["2023年一季度"][0])
        self.assertIsNone(rows["2023年一季度"][1])
        self.assertIsNone(rows["2023年二季度"][0])
        self.assertEqual(99.1, rows["2024年四季度"][1])

    def test_no_pictures(self):
        """Neither an emblem nor any other picture."""
        with zipfile.ZipFile(self.path) as archive:
            self.assertNothing(name for name in archive.namelist() if "media" in name)

    def test_units(self):
        for unit, level, n in (("凤凰街道", "社区(村)", None), ("澜湖社区", "治理单元", None)):
            path = self.write("coverage", "unit.xlsx", f"unit={unit}")
            sheet, values = Sheet(path), Sheet(path, values=True)
            self.assertIn(level, sheet.texts())
            total, *rows = values.rows()
            self.assertGreater(len(rows), 3)
            self.assertEqual(values.value(total, 1), sum(values.value(row, 1) for row in rows))
            figures = {**self.figures("street"), **self.figures("community")}[unit]
            self.assertEqual(figures["compounds"][0], values.value(total, 1))
            self.assertEqual(figures["households"][0], values.value(total, 16))

    def test_refusals(self):
        out = self.folder / "refused.xlsx"
        for arguments, words in ((("coverage", out, "unit=无此地"), "无此地"), (("coverage", out, "unit=丰润园"), "丰润园"),
                                 (("coverage", out, "period=2031Q1"), ""), (("nothing", out), "coverage, satisfaction"),
                                 (("coverage", self.folder / "x.docx"), ".xlsx"), (("coverage", self.folder), "文件夹"),
                                 (("coverage", self.folder / "none" / "x.xlsx"), "none")):
            result = tool("write", self.document, *arguments)
            self.assertEqual(1, result.returncode, arguments)
            self.assertEqual(1, result.stderr.count("\n"), result.stderr)
            self.assertIn(words, result.stderr)
            self.assertFalse(out.exists())


class Text(Report):
    def test_csv(self):
        with open(self.write("coverage", "coverage.csv"), encoding="utf-8-sig", newline="") as file:
            head, total, *rows = csv.reader(file)
        units = self.figures("street")
        self.assertEqual(["镇街", "编码", "1 治理单元数 合计（个）"], head[:3])
        self.assertEqual("示例", head[-1])
        self.assertEqual(list(units), [row[0] for row in rows])
        for row in rows:
            for number, (indicator, part) in COVERAGE.items():
                self.assertEqual(units[row[0]][indicator][part], int(row[number + 1]))
            for number, indicator in COVERAGE_RATES.items():
                self.assertEqual(str(rate(*units[row[0]][indicator])), row[number + 1])
            self.assertTrue(row[-1].startswith(BANNER))
            self.assertRegex(row[1], r"^\d{9}$")
        self.assertEqual("545", total[2])

    def pdf_text(self, path, *options):
        return subprocess.run(["pdftotext", *options, path, "-"], check=True, capture_output=True, text=True).stdout

    def test_pdf(self):
        path = self.write("coverage", "coverage.pdf", "number=小治1表")
        text = self.pdf_text(path, "-layout")
        for words in ("小区（治理单元）党组织覆盖情况统计表", "2024年四季度", "填报单位（盖章）：鄂城区委组织部", "小治1表", "制定机关：", "有效期至：",
                      "平衡关系：1=2+3；", "填表人：", "审核人：", "单位负责人：", "联系电话：", "报出日期：", "凤凰街道", "170,040"):
            self.assertIn(words, text)
        pages = text.split("\f")[:-1]
        self.assertEqual(2, len(pages))
        for page in pages:
            self.assertIn(BANNER, page, "every page says so")
        info = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
        self.assertRegex(info, r"Page size: +841\.\d+ x 595\.\d+ pts \(A4\)")
        path = self.write("coverage", "a3.pdf", "paper=a3")
        info = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
        self.assertRegex(info, r"Page size: +1190\.\d+ x 841\.\d+ pts \(A3\)")

    def test_pdf_fonts(self):
        """Chinese forms of glyphs only."""
        for form in ("coverage", "satisfaction"):
            path = self.write(form, "fonts.pdf")
            fonts = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout.splitlines()[2:]
            self.assertGreater(len(fonts), 0)
            self.assertNothing(font for font in fonts if not re.search(r"NotoSerifCJKsc", font))
            self.assertNothing((font for font in fonts if font.split()[-5] != "yes"), "embedded")

    def test_long_pdf_repeats_its_head(self):
        pages = self.pdf_text(self.write("coverage", "long.pdf", "by=community", "chart=no"), "-layout").split("\f")[:-1]
        self.assertGreater(len(pages), 6)
        for page in pages:
            self.assertIn("治理单元数", page)
            self.assertIn(BANNER, page)
        names = self.figures("community")
        self.assertEqual(171, len(names))

    def test_suppression_is_the_same_everywhere(self):
        """Which rows are hidden in the workbook, the CSV and the PDF; and none with too few answers shows."""
        arguments = ("by=community",)
        sheet = Sheet(self.write("satisfaction", "s.xlsx", *arguments), values=True)
        in_book = [(sheet.name(row), sheet.sheet.cell(row, 2).value) for row in sheet.rows() if sheet.value(row, 3) == DASH]
        with open(self.write("satisfaction", "s.csv", *arguments), encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        in_text = [(row[0], row[2]) for row in rows[1:] if row[5] == DASH]
        lines = self.pdf_text(self.write("satisfaction", "s.pdf", *arguments), "-layout").splitlines()
        in_pdf = [tuple(line.split()[:2]) for line in lines if len(line.split()) == 12 and line.split().count(DASH) == 10]
        self.assertGreater(len(in_book), 1)
        self.assertEqual(in_book, in_text)
        self.assertEqual(in_book, in_pdf)
        for row in rows[2:]:
            if row[5] != DASH:
                self.assertGreaterEqual(int(row[5]), 30, row[0])
        # The merged row and what shows make up the total.
        self.assertEqual(int(rows[1][5]), sum(int(row[5]) for row in rows[2:] if row[5] != DASH))
        hidden = {}
        for name, superior in in_book:
            hidden.setdefault(superior, []).append(name)
        self.assertTrue(any("合并列示" in row[0] for row in rows))


class Trouble(Report):
    """The disk is full, or the program is killed: the older file stands and nothing is left beside it."""

    def setUp(self):
        self.place = self.folder / "place"
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir()

    def assert_untouched(self, target, words=""):
        self.assertEqual("older", target.read_text())
        self.assertEqual([target.name], os.listdir(self.place), words)

    def test_size_limit(self):
        for name in ("x.xlsx", "x.csv", "x.pdf"):
            target = self.place / name
            target.write_text("older")
            for limit in (512, 2048):
                result = tool("write", self.document, "coverage", target, "by=community",
                              preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
                self.assertEqual(1, result.returncode, f"{name} {limit}: {result.stdout}{result.stderr}")
                self.assertEqual(1, result.stderr.count("\n"), result.stderr)
                self.assertRegex(result.stderr, r"[\u4e00-\u9fff]")
                self.assert_untouched(target)
            target.unlink()

    def test_full_disk(self):
        script = ('mount -t tmpfs -o size=16k xiaoqu "$1" && echo -n older > "$1/x.$2" && '
                  '"$3" write "$4" coverage "$1/x.$2" by=community; echo "=$?"; cat "$1/x.$2"; ls -A "$1"')
        if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("a file system of its own cannot be mounted here")
        for extension in ("xlsx", "csv", "pdf"):
            result = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", self.place, extension, TOOL, self.document],
                                    capture_output=True, text=True, check=False)
            self.assertEqual(f"=1\nolderx.{extension}\n", result.stdout, result.stderr)
            self.assertIn("磁盘空间不足" if "磁盘" in result.stderr else "room", result.stderr)

    def test_full_temporary_folder(self):
        """The library's own temporary files: one that is cut short makes no workbook."""
        target = self.place / "x.xlsx"
        target.write_text("older")
        script = 'mount -t tmpfs -o size=8k xiaoqu "$1" && TMPDIR="$1" "$2" write "$3" coverage "$4" by=community'
        temporary = self.folder / "temporary"
        temporary.mkdir(exist_ok=True)
        if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("a file system of its own cannot be mounted here")
        result = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", temporary, TOOL, self.document, target],
                                capture_output=True, text=True, check=False)
        self.assertEqual(1, result.returncode, result.stdout + result.stderr)
        self.assertIn("TMPDIR", result.stderr)
        self.assertEqual(1, result.stderr.count("\n"), result.stderr)
        self.assert_untouched(target)

    def test_killed(self):
        for name in ("x.xlsx", "x.pdf", "x.csv"):
            target = self.place / name
            target.write_text("older")
            for delay in (0.02, 0.05, 0.08, 0.12, 0.2):
                process = subprocess.Popen([TOOL, "write", self.document, "coverage", target, "by=compound"],
                                           stdout=subprocess.DEVNULL)
                time.sleep(delay)
                process.send_signal(signal.SIGKILL)
                ended = process.wait()
                if ended == -signal.SIGKILL and target.read_bytes() == b"older":
                    self.assert_untouched(target, f"after {delay} s")
                else:
                    # It was done: the whole file stands.
                    self.assertGreater(target.stat().st_size, 1000)
                    self.assertEqual([name], os.listdir(self.place))
                    target.write_text("older")
            target.unlink()


if __name__ == "__main__":
    xq_tap.main()
