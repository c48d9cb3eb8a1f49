"""What relief tells of school places (爱心学校). Nothing of the child or the guardian."""

from __future__ import annotations

from shared.contracts.fields import Day, Id, Strict, Text
from shared.contracts.relief.told import told


class PlaceTold(Strict):
    request_id = Id(required=True)
    request_no = Text(19, required=True)
    term = Text(11, required=True)


class PlaceAtSchool(PlaceTold):
    school_id = Id(required=True)


class PlaceOffered(PlaceAtSchool):
    offered_until = Day(required=True)


EVENTS = (
    told("school_place_requested", PlaceTold, "已申请入学名额", "School place requested"),
    told("school_place_consented", PlaceTold, "监护人已同意", "Guardian consented"),
    told("school_place_offered", PlaceOffered, "已安排入学名额", "School place offered"),
    told("school_place_declined", PlaceAtSchool, "入学名额已放弃", "School place declined"),
    told("school_place_enrolled", PlaceAtSchool, "已入学", "Child enrolled"),
    told("school_place_withdrawn", PlaceTold, "入学申请已撤回", "Request withdrawn"),
)
