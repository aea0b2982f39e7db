"""Forms as XLSForm workbooks: read, and written back with the same meaning.

`workbook` opens and writes the file, `reading` makes a definition of its rows and says what we cannot
hold, `writing` makes rows of a definition, `keeping` remembers how the author wrote what we read.
"""
