"""What can be asked of relief about donated goods (捐赠物资), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.goods import public as p
from shared.contracts.relief.goods import schemas as s
from shared.contracts.relief.goods.campaign_operations import OPERATIONS as CAMPAIGNS
from shared.contracts.relief.who import AUDITOR, CHAIR, CLERK, COUNTY, DIRECTOR, OFFICER
from shared.contracts.table import ask, change, create, listing

KEEPERS = (CLERK, OFFICER)
CONFIRMERS = (COUNTY, DIRECTOR)
READERS = (*KEEPERS, *CONFIRMERS, CHAIR, AUDITOR)
LOT, ISSUE = "/donation-lots/<lot_id>", "/goods-issues/<issue_id>"
ADJUSTMENT = "/stock-adjustments/<adjustment_id>"

OPERATIONS = (
    create("receive_donation", "/donation-lots", "接收捐赠物资", "Receive donated goods", s.NewLot, s.Lot, KEEPERS),
    ask("get_donation_lot", LOT, "查看捐赠批次", "Read a lot", s.Lot, READERS),
    listing("list_donation_lots", "/donation-lots", "列出捐赠批次", "List lots", s.LotRow, READERS, query=s.LotQuery),
    change("disinfect_lot", f"{LOT}/disinfect", "登记消毒", "Enter the disinfection", s.Disinfection, s.Lot, KEEPERS),
    change("sort_lot", f"{LOT}/sort", "登记分拣", "Enter the sorting", s.Sorting, s.Lot, KEEPERS),
    change("shelve_lot", f"{LOT}/shelve", "上架", "Put onto the shelf", s.Shelf, s.Lot, KEEPERS),
    change("release_held_goods", f"{LOT}/release", "待处理物资重新上架", "Put goods held back onto the shelf again",
           s.Release, s.Lot, KEEPERS),
    create("issue_goods", "/goods-issues", "发放物资", "Issue goods", s.NewIssue, s.Issue, KEEPERS),
    ask("get_goods_issue", ISSUE, "查看发放单", "Read an issue", s.Issue, READERS),
    listing("list_goods_issues", "/goods-issues", "列出发放单", "List issues", s.Issue, READERS, query=s.IssueQuery),
    change("return_goods", f"{ISSUE}/return", "退回物资", "Take goods back", s.Return, s.Issue, KEEPERS),
    create("propose_stock_adjustment", "/stock-adjustments", "提出报废或盘点调整",
           "Propose a disposal or enter a stock-take", s.NewAdjustment, s.Adjustment, KEEPERS),
    ask("get_stock_adjustment", ADJUSTMENT, "查看库存调整单", "Read an adjustment", s.Adjustment, READERS),
    listing("list_stock_adjustments", "/stock-adjustments", "列出库存调整单", "List adjustments", s.Adjustment, READERS,
            query=s.AdjustmentQuery),
    change("confirm_stock_adjustment", f"{ADJUSTMENT}/confirm", "确认库存调整", "Confirm an adjustment",
           Empty, s.Adjustment, CONFIRMERS),
    change("reject_stock_adjustment", f"{ADJUSTMENT}/reject", "不同意库存调整", "Reject an adjustment",
           s.Rejection, s.Adjustment, CONFIRMERS),
    ask("get_goods_stock", "/goods-stock", "物资库存", "The stock by place and class, checked against its movements",
        s.Stock, READERS, query=s.StockQuery),
    listing("list_stock_movements", "/stock-movements", "库存流水", "List the movements of the stock", s.Movement,
            READERS, query=s.MovementQuery),
    ask("get_public_goods_summary", "/public/goods-summary", "捐赠物资收支公示", "Donated goods in and out, by month",
        p.Summary, (), query=p.SummaryQuery, public=True),
    listing("list_public_receipts", "/public/donation-receipts", "捐赠票据公示", "Published donation receipts",
            p.PublishedReceipt, (), query=p.ReceiptQuery, public=True),
    *CAMPAIGNS,
)
