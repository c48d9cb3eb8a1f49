"""What reception refuses, and why."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class TooManyRepresentatives(Invalid):
    code = "too-many-representatives"
    zh = "推选的代表为 {given} 人,不得超过 {most} 人(信访工作条例第20条)。"
    en = "{given} representatives; a group sends at most {most} (petition rules, art. 20)."


class HeadcountTooSmall(Invalid):
    code = "headcount-too-small"
    zh = "来访人数 {headcount} 少于登记的代表和本人人数 {named}。"
    en = "The headcount {headcount} is below the {named} people named."


class NoIncident(Conflict):
    """An incident is a group, or violence, or a blocked road."""

    code = "no-incident"
    zh = "不足 {group_from} 人且无肢体冲突、堵路情形,不构成群体性事件。请按一般来访办理。"
    en = "Fewer than {group_from} people, no violence, no blocked road: not an incident. Handle it as a visit."


class IncidentKnown(Conflict):
    code = "incident-known"
    zh = "该来访已上报群体性事件。"
    en = "This visit has been reported as an incident already."


class StillOpen(Conflict):
    code = "referrals-open"
    zh = "还有 {open} 项转办未办结,不能由窗口答复。"
    en = "{open} referral(s) are still open: the desk cannot answer in their place."


class DocumentsAsked(Conflict):
    code = "documents-asked"
    zh = "所缺材料应一次性告知,已于 {asked_on} 告知过。"
    en = "Missing documents are named once, and were named on {asked_on}."


class ReferralUnknown(Invalid):
    code = "referral-unknown"
    zh = "该来访没有待办的转办单 {referral_id}。"
    en = "This visit has no open referral {referral_id}."


class ReplyMissing(Invalid):
    """A petition ends with a written reply (信访工作条例 art. 23)."""

    code = "reply-missing"
    zh = "信访事项须有书面答复方可办结,请填写 reply。"
    en = "A petition is closed with a written reply: fill in reply."


class CallBackMissing(Invalid):
    code = "call-back-missing"
    zh = "热线来电须回访并质检后方可办结,请确认 called_back。"
    en = "A hotline call is closed after a call-back and a quality check: confirm called_back."


class RatingOver(Conflict):
    code = "rating-over"
    zh = "评价期已于 {rate_due_on} 截止。"
    en = "Ratings were possible until {rate_due_on}."


class ReopenedLately(Conflict):
    code = "reopened-lately"
    zh = "{days} 天内只能重新办理一次,上次为 {reopened_on}。"
    en = "A visit is reopened once in {days} days; the last time was {reopened_on}."


class RatingNotLow(Conflict):
    code = "rating-not-low"
    zh = "评价没有低至“不满意”({score} 级及以下),请改以新的事实为由。"
    en = "The rating is not as low as {score}: reopen it for new facts."


class WindowKnown(Conflict):
    code = "window-known"
    zh = "本单位已有代码为“{code_given}”的窗口。"
    en = "This unit has a window {code_given} already."


class WindowUnknown(Invalid):
    code = "window-unknown"
    zh = "没有开放的窗口“{window_code}”。请先登记窗口或改填。"
    en = "There is no open window {window_code}. Register it, or correct the code."


class NotYourVisit(Invalid):
    code = "not-your-visit"
    zh = "职工本人只能为自己登记来访。"
    en = "A worker registers visits of their own only."
