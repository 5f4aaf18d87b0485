"""The rules for points as a district publishes and withdraws them. Pure.

All versions are one stream, so that a version that is taken, and which of two was published last,
are decided on one state. There are a few a year: nothing contends for the stream.
"""
