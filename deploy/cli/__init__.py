"""The command line ``linli``: one module for each command or family of commands."""
