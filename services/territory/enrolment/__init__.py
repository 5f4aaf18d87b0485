"""Files of households: read row by row, enrolled building by building, a verdict for each row."""
