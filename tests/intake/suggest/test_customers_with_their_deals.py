"""Lists of customers that repeat of each its latest deal, beside the file of all deals."""

from pathlib import Path

from .staged import suggested


def test_a_list_that_names_each_companys_latest_deal_is_no_list_of_deals(tmp_path: Path) -> None:
    firms = "id,display_name,status_label,date_created,primary_opportunity_status_label"
    firms += ",primary_opportunity_value,primary_opportunity_confidence"
    firms += ",primary_opportunity_created,primary_opportunity_date_won\n"
    deals = "id,lead_id,lead_name,status_label,status_type,value,confidence,date_created,date_won\n"
    for n in range(60):
        status = (("Demo", "active"), ("Closed Won", "won"), ("Closed Lost", "lost"))[n % 3]
        firm, made = n % 30, f"2026-03-{n % 28 + 1:02d}T10:{n:02d}:00"
        told = f"{1000 + 50 * (n % 20)},{30 + n % 5},{made},2026-09-{n % 28 + 1:02d}"
        deals += f"oppo_x{n},lead_q{firm},Firm {firm} Ltd,{','.join(status)},{told}\n"
        if n >= 30:
            value, *others = told.split(",")
            firms += f"lead_q{firm},Firm {firm} Ltd,Qualified,2025-01-{firm % 28 + 1:02d}"
            firms += f",{status[0]},{value},{','.join(others)}\n"
    files = {"Leads of all.csv": firms, "Opportunities.csv": deals}
    with suggested(tmp_path, files) as found:
        fed = {(table.table, table.file) for table in found.mapping.tables}
        assert {("accounts", "Leads of all.csv"), ("opportunities", "Opportunities.csv")} <= fed
        assert ("opportunities", "Leads of all.csv") not in fed
        assert found.columns("accounts")["account_id"] == "id"
        assert found.columns("opportunities")["account_id"] == "lead_id"
