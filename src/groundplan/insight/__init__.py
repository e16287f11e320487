"""Runs the measures over a snapshot, keeps what they found, and explains every number.

    services        the analysis from snapshot to pointer; rules, thresholds and segments as set
    running         the measures one after the other and beside each other, written as Parquet
    selectors       reads of the current results: performance, tiers, totals, trials of other rules
    account         what the results say of one account; `account_list` of many, by pages
    grid            the whitespace grid: accounts against products
    ranges          where revenue may land; `backtests` how good whitespace would have been
    traces          where a number comes from: computed anew, down to the rows
    tier_overrides  tiers set by hand

`deeds` lists which deeds make numbers be computed again; `explained` lets rooms above insight have
their own numbers explained here.
"""
