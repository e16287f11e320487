"""Rules that nobody kept, as a text in an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groundplan.insight.contracts import CharacteristicRow
from groundplan.insight.selectors.trial_tokens import trial_read, trial_written
from groundplan.kernel.errors import NotFound
from groundplan.measures.tiers import Limits

values = st.one_of(st.floats(-9, 9), st.lists(st.text(max_size=9), max_size=3), st.none())
rules = st.builds(
    CharacteristicRow,
    uid=st.none(),
    name=st.text(max_size=9),
    attribute=st.sampled_from(["industry", "attributes.Größe"]),
    operator=st.sampled_from(["in", "at_least"]),
    value=values,
    weight=st.floats(-9, 9),
    active=st.just(True),
    position=st.just(0),
)
limits = st.builds(
    Limits, by=st.sampled_from(["score", "count"]), a_from=st.none() | st.floats(0, 9)
)


@given(st.lists(rules, max_size=4), limits)
def test_rules_come_back_as_they_were_written(
    given_rules: list[CharacteristicRow], asked: Limits
) -> None:
    rows, read = trial_read(trial_written(given_rules, asked))
    assert read == asked
    assert [(one.name, one.attribute, one.value, one.weight) for one in rows] == [
        (one.name, one.attribute, one.value, one.weight) for one in given_rules
    ]


@pytest.mark.parametrize("text", ["", "x", "eJwDAAAAAAE", "öö", "eJyLjgUAARUAuQ", "A" * 9000])
def test_what_was_not_written_so_is_no_number(text: str) -> None:
    with pytest.raises(NotFound):
        trial_read(text)
