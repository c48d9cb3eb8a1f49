"""What a till is refused (核销)."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class CardUnknown(Conflict):
    code = "care-card-unknown"
    zh = "没有卡号为 {card_no} 的爱心卡,或该卡不属于本工会。请核对卡号(末位为校验码)。"
    en = "There is no care card {card_no} of this union. Compare the number; its last digit is a check digit."


class CardForOtherPlatform(Conflict):
    code = "care-card-other-platform"
    zh = "{kind} 卡不能在 {platform} 使用。"
    en = "A card of the kind {kind} is not taken by a platform of the kind {platform}."


class CardNotUsable(Conflict):
    code = "care-card-not-usable"
    zh = "该卡当时不能使用(状态 {state}):未启用、已挂失、已补卡或已注销。请持卡人到帮扶中心办理。"
    en = "The card does not sell (state {state}): not active yet, frozen, replaced or cancelled. Send its holder to " \
         "the centre."


class CardSuspended(Conflict):
    code = "care-card-file-suspended"
    zh = "持卡人的困难职工档案 {file_no} 已暂停,卡暂不能使用。请持卡人到帮扶中心办理。"
    en = "The holder's hardship file {file_no} is suspended, so the card does not sell. Send its holder to the centre."


class CardExpired(Conflict):
    code = "care-card-expired"
    zh = "该卡已于 {last_day} 到期。"
    en = "The card expired on {last_day}."


class PinWrong(Conflict):
    code = "care-card-pin-wrong"
    zh = "密码不正确或未填写。该卡设有六位密码。"
    en = "The PIN is wrong or missing. This card has a PIN of six digits."


class PinLocked(Conflict):
    code = "care-card-pin-locked"
    zh = "今日密码已输错 {tries} 次,该卡今日锁定。请明日再试,或由持卡人到帮扶中心补卡。"
    en = "The PIN was wrong {tries} times today: the card is locked until tomorrow, or its holder has it replaced."


class LimitReached(Conflict):
    code = "care-card-limit-reached"
    zh = "超过该卡{period_zh}限额:已用 {used},本次 {asked},限额 {limit}。"
    en = "Above the card's limit for the {period_en}: used {used}, now {asked}, limit {limit}."


class QuotaExceeded(Conflict):
    code = "daily-quota-exceeded"
    zh = "超过每人每日限额:{item_class} 当日已购 {used_g} 克,本次 {asked_g} 克,限 {most_g} 克。依据:{document}。"
    en = "Above the daily quota of {item_class}: {used_g} g taken on the day, now {asked_g} g, at most {most_g} g. " \
         "Rule: {document}."


class TillNumberUsed(Conflict):
    code = "till-number-used"
    zh = "流水号 {till_no} 已用于 {day} 的另一笔核销({total}),内容不同,不能重复使用。请换一个流水号。"
    en = "The till number {till_no} belongs to another redemption, of {total} on {day}. Take a new number."


class ItemClassNotHere(Invalid):
    code = "item-class-not-here"
    zh = "商品类别 {item_class} 不能在 {platform} 凭卡购买。"
    en = "Goods of the class {item_class} cannot be had on a card at a platform of the kind {platform}."


class WeightMissing(Invalid):
    code = "item-weight-missing"
    zh = "商品类别 {item_class} 按重量限购,请填写重量(克)。"
    en = "Goods of the class {item_class} are limited by weight: give the weight in grams."


class RedemptionSumWrong(Invalid):
    code = "redemption-sum-wrong"
    zh = "各项合计 {sum},与总额 {total} 不一致。"
    en = "The items sum to {sum}, not to the total of {total}."


class RedeemedInFuture(Invalid):
    code = "redeemed-in-future"
    zh = "核销时间 {at} 晚于现在,请校准收银机时钟。"
    en = "The sale cannot have been at {at}, which is still to come: set the till's clock."


class RedeemedTooLate(Conflict):
    code = "redeemed-too-late"
    zh = "离线核销只能补报 {days} 天以内的交易,{day} 的交易已超期。请由中心核实后处理。依据:{document}。"
    en = "A till may report sales of the last {days} days; {day} is too long ago. Have the centre look into it. " \
         "Rule: {document}."


class ReversalNeedsTwo(Conflict):
    code = "reversal-needs-two"
    zh = "{day} 的核销已过当日,收银机不能直接退货。请提出退货,由另一人确认。"
    en = "The sale was on {day}: a till reverses on the same day only. Propose the reversal; somebody else confirms it."


class TermTooFar(Invalid):
    code = "term-too-far"
    zh = "{term} 学期尚远,最晚可登记下一学期 {last}。请核对发票上的学期。"
    en = "The term {term} is far ahead; costs are entered up to the next term, {last}. Check the term on the invoice."


class TermCharged(Conflict):
    code = "term-charged-already"
    zh = "该校 {term} 学期的费用已登记(发票 {invoice_no})。更正请先退回原记录。"
    en = "The school's costs of {term} are entered already (invoice {invoice_no}). Reverse that one to correct it."


class HealthConsentMissing(Invalid):
    code = "health-consent-missing"
    zh = "登记体检或健康档案号须有持卡人的单独书面同意,请填写同意书编号(consent_no);不登记档案号的就诊无需填写。"
    en = "A check-up or the number of a health file is kept with the holder's separate written consent only: give " \
         "its number (consent_no). A visit without a file number needs none."


class SchoolNotLinked(Conflict):
    code = "school-outlet-not-linked"
    zh = "{term} 学期没有学校名额挂在网点“{outlet}”下,无法核对学生。请由中心主任在学期学校名额中登记该网点。"
    en = "No school of {term} is linked to the outlet {outlet}, so its pupils cannot be checked. Ask the centre's " \
         "director to link it."


class PupilWithoutPlace(Conflict):
    code = "pupil-without-place"
    zh = "{count} 名学生在 {term} 学期没有该校经监护人同意并已确认入学的名额:{request_nos}。" \
         "请核对入学申请编号,或先确认入学。"
    en = "{count} pupils have no place at this school in {term}, consented to by the guardian and entered as " \
         "enrolled: {request_nos}. Check the numbers of the requests, or have the children entered as enrolled first."


class PupilTwice(Invalid):
    code = "pupil-twice"
    zh = "入学申请 {request_no} 在同一张发票中出现两次,请只留一行。"
    en = "The request {request_no} stands twice in the invoice: keep one line."


class NotThisPlatform(Conflict):
    code = "platform-kind-wrong"
    zh = "{platform} 不能办理此事项:超市、药店、接力站核销,医院登记就诊,学校报送学期费用。"
    en = "A platform of the kind {platform} does not do this: shops redeem, hospitals record visits, schools send " \
         "term invoices."
