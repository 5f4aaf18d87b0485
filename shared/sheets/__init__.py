"""Spreadsheets and CSV files as rows of cells: what a file is, how it is written, what a cell says.

What the rows mean is for the service that reads them.
"""
