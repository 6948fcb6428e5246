#!/usr/bin/python3
"""bench.py BUILD DATA [--districts N] [PART …]: measures the program and prints each figure beside a reference taken in the same run.

DATA keeps the sample documents between runs; 100 districts take minutes to make, fewer serve while developing. What stands in
brackets is the aim, where there is one.
"""

import argparse
import hashlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import openpyxl

PARTS = ("store", "report", "window", "map", "planner")
DISTRICTS = 100
ROUNDS = 5
PLAIN_SECONDS = 40
# Nothing is waited for longer: the longest run of a measuring program, a page of the program to be painted.
RUN_LIMIT = 900
PAGE_LIMIT = 120


class Bench:
    def __init__(self, build, data, districts):
        self.districts = districts
        self.build = pathlib.Path(build).resolve()
        self.data = pathlib.Path(data)
        self.data.mkdir(parents=True, exist_ok=True)
        self.cli = self.build / "src/cli/xiaoqu-cli"
        self.failed = []
        os.environ.update(XIAOQU_LOCALEDIR=str(self.build / "po"), GSETTINGS_SCHEMA_DIR=str(self.build / "data"),
                          GSETTINGS_BACKEND="memory")

    def document(self, districts):
        """The sample of so many districts; made anew when what makes it has changed."""
        path = self.data / f"echeng-{districts}.xiaoqu"
        stamp = self.data / f"echeng-{districts}.made-by"
        made_by = recipe()
        if not path.exists() or not stamp.exists() or stamp.read_text() != made_by:
            print(f"making the sample of {districts} districts …", flush=True)
            path.unlink(missing_ok=True)
            subprocess.run([self.cli, "sample", "echeng", path, "--districts", str(districts)], check=True, stdout=subprocess.DEVNULL)
            stamp.write_text(made_by)
        return path

    def run(self, program, *arguments):
        """Lines of "name number" as a dictionary."""
        command = [self.build / "tests/bench" / program, *map(str, arguments)]
        try:
            result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=RUN_LIMIT)
        except subprocess.TimeoutExpired:
            sys.exit(f"{program} {' '.join(map(str, arguments))}: not done after {RUN_LIMIT} s")
        if result.returncode != 0:
            sys.exit(f"{program}: {result.stderr}")
        return {name: float(value) for name, value in (line.split() for line in result.stdout.splitlines())}

    def tell(self, what, value, unit, reference, named, aim):
        ratio = value / reference
        verdict = ""
        if aim is not None:
            verdict = f" (aim ≤ {aim}) {'✓' if ratio <= aim else '✗'}"
            if ratio > aim:
                self.failed.append(what)
        print(f"{what}: {value:.1f} {unit}; {named}: {reference:.1f} {unit}; ratio {ratio:.2f}{verdict}", flush=True)

    def alternate(self, name, *runs):
        """Medians of @name over several runs of each, one after the other so that all see the same machine."""
        return self.alternate_each((name,), *runs)[0]

    def alternate_each(self, names, *runs):
        """The same for several figures of these runs."""
        samples = [[] for _ in runs]
        for _ in range(ROUNDS):
            for run, into in zip(runs, samples):
                into.append(self.run(*run))
        return [[statistics.median(figures[name] for figures in into) for into in samples] for name in names]

    def store(self, one, many):
        figures = self.run("bench-store", one, "indicators")
        self.tell(f"every indicator of all nodes ({figures['nodes']:.0f} rows)", figures["indicators"], "ms", figures["bare-sum"],
                  "one bare SQL sum over the fact table", 1.5)
        checks = self.run("bench-store", one, "check")
        self.tell(f"check: {checks['findings']:.0f} findings of the whole district", checks["check"], "ms", checks["bare-scan"],
                  "one bare SQL scan of its units and organisations", None)
        few, lots = self.alternate("select", ("bench-store", one, "select"), ("bench-store", many, "select"))
        self.tell(f"selecting a node of each level, {self.districts} districts", lots, "ms", few, "1 district", 1.3)
        with tempfile.TemporaryDirectory(dir=self.data) as scratch:
            copies = [shutil.copy(path, pathlib.Path(scratch) / path.name) for path in (one, many)]
            few, lots = self.alternate("edit-cpu", *(("bench-store", copy, "edit") for copy in copies))
            self.tell(f"one edit with its facts (processor time), {self.districts} districts", lots, "ms", few, "1 district", 1.3)
            few, lots = self.alternate("edit", *(("bench-store", copy, "edit") for copy in copies))
            self.tell(f"one edit with its facts (until it is on the disk), {self.districts} districts", lots, "ms", few, "1 district", 1.3)
        few, lots = self.alternate("resident", ("bench-store", one, "memory"), ("bench-store", many, "memory"))
        self.tell(f"memory of the store, {self.districts} districts", lots / 1024, "MiB", few / 1024, "1 district", 2)

    def report(self, one):
        # In memory where there is such a place: ours waits until the file is on the disk, plain libxlsxwriter does not.
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        with tempfile.TemporaryDirectory(dir=memory) as scratch:
            workbook, cells, plain = (pathlib.Path(scratch) / name for name in ("ours.xlsx", "cells.txt", "plain.xlsx"))
            self.run("bench-report", "write", one, workbook)
            count = dump_cells(workbook, cells)
            filling, hashing, ours, theirs = [], [], [], []
            for _ in range(ROUNDS):
                figures = self.run("bench-report", "write", one, workbook)
                filling.append(figures["fill"])
                hashing.append(figures["fingerprint"])
                ours.append(figures["report"])
                theirs.append(self.run("bench-report", "plain", cells, plain)["plain"])
            self.tell(f"report workbook of {count} cells", statistics.median(ours), "ms", statistics.median(theirs),
                      "plain libxlsxwriter writing them", 1.25)
            print(f"besides: filling in that form from the document {statistics.median(filling):.1f} ms, fingerprint of the document "
                  f"{statistics.median(hashing):.1f} ms")

    def map(self):
        figures = self.run("bench-map")
        plain = figures["plain"]
        self.tell("a map of 5 000 areas of 48 corners, all in view", figures["picture"], "ms", plain, "each filled and stroked", 0.7)
        self.tell("the same map, a tenth of it in view", figures["near"], "ms", plain, "each filled and stroked", 0.4)
        self.tell("its borders shared and weighed, once", figures["build"], "ms", plain, "each filled and stroked", None)

    def planner(self):
        """Proposals of most units: what could be at most against what was found, and what a plain heuristic finds in the same time."""
        for shape in ("cells", "grid", "long", "islands"):
            ours = self.run("bench-planner", "district", shape, 936, 70, 0)
            self.tell(f"936 compounds in 70 communities, 100 to 800 households, {shape}, {ours['seconds']:.1f} s: at most", ours["bound"],
                      "units", ours["units"], "found", 1.0)
        for shape, tightness, aim in (("cells", 130, 1.0), ("cells", 200, 1.015), ("cells", 260, 1.075), ("cells", 430, 1.17),
                                      ("grid", 200, 1.03), ("long", 200, 1.03), ("hubs", 200, None), ("islands", 200, 1.03)):
            ours = self.run("bench-planner", "propose", shape, 1000, tightness, 0)
            what = f"1000 base units, {shape}, {1000 / ours['units']:.1f} a unit, {ours['seconds']:.1f} s"
            self.tell(f"{what}: at most", ours["bound"], "units", ours["units"], "found", aim)
            plain = self.run("bench-planner", "plain", shape, 1000, tightness, max(1, ours["seconds"]))
            self.tell(f"{what}: plain construct and anneal in the same time", plain["units"], "units", ours["units"], "found", 1.0)
        for tightness in (230, 430):
            plain = self.run("bench-planner", "plain", "cells", 3000, tightness, PLAIN_SECONDS)
            ours = self.run("bench-planner", "propose", "cells", 3000, tightness, PLAIN_SECONDS / 10)
            self.tell(f"3000 base units, plain construct and anneal in {plain['seconds']:.0f} s", plain["units"], "units", ours["units"],
                      f"ours in {ours['seconds']:.0f} s", 1.0)
            self.tell("the same: at most", ours["bound"], "units", ours["units"], "found", None)
        figures = self.run("bench-planner", "moves", "cells", 3000)
        self.tell("figures of 3000 base units after a move", figures["move"], "µs", figures["score"], "reckoned anew", 0.1)

    def window(self, one, many):
        program = self.build / "src/app/xiaoqu"
        started, bare, columns, plain, few, lots = [], [], [], [], [], []
        for _ in range(ROUNDS):
            marks, memory = trace(program, one)
            started.append(marks["overview"])
            columns.append(marks["ledger"])
            few.append(memory)
            lots.append(trace(program, many)[1])
            start = time.monotonic_ns() // 1000
            bare.append((self.run("bench-window", "bare")["painted"] - start) / 1000)
            reference = self.run("bench-window", "columns")
            plain.append((reference["painted"] - reference["present"]) / 1000)
        self.tell("start to first painted overview", statistics.median(started), "ms", statistics.median(bare), "an empty window", None)
        self.tell("first frame of the ledger with 12 columns", statistics.median(columns), "ms", statistics.median(plain),
                  "a view of 12 columns of plain labels", None)
        self.tell(f"memory of the program, {self.districts} districts open", statistics.median(lots) / 1024, "MiB",
                  statistics.median(few) / 1024, "1 district", 2)
        self.typing(one, many)

    def typing(self, one, many):
        """A cell of the ledger, from Enter until its new value is painted: among the rows of one district, and of all there are."""
        with tempfile.TemporaryDirectory(dir=self.data) as scratch:
            copies = [shutil.copy(path, pathlib.Path(scratch) / path.name) for path in (one, many)]
            (few, lots), (few_cpu, lots_cpu) = self.alternate_each(("typing", "typing-cpu"), *(("bench-typing", copy) for copy in copies))
            self.tell(f"typing in the ledger of a district: a cell edited → repainted, {self.districts} districts", lots, "ms", few,
                      "1 district", 1.3)
            self.tell(f"the same in processor time, {self.districts} districts", lots_cpu, "ms", few_cpu, "1 district", 1.3)
            whole = self.run("bench-typing", copies[1], "all")
            self.tell(f"typing in the ledger of all {self.districts} districts ({whole['rows']:.0f} rows), processor time",
                      whole["typing-cpu"], "ms", few_cpu, "1 district", None)


