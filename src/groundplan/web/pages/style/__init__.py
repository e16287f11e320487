"""The style guide: every component on one page, in demonstration homes only."""
