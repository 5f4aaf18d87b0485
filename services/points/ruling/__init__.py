"""The rules over HTTP: published, withdrawn, read, and tried out before they are published."""
