"""The shop as those keep it who stand behind the counter."""
