# ruff: noqa: E501 - exports have long lines
"""Small exports of orders and invoices in the shapes of shops and ledgers; invented contents."""

SAP = {
    "VBAK.csv": """\
VBELN;ERDAT;AUDAT;AUART;KUNNR;WAERK;VKORG;VTWEG
0000004711;20250103;20250103;TA;0000100001;EUR;1000;10
0000004712;20250210;20250210;TA;0000100002;EUR;1000;10
0000004713;20250305;20250305;TA;0000100001;EUR;1000;20
""",
    "VBAP.csv": """\
VBELN;POSNR;MATNR;ARKTX;MATKL;KWMENG;VRKME;NETPR;NETWR
0000004711;000010;M-100;Pumpe klein;PUMPEN;2,000;ST;150,00;300,00
0000004711;000020;M-200;Dichtung;TEILE;10,000;ST;2,50;25,00
0000004712;000010;M-100;Pumpe klein;PUMPEN;1,000;ST;150,00;150,00
0000004713;000010;M-300;Ventil;TEILE;4,000;ST;80,00;320,00
""",
    "KNA1.csv": """\
KUNNR;NAME1;LAND1;ORT01;BRSCH
0000100001;Acme Werke GmbH;DE;Berlin;MASCH
0000100002;Birke AG;CH;Zug;CHEM
""",
}

SHOPIFY = {
    "orders_export_1.csv": """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Billing Name,Billing Company,Billing Country,Vendor,Id
#1001,jo@acme.example,paid,2026-01-03 10:00:00 +0100,fulfilled,EUR,70.00,5.00,13.30,75.00,,0.00,Standard,2026-01-03 10:00:00 +0100,2,Mug blue,10.00,MUG-B,true,Jo Black,Acme Ltd,GB,Potter,5001
#1001,jo@acme.example,,,,,,,,,,,,2026-01-03 10:00:00 +0100,1,Tray oak,50.00,TRAY-O,true,,,,Potter,
#1002,kim@birch.example,paid,2026-02-03 10:00:00 +0100,fulfilled,EUR,50.00,5.00,9.50,55.00,,0.00,Standard,2026-02-03 10:00:00 +0100,1,Tray oak,50.00,TRAY-O,true,Kim White,Birch GmbH,DE,Potter,5002
#1003,lu@cedar.example,refunded,2026-03-03 10:00:00 +0100,fulfilled,EUR,30.00,5.00,5.70,35.00,,0.00,Standard,2026-03-03 10:00:00 +0100,3,Mug blue,10.00,MUG-B,true,Lu Grey,Cedar SA,FR,Potter,5003
""",
}

WOOCOMMERCE = {
    "orders-2026-03-01.csv": """\
Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Company (Billing),Email (Billing),Country Code (Billing),Payment Method Title,Cart Discount Amount,Order Total Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost
101,Completed,2026-01-03 10:00,Jo,Black,Acme Ltd,jo@acme.example,GB,Card,0,70.00,MUG-B,1,Mug blue,2,10.00
101,Completed,2026-01-03 10:00,Jo,Black,Acme Ltd,jo@acme.example,GB,Card,0,70.00,TRAY-O,2,Tray oak,1,50.00
102,Cancelled,2026-02-03 10:00,Kim,White,Birch GmbH,kim@birch.example,DE,Card,0,50.00,TRAY-O,1,Tray oak,1,50.00
103,Completed,2026-02-13 10:00,Kim,White,Birch GmbH,kim@birch.example,DE,Card,0,20.00,MUG-B,1,Mug blue,2,10.00
""",
}

QUICKBOOKS = {
    "Sales by Customer Detail.csv": """\
Type,Date,Num,Memo,Name,Item,Qty,Sales Price,Amount,Balance
Invoice,01/15/2026,1001,Press service,Acme Ltd,Service,2,150.00,300.00,300.00
Invoice,02/01/2026,1004,Seals,Acme Ltd,Seal,10,2.50,25.00,325.00
Total Acme Ltd,,,,,,12,,325.00,325.00
Invoice,01/20/2026,1002,Press service,Birch GmbH,Service,1,150.00,150.00,150.00
Credit Memo,02/20/2026,1005,Returned,Birch GmbH,Seal,-2,2.50,-5.00,145.00
Total Birch GmbH,,,,,,-1,,145.00,145.00
TOTAL,,,,,,11,,470.00,470.00
""",
}

ONLINE_SHOP = {
    "data.csv": """\
InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom
536365,71053,WHITE METAL LANTERN,6,12/1/2010 8:26,3.39,17850,United Kingdom
536366,22633,HAND WARMER UNION JACK,6,12/1/2010 8:28,1.85,17850,United Kingdom
C536379,D,Discount,-1,12/1/2010 9:41,27.5,14527,United Kingdom
536370,22728,ALARM CLOCK BAKELIKE PINK,24,12/1/2010 8:45,3.75,12583,France
536371,22728,ALARM CLOCK BAKELIKE PINK,2,12/13/2010 8:45,3.75,,France
""",
}

SUPERSTORE = {
    "Sample - Superstore.csv": """\
Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit
1,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-BO-10001798,Furniture,Bookcases,Bush Somerset Collection Bookcase,261.96,2,0,41.9136
2,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-CH-10000454,Furniture,Chairs,Hon Deluxe Chairs,731.94,3,0,219.582
3,CA-2016-138688,6/12/2016,6/16/2016,Second Class,DV-13045,Darrin Van Huff,Corporate,United States,Los Angeles,California,90036,West,OFF-LA-10000240,Office Supplies,Labels,Self-Adhesive Labels,14.62,2,0,6.8714
4,US-2015-108966,10/11/2015,10/18/2015,Standard Class,SO-20335,Sean ODonnell,Consumer,United States,Fort Lauderdale,Florida,33311,South,FUR-TA-10000577,Furniture,Tables,Bretford Table,957.5775,5,0.45,-383.031
""",
}

GERMAN = {
    "Umsatzliste.csv": """\
Kundennr;Kundenname;Artikelnr;Artikelbezeichnung;Warengruppe;Belegnr;Belegdatum;Menge;Einzelpreis;Nettobetrag;Währung
10001;Acme Werke GmbH;A-1;Pumpe;Pumpen;R-1;03.01.2025;2;150,00;300,00;EUR
10001;Acme Werke GmbH;A-2;Dichtung;Teile;R-1;03.01.2025;10;2,50;25,00;EUR
10002;Birke AG;A-1;Pumpe;Pumpen;R-2;10.02.2025;1;150,00;1.150,00;EUR
""",
}

FRENCH = {
    "ventes.csv": """\
Date facture;N° facture;Code client;Raison sociale;Pays;Référence produit;Désignation;Quantité;Prix unitaire;Remise %;Montant HT
03/01/2025;F1;C001;Acme SARL;France;P1;Pompe;2;150,00;10;270,00
10/02/2025;F2;C002;Bouleau SA;Belgique;P2;Joint;10;2,50;0;25,00
11/02/2025;F3;C001;Acme SARL;France;P2;Joint;4;2,50;0;10,00
""",
}

DISTRIBUTOR = {
    "sales 2025.csv": """\
Dealer,Item,Month,Units,Net Sales USD
North Tools,Drill X,2025-01,3,300.00
North Tools,Saw Y,2025-01,1,80.00
East Supply,Drill X,2025-02,5,500.00
""",
}
