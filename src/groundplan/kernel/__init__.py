"""What everything rests on and which rests on nothing: the standard library only.

Values: `money`, `periods`, `figures` (a number with its way back), `evidence`, `ids`, `errors`.
The machine: `clock`, `home`, `machine`, `occupancy`, `syncing`, `swapping`, `steps`, `progress`.
"""
