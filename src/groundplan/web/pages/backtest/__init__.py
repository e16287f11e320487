"""How good whitespace is: back-tests on the organisation's own history."""
