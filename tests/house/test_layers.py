#!/usr/bin/python3
"""Layers look down only, and see only the libraries that are theirs.

What a file really includes is what the compiler wrote down for ninja; the list here is what it may. A static library per
layer alone would not stop a wrong #include.
"""

import collections
import os
import pathlib
import re
import subprocess

import xq_tap

SOURCE = pathlib.Path(os.environ["XIAOQU_SOURCE_ROOT"])
BUILD = pathlib.Path(os.environ["XIAOQU_BUILD_ROOT"])

# What each layer may include of the project ...
BELOW = {
    "model": set(),
    "store": {"model"},
    "chart": {"model"},
    "planner": {"model"},
    "exchange": {"model", "store", "chart", "planner"},
    "cli": {"model", "store", "chart", "exchange", "planner"},
    "app": {"model", "store", "chart", "exchange", "planner"},
}
# ... and of the system, besides the C library.
DRAWING = {"cairo", "pango", "harfbuzz", "freetype", "fribidi", "libpng"}
LIBRARIES = {
    "model": {"glib", "json-glib"},
    "store": {"glib", "json-glib", "sqlite3", "icu"},
    "chart": {"glib"} | DRAWING,
    "planner": {"glib", "geos", "cbc"},
    "exchange": {"glib", "json-glib", "xlsxwriter"} | DRAWING,
    "cli": {"glib", "json-glib"} | DRAWING,
    "app": {"glib", "json-glib", "gtk", "adwaita", "gdk-pixbuf", "graphene"} | DRAWING,
}
# Which library a system header is of; the first that matches.
OWNERS = [
    ("compiler", r"^/usr/lib/(gcc|clang|llvm-\d+/lib/clang)/"),
    ("glib", r"/(glib-2\.0|gio-unix-2\.0)/"),
    ("json-glib", r"/json-glib-1\.0/"),
    ("gtk", r"/gtk-4\.0/"),
    ("adwaita", r"/libadwaita-1/"),
    ("gdk-pixbuf", r"/gdk-pixbuf-2\.0/"),
    ("graphene", r"/graphene-1\.0/"),
    ("cairo", r"/cairo/"),
    ("pango", r"/pango-1\.0/"),
    ("harfbuzz", r"/harfbuzz/"),
    ("freetype", r"/freetype2/"),
    ("fribidi", r"/fribidi/"),
    ("libpng", r"/libpng16/"),
    ("icu", r"/unicode/"),
    ("sqlite3", r"/sqlite3(ext)?\.h$"),
    ("geos", r"/geos(_c\.h$|/)"),
    ("cbc", r"/coin/"),
    ("xlsxwriter", r"/xlsxwriter(\.h$|/)"),
    ("libc", r"^/usr/include/([a-z0-9_]+-linux-gnu[a-z0-9]*/)?(bits|sys|gnu|asm|asm-generic|linux|finclude)/"),
    ("libc", r"^/usr/include/(aio|alloca|assert|byteswap|ctype|dirent|endian|errno|fcntl|features|features-time64|fenv|float|"
             r"inttypes|langinfo|libintl|limits|locale|malloc|math|memory|poll|pthread|pwd|sched|semaphore|setjmp|signal|"
             r"stdc-predef|stdint|stdio|stdlib|string|strings|termios|tgmath|time|uchar|unistd|utime|wchar|wctype|xlocale)\.h$"),
]


def owner(path):
    for name, pattern in OWNERS:
        if re.search(pattern, path):
            return name
    return path


def compiled():
    """(layer, source, headers) of each object of src/ that ninja knows."""
    text = subprocess.run(["ninja", "-C", str(BUILD), "-t", "deps"], capture_output=True, text=True, check=True).stdout
    objects = []
    for block in text.split("\n\n"):
        lines = block.strip().splitlines()
        match = re.match(r"src/(\w+)/.*\.c\.o: ", lines[0]) if lines else None
        # An object whose source is gone stays in ninja's log.
        if match and "(VALID)" in lines[0]:
            files = [os.path.normpath(os.path.join(BUILD, line.strip())) for line in lines[1:]]
            if os.path.exists(files[0]):
                objects.append((match[1], files[0], files[1:]))
    return objects


def layer_of(path):
    for base in (SOURCE, BUILD):
        try:
            parts = pathlib.Path(path).relative_to(base).parts
        except ValueError:
            continue
        if len(parts) > 2 and parts[0] == "src":
            return parts[1]
    return None


def short(path):
    return os.path.relpath(path, SOURCE)


def included(path):
    """Names in quotes that a file includes."""
    return re.findall(r'^\s*#\s*include\s+"([^"]+)"', path.read_text(encoding="utf-8"), re.M)


def find_circle(graph):
    """Nodes of one circle in @graph, or an empty list."""
    state, trail = {}, []

    def visit(node):
        state[node] = "open"
        trail.append(node)
        for following in sorted(graph[node]):
            if state.get(following) == "open":
                return trail[trail.index(following):] + [following]
            if following not in state:
                circle = visit(following)
                if circle:
                    return circle
        state[node] = "done"
        trail.pop()
        return []

    for node in sorted(graph):
        if node not in state:
            circle = visit(node)
            if circle:
                return circle
    return []


class Layers(xq_tap.Case):
    @classmethod
    def setUpClass(cls):
        cls.objects = compiled()

    def test_every_source_was_looked_at(self):
        seen = {source for _, source, _ in self.objects}
        missing = [short(path) for path in sorted(SOURCE.glob("src/**/*.c")) if str(path) not in seen]
        self.assertNothing(missing, "these are part of no library or program")

    def test_no_layer_looks_up(self):
        wrong = []
        for layer, source, headers in self.objects:
            for header in headers:
                other = layer_of(header)
                if other is not None and other != layer and other not in BELOW[layer]:
                    wrong.append(f"{short(source)} ({layer}) includes {short(header)}")
        self.assertNothing(wrong)

    def test_each_layer_sees_only_its_libraries(self):
        wrong = set()
        for layer, source, headers in self.objects:
            for header in headers:
                if layer_of(header) is None and not header.startswith(str(BUILD)):
                    name = owner(header)
                    if name not in LIBRARIES[layer] | {"libc", "compiler"}:
                        wrong.add(f"{short(source)} ({layer}) includes {name}")
        self.assertNothing(sorted(wrong))

    def test_private_headers_stay_in_their_layer(self):
        wrong = []
        for header in sorted(SOURCE.glob("src/*/**/*.h")):
            if not re.search(r"Private to the (\w+)", header.read_text(encoding="utf-8")):
                continue
            for layer, source, headers in self.objects:
                if str(header) in headers and layer != layer_of(header):
                    wrong.append(f"{short(source)} includes {short(header)}")
        self.assertNothing(wrong)

    def test_no_circle_between_headers(self):
        headers = {path.name: path for path in SOURCE.glob("src/**/*.h")}
        graph = {name: {other for other in included(path) if other in headers} for name, path in headers.items()}
        self.assertNothing(find_circle(graph))

    def test_one_name_one_header(self):
        names = collections.Counter(path.name for path in SOURCE.glob("src/**/*.h"))
        self.assertNothing([name for name, count in names.items() if count > 1])


if __name__ == "__main__":
    xq_tap.main()
