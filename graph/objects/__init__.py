"""Object types that refer to each other, as segments, members and events do.

Their modules are the one circle of imports: `user` and `event` close it with imports within a
function.
"""
