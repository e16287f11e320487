"""Exports of customer relations are recognised without a mapping."""

from pathlib import Path

from tests.intake.suggest import crm_exports as exports
from tests.intake.suggest.staged import suggested

from groundplan.intake.contracts import StageRule


def test_a_salesforce_report_is_opportunities_without_its_footers(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SALESFORCE_REPORT) as found:
        columns = found.columns("opportunities")
        assert columns["account_id"] == "Account Name"
        assert columns["name"] == "Opportunity Name"
        assert columns["stage"] == "Stage"
        assert columns["amount"] == "Amount"
        assert columns["probability"] == "`Probability (%)` / 100"
        assert columns["close_on"] == "Close Date"
        assert columns["opened_on"] == "Created Date"
        assert columns["owner"] == "Opportunity Owner"
        assert columns["kind"] == "Type"
        assert [row[0] for row in found.rows("opportunities", "name")] == [
            "Acme renewal",
            "Birch pilot",
            "Cedar roll-out",
            "Acme extension",
        ]


def test_stages_of_a_salesforce_report_are_told_apart(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SALESFORCE_REPORT) as found:
        stages = found.mapping.stages
        assert stages["Closed Won"] == StageRule("won")
        assert stages["Closed Lost"] == StageRule("lost")
        assert stages["Negotiation"] == StageRule("open", 0.75)


def test_salesforce_objects_refer_to_each_other_by_their_ids(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SALESFORCE_OBJECTS) as found:
        assert found.columns("accounts")["account_id"] == "Id"
        assert found.columns("accounts")["parent_id"] == "ParentId"
        assert found.columns("accounts")["owner"] == "OwnerId"
        assert found.columns("users")["login"] == "Id", "owners are written by the user's id"
        assert found.columns("users")["manager"] == "ManagerId"
        assert found.columns("products") == {
            "product_id": "Id",
            "name": "Name",
            "category": "Family",
        }
        assert found.table("opportunities").match_by_name == ()


def test_rows_that_salesforce_deleted_are_left_out(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SALESFORCE_OBJECTS) as found:
        assert found.rows("accounts", "account_id") == [("001A1",), ("001A2",)]


def test_flags_tell_what_a_salesforce_stage_does_not(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SALESFORCE_OBJECTS) as found:
        assert found.rows("opportunities", "stage") == [("Won",), ("Lost",), ("Talking",)]
        assert found.mapping.stages["Talking"] == StageRule("open", 0.3)


def test_salesforce_order_items_get_account_and_date_from_their_order(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SALESFORCE_OBJECTS) as found:
        columns = ("account_id", "product_id", "date", "amount", "order_id")
        assert found.rows("purchases", *columns) == [
            ("001A1", "01tA1", "2025-02-01", "200", "801A1"),
            ("001A1", "01tA2", "2025-02-01", "100", "801A1"),
            ("001A2", "01tA1", "2025-03-01", "150", "801A2"),
        ]
        assert "OrderItem.csv" in found.reason("Order.csv")


def test_salesforce_tasks_are_interactions_of_their_account(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.SALESFORCE_OBJECTS) as found:
        columns = found.columns("interactions")
        assert columns["account_id"] == "AccountId"
        assert columns["date"] == "ActivityDate"
        assert columns["contact_id"] == "WhoId"
        assert columns["login"] == "OwnerId"


def test_hubspot_deals_meet_their_companies_by_name(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.HUBSPOT) as found:
        assert found.columns("accounts")["account_id"] == "Record ID"
        assert found.columns("accounts")["name"] == "Company name"
        deals = found.columns("opportunities")
        assert deals["opportunity_id"] == "Record ID"
        assert deals["account_id"] == "Associated Company"
        assert deals["stage"] == "Deal Stage"
        assert deals["probability"] == "Deal probability"
        assert found.table("opportunities").match_by_name == ("account_id",)
        assert found.mapping.stages["closedwon"] == StageRule("won")
        assert found.mapping.stages["closedlost"] == StageRule("lost")
        contacts = found.columns("contacts")
        assert contacts["name"] == "concat(`First Name`, ' ', `Last Name`)"
        assert found.table("contacts").match_by_name == ("account_id",)


