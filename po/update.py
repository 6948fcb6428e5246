#!/usr/bin/python3
"""Keeps the message catalogue in step with the sources.

update.py [FILE.po ...]  writes POTFILES, xiaoqu.pot and zh_CN.po; what FILE.po translates is taken over into zh_CN.po
update.py --check        changes nothing; says what is missing and ends with status 1
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PO = ROOT / "po"
LANGUAGE = "zh_CN"
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dgettext:2", "g_dngettext:2,3", "g_dpgettext2:2c,3"]
MESSAGE = re.compile(r"\b(?:N?C?_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*(?:GETTEXT_PACKAGE\s*,\s*)?\"")

BROKEN = re.compile(r"\b_ ?\(\s*\"[^\"]*\"\s*(G_G\w+_FORMAT)")


def sources():
    """Files that hold messages, as POTFILES names them."""
    found = []
    for path in sorted(ROOT.glob("src/**/*.[ch]")):
        if MESSAGE.search(path.read_text(encoding="utf-8")):
            found.append(path)
    for path in sorted(ROOT.glob("ui/**/*.ui")):
        if 'translatable="yes"' in path.read_text(encoding="utf-8"):
            found.append(path)
    found += sorted(ROOT.glob("data/*.in"))
    return sorted(str(path.relative_to(ROOT)) for path in found)


def run(*command):
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{command[0]}: {result.stderr.strip()}")
    return result


def extract(files, pot):
    """Writes the template. Desktop files go apart: of theirs only what people read is a message."""
    common = ["xgettext", "--from-code=UTF-8", "--sort-by-file", "--package-name=xiaoqu",
              "--copyright-holder=The Xiaoqu authors", "--add-comments=Translators", f"--output={pot}"]
    desktop = [name for name in files if name.endswith(".desktop.in")]
    others = [name for name in files if name not in desktop]
    run(*common, "--keyword", *(f"--keyword={keyword}" for keyword in KEYWORDS),
        "--flag=g_strdup_printf:1:c-format", "--flag=g_set_error:4:c-format", *others)
    run(*common, "--join-existing", "--language=Desktop", "--keyword",
        *(f"--keyword={key}" for key in ("Name", "GenericName", "Comment", "Keywords")), *desktop)
    # The day of the run says nothing and would change the file each time.
    text = pathlib.Path(pot).read_text(encoding="utf-8")
    text = re.sub(r'"POT-Creation-Date: [^"]*\\n"\n', "", text).replace("charset=CHARSET", "charset=UTF-8")
    pathlib.Path(pot).write_text(text, encoding="utf-8")


def statistics(catalogue):
    """msgfmt's checks and counts, e.g. "12 translated messages, 1 fuzzy translation."."""
    return subprocess.run(["msgfmt", "--check", "--statistics", "-o", "/dev/null", str(catalogue)], capture_output=True,
                          text=True, check=False, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})


def update(compendia):
    files = sources()
    (PO / "POTFILES").write_text("".join(name + "\n" for name in files), encoding="utf-8")
    extract(files, PO / "xiaoqu.pot")
    catalogue = PO / f"{LANGUAGE}.po"
    with tempfile.TemporaryDirectory() as scratch:
        known = catalogue
        if compendia:
            # What already stands in the catalogue wins over what is merged into it.
            known = pathlib.Path(scratch) / "known.po"
            headed = []
            header = catalogue.read_text(encoding="utf-8").split("\n\n", 1)[0]
            for number, name in enumerate(compendia):
                text = pathlib.Path(name).read_text(encoding="utf-8")
                if not re.search(r'^msgid ""\nmsgstr', text, re.M):
                    text = header + "\n\n" + text
                headed.append(pathlib.Path(scratch) / f"{number}.po")
                headed[-1].write_text(text, encoding="utf-8")
            run("msgcat", "--use-first", "--force-po", "-o", str(known), str(catalogue), *map(str, headed))
        merged = pathlib.Path(scratch) / "merged.po"
        run("msgmerge", "--quiet", "--no-fuzzy-matching", "--sort-by-file", "-o", str(merged), str(known), "po/xiaoqu.pot")
        run("msgattrib", "--no-obsolete", "--sort-by-file", "-o", str(catalogue), str(merged))
    print(statistics(catalogue).stderr.strip())


def problems():
    """What keeps the catalogue from being complete, in words."""
    found = []
    files = sources()
    listed = (PO / "POTFILES").read_text(encoding="utf-8").split()
    found += [f"po/POTFILES misses {name}" for name in files if name not in listed]
    found += [f"po/POTFILES lists {name}, which holds no message" for name in listed if name not in files]
    # xgettext stops at such a macro, so that the message would never be found again.
    found += [f"{name}: a message with {match[1]}: put the number into text first" for name in files if name.endswith(".c")
              for match in BROKEN.finditer((ROOT / name).read_text(encoding="utf-8"))]
    catalogue = PO / f"{LANGUAGE}.po"
    with tempfile.TemporaryDirectory() as scratch:
        pot = pathlib.Path(scratch) / "fresh.pot"
        merged = pathlib.Path(scratch) / "merged.po"
        extract(files, pot)
        run("msgmerge", "--quiet", "--no-fuzzy-matching", "-o", str(merged), str(catalogue), str(pot))
        missing = run("msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", str(merged)).stdout
        found += [f"not translated: {text}" for text in re.findall(r'^msgid (".+")$', missing, re.M)]
        fuzzy = run("msgattrib", "--only-fuzzy", "--no-obsolete", "--no-wrap", str(catalogue)).stdout
        found += [f"fuzzy: {text}" for text in re.findall(r'^msgid (".+")$', fuzzy, re.M)]
        checked = statistics(catalogue)
        if checked.returncode != 0:
            found.append(checked.stderr.strip())
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("compendia", nargs="*", metavar="FILE.po")
    arguments = parser.parse_args()
    if not arguments.check:
        update(arguments.compendia)
        return
    found = problems()
    print("\n".join(found))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
