"""What can be asked of relief about the three forms of student aid (助学三种形式), and who may ask."""

from __future__ import annotations

from shared.contracts.relief.applications import student_schemas as s
from shared.contracts.relief.who import AUDITOR, CHAIR, COUNTY, DIRECTOR, GROUP, OFFICER, TOWNSHIP
from shared.contracts.table import ask, change, create, listing
from shared.kernel.roles import Role

STAFF = (OFFICER, TOWNSHIP, COUNTY, DIRECTOR, CHAIR, GROUP, AUDITOR)
AID = "/student-aids/<aid_id>"

OPERATIONS = (
    create("record_student_aid", "/student-aids", "登记学杂费减免或捐赠书籍用品",
           "Enter fees waived or books and supplies donated", s.NewStudentAid, s.StudentAid, [OFFICER, COUNTY]),
    ask("get_student_aid", AID, "查看非现金助学", "Read student aid in kind", s.StudentAid, STAFF),
    listing("list_student_aids", "/student-aids", "列出非现金助学", "List student aid in kind", s.StudentAid, STAFF,
            query=s.StudentAidQuery),
    change("cancel_student_aid", f"{AID}/cancel", "作废非现金助学记录", "Cancel what was entered by mistake",
           s.StudentAidReason, s.StudentAid, [OFFICER, COUNTY]),
    ask("get_aid_of_student", "/applications/<application_id>/student-aid", "查看该生三种形式的助学",
        "What the student had in all three forms", s.AidOfStudent, STAFF),
    ask("get_student_aid_forms", "/student-aid-forms", "助学三种形式统计", "Student aid by form: cash, waiver, goods",
        s.FormsOfAid, (*STAFF, Role.STATISTICIAN), query=s.FormsQuery),
)