def recipe():
    """Stands for everything that makes a sample what it is: its data, the schema and the code of the store and the samples."""
    root = pathlib.Path(__file__).resolve().parents[2]
    files = [*root.glob("data/samples/**/*"), *root.glob("data/schema/*"), *root.glob("src/exchange/xq-sample*"), *root.glob("src/store/*.c")]
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def dump_cells(workbook, target):
    """Writes what bench-report's plain writer reads: a line a cell."""
    formulas, values = openpyxl.load_workbook(workbook), openpyxl.load_workbook(workbook, data_only=True)
    styles, lines = {}, []
    for number, sheet in enumerate(formulas.worksheets):
        known = values.worksheets[number]
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None and not cell.has_style:
                    continue
                style = styles.setdefault(cell.style_id, len(styles))
                text, value, kind = "" if cell.value is None else str(cell.value), "", "s"
                if cell.data_type == "f":
                    kind, value = "f", known.cell(cell.row, cell.column).value or 0
                elif cell.data_type == "n" and cell.value is not None:
                    kind = "n"
                text = text.replace("\t", " ").replace("\n", " ")
                lines.append(f"{number}\t{cell.row - 1}\t{cell.column - 1}\t{style}\t{kind}\t{text}\t{value}")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def trace(program, document):
    """Starts the program and, once the overview is painted, asks for the ledger: milliseconds until each, and resident kilobytes."""
    marks, said, late = {}, [], []
    wanted = "overview"
    start = time.monotonic_ns() // 1000
    with subprocess.Popen([program, document], stderr=subprocess.PIPE, text=True, env=dict(os.environ, XIAOQU_TRACE="1")) as process:

        def give_up():
            late.append(f"not painted after {PAGE_LIMIT} s; windows: {window_names(process.pid)}")
            process.kill()

        timer = threading.Timer(PAGE_LIMIT, give_up)
        timer.start()
        try:
            for line in process.stderr:
                if not line.startswith("trace "):
                    said.append(line)
                    continue
                _, name, at = line.split()
                marks[name] = (int(at) - start) / 1000
                if name == "ledger":
                    break
                # Without a window manager nobody else gives the window the keyboard.
                xdotool("search", "--sync", *of_process(process.pid), "windowfocus")
                wanted = "ledger"
                start = time.monotonic_ns() // 1000
                xdotool("key", "ctrl+2")
            else:
                why = late[0] if late else "the program ended before it was painted"
                sys.exit(f"{document}: {wanted}: {why}\n{''.join(said)}")
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
            memory = int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")))
            process.terminate()
            process.stderr.read()
        finally:
            timer.cancel()
            process.kill()
    return marks, memory


