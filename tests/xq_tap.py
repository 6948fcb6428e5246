"""Runs unittest cases and reports them in TAP, so that each is counted on its own."""

import os
import sys
import traceback
import unittest


class _TapResult(unittest.TestResult):
    """One line a test, whatever number of subtests in it fail; what went wrong goes to stderr, where meson shows it."""

    def __init__(self, out):
        super().__init__()
        self.out = out
        self.number = 0
        self.ok, self.remark = True, ""

    def startTest(self, test):
        super().startTest(test)
        self.ok, self.remark = True, ""

    def stopTest(self, test):
        self._line(self.ok, test, self.remark)
        super().stopTest(test)

    def _line(self, ok, test, remark=""):
        self.number += 1
        name = test.id().removeprefix("__main__.").replace("#", "")
        print(f"{'ok' if ok else 'not ok'} {self.number} {name}{remark}", file=self.out, flush=True)

    def _trouble(self, test, error):
        self.ok = False
        print(f"── {test.id()}\n{''.join(traceback.format_exception(*error))}", file=sys.stderr, flush=True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._trouble(test, err)

    def addError(self, test, err):
        super().addError(test, err)
        self._trouble(test, err)
        if not isinstance(test, unittest.TestCase):
            # The fixture of a whole class or module: none of its tests will run.
            self._line(False, test)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._trouble(subtest, err)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.remark = f" # SKIP {reason}"


class Case(unittest.TestCase):
    def assertNothing(self, found, hint=""):
        """Fails with what was found, a line each."""
        found = list(found)
        if found:
            more = [f"… and {len(found) - 60} more"] if len(found) > 60 else []
            self.fail("\n".join([hint, *map(str, found[:60]), *more]).strip())


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
