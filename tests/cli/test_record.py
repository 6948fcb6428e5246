#!/usr/bin/python3
"""record and erase: every record listed, entered, changed and deleted from the command line."""

import json

import xq_cli
import xq_tap
from xq_cli import FAILED, REJECTED, USAGE

COMPOUND = "测试区/甲街道/乙社区/丙小区"
NAME, PHONE = "欧阳清扬", "13912348765"


class RecordCase(xq_cli.Case):
    """A document with one unit of each level, made anew for each test."""

    def setUp(self):
        self.document = self.folder / f"{self.id().rsplit('.', 1)[-1]}.xiaoqu"
        self.done("create", self.document, "--scheme", "bishan", "--name", "测试区")
        parent = self.json("tree", self.document)["units"][0]["unit"]["id"]
        for level, name in enumerate(("甲街道", "乙社区", "丙小区"), start=1):
            parent = self.add("unit", f"parent={parent}", f"level={level}", f"name={name}")

    def add(self, kind, *values):
        return self.json("record", self.document, "add", kind, *values)["id"]

    def rows(self, kind, *options):
        return self.json("record", self.document, "list", kind, *options)["rows"]


class Records(RecordCase):
    def test_types_tell_themselves(self):
        types = {entry["type"]: entry for entry in self.json("record", self.document, "types")["types"]}
        self.assertGreater(len(types), 40)
        fields = {field["name"]: field for field in types["owner_vote"]["fields"]}
        self.assertEqual(["ordinary", "special"], fields["matter"]["choices"])
        self.assertTrue(fields["topic"]["required"])
        self.assertEqual("property_area", types["owner_vote"]["owner"])
        self.assertIn("owner_vote", self.done("record", self.document, "types"))
        self.assertIn("special", self.done("record", self.document, "types", "owner_vote"))
        for entry in types.values():
            for field in entry["fields"]:
                self.assertNotRegex(field["name"], "identity|id_number|id_card", "no identity number anywhere")

    def test_added_changed_deleted_undone(self):
        added = self.json("record", self.document, "add", "association", "--unit", COMPOUND, "kind=群众组织", "name=舞蹈队", "headcount=１,２００")
        self.assertEqual("association", added["type"])
        row, = self.rows("association", "--unit", "乙社区")
        self.assertEqual(added["id"], row["id"])
        self.assertIsInstance(row["id"], str)
        self.assertEqual(COMPOUND, row["unit"]["path"])
        self.assertEqual(("resident", "舞蹈队", 1200), tuple(row["values"][key] for key in ("kind", "name", "headcount")))
        self.assertEqual("declared", row["origins"]["name"])
        self.assertIn("舞蹈队", self.done("record", self.document, "list", "association"))

        self.done("record", self.document, "set", "association", row["id"], "headcount=30", "founded=2024年3月1日")
        self.assertEqual((30, "2024-03-01"), tuple(self.rows("association")[0]["values"][key] for key in ("headcount", "founded")))
        self.done("undo", self.document)
        self.assertEqual(1200, self.rows("association")[0]["values"]["headcount"])
        self.done("record", self.document, "delete", "association", row["id"])
        self.assertEqual([], self.rows("association"))
        self.done("undo", self.document)
        self.assertEqual(1, len(self.rows("association")))
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", self.document))

    def test_references_and_words_by_name(self):
        self.add("property_area", "--unit", COMPOUND, "name=一期", "heads=300", "owned_area=30000.5")
        # The only area of the compound is the vote's.
        self.add("owner_vote", "--unit", COMPOUND, "topic=停车", "matter=special")
        vote, = self.rows("owner_vote")
        area, = self.rows("property_area")
        self.assertEqual(area["id"], vote["values"]["property_area"])
        self.assertEqual(3000050, area["values"]["owned_area"])
        self.add("department", "--unit", "测试区", "name=示例部门(城管)")
        self.add("pairing", "--unit", COMPOUND, "department=示例部门(城管)")
        self.assertEqual(self.rows("department")[0]["id"], self.rows("pairing")[0]["values"]["department"])
        # Words of the scheme by what people call them.
        level = self.add("ticket", "--unit", COMPOUND, "title=路灯", "raised=2024-09-06", "level=急事快办")
        ticket, = self.rows("ticket")
        self.assertEqual((level, "red", "2409-0001"), (ticket["id"], ticket["values"]["level"], ticket["values"]["number"]))

    def test_steps_of_a_ticket_hold_together(self):
        self.add("department", "--unit", "测试区", "name=示例部门(城管)")
        ticket = self.add("ticket", "--unit", COMPOUND, "title=路灯", "raised=2024-09-06", "level=blue")
        self.assertEqual(["raise"], [row["values"]["kind"] for row in self.rows("ticket_event")])
        self.refused(REJECTED, "invalid", "record", self.document, "add", "ticket_event", f"ticket={ticket}", "ordinal=2", "kind=close", "day=2024-09-07")
        self.add("ticket_event", f"ticket={ticket}", "ordinal=2", "kind=dispatch", "day=2024-09-06", "department=示例部门(城管)")
        # Ten working days from a Friday, by the scheme's level: Saturday the 14th is worked, 15th to 17th are off (中秋).
        self.assertEqual("2024-09-23", self.rows("ticket")[0]["values"]["deadline"])

    def test_an_account_is_not_overdrawn(self):
        account = self.add("points_account", "--unit", COMPOUND, "label=户001")
        self.add("points_entry", f"account={account}", "day=2024-10-01", "kind=earned", "points=30")
        self.refused(REJECTED, "invalid", "record", self.document, "add", "points_entry", f"account={account}", "day=2024-10-02", "kind=redeemed", "points=31")
        self.add("points_entry", f"account={account}", "day=2024-10-02", "kind=redeemed", "points=30")

    def test_refusals(self):
        self.refused(USAGE, "usage", "record", self.document, "forget", "note")
        self.refused(USAGE, "usage", "record", self.document, "add")
        self.refused(USAGE, "usage", "record", self.document, "set", "note", "x", "title=y")
        self.refused(USAGE, "usage", "record", self.document, "add", "note", "--unit", COMPOUND, "title")
        self.refused(REJECTED, "not-found", "record", self.document, "list", "nothing")
        self.refused(REJECTED, "not-found", "record", self.document, "add", "note", "--unit", COMPOUND, "colour=red")
        self.refused(REJECTED, "not-found", "record", self.document, "add", "pairing", "--unit", COMPOUND, "department=没有的部门")
        self.refused(REJECTED, "not-found", "record", self.document, "delete", "note", "4711")
        self.refused(USAGE, "usage", "record", self.document, "list", "member", "--full")
        before = self.json("history", self.document)["entries"]
        self.assertEqual(before, self.json("history", self.document)["entries"])


