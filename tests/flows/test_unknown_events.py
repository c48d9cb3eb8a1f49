"""What nobody can read yet is kept, shown and decided on; and the trails of it all are whole."""

from __future__ import annotations

import json

from shared.runtime.demo.api import until
from shared.runtime.demo.cast import Cast, employ
from shared.runtime.operate import parked_list
from tests.centre import Centre
from tests.flows.settled import broken_trails
from tests.stage import envelope, publish


def test_an_event_of_an_unknown_version_is_parked_shown_and_discarded(centre: Centre, cast: Cast) -> None:
    told = envelope("reception.visit_routed.v2", {"visit_no": "LF1", "of": "a version to come"})
    publish(centre.settings, told)
    listeners = {"membership", "mediation", "relief", "legal", "jobs"}
    until("the event parked", lambda: listeners <= {row["service"] for row in parked_list(centre.settings)
                                                    if row["event_id"] == told["id"]})
    admin = cast.named("admin")
    for service in sorted(listeners):
        path = f"/v1/{service}/parked-messages"
        assert told["id"] in {row["event_id"] for row in admin.reads(path, limit=200)["items"]}
        found = admin.reads(f"{path}/{told['id']}")
        assert (found["state"], found["type"], json.loads(found["envelope"])) == ("parked", told["type"], told)
        assert "no version" in found["last_error"]
        assert cast["R8"].post(f"{path}/{told['id']}/discard", {"reason": "不归我管"}).code == "role-missing"
        gone = admin.does(f"{path}/{told['id']}/discard", {"reason": "演练数据"})
        assert (gone["state"], gone["note"]) == ("discarded", "演练数据")
        twice = admin.post(f"{path}/{told['id']}/discard", {"reason": "再来一次"})
        assert (twice.status, twice.code) == (409, "not-parked")
    assert employ(cast, 750_001, "之后照常")["state"]
    assert told["id"] not in {row["event_id"] for row in parked_list(centre.settings)}


def test_the_trails_are_whole(centre: Centre) -> None:
    assert broken_trails(centre.settings) == []
