"""Files of earlier systems: volunteers, teams and their members, hours with their
history and opening balances, a verdict for each row.

Run again, a file adds nothing: every row is a command whose id follows from the name of its source
and from its own number there.
"""
