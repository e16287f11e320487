"""Where does this number come from? Its formula, its parts and the rows behind it."""
