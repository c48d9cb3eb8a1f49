"""What budgets, transfers, corrections and the end of a year refuse."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class YearClosed(Conflict):
    code = "fund-year-closed"
    zh = "资金账户 {fund_no} 的 {year} 年度已结账,不能再记账。请记入尚未结账的年度。"
    en = "The year {year} of the fund {fund_no} is closed: nothing is entered into it. Use a year that is open."


class YearNotOpen(Invalid):
    code = "fund-year-not-open"
    zh = "资金账户 {fund_no} 不能记入 {year} 年度(可用年度:{open})。支出只能记入本年度,收入和利息可补记上年度。"
    en = ("The fund {fund_no} takes no such entry for {year} (its years: {open}). Spending belongs to this year; "
          "receipts and interest may be entered late, for the year before.")


class FloorYearsReversed(Invalid):
    code = "fund-floor-years-reversed"
    zh = "年度最低额的截止年度 {last} 早于起始年度 {first}。请更正年度。"
    en = "The last year of the floor, {last}, lies before its first, {first}. Correct the years."


class YearNotOver(Conflict):
    code = "fund-year-not-over"
    zh = "{year} 年度尚未结束,资金账户 {fund_no} 不能结账。请在次年办理。"
    en = "The year {year} is not over: the fund {fund_no} cannot be closed for it. Do so in the year after."


class YearNotNext(Conflict):
    code = "fund-year-not-next"
    zh = "资金账户 {fund_no} 应先结 {next} 年度,再结 {year} 年度。"
    en = "The years of the fund {fund_no} are closed one after the other: {next} comes before {year}."


class CarriedWithoutReason(Invalid):
    code = "year-carried-reason-missing"
    zh = "结转 {count} 笔未了结的预占须说明原因(carried_reason),例如“年底未发放”。"
    en = "To carry over {count} open reservation(s), say why they stay open (carried_reason)."


class OpenReservations(Conflict):
    code = "year-has-open-reservations"
    zh = "{year} 年度尚有 {count} 笔预占未了结,合计 {total}。请先释放,或逐笔列入结转清单:{line_ids}"
    en = ("The year {year} has {count} open reservations of {total} in all. Release them, or list each of them as "
          "carried over: {line_ids}")


class NotAnOpenReservation(Invalid):
    code = "reservation-not-open"
    zh = "结转清单中的 {line_id} 不是该年度未了结的预占。请核对清单。"
    en = "{line_id} in the list is no open reservation of that year. Check the list."


class ClosingUnderWay(Conflict):
    code = "year-closing-under-way"
    zh = "资金账户 {fund_no} 的 {year} 年度结账已提出。请先确认或退回已提出的结账。"
    en = "The closing of {year} was already proposed for the fund {fund_no}. Confirm or refuse that one first."


class BudgetExists(Conflict):
    code = "budget-exists"
    zh = "资金账户 {fund_no} 已有 {year} 年度预算 {budget_no}。请修改该预算,或对已批准的预算提出调整。"
    en = "The fund {fund_no} has a budget for {year}, {budget_no}. Edit it, or propose a revision once it is approved."


class BudgetYearImpossible(Invalid):
    code = "budget-year-impossible"
    zh = "预算年度只能是本年或下一年({this} 或 {next}),收到的是 {year}。"
    en = "A budget is made for this year or the next ({this} or {next}), not for {year}."


class BudgetPurposeTwice(Invalid):
    code = "budget-purpose-twice"
    zh = "用途 {purpose} 在预算中出现两次。每个用途只列一行。"
    en = "The purpose {purpose} stands twice in the budget. Give one line for each purpose."


class BudgetExceeded(Conflict):
    code = "budget-exceeded"
    zh = ("资金账户 {fund_no} {year} 年度用途 {purpose} 的预算为 {approved},已用 {committed},余 {remaining},"
          "不足 {wanted}。请先按程序调整预算。")
    en = ("The budget of the fund {fund_no} for {purpose} in {year} is {approved}; {committed} is used, {remaining} "
          "left, which is less than {wanted}. Have the budget revised first.")


class BudgetMissing(Conflict):
    code = "budget-missing"
    zh = "资金账户 {fund_no} 没有已批准的 {year} 年度预算,按规定不得支出。依据:{document}。"
    en = "The fund {fund_no} has no approved budget for {year}: nothing may be spent. Rule: {document}."


class BudgetBelowCommitted(Conflict):
    code = "budget-below-committed"
    zh = "用途 {purpose} 已用 {committed},预算不能批准为 {approved}。请不低于已用数。"
    en = "{committed} is already used for {purpose}: a budget of {approved} cannot be approved. Do not go below it."


class TransferToItself(Invalid):
    code = "transfer-to-itself"
    zh = "不能向同一资金账户拨转。请选择另一账户。"
    en = "A fund cannot transfer to itself. Choose another fund."


class TransferDenied(Conflict):
    code = "transfer-denied"
    zh = "{from_source} 资金不得拨转为 {to_source} 资金(专款专用)。依据:{document}。"
    en = "Money of {from_source} must not be transferred to a fund of {to_source}. Rule: {document}."


class TransferNeedsGroup(Conflict):
    code = "transfer-needs-group"
    zh = "{from_source} 资金拨转为 {to_source} 资金须由领导小组批准。依据:{document}。"
    en = "A transfer from {from_source} to {to_source} is for the leading group to approve. Rule: {document}."


class TransferWidensIntent(Conflict):
    code = "transfer-widens-intent"
    zh = "捐赠人为 {from_no} 指定了用途或期限,{to_no} 的用途和期限更宽,不得拨转。请拨入用途、期限相同或更窄的账户。"
    en = ("Donors bound {from_no} to purposes or to a day; {to_no} would allow more. Transfer to a fund that is bound "
          "in the same way, or more narrowly.")


class TransferCrossesLevels(Conflict):
    code = "transfer-crosses-fiscal-levels"
    zh = "{from_no} 与 {to_no} 的财政级次不同:省级资金和市县级资金分账管理,不得互拨。请拨入同一级次的账户。"
    en = ("{from_no} and {to_no} hold fiscal money of different levels, a province's and a city's or county's own, "
          "kept apart. Transfer to a fund of the same level.")


class FiscalLevelNotForSource(Invalid):
    code = "fiscal-level-not-for-source"
    zh = "只有地方财政(LOCAL_FISCAL)资金有财政级次,{source} 没有。请去掉 fiscal_level。"
    en = "Only local fiscal money (LOCAL_FISCAL) has a fiscal level, not {source}. Leave fiscal_level out."


class ReversalImpossible(Conflict):
    code = "reversal-impossible"
    zh = "“{kind}”类分录不能直接冲正。{how_zh}"
    en = "An entry of the kind {kind} is not reversed directly. {how_en}"


class ReversalKnown(Conflict):
    code = "reversal-known"
    zh = "该分录已提出或完成冲正。请查看已有的冲正单。"
    en = "This entry has a reversal, proposed or done. Look at that one."


class FileInParts(Invalid):
    code = "file-in-parts"
    zh = "该期间有 {count} 条分录,分为 {parts} 个文件,每个最多 {most} 条。请用 part=1 至 {parts} 分次下载,或缩短期间。"
    en = ("The period has {count} entries, which make {parts} files of at most {most}. Ask for part 1 to {parts}, one "
          "after the other, or for a shorter period.")


class PeriodBackwards(Invalid):
    code = "period-backwards"
    zh = "期间的止日 {last} 早于起日 {first}。请核对。"
    en = "The period ends on {last}, before it begins on {first}."


class FundAccountMissing(Conflict):
    code = "fund-account-missing"
    zh = "资金账户 {fund_no} 尚未登记银行专户,不能生成 {format} 文件。请先登记该账户的专户,或改用 CSV、XLSX。"
    en = ("The fund {fund_no} has no special account at a bank, which a file of the format {format} must name. Enter "
          "the fund's account first, or use CSV or XLSX.")


class IntentOver(Invalid):
    code = "fund-intent-over"
    zh = "捐赠意向使用期限 {until} 已过,资金到账后将无法使用。请核对期限,或与捐赠人商定新的期限。"
    en = ("The donors' term for using the money, {until}, has passed: it could not be spent. Check the day, or agree "
          "on another with the donors.")


class ReceiptKnown(Conflict):
    """A receipt brings money in once, whatever it is entered for."""

    code = "receipt-known"
    zh = ("收据号 {receipt_no} 已登记于{about_zh},一张收据只计一次,不能重复登记。请核对号码;一次转账归还多笔款项的,"
          "请为每笔分别开具收据。")
    en = ("The receipt {receipt_no} is entered for {about_en} already; a receipt counts once. Check the number; where "
          "one transfer pays back several sums, write a receipt for each.")
