#!/usr/bin/python3
"""The Chinese catalogue is complete: no message of the sources is missing, untranslated or fuzzy, and POTFILES lists them all."""

import os
import pathlib
import re
import sys

import xq_tap

ROOT = pathlib.Path(os.environ["XIAOQU_SOURCE_ROOT"])
sys.path.insert(0, str(ROOT / "po"))
import update  # noqa: E402  (po/update.py knows what a message is)


class Messages(xq_tap.Case):
    def test_catalogue_is_complete(self):
        problems = update.problems()
        self.assertNothing(problems, f"{len(problems)} problems; ./dev po brings the catalogue up to date")

    def test_translations_are_chinese(self):
        """A message of words that is "translated" by itself was forgotten."""
        catalogue = (ROOT / "po" / "zh_CN.po").read_text(encoding="utf-8")
        same = []
        for entry in catalogue.split("\n\n")[1:]:
            lines = [line for line in entry.splitlines() if not line.startswith("#")]
            parts = "\n".join(lines).split("msgstr", 1)
            if len(parts) == 2 and "msgid_plural" not in parts[0]:
                source = "".join(line.strip('"') for line in parts[0].split("msgid ", 1)[1].splitlines())
                target = "".join(line.strip('"') for line in parts[1].lstrip().splitlines())
                words = re.sub(r"%[0-9$]*[a-z]|\\\\n", "", source)
                if source == target and re.search(r"[a-z]+ [a-z]+", words):
                    same.append(source)
        self.assertNothing(same)


if __name__ == "__main__":
    xq_tap.main()
