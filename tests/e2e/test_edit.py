#!/usr/bin/python3
"""Setting a compound's organisation in the window: marks, figures and history follow; undo brings everything back."""

import json

import xq_tap
import xq_window
from xq_window import says

COMMUNITY = "鄂城区/凤凰街道/澜湖社区"


class Edit(xq_window.Case):
    def contacted(self, document):
        """A compound of the community that is only in contact."""
        rows = json.loads(self.cli("rows", document, "coverage_contact", "--unit", COMMUNITY, "--json"))["rows"]
        return rows[0]["unit"]

    def covered(self, window, covered, total):
        """The community's row in the tree says how many of its compounds are covered."""
        window.find(("list", "层级树"), ("list item", "澜湖社区"), ("label", f"{covered}/{total}"))

    def test_organisation_set_undone_redone(self):
        document = self.sample()
        before = self.figures(document)
        compound = self.contacted(document)
        window = self.open(document, "--page", "ledger", "--unit", compound["path"])
        tree = window.find(("list", "层级树"))
        row = window.find(("list item", compound["name"]), within=tree)
        window.find(("image", "包联"), within=row)
        self.covered(window, 10, 11)

        window.click(window.find(("page tab", "组织")))
        window.click(window.find(("push button", says("成立党组织"))))
        window.click(window.find(("push button", says("成立")), within=window.dialog("成立党组织")))

        window.find(("list item", compound["name"]), ("image", "单建"), within=tree)
        self.covered(window, 11, 11)
        window.find(("panel", "状态"), ("panel", "党支部"))
        # Read from outside while the window is open; written it may not be.
        self.assertEqual(541, self.figures(document)["coverage_own"]["value"])
        self.cli("undo", document, status=1)
        history = json.loads(self.cli("history", document, "--json"))["entries"]
        self.assertIn(compound["name"], history[0]["label"])
        self.assertRegex(history[0]["label"], r"[\u4e00-\u9fff]")

        window.click(window.find(("page tab", "概览")))
        window.click(window.find(("push button", "鄂城区")))
        window.find(("push button", says("组织覆盖率 99.3%、541 / 545")))
        window.find(("image", lambda name: "合计 545 个：单建 541、包联 4" in name))

        window.key("ctrl+z")
        window.find(("push button", says("组织覆盖率 99.1%、540 / 545")))
        window.find(("image", lambda name: "合计 545 个：单建 540、包联 5" in name))
        self.covered(window, 10, 11)
        window.find(("list item", compound["name"]), ("image", "包联"), within=tree)
        self.assertEqual(before, self.figures(document))

        window.key("ctrl+shift+z")
        window.find(("push button", says("组织覆盖率 99.3%、541 / 545")))
        window.key("ctrl+z")
        window.find(("push button", says("组织覆盖率 99.1%、540 / 545")))

        window.close()
        self.assertEqual(before, self.figures(document))
        self.assertIn("完好", self.cli("verify", document))
        self.assertEqual([document], list(self.folder.iterdir()), "at rest a document is one file")


if __name__ == "__main__":
    xq_tap.main()
