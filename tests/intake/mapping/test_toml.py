from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.intake.contracts import ColumnRule, Join, Mapping, StageRule, TableMapping
from groundplan.intake.mapping.toml import mapping_from_toml, mapping_to_toml
from groundplan.kernel.errors import InvalidInput

EXAMPLES = Path(__file__).parents[3] / "examples" / "mappings"
TEXT = """\
source = "shop"
ignored = ["readme.csv"]

[[tables]]
table = "products"
file = "items.csv"
distinct = true

[tables.columns]
product_id = "Sku"
name = { compute = "concat(Brand, ' ', Name)" }
is_core = { value = true }

[[tables.joins]]
file = "brands.csv"
on = { BrandId = "Id" }
optional = true

[stages]
Won = "won"
Talks = { outcome = "open", probability = 0.2 }

[aliases.products]
GTXPro = "GTX Pro"
"""


def test_a_mapping_is_read_as_written() -> None:
    columns = {
        "product_id": ColumnRule("Sku"),
        "name": ColumnRule(compute="concat(Brand, ' ', Name)"),
        "is_core": ColumnRule(value="true"),
    }
    joins = (Join("brands.csv", {"BrandId": "Id"}, optional=True),)
    assert mapping_from_toml(TEXT) == Mapping(
        (TableMapping("products", "items.csv", columns, joins, distinct=True),),
        "shop",
        {"Won": StageRule("won"), "Talks": StageRule("open", 0.2)},
        {"products": {"GTXPro": "GTX Pro"}},
        ignored=("readme.csv",),
    )


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_an_example_is_a_mapping_that_survives_writing(path: Path) -> None:
    mapping = mapping_from_toml(path.read_text(encoding="utf-8"))
    assert mapping.tables
    assert mapping_from_toml(mapping_to_toml(mapping)) == mapping


rules = st.one_of(
    st.builds(ColumnRule, column=st.text(min_size=1)),
    st.builds(ColumnRule, compute=st.text(min_size=1)),
    st.builds(ColumnRule, value=st.text()),
)


@given(rules, st.dictionaries(st.text(min_size=1), st.text(), min_size=1), st.text(min_size=1))
def test_writing_and_reading_gives_the_mapping_back(
    rule: ColumnRule, names: dict[str, str], file: str
) -> None:
    columns = {"product_id": rule, "name": rule}
    joins = (Join(file, names, first=True),)
    table = TableMapping("products", file, columns, joins, (file,), attributes=(file,))
    mapping = Mapping((table,), file, {file: StageRule("open", 0.5)}, {"products": names})
    assert mapping_from_toml(mapping_to_toml(mapping)) == mapping


@pytest.mark.parametrize(
    ("wrong", "line", "words"),
    [
        (TEXT.replace('"Sku"', "3"), 10, "neither"),
        (TEXT.replace("product_id", "product"), 10, "product_id"),
        (TEXT.replace('table = "products"', 'table = "product"'), 4, "products"),
        (TEXT.replace("distinct = true", "distinct = 1"), 7, "true or false"),
        (TEXT.replace("distinct", "distnct"), 7, "Did you mean distinct"),
        (TEXT.replace('"won"', '"gained"'), 20, "neither open, won nor lost"),
        (TEXT.replace("0.2", "20"), 21, "probability = 0.2"),
        (TEXT.replace("optional = true", 'optional = "yes"'), 17, "true or false"),
        (TEXT.replace('ignored = ["readme.csv"]', "ignored = 1"), 2, "list of texts"),
    ],
)
def test_a_mistake_is_answered_with_its_line_and_how_to_mend_it(
    wrong: str, line: int, words: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        mapping_from_toml(wrong)
    assert f"Line {line} of the mapping" in refused.value.message
    assert words in str(refused.value)


def test_what_is_no_toml_names_the_place() -> None:
    with pytest.raises(InvalidInput, match="line 1"):
        mapping_from_toml("source = shop")
