"""What can be asked of relief about hardship files (困难职工档案), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.files import schemas as s
from shared.contracts.relief.files.more_operations import OPERATIONS as MORE
from shared.contracts.relief.files.paper import OPERATIONS as PAPER
from shared.contracts.relief.who import (
    AUDITOR,
    CHAIR,
    CLERK,
    COUNTY,
    DIRECTOR,
    EXCHANGE,
    OFFICER,
    SURVEYOR,
    TOWNSHIP,
    WORKER,
)
from shared.contracts.table import ask, change, create, listing

FILES = (OFFICER, SURVEYOR, TOWNSHIP, COUNTY, DIRECTOR, CHAIR, AUDITOR, EXCHANGE, WORKER)
FILE = "/hardship-files/<file_id>"

OPERATIONS = (
    create("open_hardship_file", "/hardship-files", "建立档案草稿", "Open a hardship file",
           s.NewFile, s.HardshipFile, [OFFICER, WORKER]),
    create("open_referred_file", "/referrals/<referral_id>/hardship-file", "由转办单建立档案草稿",
           "Open a hardship file for a referral, which is accepted", s.ReferredFile, s.HardshipFile, [OFFICER]),
    ask("get_hardship_file", FILE, "查看档案", "Read a hardship file", s.HardshipFile, FILES),
    listing("list_hardship_files", "/hardship-files", "列出档案", "List hardship files", s.HardshipFile, FILES,
            query=s.FileQuery),
    change("submit_hardship_file", f"{FILE}/submit", "提交建档申请", "Submit a file",
           s.Submission, s.HardshipFile, [OFFICER, WORKER]),
    change("survey_household", f"{FILE}/survey", "入户调查签字", "Sign the household survey",
           s.Survey, s.HardshipFile, [SURVEYOR]),
    change("request_verification", f"{FILE}/request-verification", "发起信息核对", "Request verification",
           s.VerificationRequest, s.HardshipFile, [TOWNSHIP, EXCHANGE]),
    change("receive_report", f"{FILE}/report", "登记核对报告", "Enter the verification report",
           s.Report, s.HardshipFile, [EXCHANGE]),
    ask("get_means_test", f"{FILE}/means-test", "家计调查测算", "The means test, step by step",
        s.MeansTest, [COUNTY, DIRECTOR, AUDITOR, WORKER]),
    change("assess_hardship_file", f"{FILE}/assess", "认定困难等级", "Confirm the grade",
           s.GradeDecision, s.HardshipFile, [COUNTY]),
    change("post_file_notice", f"{FILE}/notice", "张贴公示", "Post the public notice",
           s.Notice, s.HardshipFile, [OFFICER, TOWNSHIP]),
    change("object_to_file", f"{FILE}/object", "登记公示异议", "Enter an objection", s.FileReason, s.HardshipFile,
           [CLERK, OFFICER, TOWNSHIP, COUNTY, WORKER]),
    change("approve_hardship_file", f"{FILE}/approve", "审批建档(按级别逐步)", "Give the next approval of a file",
           s.ApprovalStep, s.HardshipFile, [COUNTY, DIRECTOR, CHAIR]),
    change("refuse_hardship_file", f"{FILE}/refuse", "不予建档", "Refuse a file",
           s.FileReason, s.HardshipFile, [COUNTY, DIRECTOR, CHAIR]),
    change("update_file_facts", f"{FILE}/facts", "变更家庭收支", "Change the household's facts",
           s.NewFacts, s.HardshipFile, [OFFICER]),
    change("start_file_review", f"{FILE}/review", "启动复核", "Start a review",
           s.ReviewReason, s.HardshipFile, [COUNTY, DIRECTOR]),
    change("keep_hardship_file", f"{FILE}/keep", "复核后保留", "Keep after review",
           s.Keep, s.HardshipFile, [COUNTY]),
    change("propose_file_exit", f"{FILE}/propose-exit", "拟脱困", "Propose the exit",
           s.ExitProposal, s.HardshipFile, [COUNTY]),
    change("contest_file_exit", f"{FILE}/contest-exit", "对脱困提出异议", "Contest the exit",
           s.FileReason, s.HardshipFile, [OFFICER, WORKER]),
    change("confirm_file_exit", f"{FILE}/confirm-exit", "确认脱困", "Confirm the exit",
           Empty, s.HardshipFile, [DIRECTOR]),
    change("suspend_hardship_file", f"{FILE}/suspend", "暂停档案", "Suspend a file",
           s.FileReason, s.HardshipFile, [COUNTY]),
    change("resume_hardship_file", f"{FILE}/resume", "恢复并复核", "Resume with a review",
           s.ReviewReason, s.HardshipFile, [COUNTY]),
    change("cancel_hardship_file", f"{FILE}/cancel", "注销档案", "Cancel a file",
           s.Cancellation, s.HardshipFile, [DIRECTOR]),
    *MORE,
    *PAPER,
)
