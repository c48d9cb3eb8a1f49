"""What a finding refuses."""

from __future__ import annotations

from shared.kernel.errors import Forbidden, Invalid


class FindingNotYours(Forbidden):
    code = "finding-not-yours"
    zh = "该发现已指派给 {assigned_to} 核查。请由其办理,或由县级审核员重新指派。"
    en = "The finding is assigned to {assigned_to}: they handle it, or a county reviewer assigns it anew."


class ActionUnfit(Invalid):
    code = "finding-action-unfit"
    zh = "{finding_code} 类发现的处理结果应为:{allowed}。"
    en = "What can be done about a finding {finding_code}: {allowed}."
