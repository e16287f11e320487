"""Opportunities: stages and outcomes, names and ids, the products on them.

`opportunity_rules` makes a deal's own rules; `stages` and `lost_deals` tell open, won and lost
apart. A deal may have several products: in a file of lines that refer to it (`deal_lines`), or in
rows and cells of its own file (`bundles`). A file that tells one deal in several rows, for whatever
reason, counts it once (`repeated_deals`); a won deal without lines counts as one (`won_alone`).
"""
