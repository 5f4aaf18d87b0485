"""The web pages: plain HTML from templates, what is on them read from the owning services."""
