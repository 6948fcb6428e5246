"""Runs unittest cases and reports them in TAP, so that each is counted on its own."""

import os
import sys
import traceback
import unittest


class _TapResult(unittest.TestResult):
    def __init__(self, out):
        super().__init__()
        self.out = out
        self.number = 0

    def _line(self, ok, test, remark=""):
        self.number += 1
        name = test.id().removeprefix("__main__.").replace("#", "")
        print(f"{'ok' if ok else 'not ok'} {self.number} {name}{remark}", file=self.out, flush=True)

    def _trouble(self, test, error):
        self._line(False, test)
        for line in "".join(traceback.format_exception(*error)).splitlines():
            print(f"# {line}", file=self.out, flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._line(True, test)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._trouble(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._trouble(test, err)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._trouble(subtest, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._line(True, test, f" # SKIP {reason}")


def main(module="__main__"):
    """Instead of unittest.main(). Names given as arguments choose among the cases."""
    # What the program under test prints must not get between the lines of the report.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    loader = unittest.TestLoader()
    names = sys.argv[1:]
    suite = loader.loadTestsFromNames(names, sys.modules[module]) if names else loader.loadTestsFromModule(sys.modules[module])
    print(f"TAP version 13\n1..{suite.countTestCases()}", file=out, flush=True)
    result = _TapResult(out)
    suite.run(result)
    if result.number < suite.countTestCases():
        print(f"Bail out! only {result.number} cases reported", file=out, flush=True)
    sys.exit(0 if result.wasSuccessful() else 1)
