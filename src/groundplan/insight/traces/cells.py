"""Cells of the whitespace as SQL: which are free, and what accounts have left."""

from typing import Any, Literal

from .asking import Question, unknown
from .choosing import chosen_ids
from .contracts import RowColumn
from .listing import Listing, fetch, parquet, shards

State = Literal["free", "competitor"]
CELLS = (
    RowColumn("product", "product"),
    RowColumn("category"),
    RowColumn("probability", "share"),
    RowColumn("amount", "money"),
    RowColumn("expected", "money"),
)
ACCOUNTS = (
    RowColumn("account", "account"),
    RowColumn("segment"),
    RowColumn("cells", "number"),
    RowColumn("whitespace", "money"),
)


def cells_of_account(question: Question, state: State) -> Listing:
    """Every product that the account could still buy, or that a competitor supplies to it."""
    results = question.current.results
    parameters = _parameters(question)
    kept = "NOT IN (SELECT product_id FROM blocked)"
    if state == "competitor":
        kept = "IN (SELECT product_id FROM taken WHERE position = 'competitor')"
        kept += " AND worth.product_id NOT IN (SELECT product_id FROM ours)"
    sql = f"""
        WITH {_marks(question, parameters)}
        SELECT worth.product_id, worth.category, worth.probability, worth.amount, worth.expected,
               place.account_id
        FROM {parquet(results, "account_segments")} AS place
        JOIN {parquet(results, "segment_products")} AS worth USING (segment_id)
        WHERE place.account_id = $account AND {_category(question)} AND worth.product_id {kept}
    """
    return Listing(
        sql,
        parameters | {"account": question.account_id},
        CELLS,
        "expected DESC, product_id",
        "sum(expected)",
    )


def left_at_accounts(question: Question, state: State) -> Listing:
    """What each account has left: all that its segment could buy, less what is not free."""
    results = question.current.results
    parameters = _parameters(question)
    left = "total.{0} - coalesce(lost.{0}, 0)" if state == "free" else "lost.{0}"
    join = "LEFT JOIN" if state == "free" else "JOIN"
    sql = f"""
        WITH {_marks(question, parameters)},
        segments AS (SELECT * FROM {parquet(results, "segments")}),
        worth AS (
            SELECT * FROM {parquet(results, "segment_products")} AS worth
            WHERE {_category(question)}
        ),
        total AS (
            SELECT segment_id, count(*) AS cells, sum(expected) AS expected
            FROM worth GROUP BY segment_id
        ),
        place AS (
            SELECT account_id, segment_id FROM {parquet(results, "account_segments")} AS placed
            WHERE {_within(parameters)}
        ),
        lost AS (
            SELECT account_id, count(*) AS cells, sum(expected) AS expected
            FROM {"blocked" if state == "free" else "rivals"}
            JOIN place USING (account_id) JOIN worth USING (segment_id, product_id)
            GROUP BY account_id
        )
        SELECT place.account_id, segment.label, {left.format("cells")} AS cells,
               CAST({left.format("expected")} AS DECIMAL(18, 4)) AS whitespace
        FROM place JOIN total USING (segment_id)
        JOIN segments AS segment USING (segment_id)
        {join} lost USING (account_id)
    """
    order = "whitespace DESC, account_id"
    return Listing(sql, parameters, ACCOUNTS, order, "sum(whitespace)")


def estimate_of(question: Question) -> dict[str, Any]:
    """What the segment's look-alikes say about the product, by column of the kept estimates."""
    results = question.current.results
    names = ("segment_id", "accounts", "owners", "exposed", "adopted", "probability", "amount")
    found = fetch(
        f"SELECT {', '.join('worth.' + name for name in names)}"
        f" FROM {parquet(results, 'account_segments')} AS place"
        f" JOIN {parquet(results, 'segment_products')} AS worth USING (segment_id)"
        " WHERE place.account_id = $account AND worth.product_id = $product",
        {"account": question.account_id, "product": question.product_id},
    )
    if not found:
        raise unknown()
    return dict(zip(names, found[0], strict=True))


def _marks(question: Question, chosen: dict[str, Any]) -> str:
    """What isn't free: bought from us, being offered, or somebody else's."""
    folder = question.current.folder
    bought = shards(question.current, folder / "purchases", question.accounts)
    return f"""
        bought AS (
            SELECT DISTINCT account_id, product_id FROM {bought} WHERE product_id IS NOT NULL
        ),
        ours AS (
            SELECT account_id, product_id FROM bought WHERE {_within(chosen)}
            UNION
            SELECT account_id, product_id FROM {parquet(folder, "opportunities")}
            WHERE outcome = 'open' AND product_id IS NOT NULL AND {_within(chosen)}
        ),
        taken AS (
            SELECT account_id, product_id, position FROM {parquet(folder, "competitor_positions")}
            WHERE {_within(chosen)}
        ),
        rivals AS (
            SELECT account_id, product_id FROM taken WHERE position = 'competitor'
            EXCEPT SELECT account_id, product_id FROM ours
        ),
        blocked AS (
            SELECT account_id, product_id FROM ours
            UNION SELECT account_id, product_id FROM taken
        )
    """


def _within(chosen: dict[str, Any]) -> str:
    if "chosen" not in chosen:
        return "TRUE"
    return "account_id IN (SELECT unnest($chosen::BIGINT[]))"


def _category(question: Question) -> str:
    return "worth.category = $category" if question.parameter("category") else "TRUE"


def _parameters(question: Question) -> dict[str, Any]:
    """Only the parameters that a query names: DuckDB refuses others."""
    chosen: dict[str, Any] = {}
    ids = chosen_ids(question)
    if ids is not None:
        chosen["chosen"] = ids
    if question.parameter("category"):
        chosen["category"] = question.parameter("category")
    return chosen
