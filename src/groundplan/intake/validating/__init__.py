"""Turns raw rows into typed ones, and finds those that can't be taken and why."""
