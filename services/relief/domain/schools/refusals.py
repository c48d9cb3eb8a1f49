"""What the placement of children at care schools refuses."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class SchoolKnown(Conflict):
    code = "school-term-known"
    zh = "学校“{name}”本学期({term})已登记,请修改原登记的名额。"
    en = "The school {name} is entered for {term} already. Change the places of that entry."


class QuotaBelowTaken(Conflict):
    code = "quota-below-taken"
    zh = "已有 {taken} 个名额被占用,名额不能减至 {quota}。"
    en = "{taken} places are taken; the quota cannot go down to {quota}."


class NoPlaceLeft(Conflict):
    code = "no-place-left"
    zh = "可选学校本学期均无空余名额。请增加学校或等待名额。"
    en = "None of the schools in question has a place left this term. Add a school, or wait for a place."


class SchoolNotWished(Invalid):
    code = "school-not-possible"
    zh = "学校 {school_id} 不在该申请的学期、学段或范围内。"
    en = "The school {school_id} is not of the term, stage or place of this request."


class ConsentMissing(Conflict):
    code = "guardian-consent-missing"
    zh = "未满14周岁儿童的信息须经监护人书面同意后方可使用。请登记同意书编号和签署日期(不晚于今天)。"
    en = "A child's data may be used only with the guardian's written consent, signed no later than today."


class ChildKnown(Conflict):
    code = "child-has-request"
    zh = "该儿童本学期已有入学申请 {request_no}。请在该申请中办理。"
    en = "The child has the request {request_no} for this term already. Use that one."


class BasisNotMet(Conflict):
    code = "school-basis-not-met"
    zh = "爱心学校名额面向已建档困难职工和农民工的子女,该监护人均不符合。"
    en = "Care-school places are for children of workers with an active hardship file and of migrant workers."


class OfferPassed(Conflict):
    code = "place-offer-passed"
    zh = "名额保留到 {until},已过期。请重新安排。"
    en = "The place was kept until {until}. Have a new one offered."


class LeftOnImpossible(Invalid):
    code = "school-left-on-impossible"
    zh = "离校日期应在入学日 {enrolled_on} 与今天 {today} 之间。"
    en = "The day of leaving lies between the enrolment on {enrolled_on} and today, {today}."


class PastTerm(Invalid):
    code = "term-past"
    zh = "学期 {term} 已经结束。"
    en = "The term {term} is over."


class SchoolCharged(Conflict):
    code = "school-term-invoiced"
    zh = "该校 {term} 学期的费用已由原网点报送(发票 {invoice_no}),不能改挂其他网点。请先退回该笔费用。"
    en = "The outlet of before has sent the invoice {invoice_no} for {term}: reverse it, then link the school anew."


class NotASchool(Invalid):
    code = "outlet-not-school"
    zh = "网点“{outlet}”不属于爱心学校合作单位。请填写爱心学校的网点。"
    en = "The outlet {outlet} does not belong to a care school. Name an outlet of a care school."