def of_process(pid):
    """Names the visible windows of a process to xdotool; without a pattern it would take the next word for one."""
    return "--onlyvisible", "--all", "--pid", str(pid), "--name", ""


def xdotool(*arguments):
    try:
        subprocess.run(["xdotool", *arguments], check=True, timeout=PAGE_LIMIT)
    except subprocess.TimeoutExpired:
        sys.exit(f"xdotool {' '.join(arguments)}: not done after {PAGE_LIMIT} s")


def window_names(pid):
    """What stands in the titles of the process's windows: a message that is shown instead of a page is one of them."""
    try:
        result = subprocess.run(["xdotool", "search", *of_process(pid), "getwindowname", "%@"], capture_output=True, text=True, check=False,
                                timeout=10)
    except subprocess.TimeoutExpired:
        return "unknown"
    return ", ".join(result.stdout.splitlines()) or "none"


def main():
    parser = argparse.ArgumentParser(prog="bench.py")
    parser.add_argument("build")
    parser.add_argument("data")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--districts", type=int, default=DISTRICTS, help="of the large document")
    options = parser.parse_intermixed_args()
    chosen = options.parts or PARTS
    if set(chosen) - set(PARTS):
        parser.error(f"the parts are {', '.join(PARTS)}")
    bench = Bench(options.build, options.data, options.districts)
    if {"store", "report", "window"} & set(chosen):
        one, many = bench.document(1), bench.document(bench.districts)
    if "store" in chosen:
        bench.store(one, many)
    if "report" in chosen:
        bench.report(one)
    if "window" in chosen:
        bench.window(one, many)
    if "map" in chosen:
        bench.map()
    if "planner" in chosen:
        bench.planner()
    if bench.failed:
        print("over the aim: " + "; ".join(bench.failed))


if __name__ == "__main__":
    main()
