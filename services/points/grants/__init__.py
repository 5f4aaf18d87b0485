"""Who may do what, area by area: what the table of access is put together from. Pure."""
