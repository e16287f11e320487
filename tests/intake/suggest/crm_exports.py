# ruff: noqa: E501 - exports have long lines
"""Small exports in the shapes that systems of customer relations write; invented contents."""

SALESFORCE_REPORT = {
    "report1700000.csv": """\
Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Expected Revenue,Probability (%),Age,Close Date,Created Date,Next Step,Lead Source,Type
Ada North,Acme Ltd,Acme renewal,Closed Won,Q1-2026,"12,000.00","12,000.00",100,30,1/15/2026,12/1/2025,,Web,Renewal
Ada North,Birch GmbH,Birch pilot,Qualification,Q2-2026,"5,500.00","1,100.00",20,12,5/30/2026,4/2/2026,Call,Web,New
Bo South,Cedar SA,Cedar roll-out,Closed Lost,Q1-2026,"7,250.50",0.00,0,55,2/20/2026,12/20/2025,,Event,New
Bo South,Acme Ltd,Acme extension,Negotiation,Q3-2026,"20,000.00","15,000.00",75,5,8/31/2026,5/2/2026,Offer,Event,Upsell
"Grand Totals (4 records)",,,,,"44,750.50",,,,,,,,
,,,,,,,,,,,,,
Confidential Information - Do Not Distribute,,,,,,,,,,,,,
Copyright (c) 2000-2026 salesforce.com,,,,,,,,,,,,,
""",
}

SALESFORCE_OBJECTS = {
    "User.csv": """\
Id,Username,LastName,FirstName,Name,Email,IsActive,ManagerId,UserRoleId,Title
005A1,ada@x.example,North,Ada,Ada North,ada@x.example,1,005A3,00E1,AE
005A2,bo@x.example,South,Bo,Bo South,bo@x.example,1,005A3,00E1,AE
005A3,cy@x.example,West,Cy,Cy West,cy@x.example,1,,00E2,Manager
""",
    "Account.csv": """\
Id,IsDeleted,Name,ParentId,BillingCountry,Industry,OwnerId,CreatedDate
001A1,false,Acme Ltd,,UK,Mfg,005A1,2025-01-01T00:00:00.000Z
001A2,false,Acme Labs,001A1,UK,Mfg,005A2,2025-01-01T00:00:00.000Z
001A3,true,Gone,,UK,Mfg,005A2,2025-01-01T00:00:00.000Z
""",
    "Opportunity.csv": """\
Id,IsDeleted,AccountId,Name,StageName,Amount,Probability,CloseDate,IsClosed,IsWon,OwnerId,CreatedDate
006A1,false,001A1,One,Verbal,1000,100,2025-05-01,true,true,005A1,2025-01-01T00:00:00.000Z
006A2,false,001A2,Two,Out,500,0,2025-05-01,true,false,005A2,2025-01-01T00:00:00.000Z
006A3,false,001A2,Three,Talking,700,30,2026-05-01,false,false,005A2,2025-01-01T00:00:00.000Z
""",
    "Product2.csv": """\
Id,Name,ProductCode,Family,IsActive,IsDeleted
01tA1,Widget,W-1,Widgets,true,false
01tA2,Gadget,G-1,Gadgets,true,false
""",
    "Task.csv": """\
Id,WhoId,WhatId,Subject,ActivityDate,Status,OwnerId,AccountId,TaskSubtype
00T1,003A1,006A1,Call about One,2025-03-01,Completed,005A1,001A1,Call
00T2,,006A2,Email,2025-03-02,Completed,005A2,001A2,Email
""",
    "Order.csv": """\
Id,OwnerId,AccountId,EffectiveDate,Status,TotalAmount,OrderNumber
801A1,005A1,001A1,2025-02-01,Activated,300,0001
801A2,005A2,001A2,2025-03-01,Activated,150,0002
""",
    "OrderItem.csv": """\
Id,OrderId,Product2Id,Quantity,UnitPrice,ListPrice,TotalPrice,IsDeleted
802A1,801A1,01tA1,2,100,100,200,false
802A2,801A1,01tA2,1,100,100,100,false
802A3,801A2,01tA1,1,150,150,150,false
""",
}

