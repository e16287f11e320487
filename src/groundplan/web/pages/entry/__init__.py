"""Entry: signing in, the first administrator, the demonstration's switch."""
