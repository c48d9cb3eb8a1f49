"""What can be asked of relief about school places (爱心学校), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.schools import schemas as s
from shared.contracts.relief.who import AUDITOR, CHAIR, CLERK, COUNTY, DIRECTOR, OFFICER, WORKER
from shared.contracts.table import Operation, ask, change, create, download, listing

DESK, FAMILY = (CLERK, OFFICER), (CLERK, OFFICER, WORKER)
STAFF = (CLERK, OFFICER, COUNTY, DIRECTOR, CHAIR, AUDITOR)
SCHOOL, REQUEST = "/term-schools/<school_id>", "/placement-requests/<request_id>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

OPERATIONS = (
    create("add_term_school", "/term-schools", "登记学期学校名额", "Enter a school's places for a term", s.NewSchool,
           s.School, [DIRECTOR]),
    ask("get_term_school", SCHOOL, "查看学校名额", "Read a school's places", s.School, STAFF),
    listing("list_term_schools", "/term-schools", "列出学校名额", "List schools and their places", s.School, STAFF,
            query=s.SchoolQuery),
    change("change_school_quota", f"{SCHOOL}/quota", "变更名额", "Change the number of places", s.Quota, s.School,
           [DIRECTOR]),
    change("link_school_outlet", f"{SCHOOL}/outlet", "登记结算网点",
           "Link a school with the outlet that sends its invoice", s.SchoolOutlet, s.School, [DIRECTOR]),
    change("close_term_school", f"{SCHOOL}/close", "停止安排", "Offer no further places", Empty, s.School, [DIRECTOR]),
    create("request_school_place", "/placement-requests", "申请入学名额", "Request a school place", s.NewRequest,
           s.PlacementRequest, FAMILY),
    ask("get_placement_request", REQUEST, "查看入学申请", "Read a request", s.PlacementRequest, (*STAFF, WORKER)),
    listing("list_placement_requests", "/placement-requests", "列出入学申请", "List requests", s.RequestRow,
            (*STAFF, WORKER), query=s.RequestQuery),
    change("consent_to_placement", f"{REQUEST}/consent", "登记监护人同意", "Enter the guardian's consent", s.Consent,
           s.PlacementRequest, FAMILY),
    change("offer_school_place", f"{REQUEST}/offer", "就近安排名额", "Offer the nearest place", s.PlaceOffer,
           s.PlacementRequest, DESK),
    change("accept_school_place", f"{REQUEST}/accept", "接受名额", "Accept the place", Empty, s.PlacementRequest,
           FAMILY),
    change("decline_school_place", f"{REQUEST}/decline", "放弃该名额", "Decline the place", s.PlaceReason,
           s.PlacementRequest, FAMILY),
    change("enrol_child", f"{REQUEST}/enrol", "确认入学", "Enter that the child is at school", Empty,
           s.PlacementRequest, DESK),
    change("withdraw_placement_request", f"{REQUEST}/withdraw", "撤回申请", "Withdraw a request", s.PlaceReason,
           s.PlacementRequest, FAMILY),
    change("leave_school", f"{REQUEST}/leave", "登记离校", "Enter that the child has left the school", s.Leaving,
           s.PlacementRequest, DESK),
    Operation("assign_school_places", "POST", "/school-place-assignments", "按规则集中安排名额",
              "Offer places to everybody who waits, by the dated rule", s.Assigned, s.Assignment,
              roles=frozenset([DIRECTOR])),
    download("download_school_list", "/school-lists", "下载学期入学名单", "The term's list for the education bureau",
             [XLSX], [COUNTY, DIRECTOR], query=s.ListQuery),
)