HUBSPOT = {
    "hubspot-crm-exports-all-deals.csv": """\
Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Associated Company,Create Date,Deal probability
9001,Acme - new plan,closedwon,2026-01-15 10:22,Ada North,12000,Sales Pipeline,Acme Ltd,2025-12-01 09:00,1
9002,Birch pilot,appointmentscheduled,2026-05-30 10:00,Ada North,5500,Sales Pipeline,Birch GmbH,2026-04-02 09:00,0.2
9003,Cedar roll-out,closedlost,2026-02-20 10:00,Bo South,7250.5,Sales Pipeline,Cedar SA,2025-12-20 09:00,0
9004,Acme more,contractsent,2026-08-31 10:00,Bo South,20000,Sales Pipeline,Acme Ltd,2026-05-02 09:00,0.9
""",
    "hubspot-crm-exports-all-companies.csv": """\
Record ID,Company name,Company owner,Industry,Country/Region,City,Number of Employees,Annual Revenue,Company Domain Name,Lifecycle Stage
501,Acme Ltd,Ada North,Manufacturing,United Kingdom,London,250,30000000,acme.example,Customer
502,Birch GmbH,Ada North,Software,Germany,Berlin,45,4000000,birch.example,Customer
503,Cedar SA,Bo South,Retail,France,Lyon,1200,90000000,cedar.example,Lead
""",
    "hubspot-crm-exports-contacts.csv": """\
Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Job Title,Associated Company,Last Activity Date
1,Jo,Black,jo@acme.example,+44 1,Ada North,CTO,Acme Ltd,2026-01-03
2,Kim,White,kim@birch.example,+49 1,Ada North,Buyer,Birch GmbH,2026-02-03
""",
}

DYNAMICS = {
    "Open Opportunities.csv": """\
(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Topic,Potential Customer,Est. Close Date,Est. Revenue,Contact,Probability,Rating,Status,Status Reason,Pipeline Phase,Owner
3f2504e0-4f89-11d3-9a0c-0305e82c3301,abc1==,2026-01-01 10:00,New press line,Acme Ltd,2026-03-01,12000.00,Jo Black,60,Hot,Open,In Progress,2-Develop,Ada North
3f2504e0-4f89-11d3-9a0c-0305e82c3302,abc2==,2026-01-02 10:00,Service contract,Birch GmbH,2026-01-10,5500.00,,100,Warm,Won,Won,4-Close,Ada North
3f2504e0-4f89-11d3-9a0c-0305e82c3303,abc3==,2026-01-03 10:00,Spare parts,Cedar SA,2026-02-10,800.00,,0,Cold,Lost,Out-Sold,3-Propose,Bo South
""",
    "Active Accounts.csv": """\
(Do Not Modify) Account,(Do Not Modify) Row Checksum,(Do Not Modify) Modified On,Account Name,Main Phone,Address 1: City,Address 1: Country/Region,Primary Contact,Industry,No. of Employees,Annual Revenue,Owner,Parent Account
1b4e28ba-2fa1-11d2-883f-0016d3cca421,x1==,2026-01-01 10:00,Acme Ltd,+44 1,London,United Kingdom,Jo Black,Durable Manufacturing,250,30000000.00,Ada North,
1b4e28ba-2fa1-11d2-883f-0016d3cca422,x2==,2026-01-01 10:00,Birch GmbH,+49 1,Berlin,Germany,,Consulting,45,4000000.00,Ada North,Acme Ltd
1b4e28ba-2fa1-11d2-883f-0016d3cca423,x3==,2026-01-01 10:00,Cedar SA,+33 1,Lyon,France,,Retail,1200,90000000.00,Bo South,
""",
}

PIPEDRIVE = {
    "deals-2026.csv": """\
Deal - ID,Deal - Title,Deal - Organization,Deal - Contact person,Deal - Value,Deal - Currency of Value,Deal - Stage,Deal - Status,Deal - Probability,Deal - Deal created,Deal - Expected close date,Deal - Won time,Deal - Owner
1,Press line,Acme Ltd,Jo Black,12000,EUR,Proposal Made,open,50,2026-01-01 09:00:00,2026-03-01,,Ada North
2,Service,Birch GmbH,,5500,EUR,Negotiations Started,won,,2026-01-02 09:00:00,2026-01-10,2026-01-11 12:00:00,Ada North
3,Parts,Cedar SA,,800,EUR,Qualified,lost,,2026-01-03 09:00:00,2026-02-10,,Bo South
""",
}

ZOHO = {
    "Deals_2026.csv": """\
Record Id,Deal Owner,Deal Name,Account Name,Type,Stage,Amount,Closing Date,Probability (%),Expected Revenue,Lead Source,Created Time
zcrm_1,Ada North,Press line,Acme Ltd,New Business,Closed Won,12000,2026-01-11,100,12000,Web,2025-12-01 10:00
zcrm_2,Ada North,Service,Birch GmbH,Existing Business,Proposal/Price Quote,5500,2026-06-11,75,4125,Web,2026-01-01 10:00
zcrm_3,Bo South,Parts,Cedar SA,New Business,Closed Lost to Competition,800,2026-02-11,0,0,Trade Show,2026-01-02 10:00
""",
}