def test_a_dynamics_workbook_is_recognised_by_its_labels(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.DYNAMICS) as found:
        deals = found.columns("opportunities")
        assert deals["opportunity_id"] == "(Do Not Modify) Opportunity"
        assert deals["account_id"] == "Potential Customer"
        assert deals["name"] == "Topic"
        assert deals["amount"] == "Est. Revenue"
        assert deals["close_on"] == "Est. Close Date"
        assert [row[0] for row in found.rows("opportunities", "stage")] == [
            "2-Develop",
            "Won",
            "Lost",
        ]
        accounts = found.columns("accounts")
        assert accounts["account_id"] == "(Do Not Modify) Account"
        assert accounts["parent_id"] == "Parent Account"
        assert accounts["country"] == "Address 1: Country/Region"
        assert found.table("accounts").match_by_name == ("parent_id",)
        assert found.table("accounts").attributes == (), "checksums and streets are none"


def test_a_pipedrive_deal_has_the_stage_while_open_and_its_status_after(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.PIPEDRIVE) as found:
        deals = found.columns("opportunities")
        assert deals["opportunity_id"] == "Deal - ID"
        assert deals["name"] == "Deal - Title"
        assert deals["account_id"] == "Deal - Organization"
        assert deals["amount"] == "Deal - Value"
        assert deals["currency"] == "Deal - Currency of Value"
        assert deals["closed_on"] == "Deal - Won time"
        assert found.rows("opportunities", "stage") == [("Proposal Made",), ("won",), ("lost",)]


def test_zoho_deals_are_recognised(tmp_path: Path) -> None:
    with suggested(tmp_path, exports.ZOHO) as found:
        deals = found.columns("opportunities")
        assert deals["opportunity_id"] == "Record Id"
        assert deals["account_id"] == "Account Name"
        assert deals["close_on"] == "Closing Date"
        assert found.mapping.stages["Closed Lost to Competition"] == StageRule("lost")


def test_a_file_about_something_else_is_ignored_with_a_reason(tmp_path: Path) -> None:
    files = {
        "accounts.csv": "Account ID,Account Name,Industry\n1,Acme,Steel\n2,Birch,Wood\n",
        "suppliers.csv": "SupplierID,CompanyName,Country\n1,Iron Works,UK\n2,Saw Mill,DE\n",
        "weather.csv": "Station,Rain,Wind\nA,1.5,3.5\nB,2.5,4.5\n",
    }
    with suggested(tmp_path, files) as found:
        assert found.tables == ["accounts"]
        assert set(found.mapping.ignored) == {"suppliers.csv", "weather.csv"}
        assert "SupplierID" in found.reason("suppliers.csv") or "suppliers" in found.reason(
            "suppliers.csv"
        )
        assert found.reason("weather.csv")


def test_a_parent_is_found_by_its_values_where_its_heading_says_nothing(tmp_path: Path) -> None:
    text = "account,sector,zz\nAcme,Steel,\nAcme Labs,Steel,Acme\nBirch,Wood,\nBirch B,Wood,Birch\n"
    with suggested(tmp_path, {"accounts.csv": text}) as found:
        assert found.columns("accounts")["parent_id"] == "zz"


def test_what_is_known_already_tells_names_from_ids(tmp_path: Path) -> None:
    text = "Deal Name,Deal Stage,Associated Company,Amount\nOne,Won,Acme,5\nTwo,Lost,Birch,6\n"
    known = {"accounts": {"A1": "Acme", "A2": "Birch"}}
    with suggested(tmp_path, {"deals.csv": text}, known) as found:
        assert found.table("opportunities").match_by_name == ("account_id",)


def test_headings_that_name_nothing_stay_unmapped(tmp_path: Path) -> None:
    text = "Account ID,Account Name,Fax,Colour\n1,Acme,12,red\n2,Birch,13,blue\n"
    with suggested(tmp_path, {"accounts.csv": text}) as found:
        assert found.columns("accounts") == {"account_id": "Account ID", "name": "Account Name"}
        assert found.table("accounts").attributes == ("Colour",)
