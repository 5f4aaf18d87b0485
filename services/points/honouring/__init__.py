"""Honours over HTTP: nominated, on public notice, granted, withdrawn, and the wall of them."""
