"""What the stock of donated goods refuses."""

from __future__ import annotations

from shared.kernel.errors import Conflict, Invalid


class StockShort(Conflict):
    code = "stock-short"
    zh = "批次 {receipt_no} 可用数量为 {free},不足 {quantity}。请减少数量或换一个批次。"
    en = "The lot {receipt_no} has {free} left to take, not {quantity}. Take less, or another lot."


class NotDisinfected(Conflict):
    code = "not-disinfected"
    zh = "{goods_class} 类物资须先消毒再分拣上架(规定:{document})。请先登记消毒。"
    en = "Goods of class {goods_class} must be disinfected before they are sorted ({document}). Enter that first."


class DisinfectionDayImpossible(Invalid):
    code = "disinfection-day-impossible"
    zh = "消毒日期须在收到日 {received_on} 至今天 {today} 之间。"
    en = "The disinfection must lie between the receipt on {received_on} and today, {today}."


class ExpiryMissing(Invalid):
    code = "expiry-missing"
    zh = "{goods_class} 类物资须登记保质期截止日。"
    en = "Goods of class {goods_class} need the last day on which they may be used."


class GoodsExpired(Conflict):
    code = "goods-expired"
    zh = "批次 {receipt_no} 的保质期到 {expires_on} 为止,已过期,不得发放。请提出报废。"
    en = "The lot {receipt_no} could be used until {expires_on} and must not be given out. Propose its disposal."


class DonorNameMissing(Invalid):
    code = "donor-name-missing"
    zh = "非匿名捐赠须登记捐赠人姓名或名称;不愿具名的,请登记为匿名捐赠。"
    en = "A donor who is not anonymous needs a name. Enter the donation as anonymous if the donor wishes so."


class DonorAnonymous(Invalid):
    code = "donor-anonymous"
    zh = "匿名捐赠不得登记或公开捐赠人姓名、电话。"
    en = "An anonymous donation holds no name or phone of the donor, and none can be published."


class SortedWrong(Invalid):
    code = "sorted-sum-wrong"
    zh = "分拣数量合计 {sum},与在库 {on_hand} 不符。请核对后重新登记。"
    en = "What was sorted adds up to {sum}, the lot holds {on_hand}. Count again and correct it."


class HouseholdLimit(Conflict):
    code = "household-limit"
    zh = "该户在 {days} 天内已领取 {goods_class} 类 {taken} 件,上限 {most} 件,最多还可领 {left} 件(规定:{document})。"
    en = "Within {days} days the household has had {taken} of class {goods_class}; {most} are allowed, {left} are left."


class RecipientUnclear(Invalid):
    code = "recipient-unclear"
    zh = "请填写困难职工档案或职工之一,且仅填一项。"
    en = "Name either a hardship file or a worker, not both."


class FileNotActive(Conflict):
    code = "file-not-active"
    zh = "困难职工档案 {file_no} 当前状态为 {state},只有已建档(ACTIVE)的家庭可以领取。"
    en = "The hardship file {file_no} is {state}; only a household with an active file can receive goods."


class IntentForbids(Conflict):
    code = "donor-intent-forbids"
    zh = "捐赠人指定用于“{intended_for}”,该领取人不符。请换一个批次。"
    en = "The donor gave this for {intended_for}, and the recipient is none of them. Take another lot."


class ReturnedTooMuch(Invalid):
    code = "returned-too-much"
    zh = "发放单共发放 {quantity},已退回 {returned},本次最多可退 {left}。"
    en = "{quantity} were issued and {returned} have come back; at most {left} can be returned."


class NothingHeld(Conflict):
    code = "nothing-held"
    zh = "该批次待处理数量为 {held},没有 {quantity} 可解除。"
    en = "The lot holds {held} back; {quantity} cannot be released."


class NoDifference(Invalid):
    code = "no-difference"
    zh = "盘点数与账面在库数 {on_hand} 相同,无需调整。"
    en = "The count equals the {on_hand} on the books: nothing has to be adjusted."


class CountMissing(Invalid):
    code = "count-missing"
    zh = "报废须填写数量 quantity;盘点须填写实盘数 counted。"
    en = "A disposal needs `quantity`; a stock-take needs `counted`."


class PackageTwice(Invalid):
    code = "package-lot-twice"
    zh = "批次 {receipt_no} 在慰问包中出现两次。请合并为一行。"
    en = "The lot {receipt_no} is in the package twice. Make it one line."


class PackageShort(Conflict):
    code = "package-stock-short"
    zh = "库存不足以发放 {households} 户:{missing_zh}。请减少数量、缩小名单或换批次。"
    en = "The stock is too small for {households} households: {missing_en}. Give less, list fewer, or take other lots."


class NothingReserved(Conflict):
    code = "package-none-reserved"
    zh = "尚待发放的只有 {waiting} 户。"
    en = "Only {waiting} households are still waiting for their package."


class NobodyLeft(Conflict):
    code = "goods-campaign-nobody-left"
    zh = "名单上没有可发放的家庭:均已退出档案、本时节已慰问或已达领取上限。请取消后另拟名单。"
    en = ("No household on the list can be given the package: files are closed, aided for this occasion or at their "
          "limit. Cancel it and draft another.")


class LineNotWaiting(Conflict):
    code = "goods-line-not-waiting"
    zh = "名单行 {line_id} 不在可操作状态(当前:{state})。请刷新名单。"
    en = "The line {line_id} cannot be used for this (it is {state}). Look at the list again."


class LineUnknown(Invalid):
    code = "goods-line-unknown"
    zh = "名单上没有行 {line_id}。"
    en = "There is no line {line_id} on this list."


class LineTwice(Invalid):
    code = "goods-line-twice"
    zh = "名单行 {line_id} 出现两次。"
    en = "The line {line_id} is given twice."
