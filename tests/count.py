#!/usr/bin/python3
"""Counts what meson's runs of the suite say and prints "N passed, N failed" as the last line.

A test that speaks TAP counts once for each of its subtests, any other once. A test that ends badly although all its
subtests passed (a crash at exit, a leak, a timeout) counts as one failure more.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def subtests(junit):
    """Passed, failed and skipped subtests of each TAP test, by the name that meson gives its suite."""
    counts = {}
    if not junit.exists():
        return counts
    for suite in ElementTree.parse(junit).getroot().iter("testsuite"):
        passed = failed = skipped = 0
        for case in suite.iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1
        counts[suite.get("name")] = (passed, failed, skipped)
    return counts


def count(build):
    logs = pathlib.Path(build) / "meson-logs"
    by_suite = subtests(logs / "testlog.junit.xml")
    passed = failed = skipped = 0
    bad = []
    for line in (logs / "testlog.json").read_text(encoding="utf-8").splitlines():
        test = json.loads(line)
        good = test["result"] in ("OK", "EXPECTEDFAIL")
        p, f, s = by_suite.get("xiaoqu." + test["name"], (0, 0, 0))
        if p + f + s == 0:
            p, f, s = (1, 0, 0) if good else (0, 0, 1) if test["result"] == "SKIP" else (0, 1, 0)
        elif not good and f == 0 and test["result"] != "SKIP":
            f = 1
        if f > 0:
            bad.append(f"{test['name']}: {test['result']}")
        passed, failed, skipped = passed + p, failed + f, skipped + s
    return passed, failed, skipped, bad


def main():
    total_passed = total_failed = 0
    for build in sys.argv[1:]:
        passed, failed, skipped, bad = count(build)
        for line in bad:
            print(f"failed in {pathlib.Path(build).name}: {line}")
        print(f"{pathlib.Path(build).name}: {passed} passed, {failed} failed, {skipped} skipped")
        total_passed += passed
        total_failed += failed
    print(f"{total_passed} passed, {total_failed} failed")
    # A run in which nothing was tested is no success.
    sys.exit(1 if total_failed or not total_passed else 0)


if __name__ == "__main__":
    main()
