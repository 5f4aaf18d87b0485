"""A person's stars: applied for, on public notice, awarded, in doubt, revoked. Pure.

A star is an award, never a function of hours: what hours would reach is computed elsewhere and
changes nothing here.
"""
