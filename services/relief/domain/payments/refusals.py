"""What payments refuse."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Forbidden, Invalid


class BatchBusy(Conflict):
    code = "batch-busy"
    zh = "批次正在自动处理“{job}”({done}/{total}),请等待完成后再操作。"
    en = "The batch is in the middle of {job} ({done} of {total}). Wait until that is done."


class BatchKindWrong(Conflict):
    code = "batch-kind-wrong"
    zh = "该批次不接收名册:它自动归集待发明细。请另起草名册(LIST)批次。"
    en = "This batch collects waiting lines and takes no list. Draft a batch of kind LIST."


class ListIncomplete(Invalid):
    code = "list-batch-incomplete"
    zh = "名册批次须填写依据文号、申报人数和申报总额(document_no、declared_count、declared_fen)。"
    en = "A batch for a list needs the deciding paper and what is declared (document_no, declared_count, declared_fen)."


class AboveDeclared(Conflict):
    code = "above-declared"
    zh = "接收后将有 {count} 笔、{total},超过申报的 {declared_count} 笔、{declared_total}。请核对名册。"
    en = "That would make {count} lines and {total}, more than the declared {declared_count} and {declared_total}."


class LeadingGroupWanted(Forbidden):
    code = "batch-needs-leading-group"
    zh = "批次 {batch_no} 起草时注明须经领导小组集体批准,只能由领导小组批准。请提交领导小组。"
    en = "The batch {batch_no} was drafted for the leading group, which alone approves it. Pass it on to the group."


class ListOfCases(Conflict):
    code = "list-of-cases"
    zh = "{source} 资金的 {purpose} 须逐件核定({document}),不能按名册发放。{way_zh}"
    en = "{purpose} from {source} money is decided case by case ({document}), not by a list. {way_en}"


class NotAsDeclared(Conflict):
    code = "not-as-declared"
    zh = "现有 {count} 笔、{total},与申报的 {declared_count} 笔、{declared_total} 不一致。请补齐或另起草批次。"
    en = "There are {count} lines and {total}, not the declared {declared_count} and {declared_total}. Complete them."


class LineKeyKnown(Conflict):
    code = "line-key-known"
    zh = "依据文号 {document_no} 下已有明细:{keys}。同一明细不能重复发放。请删除后重新提交。"
    en = "There are lines of these keys under {document_no} already: {keys}. The same line is never paid twice."


class LineAboveCap(Invalid):
    code = "line-above-cap"
    zh = "单笔金额 {amount} 超过上限 {most}({document})。请核对金额单位(分)。"
    en = "The amount {amount} is above the most for one line, {most} ({document}). Amounts are in fen."


class BatchNotSettled(Conflict):
    code = "batch-not-settled"
    zh = "批次 {batch_no} 尚未结算(现为 {state}),没有实名制名册。请在银行回盘后再取。"
    en = "The batch {batch_no} is not settled ({state}): no real-name list yet. Ask once the bank has answered."


class NamesInParts(Invalid):
    code = "real-names-in-parts"
    zh = "名册有 {count} 笔,分为 {parts} 个文件,每个最多 {most} 笔。请用 part=1 至 {parts} 分次下载。"
    en = "The list has {count} lines, which make {parts} files of at most {most}. Ask for part 1 to {parts} in turn."


class PayeeElsewhere(Conflict):
    code = "payee-elsewhere"
    zh = ("该职工登记在 {home},不在本资金所属的 {place} 范围内,在本地也没有建档。请由其所属工会发放,"
          "或先将其登记(档案)转入本地。")
    en = ("The worker is registered at {home}, outside of {place}, to which this money belongs, and has no file there. "
          "Let the union of the worker pay, or have the worker or the file moved here first.")


class BatchEmpty(Conflict):
    code = "batch-empty"
    zh = "批次中没有明细,不能继续。"
    en = "There is no line in this batch."


class LinesNotInBatch(Invalid):
    code = "lines-not-in-batch"
    zh = "有 {count} 笔明细不在该批次中(如 {first}),未移出任何明细。"
    en = "{count} of these lines are not in the batch (such as {first}); none was taken out."


class NothingToRemove(Invalid):
    code = "nothing-to-remove"
    zh = "没有指明要移出的明细。请填写 line_ids,或以 faulty 移出全部核对不符的明细。"
    en = "No line is named. Give line_ids, or say faulty to take out every line that failed the check."


class SentOnImpossible(Invalid):
    code = "sent-on-impossible"
    zh = "送银行日期 {sent_on} 应在批次起草日与今天之间。"
    en = "The day of sending, {sent_on}, must lie between the draft and today."


class OutcomesMissing(Conflict):
    code = "outcomes-missing"
    zh = "还有 {count} 笔银行未告知结果。请凭银行凭证更正(两人办理),或等待回盘。"
    en = "The bank has not told of {count} lines. Settle them by the bank's paper (two people), or wait for its file."


class StatementDiffers(Conflict):
    code = "statement-differs"
    zh = "银行对账单为 {debited},账上为 {booked},相差 {difference}。请查明后再对账。"
    en = "The bank's statement says {debited}, the books {booked}; the difference is {difference}. Find it first."


class ReturnUnreadable(Invalid):
    code = "return-unreadable"
    zh = "回盘文件无法读取(第 {row} 行):{why_zh}"
    en = "The return file cannot be read (row {row}): {why_en}"


class ReturnOfAnotherBatch(Conflict):
    code = "return-of-another-batch"
    zh = "回盘文件的报文号 {message_id} 不属于该批次。请选择对应的批次。"
    en = "The return file is for the message {message_id}, which is not of this batch."


class ReturnLineUnknown(Conflict):
    code = "return-line-unknown"
    zh = "回盘文件中的明细 {line} 不在报文 {message_id} 中。"
    en = "The return file tells of the line {line}, which was not in the message {message_id}."


class ReturnAmountDiffers(Conflict):
    code = "return-amount-differs"
    zh = "明细 {line} 回盘金额 {told} 与发放金额 {sent} 不一致。"
    en = "The return file says {told} for the line {line}; {sent} was sent."


class ReturnLineTwice(Conflict):
    code = "return-line-twice"
    zh = "回盘文件中明细 {line} 出现两次。"
    en = "The return file tells of the line {line} twice."


class ReturnChanged(Conflict):
    code = "return-changed"
    zh = "明细 {line} 的结果先前已由另一回盘文件告知({state}),该文件与之不同或重复。请向银行核实。"
    en = "Another file has told of the line {line} before ({state}); this one repeats or changes it. Ask the bank."


class ReturnedBeforePaid(Conflict):
    code = "return-before-paid"
    zh = ("明细 {line} 现为 {state},还没有告知付款成功,不能登记退汇。没有付成的请银行回“失败”;付成后退回的,"
          "先导入成功的回盘,再导入退汇。")
    en = ("Nothing has told yet that the line {line} was paid (it is {state}), so it cannot have come back. If the "
          "payment failed, the bank says so; if it was paid and came back, load the file that says it was paid first.")


class ReturnTooEarly(Conflict):
    code = "return-too-early"
    zh = "批次 {batch_no} 现为 {state},还没有登记送银行,不能导入回盘。请先登记送出。"
    en = "The batch {batch_no} is {state} and not entered as sent: no bank can have answered. Enter the sending first."


class ReturnTooLate(Conflict):
    code = "return-too-late"
    zh = ("批次 {batch_no} 已归档,不再导入回盘。单笔退汇请提出发放更正(/payment-corrections,outcome 为 RETURNED),"
          "由第二人确认。")
    en = ("The batch {batch_no} is archived and takes no return files. Propose a correction for the line that came "
          "back (/payment-corrections, outcome RETURNED), which a second person confirms.")


class ReturnSumsWrong(Conflict):
    code = "return-sums-wrong"
    zh = "回盘文件的控制数与原报文不一致:{told} 对 {sent}。文件可能被改动。"
    en = "The control figures of the return file do not fit the message: {told} for {sent}. It may have been changed."


class CorrectionOpen(Conflict):
    code = "correction-open"
    zh = "明细 {line} 已有待确认的更正。"
    en = "There is a correction of the line {line} that waits to be confirmed."


class RecoveryAboveOwed(Conflict):
    code = "recovery-above-owed"
    zh = "明细 {line} 待追回 {owed},本次 {amount} 超过该数。请核对收据;已核销的部分收回时按资金到账登记。"
    en = ("Of the line {line} {owed} is still owed, less than {amount}. Check the receipt; money that comes after a "
          "write-off is entered as a receipt of the fund.")


class RecoveryReceiptDiffers(Conflict):
    code = "recovery-receipt-differs"
    zh = "收据 {document_no} 已为该明细登记过 {known}(日期 {on}),与本次不同。同一收据只计一次;另一笔请用另一收据号。"
    en = ("The receipt {document_no} was entered for this line before, with {known} of {on}. A receipt counts once: "
          "give another part the number of its own receipt.")


class PartlyRecovered(Conflict):
    code = "line-partly-recovered"
    zh = "明细 {line} 已追回或核销 {recovered},不能再作整笔退汇。请以追回登记其余部分。"
    en = ("Of the line {line} {recovered} has come back from the payee or was written off, so the whole of it cannot "
          "have come back from the bank. Enter the rest as a recovery.")


class AuditorWanted(Forbidden):
    code = "payment-write-off-auditor"
    zh = "明细 {line} 的核销只能由经审人员确认。请转交经审人员。"
    en = "The write-off of the line {line} is confirmed by the auditor alone. Pass it on to the auditor."


class CorrectionDayImpossible(Invalid):
    code = "correction-day-impossible"
    zh = "日期 {on} 应在送银行日 {sent_on} 与今天之间。"
    en = "The day {on} must lie between the sending on {sent_on} and today."


class FileWithdrawn(Conflict):
    code = "bank-file-withdrawn"
    zh = "批次已撤销,其银行文件不能再取出。"
    en = "The batch was cancelled; its bank files cannot be taken out any more."


class LinesNotInForce(Conflict):
    code = "bank-file-not-in-force"
    zh = ("银行文件中有 {count} 笔的收款人已死亡,或档案已暂停、注销、不再符合条件(明细 {lines})。"
          "请撤销本批次并另行归集;文件已交银行的先请银行撤回,"
          "银行已无法撤回的,注明 is_irrevocable 登记送出,再办理追回。")
    en = ("Of {count} lines of the bank file the payee has died, or the household's file is suspended, cancelled or no "
          "longer fits (lines {lines}). "
          "Cancel the batch and collect anew; have the bank give the file back first if it has it. If the bank cannot, "
          "say is_irrevocable, and recover what was paid.")


class FilesMissing(Conflict):
    code = "bank-files-missing"
    zh = "批次还没有银行文件。请等待生成完成。"
    en = "There are no bank files of this batch yet. Wait until they are made."


class LineNotSent(Conflict):
    code = "line-not-sent"
    zh = "明细 {line} 未送银行,没有可更正的结果。"
    en = "The line {line} was not sent to the bank: there is no outcome to correct."


class ReturnDayImpossible(Conflict):
    code = "return-day-impossible"
    zh = "明细 {line} 的日期 {on} 不在批次起草日与今天之间。"
    en = "The day {on} of the line {line} does not lie between the draft of the batch and today."


class LineOfAMatter(Conflict):
    code = "line-of-a-matter"
    zh = "明细 {line} 属于“{about_kind}”事项,须由该事项释放资金;名册明细才能在此释放。"
    en = "The line {line} belongs to a matter ({about_kind}) that releases it itself; only lines of lists are released."
