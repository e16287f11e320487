# ruff: noqa: E501 - exports have long lines
"""Small exports of ledgers, web shops and CRMs in shapes that need more than renaming; invented."""

GROUPED = {
    "SalesbyCustomerDetail.csv": """\
Customer,Type,Date,Document Number,Item,Qty. Sold,Sales Price,Revenue
Acme Ltd,,,,,,,
,Invoice,1/31/2026,INV1,WID-001,2,$10.00,$20.00
,Invoice,2/3/2026,INV2,WID-002,1,"$1,000.00","$1,000.00"
Total - Acme Ltd,,,,,,,"$1,020.00"
Birch GmbH,,,,,,,
,Invoice,2/9/2026,INV3,WID-001,3,$10.00,$30.00
,Invoice,3/9/2026,INV4,WID-001,1,$10.00,$10.00
Total - Birch GmbH,,,,,,,$40.00
Total,,,,,,,"$1,060.00"
"""
}

NAMELESS_GROUPS = {
    "Sales by Customer Detail.csv": """\
Sales by Customer Detail,,,,,,,
Craig Co,,,,,,,
,Date,Transaction Type,Num,Product/Service,Qty,Sales Price,Amount
Acme Ltd,,,,,,,
,01/31/2026,Invoice,1001,Repair,2,10.00,20.00
,02/03/2026,Credit Memo,1002,Repair,-1,10.00,-10.00
Total for Acme Ltd,,,,,,,$10.00
Birch GmbH,,,,,,,
,02/09/2026,Invoice,1003,Repair,3,10.00,30.00
,03/09/2026,Invoice,1004,Paint,1,50.00,50.00
Total for Birch GmbH,,,,,,,$80.00
TOTAL,,,,,,,$90.00
"""
}

ORDER_ON_FIRST_LINE = {
    "sale.order.csv": """\
Order Reference,Creation Date,Customer,Salesperson,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Subtotal,Total,Status
S00001,2026-01-31 10:00:00,Acme Ltd,Jo Black,Desk,2.0,10.00,20.00,70.00,Sales Order
,,,,Chair,1.0,50.00,50.00,,
S00002,2026-02-01 10:00:00,Birch GmbH,Kim White,Chair,1.0,50.00,50.00,50.00,Sales Order
S00003,2026-02-02 10:00:00,Acme Ltd,Jo Black,Desk,3.0,10.00,30.00,80.00,Sales Order
,,,,Chair,1.0,50.00,50.00,,
"""
}

CREDIT_NOTES = {
    "Audit Trail Transactions.csv": """\
Type,Account Reference,Nominal A/C Ref,Date,Reference,Details,Net Amount,Tax Code,Tax Amount
SI,ACME01,4000,31/01/2026,1001,Goods,100.00,T1,20.00
SC,ACME01,4000,03/02/2026,1002,Goods,30.00,T1,6.00
SI,BIRCH02,4000,09/02/2026,1003,Goods,50.00,T1,10.00
"""
}

IN_THOUSANDS = {
    "turnover.csv": """\
Cust No,Customer,Invoice Date,Product,Revenue (in thousands)
00001,Acme Ltd,31/01/2026,Desk,12.5
00002,Birch GmbH,03/02/2026,Desk,3
00001,Acme Ltd,04/02/2026,Chair,7
"""
}

DEAL_LINES = {
    "Opportunity.csv": """\
Id,AccountId,Name,StageName,Amount,Probability,CloseDate,IsClosed,IsWon
006AAAAAAAAAAAAAA1,001AAAAAAAAAAAAAA1,One,Closed Won,70,100,2026-01-31,true,true
006AAAAAAAAAAAAAA2,001AAAAAAAAAAAAAA1,Two,Prospecting,20,10,2026-06-30,false,false
006AAAAAAAAAAAAAA3,001AAAAAAAAAAAAAA2,Three,Closed Lost,50,0,2026-02-28,true,false
""",
    "OpportunityLineItem.csv": """\
Id,OpportunityId,PricebookEntryId,Product2Id,Name,Quantity,TotalPrice,UnitPrice
00kAAAAAAAAAAAAAA1,006AAAAAAAAAAAAAA1,01uAAAAAAAAAAAAAA1,01tAAAAAAAAAAAAAA1,One Desk,2,20,10
00kAAAAAAAAAAAAAA2,006AAAAAAAAAAAAAA1,01uAAAAAAAAAAAAAA2,01tAAAAAAAAAAAAAA2,One Chair,1,50,50
00kAAAAAAAAAAAAAA3,006AAAAAAAAAAAAAA2,01uAAAAAAAAAAAAAA1,01tAAAAAAAAAAAAAA1,Two Desk,2,20,10
00kAAAAAAAAAAAAAA4,006AAAAAAAAAAAAAA3,01uAAAAAAAAAAAAAA2,01tAAAAAAAAAAAAAA2,Three Chair,1,50,50
""",
}

SEVERAL_KEYS = {
    "all-deals.csv": """\
Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Associated Company IDs
9001,One,Closed Won,2026-01-31 10:00,Jo Black,70,8001
9002,Two,Contract Sent,2026-02-28 10:00,Jo Black,20,8002;8001
9003,Three,Closed Lost,2026-03-31 10:00,Kim White,50,8002
"""
}

PEOPLE_AS_CUSTOMERS = {
    "Customer.csv": """\
CustomerId,FirstName,LastName,Company,Country,Email,SupportRepId
1,Jo,Black,Acme Ltd,GB,jo@acme.example,3
2,Kim,White,,DE,kim@birch.example,3
3,Lu,Grey,,FR,lu@cedar.example,4
"""
}

VOID_HEADS = {
    "orders.csv": """\
orderNumber,orderDate,requiredDate,status,customerNumber
10100,2026-01-31,2026-02-10,Shipped,103
10101,2026-02-03,2026-02-13,Cancelled,112
10102,2026-02-09,2026-02-19,Shipped,112
""",
    "orderdetails.csv": """\
orderNumber,productCode,quantityOrdered,priceEach,orderLineNumber
10100,S10_1,30,10.00,1
10100,S10_2,20,5.00,2
10101,S10_1,10,10.00,1
10102,S10_2,10,5.00,1
""",
}
