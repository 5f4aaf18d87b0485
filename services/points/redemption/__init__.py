"""Something chosen for points: put aside, handed over, or free again. Pure.

Each step is one command over three streams: the redemption, the account that pays and the stock it
comes from. All of them say so, or none.
"""
