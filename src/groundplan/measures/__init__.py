"""One business question a folder: SQL stages and a thin Python; no Django, no clock."""
