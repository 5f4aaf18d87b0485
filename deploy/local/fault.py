"""What an operator can mend."""


class Fault(Exception):
    """Something here is not as it must be; the message is one line, written for the operator."""
