"""A person on the register: where they live and lived, whom they belong to, what they agreed to."""
