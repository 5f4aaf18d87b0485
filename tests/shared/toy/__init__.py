"""A purse: the smallest aggregate that needs everything the kernel promises."""
