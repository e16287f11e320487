"""What was bought: the lines of orders, their amounts and currencies."""
