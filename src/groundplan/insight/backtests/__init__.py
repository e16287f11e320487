"""Back-tests of whitespace on the organisation's own history, and what they found."""
