"""The rule books of a district as they are published and withdrawn. Pure.

All of them are one stream. That a version is taken, and which of two books was published last, is
then decided on one state; and whoever goes by the books asks the log for one stream's new events,
seldom any, before each decision. There are a few books a year: nothing contends for the stream.
"""
