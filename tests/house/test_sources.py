#!/usr/bin/python3
"""What no file may hold: the words of a workshop, unfinished work, two jobs in one file, the same code twice."""

import collections
import os
import pathlib
import re

import xq_tap

ROOT = pathlib.Path(os.environ["XIAOQU_SOURCE_ROOT"])
FOLDERS = ["src", "ui", "data", "icons", "po", "tests", ".ci"]
ROOT_FILES = ["dev", "meson.build", "meson_options.txt", "README.md", "CONTRIBUTING.md", "LICENSE", ".gitignore",
              ".editorconfig", ".clang-format"]
LONGEST = 900
# This many lines of code in the same order in two places are one thing written twice.
SAME_LINES = 30

# Written in pieces, so that this file does not hold them.
FORBIDDEN = [
    re.compile(r"/" + r"work/"),
    re.compile(r"\.\./" + r"shared"),
    re.compile(r"\bhelper " + r"agents?\b|\bsub" + r"agents?\b", re.I),
    re.compile(r"\bissue" + r" ?#?\d|\bwork " + r"order\b", re.I),
    re.compile(r"deb\." + r"debian\.org|snapshot\." + r"debian\.org|pypi\." + r"org|npm" + r"js\.com"),
]
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b|[Nn]ot " + r"implemented")


def text_files():
    paths = [ROOT / name for name in ROOT_FILES]
    for folder in FOLDERS:
        paths += [path for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    for path in paths:
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            pass  # a picture or a workbook


def lines_with(pattern, folders=None):
    found = []
    for path, text in text_files():
        name = str(path.relative_to(ROOT))
        if folders is None or name.split("/")[0] in folders:
            found += [f"{name}:{number}: {line.strip()[:100]}" for number, line in enumerate(text.splitlines(), 1)
                      if pattern.search(line)]
    return found


class Sources(xq_tap.Case):
    def test_files_are_there(self):
        self.assertNothing([name for name in ROOT_FILES if not (ROOT / name).is_file()])

    def test_no_words_of_the_workshop(self):
        for pattern in FORBIDDEN:
            with self.subTest(pattern=pattern.pattern):
                self.assertNothing(lines_with(pattern))

    def test_nothing_unfinished(self):
        self.assertNothing([line for line in lines_with(UNFINISHED, {"src", "ui", "tests", "dev"})])

    def test_no_file_has_two_jobs(self):
        long = [f"{path.relative_to(ROOT)}: {len(text.splitlines())} lines" for path, text in text_files()
                if path.suffix in (".c", ".h", ".py", ".ui") and len(text.splitlines()) > LONGEST]
        self.assertNothing(long)

    def test_nothing_is_written_twice(self):
        places = collections.defaultdict(list)
        for path in sorted(ROOT.glob("src/**/*.c")):
            lines = [(number, line.strip()) for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)]
            code = [(number, line) for number, line in lines if len(line) > 3 and not line.startswith(("#", "/*", "*"))]
            for start in range(len(code) - SAME_LINES + 1):
                window = code[start:start + SAME_LINES]
                places["\n".join(line for _, line in window)].append(f"{path.relative_to(ROOT)}:{window[0][0]}")
        twice = [" = ".join(where) for where in places.values() if len(where) > 1]
        self.assertNothing(twice)

    def test_layers_speak_of_nothing_above(self):
        """SQL stands in the store only, GTK in the application only."""
        wrong = []
        for path in sorted(ROOT.glob("src/**/*.[ch]")):
            text = path.read_text(encoding="utf-8")
            layer = path.relative_to(ROOT).parts[1]
            if layer != "store" and re.search(r'"\s*(SELECT |INSERT INTO |UPDATE \w+ SET |DELETE FROM )', text):
                wrong.append(f"{path.relative_to(ROOT)}: SQL")
            if layer != "app" and re.search(r"#include <(gtk/|adwaita)", text):
                wrong.append(f"{path.relative_to(ROOT)}: GTK")
        for path in sorted(ROOT.glob("src/store/*.h")):
            text = path.read_text(encoding="utf-8")
            if "sqlite3" in re.sub(r"/\*.*?\*/", "", text, flags=re.S) and "Private to the store" not in text:
                wrong.append(f"{path.relative_to(ROOT)}: names an SQLite type in a public header")
        self.assertNothing(wrong)


if __name__ == "__main__":
    xq_tap.main()
