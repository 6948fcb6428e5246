#!/usr/bin/python3
"""A planner's way: open the page, have a plan proposed, brush a compound over, see what breaks, undo, compare, put into force, export."""

import json
import subprocess
import time

import openpyxl
import xq_tap
import xq_window
from xq_window import says, wait_for

COMMUNITY = "鄂城区/凤凰街道/澜湖社区"
QUARTER = "2024Q3"
# Where the brush starts and goes, as parts of the map's width and height from its middle.
STROKES = [(x, y, dx, dy) for x, y in ((0, 0), (-.15, -.15), (.15, .15), (-.15, .15), (.15, -.15), (0, .25), (0, -.25))
           for dx, dy in ((.12, 0), (0, .12), (-.12, 0), (0, -.12))]


class Planner(xq_window.Case):
    def plans(self, document):
        return {plan["name"]: plan for plan in json.loads(self.cli("plan", document, "list", "--json"))["plans"]}

    def score(self, document, plan):
        return json.loads(self.cli("plan", document, "score", plan, "--json"))

    def entries(self, document):
        return json.loads(self.cli("history", document, "--json"))["entries"]

    def settled(self, window):
        """The plan and its map are shown; a moment later the buttons are where they stay."""
        window.find(("push button", says("当前方案")))
        window.find(("image", says("地图")))
        time.sleep(.3)

    def undo(self, window):
        window.click(window.find(("push button", "撤销")))

    def gone(self, window):
        wait_for("the end of the dialog", lambda: len(list(xq_window.children(window.application))) == 1)

    def propose(self, window, document):
        """A plan of its own for the community; returns its name."""
        before = self.plans(document)
        window.click(window.find(("push button", says("自动划分"))))
        window.click(window.find(("push button", says("开始划分")), within=window.dialog("自动划分")))
        return wait_for("the proposal", lambda: next((name for name in self.plans(document) if name not in before), None))

    def stroke(self, window, stroke):
        box = xq_window.extents(window.find(("image", says("地图"))))
        x, y, dx, dy = stroke
        at = [(box.x + box.width * (.5 + x + dx * part), box.y + box.height * (.5 + y + dy * part)) for part in (0, .3, .6, 1)]
        places = [[str(round(place)) for place in point] for point in at]
        subprocess.run(["xdotool", "mousemove", "--sync", *places[0], "mousedown", "1"], check=True)
        for place in places[1:]:
            subprocess.run(["xdotool", "mousemove", "--sync", *place], check=True)
            time.sleep(.05)
        subprocess.run(["xdotool", "mouseup", "1"], check=True)

    def brush_until_broken(self, window, document, plan):
        """Brushes over until a rule breaks; each stroke that breaks none is undone."""
        window.click(window.find(("push button", says("画笔"))))
        for stroke in STROKES:
            count = len(self.entries(document))
            self.stroke(window, stroke)
            try:
                wait_for("the stroke's step", lambda: len(self.entries(document)) > count, 3)
            except xq_window.NotThere:
                continue  # it began and ended in one unit
            broken = self.score(document, plan)["violations"]
            if broken:
                return broken
            self.undo(window)
            wait_for("the undo", lambda: len(self.entries(document)) == count + 2)
        self.fail("no stroke broke a rule")

    def compare(self, window, plan):
        window.click(window.find(("push button", says("比较"))))
        dialog = window.dialog("方案比较")
        window.find(("panel", "指标对比"), ("label", "治理单元"), within=dialog)
        window.find(("panel", "地图显示的方案"), ("push button", plan), within=dialog)
        window.key("Escape")
        self.gone(window)

    def put_into_force(self, window, document):
        window.click(window.find(("push button", says("批准启用"))))
        dialog = window.dialog("启用方案")
        button = window.find(("push button", says("启用")), within=dialog)
        wait_for("the preview", lambda: button.get_state_set().contains(xq_window.Atspi.StateType.SENSITIVE))
        window.find(("list item", lambda name: "个单元调整为" in name), within=dialog)
        count = len(self.entries(document))
        window.click(button)
        self.gone(window)
        wait_for("one step", lambda: len(self.entries(document)) == count + 1)

    def export(self, window):
        window.click(window.find(("push button", says("当前方案")), ("push button", says("当前方案"))))
        window.click(window.find(("push button", "导出…")))
        dialog = window.dialog("导出方案")
        target = self.folder / "调整方案.xlsx"
        window.write(window.find(("text", "文件夹"), within=dialog), str(target.parent))
        window.write(window.find(("text", "文件名"), within=dialog), target.name)
        window.click(window.find(("push button", says("导出")), within=dialog))
        wait_for("the workbook", target.exists)
        self.gone(window)
        return openpyxl.load_workbook(target)

    def test_journey(self):
        document = self.sample()
        self.cli("plan", document, "new", "--name", "方案一", "--unit", COMMUNITY, "--households-min", "100", "--households-max", "800")
        then = self.figures(document, "--period", QUARTER, "--unit", COMMUNITY)
        today = self.figures(document)
        window = self.open(document, "--page", "planner", "--unit", COMMUNITY)
        self.settled(window)
        window.find(("push button", says("当前方案：方案一")))

        plan = self.propose(window, document)
        proposed = self.score(document, plan)
        window.find(("push button", says(f"当前方案：{plan}")))

        broken = self.brush_until_broken(window, document, plan)
        self.assertGreater(len(broken), len(proposed["violations"]))
        window.find(("push button", says("定位")))
        self.undo(window)
        wait_for("what was proposed", lambda: self.score(document, plan)["score"] == proposed["score"])

        self.compare(window, plan)
        workbook = self.export(window)
        self.assertGreater(len(workbook.sheetnames), 3)

        self.put_into_force(window, document)
        after = self.figures(document)
        self.assertEqual(proposed["units"] - then["compounds"]["value"],
                         after["compounds"]["value"] - today["compounds"]["value"])
        self.assertEqual(today["households"]["value"], after["households"]["value"])
        self.assertEqual(then, self.figures(document, "--period", QUARTER, "--division", "then", "--unit", COMMUNITY),
                         "the last quarter reads the same in the old division")
        self.assertEqual("in_force", self.plans(document)[plan]["stage"])

        self.undo(window)
        wait_for("the old division", lambda: self.figures(document) == today)


if __name__ == "__main__":
    xq_tap.main()
