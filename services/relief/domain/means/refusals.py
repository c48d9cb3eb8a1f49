"""What the means test refuses."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class PersonUnknown(Invalid):
    code = "means-person-unknown"
    zh = "该项属于第 {person} 人,但家庭只列了 {persons} 人。请核对人员序号(从 1 起)。"
    en = "The item is of person {person}, but the household lists {persons}. Count persons from 1."


class PersonsDiffer(Conflict):
    code = "means-persons-differ"
    zh = "测算列了 {given} 人,档案登记共同生活成员 {members} 人。请先核对家庭成员。"
    en = "The test lists {given} persons, the file has {members} members. Settle who lives in the household first."


class NoSuchMeansTest(Invalid):
    code = "means-test-unknown"
    zh = "该档案没有编号为 {test_id} 的逐项测算记录。请填写该档案按逐项事实留存的测算编号,或留空。"
    en = "The file has no recorded test of items {test_id}. Name one of this file's, or none."


class MeansTestOutdated(Conflict):
    code = "means-test-outdated"
    zh = "该测算({tested_on})之后家庭情况已变更或已启动复核。请按现在的情况重新测算并留存,再作决定。"
    en = ("Since this test ({tested_on}) the household's facts have changed, or a review has begun. Record a test of "
          "the facts as they are now, then decide.")


class FileClosed(Conflict):
    code = "means-file-closed"
    zh = "档案 {file_no} 已关闭,不再测算;如需试算请用家计测算器。"
    en = "The file {file_no} is closed: nothing is computed for it any more. Use the calculator to try figures."


class FactsForgotten(Conflict):
    code = "means-test-forgotten"
    zh = "档案 {file_no} 保存期满已销毁,其测算依据不再保存,不能重算。"
    en = "The file {file_no} was destroyed after its years; the facts of its tests are gone, so none can be run again."
