"""What can be asked of relief about all that belongs to a hardship file, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.files import form as f
from shared.contracts.relief.files import matters as m
from shared.contracts.relief.files import schemas as s
from shared.contracts.relief.files import yearly as y
from shared.contracts.relief.files.codes import MEDIA_TYPES, MOST_ATTACHMENT_BYTES
from shared.contracts.relief.who import (
    AUDITOR,
    CHAIR,
    CLERK,
    COUNTY,
    DIRECTOR,
    OFFICER,
    SURVEYOR,
    TOWNSHIP,
    WORKER,
)
from shared.contracts.table import Operation, ask, change, create, download, listing
from shared.kernel.roles import Role

FILE = "/hardship-files/<file_id>"
OBJECTION, ACCESS = "/file-objections/<objection_id>", "/file-accesses/<access_id>"
ATTACHMENT, TRANSFER = "/file-attachments/<attachment_id>", "/file-transfers/<transfer_id>"
REVIEW, DESTRUCTION = "/file-reviews/<review_id>", "/file-destructions/<destruction_id>"
#: who works with the content of a file
WORKING = (OFFICER, SURVEYOR, TOWNSHIP, COUNTY, DIRECTOR)
#: an attachment in base64, and what stands around it
MOST_BODY_BYTES = MOST_ATTACHMENT_BYTES * 4 // 3 + 10_000
HEARING = (TOWNSHIP, COUNTY, DIRECTOR)
WATCHING = (COUNTY, DIRECTOR, AUDITOR)

FORM: tuple[Operation, ...] = (
    change("fill_file_form", f"{FILE}/form", "填写档案表", "Fill in the national form",
           f.FormEntry, s.HardshipFile, [OFFICER, WORKER]),
    ask("get_file_form", f"{FILE}/form", "查看档案表", "Read the national form", f.FilledForm, [*WORKING, WORKER]),
    ask("get_file_sensitive", f"{FILE}/sensitive", "查看健康状况和住址(须登记)",
        "Read health and home, with a registered access", f.Sensitive, [*WORKING, WORKER], query=m.WithAccess),
    ask("get_file_completeness", f"{FILE}/completeness", "档案完整性检查", "What the file still lacks",
        f.Completeness, [*WORKING, WORKER]),
    create("register_file_access", f"{FILE}/accesses", "登记查阅", "Register what a file is read for",
           m.NewAccess, m.Access, [*WORKING, AUDITOR]),
    listing("list_file_accesses", "/file-accesses", "列出查阅登记", "List who read what for", m.Access,
            [DIRECTOR, AUDITOR, Role.PRIVACY_OFFICER], query=m.AccessQuery),
    ask("get_file_access", ACCESS, "查看查阅登记", "Read a registered access", m.Access,
        [DIRECTOR, AUDITOR, Role.PRIVACY_OFFICER]),
    change("approve_file_access", f"{ACCESS}/approve", "批准外单位查阅", "Approve reading for an outside body",
           Empty, m.Access, [DIRECTOR]),
    change("refuse_file_access", f"{ACCESS}/refuse", "不予查阅", "Refuse reading for an outside body",
           s.FileReason, m.Access, [DIRECTOR]),
)

NOTICES: tuple[Operation, ...] = (
    listing("list_public_notices", "/notices", "公示名单(公开,脱敏)", "Running public notices, masked",
            m.PublicNotice, (), query=m.NoticeQuery, public=True),
    create("raise_public_objection", "/notices/<file_id>/objections", "提出公示异议(公开)", "Object to a notice",
           m.NewObjection, m.ObjectionReceipt, (), public=True),
    create("raise_file_objection", f"{FILE}/objections", "受理公示异议", "Enter somebody's objection to a notice",
           m.NewObjection, m.Objection, [CLERK, OFFICER, TOWNSHIP, COUNTY]),
    listing("list_file_objections", "/file-objections", "列出公示异议", "List objections", m.Objection,
            [*HEARING, AUDITOR], query=m.ObjectionQuery),
    ask("get_file_objection", OBJECTION, "查看公示异议", "Read an objection", m.Objection, [*HEARING, AUDITOR]),
    ask("get_objection_contact", f"{OBJECTION}/contact", "查看异议人联系方式(须登记)",
        "Read how to reach who objected, with a registered access", m.Contact, HEARING, query=m.WithAccess),
    change("examine_file_objection", f"{OBJECTION}/examine", "核实异议", "Enter what came of looking into it",
           m.Finding, m.Objection, [TOWNSHIP, COUNTY]),
    change("decide_file_objection", f"{OBJECTION}/decide", "裁决异议", "Uphold or dismiss an objection",
           m.ObjectionDecision, m.Objection, [COUNTY, DIRECTOR]),
)

HOUSEHOLDS: tuple[Operation, ...] = (
    change("open_temporary_file", f"{FILE}/temporary", "开立临时救助档案", "Open a file for a time",
           m.Temporary, s.HardshipFile, [COUNTY]),
    change("make_file_permanent", f"{FILE}/make-permanent", "临时档案转正", "Turn a temporary file into a lasting one",
           Empty, s.HardshipFile, [OFFICER]),
    change("change_household", f"{FILE}/members", "变更家庭成员、户主或致困原因",
           "Change the members, head or causes of a household", m.HouseholdChange, s.HardshipFile, [OFFICER]),
    change("split_household", f"{FILE}/split", "分户", "Split a household", m.Split, m.SplitFile, [COUNTY]),
    change("merge_hardship_files", f"{FILE}/merge", "合并重复档案", "Merge two files of one household",
           m.Merge, s.HardshipFile, [COUNTY]),
    change("confirm_file_paper", f"{FILE}/paper", "确认纸质档案已同步", "Confirm that the paper file was brought up",
           Empty, s.HardshipFile, [OFFICER]),
    change("propose_file_transfer", f"{FILE}/transfer", "提出转档", "Propose that another union takes the file",
           m.NewTransfer, m.Transfer, [OFFICER, COUNTY]),
    listing("list_file_transfers", "/file-transfers", "列出转档(转入、转出)", "List transfers, to and from a unit",
            m.Transfer, [OFFICER, COUNTY, DIRECTOR], query=m.TransferQuery),
    ask("get_file_transfer", TRANSFER, "查看转档", "Read a transfer", m.Transfer, [OFFICER, COUNTY, DIRECTOR]),
    change("accept_file_transfer", f"{TRANSFER}/accept", "接收档案", "Take a file", Empty, m.Transfer,
           [OFFICER, COUNTY, DIRECTOR]),
    change("decline_file_transfer", f"{TRANSFER}/decline", "不予接收", "Decline to take a file",
           s.FileReason, m.Transfer, [OFFICER, COUNTY, DIRECTOR]),
    change("withdraw_file_transfer", f"{TRANSFER}/withdraw", "撤回转档", "Withdraw a transfer that waits", Empty,
           m.Transfer, [OFFICER, COUNTY]),
)

QUERIES: tuple[Operation, ...] = (
    create("search_hardship_files", "/hardship-file-searches", "按身份证号或姓名查询档案(留痕)",
           "Find files by ID number or name (audited)", m.FileSearch, m.FoundFiles,
           [CLERK, OFFICER, TOWNSHIP, COUNTY, DIRECTOR]),
    ask("count_hardship_files", "/hardship-file-counts", "统计档案数", "Count hardship files", s.FileCounts,
        [*WORKING, CHAIR, AUDITOR], query=s.FileFilter),
)

REVIEWS: tuple[Operation, ...] = (
    create("open_file_review", "/file-reviews", "编制年度复核清单并抽样", "List a unit's files for the yearly review",
           y.NewReview, y.Review, [COUNTY, DIRECTOR]),
    change("begin_file_review", f"{REVIEW}/begin", "启动年度集中复核", "Begin the yearly review of the files listed",
           Empty, y.Review, [COUNTY, DIRECTOR]),
    listing("list_file_reviews", "/file-reviews", "列出年度复核", "List yearly reviews", y.Review, WATCHING,
            query=y.ReviewQuery),
    ask("get_file_review", REVIEW, "查看年度复核", "Read a yearly review", y.Review, WATCHING),
    ask("get_review_progress", f"{REVIEW}/progress", "年度复核进度", "How far a yearly review is", y.Progress,
        WATCHING),
    listing("list_review_items", f"{REVIEW}/items", "年度复核清单", "The files of a yearly review", y.ReviewItem,
            WATCHING, query=y.ReviewItemQuery),
    change("record_spot_check", f"{REVIEW}/spot-checks", "登记抽查结果", "Enter a spot check",
           y.SpotCheck, y.Review, [DIRECTOR, AUDITOR]),
    change("close_file_review", f"{REVIEW}/close", "结束年度复核", "Close a yearly review", Empty, y.Review,
           [COUNTY, DIRECTOR]),
)

ARCHIVE: tuple[Operation, ...] = (
    change("attach_to_file", f"{FILE}/attachments", "上传附件", "Attach a scan or a photo",
           m.NewAttachment, m.Attachment, [*WORKING, WORKER], most_bytes=MOST_BODY_BYTES),
    listing("list_file_attachments", "/file-attachments", "列出档案附件", "List attachments", m.Attachment,
            [*WORKING, WORKER], query=m.AttachmentQuery),
    ask("get_file_attachment", ATTACHMENT, "查看附件信息", "Read about an attachment", m.Attachment,
        [*WORKING, WORKER]),
    download("get_attachment_content", f"{ATTACHMENT}/content", "下载附件(须登记,留痕)",
             "Read an attachment, with a registered access (audited)", MEDIA_TYPES, [*WORKING, WORKER],
             query=m.WithAccess),
    create("propose_file_destruction", "/file-destructions", "提出销毁清册", "List files whose keeping is over",
           y.NewDestruction, y.Destruction, [DIRECTOR]),
    listing("list_file_destructions", "/file-destructions", "列出销毁清册", "List the lists of destruction",
            y.Destruction, [DIRECTOR, CHAIR, AUDITOR], query=s.PageQuery),
    ask("get_file_destruction", DESTRUCTION, "查看销毁清册", "Read a list of destruction", y.Destruction,
        [DIRECTOR, CHAIR, AUDITOR]),
    change("confirm_file_destruction", f"{DESTRUCTION}/destroy", "批准销毁", "Destroy the files of a list",
           Empty, y.Destruction, [CHAIR]),
    change("withdraw_file_destruction", f"{DESTRUCTION}/withdraw", "撤回销毁清册", "Withdraw a list",
           Empty, y.Destruction, [DIRECTOR, CHAIR]),
)

OPERATIONS = (*FORM, *NOTICES, *HOUSEHOLDS, *QUERIES, *REVIEWS, *ARCHIVE)
