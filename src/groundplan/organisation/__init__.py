"""What holds for the whole organisation: settings, fiscal calendar, stages, rates, jobs, audit log.

`services` are the writes, the audit log among them, which every deed of every room goes through;
`jobs` is work that no page waits for.
"""