class Persons(RecordCase):
    def setUp(self):
        super().setUp()
        self.member = self.add("member", f"residence={COMPOUND}", "stage=full", f"name={NAME}", f"phone={PHONE}")

    def test_masked_unless_a_reason_is_given(self):
        values = self.rows("member")[0]["values"]
        self.assertEqual(("欧**", "139****8765"), (values["name"], values["phone"]))
        self.assertNotIn(NAME, self.done("record", self.document, "list", "member"))
        values = self.rows("member", "--full", "--reason", "核对名册")[0]["values"]
        self.assertEqual((NAME, PHONE), (values["name"], values["phone"]))
        labels = [entry["label"] for entry in self.json("history", self.document)["entries"]]
        self.assertIn("核对名册", labels[0])
        self.assertNotIn(NAME, json.dumps(labels, ensure_ascii=False))

    def test_cleared_for_good(self):
        self.done("record", self.document, "set", "member", self.member, "name=诸葛长明")
        self.assertIn(NAME.encode(), self.document.read_bytes())
        cleared = self.json("erase", self.document, NAME)
        self.assertEqual((1, 2), (cleared["rows"], cleared["history"]))
        data = self.document.read_bytes()
        for text in (NAME, PHONE, "诸葛长明"):
            self.assertNotIn(text.encode(), data)
        self.assertEqual("full", self.rows("member")[0]["values"]["stage"])
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", self.document))
        self.refused(REJECTED, "not-found", "erase", self.document, NAME)


if __name__ == "__main__":
    xq_tap.main()
